// The panel of a live source: how it is doing, and what can be done.
import type { Locator } from "@playwright/test";
import { expect } from "../guard.ts";
import type { Scope } from "../scope.ts";

export type Phase =
  "signingin" | "fetching" | "asking" | "done" | "stopped" | "failed" | "signedout";

export class SourcePanel {
  readonly dialog: Locator;
  readonly state: Locator;
  /** Failures with their next steps. */
  readonly advice: Locator;
  readonly watch: Locator;
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
    this.dialog = scope.element.getByRole("dialog", { name: "Live source" });
    this.state = this.dialog.locator(".state");
    this.advice = this.dialog.locator(".advice");
    this.watch = this.dialog.getByRole("switch", { name: /^Look for news every/ });
  }

  /** The chip of a source. */
  chip(label: string): Locator {
    const name = this.#scope.page.locator(".chip-name").getByText(label, { exact: true });
    return this.#scope.element.locator(".sources .chip").filter({ has: name });
  }

  /** Opens the panel of a source by its chip. */
  async open(label: string): Promise<void> {
    await this.chip(label).click();
    await expect(this.dialog.getByRole("heading", { level: 3 })).toHaveText(label);
  }

  async close(): Promise<void> {
    await this.dialog.getByRole("button", { name: "Close" }).click();
    await expect(this.dialog).toBeHidden();
  }

  button(name: string | RegExp): Locator {
    return this.dialog.getByRole("button", { name, exact: true });
  }

  async reaches(phase: Phase): Promise<void> {
    await expect(this.state).toHaveAttribute("data-phase", phase, { timeout: 45_000 });
  }
}
