// The core: cargo -> wasm-bindgen -> a factory of instances -> wasm-opt.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { inProject, staging } from "./paths.mjs";
import { run, step } from "./run.mjs";
import { rustTool, wasmTarget } from "./setup.mjs";
import { digest, isFresh, remember } from "./stamp.mjs";

const inputs = [
  "Cargo.toml",
  "Cargo.lock",
  "rust-toolchain.toml",
  ".cargo/config.toml",
  "src",
  // The optimiser's version; other npm packages change nothing of the modules.
  "node_modules/binaryen/package.json",
  "tools/wasm.mjs",
];

// What rustc's wasm32-unknown-unknown emits, with the features that .cargo/config.toml adds; wasm-bindgen leaves no note of it in the file, so wasm-opt must be told.
const wasmFeatures = [
  "--enable-bulk-memory",
  "--enable-bulk-memory-opt",
  "--enable-call-indirect-overlong",
  "--enable-multivalue",
  "--enable-mutable-globals",
  "--enable-nontrapping-float-to-int",
  "--enable-reference-types",
  "--enable-sign-ext",
  "--enable-simd",
];

/**
 * wasm-bindgen's `no-modules` output keeps its one instance in the scope it runs in. Run inside a function, every
 * call has a scope, and so an instance, of its own.
 */
function asFactory(script) {
  return `export function createInstance() {\n${script}\nreturn wasm_bindgen;\n}\n`;
}

// A function that is called from one place is not put into it where it is long: a browser compiles a function as a whole
// once some of it is hot, and a vendor's reader with all its answers in one takes it as long as reading ten megabytes.
const apart = "--one-caller-inline-max-function-size=200";

// The second round works on what the analysis of the whole program has found out.
const smallest = ["-Oz", "--gufa-optimizing", "-Oz", apart];

/**
 * The four modules: their cargo feature is their name. Only the engine needs speed, so the others are made as small as can be. They are compiled
 * as nothing but what a page loads, which makes them a tenth smaller: where the crate is a Rust library as well, all that is public is compiled
 * by itself, called or not. The engine grows by a twentieth that way, by what is then put into its callers.
 */
const parts = {
  first: { profile: "views", types: "cdylib", optimise: smallest },
  views: { profile: "views", types: "cdylib", optimise: smallest },
  engine: { profile: "release", types: "cdylib,rlib", optimise: ["-O3", apart] },
  live: { profile: "views", types: "cdylib", optimise: ["-Oz", apart] },
};

/**
 * Builds the modules of these names into the folder `stage` when their inputs changed. `features` are further cargo features; `quickly`
 * leaves optimising out, for tests that are not about speed. Resolves to `{ first, views, engine, live }`: the paths of each module and
 * of the JavaScript that makes instances of it.
 */
export async function buildCore({
  names = Object.keys(parts),
  features = [],
  stage = staging,
  quickly = false,
} = {}) {
  const paths = Object.fromEntries(
    names.map((name) => {
      const file = (kind) => path.join(stage, `simscope-${name}.${kind}`);
      return [name, { wasm: file("wasm"), factory: file("js") }];
    }),
  );
  const profileOf = (name) => (quickly ? "dev" : parts[name].profile);
  const options = { features, stage, quickly };
  // Compiling keeps one core busy for most of its time. Cargo compiles for one profile at a time, so those of another are compiled beside
  // it, and one module is made smaller while the next is compiled.
  const inTurn = async (profile) => {
    let smaller = Promise.resolve();
    try {
      for (const name of names.filter((name) => profileOf(name) === profile)) {
        const finish = await compilePart(name, profile, paths[name], options);
        smaller = smaller.then(finish);
        // What goes wrong is told at the end.
        smaller.catch(() => undefined);
      }
    } finally {
      await smaller;
    }
  };
  await Promise.all([...new Set(names.map(profileOf))].map(inTurn));
  return paths;
}

const binaryen = (tool) => inProject("node_modules", "binaryen", "bin", tool);

/** What crates that we depend on offer to JavaScript and nothing here calls: streams of a server, split modules. */
const unused = /^(__wbg_)?intounderlying|^_WASM_SPLIT_MARKER/;

/** Takes those exports out, with all that only they reach. */
async function dropExports(input, output) {
  const module = await WebAssembly.compile(readFileSync(input));
  const kept = WebAssembly.Module.exports(module)
    .map(({ name }) => name)
    .filter((name) => !unused.test(name));
  const nodes = kept.map((name, at) => ({ name: `export ${at}`, export: name }));
  const root = { name: "the page", root: true, reaches: nodes.map(({ name }) => name) };
  const graph = `${output}.json`;
  writeFileSync(graph, JSON.stringify([root, ...nodes]));
  await run(
    process.execPath,
    [binaryen("wasm-metadce"), input, "--graph-file", graph, ...wasmFeatures, "-o", output],
    { show: false },
  );
}

/** What is published tells no paths of the machine it was built on: panics name their source file. */
function remaps() {
  const home = process.env.CARGO_HOME ?? path.join(homedir(), ".cargo");
  const crates = path.join(home, "registry", "src");
  const registries = existsSync(crates) ? readdirSync(crates) : [];
  // The last one that fits is taken.
  const folders = [inProject(), crates, ...registries.map((name) => path.join(crates, name))];
  return folders.map((folder) => `--remap-path-prefix=${folder}=`);
}

/** Compiles a module. Resolves to what is left to do for it, which leaves the compiler alone. */
async function compilePart(name, profile, out, { features, stage, quickly }) {
  const stamp = path.join(stage, `${name}.stamp`);
  const value = digest(inputs, [name, ...features, quickly ? "quickly" : "optimised"]);
  if (isFresh(stamp, value, [out.wasm, out.factory])) {
    step(`up to date: ${name}`);
    return () => undefined;
  }
  step(`compiling: ${name} (the first time takes a few minutes)`);
  await run("cargo", [
    ...["rustc", "--package", "simscope", "--profile", profile, "--lib", "--target", wasmTarget],
    ...["--crate-type", quickly ? "cdylib" : parts[name].types],
    ...["--no-default-features", "--features", [name, ...features].join(",")],
    ...(quickly ? [] : ["--config", `target.${wasmTarget}.rustflags=${JSON.stringify(remaps())}`]),
  ]);

  step(`writing its JavaScript bindings: ${name}`);
  const bound = path.join(stage, `bindgen-${name}`);
  mkdirSync(bound, { recursive: true });
  await run(rustTool("wasm-bindgen"), [
    ...["--target", "no-modules", "--no-typescript", "--out-name", "simscope", "--out-dir", bound],
    path.join(targetFolder(), wasmTarget, quickly ? "debug" : profile, "simscope.wasm"),
  ]);
  writeFileSync(out.factory, asFactory(readFileSync(path.join(bound, "simscope.js"), "utf8")));

  return async () => {
    const bare = path.join(bound, "simscope_bg.wasm");
    if (quickly) {
      copyFileSync(bare, out.wasm);
    } else {
      step(`making it smaller: ${name}`);
      await makeSmaller(bare, parts[name].optimise, out.wasm);
    }
    remember(stamp, value);
  };
}

async function makeSmaller(input, optimise, output) {
  const trimmed = path.join(path.dirname(input), "trimmed.wasm");
  await dropExports(input, trimmed);
  await run(process.execPath, [
    binaryen("wasm-opt"),
    ...[...optimise, "--strip-debug", "--strip-producers", ...wasmFeatures],
    ...[trimmed, "-o", output],
  ]);
}

const targetFolder = () => process.env.CARGO_TARGET_DIR ?? inProject("target");
