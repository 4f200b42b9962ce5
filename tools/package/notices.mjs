// THIRD-PARTY.md of the package: what of others is in it, under which licence, with the notices that these ask to be kept.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { inProject } from "../paths.mjs";
import { compiledCrates } from "./crates.mjs";

/** The data in the package that come out of npm packages, and the package of the map's library: no bundle names them. */
const beside = ["maplibre-gl", "mcc-mnc-list", "world-atlas"];

const isLicence = (name) => /^(un)?licen[cs]e|^copying|^notice|^copyright/i.test(name);

/** The text of a folder's licence files that `wanted` lets through. */
function licencesIn(folder, wanted = () => true) {
  const names = existsSync(folder) ? readdirSync(folder).filter(isLicence).sort() : [];
  return names
    .filter(wanted)
    .map((name) => readFileSync(path.join(folder, name), "utf8").replaceAll("\r\n", "\n").trim());
}

/** The names of npm packages that these sources are of. */
function packagesOf(sources) {
  const found = sources.map((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]);
  return found.filter((name) => name !== undefined);
}

/** An npm package, and what it has as dependencies: maplibre-gl's published files have those in them. */
function withDependencies(names, seen = new Map()) {
  for (const name of names) {
    const folder = inProject("node_modules", name);
    if (seen.has(name) || name.startsWith("@types/") || !existsSync(folder)) continue;
    const { version, license, dependencies } = JSON.parse(
      readFileSync(path.join(folder, "package.json"), "utf8"),
    );
    const texts = licencesIn(folder);
    seen.set(name, { name, version, license: license ?? "see below", authors: [], texts });
    withDependencies(Object.keys(dependencies ?? {}), seen);
  }
  return seen;
}

/** Where there is a choice, MIT: its notice is the shortest. */
function crateTexts({ license, folder }) {
  const all = licencesIn(folder);
  if (!/\bMIT\b/.test(license) || license.includes("AND")) return all;
  const mit = licencesIn(folder, (name) => /mit/i.test(name));
  return mit.length > 0 ? mit : all;
}

const fence = (text) => `\`\`\`text\n${text}\n\`\`\``;
const row = ({ name, version, license }) => `| ${name} | ${version} | ${license} |`;
const table = (parts) =>
  ["| name | version | licence |", "| --- | --- | --- |", ...parts.map(row)].join("\n");

/** Every text once, above it whom it is of. */
function texts(parts) {
  const users = new Map();
  for (const part of parts) {
    for (const text of part.texts) {
      users.set(text, [...(users.get(text) ?? []), part.name]);
    }
  }
  return [...users]
    .map(([text, names]) => `### ${names.join(", ")}\n\n${fence(text)}`)
    .join("\n\n");
}

/** Those that are published without a licence's text: what their manifests say. */
function textless(parts) {
  const rows = parts
    .filter(({ texts }) => texts.length === 0)
    .map(
      ({ name, license, authors }) =>
        `- ${name}: ${license}; ${authors.join(", ") || "no author named"}`,
    );
  return [...new Set(rows)].join("\n");
}

/** The file, where the bundles are made of `sources`. */
export async function notices(sources) {
  const packages = [...withDependencies([...packagesOf(sources), ...beside]).values()];
  packages.sort((one, other) => (one.name < other.name ? -1 : 1));
  const crates = (await compiledCrates()).map((crate) => ({ ...crate, texts: crateTexts(crate) }));
  return `# What of others is in this package

simscope itself is under MIT or Apache-2.0, as you like (LICENSE-MIT, LICENSE-APACHE). What follows is in its files, or
compiled into them.

## Data

- The base map (\`assets/basemap\`, and in \`inline.js\`) is made from [Natural Earth](https://www.naturalearthdata.com), which is in the
  public domain, by way of world-atlas.
- The names of networks (\`assets/networks.txt\`, and in \`inline.js\`) are made from mcc-mnc-list out of Wikipedia's data, which are
  licensed under [CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/): they are under the same licence.
- The demo (\`assets/demo\`, and in \`inline.js\`) is made up.

## npm packages

maplibre-gl lies in \`assets/maplibre\` as it is published, with what it depends on in it.

${table(packages)}

## Rust crates in the WebAssembly modules

Beside these, Rust's own library is compiled into them: MIT or Apache-2.0, copyright the Rust project's contributors.

${table(crates)}

## Licences of the npm packages

${texts(packages)}

## Published without a licence's text

The packages of these name a licence and their authors, and hold no text of it. That of MIT and of Apache-2.0 is the one in LICENSE-MIT and
LICENSE-APACHE, with these authors in the place of ours.

${textless([...packages, ...crates])}

## Licences of the crates

Of those that are under several licences to choose from, MIT's notice is given where MIT is among them.

${texts(crates)}
`;
}
