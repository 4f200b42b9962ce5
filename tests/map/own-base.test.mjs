// A base map of the visitor's own: what may be entered, what becomes of a style, when it counts as failed and what is said then.
// tests/e2e/basemap.spec.ts has the real library and servers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromWww } from "./typescript.mjs";

const {
  baseProblem,
  creditsOf,
  EitherMap,
  layers,
  rasterStyle,
  refusalText,
  servedStyle,
  Verdict,
  withoutAddresses,
  wordsOf,
  wording,
  wrapped,
} = await fromWww(
  "map/base/choice.ts",
  "map/base/attribution.ts",
  "map/base/style.ts",
  "map/base/verdict.ts",
  "map/either.ts",
  "map/layers.ts",
  "map/picture.ts",
  "map/wording.ts",
);

const style = (url, page = "https:") => baseProblem({ kind: "style", url }, page);
const raster = (tiles, page = "https:") => baseProblem({ kind: "raster", tiles }, page);

test("https addresses can be tried, and http ones of this machine or for a page that came by http", () => {
  assert.equal(baseProblem({ kind: "built-in" }, "https:"), null);
  assert.equal(style(" https://maps.example/style.json?key=a "), null);
  assert.equal(style("http://localhost:8080/style.json"), null);
  assert.equal(raster("http://127.0.0.1/{z}/{x}/{y}.png"), null);
  assert.equal(raster("http://[::1]:3000/{z}/{x}/{y}"), null);
  assert.equal(raster("https://maps.example/{z}/{x}/{y}{ratio}.png"), null);
  assert.match(style("http://maps.example/style.json"), /must begin with https/);
  assert.match(style("http://localhost.example/style.json"), /must begin with https/);
  assert.equal(style("http://maps.example/style.json", "http:"), null);
});

test("what cannot be an address is told, and how it should be", () => {
  assert.match(style(""), /Enter the address of a style/);
  assert.match(style("maps.example/style.json"), /no whole address/);
  assert.match(style("mapbox://styles/a/b"), /mapbox:/);
  assert.match(style("javascript:alert(1)"), /javascript:/);
  assert.match(style("file:///style.json"), /file:/);
  assert.match(style("https://me:secret@maps.example/style.json"), /before the @/);
  assert.doesNotMatch(style("https://me:secret@maps.example/style.json"), /secret/);
  assert.match(style("https://maps.example/{z}/{x}/{y}.png"), /Choose raster tiles/);
});

test("a template names z, x and y, and nothing that nobody would fill in", () => {
  assert.match(raster(" "), /Enter the template/);
  assert.match(raster("https://maps.example/tiles"), /no \{z\}, \{x\}, \{y\}/);
  assert.match(raster("https://maps.example/{z}/{x}.png"), /no \{y\}\./);
  assert.match(raster("https://{s}.maps.example/{z}/{x}/{y}.png"), /\{s\}.*one server/);
  assert.match(raster("https://maps.example/{z}/{x}/{y}{r}.png"), /\{ratio\}/);
  assert.match(raster("https://maps.example/{z}/{x}/{y}?key={key}"), /\{key\}/);
});

test("of an attribution the words are kept, and no markup", () => {
  const link =
    '<a href="https://maps.example/c" target="_blank">&copy; Maps</a> &amp; <b>others</b>';
  assert.equal(wordsOf(link), "© Maps & others");
  assert.equal(wordsOf("<img src=x onerror=alert(1)>© Maps"), "© Maps");
  assert.equal(wordsOf("<script>alert(1)</script>© &#77;&#x61;ps"), "© Maps");
  assert.equal(wordsOf("© Maps <a href='unclosed"), "© Maps");
  assert.equal(wordsOf("a < b &unknown; &lt;i&gt;"), "a < b &unknown; <i>");
  assert.equal(wordsOf("© Ma\u202eps\n  \u0000 2026"), "© Ma ps 2026");
  assert.equal(wordsOf("a".repeat(1000)).length, 240);
  assert.deepEqual(creditsOf(["© A", undefined, "", "<b>© A</b>", "© B"]), ["© A", "© B"]);
});

test("tiles become a style of one layer", () => {
  const { sources, layers } = rasterStyle({
    kind: "raster",
    tiles: "https://maps.example/{z}/{x}/{y}.png",
    attribution: "© Maps",
    tileSize: 512,
  });
  assert.deepEqual(sources.tiles, {
    type: "raster",
    tiles: ["https://maps.example/{z}/{x}/{y}.png"],
    tileSize: 512,
    attribution: "© Maps",
  });
  assert.equal(layers.length, 1);
  assert.equal(rasterStyle({ kind: "raster", tiles: "" }).sources.tiles.tileSize, 256);
});

test("a served style keeps its looks, has whole addresses and lies flat", () => {
  const from = new URL("https://maps.example/styles/plain/style.json?key=a");
  const made = servedStyle(
    {
      version: 8,
      projection: { type: "globe" },
      terrain: { source: "heights" },
      center: [10, 50],
      pitch: 60,
      glyphs: "../fonts/{fontstack}/{range}.pbf",
      sprite: [{ id: "default", url: "sprite" }],
      sources: {
        near: {
          type: "vector",
          tiles: ["/tiles/{z}/{x}/{y}.pbf", "https://other.example/{z}/{x}/{y}"],
        },
        far: { type: "vector", url: "tiles.json" },
        drawn: { type: "geojson", data: { type: "FeatureCollection", features: [] } },
      },
      layers: [{ id: "land", type: "background" }],
    },
    from,
  );
  assert.equal(made.glyphs, "https://maps.example/styles/fonts/{fontstack}/{range}.pbf");
  assert.equal(made.sprite[0].url, "https://maps.example/styles/plain/sprite");
  assert.deepEqual(made.sources.near.tiles, [
    "https://maps.example/tiles/{z}/{x}/{y}.pbf",
    "https://other.example/{z}/{x}/{y}",
  ]);
  assert.equal(made.sources.far.url, "https://maps.example/styles/plain/tiles.json");
  assert.deepEqual(made.sources.drawn.data, { type: "FeatureCollection", features: [] });
  for (const name of ["projection", "terrain", "center", "pitch"]) assert.ok(!(name in made));
  for (const none of [null, [], "style", {}, { sources: {}, layers: {} }]) {
    assert.equal(servedStyle(none, from), null);
  }
});

const from = "https://maps.example";

test("one tile that came is enough; none at all is a failure", () => {
  const edge = new Verdict();
  for (let tile = 0; tile < 9; tile += 1) {
    edge.asked();
    edge.refused({ why: "status", from, status: 404 });
  }
  assert.match(edge.problem(true), /none of the tiles of this view \(404\)/);
  edge.came();
  assert.ok(edge.hasShown);
  assert.equal(edge.problem(true), null);

  const silent = new Verdict();
  assert.equal(silent.problem(true), null, "a style without tiles");
  silent.asked();
  assert.equal(silent.problem(true), null, "tiles that end before this view");
  assert.match(silent.problem(false), /within 20 seconds/);
});

test("of several failures the one that tells most is told", () => {
  const verdict = new Verdict();
  verdict.asked();
  verdict.refused({ why: "status", from, status: 404 });
  verdict.refused({ why: "network", from });
  assert.match(verdict.problem(true), /Access-Control-Allow-Origin.*connect-src/);
  verdict.refused({ why: "policy", from });
  assert.match(verdict.problem(true), /must add https:\/\/maps\.example to connect-src/);

  const broken = new Verdict();
  broken.came();
  broken.broke();
  assert.match(broken.problem(true), /could not be read/);
});

test("a message says what to do, and holds nothing of an address but its origin", () => {
  assert.match(refusalText({ why: "status", from, status: 403 }, "tiles"), /Check the key/);
  assert.match(
    refusalText({ why: "status", from, status: 404 }, "style"),
    /no style at this address/,
  );
  assert.match(refusalText({ why: "status", from, status: 429 }, "tiles"), /too often/);
  assert.match(refusalText({ why: "scheme", from: "mapbox:" }, "style"), /begin with mapbox:/);
  assert.match(refusalText({ why: "content", from }, "style"), /no map style/);
  assert.equal(
    withoutAddresses("Not found: https://maps.example/k/secret/0.pbf?key=secret (a), mapbox://a.b"),
    "Not found: https://maps.example (a), …",
  );
});

test("over an own base map the built-in ground is hidden, and nothing else", () => {
  const colours = ["land", "sea", "border", "text", "dim", "accent", "tint", "bad"];
  const theme = { ...Object.fromEntries(colours.map((name) => [name, "#808080"])), palette: [] };
  const hidden = (overOwn) =>
    layers(theme, { clusterColours: [], marked: new Map(), locale: "en", overOwn })
      .filter(({ layout }) => layout?.visibility === "none")
      .map(({ id }) => id);
  assert.deepEqual(hidden(false), []);
  assert.deepEqual(hidden(true), ["sea", "land", "lines", "names"]);
});

test("its credits stand in the built-in one's place", () => {
  const { credits } = wording("en");
  assert.ok(credits(null).includes("Natural Earth"));
  const own = credits(null, ["© Maps"]);
  assert.ok(own.includes("© Maps") && !own.includes("Natural Earth"));
});

test("a base map that failed is not tried again when the map is drawn in another way", async () => {
  globalThis.location = { protocol: "https:" };
  const told = [];
  const view = (name) => ({
    setBase: (choice) => told.push(`${name}: ${choice.kind}`),
    setTheme() {},
    setSelection() {},
    destroy() {},
  });
  let options;
  const ways = {
    paint: async (given) => {
      options = given;
      return view("painted");
    },
    outline: async () => () => view("outline"),
  };
  const failures = [];
  const map = await EitherMap.begin(ways, {
    theme: {},
    onBaseFailed: (text) => failures.push(text),
  });
  assert.throws(() => map.setBase({ kind: "style", url: "nothing" }), /no whole address/);
  map.setBase({ kind: "style", url: "https://maps.example/style.json" });
  options.onBaseFailed("gone");
  const warn = console.warn;
  console.warn = () => {};
  options.onUnavailable("lost");
  await new Promise((resolve) => setTimeout(resolve));
  console.warn = warn;
  assert.deepEqual(failures, ["gone"]);
  assert.deepEqual(told, ["painted: style"]);
});

test("the credits of a picture are broken into lines at spaces", () => {
  const width = (text) => text.length;
  assert.deepEqual(wrapped("one two three", 7, width), ["one two", "three"]);
  assert.deepEqual(wrapped("far-too-long a", 5, width), ["far-too-long", "a"]);
  assert.deepEqual(wrapped("", 5, width), []);
});
