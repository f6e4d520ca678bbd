// What came of a session, in numbers that can be looked at: sets, weight moved, the two sides, against last time. Pure.

import { plain, setText, weight } from "./words.js";

/**
 * Sum a session up.
 * @param {import("./state.js").State} state
 */
export function summaryOf(state) {
  const sets = state.sets.map((set) => set.event);
  const working = sets.filter((event) => !event.warm_up);
  const planned = state.steps.filter((step) => !step.warm_up).length;
  return {
    sets: working.length, planned, warm_up: sets.length - working.length,
    volume_kg: Math.round(working.reduce((sum, event) => sum + volumeOf(event), 0)),
    hold_s: sum(working, "seconds"), contacts: sum(working, "contacts"),
    sides: sidesOf(working), exercises: exercisesOf(state, working), pains: state.pains.map((pain) => pain.event),
  };
}

const volumeOf = (event) => (event.unit === "reps" && event.weight_kg ? event.amount * event.weight_kg * (event.per_hand ? 2 : 1) : 0);
const sum = (events, unit) => Math.round(events.filter((e) => e.unit === unit).reduce((all, e) => all + e.amount, 0));

/** Sets on either side; null where nothing was done one-sided. */
function sidesOf(events) {
  const count = (side) => events.filter((event) => event.side === side).length;
  const [left, right] = [count("left"), count("right")];
  return left + right ? { left, right } : null;
}

/** Each exercise with what was done, what was done last time, and whether this is more. */
function exercisesOf(state, events) {
  const groups = new Map();
  for (const event of events) {
    if (!groups.has(event.exercise)) groups.set(event.exercise, []);
    groups.get(event.exercise).push(event);
  }
  const items = state.steps.map((step) => step.item);
  return [...groups].map(([exercise, done]) => {
    const last = items.find((item) => item.exercise === exercise)?.last ?? null;
    return { exercise, name: state.doc.exercises[exercise]?.name ?? exercise, sets: done, last, better: betterOf(done, last, state.doc.units) };
  });
}

/**
 * Say in what this was more than last time; empty when it was not, or when last time's sets are not known.
 * @param {any[]} done
 * @param {{sets?: {amount: number, weight_kg?: number|null}[]}|null} last
 */
export function betterOf(done, last, units = "metric") {
  if (!last?.sets?.length || !done.length) return "";
  const heaviest = (sets) => Math.max(...sets.map((set) => set.weight_kg ?? 0));
  const most = (sets, kg) => Math.max(...sets.filter((set) => (set.weight_kg ?? 0) >= kg).map((set) => set.amount));
  const [now, then] = [heaviest(done), heaviest(last.sets)];
  if (now > then) return `${weight(now - then, units)} more than last time`;
  if (now < then) return "";
  const more = most(done, now) - most(last.sets, then);
  const unit = { reps: "rep", seconds: "second", steps: "step", contacts: "contact" }[done[0].unit];
  return more > 0 ? `${plain(more)} ${unit}${more === 1 ? "" : "s"} more than last time` : "";
}

/** Write the sets of an exercise in one line: "8, 8, 7 reps · 16 kg"; sides beside each other where they differ. */
export function setsText(events, units) {
  const same = events.every((event) => (event.weight_kg ?? null) === (events[0].weight_kg ?? null));
  if (!same) return events.map((event) => setText({ ...event, rir: null }, units)).join("; ");
  const amounts = (side) => events.filter((event) => (event.side ?? "") === side).map((event) => plain(event.amount)).join(", ");
  const tail = setText({ ...events[0], rir: null }, units).split(" ").slice(1).join(" ").replace(/^rep\b/, "reps");
  const [left, right] = [amounts("left"), amounts("right")];
  if (!left && !right) return `${amounts("")} ${tail}`;
  return left === right ? `${left} ${tail}, each side` : `L ${left || "–"}, R ${right || "–"} ${tail}`;
}
