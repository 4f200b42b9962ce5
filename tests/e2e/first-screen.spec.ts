// A file that cannot be read leaves the visitor where he was. It once led to an empty timeline of 1970.
import { expect, test } from "./guard.ts";
import { recorded, Scope, upload } from "./scope.ts";

test("an unreadable first file keeps the first screen, with its message", async ({ page }) => {
  const scope = await Scope.open(page);
  const files = scope.element.locator("input[type=file]").first();
  await files.setInputFiles(upload("login.html", "<!doctype html><title>Sign in</title>"));
  await expect(scope.element.getByText("This is a web page, not data")).toBeVisible();
  await expect(scope.element.getByRole("button", { name: "Open the demo fleet" })).toBeVisible();
  await scope.load(recorded("kore/gate-4-data-sessions.json"));
  expect((await scope.totals()).sims).toBe(1);
});
