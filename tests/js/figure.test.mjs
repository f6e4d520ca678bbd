// The figure in the browser draws what Python draws: same clip, same time, same numbers.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { drawFigure, framesOf, legTimes, pathsOf, poseAt, timeAt } from "../../src/midstance/web/static/player/figure.js";
import { pathOf } from "../../src/midstance/web/static/player/figure_shapes.js";

const VECTORS = JSON.parse(readFileSync(new URL("../data/vectors/figure.json", import.meta.url), "utf-8"));
const near = (a, b, says) => assert.ok(Math.abs(a - b) < 1e-6, `${says}: ${a} is not ${b}`);

for (const { clip, times, shapes, paths } of VECTORS) {
  test(`${clip.exercise} is drawn as in Python`, () => {
    times.forEach((time, k) => {
      const drawn = drawFigure(clip, time);
      assert.equal(drawn.length, shapes[k].length);
      drawn.forEach((shape, j) => {
        const [part, kind, width, points, count, sum] = shapes[k][j];
        const says = `${clip.exercise} at ${time}, shape ${j} (${part})`;
        assert.deepEqual([shape.part, shape.kind, shape.points.length], [part, kind, count], says);
        near(shape.width, width, says);
        points.forEach((point, i) => point.forEach((value, axis) => near(shape.points[i][axis], value, says)));
        assert.ok(Math.abs(shape.points.flat().reduce((a, b) => a + b, 0) - sum) < 1e-4, says);
      });
    });
    assert.equal(drawFigure(clip, times[1]).map(pathOf).join(""), paths[0]);
  });
}

test("neighbours of one part are one path", () => {
  const drawn = drawFigure(VECTORS[0].clip, 0);
  const joined = pathsOf(drawn);
  assert.ok(joined.length < drawn.length);
  assert.equal(joined.map((path) => path.d).join(""), drawn.map(pathOf).join(""));
});

test("a round ends where it began", () => {
  for (const { clip } of VECTORS) {
    const frames = framesOf(clip);
    const first = poseAt(clip, 0, frames), last = poseAt(clip, 1, frames);
    if (clip.exercise === "squat") continue; // the made-up one travels without walking
    for (const name of clip.joints) first[name].forEach((value, k) => assert.ok(Math.abs(value - last[name][k]) <= 12, name));
  }
});

test("a tempo changes the legs it names", () => {
  const { clip } = VECTORS[0];
  const legs = legTimes(clip, "5-0-2-0");
  assert.equal(legs[0], 5);
  assert.equal(legs[legs.length - 1], 2);
  assert.deepEqual(legTimes(clip, ""), clip.phase.map((phase) => phase.seconds));
  near(timeAt(clip, legs, 2.5), (clip.phase[0].start + clip.phase[0].seconds / 2) / clip.seconds, "middle of lowering");
  near(timeAt(clip, legs, 7), 0, "after a whole round");
});
