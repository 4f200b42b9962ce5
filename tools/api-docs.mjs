// docs/api.md out of the types of the package: `node tools/api-docs.mjs` writes it anew. A test holds that it is up to date.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { inProject } from "./paths.mjs";
import { main, step } from "./run.mjs";

export const apiDocs = inProject("docs", "api.md");

const head = `<!-- Written from the types of www/api, www/element.ts and www/normalize.ts by tools/api-docs.mjs. -->

# Programming interface

All that \`simscope\` exports, as its types have it. [embedding.md](embedding.md) is the guide. \`simscope/inline\` exports the same without
\`setAssetBase\`.

`;

/** What TypeDoc makes of the types, as one page of Markdown. */
export async function writtenDocs() {
  const { Application } = await import("typedoc");
  const out = mkdtempSync(path.join(tmpdir(), "simscope-api-"));
  try {
    const app = await Application.bootstrapWithPlugins({
      entryPoints: [inProject("www", "simscope.ts")],
      tsconfig: inProject("tsconfig.json"),
      plugin: ["typedoc-plugin-markdown"],
      outputs: [{ name: "markdown", path: out }],
      logLevel: "Error",
      readme: "none",
      sort: ["source-order"],
      disableSources: true,
      excludePrivate: true,
      excludeExternals: true,
      excludeInternal: true,
      skipErrorChecking: true,
      outputFileStrategy: "modules",
      hidePageHeader: true,
      hideBreadcrumbs: true,
      parametersFormat: "table",
      interfacePropertiesFormat: "table",
      typeDeclarationFormat: "table",
    });
    const project = await app.convert();
    if (!project) throw new Error("TypeDoc could not read the types.");
    await app.generateOutputs(project);
    const text = readFileSync(path.join(out, "README.md"), "utf8");
    return formatted(head + text.replace(/^# simscope\s*/, ""));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

async function formatted(text) {
  const prettier = await import("prettier");
  const options = await prettier.resolveConfig(apiDocs);
  return prettier.format(text, { ...options, parser: "markdown" });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await main(async () => {
    step("writing docs/api.md");
    writeFileSync(apiDocs, await writtenDocs());
  });
}
