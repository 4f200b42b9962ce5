// What axe finds of a page, shadow roots included.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "./guard.ts";

// axe is put into every frame as a script, by the browser's own protocol: no request, and no breach of the policy.
/** Serious and critical violations, each with its place. */
export async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => {
        const details = failureSummary?.split("\n").slice(1, 3).join(" ").trim();
        return `${id}: ${target.flat().join(" ")} (${details})`;
      }),
    );
}
