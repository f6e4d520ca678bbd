// Places on a body as MediaPipe's pose model gives them, and the angles between them that records watch.
// Twin of motion/landmarks.py: x to the right of the picture, y down, z away from the camera, one unit of length.

/** @typedef {{x: number, y: number, z: number, visibility?: number}} Landmark */
/** @typedef {Landmark[]} Frame 33 landmarks in the order of NAMES */
/** @typedef {{times: number[], frames: Frame[]}} Series times in seconds */

const FACE = [
  "nose", "left_eye_inner", "left_eye", "left_eye_outer", "right_eye_inner", "right_eye", "right_eye_outer", "left_ear", "right_ear",
  "mouth_left", "mouth_right",
];
const LIMBS = ["shoulder", "elbow", "wrist", "pinky", "index", "thumb", "hip", "knee", "ankle", "heel", "foot_index"];

export const NAMES = [...FACE, ...LIMBS.flatMap((limb) => [`left_${limb}`, `right_${limb}`])];
/** @type {Record<string, number>} */
export const INDEX = Object.fromEntries(NAMES.map((name, place) => [name, place]));

/** The three places whose middle one has the angle. @type {Record<string, string[]>} */
export const AT = {
  knee: ["hip", "knee", "ankle"], hip: ["shoulder", "hip", "knee"], ankle: ["knee", "ankle", "foot_index"],
  elbow: ["shoulder", "elbow", "wrist"], shoulder: ["hip", "shoulder", "elbow"],
};
const TRUNK = ["left_shoulder", "right_shoulder", "left_hip", "right_hip"];
const LEGS = ["left_hip", "right_hip", "left_knee", "right_knee"];

/** A place is taken as seen from this visibility on; MediaPipe's own default for a pose that is there. */
export const SEEN = 0.5;
/** Shoulders to hips of a runner of 172 cm (Drillis and Contini 1966). */
export const TRUNK_CM = 49.5;

/**
 * Give landmarks of a picture one unit of length: its height.
 * @param {Frame} landmarks as MediaPipe gives them, x and z as shares of the picture's width
 * @param {number} aspect width over height
 * @returns {Frame}
 */
export const upright = (landmarks, aspect) => landmarks.map((one) => ({ ...one, x: one.x * aspect, z: (one.z ?? 0) * aspect }));

/** Name the places that a watch word is measured from. @param {string} watch @returns {string[]} */
export function needed(watch) {
  if (watch === "trunk" || watch === "turn" || watch === "rise") return TRUNK;
  if (watch === "legs") return LEGS;
  const [side, joint] = watch.split(" ");
  return AT[joint].map((name) => `${side}_${name}`);
}

/** Tell whether all these places are seen. @param {Frame} frame @param {string[]} names */
export const areSeen = (frame, names) => names.every((name) => (frame[INDEX[name]]?.visibility ?? 1) >= SEEN);

/** @param {Landmark} a @param {Landmark} b @returns {number[]} */
const minus = (a, b) => [a.x - b.x, a.y - b.y, a.z - b.z];
/** @param {number[]} a @param {number[]} b */
const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
/** @param {number[]} a @param {number[]} b */
const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
const DEGREES = 180 / Math.PI;

/** Angle between directions [degrees]; NaN where one has no length. @param {number[]} a @param {number[]} b */
export function between(a, b) {
  const lengths = Math.sqrt(dot(a, a)) * Math.sqrt(dot(b, b));
  return Math.acos(Math.min(Math.max(dot(a, b) / lengths, -1), 1)) * DEGREES;
}

/** @param {Frame} frame @param {string} name @returns {Landmark} */
export const at = (frame, name) => frame[INDEX[name]];

/** Middle of the left and the right of a joint. @param {Frame} frame @param {string} joint */
export function middle(frame, joint) {
  const left = at(frame, `left_${joint}`), right = at(frame, `right_${joint}`);
  return { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2, z: (left.z + right.z) / 2 };
}

/**
 * Measure what a record says to watch in one frame; `rise` needs a series.
 * @param {Frame} frame @param {string} watch
 * @returns {number} NaN where a place needed is not seen
 */
export function angleOf(frame, watch) {
  if (!areSeen(frame, needed(watch))) return NaN;
  if (watch === "trunk") return between(minus(middle(frame, "shoulder"), middle(frame, "hip")), [0, -1, 0]);
  if (watch === "turn") return turnOf(frame);
  if (watch === "legs") {
    const [left, right] = ["left", "right"].map((side) => minus(at(frame, `${side}_knee`), at(frame, `${side}_hip`)));
    return between(left, right);
  }
  const [one, centre, other] = needed(watch).map((name) => at(frame, name));
  return between(minus(one, centre), minus(other, centre));
}

/** Turn of the shoulders against the hips about the trunk, positive to the left; NaN without depth. @param {Frame} frame */
function turnOf(frame) {
  if (TRUNK.every((name) => at(frame, name).z === 0)) return NaN;
  const up = minus(middle(frame, "shoulder"), middle(frame, "hip"));
  const length = Math.sqrt(dot(up, up));
  const axis = up.map((value) => value / length);
  const [shoulders, hips] = ["shoulder", "hip"].map((joint) => {
    const line = minus(at(frame, `left_${joint}`), at(frame, `right_${joint}`));
    const along = dot(line, axis);
    return line.map((value, k) => value - along * axis[k]);
  });
  return Math.atan2(dot(cross(hips, shoulders), axis), dot(shoulders, hips)) * DEGREES;
}

/**
 * Measure what a record says to watch, frame by frame.
 * @param {Series} series @param {string} watch
 * @returns {number[]} degrees, or cm of a runner of 172 cm for `rise`
 */
export function angles(series, watch) {
  return watch === "rise" ? risesOf(series.frames) : series.frames.map((frame) => angleOf(frame, watch));
}

/** Rise of the hips above their first place. @param {Frame[]} frames */
function risesOf(frames) {
  const lengths = frames.map((frame) => {
    const high = middle(frame, "shoulder"), low = middle(frame, "hip");
    const length = Math.sqrt((high.x - low.x) ** 2 + (high.y - low.y) ** 2);
    return areSeen(frame, TRUNK) && length > 0 ? length : NaN;
  });
  const sorted = lengths.filter((length) => !Number.isNaN(length)).sort((a, b) => a - b);
  if (!sorted.length) return frames.map(() => NaN);
  const half = sorted.length >> 1;
  const length = sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  const first = middle(frames[lengths.findIndex((value) => !Number.isNaN(value))], "hip").y;
  return frames.map((frame) => (areSeen(frame, TRUNK) ? ((first - middle(frame, "hip").y) / length) * TRUNK_CM : NaN));
}
