// How well a step-down or single-leg squat is done: five kinds of faults (evidence R56). Twin of motion/quality.py.

import { at, middle } from "./landmarks.js";
import { distance, outward, pelvicDrop, sees, trunkSideways } from "./lines.js";
import { mean, median, steady } from "./smoothing.js";
import { viewOf } from "./views.js";

/** @typedef {import("./landmarks.js").Series} Series */
/**
 * @typedef {object} Faults null where the camera did not see enough to judge
 * @property {number|null} arm
 * @property {number|null} trunk
 * @property {number|null} pelvis
 * @property {number|null} knee 1 inward of the toes, 2 of the foot's inner edge
 * @property {number|null} stance
 * @property {number} total
 * @property {string[]} notJudged
 * @property {"good"|"medium"|"poor"} reading
 */

export const QUIET_S = 0.2;
export const START_S = 0.5;
export const ARM_SHARE = 0.25;
export const TRUNK_DEGREES = 10;
export const PELVIS_DEGREES = 8;
export const STANCE_SHARE = 0.15;
export const HALF_FOOT = 0.11;
const GOOD_TO = 1, MEDIUM_TO = 3;
const TRUNK = ["left_shoulder", "right_shoulder", "left_hip", "right_hip"];

/**
 * Count the faults of a step-down or single-leg squat seen from the front.
 * @param {Series} series from standing ready on one leg to the end of the last repetition
 * @param {string} stance leg stood on
 * @returns {Faults|string} or in words why they cannot be judged
 */
export function stepDownFaults(series, stance) {
  if (viewOf(series) !== "front") return "Face the camera for this.";
  const found = {
    arm: arm(series), trunk: beyond(series, trunkSideways(series, stance), TRUNK_DEGREES),
    pelvis: beyond(series, pelvicDrop(series, stance), PELVIS_DEGREES), knee: knee(series, stance),
    stance: stood(series, stance),
  };
  const total = Object.values(found).reduce((sum, one) => sum + (one ?? 0), 0);
  return {
    ...found, total, notJudged: Object.keys(found).filter((name) => found[name] === null),
    reading: total > MEDIUM_TO ? "poor" : total <= GOOD_TO ? "good" : "medium",
  };
}

const enough = (count, series) => count >= Math.max(5, series.frames.length / 2);

/** Change of a value since the first half second in which it was seen; empty where it was seen too seldom. */
function fromStart(series, values) {
  const quiet = steady(series.times, values, QUIET_S);
  const there = quiet.map((_, k) => k).filter((k) => Number.isFinite(quiet[k]));
  if (!enough(there.length, series)) return [];
  const start = series.times[there[0]] + START_S;
  const first = median(there.filter((k) => series.times[k] <= start).map((k) => quiet[k]));
  return there.map((k) => quiet[k] - first);
}

const largest = (values) => values.reduce((a, b) => Math.max(a, b), -Infinity);
/** Farthest way of a place that is followed in both directions; null where it was seen too seldom. */
function farthest(series, places) {
  const [x, y] = ["x", "y"].map((axis) => fromStart(series, places.map((place) => (place ? place[axis] : NaN))));
  return x.length ? largest(x.map((value, k) => Math.sqrt(value * value + y[k] * y[k]))) : null;
}

function beyond(series, values, border) {
  const changes = fromStart(series, values);
  return changes.length ? Number(largest(changes.map(Math.abs)) > border) : null;
}

/** Middle length of a line while its ends are seen; 1 where they never are. */
function lengthOf(series, names, line) {
  const lengths = series.frames.filter((frame) => sees(frame, names)).map(line);
  return lengths.length ? median(lengths) : 1;
}

function arm(series) {
  const length = lengthOf(series, TRUNK, (frame) => distance(middle(frame, "shoulder"), middle(frame, "hip")));
  const moved = ["left", "right"].map((side) => farthest(series, series.frames.map((frame) => {
    if (!sees(frame, [`${side}_wrist`, "left_hip", "right_hip"])) return null;
    const wrist = at(frame, `${side}_wrist`), hips = middle(frame, "hip");
    return { x: (wrist.x - hips.x) / length, y: (wrist.y - hips.y) / length };
  })));
  return moved.includes(null) ? null : Number(moved.some((way) => way > ARM_SHARE));
}

const shinOf = (series, side) => lengthOf(series, [`${side}_knee`, `${side}_ankle`],
  (frame) => distance(at(frame, `${side}_knee`), at(frame, `${side}_ankle`)));

function knee(series, side) {
  const shin = shinOf(series, side);
  const values = steady(series.times, series.frames.map((frame) => {
    if (!sees(frame, [`${side}_knee`, `${side}_foot_index`, "left_hip", "right_hip"])) return NaN;
    return ((at(frame, `${side}_foot_index`).x - at(frame, `${side}_knee`).x) * outward(frame, side)) / shin;
  }), QUIET_S).filter(Number.isFinite);
  if (!enough(values.length, series)) return null;
  const past = largest(values);
  return past > HALF_FOOT ? 2 : Number(past > 0);
}

function stood(series, side) {
  const names = [`${side}_ankle`, `${side}_foot_index`];
  const way = farthest(series, series.frames.map((frame) => (sees(frame, names)
    ? { x: mean(names.map((name) => at(frame, name).x)), y: mean(names.map((name) => at(frame, name).y)) } : null)));
  return way === null ? null : Number(way > STANCE_SHARE * shinOf(series, side));
}
