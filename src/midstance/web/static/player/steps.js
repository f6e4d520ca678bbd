// From a session document's blocks to the sets in the order in which they are done, and what lies between two of them.
// Pure. A step's id names its place, not its exercise, so that what is done stays done after a swap.

/**
 * @typedef {{label: string, exercise: string, unit: string, low: number, high: number, per_side?: boolean,
 *   first_side?: string|null, extra_rounds?: Object<string, number>, weight_kg?: number|null, per_hand?: boolean,
 *   rir?: number|null, tempo?: string, to_last_good_rep?: boolean}} Item
 * @typedef {{label: string, rounds: number, rest_s: number, items: Item[]}} Block
 * @typedef {{id: string, block: string, round: number, rounds: number, item: Item, side: string, extra: boolean,
 *   warm_up: boolean, rest_s: number}} Step
 */

const WARM = new Set(["warm-up", "cool-down"]);
const SECONDS_PER_REP = 3;
const SECONDS_PER_STEP = 0.75;
const TURN_SECONDS = 3;
const SWITCH_SECONDS = 15;
const CHANGEOVER_SECONDS = 10;
export const READY_SECONDS = 10;

/** Name the sides of an item in their order; one empty name when both work at once. */
export function sidesOf(item) {
  if (!item.per_side) return [""];
  return item.first_side === "right" ? ["right", "left"] : ["left", "right"];
}

/**
 * List the sets of a session: superset by superset, round by round, one side after the other, extra rounds last.
 * @param {Block[]} blocks
 * @returns {Step[]}
 */
export function stepsOf(blocks) {
  return blocks.flatMap((block) => [...roundsOf(block), ...extrasOf(block)]);
}

/** Sets of a block's full rounds. */
function roundsOf(block) {
  const steps = [];
  for (let round = 1; round <= block.rounds; round += 1) {
    for (const item of block.items) {
      if (round > (item.rounds ?? block.rounds)) continue;
      for (const side of sidesOf(item)) steps.push(stepOf(block, item, round, side, false));
    }
  }
  return steps;
}

/** Sets that one side does more. */
function extrasOf(block) {
  return block.items.flatMap((item) => Object.entries(item.per_side ? item.extra_rounds ?? {} : {}).flatMap(
    ([side, more]) => Array.from({ length: more }, (_, at) => stepOf(block, item, block.rounds + 1 + at, side, true))));
}

function stepOf(block, item, round, side, extra) {
  const id = [block.label, round, item.label, side].filter((part) => part !== "").join("/");
  return { id, block: block.label, round, rounds: block.rounds, item, side, extra, warm_up: WARM.has(block.label), rest_s: block.rest_s };
}

/**
 * Tell what lies between two sets.
 * @param {Step|null} before the set just done; null at the start
 * @param {Step} next
 * @returns {{kind: "ready"|"switch"|"rest"|"change", seconds: number}}
 */
export function between(before, next) {
  if (!before) return { kind: "ready", seconds: READY_SECONDS };
  const same = before.block === next.block && before.item.label === next.item.label;
  if (same && before.round === next.round && before.side !== next.side) {
    return { kind: "switch", seconds: next.warm_up ? 6 : 10 };
  }
  const turn = before.block !== next.block || before.round !== next.round;
  if (turn && before.rest_s > 0) return { kind: "rest", seconds: before.rest_s };
  return { kind: "change", seconds: CHANGEOVER_SECONDS };
}

/** Time one set on one side takes [s]; the middle of the range counts, as the planner reckons. */
export function stepSeconds(item) {
  const mean = (item.low + item.high) / 2;
  if (item.unit === "steps") return 2 * SECONDS_PER_STEP * mean + TURN_SECONDS;
  if (item.unit !== "reps") return mean;
  const tempo = (item.tempo ?? "").split("-").reduce((sum, part) => sum + Number(part || 0), 0);
  return mean * (tempo || SECONDS_PER_REP);
}

/**
 * Reckon how long steps take, with what lies between them [s].
 * @param {Step[]} steps those still to do
 */
export function secondsOf(steps) {
  let sum = 0;
  steps.forEach((step, at) => {
    sum += stepSeconds(step.item);
    const next = steps[at + 1];
    if (!next) return;
    const gap = between(step, next);
    sum += gap.kind === "switch" ? SWITCH_SECONDS : gap.seconds;
  });
  return sum;
}

/** Steps whose sets are neither done nor left out. */
export function toDo(steps, done) {
  return steps.filter((step) => !done[step.id]);
}
