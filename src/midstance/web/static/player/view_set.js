// One set: the figure, the name, one cue; numbers that are right already, and one large button.

import { amountLabel, amountShown, hasWeight, lessAmount, lessRir, moreAmount, moreRir, platesOf, stepWeight, weightShown } from "./doses.js";
import { button, h, icon, put, stepper } from "./dom.js";
import { draftOf } from "./events.js";
import { secondsLeft } from "./timer.js";
import { clock, dayText, doseText, placeText, plain, tempoText, weight } from "./words.js";

/**
 * @param {any} app
 * @param {import("./steps.js").Step} step
 */
export function setView(app, step) {
  const item = step.item;
  const exercise = app.exercise(item.exercise);
  const draft = draftOf(app.state, step);
  const steppers = steppersOf(app, step, draft);
  const hold = item.unit === "seconds";
  const main = button(".primary", [icon(hold ? "play" : "check"), h("span", null, hold ? "Start hold" : "Done")],
    () => (hold ? app.startHold(step, draft) : app.confirm(step, draft)), { "data-main": true });
  const numbers = h("div.steppers", { "data-count": steppers.all.length }, steppers.all.map((one) => one.node));
  const figure = h("div.figure", { "aria-hidden": "true" });
  const beat = h("p.beat", { hidden: true });
  const running = holdPanel(app, step);
  const tempo = item.tempo && item.unit === "reps" ? tempoButton(app, step, steppers, draft) : null;
  const note = h("p.plates");
  const node = h("div.view.set", { "data-side": step.side || null },
    h("div.head", null,
      h("p.over", null, step.item.label && step.block.length === 1 ? h("b.tag", null, item.label) : null, placeText(step)),
      h("h1", { tabindex: "-1" }, app.name(item.exercise)),
      h("p.dose", null, step.side ? h("b.side", null, icon(step.side), `${step.side === "left" ? "Left" : "Right"} side`) : null,
        h("span", null, targetText(item, app.units, step)))),
    h("div.stage", null, figure, beat, running.node),
    cuesOf(exercise, step),
    h("div.panel", null, numbers, note,
      h("div.mainrow", null, main, tempo?.node),
      h("div.actions", null,
        button(".quiet", [icon("swap"), "Swap"], app.openSwap, { "aria-keyshortcuts": "s" }),
        button(".quiet", [icon("pain"), "Pain"], app.openPain, { "aria-keyshortcuts": "p" }),
        button(".quiet", [icon("more"), "More"], app.openMenu))));
  const drawing = app.draw(figure, item, step.side, {});
  const showPlates = () => put(note, platesOf(exercise, draft.weight_kg) || (item.last && !step.warm_up ? `${dayText(item.last.date)}: ${item.last.says}` : ""));
  showPlates();
  steppers.onweight = showPlates;
  tempo?.hear((text) => { beat.hidden = !text; put(beat, text); }, drawing);

  function update(state, now) {
    const held = state.hold;
    node.classList.toggle("holding", Boolean(held));
    numbers.hidden = Boolean(held);
    main.hidden = Boolean(held);
    running.update(held, now, state.paused);
  }
  return {
    node, update, figure: drawing,
    stop: () => tempo?.stop(),
    keys: {
      ArrowUp: () => steppers.amount?.more(), ArrowDown: () => steppers.amount?.less(),
      ArrowRight: () => steppers.weight?.more(), ArrowLeft: () => steppers.weight?.less(),
      "]": () => steppers.rir?.more(), "[": () => steppers.rir?.less(), t: () => tempo?.flip(),
      w: () => steppers.openWeights?.(),
    },
    confirm: () => (app.state.hold ? app.stopHold(step) : main.click()),
    openWeights: steppers.openWeights,
  };
}

/** What a set aims at, in one line. */
function targetText(item, units, step) {
  const one = { ...item, per_side: false };
  const reserve = item.rir !== null && item.rir !== undefined && !step.warm_up ? `${plain(item.rir)} in reserve` : "";
  return [doseText(one), weight(item.weight_kg, units, item.per_hand), reserve].filter(Boolean).join(" · ");
}

/** Steppers for what this set has: amount, weight, reps in reserve. `draft` always holds what they show. */
export function steppersOf(app, step, draft) {
  const item = step.item;
  const exercise = app.exercise(item.exercise);
  const unit = item.unit;
  const made = { all: [], onweight: () => {} };
  made.amount = stepper({
    label: amountLabel(unit), value: draft.amount, text: (value) => [String(value), rangeText(item, value)],
    less: (value) => lessAmount(value, unit), more: (value) => moreAmount(value, unit), change: (value) => { draft.amount = value; },
  });
  made.all.push(made.amount);
  if (hasWeight(item, exercise)) {
    const bare = !(exercise?.needs_weight ?? item.weight_kg !== null);
    const range = { owned: exercise?.weights_kg ?? [], bare, units: app.units };
    const change = (value) => { draft.weight_kg = value; made.onweight(); };
    made.openWeights = () => app.openWeights(item, draft.weight_kg, bare, (kg) => { change(kg); made.weight.set(kg); });
    made.weight = stepper({
      label: "Weight", value: draft.weight_kg, text: (kg) => weightShown(kg, app.units, item.per_hand),
      less: (kg) => stepWeight(kg, -1, range), more: (kg) => stepWeight(kg, 1, range), change, tap: made.openWeights,
    });
    made.all.push(made.weight);
  }
  if (draft.rir !== null) {
    made.rir = stepper({
      label: "In reserve", value: draft.rir, text: (value) => [plain(value), value === 1 ? "rep left" : "reps left"],
      less: lessRir, more: moreRir, change: (value) => { draft.rir = value; },
    });
    made.all.push(made.rir);
  }
  return made;
}

/** What stands beside the amount: the range it aims at, or its unit. */
function rangeText(item, value) {
  if (item.unit === "seconds" || item.low === item.high || item.to_last_good_rep) return amountShown(value, item.unit)[1];
  return `of ${item.low}–${item.high}`;
}

/** One cue in view, all of them a tap away; each round shows the next one. */
function cuesOf(exercise, step) {
  const cues = exercise?.cues ?? [];
  if (!cues.length) return h("p.cue");
  const first = cues[(step.round - 1) % cues.length];
  return h("details.cues", null, h("summary", null, h("span.cue", null, first), h("span.all", null, "How to do it")),
    h("div.how", null, h("p", null, exercise.setup), h("ul", null, cues.map((cue) => h("li", null, cue)))));
}

/** The countdown of a hold: get ready, then seconds, then the bell. */
function holdPanel(app, step) {
  const word = h("p.word");
  const number = h("p.count", { role: "timer" });
  const bar = h("div.drain", { "aria-hidden": "true" }, h("span"));
  const stop = button(".secondary", "Stop here", () => app.stopHold(step), { "data-main": true });
  const node = h("div.hold", { hidden: true }, word, number, bar, stop);
  function update(held, now, paused) {
    node.hidden = !held;
    if (!held) return;
    const at = paused ?? now;
    const ready = at < held.from;
    const left = secondsLeft(ready ? held.from : held.until, at);
    put(word, ready ? "Get ready" : "Hold");
    put(number, ready ? String(left) : clock(left));
    put(stop, ready ? "Not yet" : "Stop here");
    node.classList.toggle("getting", ready);
    const share = ready ? 1 : Math.max(0, Math.min(1, (held.until - at) / (held.amount * 1000)));
    bar.firstChild.style.transform = `scaleX(${share.toFixed(3)})`;
  }
  return { node, update };
}

/** The metronome's button: counts repetitions in the tempo asked for, and takes the count over when it stops. */
function tempoButton(app, step, steppers, draft) {
  let tell = () => {}, drawing = null;
  const words = h("span", null, "Tempo");
  const node = button(".secondary.tempo", [words, h("small", null, step.item.tempo)], flip,
    { "aria-pressed": "false", title: tempoText(step.item.tempo), "aria-label": `Tempo: ${tempoText(step.item.tempo)}` });
  function flip() {
    if (app.metronome.running) {
      const reps = stop();
      if (reps > 0) {
        draft.amount = reps;
        steppers.amount.set(reps);
      }
      return;
    }
    node.setAttribute("aria-pressed", "true");
    app.startTempo(step.item.tempo, (beat) => {
      tell(beat.rep ? `${beat.rep} · ${beat.word} ${beat.beat}` : `ready ${beat.beat}`);
      // the figure moves with the runner from the first repetition on
      if (beat.rep === 1 && beat.word === "lower" && beat.beat === 1) drawing?.seek?.(0);
    });
  }
  function stop() {
    node.setAttribute("aria-pressed", "false");
    tell("");
    return app.metronome.stop();
  }
  return { node, flip, stop, hear(run, figure) { tell = run; drawing = figure; } };
}
