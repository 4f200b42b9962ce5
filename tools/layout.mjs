// The layout of a built site: a few files of fixed names (index.html, simscope.js, _headers) and one folder with all else. That
// folder's name is a digest of what is in it, so whatever lies below it may be kept for ever, and a page that is open while
// the site is replaced never mixes files of two builds.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { ToolError } from "./run.mjs";

const pattern = /^simscope-[0-9a-f]{16}$/;
/** Stands for the folder's name in www/_headers. */
const placeholder = "simscope-HASH";

/** The name of the hashed folder of a built site, or null where there is not exactly one. */
export function findHashedName(dist) {
  if (!existsSync(dist)) return null;
  const names = readdirSync(dist).filter((name) => pattern.test(name));
  return names.length === 1 ? names[0] : null;
}

/** The name of the hashed folder of a built site. */
export function hashedName(dist) {
  const name = findHashedName(dist);
  if (!name) throw new ToolError(`${dist} holds no built site. Run npm run build.`);
  return name;
}

/** The path of the hashed folder of a built site. */
export const hashedFolder = (dist) => path.join(dist, hashedName(dist));

/** Every file below a folder, by its path from there with slashes, in an order that is the same on every machine. */
export function filesBelow(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => statSync(path.join(folder, name)).isFile())
    .map((name) => name.split(path.sep).join("/"))
    .sort();
}

/** The name that a folder has by what is in it. */
export function nameByContent(folder) {
  const hash = createHash("sha256");
  for (const name of filesBelow(folder)) {
    const content = readFileSync(path.join(folder, name));
    // With its length, so that no two different folders are the same row of bytes.
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return `simscope-${hash.digest("hex").slice(0, 16)}`;
}

/** The page with each `href` and `src` leading into the folder `name`, which holds `files`. */
export function pointInto(html, name, files) {
  return html.replace(/\b(href|src)="([^"]*)"/g, (_, attribute, file) => {
    if (!files.includes(file)) {
      throw new ToolError(`index.html refers to "${file}", which is not among the built files.`);
    }
    return `${attribute}="${name}/${file}"`;
  });
}

/** The module of a fixed name. */
export const stub = (name) => `export * from "./${name}/simscope.js";\n`;

// Hosts go by lists of their own, and not all know these two. Each file has a rule of its own: Netlify takes a `*` at the
// end of a path only.
const types = { ".wasm": "application/wasm", ".mjs": "text/javascript; charset=utf-8" };

/** `_headers` for the folder `name`, which holds `files`, out of www/_headers. */
export function headersFor(template, name, files) {
  if (!template.includes(`/${placeholder}/`)) {
    throw new ToolError(`www/_headers has no rule for /${placeholder}/.`);
  }
  const rules = files.flatMap((file) => {
    const type = types[path.extname(file)];
    return type ? [`/${name}/${file}\n  Content-Type: ${type}\n`] : [];
  });
  return template.replaceAll(placeholder, name) + rules.join("");
}
