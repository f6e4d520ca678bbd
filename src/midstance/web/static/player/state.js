// The session as it stands: a pure function of the document and of the list of moves made so far. A reload, a dead
// battery or another tab replays the same list and gets the same state. Moves that come too late change nothing.

import { between, stepsOf, toDo } from "./steps.js";

/**
 * @typedef {import("./steps.js").Step} Step
 * @typedef {{n: number, at: number, do: string, [rest: string]: any}} Move a thing that was done, at a moment [ms]
 * @typedef {{kind: string, seconds: number, since: number, until: number}} Gap what lies between two sets
 * @typedef {object} State
 * @property {"start"|"step"|"finish"|"summary"} phase
 * @property {Object<string, "done"|"skipped">} done by id of the set
 * @property {Gap|null} gap
 * @property {{since: number, from: number, until: number, amount: number}|null} hold
 * @property {number|null} paused since when
 * @property {{event: any, step: string}[]} sets those in force, in the order of doing
 */

const LONGEST_SILENCE_MS = 15 * 60000;
const CALM = new Set(["pause", "resume", "correct", "retract", "pain", "swap"]);

/** The state before anything was done. */
export function initial(doc) {
  return {
    doc, phase: "start", play: "", date: "", started: 0, minutes: null, blocks: doc.blocks, steps: stepsOf(doc.blocks),
    done: {}, last: null, gap: null, hold: null, paused: null, sets: [], gone: [], pains: [], finish: null, swapped: {},
    at: 0, active: 0, n: 0,
  };
}

/** Replay a whole list of moves. */
export function replay(doc, moves) {
  return moves.reduce(reduce, initial(doc));
}

/** The set that is being done or comes next; null when none is left. */
export function here(state) {
  return state.phase === "start" ? state.steps[0] ?? null : toDo(state.steps, state.done)[0] ?? null;
}

/** The set after the one at hand; null when there is none. */
export function after(state) {
  return toDo(state.steps, state.done)[1] ?? null;
}

/** Minutes of training so far: pauses and long silences (a dead battery) do not count [min]. */
export function minutesOf(state) {
  return Math.max(1, Math.round(state.active / 60000));
}

/**
 * Take one move.
 * @param {State} state
 * @param {Move} move
 * @returns {State} the same object when the move changes nothing
 */
export function reduce(state, move) {
  const act = ACTS[move.do];
  if (!act) return state;
  const ready = state.paused !== null && !CALM.has(move.do) ? resumed(state, move.at) : state;
  const next = act(ready, move);
  if (next === ready) return state;
  const silence = state.at && state.paused === null ? Math.min(Math.max(0, move.at - state.at), LONGEST_SILENCE_MS) : 0;
  const counts = state.phase === "step";
  return { ...next, at: move.at, n: move.n, active: state.active + (counts ? silence : 0) };
}

const ACTS = {
  begin(state, move) {
    if (state.phase !== "start") return state;
    const blocks = move.minutes ? state.doc.shorter[move.minutes].blocks : state.doc.blocks;
    const begun = { ...state, phase: "step", play: move.play, date: move.date, started: move.at, minutes: move.minutes ?? null,
      blocks, steps: stepsOf(blocks) };
    return onward(begun, move.at, null);
  },

  go(state, move) {
    return state.gap && here(state)?.id === move.step ? { ...state, gap: null } : state;
  },

  more(state, move) {
    if (!state.gap) return state;
    const until = Math.max(state.gap.until, move.at) + move.seconds * 1000;
    return { ...state, gap: { ...state.gap, until, seconds: state.gap.seconds + move.seconds } };
  },

  hold(state, move) {
    if (state.gap || state.hold || here(state)?.id !== move.step) return state;
    const from = move.at + move.ready * 1000;
    return { ...state, hold: { since: move.at, from, until: from + move.amount * 1000, amount: move.amount } };
  },

  let_go(state) {
    return state.hold ? { ...state, hold: null } : state;
  },

  set(state, move) {
    const step = here(state);
    if (state.phase !== "step" || step?.id !== move.step) return state;
    const done = { ...state.done, [step.id]: "done" };
    const sets = [...state.sets, { event: move.event, step: step.id }];
    return onward({ ...state, done, sets, hold: null }, move.at, step);
  },

  skip(state, move) {
    const going = move.ids.filter((id) => !state.done[id]);
    if (state.phase !== "step" || !going.length) return state;
    const step = here(state);
    const done = { ...state.done, ...Object.fromEntries(going.map((id) => [id, "skipped"])) };
    return passed({ ...state, done }, move.at, step);
  },

  swap(state, move) {
    const { block, label } = move;
    const old = state.blocks.find((b) => b.label === block)?.items.find((item) => item.label === label);
    if (state.phase !== "step" || !old || old.exercise === move.item.exercise) return state;
    const item = taken(old, move.item);
    const blocks = state.blocks.map((b) => (b.label !== block ? b
      : { ...b, items: b.items.map((i) => (i.label === label ? item : i)) }));
    const steps = stepsOf(blocks);
    const place = `${block}/${label}`;
    const swapped = { ...state.swapped, [place]: state.swapped[place] ?? old };
    return { ...state, blocks, steps, swapped, hold: null, done: carried(state.done, steps, block, label, old, item) };
  },

  correct(state, move) {
    return corrected(state, move.event);
  },

  retract(state, move) {
    const gone = state.sets.find((set) => set.event.key === move.event.of.key);
    if (!gone) return state;
    const done = { ...state.done };
    if (move.again) delete done[gone.step];
    else done[gone.step] = "skipped";
    const sets = state.sets.filter((set) => set !== gone);
    const back = { ...state, sets, done, gone: [...state.gone, gone.event] };
    return move.again ? { ...back, gap: null, hold: null, phase: "step" } : back;
  },

  pain(state, move) {
    return { ...state, pains: [...state.pains, { event: move.event, step: move.step ?? null }] };
  },

  pause(state, move) {
    return state.paused === null && state.phase === "step" ? { ...state, paused: move.at } : state;
  },

  resume(state, move) {
    return state.paused === null ? state : resumed(state, move.at);
  },

  end(state) {
    return state.phase === "step" ? { ...state, phase: "finish", gap: null, hold: null } : state;
  },

  reopen(state) {
    return state.phase === "finish" && here(state) ? { ...state, phase: "step" } : state;
  },

  finish(state, move) {
    if (state.phase === "start") return state;
    return { ...state, phase: "summary", finish: move.event, gap: null, hold: null };
  },
};

/** Go on after a set: to what lies between, or to the end. */
function onward(state, at, before) {
  const next = here(state);
  if (!next) return { ...state, last: before, phase: "finish", gap: null, hold: null };
  const gap = between(before, next);
  return { ...state, last: before, gap: { ...gap, since: at, until: at + gap.seconds * 1000 } };
}

/** Go on after sets were left out: a running rest keeps its end, only its name may change. */
function passed(state, at, before) {
  const next = here(state);
  if (!next) return { ...state, phase: "finish", gap: null, hold: null };
  if (next.id === before.id) return state;
  if (!state.gap) return { ...state, hold: null, gap: { kind: "change", seconds: 10, since: at, until: at + 10000 } };
  const kind = state.gap.kind === "switch" ? "change" : state.gap.kind;
  return { ...state, hold: null, gap: { ...state.gap, kind } };
}

/** Let clocks that stood still run on. */
function resumed(state, at) {
  const by = Math.max(0, at - state.paused);
  const shifted = (span) => span && Object.fromEntries(Object.entries(span).map(
    ([name, value]) => [name, ["since", "from", "until"].includes(name) ? value + by : value]));
  return { ...state, paused: null, at, gap: shifted(state.gap), hold: shifted(state.hold) };
}

/** Give the new exercise the place of the old one. */
function taken(old, item) {
  const both = old.per_side && item.per_side;
  return { ...item, label: old.label, ...(both ? { first_side: old.first_side, extra_rounds: old.extra_rounds ?? {} } : {}) };
}

/** Carry over which rounds are done where sides come or go with a swap. */
function carried(done, steps, block, label, old, item) {
  if (Boolean(old.per_side) === Boolean(item.per_side)) return done;
  const all = { ...done };
  for (const step of steps) {
    if (step.block !== block || step.item.label !== label) continue;
    const place = `${block}/${step.round}/${label}`;
    const was = Object.keys(done).find((id) => id === place || id.startsWith(`${place}/`));
    if (was) all[step.id] = done[was];
  }
  return all;
}

function corrected(state, event) {
  const at = state.sets.findIndex((set) => set.event.key === event.replaces?.key);
  if (at < 0) return state;
  return { ...state, sets: state.sets.map((set, i) => (i === at ? { ...set, event } : set)) };
}
