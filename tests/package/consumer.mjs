// A project that has installed the packed package: the examples of docs/examples, beside a node_modules that holds what
// `npm pack` made of target/npm/simscope. All else (bundlers, frameworks) is found in this project's own node_modules.
import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { inProject, npmPackage, root } from "../../tools/paths.mjs";
import { run, ToolError } from "../../tools/run.mjs";
import { digest, isFresh, remember } from "../../tools/stamp.mjs";

export const consumer = inProject("target", "npm", "consumer");
/** The package as it is installed there. */
export const installed = path.join(consumer, "node_modules", "simscope");
/** The answers that examples load, by the names that these have for them. */
const answers = {
  "answer.json": "kore/gate-4-data-sessions.json",
  "events.json": "soracom/bus-33-events.json",
};
const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const demo = inProject("www", "demo");

/** `npm pack` in the package's folder, with these arguments; resolves to what it says of the tarball. */
export async function pack(...args) {
  if (!existsSync(npmPackage)) throw new ToolError("The package is not built. Run npm run build.");
  const output = await run(npm, ["pack", "--json", ...args], { cwd: npmPackage, show: false });
  const told = JSON.parse(output.slice(output.search(/^[[{]/m)));
  return Object.values(told)[0];
}

/** Installs the package, if it is another one than is installed. */
export async function install() {
  const stamp = `${consumer}.stamp`;
  const value = digest([path.relative(root, npmPackage)]);
  if (isFresh(stamp, value, [installed])) return;
  rmSync(consumer, { recursive: true, force: true });
  mkdirSync(installed, { recursive: true });
  const { filename } = await pack("--pack-destination", consumer);
  const tarball = path.join(consumer, filename);
  await run("tar", ["-xzf", tarball, "--strip-components=1", "-C", installed], { show: false });
  remember(stamp, value);
}

/** Copies an example there, anew, with the answers that it loads; returns its folder. */
export function takeExample(name) {
  const folder = path.join(consumer, name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(inProject("docs", "examples", name), folder, { recursive: true });
  return folder;
}

/** Copies into a site what its page asks for: the answers, and what is said to be copied of the package. */
export function complete(site, copies = {}) {
  mkdirSync(site, { recursive: true });
  for (const [name, answer] of Object.entries(answers)) {
    cpSync(path.join(demo, answer), path.join(site, name));
  }
  for (const [name, from] of Object.entries(copies)) {
    if (!existsSync(from)) throw new Error(`there is no ${from} to copy`);
    cpSync(from, path.join(site, name), { recursive: true });
  }
}
