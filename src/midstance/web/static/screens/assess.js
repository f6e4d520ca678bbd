// Takes one side of a self-test: times a hold, counts to a beat, keeps the tries. What it finds goes into the form's own
// field, where the runner sees and may change it; without this module the number is typed.

import { button, h, put } from "../player/dom.js";
import { makeAwake, makeSound } from "../player/sound.js";
import { CLOCK } from "../player/timer.js";
import { READY_MS, beatAt, beatsBetween, bestOf, holdAt, restLeft, triesKept } from "./assess_timer.js";

const LOOK_MS = 50, AHEAD_MS = 1200, TEN_S = 10, MOST_TRIES = 20;
const KEPT = "midstance-tries";

/** @typedef {{kind: string, tries: number, rest: number, stopAt: number|null, less: boolean, beat: {bpm: number, aRep: number}|null, unit: string, side: string, key: string}} Test */

/** @param {HTMLFormElement} form @param {Test} test */
export function takeTest(form, test) {
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("value"));
  const save = /** @type {HTMLElement} */ (form.querySelector("[data-save]"));
  const name = document.querySelector("h1")?.textContent ?? "";
  const wish = { sound: true, count: true };
  const sound = makeSound({ on: () => wish.sound, vibrates: () => true });
  const awake = makeAwake();
  const start = button(".button.primary.big-go", "", run);
  const list = h("ol.tries", { "aria-label": "Tries so far" });
  const rest = h("p.rest", { role: "status" });
  const counts = test.beat && check("The beat counts for me", (on) => { wish.count = on; });
  let tries = kept(), restUntil = 0;

  form.querySelector("[data-stage]")?.append(start, h("div.switches", null, check("Sound", (on) => { wish.sound = on; }), counts), rest, list);
  form.addEventListener("midstance-try", (event) => took(/** @type {CustomEvent} */ (event).detail));
  form.addEventListener("submit", () => {
    form.querySelectorAll('[name="tries"]').forEach((one) => one.remove());
    // a number that was typed over is no longer the best of these
    if (tries.length > 1 && tries.length <= MOST_TRIES && bestOf(tries, test.less) === Number(field.value)) form.append(...tries.map((value) => h("input", { type: "hidden", name: "tries", value })));
  });
  show(tries.length > 0 && !field.value);
  setInterval(resting, 250);

  function kept() {
    try {
      return triesKept(localStorage.getItem(KEPT), test.key);
    } catch {
      return [];
    }
  }
  function keep() {
    try {
      localStorage.setItem(KEPT, JSON.stringify({ key: test.key, tries }));
    } catch { /* nothing to keep it in */ }
  }

  /** Take a try in; the best of all stands in the field. */
  function took(value) {
    tries.push(test.stopAt === null ? value : Math.min(value, test.stopAt));
    keep();
    const more = !enough();
    restUntil = more && test.rest ? CLOCK.now() + 1000 * test.rest : 0;
    show();
    (more ? start : save).focus();
  }
  /** Whether all tries are done, or one of them reached the end. */
  function enough() {
    return tries.length >= test.tries || (test.stopAt !== null && (bestOf(tries) ?? 0) >= test.stopAt);
  }
  /** @param {boolean} [fill] whether the field takes the best try, also over what was typed */
  function show(fill = true) {
    const best = bestOf(tries, test.less), over = enough();
    if (fill) field.value = String(best ?? "");
    const next = tries.length + 1;
    put(start, over ? "One more try" : test.tries > 1 ? `Start try ${next} of ${test.tries}` : "Start");
    start.classList.toggle("primary", !over);
    save.classList.toggle("primary", over);
    list.replaceChildren(...tries.map((value, at) => h(at === tries.indexOf(best ?? NaN) ? "li.best" : "li", null,
      h("span", null, `Try ${at + 1}`), h("b", null, `${value} ${test.unit}`),
      button(".button.quiet.small", "Leave out", () => { tries.splice(at, 1); keep(); show(); }, { "aria-label": `Leave out try ${at + 1}` }))));
    resting();
  }
  function resting() {
    const left = restLeft(restUntil, CLOCK.now());
    put(rest, left > 0 ? `Rest. The next try in about ${Math.ceil(left / 5) * 5} s, or when you feel ready.` : restUntil ? "Ready when you are." : "");
  }

  /** Open the stage over the page and run one try. */
  function run() {
    restUntil = 0;
    sound.wake();
    awake.on();
    const side = test.side ? `${test.side[0].toUpperCase()}${test.side.slice(1)} side` : name;
    const title = test.tries > 1 ? `${side}, try ${tries.length + 1}` : side;
    (test.kind === "seconds" ? holdRun : repsRun)({ title, test, sound, wish, done(value) {
      sound.hush();
      awake.off();
      if (value === null) start.focus();
      else took(value);
    } });
  }
}

/** A box to tick, on at first. */
function check(words, flip) {
  const box = h("input", { type: "checkbox", checked: true });
  box.addEventListener("change", () => flip(box.checked));
  return h("label.choice", null, box, words);
}

/** The stage: one number, one target as large as the screen, and what is rarely wanted below it. */
function stage({ title, press, foot = [], closed }) {
  const number = h("span.run-number", { "aria-hidden": "true" });
  const says = h("span.run-says");
  const beats = h("span.run-beats", { "aria-hidden": "true" });
  const target = button(".run-target", [number, beats, says], press);
  const node = h("dialog.run", { "aria-label": title }, h("p.run-head", null, title), target,
    h("div.run-foot", null, foot, button(".button.quiet.small", "Cancel", () => node.close())));
  node.addEventListener("keydown", (event) => {
    if (event.repeat && (event.key === " " || event.key === "Enter")) event.preventDefault();
  });
  node.addEventListener("close", () => {
    clearInterval(looking);
    node.remove();
    closed();
  });
  document.body.append(node);
  node.showModal();
  target.focus();
  let looking = 0;
  return {
    node, target, number, says, beats,
    look(every) {
      every();
      looking = setInterval(every, LOOK_MS);
    },
  };
}


function holdRun({ title, test, sound, done }) {
  const from = CLOCK.now() + READY_MS;
  let result = null, led = false, tens = 0;
  const on = stage({
    title, closed: () => done(result),
    press() {
      const { ready, held } = holdAt(from, CLOCK.now(), test.stopAt);
      if (ready) return;
      end(held);
    },
  });
  function end(held) {
    result = held;
    sound.bell();
    sound.shake([120, 80, 120]);
    on.node.close();
  }
  sound.leadTo(from, CLOCK.now());
  on.look(() => {
    const now = CLOCK.now();
    const { ready, held, over } = holdAt(from, now, test.stopAt);
    on.node.classList.toggle("going", !ready);
    put(on.number, ready ? String(ready) : String(held));
    put(on.says, ready ? "Get into position" : "Press when it ends: anywhere here, or the space bar");
    if (!ready && !led) {
      led = true;
      sound.shake(80);
    }
    if (Math.floor(held / TEN_S) > tens) {
      tens = Math.floor(held / TEN_S);
      sound.click(false);
    }
    if (over) end(held);
  });
}

function repsRun({ title, test, sound, wish, done }) {
  const from = CLOCK.now() + READY_MS;
  const beat = test.beat, byBeat = Boolean(beat) && wish.count;
  let result = null, more = 0, heard = -1;
  const fewer = button(".button.small", "One less", () => change(-1));
  const done_ = button(".button.small.primary", "Done", () => end());
  const on = stage({
    title, closed: () => done(result),
    foot: byBeat ? [fewer] : [fewer, done_],
    press() {
      if (CLOCK.now() < from) return;
      if (byBeat) end();
      else change(1);
    },
  });
  const dots = beat ? Array.from({ length: beat.aRep }, () => h("i")) : [];
  on.beats.append(...dots);

  function count() {
    return Math.max(0, more + (byBeat ? beatAt(beat, CLOCK.now() - from).reps : 0));
  }
  function change(by) {
    if (count() + by < 0) return;
    more += by;
    if (by > 0) sound.shake(20);
    on.target.focus();
    look();
  }
  function end() {
    result = count();
    sound.hush();
    sound.bell();
    on.node.close();
  }
  function look() {
    const now = CLOCK.now(), reps = count();
    const ready = Math.ceil((from - now) / 1000);
    on.node.classList.toggle("going", ready <= 0);
    put(on.number, ready > 0 ? String(ready) : String(reps));
    put(on.says, ready > 0 ? "Get into position" : byBeat ? "Press after the last good one: anywhere here, or the space bar"
      : "Press for each one: anywhere here, or the space bar");
    if (beat) {
      const { beat: at } = beatAt(beat, now - from);
      dots.forEach((dot, n) => dot.classList.toggle("on", n === at));
      for (const { at: due, strong } of beatsBetween(beat, heard, now - from + AHEAD_MS)) {
        if (from + due > now) sound.click(strong, (from + due - now) / 1000);
        heard = due;
      }
    }
    if (test.stopAt !== null && reps >= test.stopAt) end();
  }
  sound.leadTo(from, CLOCK.now());
  on.look(look);
}

const form = document.querySelector("[data-measure]");
if (form instanceof HTMLFormElement) {
  const { kind = "", tries, rest, stopAt, less, bpm, aRep, unit = "", side = "", key = "" } = form.dataset;
  if (kind === "seconds" || kind === "reps") {
    takeTest(form, {
      kind, tries: Number(tries), rest: Number(rest), stopAt: stopAt ? Number(stopAt) : null, less: Boolean(less),
      beat: Number(bpm) ? { bpm: Number(bpm), aRep: Number(aRep) } : null, unit, side, key,
    });
  }
}
