// Where things are on the pane, and how moves change the camera. Web Mercator; the world is one wide and one high, and is
// repeated sideways. Pure.
import type { Box, XY } from "../clip.ts";
import { constrain, repeats, type Size } from "../frame.ts";
import {
  latitudeOf,
  mercatorX,
  mercatorY,
  nearest,
  wrapped,
  WORLD_PX,
  type Camera,
} from "../geodesy.ts";
import type { Sight } from "../names.ts";

/** One camera over one pane. */
export class Projection {
  readonly camera: Camera;
  readonly size: Size;
  /** Width of one world in pixels. */
  readonly world: number;
  /** The camera's centre in worlds; past 0 and 1 where the view went round. */
  readonly x: number;
  readonly y: number;

  constructor(camera: Camera, size: Size) {
    this.camera = camera;
    this.size = size;
    this.world = WORLD_PX * 2 ** camera.zoom;
    this.x = mercatorX(camera.lon);
    this.y = mercatorY(camera.lat);
  }

  /** Pixels from the pane's corner of a point in worlds. */
  pixels(x: number, y: number): XY {
    return [
      (x - this.x) * this.world + this.size.width / 2,
      (y - this.y) * this.world + this.size.height / 2,
    ];
  }

  /** What lies at a pixel. */
  at(x: number, y: number): { lon: number; lat: number } {
    return {
      lon: (this.x + (x - this.size.width / 2) / this.world) * 360 - 180,
      lat: latitudeOf(this.y + (y - this.size.height / 2) / this.world),
    };
  }

  /** The view and a margin about it, in worlds. */
  box(margin: XY = [0, 0]): Box {
    const across = (this.size.width / 2 + margin[0]) / this.world;
    const down = (this.size.height / 2 + margin[1]) / this.world;
    return {
      left: this.x - across,
      right: this.x + across,
      top: this.y - down,
      bottom: this.y + down,
    };
  }

  /** By how many worlds the world is moved in each of its copies that lie in a box. */
  turns(box: Box): number[] {
    if (!repeats(this.size, this.camera.zoom)) return [0];
    const first = Math.floor(box.left);
    return Array.from({ length: Math.ceil(box.right) - first }, (_, index) => first + index);
  }

  /** The view in degrees, about a centre within ±180°. */
  sight(): Sight {
    const across = ((this.size.width / this.world) * 360) / 2;
    const { top, bottom } = this.box();
    const middle = wrapped(this.camera.lon);
    return {
      west: middle - across,
      east: middle + across,
      north: latitudeOf(top),
      south: latitudeOf(bottom),
      zoom: this.camera.zoom,
    };
  }
}

/** The camera after what is at one pixel went to another. */
export function moved({ camera, size, x, y, world }: Projection, by: XY): Camera {
  const lon = (x - by[0] / world) * 360 - 180;
  return constrain({ lon, lat: latitudeOf(y - by[1] / world), zoom: camera.zoom }, size);
}

/** The camera at another zoom that keeps what is at a pixel there, as far as the limits let it. */
export function zoomed(from: Projection, zoom: number, about: XY): Camera {
  const { size } = from;
  const limited = constrain({ ...from.camera, zoom }, size).zoom;
  const share = 1 / from.world - 1 / (WORLD_PX * 2 ** limited);
  const x = from.x + (about[0] - size.width / 2) * share;
  const y = from.y + (about[1] - size.height / 2) * share;
  return constrain({ lon: x * 360 - 180, lat: latitudeOf(y), zoom: limited }, size);
}

/** A share of the way from one camera to another, the short way round. */
export function between(from: Camera, to: Camera, share: number): Camera {
  const mix = (a: number, b: number): number => a + (b - a) * share;
  return {
    lon: mix(from.lon, nearest(to.lon, from.lon)),
    lat: latitudeOf(mix(mercatorY(from.lat), mercatorY(to.lat))),
    zoom: mix(from.zoom, to.zoom),
  };
}
