// What becomes of the places that the model sees: repetitions, a held time or angles, and a sentence where it cannot tell.

import { fitsHold, HoldWatch } from "./holds.js";
import { INDEX, needed, upright } from "./landmarks.js";
import { KINDS, measures, swayMeasures } from "./measures.js";
import { RepWatch, ends, lookOf } from "./rep_watch.js";
import { counted, measureWords } from "./result_words.js";
import { seeing } from "./seeing.js";

/** How much of what was seen is kept for measuring at the end [s]; midstance default: a long set. */
export const KEPT_S = 150;
const MOVED = "That looked like walking about: I count while you stay in place.";
const HELD = "That did not look like this exercise, so I did not count it.";
const UNCOUNTED = {
  small: "This movement is too small for a camera to count; count it by hand.",
  walking: "This movement looks like walking to a camera; count it by hand.",
};
const NOTHING = "There is nothing in this exercise that I can count or time.";
/** A refusal stays in words for so long [s]; midstance default. */
const REFUSED_S = 3;

/** @typedef {{number: number|null, words: string, count?: number, rep?: any, hold?: any}} Told */

/** One way of watching, from its start to its end. */
export class Watching {
  /** @param {{mode: "reps"|"hold"|"range", side: ""|"left"|"right", watched: {watch: any, hold: any}|null}} what */
  constructor({ mode, side, watched }) {
    this.side = side;
    this.watch = watched?.watch ?? null;
    this.hold = watched?.hold ?? null;
    this.mode = mode;
    this.reps = mode === "reps" && this.watch && !this.watch.uncounted ? new RepWatch(this.watch) : null;
    this.holds = mode === "hold" && this.hold ? new HoldWatch() : null;
    /** @type {any[]} */
    this.found = [];
    /** @type {number|null} */
    this.bent = null;
    /** @type {import("./landmarks.js").Series} */
    this.series = { times: [], frames: [] };
    /** @type {{until: number, words: string}} */
    this.refusal = { until: -Infinity, words: "" };
    this.places = this.placesIn(null);
    /** @type {Told} */
    this.told = { number: this.number(), words: this.cannot() };
  }

  /** Why nothing can be counted or timed; empty where it can. */
  cannot() {
    if (this.reps || this.holds || this.mode === "range") return "";
    return UNCOUNTED[/** @type {"small"|"walking"} */ (this.watch?.uncounted)] ?? NOTHING;
  }

  /**
   * Names of the places that are measured; where either side tells it, those of the side that is seen better.
   * @param {import("./landmarks.js").Frame|null} image
   */
  placesIn(image) {
    if (this.reps || (this.mode === "range" && this.watch)) {
      const [first, joint] = this.watch.angle.split(" ");
      if (!joint) return needed(first);
      const sides = (this.side ? [this.side] : ["right", "left"]).map((side) => needed(`${side} ${joint}`));
      const sure = (/** @type {string[]} */ names) => Math.min(...names.map((name) => image?.[INDEX[name]].visibility ?? 1));
      return sides.reduce((best, one) => (sure(one) > sure(best) ? one : best));
    }
    return this.hold?.kind === "one-foot" ? ["left_hip", "right_hip", "left_ankle", "right_ankle"] : ends("trunk");
  }

  /**
   * Take what was seen at a moment.
   * @param {number} t [s] @param {import("./pose.js").Seen|null} seen @param {number} aspect of the picture, width over height
   * @returns {Told}
   */
  push(t, seen, aspect) {
    const frame = seen && upright(seen.image, aspect);
    if (frame) this.keep(t, frame);
    this.places = this.placesIn(seen && seen.image);
    const sight = seeing(seen && seen.image, this.places);
    /** @type {Told} */
    const now = { number: this.number(), words: this.cannot() || sight.words };
    if (this.reps && frame) this.countIn(now, t, frame);
    if (this.holds) this.timeIn(now, t, frame);
    if (this.mode === "range" && frame) this.bendIn(frame);
    now.number = this.number();
    this.told = { number: now.number, words: now.words };
    return now;
  }

  /** What is shown large; null where there is nothing to show. @returns {number|null} */
  number() {
    if (this.reps) return this.reps.reps;
    if (this.mode === "range") return this.bent;
    return this.holds ? Math.floor(this.holds.seconds || Math.max(0, ...this.found.map((one) => one.seconds))) : 0;
  }

  /** How far the watched angle is from where it rests [degrees]; a straight knee is 0. @param {import("./landmarks.js").Frame} frame */
  bendIn(frame) {
    const value = this.watch ? lookOf(frame, this.watch, this.side).value : NaN;
    if (Number.isFinite(value)) this.bent = Math.round(Math.abs(value - this.watch.rest));
  }

  /** @param {Told} now @param {number} t @param {import("./landmarks.js").Frame} frame */
  countIn(now, t, frame) {
    const { reps } = this;
    if (!reps) return;
    reps.refused = "";
    const rep = reps.push(t, lookOf(frame, this.watch, this.side));
    if (reps.refused) this.refusal = { until: t + REFUSED_S, words: reps.refused === "moved" ? MOVED : HELD };
    if (rep) {
      this.found.push(rep);
      this.refusal.until = -Infinity;
      Object.assign(now, { rep, count: reps.reps });
    }
    if (!now.words && t < this.refusal.until) now.words = this.refusal.words;
  }

  /** @param {Told} now @param {number} t @param {import("./landmarks.js").Frame|null} frame */
  timeIn(now, t, frame) {
    const done = this.holds?.push(t, frame ? fitsHold(frame, this.hold, this.side) : null);
    if (!done) return;
    this.found.push(done);
    now.hold = done;
  }

  /** The page is out of sight: what was under way is over. */
  pause() {
    this.reps?.counter.drop();
    const done = this.holds?.finish();
    if (done) this.found.push(done);
  }

  /** End, and give what was found with a sentence. */
  end() {
    const last = this.reps?.finish();
    const held = this.holds?.finish();
    if (last) this.found.push(last);
    if (held) this.found.push(held);
    const measured = this.series.frames.length ? this.measured() : [];
    return { count: this.reps?.reps ?? 0, found: this.found, measured, says: this.says(measured) };
  }

  measured() {
    if (this.hold?.kind === "one-foot" && this.side) return swayMeasures(this.series, this.side);
    return measures(this.series, this.side);
  }

  /** @param {any[]} measured */
  says(measured) {
    if (this.holds) {
      const longest = Math.max(0, ...this.found.map((one) => one.seconds));
      return longest ? `${counted(Math.floor(longest), "second")} held.` : "No hold was seen.";
    }
    const angles = this.watch && this.series.frames.length ? measureWords(measured, KINDS, this.watch.angle) : "";
    return this.reps ? `${counted(this.reps.reps, "rep")}. ${angles}`.trim() : angles;
  }

  /** @param {number} t @param {import("./landmarks.js").Frame} frame */
  keep(t, frame) {
    const { times, frames } = this.series;
    times.push(t);
    frames.push(frame);
    if (t - times[0] > KEPT_S + 5) {
      const from = times.findIndex((one) => one >= t - KEPT_S);
      times.splice(0, from);
      frames.splice(0, from);
    }
  }
}
