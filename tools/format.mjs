// `npm run format`: formats Rust with rustfmt and everything else with prettier.
import { inProject } from "./paths.mjs";
import { main, run, step } from "./run.mjs";
import { ensureRustComponents, setUp } from "./setup.mjs";

await main(async () => {
  await setUp({ wasm: false });
  await ensureRustComponents();
  step("formatting Rust");
  await run("cargo", ["fmt", "--all"]);
  step("formatting everything else");
  const prettier = inProject("node_modules", "prettier", "bin", "prettier.cjs");
  await run(process.execPath, [prettier, "--write", "--log-level", "warn", "."]);
});
