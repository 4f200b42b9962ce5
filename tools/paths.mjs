// Where things are: every other tool takes its folders from here.
import { fileURLToPath } from "node:url";
import path from "node:path";

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const inRoot = (...parts) => path.join(root, ...parts);

/** What is served: the built, static site. */
export const dist = inRoot("dist");
/** Sources of the page side. */
export const www = inRoot("www");
/** The wasm-bindgen command line of the version in Cargo.lock lives here, not in the visitor's home. */
export const rustTools = inRoot("target", "tools");
/** Half-way products of the build: wasm-bindgen's output and the stamps of what was built from what. */
export const staging = inRoot("target", "web");
export const inProject = inRoot;
/** The site with what only tests need, beside what is served: see `buildTestSite`. */
export const testSite = inRoot("target", "test-site");
/** The npm package, as it is published. */
export const npmPackage = inRoot("target", "npm", "simscope");
