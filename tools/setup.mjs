// Brings in what the build needs and the machine lacks: the wasm target, wasm-bindgen's command line, npm packages.
// Uses Node's own modules only, because it runs before the npm packages are there.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { inProject, rustTools } from "./paths.mjs";
import { execute, run, step, ToolError } from "./run.mjs";
import { digest, isFresh, remember } from "./stamp.mjs";

export const wasmTarget = "wasm32-unknown-unknown";
const exe = process.platform === "win32" ? ".exe" : "";
/** npm is a script on Windows, which cannot be started without its ending. */
const npm = process.platform === "win32" ? "npm.cmd" : "npm";

/** The path of one of wasm-bindgen's programs. */
export const rustTool = (name) => path.join(rustTools, "bin", name + exe);

/** The version of wasm-bindgen in Cargo.lock: its command line must be exactly the same. */
function wasmBindgenVersion() {
  const lock = readFileSync(inProject("Cargo.lock"), "utf8");
  const found = /name = "wasm-bindgen"\nversion = "([^"]+)"/.exec(lock.replaceAll("\r\n", "\n"));
  if (!found) throw new ToolError("Cargo.lock names no wasm-bindgen. Run cargo generate-lockfile.");
  return found[1];
}

/** A plain message where there is no Rust. */
export async function ensureCargo() {
  const { code } = await execute("cargo", ["--version"], { show: false }).catch(() => ({
    code: 1,
  }));
  if (code !== 0) {
    throw new ToolError(
      "cargo was not found or does not run. Install Rust from https://rustup.rs, then try again.",
    );
  }
}

async function ensureWasmTarget() {
  const query = ["--print", "target-libdir", "--target", wasmTarget];
  const { code, output } = await execute("rustc", query, { show: false });
  if (code === 0 && existsSync(output.trim())) return;
  step(`adding the Rust target ${wasmTarget}`);
  await run("rustup", ["target", "add", wasmTarget]);
}

/** rustfmt and clippy: for the checks only. */
export async function ensureRustComponents() {
  for (const [component, command] of [
    ["rustfmt", "fmt"],
    ["clippy", "clippy"],
  ]) {
    const { code } = await execute("cargo", [command, "--version"], { show: false });
    if (code === 0) continue;
    step(`adding the Rust component ${component}`);
    await run("rustup", ["component", "add", component]);
  }
}

async function ensureWasmBindgen() {
  const version = wasmBindgenVersion();
  const program = rustTool("wasm-bindgen");
  if (existsSync(program)) {
    const output = await run(program, ["--version"], { show: false });
    if (output.trim().endsWith(` ${version}`)) return;
  }
  step(`installing wasm-bindgen ${version} into target/tools (a few minutes, once)`);
  await run("cargo", [
    "install",
    "wasm-bindgen-cli",
    "--quiet",
    "--force",
    ...["--version", version],
    ...["--root", rustTools],
    // Its build must not follow the target folder or the flags of this project's own builds.
    ...["--target-dir", path.join(rustTools, "build")],
  ]);
}

async function ensurePackages() {
  const stamp = inProject("node_modules", ".simscope-lock");
  const lock = digest(["package-lock.json"]);
  if (isFresh(stamp, lock)) return;
  step("installing npm packages");
  await run(npm, ["ci", "--no-audit", "--no-fund"]);
  remember(stamp, lock);
}

/** Everything that building needs; `wasm: false` leaves out what only the build of the core needs. Quick when all is there. */
export async function setUp({ wasm = true } = {}) {
  await ensureCargo();
  await ensurePackages();
  if (!wasm) return;
  await ensureWasmTarget();
  await ensureWasmBindgen();
}
