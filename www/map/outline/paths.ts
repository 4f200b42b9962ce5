// Path data of small shapes. Pure.
import type { XY } from "../clip.ts";

/** Tenths of a pixel are enough. */
export const round = (value: number): number => Math.round(value * 10) / 10;

/** A circle as a path of its own, so that many of one look are one element. */
export function circle([x, y]: XY, radius: number): string {
  const r = round(radius);
  const arc = `a${r} ${r} 0 1 0`;
  return `M${round(x - r)} ${round(y)}${arc} ${round(2 * r)} 0${arc} ${round(-2 * r)} 0Z`;
}

export function polyline(points: readonly XY[]): string {
  return points.map(([x, y], at) => `${at === 0 ? "M" : "L"}${round(x)} ${round(y)}`).join("");
}

/** The head of an arrow in the middle of a stretch, pointing along it. */
export function arrow([x1, y1]: XY, [x2, y2]: XY): string {
  const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2];
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const corners: XY[] = [
    [-2, -3.5],
    [2, 0],
    [-2, 3.5],
  ];
  return polyline(corners.map(([dx, dy]) => [x + dx * cos - dy * sin, y + dx * sin + dy * cos]));
}
