// Where the visitor's keys go: to the address that they were given for, and nowhere else; nothing that can be observed holds them.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { accounts, faults, names, originsOf, type Name, type Simulator } from "./live/vendors.ts";
import { found, observe, readable } from "./live/secrets.ts";
import { expect, test } from "./live/test.ts";

/** A host that no vendor has to do with, and what reaches it. */
async function startStranger() {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
    response.writeHead(200, { "Access-Control-Allow-Origin": "*" }).end("{}");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise((closed) => {
      server.close(closed);
      server.closeAllConnections();
    });
  return { origin: `http://127.0.0.1:${port}`, calls, close };
}

test("nothing that can be observed holds a secret", async ({ visit, page }) => {
  test.slow();
  visit.expectComplaints(/^console: Failed to load resource: .*status of 40[0134]/);
  const { form, panel } = visit;
  const stranger = visit.onEnd(await startStranger());
  // What asks the stranger nevertheless must be seen, not stopped by the test.
  visit.allowed.origins.push(stranger.origin);
  const started = {} as Record<Name, Simulator>;
  for (const name of names) {
    const paging = ["twilio", "kore"].includes(name) ? { nextPageOrigin: stranger.origin } : {};
    started[name] = await visit.start(name, { sims: 3, pageSize: 2, ...paging });
  }
  const secrets = (simulator: Simulator) => simulator.secrets.filter((text) => text.length >= 8);
  const all = () => names.flatMap((name) => secrets(started[name]));

  const observed = await observe(page);
  await visit.open();
  for (const name of names) {
    await form.fill(name, started[name]);
    // While it is typed, only the field itself knows it.
    expect(found(await readable(page, { values: false }), all()), `${name}, typed`).toEqual([]);
    await form.tryIt();
    await expect(form.outcome).toHaveText(/It works/);
    await form.fetch();
    expect(found(await readable(page), all()), `${name}, fetching`).toEqual([]);
    await panel.reaches("done");
    await panel.close();
  }
  // A second page was needed, and it was asked for where the first came from.
  for (const name of ["twilio", "kore"] as const) {
    expect(started[name].log.some(({ query }) => query.includes("PageToken="))).toBe(true);
    expect(faults(started[name])).toEqual([]);
  }
  expect(stranger.calls).toEqual([]);

  // A vendor that repeats the key in its own words.
  const { kore } = started;
  const message = `unknown: ${kore.credentials["client_secret"]} and ${kore.secrets.at(-1)}`;
  kore.fail({ path: /Sims$/, status: 400, body: { code: 20001, message }, times: Infinity });
  await panel.open("KORE");
  await panel.button("Fetch again").click();
  await expect(panel.advice).toContainText("unknown: … and …");

  expect(found(await readable(page), all()), "the page").toEqual([]);
  expect(found(observed.log.join("\n"), all()), "what was logged").toEqual([]);
  for (const { url, origin, body } of observed.requests) {
    expect(found(url, all()), url).toEqual([]);
    const owner = names.find((name) => originsOf(started[name]).includes(origin));
    const others = names.filter((name) => name !== owner);
    const foreign = others.flatMap((name) => secrets(started[name]));
    expect(found(body, foreign), `sent to ${origin}`).toEqual([]);
  }
  // And as the vendors saw it: headers and bodies too.
  for (const name of names) {
    const others = names.filter((other) => other !== name);
    const foreign = others.flatMap((other) => secrets(started[other]));
    expect(found(JSON.stringify(started[name].log), foreign), `at ${name}`).toEqual([]);
    // The search itself finds what is there.
    expect(found(JSON.stringify(started[name].log), secrets(started[name]))).not.toEqual([]);
  }
  const storage = await page.context().storageState({ indexedDB: true });
  expect(found(JSON.stringify(storage), all())).toEqual([]);

  // Signed out and opened anew, the form is empty.
  for (const name of names) {
    await panel.close();
    await panel.open(accounts[name].label);
    await panel.button("Sign out").click();
    await panel.reaches("signedout");
  }
  expect(found(await readable(page), all()), "signed out").toEqual([]);
  expect(stranger.calls).toEqual([]);
});

test("a form that is closed forgets what was typed", async ({ visit, page }) => {
  const kore = await visit.start("kore");
  await observe(page);
  await visit.open();
  await visit.form.fill("kore", kore);
  await visit.form.close();
  expect(found(await readable(page), kore.secrets)).toEqual([]);
  await visit.form.open();
  await visit.form.choose("kore");
  await expect(visit.form.field("Client secret")).toHaveValue("");
  // Another vendor's form knows nothing of it either.
  await visit.form.field("Client secret").fill(kore.credentials["client_secret"] ?? "");
  await visit.form.choose("twilio");
  expect(found(await readable(page), kore.secrets)).toEqual([]);
  expect(kore.log.filter(({ method }) => method === "POST")).toEqual([]);
});
