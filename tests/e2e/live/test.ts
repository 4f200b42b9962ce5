// The test function of the live suites: <sim-scope> in a page that may ask the simulated vendors which a test starts.
import { test as base, expect, type Allowed, type Page } from "../guard.ts";
import { Scope } from "../scope.ts";
import { hurry } from "./clock.ts";
import { ConnectForm, type Wanted } from "./connect-form.ts";
import { SourcePanel } from "./source-panel.ts";
import * as vendors from "./vendors.ts";
import { withoutWebGl } from "../without-webgl.ts";

export { expect, type Page };

/**
 * Browsers log each answer that is no success, and the check before any secret is typed gets one of these from every vendor: a base
 * URL is no resource.
 */
const refusedCheck =
  /^console: Failed to load resource: the server responded with a status of 40[14] /;

/** The vendors' own hosts, which stand in the form when it opens. No test may ask them: they are answered here. */
const realHosts = [
  "https://wireless.twilio.com",
  "https://programmable-wireless.api.korewireless.com",
  "https://api.korewireless.com",
  "https://g.api.soracom.io",
  "https://console.monogoto.io",
  "https://api.wayscloud.services",
];

/** One visit: a page with the element, the accounts that it asks, and the two dialogs. */
export class Visit {
  readonly page: Page;
  readonly scope: Scope;
  readonly form: ConnectForm;
  readonly panel: SourcePanel;
  readonly #allowed: Required<Pick<Allowed, "origins" | "complaints" | "violations">>;
  readonly #started: { close(): Promise<unknown> }[] = [];

  constructor(page: Page, allowed: Visit["allowed"]) {
    this.page = page;
    this.#allowed = allowed;
    this.scope = new Scope(page);
    this.form = new ConnectForm(this.scope);
    this.panel = new SourcePanel(this.scope);
  }

  readonly realHosts = realHosts;

  get allowed(): Required<Pick<Allowed, "origins" | "complaints" | "violations">> {
    return this.#allowed;
  }

  /** Lets complaints of the browser through, which are what the test is about. */
  expectComplaints(...patterns: RegExp[]): void {
    this.#allowed.complaints.push(...patterns);
  }

  /** What ends with the test. */
  onEnd<T extends { close(): Promise<unknown> }>(started: T): T {
    this.#started.push(started);
    return started;
  }

  /** Starts a simulated vendor. */
  async start(name: vendors.Name, options: vendors.Options = {}): Promise<vendors.Simulator> {
    const simulator = this.onEnd(await vendors.startVendor(name, options));
    this.#allowed.origins.push(...vendors.originsOf(simulator));
    return simulator;
  }

  /**
   * Opens the page. Where a test is not about the map, it is an outline: painting it takes a machine without a graphics card
   * longer than everything else together.
   */
  async open({ url = "./", map = false } = {}): Promise<void> {
    await hurry(this.page);
    await this.page.route(
      (url) => realHosts.includes(url.origin),
      (route) => route.fulfill({ status: 404, headers: { "Access-Control-Allow-Origin": "*" } }),
    );
    if (!map) await this.page.addInitScript(withoutWebGl);
    await this.page.goto(url);
    await expect(this.scope.element.getByRole("heading", { level: 1 })).toBeVisible();
  }

  /** Connects an account and fetches; the panel is open then. */
  async connect(
    name: vendors.Name,
    simulator: vendors.Simulator,
    wanted: Wanted = {},
  ): Promise<void> {
    await this.form.fill(name, simulator, wanted);
    await this.form.fetch();
    await expect(this.panel.dialog).toBeVisible();
  }

  /** The same until all is fetched and shown, with the panel closed again. */
  async load(name: vendors.Name, simulator: vendors.Simulator, wanted: Wanted = {}): Promise<void> {
    await this.connect(name, simulator, wanted);
    await this.panel.reaches("done");
    await this.panel.close();
    await this.scope.settled();
  }

  async end(): Promise<void> {
    // Pages first: a vendor that goes away is no failure then.
    await this.page.close();
    await Promise.all(this.#started.map((one) => one.close()));
  }
}

export const test = base.extend<{ visit: Visit }>({
  site: "live",
  // Of each test's own: what it starts adds to it.
  allowed: async ({}, use) => {
    await use({ origins: [...realHosts], complaints: [refusedCheck], violations: [] });
  },
  visit: async ({ page, allowed, guard: _ }, use) => {
    const { origins = [], complaints = [], violations = [] } = allowed;
    const visit = new Visit(page, { origins, complaints, violations });
    await use(visit);
    await visit.end();
  },
});
