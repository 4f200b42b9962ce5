import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, afterEach, before, test } from "node:test";
import { serve } from "./serve.mjs";

let folder;
const open = [];
before(() => {
  folder = mkdtempSync(path.join(tmpdir(), "simscope-serve-"));
  const files = {
    "secret.txt": "not served",
    "site-beside/secret.txt": "not served either",
    "site/index.html": "<!doctype html>",
    "site/simscope.wasm": "\0asm",
    "site/page.js": "1",
    "site/page.css": "a{}",
    "site/icon.svg": "<svg/>",
    "site/maplibre/maplibre-gl.mjs": "1",
    "site/library.mjs": "1",
    "site/library.mjs.br": "br",
    "site/library.mjs.gz": "gz",
    "site/demo/index.json": "[]",
    "site/demo/a b.ndjson.gz": "gz",
    "site/inner/index.html": "inner",
    "site/strange.xyz": "?",
    "site/_headers": [
      "# a comment",
      "/*\n  X-All: yes\n  X-Joined: one\n  X-Off: yes\n  Content-Security-Policy: default-src 'none'",
      "/inner/*\n  X-Inner: yes\n  x-joined: two\n  ! X-Off",
      "/page.js\n  Cache-Control: public, max-age=9\n  Access-Control-Allow-Origin: *",
      "/maplibre/:file\n  Content-Type: text/x-own\n  Cache-Control: public, max-age=9",
      "/page.j\n  X-Never: yes",
      "",
    ].join("\n"),
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
});
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});
after(() => rmSync(folder, { recursive: true }));

async function start(options = {}) {
  const server = await serve({ port: 0, dist: path.join(folder, "site"), ...options });
  open.push(server.close);
  return server.url;
}

/** Asks for a path exactly as it is written: `fetch` would tidy it up first. */
function ask(url, target, method = "GET") {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path: target, method }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text) => (body += text));
      response.on("end", () =>
        resolve({ status: response.statusCode, headers: response.headers, body }),
      );
    })
      .on("error", reject)
      .end();
  });
}

test("every kind of file has its type", async () => {
  const url = await start();
  for (const [name, type] of [
    ["", "text/html; charset=utf-8"],
    ["simscope.wasm", "application/wasm"],
    ["page.js", "text/javascript; charset=utf-8"],
    ["library.mjs", "text/javascript; charset=utf-8"],
    ["page.css", "text/css; charset=utf-8"],
    ["icon.svg", "image/svg+xml"],
    ["demo/index.json", "application/json"],
    ["demo/a%20b.ndjson.gz", "application/gzip"],
    ["strange.xyz", "application/octet-stream"],
    ["inner/", "text/html; charset=utf-8"],
  ]) {
    const response = await fetch(url + name);
    assert.equal(response.status, 200, name);
    assert.equal(response.headers.get("content-type"), type, name);
    assert.equal(response.headers.get("content-encoding"), null, name);
  }
});

test("the headers for every path are sent, also with a refusal; those of a block for its paths alone", async () => {
  const url = await start({ more: { "X-More": "yes" } });
  for (const target of ["/", "/none", "/inner/", "/inner/none"]) {
    const { headers } = await ask(url, target);
    assert.equal(headers["x-all"], "yes");
    assert.equal(headers["content-security-policy"], "default-src 'none'");
    assert.equal(headers["x-more"], "yes");
    assert.equal(headers["x-never"], undefined);
    const isInner = target.startsWith("/inner/");
    assert.equal(headers["x-inner"], isInner ? "yes" : undefined, target);
    // As hosts do: what several blocks set is joined, unless one takes it away.
    assert.equal(headers["x-joined"], isInner ? "one, two" : "one", target);
    assert.equal(headers["x-off"], isInner ? undefined : "yes", target);
  }
});

for (const base of ["/", "/some/place/"]) {
  test(`below ${base} the blocks' paths are those of the site; a missing file is never kept`, async () => {
    const url = await start({ base });
    const own = async (target, method) => (await ask(url, base + target, method)).headers;
    const script = await own("page.js?x=1");
    assert.equal(script["cache-control"], "public, max-age=9");
    assert.equal(script["access-control-allow-origin"], "*");
    const library = await own("maplibre/maplibre-gl.mjs");
    assert.equal(library["cache-control"], "public, max-age=9");
    assert.equal(library["content-type"], "text/x-own");
    const missing = await own("maplibre/none.mjs");
    assert.equal(missing["cache-control"], "no-cache");
    assert.equal(missing["content-type"], "text/plain; charset=utf-8");
    assert.equal((await own("page.js", "POST"))["cache-control"], "no-cache");
    assert.equal((await own("page.css"))["cache-control"], "no-cache");
    assert.equal((await own("page.css"))["access-control-allow-origin"], undefined);
  });
}

for (const [policy, allowed] of [
  [
    "default-src 'none'; connect-src 'self'; font-src 'self'",
    "default-src 'none'; connect-src 'self' http://127.0.0.1:1 http://127.0.0.1:2; font-src 'self'",
  ],
  ["connect-src 'none'; img-src *", "connect-src http://127.0.0.1:1 http://127.0.0.1:2; img-src *"],
  [
    "default-src 'self'",
    "default-src 'self'; connect-src 'self' http://127.0.0.1:1 http://127.0.0.1:2",
  ],
  ["img-src 'self'", "img-src 'self'"],
]) {
  test(`further origins to connect to join the policy "${policy}"`, async () => {
    const more = { "Content-Security-Policy": policy };
    const connect = ["http://127.0.0.1:1", "http://127.0.0.1:2"];
    const { headers } = await ask(await start({ more, connect }), "/");
    assert.equal(headers["content-security-policy"], allowed);
  });
}

test("what was compressed beforehand is sent where it is asked for, to a browser that takes it", async () => {
  const url = await start({ compressed: true });
  const get = (accepted, name = "library.mjs") =>
    new Promise((resolve, reject) => {
      const headers = { "Accept-Encoding": accepted };
      request(`${url}${name}`, { headers }, (response) => {
        let body = "";
        response.on("data", (piece) => (body += piece));
        response.on("end", () => {
          const { "content-encoding": encoding, "content-type": type, vary } = response.headers;
          resolve([encoding, body, type, vary]);
        });
      })
        .on("error", reject)
        .end();
    });
  const script = "text/javascript; charset=utf-8";
  assert.deepEqual(await get("gzip, br"), ["br", "br", script, "Accept-Encoding"]);
  assert.deepEqual(await get("gzip"), ["gzip", "gz", script, "Accept-Encoding"]);
  assert.deepEqual(await get(""), [undefined, "1", script, "Accept-Encoding"]);
  assert.equal((await get("br", "page.js"))[0], undefined);
});

test("nothing outside the site is served", async () => {
  const url = await start();
  for (const target of [
    "/../secret.txt",
    "/inner/../../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/inner/..%2f..%2fsecret.txt",
    "/..%5csecret.txt",
    "/%2e%2e%2fsite-beside/secret.txt",
    "//etc/passwd",
    "/%00",
    "/index.html%00.txt",
    "/%",
    "/inner",
    "/none.js",
  ]) {
    const { status, body } = await ask(url, target);
    assert.equal(status, 404, target);
    assert.equal(body, "There is no such file.\n");
  }
});

test("below a path of its own, only that path is answered", async () => {
  const url = await start({ base: "/some/place/" });
  assert.ok(url.endsWith("/some/place/"));
  assert.equal((await ask(url, "/some/place/page.js")).status, 200);
  for (const target of ["/", "/page.js", "/some/place", "/some/placepage.js"]) {
    assert.equal((await ask(url, target)).status, 404, target);
  }
});

test("HEAD has the headers and no body; other methods are refused", async () => {
  const url = await start();
  const head = await ask(url, "/page.css", "HEAD");
  assert.deepEqual([head.status, head.headers["content-length"], head.body], [200, "3", ""]);
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
    const { status, headers } = await ask(url, "/", method);
    assert.deepEqual([status, headers.allow], [405, "GET, HEAD"]);
  }
});

test("a taken port is told with what to do", async () => {
  const port = Number(new URL(await start()).port);
  await assert.rejects(
    serve({ port, dist: folder }),
    (error) => error.name === "Error" && error.message.includes(`PORT=${port + 1} npm start`),
  );
});

test("it listens on this machine alone", async () => {
  assert.equal(new URL(await start()).hostname, "127.0.0.1");
});

for (const signal of ["SIGINT", "SIGTERM"]) {
  test(`${signal} ends the server with 0, also while a browser keeps its connection`, async () => {
    const script = `
      import { serveUntilStopped } from ${JSON.stringify(new URL("serve.mjs", import.meta.url).href)};
      console.log(await serveUntilStopped({ port: 0, dist: ${JSON.stringify(path.join(folder, "site"))} }));
    `;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", script]);
    const ended = new Promise((resolve) => child.on("close", (...how) => resolve(how)));
    const url = await new Promise((resolve) =>
      child.stdout.once("data", (text) => resolve(String(text).trim())),
    );
    // fetch keeps its connection open for a next request.
    assert.equal((await fetch(url)).status, 200);
    child.kill(signal);
    assert.deepEqual(await ended, [0, null]);
  });
}

for (const [port, why] of [
  ["65536", /PORT is "65536", which is not a port number/],
  ["eighty", /PORT is "eighty"/],
]) {
  test(`npm start refuses the port ${port} before it builds anything`, async () => {
    const { code, output } = await startWith(port);
    assert.equal(code, 1);
    assert.match(output, why);
    assert.doesNotMatch(output, /^- /m);
  });
}

test("npm start tells of a taken port before it builds anything", async () => {
  const { code, output } = await startWith(new URL(await start()).port);
  assert.equal(code, 1);
  assert.match(output, /is taken\. Stop what uses it, or choose another/);
  assert.doesNotMatch(output, /^- /m);
});

function startWith(port) {
  const file = path.join(import.meta.dirname, "start.mjs");
  const child = spawn(process.execPath, [file], { env: { ...process.env, PORT: port } });
  let output = "";
  child.stdout.on("data", (text) => (output += text));
  child.stderr.on("data", (text) => (output += text));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, output })));
}
