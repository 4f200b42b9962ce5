// `node --import ./tools/typescript.mjs`: lets node run the TypeScript of www/ and tests/ as it is. Node 20 has no way of
// its own; types are checked by tsc, not here.
import { readFile } from "node:fs/promises";
import { register } from "node:module";
import { isMainThread } from "node:worker_threads";
import { transform } from "esbuild";

// The hooks run in a thread of their own, which loads this file again.
if (isMainThread) register(import.meta.url);

/** The loader hook: `.ts` files without their types. */
export async function load(url, context, next) {
  if (!url.endsWith(".ts")) return next(url, context);
  const source = await readFile(new URL(url), "utf8");
  const { code } = await transform(source, {
    loader: "ts",
    target: "node20",
    sourcemap: "inline",
    sourcefile: url,
  });
  return { format: "module", source: code, shortCircuit: true };
}
