// Left against right as a camera measured them, and the tempo of a repetition. Twin of motion/sides.py.

import { steady } from "./smoothing.js";

/** Smallest real difference of two values with a known error: 1.96 times the root of two (Weir 2005). */
export const NOISE_TIMES = 1.96 * Math.SQRT2;
export const WORK_FROM_PERCENT = 10;
export const NOTABLE_ABOVE_PERCENT = 15;
export const NEAR_SHARE = 0.05;
const EASED = Math.acos(1 - 2 * NEAR_SHARE) / Math.PI;
const FEWEST = 5;

/**
 * @typedef {object} Sides
 * @property {number} difference right less left
 * @property {number|null} noiseBelow size below which it is noise; null where the error is not known
 * @property {boolean|null} noise
 * @property {number|null} percent of the larger side, above 0 when the right is the larger
 * @property {number|null} weakerPercent weaker side as part of the stronger
 * @property {"ignore"|"work on it"|"notable"|null} verdict
 */

/**
 * Compare both sides of one measure.
 * @param {import("./measures.js").Measure} left @param {import("./measures.js").Measure} right
 * @returns {Sides|string} or in words why there is no difference
 */
export function sides(left, right) {
  if (left.id !== right.id) throw new Error(`${left.id} and ${right.id} cannot be compared`);
  if (left.value === null || right.value === null) return left.reason || right.reason;
  const difference = right.value - left.value;
  const noiseBelow = left.error === null ? null : NOISE_TIMES * left.error;
  const noise = noiseBelow === null ? null : Math.abs(difference) < noiseBelow;
  const least = Math.min(left.value, right.value), most = Math.max(left.value, right.value);
  if (least < 0 || most === 0) {
    return { difference, noiseBelow, noise, percent: null, weakerPercent: null, verdict: noise ? "ignore" : null };
  }
  const percent = (100 * difference) / most;
  return { difference, noiseBelow, noise, percent, weakerPercent: (100 * least) / most, verdict: verdictOf(noise, Math.abs(percent)) };
}

function verdictOf(noise, percent) {
  if (noise === null) return null;
  if (noise || percent < WORK_FROM_PERCENT) return "ignore";
  return percent > NOTABLE_ABOVE_PERCENT ? "notable" : "work on it";
}

/**
 * Split a repetition into away, pause and back.
 * @param {number[]} times of all frames, some beyond the repetition's end [s]
 * @param {number[]} values NaN where not seen
 * @param {{startS: number, endS: number, rest: number, turn: number}} rep
 * @returns {{awayS: number, pauseS: number, backS: number}|null} null where too little of it was seen
 */
export function tempo(times, values, rep) {
  const there = values.map((_, k) => k).filter((k) => Number.isFinite(values[k]));
  const inside = (k) => times[k] >= rep.startS && times[k] <= rep.endS;
  if (there.filter(inside).length < FEWEST || rep.turn === rep.rest) return null;
  const quiet = steady(times, values);
  const share = (k) => (quiet[k] - rep.rest) / (rep.turn - rep.rest);
  const most = there.filter(inside).map(share).reduce((a, b) => Math.max(a, b));
  const turned = there.filter((k) => inside(k) && share(k) >= most - NEAR_SHARE);
  const first = turned[0], last = turned[turned.length - 1];
  const before = there.filter((k) => k < first && share(k) <= NEAR_SHARE);
  const after = there.find((k) => k >= last && share(k) <= NEAR_SHARE);
  if (!before.length || after === undefined) return null;
  const awayS = (times[first] - times[before[before.length - 1]]) / (1 - 2 * EASED);
  const backS = (times[after] - times[last]) / (1 - 2 * EASED);
  return { awayS, pauseS: Math.max(0, times[last] - times[first] - EASED * (awayS + backS)), backS };
}
