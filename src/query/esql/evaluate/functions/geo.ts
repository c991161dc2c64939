/** Points. What needs shapes does not run. */
import type { Point } from "../values/index.js";
import { chosen, type Functions, scalar } from "./define.js";

/** Of the earth, in metres. */
const RADIUS = 6_371_008.7714;

const radians = (degrees: number): number => (degrees / 180) * Math.PI;

/** The distance of two places on the earth along its surface (haversine). */
function onEarth(a: Point, b: Point): number {
  const [latA, latB] = [radians(a.y), radians(b.y)];
  const half = Math.sin((latB - latA) / 2) ** 2;
  const turn = Math.cos(latA) * Math.cos(latB) * Math.sin(radians(b.x - a.x) / 2) ** 2;
  return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(half + turn)));
}

export const GEO: Functions = {
  st_distance: chosen(({ args }) =>
    args[0]!.type === "geo_point" ? onEarth : (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y),
  ),
  st_x: scalar(({ x }: Point) => x),
  st_y: scalar(({ y }: Point) => y),
};
