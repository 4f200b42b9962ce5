// A case of live sources: what was fetched, when, and what was still so when it was asked again.
import type { SimScopeElement } from "../../www/element.ts";
import type { Source } from "../../www/api/types.ts";
import { Scope } from "./scope.ts";
import { expect, test, type Visit } from "./live/test.ts";

const all = (scope: Scope) =>
  scope.element.evaluate(async (element) => {
    const rows = (await (element as SimScopeElement).sessions({ all: true })) as { id: string }[];
    return rows.map((row) => JSON.stringify(row));
  });

/** How SIMs are doing, as the table says it. */
const table = async (scope: Scope) => {
  await scope.table("SIMs");
  return scope.rows.allInnerTexts();
};

const give = ({ scope }: Visit, sources: Source[]) =>
  scope.element.evaluate((element, sources) => {
    (element as SimScopeElement).sources = sources;
  }, sources);

test("a case of live sources shows the same without them", async ({ visit, page }) => {
  test.slow();
  const soracom = await visit.start("soracom", { sims: 6 });
  const monogoto = await visit.start("monogoto", { sims: 5 });
  await visit.open();
  const source = ({ credentials, baseUrls }: typeof soracom) => ({
    credentials,
    baseUrls,
    days: 7,
  });
  await give(visit, [
    { provider: "soracom", name: "North", ...source(soracom), history: true },
    { provider: "monogoto", name: "South", ...source(monogoto) },
  ]);
  await expect.poll(async () => (await visit.scope.totals()).sims).toBe(11);
  const calm = async () => {
    await expect(visit.scope.element.locator(".chip .dot.busy")).toHaveCount(0);
    await visit.scope.settled();
  };
  await calm();
  for (const round of [1, 2]) {
    const calls = soracom.log.length;
    await visit.scope.element.evaluate((element) => (element as SimScopeElement).refresh());
    await expect.poll(() => soracom.log.length, `round ${round}`).toBeGreaterThan(calls);
    await calm();
  }
  const [rows, sims] = [await all(visit.scope), await table(visit.scope)];
  expect(rows.length).toBeGreaterThan(5);
  const base64 = await visit.scope.element.evaluate(async (element) => {
    const file = await (element as SimScopeElement).saveCase();
    const bytes = new Uint8Array(await file.arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  });
  const text = Buffer.from(base64, "base64").toString("latin1");
  for (const secret of [...soracom.secrets, ...monogoto.secrets])
    expect(text).not.toContain(secret);

  const other = new Scope(await page.context().newPage());
  await other.page.goto(page.url());
  await other.element.evaluate(async (element, base64) => {
    await (element as SimScopeElement).load(
      Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)),
    );
  }, base64);
  await other.settled();
  expect(await all(other)).toEqual(rows);
  expect(await table(other)).toEqual(sims);
  await expect(other.chips).toContainText(["North", "South"]);
  await other.page.close();
});
