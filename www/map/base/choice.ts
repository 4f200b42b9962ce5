// Which base map the visitor may set, and what is wrong with what was entered. Pure.
import type { BaseChoice } from "../types.ts";

export type OwnChoice = Exclude<BaseChoice, { kind: "built-in" }>;

export const BUILT_IN: BaseChoice = { kind: "built-in" };

/** What the map library puts into a template of tiles. */
const KNOWN = ["z", "x", "y", "ratio", "quadkey", "bbox-epsg-3857", "prefix"];

const THIS_MACHINE = /^(localhost|[\w-]+\.localhost|127\.0\.0\.1|\[::1\])$/;

/** What is wrong with a choice, and what to do, in words for the visitor; null where it can be tried. */
export function baseProblem(choice: BaseChoice, pageProtocol: string): string | null {
  switch (choice.kind) {
    case "built-in":
      return null;
    case "style":
      return styleProblem(choice.url) ?? addressProblem(choice.url, "style.json", pageProtocol);
    case "raster":
      return (
        templateProblem(choice.tiles) ??
        addressProblem(choice.tiles, "{z}/{x}/{y}.png", pageProtocol)
      );
  }
}

function styleProblem(url: string): string | null {
  if (url.trim() === "") return "Enter the address of a style.";
  if (/\{[xyz]\}/.test(url)) {
    return "This is a template of tiles, not the address of a style. Choose raster tiles for it.";
  }
  return null;
}

function templateProblem(tiles: string): string | null {
  if (tiles.trim() === "") return "Enter the template of the tiles.";
  const names = [...tiles.matchAll(/\{([^{}]*)\}/g)].map(([, name = ""]) => name);
  const missing = ["z", "x", "y"].filter((name) => !names.includes(name));
  if (missing.length > 0) {
    const list = missing.map((name) => `{${name}}`).join(", ");
    return `The template has no ${list}. It must name {z}, {x} and {y} where the numbers of a tile stand.`;
  }
  const unknown = names.find((name) => !KNOWN.includes(name));
  if (unknown === undefined) return null;
  const instead =
    unknown === "s"
      ? "Write the name of one server in its place."
      : unknown === "r"
        ? "{ratio} gives “@2x” on fine screens; or leave it out."
        : "Leave it out, or write in its place what belongs there.";
  return `{${unknown}} is not known here. ${instead}`;
}

function addressProblem(entered: string, example: string, pageProtocol: string): string | null {
  let url: URL;
  try {
    url = new URL(entered.trim());
  } catch {
    return `This is no whole address. It begins with https://, for example https://maps.example/${example}`;
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return `Addresses that begin with ${url.protocol} cannot be asked. It must begin with https://`;
  }
  if (url.username !== "" || url.password !== "") {
    return "Browsers ask no address with a name and a password in it. Take out what stands before the @.";
  }
  const isOpen = url.protocol === "http:" && pageProtocol !== "http:";
  if (isOpen && !THIS_MACHINE.test(url.hostname)) {
    return "It must begin with https://: this page may not ask for anything that comes unencrypted.";
  }
  return null;
}
