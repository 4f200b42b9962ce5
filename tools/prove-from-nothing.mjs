// `node tools/prove-from-nothing.mjs`: proves that a fresh clone gets from nothing to a served page and through every test
// with the two commands of README.md, and tells how long each takes. A temporary folder holds the clone, an empty home,
// an empty cargo home and an empty npm cache; of this machine only the programs on the PATH, rustup's toolchain (without
// the WebAssembly target) and the settings that name package registries are used. `--keep` leaves the folder for a look.
//
// It takes the WebAssembly target out of rustup for some seconds: let no other build run meanwhile.
import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { hashedName } from "./layout.mjs";
import { root } from "./paths.mjs";
import { main, run, step, ToolError } from "./run.mjs";
import { wasmTarget } from "./setup.mjs";

/** The longest that a first `npm start` may take before it counts as hung. */
const patienceMs = 45 * 60_000;

/** What the proof runs with: homes and caches that hold nothing. */
function emptyEnvironment(folder) {
  const home = path.join(folder, "home");
  const cargoHome = path.join(folder, "cargo");
  mkdirSync(home);
  mkdirSync(cargoHome);
  const env = { ...process.env };
  // What npm tells the programs it starts is about this checkout; it must not reach the clone.
  for (const name of Object.keys(env)) {
    if (/^(npm_(?!config_registry$)|INIT_CWD$|CARGO_|SIMSCOPE_)/.test(name)) delete env[name];
  }
  // Where packages come from is a setting of the machine, not a product of earlier builds.
  const npmSettings = process.env.NPM_CONFIG_USERCONFIG ?? path.join(homedir(), ".npmrc");
  const cargoSettings = path.join(
    process.env.CARGO_HOME ?? path.join(homedir(), ".cargo"),
    "config.toml",
  );
  if (existsSync(cargoSettings)) copyFileSync(cargoSettings, path.join(cargoHome, "config.toml"));
  return Object.assign(env, {
    HOME: home,
    USERPROFILE: home,
    XDG_CACHE_HOME: path.join(home, ".cache"),
    XDG_CONFIG_HOME: path.join(home, ".config"),
    CARGO_HOME: cargoHome,
    RUSTUP_HOME: process.env.RUSTUP_HOME ?? path.join(homedir(), ".rustup"),
    NPM_CONFIG_CACHE: path.join(folder, "npm"),
    ...(existsSync(npmSettings) ? { NPM_CONFIG_USERCONFIG: npmSettings } : {}),
  });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Asserts one answer of the served page; resolves to its text. */
async function answers(url, type) {
  const response = await fetch(url);
  const got = response.headers.get("Content-Type") ?? "no type";
  if (response.status !== 200 || !got.startsWith(type)) {
    throw new ToolError(`${url} answered ${response.status} as ${got}, not 200 as ${type}.`);
  }
  return response.text();
}

/** Resolves to the signal or exit code of a program that ended, or to null while it runs. */
function watch(child) {
  const ended = { how: null };
  ended.promise = new Promise((resolve) => {
    child.on("close", (code, signal) => resolve((ended.how = signal ?? code)));
    child.on("error", (error) => resolve((ended.how = error.message)));
  });
  return ended;
}

/** `npm start` until it serves, checked; then Ctrl+C. Resolves to the milliseconds until the first answer. */
async function startOnce(cwd, env) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const begun = Date.now();
  // A group of its own, as a shell gives it: Ctrl+C reaches npm and what npm started.
  const child = spawn("npm", ["start"], {
    cwd,
    env: { ...env, PORT: String(port) },
    stdio: ["ignore", "inherit", "inherit"],
    detached: true,
  });
  const ended = watch(child);
  try {
    // The port is tried before anything is built, so an answer alone does not yet mean the page.
    while (!(await fetch(url).catch(() => null))?.ok) {
      if (ended.how !== null) throw new ToolError(`npm start ended with ${ended.how}.`);
      if (Date.now() - begun > patienceMs)
        throw new ToolError("npm start does not get to serving.");
      await pause(200);
    }
    const took = Date.now() - begun;
    const page = await answers(url, "text/html");
    if (!page.includes("<sim-scope")) throw new ToolError("The page holds no <sim-scope>.");
    const files = url + hashedName(path.join(cwd, "dist"));
    await answers(`${files}/simscope-first.wasm`, "application/wasm");
    await answers(`${files}/page.js`, "text/javascript");
    process.kill(-child.pid, "SIGINT");
    const how = await Promise.race([ended.promise, pause(10_000).then(() => "nothing in 10 s")]);
    if (how !== 0) throw new ToolError(`After Ctrl+C npm start ended with ${how}, not with 0.`);
    return took;
  } finally {
    if (ended.how === null) process.kill(-child.pid, "SIGKILL");
  }
}

const told = [];

function tell(name, ms) {
  told.push(`${name.padEnd(44)}${(ms / 1000).toFixed(1).padStart(8)} s`);
}

async function prove(folder) {
  const clone = path.join(folder, "simscope");
  step(`cloning into ${clone}`);
  await run("git", ["clone", "--quiet", "--no-hardlinks", root, clone]);
  const env = emptyEnvironment(folder);
  step(`removing the Rust target ${wasmTarget}`);
  await run("rustup", ["target", "remove", wasmTarget]);

  tell("npm start, from nothing until it serves", await startOnce(clone, env));
  tell("npm start again, nothing changed", await startOnce(clone, env));
  const begun = Date.now();
  const child = spawn("npm", ["test"], {
    cwd: clone,
    env,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const code = await watch(child).promise;
  tell(`npm test (ended with ${code})`, Date.now() - begun);
  if (code !== 0) throw new ToolError("npm test failed in the fresh clone.");
}

await main(async () => {
  const changed = await run("git", ["status", "--porcelain"], { show: false });
  if (changed) step("note: what is not committed is not part of the proof");
  const targets = await run("rustup", ["target", "list", "--installed"], { show: false });
  const folder = mkdtempSync(path.join(tmpdir(), "simscope-proof-"));
  try {
    await prove(folder);
  } finally {
    const now = await run("rustup", ["target", "list", "--installed"], { show: false });
    if (targets.includes(wasmTarget) && !now.includes(wasmTarget)) {
      await run("rustup", ["target", "add", wasmTarget]);
    }
    if (process.argv.includes("--keep")) step(`left in place: ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
    console.log(`\n${told.join("\n")}`);
  }
});
