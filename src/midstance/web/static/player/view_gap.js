// Between two sets: get ready, rest, change over, switch sides. Dark, so that it reads from across the gym, and quiet.

import { button, h, put } from "./dom.js";
import { secondsLeft } from "./timer.js";
import { clock, itemText, placeText, setText } from "./words.js";
import { here } from "./state.js";

const WORDS = { ready: "Get ready", rest: "Rest", change: "Change over", switch: "Switch sides" };

/** @param {any} app */
export function gapView(app) {
  const { state } = app;
  const step = here(state);
  const kind = state.gap.kind;
  const number = h("p.count", { role: "timer" });
  const bar = h("div.drain", { "aria-hidden": "true" }, h("span"));
  const word = kind === "switch" ? `Switch to the ${step.side}` : WORDS[kind];
  const last = state.sets.at(-1);
  const figure = h("div.figure.small", { "aria-hidden": "true" });
  const exercise = app.exercise(step.item.exercise);
  const skip = button(".primary", kind === "rest" ? "Skip rest" : "I am ready", app.skipRest, { "data-main": true });
  const node = h(`div.view.gap.${kind}`, null,
    h("div.now", null,
      h("h1", { tabindex: "-1" }, word),
      number, bar,
      last && kind !== "ready" ? loggedLine(app, last) : null),
    h("div.next", null,
      h("p.over", null, kind === "switch" ? placeText(step) : `Next · ${placeText(step)}`),
      h("p.name", null, app.name(step.item.exercise), step.side ? h("span.side", null, ` ${step.side}`) : null),
      h("p.dose", null, itemText({ ...step.item, per_side: false }, app.units)),
      figure,
      kind === "switch" || !exercise?.setup ? null : h("p.setup", null, exercise.setup)),
    h("div.panel", null, h("div.mainrow", null,
      kind === "ready" ? null : button(".secondary", "+15 s", () => app.moreRest(15), { "aria-label": "15 seconds more" }), skip),
      h("div.actions", null,
        button(".quiet", "Swap", app.openSwap), button(".quiet", "Pain", app.openPain), button(".quiet", "More", app.openMenu))));
  const drawing = app.draw(figure, step.item, step.side, { small: true });

  function update(now_state, now) {
    const gap = now_state.gap;
    if (!gap) return;
    const at = now_state.paused ?? now;
    put(number, clock(secondsLeft(gap.until, at)));
    const share = Math.max(0, Math.min(1, (gap.until - at) / (gap.seconds * 1000)));
    bar.firstChild.style.transform = `scaleX(${share.toFixed(3)})`;
  }
  return { node, update, figure: drawing, keys: { r: app.skipRest }, confirm: app.skipRest };
}

/** The set just logged, and a way to put it right. */
function loggedLine(app, last) {
  return h("p.logged", null, h("span", null, `${app.name(last.event.exercise)}: ${setText(last.event, app.units)}`),
    button(".link", "Change", () => app.openCorrect(last), { "aria-label": "Change the set just logged" }));
}
