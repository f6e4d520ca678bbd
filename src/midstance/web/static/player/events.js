// What the player reports to the diary: events as the server takes them, each with a key of its own. Pure.

import { sidesOf } from "./steps.js";

const optional = (values) => Object.fromEntries(Object.entries(values).filter(
  ([, value]) => value !== undefined && value !== null && value !== "" && value !== false));

/** Fields that every event of this play has. The key follows from play and move, so the same move is the same event. */
function head(state, kind, at, n) {
  return { key: `${state.play}-${n}`, play: state.play, session: state.doc.session.id, date: state.date,
    at: new Date(at).toISOString(), kind };
}

/**
 * Make a random name for one doing of a session.
 * @param {(bytes: Uint8Array) => Uint8Array} fill fills bytes with chance
 */
export function newPlay(fill = (bytes) => crypto.getRandomValues(bytes)) {
  return `p${Array.from(fill(new Uint8Array(9)), (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/**
 * Say what stands in the fields of a set before the runner touches them: what was done last, else the target.
 * The least of the range counts as target, so that a tap without a look never claims more than was asked.
 * @returns {{amount: number, weight_kg: number|null, rir: number|null}}
 */
export function draftOf(state, step) {
  const item = step.item;
  const same = state.sets.map((set) => set.event).filter((event) => event.exercise === item.exercise && !event.warm_up === !step.warm_up);
  const last = same.filter((event) => (event.side ?? "") === step.side).at(-1);
  const led = sidesOf(item)[0] === step.side ? null : same.at(-1);
  const known = led ?? last ?? same.at(-1);
  return {
    amount: known?.amount ?? item.low,
    weight_kg: known ? known.weight_kg ?? null : item.weight_kg ?? null,
    rir: item.rir === null || item.rir === undefined || step.warm_up ? null : known?.rir ?? item.rir,
  };
}

/** Report a set. */
export function setEvent(state, step, values, at, n) {
  const item = step.item;
  const pain = state.pains.filter((pain) => pain.step === step.id).at(-1);
  return {
    ...head(state, "set", at, n), exercise: item.exercise, amount: values.amount, unit: item.unit,
    number: nextNumber(state, item.exercise, step.side),
    ...optional({ weight_kg: values.weight_kg, per_hand: values.weight_kg !== null && item.per_hand, rir: values.rir,
      side: step.side, pain: pain?.event.score, warm_up: step.warm_up }),
  };
}

/** Number the sets of an exercise and side from 1; numbers of sets that were taken back are not used again. */
function nextNumber(state, exercise, side) {
  const all = [...state.sets.map((set) => set.event), ...state.gone];
  const numbers = all.filter((event) => event.exercise === exercise && (event.side ?? "") === side).map((event) => event.number);
  return Math.max(0, ...numbers) + 1;
}

/** Report that a set was other than said: the earlier event goes along whole. */
export function correction(state, earlier, values, at, n) {
  const rest = { ...earlier };
  for (const name of ["weight_kg", "rir", "replaces", "per_hand"]) delete rest[name];
  return { ...rest, ...head(state, "set", at, n), amount: values.amount,
    ...optional({ weight_kg: values.weight_kg, per_hand: values.weight_kg !== null && values.per_hand, rir: values.rir }),
    replaces: earlier };
}

/** Report that something said never happened. */
export function retraction(state, earlier, at, n) {
  return { ...head(state, "retract", at, n), of: earlier };
}

/** Report a pain. */
export function painEvent(state, values, at, n) {
  return { ...head(state, "pain", at, n), area: values.area, score: values.score,
    ...optional({ side: values.side, tissue: values.tissue, exercise: values.exercise, note: values.note }) };
}

/** Report the end; a second word replaces the first. */
export function finishEvent(state, values, at, n) {
  return { ...head(state, "finish", at, n), session_kind: state.doc.session.kind, minutes: values.minutes,
    ...optional({ rpe_cr10: values.rpe, note: values.note?.trim(), replaces: state.finish }) };
}
