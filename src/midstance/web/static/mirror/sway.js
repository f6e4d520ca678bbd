// How much a body sways over its standing foot, as a camera sees it: a stand-in, not what a force plate measures.
// Twin of motion/sway.py.

import { at, middle } from "./landmarks.js";
import { distance, sees } from "./lines.js";
import { evenly, longestGap, lowPass, mean, median } from "./smoothing.js";

/** @typedef {import("./landmarks.js").Series} Series */
/** @typedef {number[][]} Path places [x, y], evenly spaced */
/** @typedef {{pathPerS: number, rms: number, ellipseArea: number, meanFrequencyHz: number, seconds: number}} Sway */

export const LEAST_POINTS = 20;
export const CAMERA_RATE_HZ = 25;
export const CAMERA_CUT_HZ = 2;
export const LEAST_SECONDS = 5;
export const LONGEST_GAP_S = 0.5;
export const LEAST_RATE_HZ = 8;
/** Shoulder joint to ankle as a share of body height: 0.818 - 0.039 (Drillis and Contini 1966). */
export const SHOULDER_TO_ANKLE = 0.779;

/** Measure the sway of a path. @param {Path} path @param {number} rate places a second @returns {Sway} */
export function sway(path, rate) {
  if (path.length < LEAST_POINTS) throw new Error(`${path.length} places are too few to tell sway`);
  return {
    pathPerS: pathPerSecond(path, rate), rms: rms(path), ellipseArea: ellipseArea(path),
    meanFrequencyHz: meanFrequency(path, rate), seconds: (path.length - 1) / rate,
  };
}

/** Mean speed along the path. @param {Path} path @param {number} rate */
export const pathPerSecond = (path, rate) =>
  mean(path.slice(1).map((place, k) => Math.sqrt((place[0] - path[k][0]) ** 2 + (place[1] - path[k][1]) ** 2))) * rate;

/** @param {Path} path @returns {number[][]} both directions about their means */
const centred = (path) => [0, 1].map((axis) => {
  const middleOf = mean(path.map((place) => place[axis]));
  return path.map((place) => place[axis] - middleOf);
});

/** Root of the mean squared distance from the middle. @param {Path} path */
export function rms(path) {
  const [x, y] = centred(path);
  return Math.sqrt(mean(x.map((value, k) => value * value + y[k] * y[k])));
}

/** Area of the ellipse into which the next place falls with 95 in 100. @param {Path} path */
export function ellipseArea(path) {
  const n = path.length;
  const [x, y] = centred(path);
  const spread = (a, b) => a.reduce((sum, value, k) => sum + value * b[k], 0) / (n - 1);
  const least = Math.max(spread(x, x) * spread(y, y) - spread(x, y) ** 2, 0);
  const reach = ((n * n - 1) / n) * (0.05 ** (-2 / (n - 2)) - 1);
  return Math.PI * reach * Math.sqrt(least);
}

/** Mean frequency of the power of both directions together; 0 for a path that does not move. @param {Path} path */
export function meanFrequency(path, rate) {
  const part = Math.ceil(path.length / 2);
  const power = new Array((part >> 1) + 1).fill(0);
  for (let start = 0; start + part <= path.length; start += part - (part >> 1)) {
    for (const values of centred(path.slice(start, start + part))) addPower(power, values);
  }
  for (let k = 1; k < (part % 2 ? power.length : power.length - 1); k += 1) power[k] *= 2;
  const step = rate / part;
  let total = 0, moment = 0;
  for (let k = 1; k < power.length; k += 1) {
    total += ((power[k] + power[k - 1]) / 2) * step;
    moment += ((power[k] * k + power[k - 1] * (k - 1)) / 2) * step * step;
  }
  return total > 0 ? moment / total : 0;
}

/** Add the power at each frequency of values under a Hann window. @param {number[]} power @param {number[]} values */
function addPower(power, values) {
  const n = values.length;
  const windowed = values.map((value, k) => value * (0.5 - 0.5 * Math.cos((2 * Math.PI * k) / n)));
  for (let f = 0; f < power.length; f += 1) {
    let real = 0, imaginary = 0;
    for (let k = 0; k < n; k += 1) {
      const angle = (2 * Math.PI * ((f * k) % n)) / n;
      real += windowed[k] * Math.cos(angle);
      imaginary -= windowed[k] * Math.sin(angle);
    }
    power[f] += real * real + imaginary * imaginary;
  }
}

/**
 * Follow the middle of the hips against the standing foot, in shares of body height.
 * @param {Series} series @param {string} stance @returns {number[][]} [right, down], NaN where not seen
 */
export function hipsOverFoot(series, stance) {
  const feet = ["ankle", "heel", "foot_index"].map((name) => `${stance}_${name}`);
  const height = heightOf(series, stance);
  return series.frames.map((frame) => {
    if (!sees(frame, ["left_hip", "right_hip", ...feet])) return [NaN, NaN];
    const hips = middle(frame, "hip");
    return [(hips.x - mean(feet.map((name) => at(frame, name).x))) / height, (hips.y - mean(feet.map((name) => at(frame, name).y))) / height];
  });
}

/** Body height in the picture's unit; NaN where shoulders and standing ankle are never seen together. */
function heightOf(series, stance) {
  const there = series.frames.filter((frame) => sees(frame, ["left_shoulder", "right_shoulder", `${stance}_ankle`]));
  return median(there.map((frame) => distance(middle(frame, "shoulder"), at(frame, `${stance}_ankle`)))) / SHOULDER_TO_ANKLE;
}

/**
 * Measure the sway of a balance: hips over the standing foot, 25 times a second, what is faster than 2 Hz taken out.
 * @param {Series} series @param {string} stance leg stood on
 * @returns {Sway|string} per cent of body height, or in words why it cannot be told
 */
export function cameraSway(series, stance) {
  const path = hipsOverFoot(series, stance).map((place) => place.map((value) => value * 100));
  const why = unfit(series, path.map((place) => place.every(Number.isFinite)));
  if (why) return why;
  const [x, y] = [0, 1].map((axis) => lowPass(
    evenly(series.times, path.map((place) => place[axis]), CAMERA_RATE_HZ), CAMERA_RATE_HZ, CAMERA_CUT_HZ));
  return sway(x.map((value, k) => [value, y[k]]), CAMERA_RATE_HZ);
}

/** Why a balance cannot be measured from what was seen; empty where it can. @param {Series} series @param {boolean[]} there */
function unfit(series, there) {
  const { times } = series;
  const seconds = times.length ? times[times.length - 1] - times[0] : 0;
  if (seconds < LEAST_SECONDS) return "Balance for 5 seconds or longer; less says little about sway.";
  if (longestGap(times, there) > LONGEST_GAP_S) return "Hips or the standing foot were out of sight for more than half a second.";
  if ((times.length - 1) / seconds < LEAST_RATE_HZ) return "Fewer than 8 pictures a second; sway needs more.";
  return "";
}
