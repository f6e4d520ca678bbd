// Values that a measure is taken from, frame by frame: angles of lines in the picture. Twin of motion/lines.py.

import { AT, SEEN, at, between, middle } from "./landmarks.js";
import { median, steady } from "./smoothing.js";
import { sureOf } from "./views.js";

/** @typedef {import("./landmarks.js").Series} Series */
/** @typedef {import("./landmarks.js").Frame} Frame */
/** @typedef {"left"|"right"} Side */

export const HEEL_LIFT = 0.08;
export const LEAST_THIGH = 0.6;
export const OUT_OF_PLANE = 0.64;
const DEGREES = 180 / Math.PI;
const TRUNK = ["left_shoulder", "right_shoulder", "left_hip", "right_hip"];

/** Whether all these places are seen in a frame. @param {Frame} frame @param {string[]} names */
export const sees = (frame, names) => names.every((name) => sureOf(frame, name) >= SEEN);
/** In which frames all these places are seen. @param {Series} series @param {string[]} names */
export const seen = (series, names) => series.frames.map((frame) => sees(frame, names));
/** @param {string} side @returns {Side} */
export const other = (side) => (side === "left" ? "right" : "left");
/** Length between two places in the picture. */
export const distance = (a, b) => Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2);
const most = (values) => values.filter(Number.isFinite).reduce((a, b) => Math.max(a, b), -Infinity);

/** A value for each frame that sees these places, NaN for others. @param {Series} series @param {string[]} names */
const where = (series, names, value) => series.frames.map((frame) => (sees(frame, names) ? value(frame) : NaN));

/** Angle inside a joint in the picture; a straight knee is 180. @param {Series} series @param {string} side @param {string} joint */
export function bend(series, side, joint) {
  const names = AT[joint].map((name) => `${side}_${name}`);
  return where(series, names, (frame) => {
    const [one, centre, end] = names.map((name) => at(frame, name));
    return between([one.x - centre.x, one.y - centre.y, 0], [end.x - centre.x, end.y - centre.y, 0]);
  });
}

/** Share of the frames in which a bone of this joint points far towards or away from the camera; 0 without depth. */
export function outOfPlane(series, side, joint) {
  const names = AT[joint].map((name) => `${side}_${name}`);
  const frames = series.frames.filter((frame) => sees(frame, names));
  const out = frames.filter((frame) => {
    const [one, centre, end] = names.map((name) => at(frame, name));
    return [one, end].some((place) => {
      const z = place.z - centre.z;
      const length = Math.sqrt((place.x - centre.x) ** 2 + (place.y - centre.y) ** 2 + z * z);
      return Math.abs(z) > OUT_OF_PLANE * length;
    });
  });
  return frames.length ? out.length / frames.length : 0;
}

/** Where the toes point: 1 to the right of the picture, -1 to the left. @param {Series} series @param {string} side */
export function ahead(series, side) {
  const names = [`${side}_foot_index`, `${side}_heel`];
  const steps = series.frames.filter((frame) => sees(frame, names)).map((frame) => at(frame, names[0]).x - at(frame, names[1]).x);
  return steps.length && median(steps) < 0 ? -1 : 1;
}

/** Lean of the shin over the foot, positive forward; NaN while the heel is lifted. */
export function shinForward(series, side) {
  const way = ahead(series, side), lifted = heelLifted(series, side);
  return where(series, [`${side}_knee`, `${side}_ankle`, `${side}_heel`, `${side}_foot_index`], (frame) => {
    const knee = at(frame, `${side}_knee`), ankle = at(frame, `${side}_ankle`);
    return Math.atan2((knee.x - ankle.x) * way, -(knee.y - ankle.y)) * DEGREES;
  }).map((value, k) => (lifted[k] ? NaN : value));
}

/** In which frames the heel is off the ground, by its height over its own lowest place. */
export function heelLifted(series, side) {
  const names = [`${side}_heel`, `${side}_knee`, `${side}_ankle`];
  const height = steady(series.times, where(series, names, (frame) => at(frame, names[0]).y));
  const lowest = most(height);
  if (lowest === -Infinity) return series.frames.map(() => false);
  const shin = median(where(series, names, (frame) => distance(at(frame, names[1]), at(frame, names[2]))).filter(Number.isFinite));
  return height.map((value) => lowest - value > HEEL_LIFT * shin);
}

/** Angle of the thigh against level: 90 standing, 0 level, below 0 with the hip under the knee. */
export function thighOverLevel(series, side) {
  return where(series, [`${side}_hip`, `${side}_knee`], (frame) => {
    const hip = at(frame, `${side}_hip`), knee = at(frame, `${side}_knee`);
    return Math.atan2(knee.y - hip.y, Math.abs(knee.x - hip.x)) * DEGREES;
  });
}

/** Lean of the trunk, positive towards the toes, by the shoulder and hip of one side. */
export function trunkForward(series, side) {
  const way = ahead(series, side);
  return where(series, [`${side}_shoulder`, `${side}_hip`], (frame) => {
    const high = at(frame, `${side}_shoulder`), low = at(frame, `${side}_hip`);
    return Math.atan2((high.x - low.x) * way, -(high.y - low.y)) * DEGREES;
  });
}

/** Lean of the trunk towards one side, seen from the front or back. */
export function trunkSideways(series, side) {
  return where(series, TRUNK, (frame) => {
    const high = middle(frame, "shoulder"), low = middle(frame, "hip");
    return Math.atan2((high.x - low.x) * outward(frame, side), -(high.y - low.y)) * DEGREES;
  });
}

/** Slope of the hips while standing on one side, positive with the free side lower. */
export function pelvicDrop(series, side) {
  return where(series, ["left_hip", "right_hip"], (frame) => {
    const free = at(frame, `${other(side)}_hip`), stance = at(frame, `${side}_hip`);
    return Math.atan2(free.y - stance.y, Math.abs(free.x - stance.x)) * DEGREES;
  });
}

/** Where a side's outside is in the picture: 1 to the right, -1 to the left. @param {Frame} frame @param {string} side */
export const outward = (frame, side) => (at(frame, `${side}_hip`).x - at(frame, `${other(side)}_hip`).x < 0 ? -1 : 1);

const legOf = (side) => [`${side}_hip`, `${side}_knee`, `${side}_ankle`, `${other(side)}_hip`];

/** Angle by which the knee leaves the line from hip to ankle, positive inward; NaN while the thigh looks too short. */
export function kneeInward(series, side) {
  const bends = bend(series, side, "knee");
  const thigh = where(series, legOf(side), (frame) => distance(at(frame, `${side}_hip`), at(frame, `${side}_knee`)));
  const longest = most(steady(series.times, thigh));
  return series.frames.map((frame, k) => (thigh[k] >= LEAST_THIGH * longest
    ? Math.sign(-offLine(frame, side).x * outward(frame, side)) * (180 - bends[k]) : NaN));
}

/** Distance of the knee from the line from hip to ankle [% of the leg's length], positive inward. */
export function kneeInwardShare(series, side) {
  const leg = where(series, legOf(side), (frame) => {
    const [hip, knee, ankle] = legOf(side).map((name) => at(frame, name));
    return distance(hip, knee) + distance(knee, ankle);
  });
  const longest = most(steady(series.times, leg));
  return where(series, legOf(side), (frame) => {
    const off = offLine(frame, side);
    return (Math.sign(-off.x * outward(frame, side)) * Math.sqrt(off.x * off.x + off.y * off.y)) / longest * 100;
  });
}

/** Way from the line between hip and ankle to the knee, at a right angle. @param {Frame} frame @param {string} side */
function offLine(frame, side) {
  const [hip, knee, ankle] = legOf(side).map((name) => at(frame, name));
  const legX = ankle.x - hip.x, legY = ankle.y - hip.y;
  const share = ((knee.x - hip.x) * legX + (knee.y - hip.y) * legY) / (legX * legX + legY * legY);
  return { x: knee.x - hip.x - share * legX, y: knee.y - hip.y - share * legY };
}
