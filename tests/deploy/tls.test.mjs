// That the proxies in deploy/ speak TLS to the vendors, name the host they want, and refuse a certificate that is not the
// vendor's. Certificates are made for each run, with openssl.
import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { run } from "../../tools/run.mjs";
import { servers } from "./servers.mjs";
import { ask, startVendor } from "./vendor.mjs";

/** An authority and two certificates of it, for "localhost" and for another host: `{ authority, own, other }`. */
async function makeCertificates(folder) {
  const file = (name) => path.join(folder, name);
  const openssl = (...args) => run("openssl", args, { show: false });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const ca = ["-x509", "-days", "2", "-subj", "/CN=authority of a test"];
  await openssl("req", ...ca, ...key, "-keyout", file("ca.key"), "-out", file("ca.crt"));
  const certificate = async (host) => {
    writeFileSync(file(`${host}.ext`), `subjectAltName=DNS:${host}`);
    const request = ["-subj", `/CN=${host}`, "-keyout", file(`${host}.key`)];
    await openssl("req", ...key, ...request, "-out", file(`${host}.csr`));
    const signed = [
      "-CA",
      file("ca.crt"),
      "-CAkey",
      file("ca.key"),
      "-CAcreateserial",
      "-days",
      "2",
    ];
    const extension = ["-extfile", file(`${host}.ext`)];
    const files = ["-in", file(`${host}.csr`), "-out", file(`${host}.crt`)];
    await openssl("x509", "-req", ...files, ...signed, ...extension);
    return { key: readFileSync(file(`${host}.key`)), cert: readFileSync(file(`${host}.crt`)) };
  };
  const own = await certificate("localhost");
  const other = await certificate("other.example");
  // The servers read it, and not as root.
  chmodSync(folder, 0o755);
  chmodSync(file("ca.crt"), 0o644);
  return { authority: file("ca.crt"), own, other };
}

/** A name server that knows every name as 127.0.0.1: nginx asks one for the vendors' names. */
async function startNames() {
  const asked = [];
  const socket = createSocket("udp4", (question, { port, address }) => {
    let end = 12;
    const labels = [];
    for (let length; (length = question[end]); end += length + 1) {
      labels.push(question.toString("latin1", end + 1, end + 1 + length));
    }
    asked.push(labels.join("."));
    const isA = question.readUInt16BE(end + 1) === 1;
    const head = Buffer.from(question.subarray(0, 12));
    head.writeUInt16BE(0x8180, 2);
    head.writeUInt16BE(isA ? 1 : 0, 6);
    head.writeUInt16BE(0, 10);
    const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1]);
    const parts = [head, question.subarray(12, end + 5), ...(isA ? [record] : [])];
    socket.send(Buffer.concat(parts), port, address);
  });
  await new Promise((resolve) => socket.bind(0, "127.0.0.1", resolve));
  const close = () => new Promise((resolve) => socket.close(resolve));
  return { address: `127.0.0.1:${socket.address().port}`, asked, close };
}

let folder;
let certificates;
let names;
let genuine;
let impostor;
before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "simscope-tls-"));
  certificates = await makeCertificates(folder);
  names = await startNames();
  genuine = await startVendor({ tls: certificates.own });
  impostor = await startVendor({ tls: certificates.other });
});
after(async () => {
  for (const one of [names, genuine, impostor]) await one?.close();
  rmSync(folder, { recursive: true });
});

for (const [name, start] of servers) {
  describe(`${name}: TLS to the vendors`, () => {
    let server;
    const upstreams = () => ({
      soracom: `https://localhost:${genuine.port}/v1`,
      twilio: `https://localhost:${impostor.port}/v1`,
    });
    const open = (authority) =>
      start({ dist: folder, upstreams: upstreams(), authority, resolver: names.address });
    before(async () => {
      server = await open(certificates.authority);
    });
    after(() => server?.close());

    test("a vendor is asked by its own name", async () => {
      const { status, text } = await ask(server.url, "/vendors/soracom/sims?limit=1");
      assert.deepEqual([status, text], [200, '{"from":"vendor"}']);
      const got = genuine.calls.pop();
      assert.equal(got.url, "/v1/sims?limit=1");
      assert.equal(got.servername, "localhost");
      assert.match(got.headers.host, /^localhost(:\d+)?$/);
    });

    test("a certificate for another host is refused, and nothing is sent there", async () => {
      const headers = { Authorization: "Bearer made-up" };
      const { status } = await ask(server.url, "/vendors/twilio/Sims", { headers });
      assert.equal(status, 502);
      assert.deepEqual(impostor.calls, []);
    });

    test("a certificate of an authority that the system does not trust is refused", async () => {
      const usual = await open(undefined);
      try {
        genuine.calls.length = 0;
        const { status } = await ask(usual.url, "/vendors/soracom/sims");
        assert.equal(status, 502);
        assert.deepEqual(genuine.calls, []);
      } finally {
        await usual.close();
      }
    });

    if (name === "nginx") {
      test("names are looked up while it runs, at the name server that the settings name", () => {
        assert.ok(names.asked.includes("localhost"));
      });
    }
  });
}
