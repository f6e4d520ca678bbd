// Count repetitions from one watched angle, frame by frame, as they happen.
// Twin of motion/reps.py, which says why; both keep to tests/data/vectors/mirror-reps.json.

/** @typedef {{startS: number, turnS: number, endS: number, rest: number, turn: number}} Rep seconds; degrees, or cm for a rise */
/** @typedef {"rest"|"out"|"turn"|"back"} Phase */

const OUT_SHARE = 0.33, BACK_SHARE = 0.5, END_SHARE = 0.25;
const LEAST_TIME_SHARE = 0.15, STEP_TIME_SHARE = 0.4, STEP_S = 0.6, MOST_TIME_SHARE = 2, MOST_TIME_MORE_S = 2;
const OWN_REPS = 3, OWN_LEAST = 0.5, OWN_MOST = 1.25, REST_S = 2.5, LITTLE_SHARE = 0.5, GAP_S = 1, NEAR_SHARE = 0.1, CALM_FRAMES = 0.2, WINDOW_S = 0.09;

/** Counts one movement; push every frame in order of time. */
export class Counter {
  /** @param {any} watched as a figure's document has it */
  constructor(watched) {
    this.sign = watched.turn >= watched.rest ? 1 : -1;
    this.excursion = Math.abs(watched.turn - watched.rest);
    this.floor = watched.least;
    this.leastS = LEAST_TIME_SHARE * watched.seconds;
    this.step = watched.step;
    this.stepS = Math.min(STEP_TIME_SHARE * watched.seconds, STEP_S);
    this.mostS = MOST_TIME_SHARE * watched.seconds + MOST_TIME_MORE_S;
    this.each = watched.ways;
    this.calmS = CALM_FRAMES / watched.frames_s;
    /** @type {Rep[]} */
    this.ways = [];
    /** @type {number[]} */
    this.own = [];
    /** @type {number[][]} */
    this.window = [];
    this.away = false;
    this.low = NaN;
    this.high = NaN;
    this.nowS = NaN;
    this.startS = NaN;
    this.turnS = NaN;
    this.way = NaN;
    this.reps = 0;
    /** @type {Phase} */
    this.phase = "rest";
  }

  /**
   * Take the value of a frame.
   * @param {number} t [s], later than the one before @param {number} value NaN where it was not seen
   * @returns {Rep|null} the repetition that this frame completes
   */
  push(t, value) {
    const last = this.window[this.window.length - 1];
    if (Number.isNaN(value) || (last && t <= last[0])) return null;
    if (last && t - last[0] > GAP_S) this.drop();
    this.nowS = t;
    this.way = this.smooth(t, value);
    const way = this.sign * this.way;
    if (Number.isNaN(this.low) || this.isStale(t, way)) {
      this.settle(t, way);
      this.ways = [];
    }
    if (this.away) return this.going(t, way, BACK_SHARE);
    this.resting(t, way);
    return null;
  }

  /** End the recording: a repetition counts whose way back had begun. @returns {Rep|null} */
  finish() {
    return this.away && this.window.length ? this.going(this.nowS, this.sign * this.way, END_SHARE) : null;
  }

  /** Forget the repetition under way: what was seen does not belong to it. */
  drop() {
    this.window = [];
    this.ways = [];
    this.low = this.high = NaN;
    this.away = false;
    this.phase = "rest";
  }

  /** Forget the last repetition: it was none after all. */
  takeBack() {
    this.reps -= 1;
    this.own = [];
  }

  /** How far a way out must lead to count. */
  needed() {
    const mean = this.own.length ? this.own.reduce((sum, one) => sum + one, 0) / this.own.length : this.excursion;
    const own = Math.min(Math.max(mean, OWN_LEAST * this.excursion), OWN_MOST * this.excursion);
    return Math.max(this.floor, OUT_SHARE * own);
  }

  /** @param {number} t @param {number} value */
  smooth(t, value) {
    const { window } = this;
    const passed = window.length ? t - window[window.length - 1][0] : Infinity;
    window.push([t, value]);
    while (window[0][0] < t - WINDOW_S) window.shift();
    const values = window.map(([, one]) => one).sort((a, b) => a - b);
    const half = values.length >> 1;
    const middle = values.length % 2 ? values[half] : (values[half - 1] + values[half]) / 2;
    return passed === Infinity ? middle : this.way + ((middle - this.way) * passed) / (passed + this.calmS);
  }

  /** @param {number} t @param {number} way */
  isStale(t, way) {
    return t - this.startS > this.mostS && (this.away || way > this.low);
  }

  /** @param {number} t @param {number} way */
  settle(t, way) {
    this.low = way;
    this.startS = t;
    this.away = false;
    this.phase = "rest";
  }

  /** @param {number} t @param {number} way */
  resting(t, way) {
    const needed = this.needed();
    if (way < this.low) {
      this.low = way;
      this.startS = t;
    } else if (way - this.low <= NEAR_SHARE * needed) {
      this.startS = t;
      this.phase = "rest";
    } else if (t - this.startS > REST_S && way - this.low < LITTLE_SHARE * needed) {
      this.settle(t, way);
    } else {
      this.phase = "out";
    }
    if (way - this.low >= needed) {
      this.away = true;
      this.high = way;
      this.turnS = t;
    }
  }

  /** @param {number} t @param {number} way @param {number} share @returns {Rep|null} */
  going(t, way, share) {
    if (way > this.high) {
      this.high = way;
      this.turnS = t;
    }
    const far = this.high - this.low;
    this.phase = way >= this.high - NEAR_SHARE * far ? "turn" : "back";
    if (this.high - way < share * far) return null;
    const rep = { startS: this.startS, turnS: this.turnS, endS: t, rest: this.sign * this.low, turn: this.sign * this.high };
    this.settle(t, way);
    this.phase = "back";
    const leastS = far <= this.step ? Math.max(this.leastS, this.stepS) : this.leastS;
    return t - rep.startS >= leastS ? this.counted(rep) : null;
  }

  /** @param {Rep} way @returns {Rep|null} */
  counted(way) {
    this.own.push(Math.abs(way.turn - way.rest));
    if (this.own.length > OWN_REPS) this.own.shift();
    this.ways.push(way);
    if (this.ways.length < this.each) return null;
    const [first] = this.ways;
    const farthest = this.ways.reduce((best, one) => (this.sign * one.turn > this.sign * best.turn ? one : best));
    this.ways = [];
    this.reps += 1;
    return { startS: first.startS, turnS: farthest.turnS, endS: way.endS, rest: first.rest, turn: farthest.turn };
  }
}

/** Count the repetitions of a whole recording. @param {number[]} times @param {number[]} values @param {any} watched */
export function count(times, values, watched) {
  const counter = new Counter(watched);
  const found = times.map((t, k) => counter.push(t, values[k]));
  return [...found, counter.finish()].filter((rep) => rep !== null);
}
