// Count repetitions of a whole body: the watched angle of the sides that work, and whether the rest of it fits.
// Twin of motion/rep_watch.py, which says why; both keep to tests/data/vectors/mirror-reps.json.

import { angleOf, areSeen, at, AT, between, middle, TRUNK_CM } from "./landmarks.js";
import { Counter } from "./reps.js";

/** @typedef {import("./landmarks.js").Frame} Frame */
/** @typedef {import("./reps.js").Rep} Rep */
/** @typedef {{value: number, x: number, y: number, trunk: number, size: number, across: number[], pointing: Record<string, number>}} Look */

const PLACE_S = 1.5, ROAM = 0.5, GROW = 1.2, TURN_DEG = 40, MARGIN = 1.5, HELD_DEG = 45, WORKING_DEG = 70, LATELY_S = 0.5;
const SHANK_IN_TRUNKS = 1.17, SCALE_FRAMES = 60;
const LEG_WATCHES = ["knee", "hip", "ankle", "legs", "rise"];
/** @type {Record<string, string[]>} */
const PARTS = { thigh: ["hip", "knee"], shank: ["knee", "ankle"], arm: ["shoulder", "elbow"], forearm: ["elbow", "wrist"] };
const TRUNK = ["left_shoulder", "right_shoulder", "left_hip", "right_hip"];
/** @type {Record<string, string>} */
const SIDES = { left: "right", right: "left" };

/** Swap left and right in a name. @param {string} name */
export function otherSide(name) {
  const [side, ...rest] = name.split(" ");
  return SIDES[side] && rest.length ? [SIDES[side], ...rest].join(" ") : name;
}

/** Name the places of a part or a joint. @param {string} part */
export function ends(part) {
  if (part === "trunk") return TRUNK;
  const [side, name] = part.split(" ");
  return (PARTS[name] ?? AT[name]).map((end) => `${side}_${end}`);
}

/** @param {any} a @param {any} b */
const minus = (a, b) => [a.x - b.x, a.y - b.y, a.z - b.z];

/** Where a part points. @param {Frame} frame @param {string} part */
function direction(frame, part) {
  if (part === "trunk") return minus(middle(frame, "shoulder"), middle(frame, "hip"));
  const [near, far] = ends(part);
  return minus(at(frame, far), at(frame, near));
}

/** How a part points from straight up, or how a joint is bent [degrees]. @param {Frame} frame @param {string} part */
export function pointing(frame, part) {
  const name = part.split(" ").pop() ?? "";
  if (!AT[name]) return between(direction(frame, part), [0, -1, 0]);
  const [one, centre, other] = ends(part).map((place) => at(frame, place));
  return between(minus(one, centre), minus(other, centre));
}

/**
 * Make one value of both sides.
 * @param {string} who @param {number} own @param {number} other @param {number} sign
 */
function together(who, own, other, sign) {
  if (who === "one") return own;
  if (Number.isNaN(own)) return other;
  if (Number.isNaN(other)) return own;
  return who === "either" ? Math.max(sign * own, sign * other) * sign : (own + other) / 2;
}

/** @param {Frame} frame @param {any} watched @param {string} side */
function valueOf(frame, watched, side) {
  if (watched.angle === "rise") return NaN;
  const who = watched.who === "one" && !side ? "either" : watched.who;
  const sign = watched.angle === "turn" ? -1 : 1;
  const own = angleOf(frame, watched.angle), other = sign * angleOf(frame, otherSide(watched.angle));
  return together(who, side === "left" ? other : own, side === "left" ? own : other, watched.turn >= watched.rest ? 1 : -1);
}

/** @param {number[]} v @param {number} axes */
const lengthOf = (v, axes) => Math.sqrt(v.slice(0, axes).reduce((sum, one) => sum + one * one, 0));

/** @param {Frame} frame @param {string} side */
function shankOf(frame, side) {
  const part = `${side} shank`;
  return areSeen(frame, ends(part)) ? lengthOf(direction(frame, part), 3) : NaN;
}

/** The largest of what is known. @param {number[]} values */
const most = (values) => values.reduce((best, one) => (Number.isNaN(best) || one > best ? one : best), NaN);

/**
 * Measure one frame for a RepWatch.
 * @param {Frame} frame in the axes of the picture @param {any} watched
 * @param {string} side that works where one does; empty where it is not known
 * @returns {Look}
 */
export function lookOf(frame, watched, side) {
  const hips = middle(frame, "hip");
  const up = minus(middle(frame, "shoulder"), hips);
  const seen = areSeen(frame, TRUNK);
  const across = minus(at(frame, "left_hip"), at(frame, "right_hip"));
  const parts = Object.keys(watched.held).map((name) => {
    const part = side === "left" && watched.who === "one" ? otherSide(name) : name;
    return [name, areSeen(frame, ends(part)) ? pointing(frame, part) : NaN];
  });
  const sizes = [seen ? lengthOf(up, 3) : NaN, shankOf(frame, "left") * SHANK_IN_TRUNKS, shankOf(frame, "right") * SHANK_IN_TRUNKS];
  return {
    value: valueOf(frame, watched, side), x: seen ? hips.x : NaN, y: hips.y, trunk: seen ? lengthOf(up, 2) : NaN, size: most(sizes),
    across: [across[0], across[2]], pointing: Object.fromEntries(parts),
  };
}

/** Counts one movement of one body. */
export class RepWatch {
  /** @param {any} watched */
  constructor(watched) {
    this.counter = new Counter(watched);
    this.value = NaN;
    /** Why the last way was no repetition. @type {""|"moved"|"held"} */
    this.refused = "";
    this.rises = watched.angle === "rise";
    this.roam = Math.max(ROAM, MARGIN * watched.roams);
    this.turnDeg = Math.max(TURN_DEG, MARGIN * watched.turns);
    /** @type {Record<string, number[]>} */
    this.held = watched.held;
    this.free = LEG_WATCHES.includes(watched.angle.split(" ").pop());
    this.swaps = watched.who === "either";
    /** @type {Record<string, number>} */
    this.atRest = {};
    /** @type {Record<string, number>} */
    this.atTurn = {};
    /** @type {{t: number, look: Look}[]} */
    this.places = [];
    /** @type {Look|null} */
    this.start = null;
    this.arrived = true;
    this.firstY = NaN;
    this.trunk = NaN;
    this.frames = 0;
  }

  get reps() {
    return this.counter.reps;
  }

  /** Take a frame; give the repetition that it completes. @param {number} t @param {Look} look @returns {Rep|null} */
  push(t, look) {
    this.value = this.rises ? this.rise(look) : look.value;
    this.remember(t, look);
    return this.checked(this.counter.push(t, this.value), look);
  }

  /** End the recording. @returns {Rep|null} */
  finish() {
    return this.checked(this.counter.finish(), null);
  }

  /** @param {Look} look */
  rise(look) {
    if (Number.isNaN(look.trunk) || look.trunk <= 0) return NaN;
    this.frames = Math.min(this.frames + 1, SCALE_FRAMES);
    if (this.frames === 1) {
      this.firstY = look.y;
      this.trunk = look.trunk;
    }
    this.trunk += (look.trunk - this.trunk) / this.frames;
    return ((this.firstY - look.y) / this.trunk) * TRUNK_CM;
  }

  /** @param {number} t @param {Look} look */
  remember(t, look) {
    if (!Number.isNaN(look.x) && !Number.isNaN(look.size)) this.places.push({ t, look });
    while (this.places.length && this.places[0].t < t - PLACE_S) this.places.shift();
  }

  /** @param {Rep|null} rep @param {Look|null} look @returns {Rep|null} */
  checked(rep, look) {
    const { counter, places } = this;
    if (look && counter.startS === counter.nowS && !rep) {
      this.atRest = this.lately(look);
      this.start = places.length ? places[places.length - 1].look : null;
      this.arrived = !this.moved();
    }
    if (look && counter.turnS === counter.nowS) this.atTurn = this.lately(look);
    if (!rep) return null;
    this.refused = this.moved() || !this.arrived ? "moved" : this.fits() ? "" : "held";
    if (!this.refused) return rep;
    counter.takeBack();
    return null;
  }

  /** @param {Look} look */
  lately(look) {
    const found = { ...look.pointing };
    for (let k = this.places.length - 1; k >= 0; k -= 1) {
      const { t, look: other } = this.places[k];
      const missing = Object.keys(found).filter((name) => Number.isNaN(found[name]));
      if (t < this.counter.nowS - LATELY_S || !missing.length) break;
      for (const name of missing) found[name] = other.pointing[name];
    }
    return found;
  }

  moved() {
    if (!this.places.length) return false;
    const seen = this.places.map(({ look }) => look);
    if (this.start) seen.unshift(this.start);
    const few = Math.max(Math.floor(seen.length / 5), 1);
    const mean = (/** @type {Look[]} */ part) => part.reduce((sum, look) => sum + look.size, 0) / few;
    const before = mean(seen.slice(0, few)), after = mean(seen.slice(-few));
    const here = seen[seen.length - 1].x, xs = seen.map((look) => look.x);
    const away = Math.max(Math.max(...xs) - here, here - Math.min(...xs)) / after;
    return away > this.roam || Math.max(before, after) / Math.min(before, after) > GROW || turned(seen) > this.turnDeg;
  }

  fits() {
    return this.alike(false) || (this.swaps && this.alike(true));
  }

  /** @param {boolean} swapped */
  alike(swapped) {
    let known = 0;
    const held = Object.entries(this.held);
    for (const [name, [rest, turn]] of held) {
      const part = swapped ? otherSide(name) : name;
      const atTurn = this.free && name !== "trunk" ? WORKING_DEG : HELD_DEG;
      const off = [Math.abs((this.atRest[part] ?? NaN) - rest), Math.abs((this.atTurn[part] ?? NaN) - turn)];
      if (off[0] > HELD_DEG || off[1] > atTurn) return false;
      known += Number(!Number.isNaN(off[0] + off[1]));
    }
    return 2 * known >= held.length;
  }
}

/** How far the hips were turned against where they point now [degrees]; 0 without depth. @param {Look[]} seen */
function turned(seen) {
  const [x, z] = seen[seen.length - 1].across;
  if (seen.every((look) => look.across[1] === 0)) return 0;
  const ways = seen.map(({ across: [u, w] }) => Math.abs(Math.atan2(x * w - z * u, x * u + z * w)));
  return (Math.max(...ways) * 180) / Math.PI;
}

/** Count the repetitions of a body. @param {import("./landmarks.js").Series} series @param {any} watched @param {string} [side] */
export function countSeen(series, watched, side = "right") {
  const watch = new RepWatch(watched);
  const found = series.frames.map((frame, k) => watch.push(series.times[k], lookOf(frame, watched, side)));
  return [...found, watch.finish()].filter((rep) => rep !== null);
}
