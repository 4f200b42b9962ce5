// Uses that the package's types must let through, and, marked, some that they must not.
import {
  fragmentOf,
  normalize,
  NormalizeError,
  readFragment,
  setAssetBase,
  SimScopeElement,
  SimScopeError,
  type Choice,
  type Input,
  type Loaded,
  type Normalized,
  type Place,
  type SessionFeatures,
  type Session,
  type SimScopeEventMap,
  type Source,
  type Usage,
  type ViewState,
} from "simscope";
import * as inline from "simscope/inline";

/** Whether two types are the same. */
type Same<One, Other> =
  (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;
const is = <Fact extends true>(fact?: Fact) => fact;

/** @param bytes as Node's functions give them */
export async function uses(bytes: Uint8Array): Promise<void> {
  setAssetBase("/simscope/");
  setAssetBase(new URL("https://cdn.example/simscope/"));

  const scope = document.createElement("sim-scope");
  is<Same<typeof scope, SimScopeElement>>();
  document.querySelector("sim-scope")?.clear();
  const element: HTMLElement = scope;
  element.append("text");

  scope.theme = "dark";
  scope.zone = "Asia/Tokyo";
  scope.chrome = "none";
  scope.filter = "radio:4g";
  scope.link = (fragment) => `https://portal.example/#${fragment}`;
  scope.range = { from: "2026-10-30T00:00:00Z", to: 0 };
  scope.range = null;
  is<Same<typeof scope.range, null>>();
  const state: ViewState = scope.state;
  scope.state = fragmentOf(state);
  scope.state = { version: 1, colour: "operator", tables: { sims: { sort: null } } };
  is<Same<ReturnType<typeof readFragment>["state"], ViewState>>();

  const inputs: Input[] = [
    "text",
    new Blob([]),
    new File([], "a.json"),
    new ArrayBuffer(0),
    bytes,
    new DataView(new ArrayBuffer(1)),
    new Blob([]).stream(),
    new Response(""),
    { data_sessions: [] },
    [],
  ];
  for (const input of inputs) {
    const loaded = await scope.load(input, { provider: "soracom", observed: new Date() });
    is<Same<typeof loaded, Loaded>>();
  }
  const choice: Choice = { sim: "89…", span: { from: 0, to: new Date() } };
  is<Same<Awaited<ReturnType<typeof scope.select>>, boolean>>();
  await scope.select(choice);
  await scope.select(null);

  const rows = await scope.sessions();
  is<Same<typeof rows, Session[]>>();
  const csv = await scope.sessions({ format: "csv", all: true });
  is<Same<typeof csv, string>>();
  const features = await scope.sessions({ format: "geojson" });
  is<Same<typeof features, SessionFeatures>>();
  const place: Place | undefined = rows[0];
  is<Same<Place["lat"], number | null>>();
  void place;

  scope.addEventListener("simscope-select", function ({ detail, target }) {
    is<Same<typeof detail.session, Session | null>>();
    is<Same<typeof this, SimScopeElement>>();
    void target;
  });
  scope.addEventListener("simscope-status", ({ detail }) => detail.sources[0]?.state === "ok");
  scope.addEventListener("click", ({ clientX }) => clientX, { passive: true });
  scope.addEventListener("something-else", (event) => event.preventDefault());
  is<Same<SimScopeEventMap["simscope-filter"]["detail"]["problems"], string[]>>();

  const sources: Source[] = [
    { provider: "twilio", credentials: { way: "auth_token", account_sid: "AC…", auth_token: "…" } },
    { provider: "kore", baseUrls: { api: "/kore" }, fetch: (url, init) => fetch(url, init) },
  ];
  scope.sources = sources;
  await scope.refresh();

  try {
    const normalized: Normalized = await normalize(bytes, { sim: "1" });
    const usage: Usage[] = normalized.usage;
    void usage;
  } catch (error) {
    if (error instanceof NormalizeError) is<Same<typeof error.rows, Normalized>>();
    if (error instanceof SimScopeError) is<Same<typeof error.loaded, Loaded | null>>();
  }

  // Both entries have the same types.
  is<Same<typeof inline.SimScopeElement, typeof SimScopeElement>>();
  is<Same<typeof inline.normalize, typeof normalize>>();
}

export async function refused(scope: SimScopeElement, session: Session): Promise<void> {
  // @ts-expect-error: no such theme
  scope.theme = "blue";
  // @ts-expect-error: no such view
  scope.view = "tables";
  // @ts-expect-error: a range has two ends
  scope.range = { from: 0 };
  // @ts-expect-error: credentials are not given back
  void scope.sources[0]?.credentials;
  // @ts-expect-error: no such vendor
  await scope.load("", { provider: "vodafone" });
  // @ts-expect-error: numbers are no documents
  await scope.load(1);
  // @ts-expect-error: no such format
  await scope.sessions({ format: "xml" });
  // @ts-expect-error: no such identifier
  await scope.select({ serial: "1" });
  // @ts-expect-error: absent is null, so it has to be looked at
  void session.bytes_total.toFixed();
  // @ts-expect-error: no such field
  void session.bytes;
  // @ts-expect-error: figures of status are no sessions
  scope.addEventListener("simscope-status", ({ detail }) => detail.session);
  // @ts-expect-error: the list of sources holds sources
  scope.sources = [{ credentials: {} }];
  // @ts-expect-error: states have a version
  scope.state = { filter: "open" };
  // @ts-expect-error: everything is in the script, so there is no such folder
  inline.setAssetBase("/simscope/");
  // @ts-expect-error: what is private stays so
  void scope.views;
}
