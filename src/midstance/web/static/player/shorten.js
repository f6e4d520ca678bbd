// Making a session shorter while it runs: the finisher goes first, then later rounds, then the last exercises.
// What is done stays, and what a runner is in the middle of is finished.

import { secondsOf, stepsOf, toDo } from "./steps.js";

/**
 * Leave out sets until the rest fits into the time.
 * @param {import("./steps.js").Block[]} blocks
 * @param {Object<string, string>} done ids of sets done or left out already
 * @param {number} seconds time that is left [s]
 * @param {string|null} keep id of the set that stays in any case: the current one
 * @returns {string[]} ids of the sets to leave out, in the order in which they went
 */
export function leaveOut(blocks, done, seconds, keep = null) {
  const steps = stepsOf(blocks);
  let left = toDo(steps, done);
  const out = [];
  for (const batch of batches(left)) {
    if (secondsOf(left) <= seconds) break;
    const going = batch.filter((step) => step.id !== keep);
    const ids = new Set(going.map((step) => step.id));
    left = left.filter((step) => !ids.has(step.id));
    out.push(...ids);
  }
  return out;
}

/**
 * Put what may go into the order in which it goes; both sides of a set go together.
 * The first round of the block in hand, and one round of each main lift (the first items of blocks), go last.
 */
function batches(left) {
  const groups = new Map();
  left.forEach((step, at) => {
    const key = `${step.block}/${step.round}/${step.item.label}`;
    if (!groups.has(key)) groups.set(key, { steps: [], at, rank: rankOf(step) });
    groups.get(key).steps.push(step);
  });
  return [...groups.values()].sort((a, b) => a.rank - b.rank || b.at - a.at).map((group) => group.steps);
}

/** Say how early a set goes: finisher, extra rounds, later rounds (last round first), the rest, the warm-up. */
function rankOf(step) {
  if (step.block === "finisher") return 0;
  if (step.extra) return 1;
  if (step.warm_up) return 100;
  if (step.round > 1) return 20 - Math.min(step.round, 15);
  return 50;
}

/**
 * Offer lengths for what is left, each shorter than all of it.
 * @param {number} seconds time of all that is left [s]
 * @returns {number[]} minutes, longest first
 */
export function offers(seconds) {
  return [20, 15, 10, 5].filter((minutes) => minutes * 60 < seconds - 30);
}
