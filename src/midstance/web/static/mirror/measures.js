// What a camera can measure of a movement beside counting: value, error, limits and view, or why it is withheld.
// Twin of motion/measures.py, with which it shares tests/data/vectors/mirror-measures.json.

import * as lines from "./lines.js";
import { steady } from "./smoothing.js";
import { cameraSway } from "./sway.js";
import { middleTurn, nearSide, viewOf } from "./views.js";

/** @typedef {import("./landmarks.js").Series} Series */
/**
 * @typedef {object} Kind what is measured
 * @property {string} id
 * @property {string} title
 * @property {string} unit
 * @property {"front"|"side"} view
 * @property {""|"span"|"most"|"least"|"farthest"} takes
 * @property {string[]} needs
 * @property {number|null} error typical error of one value
 * @property {string} limits
 */
/**
 * @typedef {object} Measure a value, or why there is none
 * @property {string} id
 * @property {string} side
 * @property {number|null} value
 * @property {number|null} low
 * @property {number|null} high
 * @property {string} unit
 * @property {number|null} error
 * @property {string} limits
 * @property {string} view
 * @property {string} reason empty where there is a value
 */

/** Degrees that a body may be turned away where a bent knee must not look like an inward one. */
export const SQUARE_TO = 10;
/** How far the median looks before and after [s]. @type {Record<string, number>} */
export const QUIET_S = { side: 0.1, front: 0.2 };
export const LEAST_FRAMES = 5;
export const MOST_OUT = 0.1;
export const LEAST_SHARE = 0.5;

const PLANE = "Measured in the picture: true only with the camera level and square to you.";
const PROXY = "A stand-in: a camera sees hips move over the foot, not pressure. Compare only with your own, same camera.";
/** @type {Record<string, string>} */
const TOO_FEW = {
  "shin-forward": "The heel was off the ground nearly all the time.",
  "knee-inward": "The knee was bent too far nearly all the time.",
};

/** @type {Record<string, Kind>} */
export const KINDS = Object.fromEntries([
  ["knee-range", "Range of the knee", "degrees", "side", "span", "hip knee ankle", 7,
    PLANE],
  ["hip-range", "Range of the hip", "degrees", "side", "span", "shoulder hip knee", 11,
    PLANE],
  ["ankle-range", "Range of the ankle", "degrees", "side", "span", "knee ankle foot_index", 35,
    `Feet are seen worst of all: prefer the lean of the shin. ${PLANE}`],
  ["elbow-range", "Range of the elbow", "degrees", "side", "span", "shoulder elbow wrist", 13,
    PLANE],
  ["shoulder-range", "Range of the shoulder", "degrees", "side", "span", "hip shoulder elbow", 13,
    PLANE],
  ["shin-forward", "Lean of the shin with the heel down", "degrees", "side", "most", "knee ankle heel foot_index", 9,
    `Not the knee-to-wall test in cm: the heel must stay down and the foot point along the picture. ${PLANE}`],
  ["squat-depth", "Thigh over level at the lowest", "degrees", "side", "least", "hip knee", 6,
    `0 is level, below 0 the hip is under the knee. ${PLANE}`],
  ["trunk-forward", "Lean of the trunk forward", "degrees", "side", "most", "shoulder hip", 7,
    PLANE],
  ["trunk-sideways", "Lean of the trunk to the side", "degrees", "front", "farthest", "both-shoulder both-hip", 8,
    PLANE],
  ["pelvic-drop", "Drop of the free hip", "degrees", "front", "most", "both-hip", 4,
    `Hips are points inside clothes: a few degrees are noise. ${PLANE}`],
  ["knee-inward", "Knee inward of hip and ankle", "degrees", "front", "most", "both-hip knee ankle", 10,
    `Turned feet or hips look like an inward knee: face the camera with toes ahead. ${PLANE}`],
  ["knee-inward-share", "Knee inward of hip and ankle", "% of leg", "front", "most", "both-hip knee ankle", 3,
    `Turned feet or hips look like an inward knee: face the camera with toes ahead. ${PLANE}`],
  ["sway-path", "Path of the hips over the foot", "% of height/s", "front", "", "both-hip ankle heel foot_index", null,
    `Jitter of the picture makes the path longer: trust the spread more. ${PROXY}`],
  ["sway-rms", "Spread of the hips over the foot", "% of height", "front", "", "both-hip ankle heel foot_index", null,
    PROXY],
  ["sway-area", "Area of the hips over the foot", "(% of height)²", "front", "", "both-hip ankle heel foot_index", null,
    PROXY],
].map(([id, title, unit, view, takes, needs, error, limits]) =>
  [id, { id, title, unit, view, takes, needs: String(needs).split(" "), error, limits }]));

/** @type {Record<string, (series: Series, side: string) => number[]>} */
const FRAMES = {
  "shin-forward": lines.shinForward, "squat-depth": lines.thighOverLevel, "trunk-forward": lines.trunkForward,
  "trunk-sideways": lines.trunkSideways, "pelvic-drop": lines.pelvicDrop, "knee-inward": lines.kneeInward,
  "knee-inward-share": lines.kneeInwardShare,
};

/** Values that a measure is taken from, frame by frame, for showing them live. @param {Series} series @param {string} id @param {string} side */
export const frames = (series, id, side) => (FRAMES[id] ? FRAMES[id](series, side) : lines.bend(series, side, id.replace("-range", "")));

/**
 * Take one measure of one side.
 * @param {Series} series from the start to the end of what is to be measured
 * @param {string} id a key of KINDS
 * @param {string} side in a balance the leg stood on
 * @returns {Measure}
 */
export function measure(series, id, side) {
  const kind = KINDS[id];
  if (!kind) throw new Error(`there is no measure ${id}`);
  const why = unfit(series, kind, side);
  if (why) return withheld(kind, side, why);
  if (!kind.takes) return swayed(series, kind, side);
  const values = steady(series.times, frames(series, id, side), QUIET_S[kind.view]).filter(Number.isFinite);
  if (values.length < LEAST_FRAMES) return withheld(kind, side, TOO_FEW[id] ?? "Too little was seen.");
  const low = values.reduce((a, b) => Math.min(a, b)), high = values.reduce((a, b) => Math.max(a, b));
  const taken = { span: high - low, most: high, least: low, farthest: high >= -low ? high : low }[kind.takes];
  return given(kind, side, taken, low, high);
}

/**
 * Take every measure but sway that this view carries.
 * @param {Series} series
 * @param {string} side empty for both; from the side only the one nearer to the camera
 * @returns {Measure[]} those withheld among them
 */
export function measures(series, side = "") {
  const view = viewOf(series);
  const sides = side ? [side] : view === "side" ? [nearSide(series)] : ["left", "right"];
  const unclear = view === "between" || view === "unseen";
  const chosen = Object.values(KINDS).filter((kind) => kind.takes && (unclear || kind.view === view));
  return chosen.flatMap((kind) => sides.map((one) => measure(series, kind.id, one)));
}

/** Take the three measures of a balance on one leg, from the front. @param {Series} series @param {string} stance */
export const swayMeasures = (series, stance) => ["sway-path", "sway-rms", "sway-area"].map((id) => measure(series, id, stance));

function swayed(series, kind, side) {
  const found = cameraSway(series, side);
  if (typeof found === "string") return withheld(kind, side, found);
  const value = { "sway-path": found.pathPerS, "sway-rms": found.rms, "sway-area": found.ellipseArea }[kind.id];
  return given(kind, side, value, null, null);
}

/** Why a measure cannot be taken from what was seen; empty where it can. @param {Series} series @param {Kind} kind */
function unfit(series, kind, side) {
  if (series.frames.length < LEAST_FRAMES) return "Too short to measure.";
  const names = kind.needs.flatMap((need) => sided(need, side));
  const share = (chosen) => lines.seen(series, chosen).filter(Boolean).length / series.frames.length;
  if (share(names) < LEAST_SHARE) {
    const shares = names.map((name) => share([name]));
    return `The ${said(names[shares.indexOf(Math.min(...shares))])} was not seen well enough.`;
  }
  return wrongView(series, kind, side);
}

function wrongView(series, kind, side) {
  const view = viewOf(series);
  if (view === "unseen") return "Shoulders and hips were not seen well enough to tell how you stand to the camera.";
  if (view !== kind.view) return kind.view === "front" ? "Face the camera for this." : "Turn your side to the camera for this.";
  const joint = kind.id.replace("-range", "");
  if (joint !== kind.id && lines.outOfPlane(series, side, joint) > MOST_OUT) {
    return `The ${side} ${joint} moved towards or away from the camera: it must move across the picture.`;
  }
  if (kind.id.startsWith("knee-inward") && middleTurn(series) > SQUARE_TO) {
    return "Face the camera squarely: turned away, a bent knee looks like one that falls inward.";
  }
  return "";
}

const sided = (need, side) => (need.startsWith("both-") ? [`left_${need.slice(5)}`, `right_${need.slice(5)}`] : [`${side}_${need}`]);
const said = (name) => name.replace("foot_index", "toes").replaceAll("_", " ");

const about = (kind, side) => ({ id: kind.id, side, unit: kind.unit, error: kind.error, limits: kind.limits, view: kind.view });
/** @returns {Measure} */
const withheld = (kind, side, reason) => ({ ...about(kind, side), value: null, low: null, high: null, reason });
/** @returns {Measure} */
const given = (kind, side, value, low, high) => ({ ...about(kind, side), value, low, high, reason: "" });
