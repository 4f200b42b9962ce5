// Which calls the proxy configurations in deploy/ pass on, where to, and with which headers, asked of the real servers.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { servers, vendorNames } from "./servers.mjs";
import { ask, startVendor } from "./vendor.mjs";
import { passed, refused } from "./viewer-calls.mjs";

/** Stands for each vendor's base path; a name of its own for each, so that a mix-up shows. */
const basePath = (name) => `/base-of-${name}/v1`;

const keys = {
  authorization: "Bearer made-up-token-of-the-page",
  "x-soracom-api-key": "api-made-up-key",
  "x-soracom-token": "made-up-soracom-token",
  "x-soracom-lang": "en",
  apikey: "cid_made_up",
  "x-api-key": "wayscloud_api_made_up",
};
const ownKeys = {
  twilio: ["authorization"],
  kore: ["authorization"],
  "kore-auth": [],
  soracom: ["x-soracom-api-key", "x-soracom-token", "x-soracom-lang"],
  "soracom-global": ["x-soracom-api-key", "x-soracom-token", "x-soracom-lang"],
  monogoto: ["authorization", "apikey"],
  wayscloud: ["authorization", "x-api-key"],
};
/** A call of each vendor that is passed on. */
const oneCall = (name) =>
  Object.entries(passed[name]).map(([method, paths]) => ({
    method,
    target: `/vendors/${name}${paths[0]}`,
  }))[0];

for (const [name, start] of servers) {
  describe(`${name}: calls to the vendors`, () => {
    const site = mkdtempSync(path.join(tmpdir(), "simscope-site-"));
    const vendors = {};
    let server;
    const call = (target, options) => ask(server.url, target, options);
    const reached = () => Object.values(vendors).flatMap(({ calls }) => calls);
    before(async () => {
      for (const vendor of vendorNames) vendors[vendor] = await startVendor();
      const upstreams = Object.fromEntries(
        vendorNames.map((vendor) => [vendor, vendors[vendor].url + basePath(vendor)]),
      );
      server = await start({ dist: site, upstreams });
    });
    beforeEach(() => {
      for (const vendor of Object.values(vendors)) vendor.calls.length = 0;
    });
    after(async () => {
      await server?.close();
      for (const vendor of Object.values(vendors)) await vendor.close();
      rmSync(site, { recursive: true });
    });

    for (const vendor of vendorNames) {
      test(`every call that a viewer makes reaches ${vendor}, and it alone`, async () => {
        for (const [method, paths] of Object.entries(passed[vendor])) {
          for (const target of paths) {
            const body = method === "POST" ? '{"a":"b c"}' : undefined;
            const query = "?a=1&b=%2F%20x%26&last_evaluated_key=+%3D";
            const headers = body ? { "Content-Type": "application/json" } : {};
            const answer = await call(`/vendors/${vendor}${target}${query}`, {
              method,
              body,
              headers,
            });
            assert.deepEqual([answer.status, answer.text], [200, '{"from":"vendor"}'], target);
            const [got, ...others] = reached();
            assert.deepEqual(others, []);
            assert.equal(vendors[vendor].calls.pop(), got);
            assert.deepEqual(
              [got.method, got.url, got.body],
              [method, basePath(vendor) + target + query, body ?? ""],
            );
            assert.equal(got.headers["content-type"], headers["Content-Type"]);
          }
        }
      });
    }

    test("a path without a query gets none, and a name in it stays as it is written", async () => {
      for (const sim of ["DE01", "My%20SIM", "caf%C3%A9", "a.b~c_d-e", "a:b@c", "a%40b"]) {
        await call(`/vendors/twilio/Sims/${sim}`);
        assert.equal(vendors.twilio.calls.pop()?.url, `${basePath("twilio")}/Sims/${sim}`);
      }
    });

    test("anything else is refused, and reaches no vendor", async () => {
      for (const [method, target] of refused) {
        const { status } = await call(`/vendors/${target}`, { method, headers: keys });
        // Where the tidied path leaves the vendors it is a file, which is not there.
        assert.ok([400, 403, 404, 405].includes(status), `${method} ${target}: ${status}`);
        assert.deepEqual(reached(), [], target);
      }
      for (const vendor of vendorNames) {
        for (const method of ["PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE"]) {
          const target = `/vendors/${vendor}${Object.values(passed[vendor])[0][0]}`;
          const { status, headers } = await call(target, { method });
          assert.equal(status, 405, `${method} ${target}`);
          // TRACE is refused by nginx itself.
          if (method !== "TRACE") assert.equal(headers.allow, "GET, POST");
        }
      }
      assert.deepEqual(reached(), []);
      for (const target of ["/vendors", "/vendors/", "/vendors/other/Sims", "/vendors/twilio"]) {
        assert.ok([403, 404].includes((await call(target)).status), target);
      }
    });

    test("a refusal says why, as the JSON that vendors' errors have", async () => {
      for (const [method, target] of [
        ["GET", "/vendors/twilio/Commands"],
        ["DELETE", "/vendors/twilio/Sims"],
      ]) {
        const { headers, text } = await call(target, { method });
        assert.equal(headers["content-type"], "application/json");
        assert.equal(headers["cache-control"], "no-store");
        assert.match(JSON.parse(text).message, /proxy in front of the vendor/);
      }
    });

    test("other pages cannot use it", async () => {
      const own = new URL(server.url).host;
      const tries = [
        [{ "Sec-Fetch-Site": "cross-site" }, 403],
        [{ "Sec-Fetch-Site": "same-site" }, 403],
        [{ "Sec-Fetch-Site": "none" }, 403],
        [{ "Sec-Fetch-Site": "cross-site", Origin: `http://${own}` }, 403],
        [{ Origin: "https://other.example" }, 403],
        [{ Origin: "null" }, 403],
        [{ Origin: `http://${own}.other.example` }, 403],
        [{ Origin: `http://other.example/${own}` }, 403],
        [{ "Sec-Fetch-Site": "same-origin", Origin: `http://${own}` }, 200],
        [{ "Sec-Fetch-Site": "same-origin" }, 200],
        [{ Origin: `http://${own}` }, 200],
        [{ Origin: `https://${own}` }, 200],
        [{}, 200],
      ];
      for (const [headers, expected] of tries) {
        for (const vendor of vendorNames) {
          const { method, target } = oneCall(vendor);
          const answer = await call(target, { method, headers });
          assert.equal(answer.status, expected, `${vendor} ${JSON.stringify(headers)}`);
          assert.equal(reached().length, expected === 200 ? 1 : 0);
          vendors[vendor].calls.length = 0;
        }
      }
    });

    test("a vendor gets the headers of its own key, and nothing else of the visitor's", async () => {
      for (const vendor of vendorNames) {
        const { method, target } = oneCall(vendor);
        await call(target, {
          method,
          headers: {
            ...keys,
            Accept: "application/json",
            "Accept-Encoding": "gzip, br",
            "Accept-Language": "de",
            "User-Agent": "browser",
            Cookie: "session=made-up-cookie",
            Origin: server.url.slice(0, -1),
            Referer: server.url,
            "Sec-Fetch-Site": "same-origin",
            "Sec-Fetch-Mode": "cors",
            DNT: "1",
            "If-None-Match": '"x"',
            Range: "bytes=0-1",
            Via: "1.1 other",
            Forwarded: "for=192.0.2.1",
            "X-Forwarded-For": "192.0.2.1",
            "X-Real-IP": "192.0.2.1",
            "X-Auth-Request-User": "somebody",
            "Remote-User": "somebody",
            "X-Accel-Buffering": "no",
            "Proxy-Authorization": "Basic bWFkZTp1cA==",
            Connection: "X-Hop",
            "X-Hop": "by hop",
            TE: "trailers",
          },
        });
        const [got] = vendors[vendor].calls;
        const expected = ["host", "accept", "accept-encoding", "user-agent", ...ownKeys[vendor]];
        const names = got.names.filter(
          (one) => !["connection", "content-length", "transfer-encoding"].includes(one),
        );
        assert.deepEqual(names.sort(), expected.sort(), vendor);
        for (const header of ownKeys[vendor]) assert.equal(got.headers[header], keys[header]);
        assert.match(got.headers.host, /^127\.0\.0\.1(:\d+)?$/);
        assert.notEqual(got.headers.host, new URL(server.url).host);
        assert.match(got.headers.connection ?? "keep-alive", /^(keep-alive|close)$/);
        assert.equal(got.headers["accept-encoding"], "gzip, br");
        assert.equal(got.headers["user-agent"], "browser");
      }
    });

    test("a header that the page did not send is not sent", async () => {
      for (const vendor of vendorNames) {
        const { method, target } = oneCall(vendor);
        await call(target, { method });
        const [got] = vendors[vendor].calls;
        const names = got.names.filter((one) => !["connection", "content-length"].includes(one));
        assert.deepEqual(names, ["host"], vendor);
      }
    });

    test("of an answer the page gets what it reads, and nothing that steers a browser or a server", async () => {
      const wanted = {
        "Content-Type": "application/json",
        Link: "</v1/sims?last_evaluated_key=12>; rel=next",
        "X-Soracom-Next-Key": "12",
        "X-Soracom-Ratelimit-Limit": "1000",
        "X-Soracom-Ratelimit-Remaining": "999",
        "X-Soracom-Ratelimit-Seconds-Before-Refresh": "60",
        "Retry-After": "7",
      };
      vendors.soracom.answer = (_call, response) => {
        response.writeHead(429, {
          ...wanted,
          "Set-Cookie": ["a=b", "c=d; Secure"],
          "Access-Control-Allow-Origin": "*",
          "Access-Control-Allow-Credentials": "true",
          "Access-Control-Expose-Headers": "ETag",
          "Access-Control-Allow-Headers": "X",
          "Access-Control-Allow-Methods": "X",
          "Access-Control-Max-Age": "9",
          "WWW-Authenticate": 'Basic realm="x"',
          "Content-Security-Policy": "default-src *",
          "Strict-Transport-Security": "max-age=1",
          "Clear-Site-Data": '"*"',
          "Cache-Control": "public, max-age=600",
          Expires: "Thu, 01 Jan 2099 00:00:00 GMT",
          ETag: '"e"',
          Location: "https://other.example/",
          Refresh: "0; url=https://other.example/",
          "Service-Worker-Allowed": "/",
          "Alt-Svc": 'h3=":443"',
          "X-Accel-Redirect": "/index.html",
          "X-Powered-By": "vendor",
          Server: "vendor/1.2.3",
          "Keep-Alive": "timeout=5",
          Upgrade: "h2c",
          "Proxy-Authenticate": "Basic",
        });
        response.end('{"code":"X","message":"slow down"}');
      };
      const { status, headers, text } = await call("/vendors/soracom/sims");
      assert.deepEqual([status, text], [429, '{"code":"X","message":"slow down"}']);
      for (const [header, value] of Object.entries(wanted)) {
        assert.equal(headers[header.toLowerCase()], value, header);
      }
      const more = [
        "cache-control",
        "content-security-policy",
        "referrer-policy",
        "x-content-type-options",
        ...["server", "date", "connection", "keep-alive", "content-length", "transfer-encoding"],
      ];
      const known = [...Object.keys(wanted).map((header) => header.toLowerCase()), ...more];
      assert.deepEqual(
        Object.keys(headers).filter((header) => !known.includes(header)),
        [],
      );
      assert.equal(headers["cache-control"], "no-store");
      assert.equal(
        headers["content-security-policy"],
        "default-src 'none'; frame-ancestors 'none'; sandbox",
      );
      assert.equal(headers["x-content-type-options"], "nosniff");
      assert.doesNotMatch(headers.server ?? "", /vendor/);
      assert.notEqual(headers["keep-alive"], "timeout=5");
    });

    test("a redirect leads nowhere", async () => {
      vendors.twilio.answer = (_call, response) => {
        response.writeHead(302, { Location: `${vendors.kore.url}/Sims` });
        response.end();
      };
      const { status, headers } = await call("/vendors/twilio/Sims", { headers: keys });
      assert.deepEqual([status, headers.location], [302, undefined]);
      assert.deepEqual(vendors.kore.calls, []);
    });

    test("an answer goes through byte by byte, compressed or not, without a body or in pieces", async () => {
      const zipped = gzipSync("a".repeat(5000));
      vendors.kore.answer = (_call, response) => {
        response.writeHead(200, { "Content-Type": "application/json", "Content-Encoding": "gzip" });
        response.end(zipped);
      };
      const headers = { "Accept-Encoding": "gzip" };
      const compressed = await call("/vendors/kore/Sims", { headers });
      assert.equal(compressed.headers["content-encoding"], "gzip");
      assert.ok(compressed.bytes.equals(zipped));

      const text = "x".repeat(3000);
      vendors.kore.answer = (_call, response) => {
        response.writeHead(500, { "Content-Type": "text/plain" });
        response.write(text);
        setImmediate(() => response.end(text));
      };
      const plain = await call("/vendors/kore/Sims", { headers });
      assert.deepEqual([plain.status, plain.headers["content-type"]], [500, "text/plain"]);
      assert.deepEqual([plain.text, plain.headers["content-encoding"]], [text + text, undefined]);

      vendors.soracom.answer = (_call, response) => response.writeHead(204).end();
      const empty = await call("/vendors/soracom/auth/logout", { method: "POST" });
      assert.deepEqual([empty.status, empty.bytes.length], [204, 0]);
    });

    test("nothing is answered twice from one answer", async () => {
      let count = 0;
      vendors.kore.answer = (_call, response) => {
        response.writeHead(200, {
          "Cache-Control": "public, max-age=600",
          "Content-Type": "text/plain",
        });
        response.end(String((count += 1)));
      };
      assert.equal((await call("/vendors/kore/Sims")).text, "1");
      assert.equal((await call("/vendors/kore/Sims")).text, "2");
    });

    test("a body larger than any sign-in or look-up is refused", async () => {
      const answer = await call("/vendors/soracom/cell_locations", {
        method: "POST",
        headers: { "Content-Length": String(1_000_000) },
        body: "x".repeat(1_000_000),
      }).catch((error) => ({ status: error.code }));
      // The server may close the connection while the rest is still being sent.
      assert.ok([413, 502, "EPIPE", "ECONNRESET"].includes(answer.status), `${answer.status}`);
      assert.deepEqual(
        reached().filter(({ body }) => body.length > 300_000),
        [],
      );
    });
  });

  test(`${name}: below a path of its own, the vendors are below it too`, async () => {
    const site = mkdtempSync(path.join(tmpdir(), "simscope-site-"));
    const vendor = await startVendor();
    const upstreams = { wayscloud: `${vendor.url}/v1/globalsim`, monogoto: vendor.url };
    const server = await start({ dist: site, base: "/tools/simscope/", upstreams });
    try {
      const { status } = await ask(
        server.url,
        "/tools/simscope/vendors/wayscloud/sims/activity?x=1",
      );
      assert.deepEqual([status, vendor.calls.pop()?.url], [200, "/v1/globalsim/sims/activity?x=1"]);
      // A vendor whose base has no path.
      await ask(server.url, "/tools/simscope/vendors/monogoto/things?limit=50");
      assert.equal(vendor.calls.pop()?.url, "/things?limit=50");
      for (const target of [
        "/vendors/monogoto/things",
        "/tools/vendors/monogoto/things",
        "/tools/simscope/vendors/monogoto/report-template",
      ]) {
        assert.ok([403, 404].includes((await ask(server.url, target)).status), target);
      }
      assert.deepEqual(vendor.calls, []);
    } finally {
      await server.close();
      await vendor.close();
      rmSync(site, { recursive: true });
    }
  });
}
