// The mirror as one part of a page: picture, skeleton, a big number, one sentence, a few buttons. It hands out numbers
// and nothing else; no picture is stored or sent.

import { button, h, put, toggle } from "../player/dom.js";
import { cameraWords, eachPicture, openCamera } from "./camera.js";
import { dropPose, loadPose, Unable } from "./pose.js";
import { COLOURS, drawSkeleton } from "./skeleton.js";
import { Watching } from "./watching.js";

const NOT_HERE = "The camera's pose model is not installed here. midstance mirror --fetch, or make mirror, fetches it once; until then, count by hand.";
const BROKEN = "The pose model did not start in this browser. Count by hand; everything else works.";
const LOADING = "Loading the pose model.";
const LOOKING = "Looking for you. Stand so that the whole body is in the picture.";
const HIDDEN = "Paused while this page was not in sight.";
const GONE = "The camera was taken away.";
/** Fewer pictures a second than this miss fast movements; midstance default. */
const FEW = 12;
/** A sentence stays this long before another takes its place [ms], so that nobody has to read a flicker. */
const STAYS_MS = 900;
const UNITS = { reps: ["rep", "reps"], hold: ["second", "seconds"], range: ["degree", "degrees"] };

/**
 * @typedef {object} Wish
 * @property {string} [base] address of the package; asked for where it is not given
 * @property {string} [exercise] id of an exercise, whose record says what to watch
 * @property {any} [watch] what to watch, in place of an exercise
 * @property {"reps"|"hold"|"range"} [mode]
 * @property {""|"left"|"right"} [side]
 * @property {string} [stand] how to stand before the camera
 * @property {"user"|"environment"} [facing]
 * @property {(rep: any, count: number) => void} [onRep]
 * @property {(hold: any) => void} [onHold]
 * @property {(measured: any[]) => void} [onMeasure] what was measured from the start to the stop, those withheld among them
 * @property {(words: string) => void} [onSeeing]
 * @property {(result: any) => void} [onStop]
 */

/**
 * Put a mirror into an element.
 * @param {HTMLElement} root
 * @param {Wish} wish
 */
export function openMirror(root, wish) {
  const mirror = new Mirror(root, wish);
  return {
    start: () => mirror.start(),
    stop: () => mirror.stop(),
    close: () => mirror.close(),
    /** Watch something else from now on. @param {Wish} other */
    change: (other) => mirror.change(other),
    get running() { return mirror.running; },
  };
}

class Mirror {
  /** @param {HTMLElement} root @param {Wish} wish */
  constructor(root, wish) {
    this.root = root;
    this.wish = { mode: /** @type {const} */ ("reps"), side: /** @type {const} */ (""), ...wish };
    this.turn = 0;
    this.running = false;
    this.speaks = false;
    this.parts = partsOf(this);
    root.classList.add("mirror");
    root.replaceChildren(this.parts.outside, this.parts.window);
    this.leaving = () => this.close();
    addEventListener("pagehide", this.leaving);
    this.show(null);
    this.say(wish.stand ?? "");
  }

  /** Start camera and model; what fails is said in words. */
  async start() {
    if (this.running) return;
    const turn = ++this.turn;
    this.running = true;
    this.parts.window.showModal();
    this.say(LOADING, true);
    const camera = openCamera(this.parts.video, { facing: this.wish.facing, ended: () => this.lost(turn) });
    try {
      const [pose, watched, opened] = await Promise.all([this.model(), watchedOf(this.wish), camera]);
      if (turn !== this.turn) return opened.stop();
      this.begin(pose, watched, opened);
    } catch (error) {
      camera.then((opened) => opened.stop(), () => {});
      if (turn === this.turn) this.fail(await camera.then(() => wordsOf(error), cameraWords));
    }
    return undefined;
  }

  /** @returns {Promise<import("./pose.js").Pose>} */
  async model() {
    const base = this.wish.base ?? (await (await fetch("/api/v1/mirror")).json()).package;
    if (!base) throw new Unable(NOT_HERE);
    return loadPose(base);
  }

  /** @param {import("./pose.js").Pose} pose @param {any} watched @param {any} camera */
  begin(pose, watched, camera) {
    const { video, canvas, stage } = this.parts;
    this.camera = camera;
    this.watching = new Watching({ mode: this.wish.mode, side: this.wish.side, watched });
    this.rate = new Rate();
    const [width, height] = [video.videoWidth, video.videoHeight];
    [canvas.width, canvas.height] = [width, height];
    stage.classList.toggle("mirrored", camera.mirrored);
    this.root.dataset.on = "";
    this.parts.other.hidden = !camera.more;
    this.say(LOOKING);
    this.show(this.watching.told);
    this.awake();
    this.still = eachPicture(video, (now) => this.look(pose, now, width / height), { hidden: (is) => this.hidden(is) });
  }

  /** @param {import("./pose.js").Pose} pose @param {number} now @param {number} aspect */
  look(pose, now, aspect) {
    let seen;
    try {
      seen = pose.look(this.parts.video, now);
    } catch {
      dropPose();
      this.fail(BROKEN);
      return;
    }
    const told = this.watching.push(now / 1000, seen, aspect);
    drawSkeleton(this.parts.pen, seen?.image ?? null, this.watching.places);
    const rate = this.rate.add(now);
    if (rate !== null) this.root.dataset.rate = String(rate);
    this.root.dataset.delegate = pose.delegate;
    this.show(told);
    const few = rate !== null && rate < FEW ? `Only ${rate} pictures a second: move slowly.` : "";
    this.say(told.words || few || this.restWords());
    if (told.rep) this.counted(told);
    if (told.hold) this.wish.onHold?.(told.hold);
  }

  /** @param {any} told */
  counted(told) {
    this.wish.onRep?.(told.rep, told.count);
    this.aloud(String(told.count));
  }

  restWords() {
    return "I see you.";
  }

  /** Show the number. @param {any} told */
  show(told) {
    const { count, number, unit } = this.parts;
    const value = told?.number ?? 0;
    count.hidden = this.wish.mode === "range" && !Number.isFinite(told?.number);
    put(number, String(value));
    put(unit, UNITS[this.wish.mode][value === 1 ? 0 : 1]);
  }

  /** Say one sentence, unless the one before has just been said. @param {string} words @param {boolean} [at_once] */
  say(words, at_once = false) {
    const now = performance.now();
    if (words === this.said || (!at_once && this.watching && now - (this.saidAt ?? -Infinity) < STAYS_MS)) return;
    [this.said, this.saidAt] = [words, now];
    put(this.running ? this.parts.state : this.parts.before, words);
    this.wish.onSeeing?.(words);
  }

  /** @param {string} text */
  aloud(text) {
    if (!this.speaks || !globalThis.speechSynthesis) return;
    const words = new SpeechSynthesisUtterance(text);
    words.lang = "en";
    speechSynthesis.cancel();
    speechSynthesis.speak(words);
  }

  /** @param {boolean} is */
  hidden(is) {
    if (is) this.watching?.pause();
    else {
      this.awake();
      this.say(HIDDEN, true);
    }
  }

  async awake() {
    this.lock = await navigator.wakeLock?.request("screen").catch(() => null);
  }

  /** Stop camera and counting, and hand out what was counted. */
  stop() {
    if (!this.running) return;
    const result = this.watching?.end() ?? null;
    this.rest();
    this.say(result ? result.says : "Stopped.", true);
    if (result?.measured.length) this.wish.onMeasure?.(result.measured);
    this.wish.onStop?.(result);
  }

  /** Let go of everything that runs. */
  rest() {
    this.turn += 1;
    this.running = false;
    this.still?.();
    this.camera?.stop();
    this.lock?.release().catch(() => {});
    this.still = this.camera = this.lock = this.watching = undefined;
    delete this.root.dataset.on;
    drawSkeleton(this.parts.pen, null);
    put(this.parts.state, "");
    this.parts.window.close();
  }

  /** @param {string} words */
  fail(words) {
    this.rest();
    this.say(words, true);
  }

  /** @param {number} turn */
  lost(turn) {
    if (turn === this.turn && this.running) this.fail(GONE);
  }

  /** @param {Wish} other */
  change(other) {
    this.stop();
    Object.assign(this.wish, other);
    this.show(null);
    this.say(this.wish.stand ?? "", true);
  }

  /** Look through the other camera; what was counted so far is not handed out. */
  async flip() {
    this.rest();
    this.wish.facing = this.wish.facing === "environment" ? "user" : "environment";
    await this.start();
  }

  close() {
    if (this.running) this.rest();
    globalThis.speechSynthesis?.cancel();
    removeEventListener("pagehide", this.leaving);
    this.root.replaceChildren();
    dropPose();
  }
}

/** How many pictures a second there are, told once a second. */
class Rate {
  constructor() {
    /** @type {number[]} */
    this.times = [];
    /** @type {number|null} */
    this.told = null;
  }

  /** @param {number} now [ms] @returns {number|null} null in the first second */
  add(now) {
    this.times.push(now);
    const span = now - this.times[0];
    if (span < 1000) return this.told;
    this.told = Math.round(((this.times.length - 1) / span) * 1000);
    this.times = [now];
    return this.told;
  }
}

/** Build the elements: what stands in the page, and the window that is open while the camera runs. @param {Mirror} mirror */
function partsOf(mirror) {
  const video = h("video", { playsinline: true, "aria-hidden": "true", tabindex: "-1" });
  video.muted = true;
  const canvas = h("canvas", { "aria-hidden": "true" });
  const number = h("b"), unit = h("span");
  const count = h("p.mirror-count", { role: mirror.wish.mode === "reps" ? "status" : "timer", "aria-atomic": "true" }, number, " ", unit);
  const state = h("p.mirror-state", { role: "status" });
  const stop = button(".button.primary", "Stop", () => mirror.stop());
  const other = button(".button", "Other camera", () => mirror.flip(), { hidden: true });
  const voice = toggle("Say the count", false, (/** @type {boolean} */ on) => { mirror.speaks = on; });
  voice.hidden = !globalThis.speechSynthesis || mirror.wish.mode !== "reps";
  const stage = h("div.mirror-stage", null, video, canvas, count);
  const window = h("dialog.mirror-window", { "aria-label": "Mirror", oncancel: (/** @type {Event} */ event) => {
    event.preventDefault();
    mirror.stop();
  } }, stage, h("div.mirror-side", null, state, h("div.mirror-acts", null, stop, other, voice), key()));
  const before = h("p.mirror-state", { role: "status" });
  const outside = h("div.mirror-before", null, before, button(".button.primary", "Start the camera", () => mirror.start()),
    h("p.mirror-note", null, "The picture stays in this browser: it is neither stored nor sent. Only numbers are kept."));
  return { window, outside, before, stage, count, video, canvas, pen: canvas.getContext("2d"), number, unit, state, other };
}

/** Which side is which in the drawing; for those who see it. */
function key() {
  const of = (/** @type {"left"|"right"} */ side, /** @type {string} */ sign) => {
    const mark = h("b", null, sign);
    mark.style.color = COLOURS[side];
    return h("span", null, mark, ` ${side}`);
  };
  return h("p.mirror-key", { "aria-hidden": "true" }, of("left", "●"), of("right", "■"));
}

/** What to watch: as given, or as the exercise's own figure says. @param {Wish} wish */
async function watchedOf(wish) {
  if (!wish.exercise) return wish.watch ? { watch: wish.watch, hold: null } : null;
  const answer = await fetch(`/figures/${encodeURIComponent(wish.exercise)}.json`);
  if (!answer.ok) throw new Unable("This exercise has no figure, so the camera does not know what to watch.");
  const { watch, hold } = await answer.json();
  return { watch, hold };
}

/** @param {unknown} error */
const wordsOf = (error) => (error instanceof Unable ? error.message : BROKEN);
