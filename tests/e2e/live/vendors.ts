// The simulated vendors as a visitor's accounts: how each is called on screen, what is typed where, and what a complete load must
// show of it. They are started by a test, on free ports, and closed with it.
import * as all from "../../providers/all.mjs";
import type { Logged, Options as SimulatorOptions } from "../../providers/simulator.mjs";
import type { Rule } from "../../providers/failures.mjs";

export type Name = "twilio" | "kore" | "soracom" | "monogoto" | "wayscloud";
export const names: Name[] = ["twilio", "kore", "soracom", "monogoto", "wayscloud"];

/** Options of a simulator, those of its vendor among them. */
export type Options = SimulatorOptions & Record<string, unknown>;

/** What the account holds and the vendor still keeps. */
export interface Truth {
  sims: number;
  sessions: number;
  events: number;
  openSessions: number;
  ids: { sims: string[]; sessions: string[]; events: string[] };
}

/** A simulator as the tests use it; see tests/providers/README.md. */
export interface Simulator {
  baseUrls: { api: string; auth?: string };
  credentials: Record<string, string>;
  readonly secrets: string[];
  log: Logged[];
  violations: { method: string; path: string; what: string }[];
  readonly maxInFlight: number;
  cors: "open" | "hidden" | "none";
  truth(): Truth;
  fail(rule: Rule): void;
  clearFailures(): void;
  clearLog(): void;
  burst(n: number): { events: string[]; sessions: string[] };
  advance(ms: number): void;
  revokeTokens?(): void;
  otherServiceKey?(): string;
  close(): Promise<unknown>;
}

/** A way to sign in: its label where the form offers several, and the fields by label. */
export interface SignIn {
  way?: string;
  fields: Record<string, string>;
}

interface Account {
  /** What the vendor is called on screen. */
  label: string;
  /** The path below which its proxy lies in the configurations of deploy/. */
  proxy: string;
  authProxy?: string;
  signIn(credentials: Record<string, string>): SignIn;
  /** The vendor tells of more than SIMs and sessions. */
  events: boolean;
}

const of = (credentials: Record<string, string>, fields: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(fields).map(([label, name]) => [label, credentials[name] ?? ""]),
  );

export const accounts: Record<Name, Account> = {
  twilio: {
    label: "Twilio Wireless",
    proxy: "/vendors/twilio",
    signIn: (given) => ({
      fields: of(given, { "API key SID": "keySid", "API key secret": "keySecret" }),
    }),
    events: false,
  },
  kore: {
    label: "KORE",
    proxy: "/vendors/kore",
    authProxy: "/vendors/kore-auth",
    signIn: (given) => ({
      fields: of(given, { "Client ID": "client_id", "Client secret": "client_secret" }),
    }),
    events: false,
  },
  soracom: {
    label: "Soracom",
    proxy: "/vendors/soracom",
    signIn: (given) => ({
      fields: of(given, { "Auth key ID": "authKeyId", "Auth key secret": "authKey" }),
    }),
    events: true,
  },
  monogoto: {
    label: "Monogoto",
    proxy: "/vendors/monogoto",
    signIn: (given) => ({
      way: "User name and password",
      fields: of(given, { "User name": "UserName", Password: "Password" }),
    }),
    events: true,
  },
  wayscloud: {
    label: "WAYSCloud GlobalSIM",
    proxy: "/vendors/wayscloud",
    signIn: (given) => ({ fields: of(given, { "API key": "apiKey" }) }),
    events: true,
  },
};

/**
 * Starts one. Its clock stands still, so that its truth does; it keeps 30 days, which is the longest time that the form offers:
 * a complete load then is all that it keeps.
 */
export async function startVendor(name: Name, options: Options = {}): Promise<Simulator> {
  const settings = { sims: 6, sessionsPerSim: 8, now: Date.now(), retentionDays: 30, ...options };
  return (await all.vendors[name].start(settings)) as unknown as Simulator;
}

/** The origins that a simulator answers on. */
export const originsOf = ({ baseUrls }: Simulator): string[] => [
  ...new Set(Object.values(baseUrls).map((url) => new URL(url).origin)),
];

/** What it did that a well-behaved client does not. The check before any secret is typed asks the base URLs alone, without a key. */
export function faults(simulator: Simulator): string[] {
  const plain = (path: string) => path.replace(/\/$/, "");
  const bases = Object.values(simulator.baseUrls).map((url) => plain(new URL(url).pathname));
  return simulator.violations
    .filter(({ path }) => !bases.includes(plain(path)))
    .map(({ method, path, what }) => `${method} ${path}: ${what}`);
}
