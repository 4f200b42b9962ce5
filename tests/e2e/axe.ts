// What axe finds of a page, shadow roots included.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "./guard.ts";

// axe is put into every frame as a script, by the browser's own protocol: no request, and no breach of the policy.
/** Serious and critical violations, each with its place; of the element's open dialog alone where that is `within`. */
export async function violations(page: Page, within?: "dialog"): Promise<string[]> {
  // In the page itself, for violations alone: telling of each element that nothing is wrong with it takes longer than looking.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  if (within) axe.include({ fromShadowDom: ["sim-scope", "dialog[open]"] });
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => {
        const details = failureSummary?.split("\n").slice(1, 3).join(" ").trim();
        return `${id}: ${target.flat().join(" ")} (${details})`;
      }),
    );
}
