// Changing the numbers of a set: which amounts and weights come next, in thumb-size steps. Pure.

import { POUNDS, unitName, weightNumber } from "./words.js";

const STEP = { reps: 1, seconds: 5, steps: 1, contacts: 1 };
const NAMES = { reps: "Reps", seconds: "Seconds", steps: "Steps out", contacts: "Contacts" };
const MOST_RIR = 8;

export const amountLabel = (unit) => NAMES[unit];
export const moreAmount = (amount, unit) => Math.floor(amount / STEP[unit] + 1) * STEP[unit];
export const lessAmount = (amount, unit) => Math.max(unit === "seconds" ? 5 : 0, Math.ceil(amount / STEP[unit] - 1) * STEP[unit]);
export const amountShown = (amount, unit) => [String(amount), unit === "seconds" ? "s" : unitName(unit, amount)];
export const moreRir = (rir) => Math.min(MOST_RIR, rir + 1);
export const lessRir = (rir) => Math.max(0, rir - 1);

/** Whether a set of this item has a weight to tell at all: a drill without one is not asked. */
export function hasWeight(item, exercise) {
  return (item.weight_kg ?? null) !== null || ((item.rir ?? null) !== null && Boolean(exercise?.weights_kg?.length));
}

/**
 * Step to the next weight: along the owned ones, else by a plate's step.
 * @param {number|null} kg null for body weight
 * @param {1|-1} by
 * @param {{owned: number[], bare: boolean, units: string}} of `bare`: whether no weight at all is possible
 */
export function stepWeight(kg, by, { owned, bare, units }) {
  if (owned?.length) {
    const ladder = [...(bare ? [null] : []), ...owned];
    const at = kg === null ? -0.5 : ladder.findIndex((one) => one !== null && one >= kg - 0.001);
    if (kg === null) return by > 0 ? owned[0] : null;
    if (at < 0) return by > 0 ? kg : ladder.at(-1);
    const exact = Math.abs((ladder[at] ?? 0) - kg) < 0.001;
    const next = by > 0 ? (exact ? at + 1 : at) : at - 1;
    return next < 0 || next >= ladder.length ? kg : ladder[next];
  }
  const step = units === "imperial" ? 5 / POUNDS : 2.5;
  const next = Math.round(((kg ?? 0) / step) + by) * step;
  if (next <= 0) return bare ? null : kg;
  return Math.round(next * 1000) / 1000;
}

/** Show a weight in the stepper. */
export function weightShown(kg, units, perHand) {
  if (kg === null) return ["Body", ""];
  return [weightNumber(kg, units), (units === "imperial" ? "lb" : "kg") + (perHand ? " each" : "")];
}

/** Plates of a weight in words, or empty. */
export function platesOf(exercise, kg) {
  if (kg === null || !exercise?.plates) return "";
  const key = Object.keys(exercise.plates).find((one) => Math.abs(Number(one) - kg) < 0.001);
  return key ? exercise.plates[key] : "";
}
