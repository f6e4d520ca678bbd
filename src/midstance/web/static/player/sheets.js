// Sheets over the session: swap, pain, shorter, correct, weights, menu, help. Each gives the runner few and large choices.

import { amountLabel, amountShown, lessAmount, lessRir, moreAmount, moreRir, platesOf, stepWeight, weightShown } from "./doses.js";
import { button, choice, h, sheet, stepper } from "./dom.js";
import { TISSUES, placeName, ruleOf } from "./pain.js";
import { leaveOut, offers } from "./shorten.js";
import { here } from "./state.js";
import { secondsOf, toDo } from "./steps.js";
import { outline, wishes } from "./view_start.js";
import { POUNDS, count, itemText, plain, setText, weight } from "./words.js";

/** A large row to tap: what it does, and what that means. */
function row(words, small, run, more = {}) {
  return button(".row", [h("span.name", null, words), small ? h("span.small", null, small) : null], run, more);
}

const HOW = { easier: "Easier", harder: "Harder", "same-slot": "Instead" };

/** Another exercise for this place: easier, harder, or the like; the weight is converted by the document. */
export function swapSheet(app, without = "") {
  const step = here(app.state);
  const exercise = app.exercise(step.item.exercise);
  const first = app.state.swapped[`${step.block}/${step.item.label}`];
  const options = (exercise?.swaps ?? []).filter((one) => !without || !app.exercise(one.id)?.areas?.includes(without));
  const back = first && first.exercise !== step.item.exercise && !options.some((one) => one.id === first.exercise)
    ? [{ id: first.exercise, name: app.name(first.exercise), item: first, how: "same-slot", says: "as planned" }] : [];
  const order = ["easier", "harder", "same-slot"];
  const all = [...back, ...[...options].sort((a, b) => order.indexOf(a.how) - order.indexOf(b.how))];
  const open = sheet(`Instead of ${app.name(step.item.exercise)}`, [
    without ? h("p.lead", null, `Only what does not load the ${placeName(app.doc.pain, without)}.`) : null,
    all.length ? all.map((one) => h("div.offer", null, h("span.how", null, HOW[one.how] ?? "Instead"),
      row(one.name, [itemText(one.item, app.units), one.says ? [h("br"), one.says] : ""], () => {
        open.close();
        app.swap(step, one.item);
      }))) : h("p.lead", null, "There is nothing else that fits what you own and what your body allows today."),
    row("Leave this exercise out", "The session goes on with the next one.", () => { open.close(); app.skipExercise(step); }),
  ], { name: "swap" });
}

/** What hurts, where and how much; the document's rules say what follows. */
export function painSheet(app) {
  const { pain } = app.doc;
  const step = app.state.phase === "step" ? here(app.state) : null;
  const near = app.exercise(step?.item.exercise)?.areas ?? [];
  const areas = [...near.filter((area) => pain.areas.includes(area)), ...pain.areas.filter((area) => !near.includes(area))];
  const values = { area: "", side: step?.side ?? "", tissue: "", score: null, exercise: step?.item.exercise };
  const verdict = h("div.verdict", { "aria-live": "polite" });
  const marks = Array.from({ length: 11 }, (_, score) => button(".mark", String(score), () => {
    values.score = score;
    marks.forEach((mark, at) => mark.setAttribute("aria-pressed", String(at === score)));
    judge();
  }, { "aria-pressed": "false", "aria-label": `${score} of 10` }));
  const open = sheet("Where does it hurt?", [
    choice("Area", areas.map((area) => [area, placeName(pain, area)]), "", (area) => { values.area = area; judge(); }),
    h("div.field", null, h("span.label", null, "Side"),
      choice("Side", [["left", "left"], ["right", "right"], ["both", "both"], ["", "no side"]], values.side, (side) => { values.side = side; })),
    h("div.field", null, h("span.label", null, "How much: 0 is none, 10 the worst imaginable"),
      h("div.marks", { role: "group", "aria-label": "Pain, 0 to 10" }, marks)),
    h("div.field", null, h("span.label", null, "What, if you know"),
      choice("Tissue", TISSUES, "", (tissue) => { values.tissue = tissue; judge(); })),
    verdict,
    h("details.flags", null, h("summary", null, "When to stop and see a professional"), h("ul", null, pain.red_flags.map((flag) => h("li", null, flag)))),
  ], { name: "pain" });

  function judge() {
    if (values.score === null || !values.area) return;
    const rule = ruleOf(pain, { ...values, unit: step?.item.unit, block: step?.block });
    const note = (then) => async () => {
      open.close();
      await app.notePain(values, step);
      await then();
    };
    const choices = {
      continue: ["Note it and go on", note(() => {})],
      swap: ["Note it and swap the exercise", note(() => swapSheet(app, values.area))],
      skip: [`Note it and leave out what loads the ${placeName(pain, values.area)}`, note(() => app.omitArea(values.area))],
      stop: ["Note it and end the session", note(() => app.endEarly())],
    };
    const offered = { continue: ["continue", "swap", "skip"], swap: ["swap", "skip", "stop"], stop: ["stop", "skip"] }[rule.do] ?? ["stop"];
    const shown = offered.filter((name) => step || name === "continue" || name === "stop");
    verdict.className = `verdict ${rule.do}`;
    verdict.replaceChildren(h("p", null, rule.says), ...(shown.length ? shown : ["continue"]).map((name, at) => button(at ? ".secondary" : ".primary", ...choices[name])));
    verdict.lastChild.scrollIntoView({ block: "nearest" });
  }
}

/** Less time than thought: what would go, then it goes. */
export function shortenSheet(app) {
  const { state } = app;
  const now = here(state);
  const left = secondsOf(toDo(state.steps, state.done));
  const options = offers(left);
  const open = sheet("Make it shorter", [
    h("p.lead", null, `About ${count(Math.max(1, Math.round(left / 60)), "minute")} are left. The finisher goes first, then later rounds; what comes first matters most.`),
    options.map((minutes) => {
      const ids = leaveOut(state.blocks, state.done, minutes * 60, state.gap ? null : now?.id);
      return row(`${minutes} minutes more`, goingText(app, ids), () => { open.close(); app.leaveOut(ids, "shorter"); });
    }),
    row("Only this set, then finish", "", () => {
      open.close();
      app.leaveOut(toDo(state.steps, state.done).slice(1).map((step) => step.id), "shorter");
    }),
  ], { name: "shorten" });
}

function goingText(app, ids) {
  const counts = new Map();
  for (const step of app.state.steps) {
    if (ids.includes(step.id)) counts.set(step.item.exercise, (counts.get(step.item.exercise) ?? 0) + 1);
  }
  return `Leaves out ${[...counts].map(([id, sets]) => `${app.name(id)} (${count(sets, "set")})`).join(", ")}.`;
}

/** All sets so far, to put one right. */
export function setsSheet(app) {
  const sets = [...app.state.sets].reverse();
  const open = sheet("Sets so far", sets.length ? sets.map((set) => row(
    [app.name(set.event.exercise), set.event.side].filter(Boolean).join(", "), setText(set.event, app.units),
    () => { open.close(); correctSheet(app, set); })) : h("p.lead", null, "None yet."), { name: "sets" });
}

/** Put one set right, or take it back. */
export function correctSheet(app, set) {
  const event = set.event;
  const exercise = app.exercise(event.exercise);
  const values = { amount: event.amount, weight_kg: event.weight_kg ?? null, rir: event.rir ?? null, per_hand: event.per_hand ?? false };
  const fields = [stepper({ label: amountLabel(event.unit), value: values.amount, text: (value) => amountShown(value, event.unit),
    less: (value) => lessAmount(value, event.unit), more: (value) => moreAmount(value, event.unit), change: (value) => { values.amount = value; } })];
  if (values.weight_kg !== null) {
    const range = { owned: exercise?.weights_kg ?? [], bare: false, units: app.units };
    fields.push(stepper({ label: "Weight", value: values.weight_kg, text: (kg) => weightShown(kg, app.units, values.per_hand),
      less: (kg) => stepWeight(kg, -1, range), more: (kg) => stepWeight(kg, 1, range), change: (kg) => { values.weight_kg = kg; } }));
  }
  if (values.rir !== null) {
    fields.push(stepper({ label: "In reserve", value: values.rir, text: (value) => [plain(value), value === 1 ? "rep left" : "reps left"],
      less: lessRir, more: moreRir, change: (value) => { values.rir = value; } }));
  }
  const newest = app.state.sets.at(-1) === set && app.state.phase !== "summary";
  const open = sheet([app.name(event.exercise), event.side].filter(Boolean).join(", "), [
    h("div.steppers", { "data-count": fields.length }, fields.map((field) => field.node)),
    button(".primary", "Save", () => { open.close(); app.correct(event, values); }),
    newest ? button(".secondary", "Do this set again", () => { open.close(); app.retract(event, true); }) : null,
    button(".quiet", "It never happened: remove", () => { open.close(); app.retract(event, false); }),
  ], { name: "correct" });
}

/** Weights that are owned, with plates where they matter, or any number. */
export function weightsSheet(app, item, chosen, bare, pick) {
  const exercise = app.exercise(item.exercise);
  const imperial = app.units === "imperial";
  const field = h("input", { id: "kg", type: "number", inputmode: "decimal", min: "0", max: "500", step: "any" });
  const take = (kg) => { open.close(); pick(kg); };
  const other = () => {
    const value = Number(field.value.replace(",", "."));
    if (field.value && value > 0) take(Math.round((imperial ? value / POUNDS : value) * 1000) / 1000);
    else field.focus();
  };
  const owned = exercise?.weights_kg ?? [];
  const open = sheet("Weight", [
    h("div.weights", null, bare ? button(".row", "Body weight", () => take(null), { "aria-pressed": String(chosen === null) }) : null,
      owned.map((kg) => button(".row", [h("span.name", null, weight(kg, app.units, item.per_hand)), h("span.small", null, platesOf(exercise, kg))],
        () => take(kg), { "aria-pressed": String(kg === chosen) }))),
    h("div.field", null, h("label", { for: "kg" }, `Another weight, ${imperial ? "lb" : "kg"}${item.per_hand ? " in each hand" : ""}`),
      h("div.inline", null, field, button(".secondary", "Use", other))),
  ], { name: "weights" });
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") other(); });
}

/** Everything that is not needed every minute. */
export function menuSheet(app) {
  const { state } = app;
  const step = here(state);
  const going = state.phase === "step";
  const then = (run) => () => { open.close(); run(); };
  const open = sheet("Session", [
    going ? [
      row("Make it shorter", "", then(() => shortenSheet(app))),
      row("Skip this set", "", then(() => app.skipSet(step))),
      row("Leave this exercise out", app.name(step.item.exercise), then(() => app.skipExercise(step)))] : null,
    row("Correct a set", count(state.sets.length, "set"), then(() => setsSheet(app))),
    row("Overview", "", then(() => overviewSheet(app))),
    going && app.openWeightsHere() ? row("Weights and plates", "", then(() => app.openWeightsHere()())) : null,
    h("div.field.wishes", null, wishes(app)),
    row("Keys", "", then(() => helpSheet()), { class: "row keys" }),
    going ? row("Finish early", "What is done is kept.", then(() => app.endEarly())) : null,
  ], { name: "menu" });
}

/** The whole session, with what is done. */
function overviewSheet(app) {
  const { state } = app;
  const done = (block, item) => {
    const steps = state.steps.filter((step) => step.block === block.label && step.item.label === item.label);
    return `${steps.filter((step) => state.done[step.id] === "done").length}/${steps.length}`;
  };
  sheet("Overview", h("ol.outline", null, outline(app, state.blocks, done)), { name: "overview" });
}

const KEYS = [["Space, Enter", "confirm, start, go on"], ["↑ ↓", "amount"], ["← →", "weight"], ["[ ]", "reps in reserve"],
  ["W", "weights"], ["T", "tempo"], ["S", "swap"], ["P", "pain"], ["R", "skip rest"], ["+", "15 seconds more"], ["U", "correct the last set"],
  ["M", "menu"], ["K", "pause"], ["?", "this help"]];

export function helpSheet() {
  sheet("Keys", h("dl.keylist", null, KEYS.map(([key, words]) => h("div", null, h("dt", null, h("kbd", null, key)), h("dd", null, words)))), { name: "help" });
}
