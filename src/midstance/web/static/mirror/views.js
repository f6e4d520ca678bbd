// From which side a camera sees a body. Twin of motion/views.py.

import { SEEN, at } from "./landmarks.js";
import { mean, median } from "./smoothing.js";

/** @typedef {import("./landmarks.js").Series} Series */
/** @typedef {"front"|"side"|"between"|"unseen"} View */

export const FRONT_TO = 40;
export const SIDE_FROM = 60;
export const BREADTH = 0.78;
export const ALIKE = 0.1;
const TRUNK = ["left_shoulder", "right_shoulder", "left_hip", "right_hip"];
const DEGREES = 180 / Math.PI;

/** @param {import("./landmarks.js").Frame} frame @param {string} name */
export const sureOf = (frame, name) => at(frame, name)?.visibility ?? 1;

/** How far the body is turned away, frame by frame: 0 facing, 90 sideways [degrees]. @param {Series} series @returns {number[]} */
export function turned(series) {
  const deep = series.frames.some((frame) => TRUNK.some((name) => (at(frame, name).z ?? 0) !== 0));
  return series.frames.map((frame) => {
    if (!["left", "right"].some((side) => ["shoulder", "hip"].every((joint) => sureOf(frame, `${side}_${joint}`) >= SEEN))) return NaN;
    const [a, b, c, d] = TRUNK.map((name) => at(frame, name));
    if (!deep) return Math.acos(Math.min(Math.max(breadth(a, b, c, d) / BREADTH, 0), 1)) * DEGREES;
    const x = a.x - b.x + c.x - d.x, y = a.y - b.y + c.y - d.y, z = a.z - b.z + c.z - d.z;
    return Math.atan2(Math.abs(z), Math.sqrt(x * x + y * y)) * DEGREES;
  });
}

/** Width of the shoulders at a right angle to the trunk, over its length. */
function breadth(a, b, c, d) {
  const acrossX = a.x - b.x, acrossY = a.y - b.y;
  const trunkX = (a.x + b.x - c.x - d.x) / 2, trunkY = (a.y + b.y - c.y - d.y) / 2;
  const length = trunkX * trunkX + trunkY * trunkY;
  return length > 0 ? Math.abs(acrossX * trunkY - acrossY * trunkX) / length : Infinity;
}

/** Middle of `turned` over all frames; NaN where never seen. @param {Series} series */
export const middleTurn = (series) => median(turned(series).filter(Number.isFinite));

/** From where the body is seen. @param {Series} series @returns {View} */
export function viewOf(series) {
  const middle = middleTurn(series);
  if (Number.isNaN(middle)) return "unseen";
  if (middle <= FRONT_TO) return "front";
  return middle >= SIDE_FROM ? "side" : "between";
}

/** Side whose leg is seen better, or is nearer where both are seen alike. @param {Series} series @returns {"left"|"right"} */
export function nearSide(series) {
  if (!series.frames.length) return "left";
  const [left, right] = ["left", "right"].map((side) => mean(
    series.frames.flatMap((frame) => ["hip", "knee", "ankle"].map((name) => sureOf(frame, `${side}_${name}`)))));
  if (Math.abs(left - right) < ALIKE) {
    return median(series.frames.map((frame) => at(frame, "right_hip").z - at(frame, "left_hip").z)) < 0 ? "right" : "left";
  }
  return right > left ? "right" : "left";
}
