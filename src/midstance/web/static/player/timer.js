// A countdown to a moment. It asks the clock each time, so it is right when a phone locks, sleeps and wakes: the second
// shown is always the one that the deadline leaves, never a count of ticks.

/**
 * @typedef {{now: () => number, later: (run: () => void, ms: number) => any, cancel: (id: any) => void}} Clock
 */

/** The browser's clock. */
export const CLOCK = { now: () => Date.now(), later: (run, ms) => setTimeout(run, ms), cancel: (id) => clearTimeout(id) };

/** Seconds that a countdown shows: 90 at its start, 1 in its last second, 0 when over. */
export function secondsLeft(until, now) {
  return Math.max(0, Math.ceil((until - now) / 1000));
}

/**
 * Make a countdown.
 * @param {Clock} clock
 * @param {{second: (left: number) => void, over: (late: number) => void}} hear `second` on each change of the second,
 *   `over` once, with how late it is noticed [ms]
 */
export function makeTimer(clock, hear) {
  let until = null, shown = -1, waiting = null;

  function look() {
    clock.cancel(waiting);
    if (until === null) return;
    const now = clock.now();
    const left = secondsLeft(until, now);
    if (left !== shown) {
      shown = left;
      hear.second(left);
    }
    if (until === null) return;
    if (left === 0) {
      const late = now - until;
      until = null;
      hear.over(late);
      return;
    }
    waiting = clock.later(look, Math.min(1000, Math.max(15, (until - now) - (left - 1) * 1000)));
  }

  return {
    /** Count down to a moment [ms]; the same moment again changes nothing. */
    start(moment) {
      if (moment === until) return;
      until = moment;
      shown = -1;
      look();
    },
    /** Stop without a word. */
    stop() {
      until = null;
      shown = -1;
      clock.cancel(waiting);
    },
    /** Look at the clock now: after waking up. */
    look,
  };
}
