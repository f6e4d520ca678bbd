// The browser counts what Python counts: the same landmarks give the same angles, repetitions and times.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { HoldWatch, fitsHold } from "../../src/midstance/web/static/mirror/holds.js";
import { NAMES, angles } from "../../src/midstance/web/static/mirror/landmarks.js";
import { countSeen } from "../../src/midstance/web/static/mirror/rep_watch.js";
import { Counter, count } from "../../src/midstance/web/static/mirror/reps.js";

const { kept, cases } = JSON.parse(readFileSync(new URL("../data/vectors/mirror-reps.json", import.meta.url), "utf-8"));
const PLACE = Object.fromEntries(kept.map((name, k) => [name, k]));
const HIDDEN = { x: 0, y: 0, z: 0, visibility: 0 };

/** A series of the file, as the browser has it. */
function seriesOf({ times, frames }) {
  return { times, frames: frames.map((row) => NAMES.map((name) => {
    if (!(name in PLACE)) return HIDDEN;
    const [x, y, z, visibility] = row[PLACE[name]];
    return { x, y, z, visibility };
  })) };
}

/** Compare repetitions: times exactly, angles to one in a million. */
function same(got, want, name) {
  assert.equal(got.length, want.length, `${name}: number of repetitions`);
  want.forEach((rep, k) => {
    assert.deepEqual([got[k].startS, got[k].turnS, got[k].endS], [rep.start_s, rep.turn_s, rep.end_s], `${name}, ${k}`);
    for (const at of ["rest", "turn"]) assert.ok(Math.abs(got[k][at] - rep[at]) < 1e-6, `${name}, ${k}: ${at}`);
  });
}

for (const one of cases.filter((some) => some.hold)) {
  test(`a hold times itself: ${one.name}`, () => {
    const { times, frames } = seriesOf(one);
    const watch = new HoldWatch();
    const found = frames.map((frame, k) => watch.push(times[k], fitsHold(frame, one.hold, one.side)));
    const held = [...found, watch.finish()].filter((some) => some !== null);
    assert.deepEqual(held.map((some) => [some.startS, some.endS]), one.held.map((some) => [some.start_s, some.end_s]));
    assert.ok(held.length === 1 && held[0].seconds > 3);
  });
}

for (const one of cases.filter((some) => some.watched)) {
  test(`angles and repetitions: ${one.name}`, () => {
    const series = seriesOf(one);
    const values = angles(series, one.watched.angle);
    values.forEach((value, k) => {
      if (one.values[k] === null) assert.ok(Number.isNaN(value), `frame ${k}`);
      else assert.ok(Math.abs(value - one.values[k]) < 1e-6, `frame ${k}: ${value} is not ${one.values[k]}`);
    });
    same(count(series.times, values, one.watched), one.alone, "angle alone");
    same(countSeen(series, one.watched, one.side), one.reps, "whole body");
  });
}

test("the vectors hold movements that count and a body that does not", () => {
  assert.ok(cases.filter((one) => one.reps?.length >= 2).length >= 8);
  assert.equal(cases.find((one) => one.name === "idle").reps.length, 0);
});

test("a gap forgets the way under way", () => {
  const counter = new Counter(cases[0].watched);
  const { rest, turn } = cases[0].watched;
  for (let k = 0; k < 20; k += 1) counter.push(k / 20, rest + ((turn - rest) * k) / 20);
  assert.equal(counter.push(5, rest), null);
  assert.equal(counter.reps, 0);
  assert.equal(counter.phase, "rest");
});
