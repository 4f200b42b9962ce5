// What the configurations in deploy/ do with the site's own files, asked of the real servers.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { headersOf, readRules } from "../../tools/headers.mjs";
import { filesBelow, hashedName } from "../../tools/layout.mjs";
import { dist as builtSite, www } from "../../tools/paths.mjs";
import { findServers } from "../../tools/servers.mjs";
import { servers, testCaddy, testNginx } from "./servers.mjs";
import { ask } from "./vendor.mjs";

const long = "all of it ".repeat(500);
/** Stands for the folder that is named by its content. */
const folder = "simscope-0123456789abcdef";
const forEver = "public, max-age=31536000, immutable";
const types = {
  "index.html": "text/html; charset=utf-8",
  "simscope.js": "text/javascript; charset=utf-8",
  [`${folder}/page.js`]: "text/javascript; charset=utf-8",
  [`${folder}/simscope-first.wasm`]: "application/wasm",
  "maplibre/maplibre-gl.mjs": "text/javascript; charset=utf-8",
  "maplibre/LICENSE.txt": "text/plain; charset=utf-8",
  "networks.txt": "text/plain; charset=utf-8",
  "page.css": "text/css; charset=utf-8",
  "simscope-engine.wasm": "application/wasm",
  "icon.svg": "image/svg+xml",
  "picture.png": "image/png",
  "site.webmanifest": "application/manifest+json",
  "demo/index.json": "application/json",
  "demo/log.ndjson": "application/x-ndjson",
  "demo/log-2.ndjson.gz": "application/gzip",
  "basemap/points.geojson": "application/geo+json",
  "basemap/glyphs.pbf": "application/x-protobuf",
  "font.woff2": "font/woff2",
  _headers: "application/octet-stream",
};
const vendorOrigins = [
  "https://wireless.twilio.com",
  "https://programmable-wireless.api.korewireless.com",
  "https://api.korewireless.com",
  "https://api.soracom.io",
  "https://g.api.soracom.io",
  "https://console.monogoto.io",
  "https://api.wayscloud.services",
];

/** What www/_headers says for a path, with small names. */
function siteHeaders(target) {
  const found = Object.entries(headersOf(readRules(path.join(www, "_headers")), target));
  assert.ok(found.length >= 5);
  return Object.fromEntries(found.map(([header, value]) => [header.toLowerCase(), value]));
}

/** The policy as `{ directive: [sources] }`. */
const directives = (policy) =>
  Object.fromEntries(
    policy.split(";").map((part) => {
      const [name, ...sources] = part.trim().split(/\s+/);
      return [name, sources];
    }),
  );

/** The type that a file of the built site has to have, by its ending. */
const endings = Object.fromEntries(
  Object.entries(types).map(([file, type]) => [path.extname(file), type]),
);
const typeOf = (file) => endings[path.extname(file)];

let site;
before(() => {
  site = mkdtempSync(path.join(tmpdir(), "simscope-site-"));
  const put = (name, content) => {
    mkdirSync(path.dirname(path.join(site, name)), { recursive: true });
    writeFileSync(path.join(site, name), content);
  };
  for (const name of Object.keys(types)) put(name, `${name}: ${long}`);
  put("small.css", "a{}");
  put("ready.js", long);
  put("ready.js.br", brotliCompressSync(`brotli ${long}`));
  put("ready.js.gz", gzipSync(`gzip ${long}`));
  put("inner/page.js", "inner");
  put(".secret", "not served");
  put(".git/config", "not served");
  put("vendors.txt", "a file, no vendor");
});
after(() => rmSync(site, { recursive: true }));

for (const variant of ["proxy", "direct"]) {
  test(`nginx accepts the configuration "${variant}"`, async () => {
    const { code, output } = await testNginx(variant);
    assert.equal(code, 0, output);
    assert.doesNotMatch(output, /\[(warn|error|emerg)\]/);
  });

  test(`Caddy accepts the configuration "${variant}" as it is shipped`, async () => {
    const { code, output } = await testCaddy(variant);
    assert.equal(code, 0, output);
    assert.match(output, /Valid configuration/);
    assert.doesNotMatch(output, /"level":"error"/);
  });

  for (const [name, start] of servers) {
    describe(`${name}, ${variant}: the site's files`, () => {
      let server;
      const get = (target, options) => ask(server.url, target, options);
      before(async () => {
        server = await start({ dist: site, variant });
      });
      after(() => server?.close());

      test("every kind of file has its type, and its content", async () => {
        for (const [file, type] of Object.entries(types)) {
          const { status, headers, text } = await get(`/${file}`);
          assert.deepEqual([status, headers["content-type"]], [200, type], file);
          assert.equal(headers["content-encoding"], undefined, file);
          assert.equal(text, `${file}: ${long}`);
        }
        const { status, headers } = await get("/");
        assert.deepEqual([status, headers["content-type"]], [200, types["index.html"]]);
      });

      test("the security headers are those of _headers, also with a refusal", async () => {
        const { "content-security-policy": policy, ...others } = siteHeaders("/none.js");
        const answers = [
          ["/", 200],
          ["/simscope.js", 200],
          ["/none.js", 404],
        ];
        for (const [target, expected] of answers) {
          const { status, headers } = await get(target);
          assert.equal(status, expected);
          for (const [header, value] of Object.entries(others)) {
            assert.equal(headers[header], value, `${header} of ${target}`);
          }
          const { "connect-src": connect, ...rest } = directives(
            headers["content-security-policy"],
          );
          const { "connect-src": _, ...site } = directives(policy);
          assert.deepEqual(rest, site, target);
          const more = variant === "direct" ? vendorOrigins : [];
          assert.deepEqual(connect, ["'self'", ...more], target);
        }
      });

      test("only what lies in the folder named by its content is kept for ever, and only while it is there", async () => {
        const cache = async (target, options) =>
          (await get(target, options)).headers["cache-control"];
        const script = `/${folder}/page.js`;
        for (const target of [script, `${script}?x=1`, `/${folder}/simscope-first.wasm`]) {
          assert.equal(await cache(target), forEver, target);
        }
        const part = await get(script, { headers: { Range: "bytes=0-9" } });
        assert.deepEqual([part.status, part.headers["cache-control"]], [206, forEver]);
        const { etag } = (await get(script)).headers;
        const same = await get(script, { headers: { "If-None-Match": etag } });
        assert.deepEqual([same.status, same.headers["cache-control"]], [304, forEver]);
        for (const file of ["", "index.html", "simscope.js", "_headers", "simscope-engine.wasm"]) {
          assert.equal(await cache(`/${file}`), "no-cache", file);
        }
        for (const target of [`/${folder}/none.js`, `/${folder}/`, `/?${script}`]) {
          assert.equal(await cache(target), "no-cache", target);
        }
        assert.equal(await cache(script, { method: "POST" }), "no-cache");
      });

      test("pages of any origin may use the module and what it fetches, and no more", async () => {
        const allowed = async (target) =>
          (await get(target)).headers["access-control-allow-origin"];
        for (const target of ["/simscope.js", `/${folder}/page.js`, `/${folder}/none.js`]) {
          assert.equal(await allowed(target), "*", target);
        }
        for (const target of ["/", "/index.html", "/page.css", "/none.js", "/_headers"]) {
          assert.equal(await allowed(target), undefined, target);
        }
      });

      test("an unchanged file is not sent twice", async () => {
        for (const encoding of ["identity", "gzip"]) {
          const asked = { "Accept-Encoding": encoding };
          const first = await get("/simscope.js", { headers: asked });
          assert.ok(first.headers.etag, encoding);
          const headers = { ...asked, "If-None-Match": first.headers.etag };
          const again = await get("/simscope.js", { headers });
          assert.deepEqual([again.status, again.bytes.length], [304, 0], encoding);
          const other = { ...asked, "If-None-Match": '"another"' };
          assert.equal((await get("/simscope.js", { headers: other })).status, 200, encoding);
        }
      });

      test("what is worth it is compressed", async () => {
        const headers = { "Accept-Encoding": "gzip" };
        for (const file of [
          "index.html",
          "simscope.js",
          "maplibre/maplibre-gl.mjs",
          "page.css",
          "simscope-engine.wasm",
          "icon.svg",
          "demo/index.json",
          "demo/log.ndjson",
          "basemap/points.geojson",
          "site.webmanifest",
        ]) {
          const answer = await get(`/${file}`, { headers });
          assert.equal(answer.headers["content-encoding"], "gzip", file);
          assert.match(answer.headers.vary ?? "", /Accept-Encoding/i, file);
          assert.equal(answer.headers["content-type"], types[file], file);
          assert.equal(gunzipSync(answer.bytes).toString(), `${file}: ${long}`);
          assert.match((await get(`/${file}`)).headers.vary ?? "", /Accept-Encoding/i, file);
        }
        for (const file of ["small.css", "picture.png", "font.woff2", "demo/log-2.ndjson.gz"]) {
          const answer = await get(`/${file}`, { headers });
          assert.deepEqual(
            [answer.status, answer.headers["content-encoding"]],
            [200, undefined],
            file,
          );
        }
      });

      test("a file compressed beforehand is sent where it exists", async () => {
        const zipped = await get("/ready.js", { headers: { "Accept-Encoding": "gzip" } });
        assert.equal(zipped.headers["content-encoding"], "gzip");
        assert.equal(gunzipSync(zipped.bytes).toString(), `gzip ${long}`);
        assert.equal(zipped.headers["content-type"], types["simscope.js"]);
        assert.equal((await get("/ready.js")).text, long);
        // nginx needs a module for it, which is a package of its own.
        if (name === "nginx" && !findServers().brotli) return;
        const headers = { "Accept-Encoding": "gzip, deflate, br" };
        const smaller = await get("/ready.js", { headers });
        assert.equal(smaller.headers["content-encoding"], "br");
        assert.equal(brotliDecompressSync(smaller.bytes).toString(), `brotli ${long}`);
        assert.equal(smaller.headers["content-type"], types["simscope.js"]);
      });

      test("what is not there is not found; folders are not listed; nothing hidden or outside is served", async () => {
        for (const target of [
          "/none.js",
          "/none/",
          "/.secret",
          "/.git/config",
          "/inner/../.secret",
          "/inner/%2e%2e/.secret",
          "/..%2fsimscope/proxy.conf",
          "/%2e%2e/simscope/proxy.conf",
          "/..%2f..%2fetc/passwd",
          "/inner",
          "/inner/",
          "/demo/",
        ]) {
          const { status, text } = await get(target);
          // nginx says "forbidden" of a folder, and of a folder without its slash where the folder is.
          const allowed = /^\/(inner|demo)\/?$/.test(target) ? [301, 403, 404] : [400, 404];
          assert.ok(allowed.includes(status), `${target}: ${status}`);
          assert.doesNotMatch(text, /not served|root:|page\.js|index\.json|server \{/, target);
        }
      });

      test("files can be read only", async () => {
        const head = await get("/page.css", { method: "HEAD" });
        assert.deepEqual([head.status, head.bytes.length], [200, 0]);
        for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"]) {
          assert.equal((await get("/page.css", { method })).status, 405, method);
        }
      });

      test("the server tells no version", async () => {
        assert.doesNotMatch((await get("/")).headers.server ?? "", /\d/);
      });

      if (variant === "direct") {
        test("there are no vendors", async () => {
          assert.equal((await get("/vendors/twilio/Sims")).status, 404);
        });
      } else {
        test("a file whose name only begins like the vendors is a file", async () => {
          assert.equal((await get("/vendors.txt")).text, "a file, no vendor");
        });
      }
    });
  }
}

for (const [name, start] of servers) {
  test(`${name}: below a path of its own, only that path is answered`, async () => {
    const server = await start({ dist: site, base: "/tools/simscope/" });
    try {
      assert.ok(server.url.endsWith("/tools/simscope/"));
      const get = (target) => ask(server.url, target);
      const page = await get("/tools/simscope/");
      assert.deepEqual([page.status, page.headers["content-type"]], [200, types["index.html"]]);
      const script = await get("/tools/simscope/maplibre/maplibre-gl.mjs");
      assert.deepEqual(
        [script.status, script.headers["content-type"]],
        [200, types["simscope.js"]],
      );
      const hashed = await get(`/tools/simscope/${folder}/page.js`);
      assert.equal(hashed.headers["cache-control"], forEver);
      assert.equal(hashed.headers["access-control-allow-origin"], "*");
      for (const target of ["/", "/index.html", "/simscope.js", "/tools/simscopepage.css"]) {
        assert.equal((await get(target)).status, 404, target);
      }
    } finally {
      await server.close();
    }
  });

  describe(
    `${name} serves the built site below a path of its own`,
    { skip: !existsSync(builtSite) && "not built" },
    () => {
      const base = "/tools/simscope/";
      let server;
      let built;
      /** Every file that is asked for by its own name. */
      let files;
      const get = (file, encoding) =>
        ask(server.url, base + file, encoding && { headers: { "Accept-Encoding": encoding } });
      const inBuilt = (file) => path.join(builtSite, file);
      before(async () => {
        built = hashedName(builtSite);
        files = filesBelow(builtSite).filter((file) => !/\.(br|gz)$/.test(file));
        server = await start({ dist: builtSite, base, variant: "direct" });
      });
      after(() => server?.close());

      test("each file, plain, has its type and may be kept as long as its name holds", async () => {
        assert.ok(files.length > 100);
        for (const file of files) {
          const { status, headers, bytes } = await get(file);
          assert.deepEqual([status, headers["content-encoding"]], [200, undefined], file);
          assert.ok(bytes.equals(readFileSync(inBuilt(file))), file);
          assert.equal(headers["content-type"], typeOf(file), file);
          const isHashed = file.startsWith(`${built}/`);
          assert.equal(headers["cache-control"], isHashed ? forEver : "no-cache", file);
          const anyOrigin = isHashed || file === "simscope.js" ? "*" : undefined;
          assert.equal(headers["access-control-allow-origin"], anyOrigin, file);
          const policy = siteHeaders("/")["content-security-policy"];
          assert.equal(headers["content-security-policy"], policy, file);
        }
        const missing = await get(`${built}/none.js`);
        assert.deepEqual([missing.status, missing.headers["cache-control"]], [404, "no-cache"]);
      });

      for (const [encoding, ending] of [
        ["gzip", "gz"],
        ["br", "br"],
      ]) {
        // nginx needs a module for brotli, which is a package of its own.
        const skip = encoding === "br" && name === "nginx" && !findServers().brotli && "no module";
        test(`what the build compressed is sent as it is: ${encoding}`, { skip }, async () => {
          const ready = files.filter((file) => existsSync(inBuilt(`${file}.${ending}`)));
          assert.ok(ready.length > 50);
          for (const file of ready) {
            const { status, headers, bytes } = await get(file, encoding);
            assert.deepEqual([status, headers["content-encoding"]], [200, encoding], file);
            assert.ok(bytes.equals(readFileSync(inBuilt(`${file}.${ending}`))), file);
            assert.equal(headers["content-type"], typeOf(file), file);
            assert.match(headers.vary ?? "", /Accept-Encoding/i, file);
          }
        });
      }

      test("all that the page refers to is there", async () => {
        const page = await get("");
        assert.deepEqual([page.status, page.headers["cache-control"]], [200, "no-cache"]);
        const names = [...page.text.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, file]) => file);
        assert.ok(names.includes(`${built}/page.js`) && names.includes(`${built}/check.js`));
        for (const file of names) assert.equal((await get(file)).status, 200, file);
        const stub = await get("simscope.js");
        const [, module] = /from "\.\/([^"]+)"/.exec(stub.text);
        assert.equal((await get(module)).status, 200);
      });
    },
  );
}
