// `npm run lint`: the checks that run nothing: formatting, clippy for both targets, types.
import * as checks from "./checks.mjs";
import { main, run, step } from "./run.mjs";
import { ensureRustComponents, setUp } from "./setup.mjs";

await main(async () => {
  await setUp();
  await ensureRustComponents();
  const { rustFormat, pageFormat, types, clippyNative, clippyWasm } = checks;
  for (const { name, program, args } of [rustFormat, pageFormat, types, clippyNative, clippyWasm]) {
    step(name);
    await run(program, args);
  }
});
