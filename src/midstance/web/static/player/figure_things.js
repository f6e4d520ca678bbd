// The ground and the things of a movement. Twin of motion/draw_props.py.

import { along, cross, minus, plus, ring, squareTo, unit } from "./figure_shapes.js";

/** @typedef {import("./figure_shapes.js").Place} Place */
/** @typedef {import("./figure_shapes.js").Shape} Shape */
/** @typedef {Record<string, Place>} Pose */
/** @typedef {[number, Shape[]]} Group how near, and its shapes in order */

/** @type {Place} */
const UP = [0, 0, 1];
const NEARER = 1, MARK = 400, LOW = 420;
const SHADOWS = [["hip", "knee"], ["knee", "ankle"], ["heel", "toe"], ["shoulder", "elbow"], ["elbow", "wrist"], ["wrist", "fingertip"]];

/** Draw the shadow of what is near the ground, and marks where the figure travels. @param {import("./figure_shapes.js").Pencil} pencil @param {Pose} pose @param {any} clip @param {number} time */
export function ground(pencil, pose, clip, time) {
  const pairs = ["left", "right"].flatMap((side) => SHADOWS.map(([a, b]) => [`${side} ${a}`, `${side} ${b}`]));
  pairs.push(["pelvis", "waist"], ["waist", "chest"], ["chest", "head"], ["head", "crown"]);
  /** @type {Shape[]} */
  const shapes = [];
  for (const [one, other] of pairs) {
    const a = pose[one], b = pose[other];
    if (a[2] < LOW && b[2] < LOW) {
      const rings = [a, b].map((place) => {
        const radius = 30 + 50 * (1 - Math.max(place[2], 0) / LOW);
        return ring([place[0], place[1], 0], [radius, 0, 0], [0, radius, 0]);
      });
      shapes.push(pencil.hull("shadow", [], rings));
    }
  }
  return [...marks(pencil, clip, time), ...shapes];
}

/** Draw marks on the ground that a figure passes, as far as they are seen. @returns {Shape[]} */
function marks(pencil, clip, time) {
  const [x, y] = clip.travel, [left, , right] = clip.camera.box;
  const way = Math.abs(x) >= Math.abs(y) ? x : y;
  const passed = (((way * time) % MARK) + MARK) % MARK;
  const shapes = [];
  for (let k = -6; way && k < 7; k += 1) {
    const at = k * MARK - passed;
    shapes.push(pencil.line("mark", way === x ? [[at, 420, 0], [at, 300, 0]] : [[-420, at, 0], [-300, at, 0]], 8));
  }
  return shapes.filter((shape) => shape.points.every((place) => left < place[0] && place[0] < right));
}

/** Draw every prop. @returns {Group[]} */
export function things(pencil, pose, clip, time) {
  return clip.props.flatMap((prop) => (prop.at.length ? [standing(pencil, prop)] : prop.ends.length ? [strung(pencil, pose, prop, time)] : held(pencil, pose, prop)));
}

/** @returns {Group} */
function standing(pencil, prop) {
  const [x, y] = prop.at, [length, width, height] = prop.size;
  if (prop.kind === "bar") {
    /** @type {Place[]} */
    const ends = [-1, 1].map((side) => [x, y + (side * width) / 2, height]);
    const posts = ends.map((end) => pencil.line("post", [end, [end[0], end[1], 0]], 16));
    return [-9000, [...posts, pencil.chain("prop", ends.map((end) => [end, 17]))]];
  }
  const corners = [0, height].map((z) => [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([a, b]) => [x + (a * length) / 2, y + (b * width) / 2, z]));
  if (prop.kind === "wall") return [-9900, [pencil.hull("wall", [], corners)]];
  if (prop.kind === "mat") return [-9950, [pencil.hull("mat", [], corners.slice(0, 1))]];
  return [pencil.depth([x, y, height / 2]) - 40, [pencil.hull("block", [], corners), pencil.hull("top", [], corners.slice(1))]];
}

/** @returns {Group} */
function strung(pencil, pose, prop, time) {
  let ends = prop.ends.map((end) => (typeof end === "string" ? pose[end] : end));
  if (prop.kind === "rope") ends = swung(pose, ends, time);
  const width = ({ towel: 30, stick: 18, rope: 8 }[prop.kind] ?? 14) * (prop.size[0] / 100);
  const shape = pencil.line(prop.kind === "towel" ? "towel" : "prop-line", ends, width);
  return [shape.depth, [shape]];
}

/** A skipping rope: an arc from hand to hand that goes round once in a repetition. @returns {Place[]} */
function swung(pose, ends, time) {
  const one = ends[0], other = ends[ends.length - 1];
  const reach = along(one, other, 0.5)[2] + 60 - Math.min(pose["left toe"][2], pose["right toe"][2], 0);
  const angle = 2 * Math.PI * time;
  /** @type {Place} */
  const way = [-Math.sin(angle) * reach, 0, Math.cos(angle) * reach];
  return Array.from({ length: 13 }, (_, k) => plus(along(one, other, k / 12), way, Math.abs(Math.sin((Math.PI * k) / 12)) ** 0.6));
}

/** @returns {Group[]} */
function held(pencil, pose, prop) {
  const places = prop.hold.map((name) => pose[name]);
  let middle = places[0];
  for (let k = 1; k < places.length; k += 1) middle = along(middle, places[k], 1 / (k + 1));
  const axis = axisOf(pose, prop, places), scale = prop.size[0] / 100;
  if (prop.kind === "barbell") return barbell(pencil, middle, axis);
  const shapes = prop.kind === "kettlebell" ? kettlebell(pencil, middle, axis, scale, prop.upright)
    : prop.kind === "dumbbell" ? dumbbell(pencil, middle, axis, scale, prop.upright)
      : prop.kind === "backpack" ? backpack(pencil, pose, middle, prop, places.length)
          : [pencil.line("prop-line", [plus(middle, axis, -500), plus(middle, axis, 500)], 18)];
  return [[pencil.depth(middle) - NEARER, shapes]];
}

/** Direction of the handle: along the fist, from hand to hand, or across the body. @returns {Place} */
function axisOf(pose, prop, places) {
  if (places.length === 2) return unit(minus(places[0], places[1]), [0, 1, 0]);
  if (places.length === 4) return unit(minus(along(places[0], places[1], 0.5), along(places[2], places[3], 0.5)), [0, 1, 0]);
  const low = ["hips", "left hip-front", "right hip-front"].includes(prop.hold[0]);
  const joint = low ? "hip" : "shoulder";
  return unit(minus(pose[`left ${joint}`], pose[`right ${joint}`]), [0, 1, 0]);
}

/** @returns {Shape[]} */
function kettlebell(pencil, grip, axis, scale, upright) {
  /** @type {Place} */
  const down = [0, 0, upright ? 1 : -1];
  const across = unit(squareTo(axis, UP), [0, 1, 0]);
  const bell = plus(grip, down, 118 * scale);
  const shoulder = plus(bell, down, -52 * scale);
  const handle = pencil.line("prop-line", [
    plus(shoulder, across, 62 * scale), plus(plus(grip, across, 52 * scale), down, 8 * scale),
    plus(grip, across, 34 * scale), plus(grip, across, -34 * scale),
    plus(plus(grip, across, -52 * scale), down, 8 * scale), plus(shoulder, across, -62 * scale),
  ], 22 * scale);
  const flat = plus(bell, down, 70 * scale);
  const ball = pencil.hull("prop", [[bell, 82 * scale], [plus(flat, across, 34 * scale), 12 * scale], [plus(flat, across, -34 * scale), 12 * scale]]);
  return [handle, ball];
}

/** A plate: a round thing of some thickness, square to an axis. @returns {Shape} */
function disc(pencil, part, centre, axis, radius, thick) {
  const one = unit(cross(axis, UP), [1, 0, 0]), other = cross(axis, one);
  /** @param {Place} a @param {number} by @returns {Place} */
  const times = (a, by) => [a[0] * by, a[1] * by, a[2] * by];
  return pencil.hull(part, [], [-0.5, 0.5].map((side) => ring(plus(centre, axis, side * thick), times(one, radius), times(other, radius))));
}

/** @returns {Shape[]} */
function dumbbell(pencil, grip, axis, scale, upright) {
  if (upright) {
    axis = UP;
    grip = plus(grip, UP, -70 * scale);
  }
  const handle = pencil.line("prop-line", [plus(grip, axis, -90 * scale), plus(grip, axis, 90 * scale)], 28);
  const heads = [-1, 1].map((side) => disc(pencil, "prop", plus(grip, axis, side * 104 * scale), axis, 58 * scale, 62 * scale));
  return [handle, ...heads.sort((a, b) => a.depth - b.depth)];
}

/** A bar and two plates, each at its own depth; one sees the body through the near plate. @returns {Group[]} */
function barbell(pencil, middle, axis) {
  const bar = pencil.line("prop-line", [plus(middle, axis, -780), plus(middle, axis, 780)], 26);
  const ends = [-1, 1].map((side) => plus(middle, axis, side * 640)).sort((a, b) => pencil.depth(a) - pencil.depth(b));
  const [far, near] = ["prop", "plate"].map((part, k) => disc(pencil, part, ends[k], axis, 120, 60));
  return [[far.depth, [far]], [pencil.depth(middle) - NEARER, [bar]], [near.depth, [near]]];
}

/** @returns {Shape[]} */
function backpack(pencil, pose, middle, prop, grips) {
  const chest = pose.chest;
  const across = unit(minus(pose["left girdle"], pose["right girdle"]), [0, 1, 0]);
  let up = unit(minus(pose.neck, pose.waist)), centre, away;
  if (grips >= 2 && !prop.upright) {
    centre = plus(middle, UP, -230);
    up = UP;
    away = unit(cross(across, up));
  } else {
    away = unit(squareTo(minus(middle, chest), up), [1, 0, 0]);
    centre = plus(plus(chest, away, 190), up, -30);
  }
  const balls = [];
  for (const a of [-1, 1]) for (const b of [-1, 1]) for (const c of [-1, 1]) balls.push([plus(plus(plus(centre, across, a * 92), up, b * 140), away, c * 34), 46]);
  return [pencil.line("prop-line", [plus(centre, up, 180), plus(centre, up, 225)], 20), pencil.hull("prop", balls)];
}
