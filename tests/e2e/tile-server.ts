// A server of base maps on this machine, as a visitor might have one: a style with images and glyphs of its own, raster tiles, and
// the ways in which such servers fail.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { glyphs, wholeTile } from "./map-formats.ts";
import { png } from "./png.ts";

/** What the server paints with, so that a test can find it in a picture. */
export const TILE: Rgb = [42, 157, 85];
export const ICON: Rgb = [255, 0, 200];
export const TEXT: Rgb = [0, 40, 255];
export type Rgb = readonly [number, number, number];

const css = (colour: Rgb): string => `rgb(${colour.join(",")})`;

export class TileServer {
  readonly #server: Server;
  /** Paths that were asked for. */
  readonly asked: string[] = [];

  private constructor() {
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  static async start(): Promise<TileServer> {
    const made = new TileServer();
    await new Promise<void>((resolve) => made.#server.listen(0, "127.0.0.1", resolve));
    return made;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  url(path: string): string {
    return `${this.origin}/${path}`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  #answer({ url = "/" }: IncomingMessage, response: ServerResponse): void {
    const path = decodeURIComponent(new URL(url, this.origin).pathname).slice(1);
    this.asked.push(path);
    const send = (status: number, type: string, body: string | Buffer, open = true): void => {
      const headers = { "Content-Type": type, "Cache-Control": "no-store" };
      response.writeHead(
        status,
        open ? { ...headers, "Access-Control-Allow-Origin": "*" } : headers,
      );
      response.end(body);
    };
    const json = (value: unknown): void => send(200, "application/json", JSON.stringify(value));
    const [folder, ...rest] = path.split("/");
    const tile = (): Buffer => png(256, 256, TILE);
    switch (folder) {
      case "tiles":
        return send(200, "image/png", tile());
      case "edge":
        // Every other column is missing.
        return Number(rest[1]) % 2 === 0
          ? send(200, "image/png", tile())
          : send(404, "text/plain", "none");
      case "closed":
        return send(200, "image/png", tile(), false);
      case "page":
        return send(200, "text/html", "<h1>Sign in</h1>");
      case "style.json":
        return json(this.#style());
      case "vector.json":
        return json({
          version: 8,
          sources: { land: { type: "vector", url: "vector-tiles.json" } },
          layers: [
            {
              id: "land",
              type: "fill",
              source: "land",
              "source-layer": "land",
              paint: { "fill-color": css(TILE) },
            },
          ],
        });
      case "vector-tiles.json":
        return json({
          tilejson: "3.0.0",
          attribution: "&copy; Test vectors",
          tiles: [this.url("vector/{z}/{x}/{y}.pbf")],
          vector_layers: [{ id: "land", fields: {} }],
        });
      case "vector":
        return send(200, "application/x-protobuf", wholeTile("land"));
      case "faulty.json":
        return json({ ...this.#style(), layers: [{ id: "land", type: "nonsense" }] });
      case "text.json":
        return send(200, "application/json", "no JSON");
      case "sprite.json":
      case "sprite@2x.json":
        return json({ block: { x: 0, y: 0, width: 24, height: 24, pixelRatio: 1 } });
      case "sprite.png":
      case "sprite@2x.png":
        return send(200, "image/png", png(24, 24, ICON));
      case "fonts":
        return send(200, "application/x-protobuf", glyphs(rest[0] ?? ""));
      default:
        return send(404, "text/plain", "none");
    }
  }

  /** Names its things as ours are named: they must not meet. The addresses are seen from the style. */
  #style(): Record<string, unknown> {
    const points = (field: string, at: number[][]): unknown => ({
      type: "geojson",
      attribution: `<a href="https://maps.example">&copy; ${field} &amp; sons</a>`,
      data: {
        type: "FeatureCollection",
        features: at.map((coordinates) => ({
          type: "Feature",
          properties: {},
          geometry: { type: "Point", coordinates },
        })),
      },
    });
    // So close that some are in any view that a single place is shown in.
    const everywhere: number[][] = [];
    for (let lon = -180; lon < 180; lon += 2) {
      for (let lat = -60; lat <= 70; lat += 2) everywhere.push([lon, lat]);
    }
    return {
      version: 8,
      name: "Test",
      projection: { type: "globe" },
      center: [100, 40],
      pitch: 60,
      sprite: this.url("sprite"),
      glyphs: "fonts/{fontstack}/{range}.pbf",
      sources: {
        land: { type: "raster", tiles: [this.url("tiles/{z}/{x}/{y}.png")], tileSize: 256 },
        places: points("Test maps", everywhere),
      },
      layers: [
        { id: "sea", type: "background", paint: { "background-color": "#000" } },
        { id: "land", type: "raster", source: "land" },
        {
          id: "names",
          type: "symbol",
          source: "places",
          layout: {
            "icon-image": "block",
            "icon-allow-overlap": true,
            "text-field": "AA",
            "text-font": ["Block Regular"],
            "text-size": 24,
            "text-offset": [0, 1.5],
            "text-allow-overlap": true,
          },
          paint: { "text-color": css(TEXT) },
        },
      ],
    };
  }
}
