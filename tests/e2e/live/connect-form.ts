// The dialog that connects a provider, as a visitor fills it in.
import type { Locator } from "@playwright/test";
import { expect } from "../guard.ts";
import type { Scope } from "../scope.ts";
import { accounts, type Name, type SignIn, type Simulator } from "./vendors.ts";

/** What is filled in beside address and sign-in. */
export interface Wanted {
  /** Instead of those of the simulator. */
  baseUrl?: string;
  authUrl?: string;
  signIn?: SignIn;
  /** Instead of everything. */
  identifiers?: string[];
  /** How far back: 30 days, the longest, unless told. */
  days?: "1" | "7" | "30";
  /** Each SIM's history, where that is a choice; on unless told. */
  history?: boolean;
  /** What else is ticked, by its label. */
  also?: string[];
}

export class ConnectForm {
  readonly dialog: Locator;
  readonly outcome: Locator;
  /** What was found of the base URL before anything was sent with a key. */
  readonly reach: Locator;
  /** Likewise of the token URL, where there is one. */
  readonly authReach: Locator;
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
    this.dialog = scope.element.getByRole("dialog", { name: "Connect a provider" });
    this.outcome = this.dialog.locator(".outcome");
    this.reach = this.dialog.locator(".reach").first();
    this.authReach = this.dialog.locator(".reach").nth(1);
  }

  async open(): Promise<void> {
    await this.#scope.element.getByRole("button", { name: /^(Connect…|\+ Connect)$/ }).click();
    await expect(this.dialog).toBeVisible();
  }

  async choose(name: Name): Promise<void> {
    const vendors = this.dialog.getByRole("group", { name: "Provider" });
    await vendors.getByRole("button", { name: accounts[name].label, exact: true }).click();
    await expect(this.field("Base URL")).toBeVisible();
  }

  field(label: string): Locator {
    return this.dialog.getByLabel(label, { exact: true });
  }

  /** Types an address and leaves the field, as one does. */
  async address(label: "Base URL" | "Token URL", url: string): Promise<void> {
    await this.field(label).fill(url);
    await this.field(label).press("Tab");
  }

  async signIn({ way, fields }: SignIn): Promise<void> {
    if (way) await this.dialog.getByLabel("Sign in with").selectOption({ label: way });
    for (const [label, value] of Object.entries(fields)) await this.field(label).fill(value);
  }

  async want({ identifiers, days = "30", history = true, also = [] }: Wanted): Promise<void> {
    if (identifiers) {
      await this.dialog.getByRole("radio", { name: /^Only these/ }).check();
      await this.dialog.getByLabel(/^Identifiers/).fill(identifiers.join("\n"));
    }
    await this.dialog.getByLabel(/^How far back/).selectOption(days);
    const choice = this.dialog.getByRole("checkbox", { name: /^Each SIM's history/ });
    if ((await choice.count()) > 0) await choice.setChecked(history);
    for (const label of also) await this.dialog.getByRole("checkbox", { name: label }).check();
  }

  /** Opens the dialog and fills all of it in, for a simulator's account. */
  async fill(name: Name, simulator: Simulator, wanted: Wanted = {}): Promise<void> {
    const { baseUrls, credentials } = simulator;
    await this.open();
    await this.choose(name);
    const auth = wanted.authUrl ?? baseUrls.auth;
    if (auth) await this.address("Token URL", auth);
    await this.address("Base URL", wanted.baseUrl ?? baseUrls.api);
    await this.signIn(wanted.signIn ?? accounts[name].signIn(credentials));
    await this.want(wanted);
  }

  async tryIt(): Promise<void> {
    await this.dialog.getByRole("button", { name: "Try it" }).click();
  }

  async fetch(): Promise<void> {
    await this.dialog.getByRole("button", { name: "Fetch", exact: true }).click();
  }

  async close(): Promise<void> {
    await this.dialog.getByRole("button", { name: "Close" }).click();
    await expect(this.dialog).toBeHidden();
  }
}
