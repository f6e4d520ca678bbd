// What the mirror makes of the places that it sees: counts, seconds, angles, or a sentence why not; never a guess.

import assert from "node:assert/strict";
import { test } from "node:test";

import { INDEX, NAMES } from "../../src/midstance/web/static/mirror/landmarks.js";
import { KINDS } from "../../src/midstance/web/static/mirror/measures.js";
import { counted, measureWords, valueWords } from "../../src/midstance/web/static/mirror/result_words.js";
import { KEPT_S, Watching } from "../../src/midstance/web/static/mirror/watching.js";

const RATE = 25;
const SQUAT = {
  angle: "right knee", rest: 177, turn: 63, seconds: 3, ways: 1, least: 10, step: 0, frames_s: 5, who: "both", roams: 0, turns: 0,
  view: "side", held: {}, uncounted: "",
};
const PLANK = { kind: "posture", held: { trunk: 90 } };

/** A body side-on that squats so deep [0 to 1], in a square picture; the names hidden are not seen. */
function body(depth, hidden = []) {
  const bend = depth * 0.12;
  const places = { shoulder: [0.5, 0.25 + bend], hip: [0.5, 0.5 + bend], knee: [0.5 + bend, 0.68 + bend / 2], ankle: [0.5, 0.88], foot_index: [0.57, 0.9], heel: [0.48, 0.9] };
  return NAMES.map((name) => {
    const [x, y] = places[name.replace(/^(left|right)_/, "")] ?? [0.5, 0.2 + bend];
    return { x, y, z: name.startsWith("left") ? 0.1 : -0.1, visibility: hidden.some((one) => name.includes(one)) ? 0.1 : 0.95 };
  });
}

const seen = (frame) => ({ image: frame, world: frame });
const squats = (watching, count, hidden = []) => {
  const told = [];
  for (let k = 0; k <= count * 3 * RATE + RATE; k += 1) {
    const depth = k < count * 3 * RATE ? (1 - Math.cos((2 * Math.PI * k) / (3 * RATE))) / 2 : 0;
    told.push(watching.push(k / RATE, seen(body(depth, hidden)), 1));
  }
  return told;
};
const watching = (more = {}) => new Watching({ mode: "reps", side: "", watched: { watch: SQUAT, hold: null }, ...more });

test("repetitions are counted one by one, each told once, and measured at the end", () => {
  const one = watching();
  const told = squats(one, 3);
  assert.deepEqual(told.filter((now) => now.rep).map((now) => now.count), [1, 2, 3]);
  assert.deepEqual(told.filter((now) => now.words), []);
  const result = one.end();
  assert.equal(result.count, 3);
  assert.equal(result.found.length, 3);
  assert.match(result.says, /^3 reps\. /);
  assert.ok(result.measured.some((measure) => measure.value !== null));
});

test("a hidden far side does no harm; where both are hidden it is said and nothing is counted", () => {
  const near = watching();
  const told = squats(near, 2, ["right_knee", "right_ankle"]);
  assert.equal(near.end().count, 2);
  assert.deepEqual([...new Set(told.map((now) => now.words))], [""]);
  assert.ok(near.places.every((name) => name.startsWith("left")));
  const blind = watching();
  const words = squats(blind, 2, ["knee"]).map((now) => now.words);
  assert.ok(words.every((said) => /cannot see your (left|right) knee/.test(said)), words[0]);
  assert.equal(blind.end().count, 0);
});

test("a side that was named is the one that is asked for", () => {
  const left = watching({ side: "left" });
  left.push(0, seen(body(0, ["left_knee"])), 1);
  assert.deepEqual(left.places, ["left_hip", "left_knee", "left_ankle"]);
  assert.match(left.told.words, /left knee/);
});

test("nobody in the picture is said, and a pause drops what was under way", () => {
  const one = watching();
  assert.match(one.push(0, null, 1).words, /see nobody/);
  for (let k = 0; k < RATE; k += 1) one.push(1 + k / RATE, seen(body(k / RATE)), 1);
  one.pause();
  for (let k = 0; k < RATE; k += 1) one.push(2 + k / RATE, seen(body(1)), 1);
  assert.equal(one.end().count, 0);
});

test("a record that no camera can count says so and counts nothing", () => {
  for (const why of ["small", "walking"]) {
    const one = watching({ watched: { watch: { ...SQUAT, uncounted: why }, hold: null } });
    assert.match(one.told.words, /count it by hand/);
    squats(one, 2);
    assert.equal(one.end().count, 0);
  }
  assert.match(watching({ watched: null }).told.words, /nothing in this exercise/);
});

test("a hold is timed by itself, and the one under way counts at the end", () => {
  const lying = NAMES.map((name) => ({
    x: name.includes("shoulder") ? 0.3 : name.includes("hip") ? 0.6 : 0.8, y: 0.6, z: 0, visibility: 0.9,
  }));
  const one = watching({ mode: "hold", watched: { watch: null, hold: PLANK } });
  for (let k = 0; k <= 4 * RATE; k += 1) one.push(k / RATE, seen(lying), 1);
  assert.equal(one.told.number, 4);
  for (let k = 1; k <= 2 * RATE; k += 1) one.push(4 + k / RATE, seen(body(0)), 1);
  assert.equal(one.found.length, 1);
  for (let k = 1; k <= 2 * RATE; k += 1) one.push(7 + k / RATE, seen(lying), 1);
  const result = one.end();
  assert.deepEqual(result.found.map((hold) => Math.round(hold.seconds)), [4, 2]);
  assert.equal(result.says, "4 seconds held.");
});

test("a range shows how far the joint is bent now, and says what was measured", () => {
  const one = watching({ mode: "range" });
  assert.equal(one.told.number, null);
  squats(one, 1);
  one.push(10, seen(body(1)), 1);
  const bent = one.told.number;
  assert.ok(bent > 40 && bent < 120, String(bent));
  one.push(10.1, null, 1);
  assert.equal(one.told.number, bent);
  assert.match(one.end().says, /Thigh over level at the lowest: .*give or take 6°/);
});

test("what is kept for measuring is bounded, and holds no more than numbers of places", () => {
  const one = watching();
  for (let k = 0; k < (KEPT_S + 60) * 2; k += 1) one.push(k / 2, seen(body(0)), 1);
  const { times, frames } = one.series;
  assert.equal(times.length, frames.length);
  assert.ok(times.at(-1) - times[0] <= KEPT_S + 5);
  assert.deepEqual(Object.keys(frames[0][INDEX.nose]).sort(), ["visibility", "x", "y", "z"]);
});

test("values are said with how sure they are, and a reason stands where there is none", () => {
  const of = (id, value, more = {}) => ({ id, side: "right", unit: KINDS[id].unit, error: KINDS[id].error, value, reason: "", ...more });
  assert.equal(valueWords(of("squat-depth", -4.4)), "−4°, give or take 6°");
  assert.equal(measureWords([of("squat-depth", 12)], KINDS, "right knee"), "Thigh over level at the lowest: 12°, give or take 6°.");
  assert.equal(measureWords([of("squat-depth", null, { reason: "The knee was not seen well enough." })], KINDS, "right knee"),
    "The knee was not seen well enough.");
  assert.equal(measureWords([], KINDS, "legs"), "Too little was seen to measure.");
  const both = [of("knee-inward", 8), { ...of("knee-inward", 12), side: "left" }];
  assert.match(measureWords(both, KINDS, "right knee"), /, right: 8°.*, left: 12°/);
  assert.deepEqual([counted(1, "rep"), counted(2, "rep")], ["1 rep", "2 reps"]);
});
