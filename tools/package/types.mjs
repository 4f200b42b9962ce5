// The types of the package: one file with nothing to import but TypeScript's own libraries. That of the other entry hands the same
// types on: were they written twice, a page that uses both (by simscope/react) would have two elements of one name.
import { copyFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inProject, www } from "../paths.mjs";
import { ToolError } from "../run.mjs";

/** Writes them into `folder`. */
export async function typesInto(folder) {
  const { rollup } = await import("rollup");
  const { dts } = await import("rollup-plugin-dts");
  const bundle = await rollup({
    input: path.join(www, "simscope.ts"),
    plugins: [dts({ tsconfig: inProject("tsconfig.json") })],
    onLog: (_, log) => {
      throw new ToolError(`The types of the package cannot be written: ${log.message}`);
    },
  });
  const { output } = await bundle.generate({});
  await bundle.close();
  const types = output[0].code;
  writeFileSync(path.join(folder, "simscope.d.ts"), types);
  writeFileSync(path.join(folder, "inline.d.ts"), inlineTypes(types));
  copyFileSync(inProject("tools", "package", "react.d.ts"), path.join(folder, "react.d.ts"));
}

/** All that the entry exports, but what says where its files lie. */
function inlineTypes(types) {
  const exports = [...types.matchAll(/^export (type )?\{(.*)\};$/gm)];
  const lines = exports.map(([, type = "", names]) => {
    const kept = names.split(",").filter((name) => name.trim() !== "setAssetBase");
    return `export ${type}{${kept.join(",")} } from "./simscope.js";\n`;
  });
  if (lines.length !== 2) throw new ToolError("The types of the package export nothing.");
  return lines.join("");
}
