// Builds the examples as their bundlers' command lines do, and tells what these warn of.
import { cpSync, writeFileSync } from "node:fs";
import path from "node:path";
import { complete, consumer, install, installed, takeExample } from "./consumer.mjs";

const assets = path.join(installed, "assets");

/** The sites that were built, by example. */
export const siteOf = (name) => path.join(consumer, name, "dist");

/** Each builds the example in a folder and resolves to the bundler's warnings. */
const builders = {
  "script-tag": copied,
  cdn: copied,
  two: copied,
  vite: viteBuild,
  vue: viteBuild,
  svelte: viteBuild,
  webpack: webpackBuild,
  rollup: rollupBuild,
  esbuild: (folder) => esbuildBuild(folder, "main.js", { format: "esm" }),
  react: (folder) => esbuildBuild(folder, "main.jsx", { format: "esm", jsx: "automatic" }),
  inline: (folder) => esbuildBuild(folder, "main.js", {}),
};

export const built = Object.keys(builders);

/** What lies beside the page without a bundler's doing. */
const copies = {
  "script-tag": { simscope: installed },
  two: { simscope: installed },
  cdn: {},
  inline: {},
};

/** Builds all examples. Resolves to the warnings by example, of those that have any. */
export async function buildExamples() {
  await install();
  const found = {};
  await Promise.all(
    built.map(async (name) => {
      const folder = takeExample(name);
      complete(path.join(folder, "public"), copies[name] ?? { simscope: assets });
      // Beside what imports it.
      if (name === "inline") complete(folder);
      const warnings = await builders[name](folder);
      if (!["vite", "vue", "svelte"].includes(name)) {
        cpSync(path.join(folder, "public"), path.join(folder, "dist"), { recursive: true });
      }
      if (warnings.length > 0) found[name] = warnings;
    }),
  );
  return found;
}

/** The page as it is, without a bundler. */
async function copied(folder) {
  for (const name of ["index.html", "page.js"]) {
    cpSync(path.join(folder, name), path.join(folder, "dist", name));
  }
  return [];
}

/** A logger of Vite's that keeps what it is warned of. */
function listener(createLogger) {
  const warnings = [];
  const logger = createLogger("warn");
  for (const level of ["warn", "warnOnce", "error"]) {
    // That something takes long is said of the machine.
    logger[level] = (text) => text.includes("PLUGIN_TIMINGS") || warnings.push(text);
  }
  return { logger, warnings };
}

async function viteBuild(root) {
  const { build, createLogger } = await import("vite");
  const { logger, warnings } = listener(createLogger);
  // Its pages lie at the root of a host; those of the tests do not have to.
  await build({ root, base: "./", logLevel: "warn", customLogger: logger });
  return warnings;
}

/** Starts Vite's own server for an example. Resolves to `{ url, warnings, close }`. */
export async function viteServer(name) {
  const { createLogger, createServer } = await import("vite");
  const { logger, warnings } = listener(createLogger);
  const server = await createServer({
    root: path.join(consumer, name),
    cacheDir: path.join(consumer, name, "cache"),
    server: { host: "127.0.0.1", port: 0 },
    customLogger: logger,
  });
  await server.listen();
  const { port } = server.httpServer.address();
  return { url: `http://127.0.0.1:${port}/`, warnings, close: () => server.close() };
}

async function webpackBuild(folder) {
  const { default: webpack } = await import("webpack");
  const { default: config } = await import(path.join(folder, "webpack.config.js"));
  const compiler = webpack({
    ...config,
    context: folder,
    output: { path: path.join(folder, "dist"), ...config.output },
  });
  const stats = await new Promise((resolve, reject) =>
    compiler.run((error, stats) => (error ? reject(error) : resolve(stats))),
  );
  await new Promise((closed) => compiler.close(closed));
  takePage(folder);
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
  return [...errors, ...warnings].map(({ message }) => message);
}

async function rollupBuild(folder) {
  const { rollup } = await import("rollup");
  const { default: config } = await import(path.join(folder, "rollup.config.js"));
  const warnings = [];
  const bundle = await rollup({
    ...config,
    input: path.join(folder, config.input),
    onLog: (_, { message }) => warnings.push(message),
  });
  await bundle.write({ ...config.output, dir: path.join(folder, config.output.dir) });
  await bundle.close();
  takePage(folder);
  return warnings;
}

async function esbuildBuild(folder, entry, options) {
  const { build } = await import("esbuild");
  const { warnings } = await build({
    entryPoints: [path.join(folder, entry)],
    bundle: true,
    minify: true,
    outdir: path.join(folder, "dist"),
    logLevel: "silent",
    ...options,
  });
  takePage(folder);
  return warnings.map(({ text }) => text);
}

/** Bundlers of scripts leave the page alone. */
const takePage = (folder) =>
  cpSync(path.join(folder, "index.html"), path.join(folder, "dist", "index.html"));

/** Says which policy a site is served with. */
export function setPolicy(site, policy) {
  writeFileSync(
    path.join(site, "_headers"),
    `/*\n  Content-Security-Policy: ${policy.join("; ")}\n`,
  );
}
