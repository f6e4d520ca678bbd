// Time a hold by itself: it begins when the body is held as the figure holds it, and ends when it no longer is.
// Twin of motion/holds.py, which says why; both keep to tests/data/vectors/mirror-reps.json.

import { areSeen, at, middle } from "./landmarks.js";
import { ends, otherSide, pointing } from "./rep_watch.js";

/** @typedef {import("./landmarks.js").Frame} Frame */
/** @typedef {{kind: "one-foot"|"posture", held: Record<string, number>}} Hold */
/** @typedef {{startS: number, endS: number, seconds: number}} Held */

const LIFTED = 0.08, UPRIGHT_DEG = 45, HELD_DEG = 30, BEGIN_S = 0.5, END_S = 0.5, GAP_S = 1;
const FEET = ["left_hip", "right_hip", "left_ankle", "right_ankle"];

/** Times the holds of one body; push every frame in order of time. */
export class HoldWatch {
  constructor() {
    this.sinceS = NaN;
    this.nowS = NaN;
    this.first = NaN;
    this.last = NaN;
  }

  /** How long the hold under way has lasted [s]; 0 without one. */
  get seconds() {
    return Number.isNaN(this.sinceS) ? 0 : this.nowS - this.sinceS;
  }

  /** @param {number} t [s] @param {boolean|null} fits null where it was not seen @returns {Held|null} */
  push(t, fits) {
    if (fits) {
      if (Number.isNaN(this.first)) this.first = t;
      this.last = t;
      if (t - this.first >= BEGIN_S) {
        this.sinceS = this.first;
        this.nowS = t;
      }
      return null;
    }
    const patience = fits === false ? END_S : GAP_S;
    return Number.isNaN(this.first) || t - this.last < patience ? null : this.finish();
  }

  /** End what is under way; give it if it was a hold. @returns {Held|null} */
  finish() {
    const found = Number.isNaN(this.sinceS) ? null : { startS: this.sinceS, endS: this.nowS, seconds: this.nowS - this.sinceS };
    this.sinceS = this.nowS = this.first = this.last = NaN;
    return found;
  }
}

/**
 * Tell whether the body is held in a frame; null where not enough is seen.
 * @param {Frame} frame @param {Hold} hold @param {string} side that works; empty for either
 */
export function fitsHold(frame, hold, side) {
  if (hold.kind === "one-foot") return onOneFoot(frame, side);
  const swapped = Object.fromEntries(Object.entries(hold.held).map(([name, value]) => [otherSide(name), value]));
  const ways = side === "right" ? [hold.held] : side === "left" ? [swapped] : [hold.held, swapped];
  const told = ways.map((way) => asHeld(frame, way));
  return told.every((one) => one === null) ? null : told.some(Boolean);
}

/** @param {Frame} frame @param {string} side */
function onOneFoot(frame, side) {
  const left = at(frame, "left_ankle").y, right = at(frame, "right_ankle").y;
  const leg = Math.max(left, right) - middle(frame, "hip").y;
  if (!areSeen(frame, [...FEET, ...ends("trunk")]) || !(leg > 0)) return null;
  const lifted = (left - right) / leg;
  const wanted = side === "left" ? lifted > LIFTED : side === "right" ? lifted < -LIFTED : Math.abs(lifted) > LIFTED;
  return wanted && pointing(frame, "trunk") < UPRIGHT_DEG;
}

/** @param {Frame} frame @param {Record<string, number>} held */
function asHeld(frame, held) {
  const names = Object.keys(held);
  const known = names.filter((name) => areSeen(frame, ends(name)));
  if (known.some((name) => Math.abs(pointing(frame, name) - held[name]) > HELD_DEG)) return false;
  return 2 * known.length >= names.length ? true : null;
}
