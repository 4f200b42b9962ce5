// The crates that are compiled into the WebAssembly modules: told by cargo's own resolution of Cargo.lock, which compiles nothing.
import path from "node:path";
import { execute, run } from "../run.mjs";
import { wasmTarget } from "../setup.mjs";

const query = [
  ...["metadata", "--locked", "--format-version", "1"],
  ...["--filter-platform", wasmTarget],
];

/** A machine that has built has what is needed; one that never tested may lack a test's crates, which are then fetched. */
async function metadata() {
  const { code, output } = await execute("cargo", [...query, "--offline"], { show: false });
  if (code === 0) return jsonIn(output);
  return jsonIn(await run("cargo", query, { show: false }));
}

/** Warnings come with the answer, which is one line. */
const jsonIn = (output) => JSON.parse(output.split("\n").find((line) => line.startsWith("{")));

/** What runs in the compiler leaves no code of its own behind. */
const runsInTheCompiler = ({ targets }) => targets.some(({ kind }) => kind.includes("proc-macro"));

/** Each as `{ name, version, license, authors, folder }`, in the order of their names. */
export async function compiledCrates() {
  const { packages, resolve } = await metadata();
  const byId = new Map(packages.map((found) => [found.id, found]));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const seen = new Set();
  const visit = (id) => {
    if (seen.has(id) || runsInTheCompiler(byId.get(id))) return;
    seen.add(id);
    for (const { pkg, dep_kinds } of nodes.get(id).deps) {
      // Kinds are null, "dev" and "build".
      if (dep_kinds.some(({ kind }) => kind === null)) visit(pkg);
    }
  };
  visit(resolve.root);
  return [...seen]
    .map((id) => byId.get(id))
    .filter(({ source }) => source !== null)
    .map(({ name, version, license, authors, manifest_path }) => ({
      name,
      version,
      license: license ?? "see below",
      authors: authors.map((author) => author.replace(/ *<.*>/, "")),
      folder: path.dirname(manifest_path),
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}
