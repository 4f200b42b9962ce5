// Builds the examples for package.spec.ts, all of them at once, and only once.
import { expect, test } from "@playwright/test";
import { buildExamples } from "../package/builders.mjs";

test("the examples are built from the packed package, without a warning", async () => {
  expect(await buildExamples()).toEqual({});
});
