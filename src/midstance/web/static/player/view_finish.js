// The end: how hard it was, a note, and a summary worth looking at.

import { button, h, put, stepper } from "./dom.js";
import { placeName } from "./pain.js";
import { here, minutesOf } from "./state.js";
import { setsText, summaryOf } from "./summary.js";
import { RPE_WORDS, clock, count, dayText, plain, weight } from "./words.js";

/** @param {any} app */
export function finishView(app) {
  const { state } = app;
  const values = { rpe: state.finish?.rpe_cr10 ?? null, note: state.finish?.note ?? "", minutes: state.finish?.minutes ?? minutesOf(state) };
  const words = h("p.rpeword", { "aria-live": "polite" }, "0 is nothing at all, 10 as hard as it gets.");
  const marks = RPE_WORDS.map((word, rpe) => button(".mark", String(rpe), () => pick(rpe),
    { "aria-pressed": String(rpe === values.rpe), "aria-label": `${rpe}, ${word}` }));
  function pick(rpe) {
    values.rpe = rpe;
    marks.forEach((mark, at) => mark.setAttribute("aria-pressed", String(at === rpe)));
    put(words, `${rpe}: ${RPE_WORDS[rpe].toLowerCase()}`);
  }
  const note = h("textarea", { id: "note", rows: "2", maxlength: "500", oninput: () => { values.note = note.value; } });
  note.value = values.note;
  const minutes = stepper({ label: "Minutes", value: values.minutes, text: (value) => [String(value), "min"],
    less: (value) => Math.max(1, value - 1), more: (value) => Math.min(600, value + 1), change: (value) => { values.minutes = value; } });
  const left = here(state);
  const node = h("div.view.finish", null,
    h("div.head", null, h("p.over", null, left ? "Finishing early" : "All done"), h("h1", { tabindex: "-1" }, "How hard was it?"),
      h("p.dose", null, "The session as a whole, not its hardest set.")),
    h("div.plan", null,
      h("div.marks", { role: "group", "aria-label": "Exertion, 0 to 10" }, marks), words,
      h("div.field.row", null, minutes.node),
      h("div.field", null, h("label", { for: "note" }, "Note"), note)),
    h("div.panel", null, button(".primary", "Save session", () => app.finish(values), { "data-main": true }),
      left ? button(".quiet", "Not yet: back to the session", app.reopen) : null));
  return { node, update() {}, digits: pick, confirm: () => app.finish(values) };
}

/** @param {any} app */
export function summaryView(app) {
  const { state } = app;
  const sum = summaryOf(state);
  const minutes = state.finish?.minutes ?? minutesOf(state);
  const facts = [
    [String(sum.sets), sum.planned > sum.sets ? `of ${count(sum.planned, "set")}` : sum.sets === 1 ? "set" : "sets"],
    [plain(minutes), "minutes"],
    sum.volume_kg ? weight(sum.volume_kg, app.units).split(" ").map((part, at) => (at ? `${part} moved` : grouped(part))) : null,
    sum.hold_s ? [clock(sum.hold_s), "min held"] : null,
    sum.contacts ? [String(sum.contacts), "contacts"] : null,
    state.finish?.rpe_cr10 !== undefined ? [plain(state.finish.rpe_cr10), `of 10, ${RPE_WORDS[Math.round(state.finish.rpe_cr10)].toLowerCase()}`] : null,
  ].filter(Boolean);
  const sent = h("div.sent", { role: "status" });
  const node = h("div.view.summary", null,
    h("div.head", null, h("p.over", null, `${dayText(state.date)} · ${app.doc.session.name}`),
      h("h1", { tabindex: "-1" }, headline(sum)), sent),
    h("dl.facts", null, facts.map(([value, words]) => h("div", null, h("dt", null, words), h("dd", null, value)))),
    h("div.plan", null,
      sum.sides ? sidesBar(sum.sides) : null,
      h("ul.results", null, sum.exercises.map((one) => resultLine(app, one))),
      sum.pains.map((pain) => h("p.noted", null, `Pain noted: ${placeName(app.doc.pain, pain.area)}${pain.side ? `, ${pain.side}` : ""}, ${plain(pain.score)} of 10.`))),
    h("div.panel", null, app.fileMode ? app.handOver() : null,
      app.fileMode ? null : h("a.button.primary", { href: "/today", "data-main": true }, "Back to today"),
      h("div.actions", null, button(".quiet", "Correct a set", app.openSets), button(".quiet", "Change answer", app.againFinish))));
  function update() {
    app.showSending(sent);
  }
  update();
  return { node, update, confirm: () => node.querySelector("[data-main]")?.click() };
}

/** Group digits so that a long number reads well. */
const grouped = (text) => text.replace(/\B(?=(\d{3})+(?!\d))/g, " ");

/** One sentence that is true. */
function headline(sum) {
  const better = sum.exercises.filter((one) => one.better).length;
  if (!sum.sets) return sum.warm_up ? "Warmed up." : "Saved.";
  if (better) return better === 1 ? "Done, and better once." : `Done, and better ${better} times.`;
  return sum.sets >= sum.planned ? "All of it done." : "Done for today.";
}

function sidesBar({ left, right }) {
  const words = left === right ? `${count(left, "set")} on each side` : `${count(left, "set")} left, ${right} right`;
  const bar = h("div.sides", { "aria-hidden": "true" }, h("span"), h("span"));
  bar.firstChild.style.flexGrow = String(left);
  bar.lastChild.style.flexGrow = String(right);
  return h("div.balance", null, h("p", null, words), bar);
}

function resultLine(app, one) {
  return h("li", null, h("p.name", null, one.name, one.better ? h("span.better", null, one.better) : null),
    h("p.sets", null, setsText(one.sets, app.units)),
    one.last ? h("p.last", null, `${dayText(one.last.date)}: ${one.last.says}`) : null);
}
