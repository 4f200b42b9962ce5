// A whole visit through the proxies of deploy/: signing in at each simulated vendor, its SIMs page by page, signing out.
// The vendors send no CORS headers at all, as one that refuses browsers.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { startAll } from "../providers/all.mjs";
import { servers, upstreamsOf } from "./servers.mjs";

const json = (body) => ({
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
});

/** Asks as a page does; resolves to the answer's headers and JSON, and fails for anything but 2xx. */
async function asker(root, vendor) {
  return async (target, { headers = {}, ...options } = {}) => {
    const response = await fetch(`${root}vendors/${vendor}${target}`, {
      headers: { "Sec-Fetch-Site": "same-origin", ...headers },
      ...options,
    });
    const text = await response.text();
    assert.ok(response.ok, `${vendor}${target}: ${response.status} ${text}`);
    return { headers: response.headers, value: text ? JSON.parse(text) : null };
  };
}

/** By vendor: everything that a visit does; resolves to the identifiers of all SIMs. */
const visits = {
  async twilio(ask, { accountSid, authToken }) {
    const basic = Buffer.from(`${accountSid}:${authToken}`).toString("base64");
    return wireless(ask, { Authorization: `Basic ${basic}` });
  },
  async kore(ask, credentials, askAuth) {
    const form = new URLSearchParams({ grant_type: "client_credentials", ...credentials });
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    const { value } = await askAuth("/auth/token", { method: "POST", headers, body: String(form) });
    return wireless(ask, { Authorization: `Bearer ${value.access_token}` });
  },
  async soracom(ask, { authKeyId, authKey }) {
    const { value: signed } = await ask("/auth", json({ authKeyId, authKey }));
    let headers = { "X-Soracom-API-Key": signed.apiKey, "X-Soracom-Token": signed.token };
    const renewal = json({ tokenTimeoutSeconds: 180 });
    renewal.headers = { ...renewal.headers, ...headers };
    const { value: renewed } = await ask(`/operators/${signed.operatorId}/token`, renewal);
    headers = { ...headers, "X-Soracom-Token": renewed.token };
    const found = [];
    for (let key = ""; ;) {
      const page = await ask(`/sims?limit=10${key && `&last_evaluated_key=${key}`}`, { headers });
      found.push(...page.value.map(({ simId }) => simId));
      key = encodeURIComponent(page.headers.get("x-soracom-next-key") ?? "");
      if (!key) break;
      assert.match(page.headers.get("link") ?? "", /last_evaluated_key=/);
    }
    await ask(`/sims/${found[0]}/events/sessions?limit=10`, { headers });
    await ask("/auth/logout", { method: "POST", headers });
    return found;
  },
  async monogoto(ask, { UserName, Password }) {
    const { value: signed } = await ask("/Auth", json({ UserName, Password }));
    const headers = { Authorization: `Bearer ${signed.token}` };
    const found = [];
    for (let offset = 0; ; offset += 10) {
      const { value } = await ask(`/things?limit=10&offset=${offset}`, { headers });
      found.push(...value.map(({ ExternalUniqueId }) => ExternalUniqueId));
      if (value.length < 10) break;
    }
    const search = json({
      ThingIdELK: `ThingId_ICCID_${found[0]}`,
      SeverityELK: "",
      gteTimestampELK: "2026-02-01T00:00:00.000Z",
      ltTimestampELK: "2026-02-02T00:00:00.000Z",
      EsDataTypeELK: "",
      MessageTypeELK: "",
      limit: "50",
    });
    search.headers = { ...search.headers, ...headers, apikey: signed.CustomerId };
    assert.ok(Array.isArray((await ask("/thing/searchCDR", search)).value.hits));
    return found;
  },
  async wayscloud(ask, { apiKey }) {
    const headers = { Authorization: `Bearer ${apiKey}` };
    const { value } = await ask("/sims/billing", { headers });
    const found = value.by_sim.map(({ iccid }) => iccid);
    await ask(`/sims/${found[0]}/sessions?limit=10`, { headers });
    return found;
  },
};

async function wireless(ask, headers) {
  const found = [];
  for (let target = "/Sims?PageSize=10"; target;) {
    const { value } = await ask(target, { headers });
    found.push(...value.sims.map(({ sid }) => sid));
    // Only what follows the vendor's base path, on the base of the proxy.
    target = value.meta.next_page_url && value.meta.next_page_url.split("/v1")[1];
  }
  await ask(`/Sims/${found[0]}/DataSessions`, { headers });
  return found;
}

for (const [name, start] of servers) {
  test(`${name}: a visit to all five vendors`, async () => {
    const site = mkdtempSync(path.join(tmpdir(), "simscope-site-"));
    const vendors = await startAll({ sims: 25, cors: "none" });
    const server = await start({ dist: site, upstreams: upstreamsOf(vendors) });
    try {
      for (const [vendor, visit] of Object.entries(visits)) {
        const ask = await asker(server.url, vendor);
        const found = await visit(
          ask,
          vendors[vendor].credentials,
          await asker(server.url, "kore-auth"),
        );
        assert.equal(new Set(found).size, 25, vendor);
      }
      const logs = server.logs();
      for (const vendor of Object.keys(visits)) {
        assert.ok(logs.includes(`/vendors/${vendor}`), `${vendor} is logged`);
        const secrets = vendors[vendor].secrets;
        assert.ok(secrets.length > 0);
        assert.deepEqual(vendors[vendor].violations, []);
        for (const secret of secrets) assert.ok(!logs.includes(secret), `a secret of ${vendor}`);
      }
    } finally {
      await server.close();
      await vendors.close();
      rmSync(site, { recursive: true });
    }
  });
}
