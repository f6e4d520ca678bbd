// The player's middle: steps, moves, events, timer, shortening, codes. Node's own runner, no packages.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { inflateRawSync } from "node:zlib";
import { encode, fileText, sha256, stored } from "../../src/midstance/web/static/player/code.js";
import { stepWeight } from "../../src/midstance/web/static/player/doses.js";
import { correction, draftOf, finishEvent, painEvent, retraction, setEvent } from "../../src/midstance/web/static/player/events.js";
import { beatAt, makeMetronome } from "../../src/midstance/web/static/player/metronome.js";
import { ruleOf } from "../../src/midstance/web/static/player/pain.js";
import { leaveOut } from "../../src/midstance/web/static/player/shorten.js";
import { here, initial, minutesOf, reduce, replay } from "../../src/midstance/web/static/player/state.js";
import { between, secondsOf, stepsOf, toDo } from "../../src/midstance/web/static/player/steps.js";
import { betterOf, setsText, summaryOf } from "../../src/midstance/web/static/player/summary.js";
import { makeTimer, secondsLeft } from "../../src/midstance/web/static/player/timer.js";
import { clock, doseText, itemText, spoken, weight } from "../../src/midstance/web/static/player/words.js";
import { brief, heavy, primer } from "./fixtures.mjs";

const T0 = Date.parse("2026-12-03T17:00:00Z");

/** Plays a session in memory: each call is a move, one second after the last one unless told. */
function playing(doc) {
  const moves = [];
  let state = initial(doc);
  let at = T0;
  const go = (fields, eventOf = null, after = 1000) => {
    at += after;
    const n = state.n + 1;
    const event = eventOf ? eventOf(state, at, n) : undefined;
    const move = { n, at, ...fields, ...(event ? { event } : {}) };
    const next = reduce(state, move);
    if (next !== state) moves.push(move);
    state = next;
    return event;
  };
  const set = (changes = {}) => {
    const step = here(state);
    return go({ do: "set", step: step.id }, (s, t, n) => setEvent(s, step, { ...draftOf(s, step), ...changes }, t, n));
  };
  const on = () => go({ do: "go", step: here(state)?.id });
  go({ do: "begin", play: "p00ff", date: "2026-12-03" });
  return { go, set, on, moves, get state() { return state; }, get at() { return at; } };
}

test("sets follow the superset round by round, the leading side first, the extra set last", () => {
  const ids = stepsOf(heavy().blocks).map((step) => step.id);
  assert.deepEqual(ids.slice(0, 12), ["warm-up/1/W1/left", "warm-up/1/W1/right", "warm-up/1/W2", "A/1/A1/left", "A/1/A1/right", "A/1/A2",
    "A/1/A3", "A/2/A1/left", "A/2/A1/right", "A/2/A2", "A/2/A3", "A/3/A1/left"]);
  assert.deepEqual(ids.slice(12), ["B/1/B1", "B/1/B2/right", "B/1/B2/left", "B/2/B1", "B/2/B2/right", "B/2/B2/left", "finisher/1/F1/left", "finisher/1/F1/right"]);
  assert.equal(new Set(ids).size, ids.length);
});

test("between sets lie rests after rounds, a change of side, a change-over", () => {
  const steps = stepsOf(heavy().blocks);
  const gap = (from, to) => between(steps.find((s) => s.id === from) ?? null, steps.find((s) => s.id === to));
  assert.deepEqual(gap("", "warm-up/1/W1/left"), { kind: "ready", seconds: 10 });
  assert.equal(gap("A/1/A1/left", "A/1/A1/right").kind, "switch");
  assert.equal(gap("A/1/A1/right", "A/1/A2").kind, "change");
  assert.deepEqual(gap("A/1/A3", "A/2/A1/left"), { kind: "rest", seconds: 90 });
  assert.equal(gap("warm-up/1/W2", "A/1/A1/left").kind, "change");
  assert.deepEqual(gap("B/2/B2/left", "finisher/1/F1/left"), { kind: "rest", seconds: 60 });
});

test("a whole session ends in the finish, and replaying its moves gives the same state at every point", () => {
  const play = playing(heavy());
  while (play.state.phase === "step") {
    play.on();
    play.set();
  }
  play.go({ do: "finish" }, (s, t, n) => finishEvent(s, { minutes: 24, rpe: 6, note: " good " }, t, n));
  assert.equal(play.state.phase, "summary");
  assert.equal(play.state.sets.length, 20);
  let walked = initial(heavy());
  play.moves.forEach((move, at) => {
    walked = reduce(walked, move);
    assert.deepEqual(replay(heavy(), play.moves.slice(0, at + 1)), walked);
  });
  assert.deepEqual(replay(heavy(), JSON.parse(JSON.stringify(play.moves))), play.state);
});

test("a late or doubled move changes nothing", () => {
  const play = playing(heavy());
  play.on();
  const step = here(play.state).id;
  play.set();
  const before = play.state;
  assert.equal(reduce(before, { n: 9, at: play.at, do: "set", step, event: {} }), before);
  assert.equal(reduce(before, { n: 9, at: play.at, do: "go", step }), before);
  assert.equal(reduce(before, { n: 9, at: play.at, do: "begin", play: "other", date: "" }), before);
  assert.equal(reduce(before, { n: 9, at: play.at, do: "nothing of the kind" }), before);
});

test("events carry exactly the contract's fields", () => {
  const play = playing(heavy());
  play.on();
  const warm = play.set();
  assert.deepEqual(warm, { key: "p00ff-3", play: "p00ff", session: "s-2026-12-03-1800", date: "2026-12-03", at: "2026-12-03T17:00:03.000Z",
    kind: "set", exercise: "leg-swing-bent-knee", amount: 10, unit: "reps", number: 1, side: "left", warm_up: true });
  play.set();
  play.set();
  play.go({ do: "pain", step: here(play.state).id }, (s, t, n) => painEvent(s, { area: "back", score: 2, side: "", exercise: "single-leg-deadlift" }, t, n));
  const work = play.set({ rir: 0 });
  assert.deepEqual([work.exercise, work.amount, work.weight_kg, work.rir, work.side, work.pain, work.number, work.warm_up], ["single-leg-deadlift", 6, 16, 0, "left", 2, 1, undefined]);
  assert.match(work.key, /^[a-z0-9-]{5,64}$/);
});

test("the second side and the next round are filled in from what was done", () => {
  const play = playing(brief());
  play.set({ amount: 8, weight_kg: 12 });
  assert.deepEqual(draftOf(play.state, here(play.state)), { amount: 8, weight_kg: 12, rir: 2 });
});

test("a correction carries the whole earlier set and takes its place; a second one carries both", () => {
  const play = playing(brief());
  const first = play.set();
  const second = play.go({ do: "correct" }, (s, t, n) => correction(s, first, { amount: 7, weight_kg: 12, rir: 1 }, t, n));
  assert.deepEqual(second.replaces, first);
  assert.deepEqual([second.amount, second.weight_kg, second.number, second.side], [7, 12, 1, "left"]);
  const third = play.go({ do: "correct" }, (s, t, n) => correction(s, second, { amount: 5, weight_kg: null, rir: null }, t, n));
  assert.equal(third.replaces.replaces.key, first.key);
  assert.equal("weight_kg" in third, false);
  assert.deepEqual(play.state.sets.map((set) => set.event), [third]);
  assert.equal(play.go({ do: "correct" }, (s, t, n) => correction(s, first, { amount: 1 }, t, n)) && play.state.sets[0].event, third);
});

test("a set taken back is gone, its number is not used again, and it can be done anew", () => {
  const play = playing(brief());
  const first = play.set();
  play.go({ do: "retract", again: true }, (s, t, n) => retraction(s, first, t, n));
  assert.equal(play.state.sets.length, 0);
  assert.equal(here(play.state).id, "A/1/A1/left");
  assert.equal(play.set().number, 2);
  play.go({ do: "retract", again: false }, (s, t, n) => retraction(s, s.sets[0].event, t, n));
  assert.equal(here(play.state).id, "A/1/A1/right");
});

test("a swap keeps what is done and gives the new exercise the place", () => {
  const play = playing(heavy());
  for (let i = 0; i < 4; i += 1) play.set();
  const swaps = heavy().exercises["single-leg-deadlift"].swaps;
  play.go({ do: "swap", block: "A", label: "A1", item: swaps[0].item });
  assert.equal(here(play.state).id, "A/1/A1/right");
  assert.equal(here(play.state).item.exercise, "kickstand-deadlift");
  assert.equal(play.set().weight_kg, 24);
  assert.equal(play.state.sets[3].event.exercise, "single-leg-deadlift");
});

test("a swap to an exercise of both legs asks for no round again that was done one-sided", () => {
  const play = playing(heavy());
  for (let i = 0; i < 5; i += 1) play.set();
  play.go({ do: "swap", block: "A", label: "A1", item: heavy().exercises["single-leg-deadlift"].swaps[1].item });
  assert.equal(here(play.state).id, "A/1/A2");
  assert.ok(toDo(play.state.steps, play.state.done).some((step) => step.id === "A/2/A1"));
});

test("rest ends by the clock, more is added, a pause stops it", () => {
  const play = playing(heavy());
  assert.equal(play.state.gap.until, play.at + 10000);
  play.go({ do: "more", seconds: 15 });
  assert.equal(play.state.gap.until, T0 + 1000 + 25000);
  play.go({ do: "pause" });
  play.go({ do: "resume" }, null, 60000);
  assert.equal(play.state.gap.until, T0 + 1000 + 25000 + 60000);
  assert.equal(play.state.paused, null);
});

test("a hold counts from its own start, and pausing moves its end", () => {
  const play = playing(primer());
  while (here(play.state).item.unit !== "seconds") play.set();
  play.on();
  play.go({ do: "hold", step: here(play.state).id, ready: 5, amount: 10 });
  assert.deepEqual([play.state.hold.from - play.at, play.state.hold.until - play.at], [5000, 15000]);
  play.go({ do: "pause" });
  play.go({ do: "resume" }, null, 2000);
  assert.equal(play.state.hold.from - play.at, 5000 - 1000);
});

test("a dead battery overnight does not become training time", () => {
  const play = playing(heavy());
  play.set();
  play.go({ do: "go", step: here(play.state).id }, null, 9 * 3600000);
  assert.ok(minutesOf(play.state) <= 16);
});

test("finishing early keeps what is done and can be taken back", () => {
  const play = playing(heavy());
  play.set();
  play.go({ do: "end" });
  assert.equal(play.state.phase, "finish");
  play.go({ do: "reopen" });
  assert.equal(here(play.state).id, "warm-up/1/W1/right");
  play.go({ do: "end" });
  const said = play.go({ do: "finish" }, (s, t, n) => finishEvent(s, { minutes: 3, rpe: 0, note: "" }, t, n));
  assert.deepEqual([said.rpe_cr10, said.minutes, said.session_kind, "note" in said], [0, 3, "heavy", false]);
  const again = play.go({ do: "finish" }, (s, t, n) => finishEvent(s, { minutes: 4, rpe: 2 }, t, n));
  assert.deepEqual(again.replaces, said);
});

test("shortening drops the finisher first, then later rounds, and fits", () => {
  const blocks = heavy().blocks;
  const all = secondsOf(stepsOf(blocks));
  const little = leaveOut(blocks, {}, all - 20);
  assert.ok(little.every((id) => id.startsWith("finisher")));
  for (const minutes of [20, 15, 10, 5]) {
    const out = leaveOut(blocks, {}, minutes * 60);
    const left = stepsOf(blocks).filter((step) => !out.includes(step.id));
    assert.ok(secondsOf(left) <= minutes * 60, `${minutes}: ${secondsOf(left)}`);
    assert.ok(minutes < 10 || left.some((step) => step.id === "A/1/A1/left"));
  }
  const out = leaveOut(blocks, {}, 15 * 60);
  assert.ok(out.includes("finisher/1/F1/left"));
  assert.ok(!out.includes("A/1/A1/left"));
});

test("shortening never takes the set in hand, nor one that is done", () => {
  const blocks = heavy().blocks;
  const steps = stepsOf(blocks);
  const done = Object.fromEntries(steps.slice(0, 5).map((step) => [step.id, "done"]));
  const out = leaveOut(blocks, done, 0, steps[5].id);
  assert.deepEqual(new Set(out), new Set(steps.slice(6).map((step) => step.id)));
});

test("leaving sets out during a rest keeps the rest's end", () => {
  const play = playing(heavy());
  for (let i = 0; i < 7; i += 1) play.set();
  assert.equal(play.state.gap.kind, "rest");
  const until = play.state.gap.until;
  play.go({ do: "skip", ids: ["A/2/A1/left", "A/2/A1/right"] });
  assert.equal(play.state.gap.until, until);
  assert.equal(here(play.state).id, "A/2/A2");
  play.go({ do: "skip", ids: toDo(play.state.steps, play.state.done).map((step) => step.id) });
  assert.equal(play.state.phase, "finish");
});

/** A clock whose timers run late while the phone sleeps. */
function fakeClock() {
  let now = T0, id = 0;
  const timers = new Map();
  return {
    now: () => now,
    later(run, ms) { timers.set(id += 1, { at: now + ms, run }); return id; },
    cancel: (one) => timers.delete(one),
    run(ms) {
      const end = now + ms;
      for (;;) {
        const due = [...timers].filter(([, t]) => t.at <= end).sort((a, b) => a[1].at - b[1].at)[0];
        if (!due) break;
        timers.delete(due[0]);
        now = Math.max(now, due[1].at);
        due[1].run();
      }
      now = end;
    },
    sleep(ms) { now += ms; },
  };
}

test("a countdown shows each second once and ends once", () => {
  const clock = fakeClock();
  const seen = [];
  const timer = makeTimer(clock, { second: (left) => seen.push(left), over: (late) => seen.push(`over ${late}`) });
  timer.start(clock.now() + 5000);
  clock.run(20000);
  assert.deepEqual(seen, [5, 4, 3, 2, 1, 0, "over 0"]);
});

test("a phone that slept shows the right second at once, or that it is over and how late", () => {
  const clock = fakeClock();
  const seen = [];
  const timer = makeTimer(clock, { second: (left) => seen.push(left), over: (late) => seen.push(`over ${late}`) });
  timer.start(clock.now() + 90000);
  clock.run(2000);
  clock.sleep(60000);
  timer.look();
  assert.equal(seen.at(-1), 28);
  clock.sleep(100000);
  timer.look();
  assert.deepEqual(seen.slice(-2), [0, "over 72000"]);
  clock.run(5000);
  assert.equal(seen.filter((one) => String(one).startsWith("over")).length, 1);
});

test("a countdown that is stopped says nothing more", () => {
  const clock = fakeClock();
  const seen = [];
  const timer = makeTimer(clock, { second: (left) => seen.push(left), over: () => seen.push("over") });
  timer.start(clock.now() + 3000);
  timer.stop();
  clock.run(9000);
  assert.deepEqual(seen, [3]);
  assert.equal(secondsLeft(1000, 1), 1);
});

test("the metronome knows repetition, phase and beat of a tempo", () => {
  assert.deepEqual(beatAt("3-1-1-0", 0), { rep: 1, word: "lower", beat: 1, of: 3 });
  assert.deepEqual(beatAt("3-1-1-0", 3.2), { rep: 1, word: "pause", beat: 1, of: 1 });
  assert.deepEqual(beatAt("3-1-1-0", 4.9), { rep: 1, word: "lift", beat: 1, of: 1 });
  assert.equal(beatAt("3-1-1-0", 5).rep, 2);
  assert.equal(beatAt("", 5), null);
  const clock = fakeClock();
  const heard = [];
  const metronome = makeMetronome(clock, (beat) => heard.push(`${beat.rep}${beat.word[0]}${beat.beat}`));
  metronome.start("2-0-1-0");
  clock.run(9100);
  assert.deepEqual(heard.slice(0, 9), ["0r3", "0r2", "0r1", "1l1", "1l2", "1l1", "2l1", "2l2", "2l1"]);
  assert.equal(metronome.stop(), 2);
});

test("the digest is SHA-256, and the code unpacks to the file with the right check", async () => {
  for (const size of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000]) {
    const bytes = Uint8Array.from({ length: size }, (_, at) => (at * 37) & 255);
    assert.equal(sha256(bytes), createHash("sha256").update(bytes).digest("hex"));
  }
  const text = fileText([{ key: "k-1", note: "süß 🏃" }]);
  const [mark, body, check] = (await encode(text)).split(".");
  assert.equal(mark, "MS1");
  assert.equal(inflateRawSync(Buffer.from(body, "base64url")).toString(), text);
  assert.equal(check, createHash("sha256").update(text).digest("hex").slice(0, 8));
  assert.deepEqual(JSON.parse(text), { format: "midstance-events/1", events: [{ key: "k-1", note: "süß 🏃" }] });
});

test("a browser without compression stores, and that unpacks too", () => {
  for (const size of [0, 1, 65535, 65536, 140000]) {
    const bytes = Uint8Array.from({ length: size }, (_, at) => at & 255);
    assert.deepEqual(new Uint8Array(inflateRawSync(stored(bytes))), bytes);
  }
});

test("whatever a runner does in whatever order, the session ends, and its replay is the same", () => {
  let seed = 7;
  const chance = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const pick = (all) => all[Math.floor(chance() * all.length)];
  for (let round = 0; round < 60; round += 1) {
    const doc = pick([heavy, primer, brief])();
    const play = playing(doc);
    for (let i = 0; i < 150 && play.state.phase !== "summary"; i += 1) {
      const step = here(play.state);
      const set = pick(play.state.sets.length ? play.state.sets : [null]);
      const acts = [() => play.go({ do: "go", step: step?.id }), () => step && play.state.phase === "step" && play.set(), () => step && play.set(),
        () => play.go({ do: "more", seconds: 15 }), () => play.go({ do: "pause" }), () => play.go({ do: "resume" }),
        () => play.go({ do: "hold", step: step?.id, ready: 5, amount: 20 }), () => play.go({ do: "let_go" }),
        () => step && play.go({ do: "skip", ids: [step.id] }), () => play.go({ do: "skip", ids: leaveOut(play.state.blocks, play.state.done, 600, step?.id) }),
        () => { const swaps = doc.exercises[step?.item.exercise]?.swaps ?? []; if (swaps.length) play.go({ do: "swap", block: step.block, label: step.item.label, item: pick(swaps).item }); },
        () => set && play.go({ do: "correct" }, (s, t, n) => correction(s, set.event, { amount: 5, weight_kg: null, rir: 1 }, t, n)),
        () => set && play.go({ do: "retract", again: chance() < 0.5 }, (s, t, n) => retraction(s, set.event, t, n)),
        () => chance() < 0.1 && play.go({ do: "end" }), () => play.go({ do: "reopen" }),
        () => play.state.phase === "finish" && play.go({ do: "finish" }, (s, t, n) => finishEvent(s, { minutes: minutesOf(s), rpe: 5 }, t, n))];
      pick(acts)();
    }
    assert.deepEqual(replay(doc, JSON.parse(JSON.stringify(play.moves))), JSON.parse(JSON.stringify(play.state)));
    const events = play.moves.map((move) => move.event).filter(Boolean);
    assert.equal(new Set(events.map((event) => event.key)).size, events.length);
    const first = events.filter((event) => event.kind === "set" && !event.replaces).map((event) => [event.exercise, event.side, event.number].join());
    assert.equal(new Set(first).size, first.length);
    assert.deepEqual(new Set(play.state.sets.map((set) => set.step)).size, play.state.sets.length);
  }
});

test("pain is judged by the document: score, then what stops earlier, then the tissue block's own scale", () => {
  const { pain } = heavy();
  assert.equal(ruleOf(pain, { area: "knee", score: 2 }).do, "continue");
  assert.equal(ruleOf(pain, { area: "knee", score: 4 }).do, "swap");
  assert.equal(ruleOf(pain, { area: "knee", score: 10 }).do, "stop");
  assert.equal(ruleOf(pain, { area: "shin", score: 1, tissue: "bone" }).do, "stop");
  assert.equal(ruleOf(pain, { area: "groin", score: 3 }).says, "Groin: stop.");
  assert.equal(ruleOf(pain, { area: "calf", score: 2, unit: "contacts" }).do, "stop");
  assert.equal(ruleOf(pain, { area: "achilles", score: 4, block: "T1" }).do, "continue");
  assert.equal(ruleOf(pain, { area: "achilles", score: 4, block: "A" }).do, "swap");
});

test("weights step along what is owned, and down to none only where that is possible", () => {
  const range = { owned: [8, 12, 16], bare: false, units: "metric" };
  assert.equal(stepWeight(12, 1, range), 16);
  assert.equal(stepWeight(16, 1, range), 16);
  assert.equal(stepWeight(8, -1, range), 8);
  assert.equal(stepWeight(10, 1, range), 12);
  assert.equal(stepWeight(10, -1, range), 8);
  assert.equal(stepWeight(20, -1, range), 16);
  assert.equal(stepWeight(20, 1, range), 20);
  assert.equal(stepWeight(8, -1, { ...range, bare: true }), null);
  assert.equal(stepWeight(null, 1, { ...range, bare: true }), 8);
  assert.equal(stepWeight(5, 1, { owned: [], bare: false, units: "metric" }), 7.5);
});

test("words name doses, weights and times as a runner says them", () => {
  assert.equal(itemText(heavy().blocks[1].items[0], "metric"), "6–8 reps a side · 16 kg");
  assert.equal(itemText(heavy().blocks[2].items[0], "metric"), "8–10 steps out and back · 2 × 16 kg");
  assert.equal(doseText(heavy().blocks[3].items[0]), "5 reps or more, to the last good one, a side");
  assert.equal(weight(16, "imperial"), "35.5 lb");
  assert.equal(weight(null, "metric"), "");
  assert.equal(clock(65), "1:05");
  assert.equal(spoken("6–8 reps · 2 × 16 kg · 30 s"), "6 to 8 reps, 16 kilos in each hand, 30 seconds");
});

test("the summary counts working sets, weight moved, both sides, and what was better than last time", () => {
  const play = playing(heavy());
  for (let i = 0; i < 6; i += 1) play.set();
  const sum = summaryOf(play.state);
  assert.deepEqual([sum.sets, sum.warm_up, sum.planned, sum.volume_kg, sum.sides], [3, 3, 17, 6 * 16 * 2 + 6 * 24, { left: 1, right: 1 }]);
  assert.equal(sum.exercises[1].better, "4 kg more than last time");
  assert.equal(betterOf([{ amount: 8, weight_kg: 16, unit: "reps" }], { sets: [{ amount: 7, weight_kg: 16 }] }), "1 rep more than last time");
  assert.equal(betterOf([{ amount: 8, unit: "reps" }], { says: "8" }), "");
  assert.equal(setsText([{ amount: 8, unit: "reps", weight_kg: 16, side: "left" }, { amount: 7, unit: "reps", weight_kg: 16, side: "right" }], "metric"), "L 8, R 7 reps · 16 kg");
});
