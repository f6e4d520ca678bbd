// The clocks of a self-test. Pure: every answer comes from a moment and the clock's now, never from a count of ticks.

export const READY_MS = 5000;

/**
 * Tell what a hold shows.
 * @param {number} from moment at which it begins [ms]
 * @param {number} now [ms]
 * @param {number|null} stopAt seconds at which one is done, or null
 * @returns {{ready: number, held: number, over: boolean}} seconds until it begins (0 when it runs), whole
 *   seconds held, whether it reached its end
 */
export function holdAt(from, now, stopAt = null) {
  if (now < from) return { ready: Math.ceil((from - now) / 1000), held: 0, over: false };
  const held = Math.floor((now - from) / 1000);
  const over = stopAt !== null && held >= stopAt;
  return { ready: 0, held: over ? Number(stopAt) : held, over };
}

/**
 * Tell where in its repetitions a count by the beat is.
 * @param {{bpm: number, aRep: number}} beat beats a minute, and beats of one repetition
 * @param {number} ms since the first beat; below 0 is the count-in
 * @returns {{reps: number, beat: number}} repetitions that are complete, and the beat within the one that goes on, from 0
 */
export function beatAt({ bpm, aRep }, ms) {
  if (ms < 0) return { reps: 0, beat: -1 };
  const beats = Math.floor((ms * bpm) / 60000 + 1e-6);
  return { reps: Math.floor(beats / aRep), beat: beats % aRep };
}

/**
 * List the beats after one moment, up to and with another, so that they can be handed to the audio clock in time.
 * @param {{bpm: number, aRep: number}} beat
 * @param {number} after ms since the first beat, -1 for from the first beat on
 * @param {number} upTo ms since the first beat
 * @returns {{at: number, strong: boolean}[]} ms since the first beat; strong is the first of a repetition
 */
export function beatsBetween({ bpm, aRep }, after, upTo) {
  const step = 60000 / bpm, found = [];
  for (let n = Math.max(0, Math.floor(after / step + 1e-6) + 1); n * step <= upTo; n += 1) found.push({ at: n * step, strong: n % aRep === 0 });
  return found;
}

/** The try that counts; null without any. @param {number[]} tries @param {boolean} lessIsBetter */
export function bestOf(tries, lessIsBetter = false) {
  if (!tries.length) return null;
  return lessIsBetter ? Math.min(...tries) : Math.max(...tries);
}

/** Seconds of rest that are left before the next try. */
export function restLeft(until, now) {
  return Math.max(0, Math.ceil((until - now) / 1000));
}

/** Tries that were kept, where they are of the same test, side and day, and are numbers. */
export function triesKept(text, key) {
  try {
    const kept = JSON.parse(text || "null");
    return kept?.key === key && Array.isArray(kept.tries) ? kept.tries.filter(Number.isFinite) : [];
  } catch {
    return [];
  }
}
