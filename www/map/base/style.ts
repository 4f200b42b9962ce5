// The style of an own base map: made of a template of tiles, or taken from a server and bent to a ground that lies flat under
// ours. Pure.
import type { StyleSpecification } from "maplibre-gl";
import type { OwnChoice } from "./choice.ts";

type Raster = Extract<OwnChoice, { kind: "raster" }>;

export function rasterStyle({ tiles, attribution, tileSize }: Raster): StyleSpecification {
  return {
    version: 8,
    sources: {
      tiles: {
        type: "raster",
        tiles: [tiles.trim()],
        tileSize: tileSize ?? 256,
        ...(attribution ? { attribution } : {}),
      },
    },
    layers: [
      { id: "tiles", type: "raster", source: "tiles", paint: { "raster-fade-duration": 0 } },
    ],
  };
}

/** What would bend, tilt or move the ground away from the places, or begin to load fonts that the page's policy forbids. */
const LEFT_OUT = [
  "center",
  "zoom",
  "bearing",
  "pitch",
  "roll",
  "projection",
  "terrain",
  "sky",
  "font-faces",
] as const;

/** A style that a server sent, with whole addresses; null where it is none. What is wrong inside, the map library says. */
export function servedStyle(sent: unknown, from: URL): StyleSpecification | null {
  if (!isRecord(sent) || !isRecord(sent["sources"]) || !Array.isArray(sent["layers"])) return null;
  const style: Record<string, unknown> = { ...sent };
  for (const name of LEFT_OUT) delete style[name];
  const whole = (address: unknown): unknown =>
    typeof address === "string" ? absolute(address, from) : address;
  if ("glyphs" in style) style["glyphs"] = whole(style["glyphs"]);
  if (Array.isArray(style["sprite"])) {
    style["sprite"] = style["sprite"].map((one: unknown) =>
      isRecord(one) ? { ...one, url: whole(one["url"]) } : one,
    );
  } else if ("sprite" in style) style["sprite"] = whole(style["sprite"]);
  style["sources"] = Object.fromEntries(
    Object.entries(sent["sources"]).map(([id, source]) => [id, wholeSource(source, whole)]),
  );
  return style as unknown as StyleSpecification;
}

function wholeSource(source: unknown, whole: (address: unknown) => unknown): unknown {
  if (!isRecord(source)) return source;
  const made = { ...source };
  for (const name of ["url", "data"]) if (name in made) made[name] = whole(made[name]);
  if (Array.isArray(made["tiles"])) made["tiles"] = made["tiles"].map(whole);
  return made;
}

/** An address as it stands, or seen from the style's own; what stands in braces stays as it is. */
function absolute(address: string, from: URL): string {
  if (/^[a-z][a-z\d+.-]*:/i.test(address)) return address;
  try {
    return new URL(address, from).href.replaceAll("%7B", "{").replaceAll("%7D", "}");
  } catch {
    return address;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
