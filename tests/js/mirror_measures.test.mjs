// The mirror measures in the browser what it measures in Python: same landmarks, same numbers, same words.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { NAMES } from "../../src/midstance/web/static/mirror/landmarks.js";
import { KINDS, frames, measure, measures, swayMeasures } from "../../src/midstance/web/static/mirror/measures.js";
import { stepDownFaults } from "../../src/midstance/web/static/mirror/quality.js";
import { sides, tempo } from "../../src/midstance/web/static/mirror/sides.js";
import { evenly, longestGap, lowPass, steady } from "../../src/midstance/web/static/mirror/smoothing.js";
import { sway } from "../../src/midstance/web/static/mirror/sway.js";
import { nearSide, viewOf } from "../../src/midstance/web/static/mirror/views.js";

const VECTORS = JSON.parse(readFileSync(new URL("../data/vectors/mirror-measures.json", import.meta.url), "utf-8"));
const HIDDEN = { x: 0, y: 0, z: 0, visibility: 0 };

/** A series of the file, as the browser has it. */
function seriesOf({ times, frames: rows }) {
  const place = Object.fromEntries(VECTORS.kept.map((name, k) => [name, k]));
  const all = rows.map((row) => NAMES.map((name) => {
    if (!(name in place)) return HIDDEN;
    const [x, y, z, visibility] = row[place[name]];
    return { x, y, z, visibility };
  }));
  return { times, frames: all };
}

/** Compare numbers to one in a million, everything else exactly. */
function same(got, want, says) {
  if (typeof want === "number" && typeof got === "number") {
    assert.ok(Math.abs(got - want) <= 1e-6 * Math.max(1, Math.abs(want)), `${says}: ${got} is not ${want}`);
  } else if (Array.isArray(want)) {
    assert.equal(got.length, want.length, says);
    want.forEach((one, k) => same(got[k], one, `${says}[${k}]`));
  } else assert.deepEqual(got, want, says);
}

const told = (found) => [found.id, found.side, found.value, found.low, found.high, found.reason];
const faultsTold = (found) => (typeof found === "string" ? found
  : [found.arm, found.trunk, found.pelvis, found.knee, found.stance, found.total, found.reading]);

test("the kinds are those of Python, word for word", () => {
  assert.deepEqual(Object.values(KINDS), VECTORS.kinds);
});

for (const one of VECTORS.cases) {
  test(`${one.name}: view, measures, faults and sway`, () => {
    const series = seriesOf(one), { expect } = one;
    assert.equal(viewOf(series), expect.view);
    assert.equal(nearSide(series), expect.near);
    same(measures(series).map(told), expect.measures, "measures");
    same(told(measure(series, "knee-inward", "right")), expect.one, "knee-inward");
    same(faultsTold(stepDownFaults(series, "right")), expect.faults, "faults");
    if (expect.sway.length) same(swayMeasures(series, "right").map(told), expect.sway, "sway");
  });
}

test("sway of plain paths", () => {
  for (const { path, rate, sway: want } of VECTORS.paths) {
    const got = sway(path, rate);
    same([got.pathPerS, got.rms, got.ellipseArea, got.meanFrequencyHz, got.seconds],
      [want.path_per_s, want.rms, want.ellipse_area, want.mean_frequency_hz, want.seconds], "sway");
  }
  assert.throws(() => sway([[0, 0]], 10), /too few/);
});

test("left against right", () => {
  for (const { id, left, right, sides: want } of VECTORS.sides) {
    const [one, two] = [left, right].map((value) => ({ id, value, error: KINDS[id].error, reason: "" }));
    const got = sides(one, two);
    same([got.difference, got.noiseBelow, got.noise, got.percent, got.weakerPercent, got.verdict],
      [want.difference, want.noise_below, want.noise, want.percent, want.weaker_percent, want.verdict], id);
  }
  const hidden = { id: "pelvic-drop", value: null, error: 4, reason: "Face the camera for this." };
  assert.equal(sides(hidden, { ...hidden, value: 3, reason: "" }), "Face the camera for this.");
  assert.throws(() => sides(hidden, { ...hidden, id: "squat-depth" }), /cannot be compared/);
});

test("tempo", () => {
  for (const { times, values, rep, tempo: want } of VECTORS.tempos) {
    const got = tempo(times, values.map((value) => value ?? NaN), { startS: rep.start_s, endS: rep.end_s, rest: rep.rest, turn: rep.turn });
    if (want === null) assert.equal(got, null);
    else same([got.awayS, got.pauseS, got.backS], [want.away_s, want.pause_s, want.back_s], "tempo");
  }
});

test("what is not there is not made up", () => {
  assert.deepEqual(evenly([0, 1], [NaN, NaN], 10), []);
  assert.ok(Number.isNaN(steady([0, 0.1, 0.2], [1, NaN, 3])[1]));
  assert.equal(longestGap([0, 1, 2, 3], [true, false, false, true]), 3);
  assert.equal(longestGap([0, 1], [false, false]), Infinity);
  assert.deepEqual(lowPass([1, 2, 3], 25, 2), [1, 2, 3]);
  assert.throws(() => measure({ times: [], frames: [] }, "no-such", "left"), /no measure/);
  assert.equal(measure({ times: [], frames: [] }, "knee-range", "left").reason, "Too short to measure.");
  assert.deepEqual(frames({ times: [], frames: [] }, "squat-depth", "left"), []);
});
