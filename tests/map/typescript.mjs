// Lets a plain `node --test` import the page's TypeScript: bundles one entry and imports the result.
import { build } from "esbuild";
import { fileURLToPath } from "node:url";

/** The exports of files in www/, given by their paths there. */
export async function fromWww(...files) {
  const { outputFiles } = await build({
    stdin: {
      contents: files.map((file) => `export * from "./${file}";`).join("\n"),
      resolveDir: fileURLToPath(new URL("../../www/", import.meta.url)),
    },
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    write: false,
    logLevel: "silent",
  });
  return import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`
  );
}
