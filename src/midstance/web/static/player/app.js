// Puts the player together: state and moves, views, clocks, sounds, keeping and sending. The only module that wires.

import { encode, fileText } from "./code.js";
import { Overtaken } from "./db.js";
import { button, h, icon, put } from "./dom.js";
import { correction, finishEvent, newPlay, painEvent, retraction, setEvent } from "./events.js";
import { mountFigure } from "./figure.js";
import { makeMetronome } from "./metronome.js";
import { correctSheet, helpSheet, menuSheet, painSheet, setsSheet, swapSheet, weightsSheet } from "./sheets.js";
import { makeAwake, makeSound } from "./sound.js";
import { makeSpeech } from "./speech.js";
import { after, here, initial, reduce, replay } from "./state.js";
import { makeTimer } from "./timer.js";
import { finishView, summaryView } from "./view_finish.js";
import { gapView } from "./view_gap.js";
import { setView } from "./view_set.js";
import { startView } from "./view_start.js";
import { blockName, count, itemText, localDate } from "./words.js";

const READY_S = 5;
const WISHES = { sound: true, voice: false, shake: true, flow: false };

/**
 * Make the player of one session.
 * @param {{root: HTMLElement, doc: any, keep: any, clock: import("./timer.js").Clock, queue: any|null,
 *   fileMode?: boolean, resume?: {play: string, moves: any[]}|null, wishes?: any, lost?: () => void}} parts
 */
export function makePlayer({ root, doc, keep, clock, queue, fileMode = false, resume = null, wishes = {}, lost = () => {} }) {
  let state = resume ? replay(doc, resume.moves) : initial(doc);
  let view = null, shown = "", line = Promise.resolve(), over = false, sending = { waiting: 0, refused: 0, problem: "", sending: false, says: [] };
  const unsaved = [];
  const wish = { ...WISHES, ...wishes };
  const still = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)");
  const sound = makeSound({ on: () => wish.sound, vibrates: () => wish.shake });
  const speech = makeSpeech({ on: () => wish.voice });
  const awake = makeAwake();
  const frame = makeFrame(root, doc, { pause: () => flipPause(), menu: () => app.openMenu(), fileMode });
  const timer = makeTimer(clock, { second: onSecond, over: onOver });
  let beatHeard = () => {};
  const metronome = makeMetronome(clock, (beat, strong) => {
    sound.click(strong);
    if (strong && beat.word === "lower" && beat.rep) speech.say(String(beat.rep));
    beatHeard(beat);
  });

  /**
   * Make a move: judged by the state machine, then kept with its event, then shown. One after the other.
   * @param {object} fields
   * @param {((state: any, at: number, n: number) => any)|null} [eventOf]
   */
  function act(fields, eventOf = null) {
    line = line.then(() => moved(fields, eventOf)).catch((error) => { trouble(error); });
    return line;
  }

  async function moved(fields, eventOf) {
    if (over) return;
    const at = clock.now();
    const n = state.n + 1;
    const event = eventOf ? eventOf(state, at, n) : null;
    const move = { n, at, ...fields, ...(event ? { event } : {}) };
    const next = reduce(state, move);
    if (next === state) return;
    await kept(next, move, event);
    state = next;
    render();
    if (event && queue) queue.flush();
  }

  /** Write a move before it counts; where the device refuses, go on and try again with the next one. */
  async function kept(next, move, event) {
    unsaved.push({ move, event });
    try {
      while (unsaved.length) {
        const one = unsaved[0];
        if (one.move.do === "begin") {
          await keep.begin({ play: next.play, session: doc.session.id, started_at: one.move.at }, one.move);
        } else await keep.move(next.play, one.move, one.event ? [one.event] : []);
        unsaved.shift();
      }
    } catch (error) {
      if (error instanceof Overtaken) throw error;
      frame.warn("This device cannot store right now. Keep this page open; it tries again with each step.");
    }
  }

  function trouble(error) {
    if (!(error instanceof Overtaken)) {
      frame.warn("Something went wrong in the player. What you did is kept; reload the page to go on.");
      console.error(error);
      return;
    }
    stop();
    lost();
  }

  /** Stop all clocks and sounds; the page steps back. */
  function stop() {
    over = true;
    timer.stop();
    sound.hush();
    speech.hush();
    awake.off();
    view?.figure?.stop?.();
    metronome.stop();
  }

  const viewKey = () => {
    const step = here(state);
    if (state.phase !== "step") return state.phase;
    if (state.gap) return `gap ${state.gap.since} ${state.gap.kind} ${step.id} ${step.item.exercise}`;
    return `set ${step.id} ${step.item.exercise}`;
  };

  /** Show the state: a new view where the step is new, else only what changed in it. */
  function render() {
    const key = viewKey() + (state.phase === "summary" || state.phase === "finish" ? state.n : "");
    if (key !== shown) change(key);
    frame.progress(state);
    frame.paused(state.paused !== null);
    if (state.paused === null) view.figure?.play?.();
    else view.figure?.pause?.();
    view.update(state, clock.now());
    clocks();
  }

  function change(key) {
    const first = shown === "";
    shown = key;
    if (view) {
      view.stop?.();
      view.figure?.stop?.();
    }
    metronome.stop();
    beatHeard = () => {};
    const kind = key.split(" ")[0];
    view = { start: startView, finish: finishView, summary: summaryView, gap: gapView }[kind.replace(/\d+$/, "")]?.(app)
      ?? setView(app, here(state));
    frame.show(view.node, state);
    if (!first || state.phase !== "start") frame.focus();
    announce(first);
    if (state.phase === "step") awake.on();
    if (state.phase === "summary" || state.phase === "finish") {
      awake.off();
      metronome.stop();
    }
  }

  /** Say what the new step is: to screen readers always, aloud where wished. */
  function announce(first) {
    const step = here(state);
    if (state.phase !== "step") {
      frame.say(state.phase === "finish" ? "How hard was it?" : "");
      if (state.phase === "finish" && !first) speech.say("Well done. How hard was it?");
      return;
    }
    const what = [app.name(step.item.exercise), step.side ? `${step.side} side` : "", itemText({ ...step.item, per_side: false }, app.units)].filter(Boolean).join(", ");
    if (!state.gap) {
      frame.say(what);
      return;
    }
    const kind = state.gap.kind;
    const text = { ready: `Get ready. First: ${what}`, rest: `Rest ${state.gap.seconds} seconds. Next: ${what}`,
      change: `Next: ${what}`, switch: `Switch sides: ${step.side}` }[kind];
    frame.say(text);
    if (!first) speech.say(text);
  }

  /** Set the countdown that the state asks for. */
  function clocks() {
    const until = state.paused !== null || over ? null : state.gap ? state.gap.until : state.hold
      ? (clock.now() < state.hold.from ? state.hold.from : state.hold.until) : null;
    if (until === null) {
      timer.stop();
      sound.hush();
      clocks.led = null;
      return;
    }
    if (clocks.led !== until) {
      clocks.led = until;
      sound.leadTo(until, clock.now());
    }
    timer.start(until);
  }

  function onSecond(left) {
    view?.update(state, clock.now());
    if (state.gap?.kind === "rest" && left === 10 && state.gap.seconds > 20) speech.say("Ten seconds");
    if (state.hold && !state.gap && clock.now() >= state.hold.from && state.hold.amount >= 20 && left === Math.round(state.hold.amount / 2)) speech.say("Half way");
  }

  function onOver() {
    sound.shake(state.hold && clock.now() < state.hold.until ? 80 : [120, 80, 120]);
    if (state.gap) leaveGap(true);
    else if (state.hold && clock.now() < state.hold.until - 50) {
      speech.say("Hold");
      render();
    } else if (state.hold) logHold(here(state), state.hold.amount);
  }

  async function leaveGap(byItself) {
    const step = here(state);
    const switched = state.gap?.kind === "switch";
    await act({ do: "go", step: step.id });
    if (byItself && step.item.unit === "seconds" && wish.flow && !state.gap && !state.hold) {
      await act({ do: "hold", step: step.id, ready: switched ? 0 : READY_S, amount: view.draft?.amount ?? step.item.low });
    }
  }

  /** Log a hold with the seconds held; the rest of its numbers are as shown. */
  function logHold(step, amount) {
    const held = { amount, weight_kg: app.holdDraft?.weight_kg ?? step.item.weight_kg ?? null, rir: null };
    return act({ do: "set", step: step.id }, (now, at, n) => setEvent(now, step, held, at, n));
  }

  function flipPause() {
    if (state.phase === "step") act({ do: state.paused === null ? "pause" : "resume" });
  }

  /** What views and sheets may see and do. */
  const app = {
    doc, fileMode, metronome, units: doc.units,
    get state() { return state; },
    exercise: (id) => doc.exercises[id] ?? null,
    name: (id) => doc.exercises[id]?.name ?? id,
    offers: (name) => (name === "voice" ? speech.can : name === "shake" ? Boolean(navigator.vibrate) : true),
    wish: (name) => wish[name],
    setWish(name, on) {
      wish[name] = on;
      keep.set("wishes", { ...wish }).catch(() => {});
      sound.wake();
      clocks.led = null;
      if (!on && name === "voice") speech.hush();
      if (state.phase === "step") clocks();
    },
    draw: (element, item, side, more) => drawn(element, item, side, more),
    begin(minutes) {
      sound.wake();
      const now = clock.now();
      return act({ do: "begin", play: newPlay(), date: localDate(now), ...(minutes ? { minutes } : {}) });
    },
    confirm(step, draft) {
      sound.wake();
      const counted = metronome.running ? metronome.stop() : 0;
      const values = { ...draft, amount: counted || draft.amount };
      sound.shake(30);
      return act({ do: "set", step: step.id }, (now, at, n) => setEvent(now, step, values, at, n));
    },
    startHold(step, draft) {
      sound.wake();
      app.holdDraft = draft;
      speech.say("Get ready");
      return act({ do: "hold", step: step.id, ready: READY_S, amount: draft.amount });
    },
    stopHold(step) {
      const held = state.hold && Math.floor((clock.now() - state.hold.from) / 1000);
      if (held === null) return null;
      return held < 1 ? act({ do: "let_go" }) : logHold(step, Math.min(held, state.hold.amount));
    },
    startTempo(tempo, hear) {
      sound.wake();
      beatHeard = hear;
      metronome.start(tempo);
    },
    skipRest: () => leaveGap(false),
    moreRest: (seconds) => act({ do: "more", seconds }),
    swap: (step, item) => act({ do: "swap", block: step.block, label: step.item.label, item }),
    skipSet: (step) => act({ do: "skip", ids: [step.id] }),
    skipExercise: (step) => app.leaveOut(state.steps.filter((one) => one.block === step.block && one.item.label === step.item.label).map((one) => one.id)),
    leaveOut: (ids) => act({ do: "skip", ids }),
    omitArea: (area) => app.leaveOut(state.steps.filter((step) => app.exercise(step.item.exercise)?.areas?.includes(area)).map((step) => step.id)),
    notePain: (values, step) => act({ do: "pain", step: step?.id ?? null }, (now, at, n) => painEvent(now, values, at, n)),
    correct: (earlier, values) => act({ do: "correct" }, (now, at, n) => correction(now, earlier, values, at, n)),
    retract: (earlier, again) => act({ do: "retract", again }, (now, at, n) => retraction(now, earlier, at, n)),
    endEarly: () => act({ do: "end" }),
    reopen: () => act({ do: "reopen" }),
    finish: (values) => act({ do: "finish" }, (now, at, n) => finishEvent(now, values, at, n)).then(() => keep.close(state.play, clock.now())).catch(() => {}),
    againFinish: () => {
      view = finishView(app);
      frame.show(view.node, state);
      frame.focus();
      shown = "finish again";
    },
    openSwap: () => swapSheet(app),
    openPain: () => painSheet(app),
    openMenu: () => menuSheet(app),
    openSets: () => setsSheet(app),
    openCorrect: (set) => correctSheet(app, set),
    openWeights: (item, kg, bare, pick) => weightsSheet(app, item, kg, bare, pick),
    openWeightsHere: () => view?.openWeights ?? null,
    showSending: (node) => showSending(node),
    handOver: () => handOver(),
  };

  function drawn(element, item, side, { small = false }) {
    const clip = doc.figures?.[item.exercise] ?? null;
    const made = clip ? mountFigure(element, clip, { side: side || null, playing: !still?.matches, tempo: item.tempo || null, reduced: Boolean(still?.matches), name: app.name(item.exercise) }) : null;
    if (!made) {
      element.classList.add("none");
      element.append(h("p", null, small ? "" : doc.exercises[item.exercise]?.setup ?? ""));
    }
    return made;
  }

  /** Where the result is: on this device, or in the diary. */
  async function showSending(node) {
    if (fileMode) {
      put(node, "Saved on this device. Hand it to your diary below.");
      return;
    }
    const all = await keep.sendings(state.play);
    const waiting = all.filter((one) => one.state === "waiting").length;
    const refused = all.filter((one) => one.state === "refused");
    const text = waiting ? `Saved on this device. ${count(waiting, "entry").replace("entrys", "entries")} still to send${sending.problem === "offline" ? "; that happens when the connection is back." : sending.problem === "door" ? "; open the app to pair this device." : "."}`
      : refused.length ? "" : "Saved in your diary.";
    node.replaceChildren(...[text ? h("p", null, h(`span.dot${waiting ? ".waits" : ""}`, { "aria-hidden": "true" }), text) : null,
      waiting ? button(".link", "Try now", () => queue.wake()) : null,
      ...sending.says.map((says) => h("p.noted", null, says)),
      ...refused.map((one) => h("p.refused", null, `The diary refused: ${one.says}${one.remedy ? `; ${one.remedy}` : ""}.`)),
      refused.length ? button(".link", "Offer it again", () => queue.retryRefused()) : null].filter(Boolean));
  }

  /** Without a server: the result as a file, or as a code to paste. */
  function handOver() {
    const events = keep.sendings(state.play).then((all) => all.map((one) => one.event));
    const code = h("textarea", { readonly: true, rows: "3", id: "code", "aria-label": "Code to paste" });
    events.then((all) => encode(fileText(all))).then((text) => { code.value = text; });
    const save = async () => {
      const link = h("a", { href: URL.createObjectURL(new Blob([fileText(await events)], { type: "application/json" })), download: `midstance-${state.date}.json` });
      link.click();
    };
    const copy = button(".secondary", "Copy the code", async () => {
      try {
        await navigator.clipboard.writeText(code.value);
        put(copy, "Copied");
      } catch {
        code.select();
        document.execCommand?.("copy");
      }
    });
    return h("div.handover", null, h("p", null, "Bring it into your diary: import the file, or paste the code on the Import screen."),
      button(".primary", "Save the result as a file", save, { "data-main": true }), code, copy);
  }

  function onKey(event) {
    if (over || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const typing = event.target.closest?.("textarea, input, select");
    if (typing) return;
    const pressable = event.target.closest?.("button, a, summary");
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const going = state.phase === "step";
    const run = view?.keys?.[key] ?? {
      s: going ? app.openSwap : null, p: app.openPain, m: app.openMenu, "?": helpSheet, k: flipPause, "+": () => app.moreRest(15),
      u: () => { if (state.sets.length) correctSheet(app, state.sets.at(-1)); },
      " ": pressable ? null : view?.confirm ?? (() => view.node.querySelector("[data-main]")?.click()),
      Enter: pressable ? null : view?.confirm ?? (() => view.node.querySelector("[data-main]")?.click()),
    }[key] ?? (view?.digits && /^\d$/.test(key) ? () => view.digits(Number(key)) : null);
    if (!run) return;
    event.preventDefault();
    run();
  }

  /** The first touch after a reload lets sounds through that were planned before. */
  function onTouch() {
    if (over || sound.awake) return;
    sound.wake();
    clocks.led = null;
    if (state.phase === "step") clocks();
  }

  document.addEventListener("pointerdown", onTouch);
  document.addEventListener("keydown", onTouch);
  document.addEventListener("keydown", onKey);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || over) return;
    clocks.led = null;
    timer.look();
    if (!over) render();
  });
  if (keep.where === "memory") frame.warn("This browser stores nothing. Leave this page open until the session is handed over.");
  // a hold that ended while the page was gone was not seen by anybody: the runner confirms it
  if (resume && state.hold && clock.now() > state.hold.until + 3000) act({ do: "let_go" });
  else render();
  if (!view) render();

  return {
    app, stop,
    /** The queue tells how sending goes. */
    news(told) {
      sending = told;
      frame.sending(told, fileMode);
      if (state.phase === "summary") view?.update(state, clock.now());
    },
    get state() { return state; },
    get next() { return after(state); },
  };
}

/** What stands around every view: the way out, progress, pause, menu, and where words for screen readers go. */
function makeFrame(root, doc, { pause, menu, fileMode }) {
  const bar = h("div.score", { role: "img" });
  const hold = button(".round", icon("pause"), pause, { "aria-label": "Pause", "aria-keyshortcuts": "k" });
  const more = button(".round", icon("more"), menu, { "aria-label": "Menu", "aria-keyshortcuts": "m" });
  const live = h("div.visually-hidden", { "aria-live": "polite" });
  const cloud = h("span.cloud", { role: "status" });
  const warning = h("p.warning", { role: "alert", hidden: true });
  const stage = h("main", { id: "stage" });
  const veil = h("section.veil", { hidden: true, "aria-label": "Paused" }, h("p", null, "Paused"), button(".primary", "Go on", pause));
  root.className = `player ${doc.session.kind}`;
  root.replaceChildren(
    h("header.top", null, fileMode ? h("span.round") : h("a.round", { href: "/today", "aria-label": "Leave the player; the session stays as it is" }, icon("close")),
      bar, cloud, hold, more), warning, stage, veil, live);
  let made = "";
  return {
    show(node, state) {
      root.dataset.phase = state.gap && state.phase === "step" ? "gap" : state.phase;
      hold.hidden = state.phase !== "step";
      more.hidden = state.phase === "start";
      stage.replaceChildren(node);
      stage.scrollTop = 0;
      globalThis.scrollTo?.(0, 0);
    },
    focus() {
      if (!document.querySelector("dialog[open]")) stage.querySelector("h1")?.focus({ preventScroll: true });
    },
    say: (text) => put(live, text),
    warn(text) {
      warning.hidden = false;
      put(warning, text);
    },
    sending(told, file) {
      put(cloud, file || (!told.waiting && !told.refused) ? "" : told.refused ? `${told.refused} refused` : told.problem === "offline" ? "offline" : "");
    },
    paused(is) {
      root.classList.toggle("paused", is);
      if (veil.hidden === is) {
        veil.hidden = !is;
        if (is) veil.querySelector("button").focus();
      }
      stage.inert = is;
      hold.setAttribute("aria-label", is ? "Go on" : "Pause");
    },
    progress(state) {
      const key = state.steps.map((step) => step.id).join();
      if (key !== made) {
        made = key;
        let block = "";
        bar.replaceChildren(...state.steps.map((step) => {
          const first = step.block !== block && block !== "";
          block = step.block;
          return h(`span${first ? ".gap" : ""}`);
        }));
      }
      const now = here(state)?.id;
      state.steps.forEach((step, at) => {
        bar.children[at].dataset.is = state.done[step.id] ?? (step.id === now && state.phase !== "start" ? "now" : "");
      });
      const done = Object.keys(state.done).length;
      bar.setAttribute("aria-label", `${done} of ${count(state.steps.length, "set")} done${now ? `, in ${blockName(here(state).block)}` : ""}`);
    },
  };
}
