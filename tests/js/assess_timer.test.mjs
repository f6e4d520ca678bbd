// The clocks of the self-tests: from moments, whatever the page missed in between. Node's own runner, no packages.

import assert from "node:assert/strict";
import { test } from "node:test";
import { READY_MS, beatAt, beatsBetween, bestOf, holdAt, restLeft, triesKept } from "../../src/midstance/web/static/screens/assess_timer.js";

const T0 = Date.parse("2026-12-03T17:00:00Z");
const CALF = { bpm: 60, aRep: 2 };

test("a hold counts in, then counts up in whole seconds", () => {
  assert.deepEqual(holdAt(T0 + READY_MS, T0), { ready: 5, held: 0, over: false });
  assert.deepEqual(holdAt(T0 + READY_MS, T0 + READY_MS - 1), { ready: 1, held: 0, over: false });
  assert.deepEqual(holdAt(T0, T0), { ready: 0, held: 0, over: false });
  assert.equal(holdAt(T0, T0 + 12349).held, 12);
  assert.equal(holdAt(T0, T0 + 12_000).held, 12);
});

test("a hold that reaches its end is over, and counts as its end even when it is noticed late", () => {
  assert.deepEqual(holdAt(T0, T0 + 44999, 45), { ready: 0, held: 44, over: false });
  assert.deepEqual(holdAt(T0, T0 + 45000, 45), { ready: 0, held: 45, over: true });
  assert.deepEqual(holdAt(T0, T0 + 3_600_000, 45), { ready: 0, held: 45, over: true });
});

test("a repetition counts when its beats are over, and none counts before the first beat", () => {
  assert.deepEqual(beatAt(CALF, -1), { reps: 0, beat: -1 });
  assert.deepEqual(beatAt(CALF, 0), { reps: 0, beat: 0 });
  assert.deepEqual(beatAt(CALF, 1999), { reps: 0, beat: 1 });
  assert.deepEqual(beatAt(CALF, 2000), { reps: 1, beat: 0 });
  assert.deepEqual(beatAt(CALF, 61_500), { reps: 30, beat: 1 });
  assert.deepEqual(beatAt({ bpm: 46, aRep: 1 }, 60_000), { reps: 46, beat: 0 });
});

test("each beat is handed over exactly once, however unevenly the page looks", () => {
  const looks = [-5000, -900, -200, 40, 41, 700, 2600, 2650, 9000, 9001, 20000];
  let heard = -1;
  const all = [];
  for (const now of looks) {
    for (const beat of beatsBetween(CALF, heard, now + 1200)) {
      all.push(beat);
      heard = beat.at;
    }
  }
  assert.deepEqual(all.map((beat) => beat.at), Array.from({ length: 22 }, (_, n) => 1000 * n));
  assert.deepEqual(all.slice(0, 4).map((beat) => beat.strong), [true, false, true, false]);
});

test("beats that are no whole milliseconds apart are not lost or doubled either", () => {
  for (const bpm of [46, 92, 108, 130]) {
    let heard = -1, count = 0;
    for (let now = -1000; now <= 60_000; now += 37) {
      for (const beat of beatsBetween({ bpm, aRep: 2 }, heard, now)) {
        heard = beat.at;
        count += 1;
      }
    }
    assert.equal(count, Math.floor((59_978 * bpm) / 60_000) + 1, `${bpm} a minute`);
  }
});

test("of several tries the best one counts, which is the lowest where less is better", () => {
  assert.equal(bestOf([]), null);
  assert.equal(bestOf([12.3, 31, 8]), 31);
  assert.equal(bestOf([3, 1, 2], true), 1);
});

test("the rest that is left never falls below nothing", () => {
  assert.equal(restLeft(T0 + 30_000, T0), 30);
  assert.equal(restLeft(T0 + 30_000, T0 + 29_001), 1);
  assert.equal(restLeft(T0, T0 + 5000), 0);
});

test("kept tries come back for the same test, side and day, and never as anything but numbers", () => {
  const key = "balance-eyes-open-s left 2026-12-03";
  assert.deepEqual(triesKept(JSON.stringify({ key, tries: [12.3, 20] }), key), [12.3, 20]);
  assert.deepEqual(triesKept(JSON.stringify({ key, tries: [12.3, "20", null] }), key), [12.3]);
  assert.deepEqual(triesKept(JSON.stringify({ key: "another", tries: [1] }), key), []);
  for (const text of [null, "", "{", "7", '{"key": 1}', JSON.stringify({ key, tries: "9" })]) assert.deepEqual(triesKept(text, key), []);
});
