// The npm package: from what the build made, into target/npm/simscope, ready for `npm pack` and `npm publish` there. Written
// at the end of a build, when something that it is made of has changed.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { copyInto } from "./bundle.mjs";
import { inProject, npmPackage, root } from "./paths.mjs";
import { manifest } from "./package/manifest.mjs";
import { notices } from "./package/notices.mjs";
import { bundleInto } from "./package/scripts.mjs";
import { typesInto } from "./package/types.mjs";
import { step } from "./run.mjs";
import { digest, isFresh, remember } from "./stamp.mjs";

const inputs = [
  "www",
  "package.json",
  "package-lock.json",
  "Cargo.lock",
  "LICENSE-MIT",
  "LICENSE-APACHE",
  "tools/bundle.mjs",
  "tools/networks.mjs",
  "tools/package.mjs",
  "tools/package",
];

const texts = path.join("tools", "package");

/** Writes the package around the core (`{ first, views, engine, live }`, each `{ wasm, factory }`). */
export async function buildPackage(core) {
  const stamp = `${npmPackage}.stamp`;
  const value = digest([
    ...inputs,
    ...Object.values(core).flatMap(({ wasm, factory }) => [wasm, factory]),
  ]);
  if (isFresh(stamp, value, [path.join(npmPackage, "package.json")])) return;
  step(`writing the npm package into ${path.relative(root, npmPackage)}/`);
  rmSync(npmPackage, { recursive: true, force: true });
  const assets = path.join(npmPackage, "assets");
  mkdirSync(assets, { recursive: true });
  copyInto(assets, core);
  const [bundled] = await Promise.all([bundleInto(npmPackage, core), typesInto(npmPackage)]);

  const write = (name, text) => writeFileSync(path.join(npmPackage, name), text);
  const own = JSON.parse(readFileSync(inProject("package.json"), "utf8"));
  write("package.json", `${JSON.stringify(manifest(own), null, 2)}\n`);
  write("THIRD-PARTY.md", await notices(bundled));
  copyFileSync(inProject(texts, "README.md"), path.join(npmPackage, "README.md"));
  for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) {
    copyFileSync(inProject(name), path.join(npmPackage, name));
  }
  remember(stamp, value);
}
