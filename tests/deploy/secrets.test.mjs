// That the configurations in deploy/ keep nothing of a call: no key, token, password, identifier or answer in any log, and
// neither bodies nor answers on the disk. Asked of the real servers, in good times and in bad.
import assert from "node:assert/strict";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { servers } from "./servers.mjs";
import { ask, startVendor } from "./vendor.mjs";

/** Each place where something confidential can be, marked so that it is recognised wherever it turns up. */
const secret = (place) => `SECRET-${place}-`;
const headers = {
  Authorization: `Bearer ${secret("authorization")}`,
  "X-Soracom-API-Key": secret("soracom-key"),
  "X-Soracom-Token": secret("soracom-token"),
  "X-API-Key": secret("api-key"),
  apikey: secret("apikey"),
  Cookie: `session=${secret("cookie")}`,
  Referer: `http://portal.example/?${secret("referer")}`,
  "User-Agent": secret("agent"),
  "X-Other": secret("other"),
};
const query = `?token=${secret("query")}`;
const post = { method: "POST", headers: { ...headers, "Content-Type": "application/json" } };

/** Sends bytes as they are: requests that no client library would write. */
const sendRaw = (url, text) =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1", () => socket.end(text));
    let answer = "";
    socket.setEncoding("utf8").on("data", (part) => (answer += part));
    socket.on("error", () => resolve(answer)).on("close", () => resolve(answer));
  });

/** Every file below a folder that can be read. */
function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) yield path.join(entry.parentPath ?? entry.path, entry.name);
  }
}

const logged = async (server, pattern) => {
  // An access log is written after the answer.
  for (let tries = 0; tries < 100 && !pattern.test(server.logs()); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return server.logs();
};

for (const [name, start] of servers) {
  describe(`${name}: what is kept of a call`, () => {
    const site = mkdtempSync(path.join(tmpdir(), "simscope-site-"));
    let vendor;
    let server;
    before(async () => {
      writeFileSync(path.join(site, "index.html"), "page");
      mkdirSync(path.join(site, "folder"));
      vendor = await startVendor();
      // KORE does not answer at all, Monogoto closes the connection, the others answer.
      const upstreams = {
        soracom: vendor.url,
        twilio: vendor.url.replace("http:", "https:"),
        monogoto: vendor.url,
        wayscloud: vendor.url,
      };
      server = await start({ dist: site, upstreams });
    });
    after(async () => {
      await server?.close();
      await vendor?.close();
      rmSync(site, { recursive: true });
    });

    test("no log holds a key, a query, an identifier, a body or an answer", async () => {
      const statuses = new Set();
      const call = async (target, options = { headers }) => {
        const { status } = await ask(server.url, target, options);
        statuses.add(status);
      };
      vendor.answer = ({ url }, response) => {
        if (url.startsWith("/thing")) return response.destroy();
        response.writeHead(url.includes("bad") ? 401 : 200, {
          "Content-Type": "application/json",
          "X-Soracom-Next-Key": secret("answer-header"),
          "Set-Cookie": `a=${secret("answer-cookie")}`,
        });
        response.end(`{"token":"${secret("answer")}"}`);
      };
      await call(`/vendors/soracom/sims/${secret("sim")}/events/sessions${query}`);
      await call(`/vendors/soracom/sims/bad-${secret("sim")}${query}`);
      await call(`/vendors/soracom/auth${query}`, {
        ...post,
        body: `{"authKey":"${secret("body")}"}`,
      });
      await call(`/vendors/wayscloud/sims/${secret("sim")}/sessions${query}`);
      // Refused: the path, the method, the page, the size.
      await call(`/vendors/soracom/other/${secret("path")}${query}`);
      await call(`/vendors/nobody/${secret("path")}${query}`);
      await call(`/vendors/${secret("path")}${query}`);
      await call(`/vendors/soracom/sims/%2f${secret("path")}${query}`);
      await call(`/vendors/soracom/sims/${secret("sim")}${query}`, { method: "DELETE", headers });
      await call(`/vendors/soracom/sims${query}`, {
        headers: {
          ...headers,
          Origin: `https://${secret("origin")}.example`,
          "Sec-Fetch-Site": "cross-site",
        },
      });
      await call("/vendors/soracom/cell_locations", {
        ...post,
        body: secret("body").repeat(50_000),
      }).catch(() => statuses.add(413));
      // A vendor that does not answer, and one that closes the connection.
      await call(`/vendors/kore/Sims/${secret("sim")}${query}`);
      await call(`/vendors/kore-auth/auth/token${query}`, {
        ...post,
        body: `client_secret=${secret("body")}`,
      });
      await call(`/vendors/monogoto/thing/${secret("sim")}${query}`);
      await call(`/vendors/monogoto/thing/searchCDR${query}`, { ...post, body: secret("body") });
      // Files, there and not there, with a query that somebody wrote.
      await call(`/${query}`);
      await call(`/none.js${query}`);
      await call(`/index.html${query}`, { ...post, body: secret("body") });
      await call(`/folder/${query}`);
      // A vendor that speaks no TLS where TLS is spoken, and a host that this server is not.
      await call(`/vendors/twilio/Sims/${secret("sim")}${query}`);
      const elsewhere = { headers: { ...headers, Host: "other.example" } };
      await call(`/vendors/soracom/sims/${secret("sim")}${query}`, elsewhere);
      // Requests that are no proper ones.
      const own = new URL(server.url).host;
      const line = `GET /vendors/soracom/sims/${secret("sim")}${query} HTTP/1.1\r\nHost: ${own}\r\n`;
      const key = `X-Soracom-Token: ${secret("soracom-token")}`;
      await sendRaw(server.url, `${line}${key}\r\nbroken header ${secret("other")}\r\n\r\n`);
      await sendRaw(server.url, `${line}${key}${"x".repeat(20_000)}\r\n\r\n`);
      await sendRaw(server.url, `${line}${key}\r\nTransfer-Encoding: ${secret("other")}\r\n\r\n`);
      await sendRaw(server.url, `GET /${secret("path")} nonsense\r\n${key}\r\n\r\n`);
      await sendRaw(server.url, line + key);
      await call("/last-call-of-the-test");

      const logs = await logged(server, /last-call-of-the-test/);
      for (const status of [200, 401, 403, 404, 405, 502]) {
        assert.ok(statuses.has(status), `${status} came about`);
        assert.match(logs, new RegExp(`\\b${status}\\b`), `${status} is logged`);
      }
      for (const told of ["/vendors/soracom", "/vendors/kore", "/vendors/monogoto", "/none.js"]) {
        assert.ok(logs.includes(told), `${told} is logged`);
      }
      const found = logs.split("\n").filter((text) => /SECRET-|portal\.example/i.test(text));
      assert.deepEqual(found, []);
    });

    test("neither a body nor an answer is written to the disk", async () => {
      const temporary = path.join(server.folder, "temp");
      const folders = [
        temporary,
        ...readdirSync(temporary).map((one) => path.join(temporary, one)),
      ].filter((one) => statSync(one).isDirectory());
      const body = secret("body").repeat(15_000);
      const answer = secret("answer").repeat(500_000);
      vendor.answer = (_call, response) => {
        response.writeHead(200, { "Content-Type": "application/json" });
        response.end(answer);
      };
      // Where nothing can be written, a server that needs to write fails.
      for (const folder of folders.reverse()) chmodSync(folder, 0);
      try {
        vendor.calls.length = 0;
        const got = await new Promise((resolve, reject) => {
          const { hostname, port } = new URL(server.url);
          const target = { hostname, port, path: "/vendors/soracom/cell_locations", ...post };
          const outgoing = request(target, (response) => {
            const parts = [];
            // A visitor with a slow line: the answer waits in the server.
            response.pause();
            setTimeout(() => response.resume(), 300);
            response.on("data", (part) => parts.push(part));
            response.on("end", () =>
              resolve([response.statusCode, Buffer.concat(parts).toString()]),
            );
            response.on("error", reject);
          }).on("error", reject);
          // In two parts, so that the second is not there when the first is read.
          outgoing.write(body.slice(0, 100));
          setTimeout(() => outgoing.end(body.slice(100)), 50);
        });
        assert.equal(got[0], 200);
        assert.equal(got[1].length, answer.length);
        assert.equal(vendor.calls[0].body, body);
      } finally {
        for (const folder of folders.reverse()) chmodSync(folder, 0o755);
      }
      for (const file of files(server.folder)) {
        assert.doesNotMatch(readFileSync(file, "latin1"), /SECRET-/, file);
      }
    });
  });
}
