import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, test } from "node:test";
import { ensureServers, findServers } from "./servers.mjs";
import { ToolError } from "./run.mjs";

const before = { NGINX: process.env.NGINX, CADDY: process.env.CADDY };
afterEach(() => {
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

test("a server that a variable names is taken", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "simscope-servers-"));
  try {
    for (const name of ["nginx", "caddy"]) {
      const file = path.join(folder, name);
      writeFileSync(file, "#!/bin/sh\n");
      chmodSync(file, 0o755);
      process.env[name.toUpperCase()] = file;
    }
    const { nginx, caddy } = await ensureServers();
    assert.deepEqual([nginx, caddy], [path.join(folder, "nginx"), path.join(folder, "caddy")]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

for (const name of ["NGINX", "CADDY"]) {
  test(`a wrong name in ${name} is told, and nothing is installed in its place`, async () => {
    process.env[name] = "/no/such/program";
    const told = (error) =>
      error instanceof ToolError && error.message.startsWith(`${name} is "/no/such/program"`);
    assert.throws(findServers, told);
    await assert.rejects(ensureServers, told);
  });
}
