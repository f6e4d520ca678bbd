// The tempo of a repetition: lower, pause, lift, pause, second by second, from the clock and not from ticks.

import { tempoParts } from "./words.js";

/**
 * Tell where in its repetitions a set is.
 * @param {string} tempo "3-1-1-0"
 * @param {number} seconds since the first repetition began; below 0 is the count-in
 * @returns {{rep: number, word: string, beat: number, of: number}|null} the repetition from 1, what happens, its second
 *   from 1 of how many; null where the tempo is empty
 */
export function beatAt(tempo, seconds) {
  const parts = tempoParts(tempo);
  if (!parts.length) return null;
  if (seconds < 0) return { rep: 0, word: "ready", beat: Math.ceil(-seconds), of: 3 };
  const whole = parts.reduce((sum, part) => sum + part.seconds, 0);
  let rest = seconds % whole;
  const rep = Math.floor(seconds / whole) + 1;
  for (const part of parts) {
    if (rest < part.seconds) return { rep, word: part.word, beat: Math.floor(rest) + 1, of: part.seconds };
    rest -= part.seconds;
  }
  return { rep, word: parts[0].word, beat: 1, of: parts[0].seconds };
}

/**
 * Make a metronome.
 * @param {import("./timer.js").Clock} clock
 * @param {(beat: {rep: number, word: string, beat: number, of: number}, strong: boolean) => void} hear on each second
 */
export function makeMetronome(clock, hear) {
  let from = null, tempo = "", waiting = null;
  function tick() {
    if (from === null) return;
    const since = (clock.now() - from) / 1000;
    const second = Math.floor(since + 0.05);
    const beat = beatAt(tempo, second < 0 ? second : second + 0.01);
    if (beat) hear(beat, beat.beat === 1 && second >= 0);
    waiting = clock.later(tick, Math.max(20, (second + 1) * 1000 - since * 1000));
  }
  return {
    get running() { return from !== null; },
    start(of) {
      tempo = of;
      from = clock.now() + 3000;
      tick();
    },
    /** Stop, and tell how many repetitions are complete. */
    stop() {
      if (from === null) return 0;
      const beat = beatAt(tempo, Math.max(0, (clock.now() - from) / 1000));
      from = null;
      clock.cancel(waiting);
      return beat ? beat.rep - 1 : 0;
    },
  };
}
