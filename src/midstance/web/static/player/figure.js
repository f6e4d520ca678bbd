// The moving figure: a clip and a time become shapes, and shapes an animated drawing. Twin of motion/camera.py, draw.py.

import { Pencil, along, cross, minus, pathOf, plus, ring, squareTo, swollen, unit } from "./figure_shapes.js";
import { ground, things } from "./figure_things.js";

/** @typedef {import("./figure_shapes.js").Place} Place */
/** @typedef {import("./figure_shapes.js").Shape} Shape */
/** @typedef {{says: string, first: number, last: number, start: number, seconds: number, marks: number[], even: boolean}} Phase */
/** @typedef {{name: string, joints: string[], frames: number[][], phase: Phase[], seconds: number, travel: number[], props: any[], camera: {yaw: number, pitch: number, box: number[]}, far: string, holds: boolean, stills: number[]}} Clip */

const NAMESPACE = "http://www.w3.org/2000/svg";
const GAP = 40;
/** @type {Place} */
const ORIGIN = [0, 0, 0];
/** @type {[string, string, number, number, number, number, number][]} rings of the trunk, see motion/draw.py */
const RINGS = [
  ["pelvis", "lumbar", -0.62, 104, 52, 70, 0], ["pelvis", "lumbar", -0.05, 150, 70, 108, 0],
  ["pelvis", "lumbar", 0.62, 149, 82, 86, 0.1], ["lumbar", "waist", 0.25, 138, 92, 66, 0.3],
  ["waist", "chest", 0.05, 136, 98, 74, 0.6], ["waist", "chest", 0.75, 152, 104, 88, 0.9],
  ["chest", "neck", 0.3, 156, 98, 92, 1], ["chest", "neck", 0.72, 128, 72, 82, 1], ["chest", "neck", 0.98, 62, 44, 56, 1],
];
const SEAM = 2;
// Where no stylesheet says otherwise; figure.css has the tones of both themes.
const FILLS = {
  skin: "#3c5d70", "skin near": "#3c5d70", "skin far": "#a9bac4", shirt: "#6b8fa3", "shirt near": "#5f8498", "shirt far": "#bccad2",
  shorts: "#22394a", "shorts near": "#22394a", "shorts far": "#8a9daa", "shoe near": "#14222c", "shoe far": "#75889a", hair: "#14222c",
  prop: "#d9602b", plate: "#d9602b", "prop-line": "#b84d1f", towel: "#e3a07f", block: "#d3c7b0", top: "#e4dac7", wall: "#ebe5d8", mat: "#ebe5d8",
  post: "#d3cabb", shadow: "#e2dccf", mark: "#c9c0b0",
};

/** Share of the way at a share of the time (minimum jerk). @param {number} share */
export const eased = (share) => share * share * share * (10 + share * (6 * share - 15));

/** Add up the differences: absolute places of all frames. @param {Clip} clip @returns {number[][]} */
export function framesOf(clip) {
  const found = [[...clip.frames[0]]];
  for (const step of clip.frames.slice(1)) {
    const before = found[found.length - 1];
    found.push(step.map((change, k) => before[k] + change));
  }
  return found;
}

/** Find the leg of the repetition at a time. @param {Clip} clip @param {number} seconds */
function phaseAt(clip, seconds) {
  return clip.phase.find((phase) => seconds < phase.start + phase.seconds) ?? clip.phase[clip.phase.length - 1];
}

/** Curve through the frames of a leg. @param {number[][]} frames @param {Phase} phase @param {number} way */
function frameAt(frames, { marks, first }, way) {
  const last = marks.length - 1;
  if (last === 0) return frames[first];
  let k = 0;
  while (k < last - 1 && way > marks[k + 1]) k += 1;
  const span = marks[k + 1] - marks[k], u = (way - marks[k]) / span;
  const a = frames[first + k], b = frames[first + k + 1];
  const before = k > 0 ? frames[first + k - 1] : a, after = k + 2 <= last ? frames[first + k + 2] : b;
  const back = k > 0 ? marks[k + 1] - marks[k - 1] : span, ahead = k + 2 <= last ? marks[k + 2] - marks[k] : span;
  const h1 = u * (1 - u) * (1 - u), h2 = u * u * (u - 1), h3 = u * u * (3 - 2 * u);
  return a.map((from, j) => from + (b[j] - from) * h3 + (((b[j] - before[j]) * span) / back) * h1 + (((after[j] - from) * span) / ahead) * h2);
}

/**
 * Find where the joints are at a share of the repetition.
 * @param {Clip} clip @param {number} time 0 to 1 @param {number[][]} frames
 * @returns {Record<string, Place>} [mm], seen by a camera that keeps up with a figure that travels
 */
export function poseAt(clip, time, frames) {
  const seconds = Math.min(Math.max(time, 0), 1) * clip.seconds;
  const phase = phaseAt(clip, seconds);
  const share = phase.seconds ? Math.min(Math.max((seconds - phase.start) / phase.seconds, 0), 1) : 0;
  const values = frameAt(frames, phase, phase.even ? share : eased(share));
  const [dx, dy] = clip.travel.map((way) => way * time);
  /** @type {Record<string, Place>} */
  const pose = {};
  clip.joints.forEach((name, k) => {
    pose[name] = [values[3 * k] - dx, values[3 * k + 1] - dy, values[3 * k + 2]];
  });
  return pose;
}

/**
 * Draw a clip at a share of the repetition: shapes, the farthest first, in mm on the screen.
 * @param {Clip} clip @param {number} time @param {{frames?: number[][]}} [options]
 * @returns {Shape[]}
 */
export function drawFigure(clip, time, options = {}) {
  const pose = poseAt(clip, time, options.frames ?? framesOf(clip));
  const pencil = new Pencil(clip.camera.yaw, clip.camera.pitch);
  /** @type {[number, Shape[]][]} */
  const groups = [trunk(pencil, pose), head(pencil, pose)];
  for (const side of ["left", "right"]) {
    const tone = side === clip.far ? "far" : "near";
    groups.push(leg(pencil, pose, side, tone), arm(pencil, pose, side, tone));
  }
  groups.push(...things(pencil, pose, clip, time));
  groups.sort((a, b) => a[0] - b[0]);
  return [...ground(pencil, pose, clip, time), ...groups.flatMap((group) => group[1])];
}

/** @returns {[number, Shape[]]} */
function trunk(pencil, pose) {
  const hips = unit(minus(pose["left hip"], pose["right hip"]), [0, 1, 0]);
  const girdle = unit(minus(pose["left girdle"], pose["right girdle"]), [0, 1, 0]);
  const cuts = RINGS.map(([low, high, share, wide, front, back, turned]) => {
    const up = unit(minus(pose[high], pose[low]));
    const across = unit(squareTo(plus(hips, minus(girdle, hips), turned), up), [0, 1, 0]);
    const ahead = cross(across, up);
    const centre = plus(along(pose[low], pose[high], share), ahead, (front - back) / 2);
    return [centre, plus(ORIGIN, across, wide), plus(ORIGIN, ahead, (front + back) / 2)];
  });
  const rings = rounded(cuts).map(([centre, one, other]) => ring(centre, one, other));
  const shapes = [];
  for (let k = 0; k + 1 < rings.length; k += 1) shapes.push(pencil.hull(k < 2 * SEAM ? "shorts" : "shirt", [], [rings[k], rings[k + 1]]));
  const { neck, chest } = pose;
  const up = unit(minus(pose.crown, pose.head));
  const throat = pencil.chain("skin", [[along(neck, pose.head, 0.1), 47], [plus(pose.head, up, 20), 46]]);
  for (const side of ["left", "right"]) {
    shapes.push(pencil.hull("shirt", [[along(neck, chest, 0.12), 54], [along(pose[`${side} shoulder`], chest, 0.06), 44], [along(chest, pose.waist, 0.1), 70]]));
  }
  return [pencil.depth(pose.pelvis, chest), [throat, ...shapes]];
}

/** Put one more ring between two, on a curve through the neighbours. @param {Place[][]} cuts */
function rounded(cuts) {
  const found = [cuts[0]];
  for (let k = 0; k + 1 < cuts.length; k += 1) {
    const p = cuts[Math.max(k - 1, 0)], q = cuts[k], r = cuts[k + 1], s = cuts[Math.min(k + 2, cuts.length - 1)];
    found.push([0, 1, 2].map((j) => plus(plus(plus(plus(ORIGIN, q[j], 0.5625), r[j], 0.5625), p[j], -0.0625), s[j], -0.0625)), r);
  }
  return found;
}

/** @returns {[number, Shape[]]} */
function head(pencil, pose) {
  const base = pose.head;
  const up = unit(minus(pose.crown, base));
  const ahead = unit(squareTo(minus(pose.nose, base), up), [1, 0, 0]);
  const at = (forward, above) => plus(plus(base, ahead, forward), up, above);
  const face = pencil.hull("skin", [[at(-2, 106), 80], [at(36, 42), 47], [at(64, 102), 22]]);
  const nose = pencil.hull("skin", [[at(76, 88), 12], [at(94, 68), 10], [at(74, 60), 12]]);
  const pole = unit(plus(plus(ORIGIN, ahead, -0.74), up, 0.67));
  return [pencil.depth(base, pose.crown), [nose, face, pencil.cap("hair", at(-6, 110), 88, pole, 4)]];
}

/** @returns {[number, Shape[]]} */
function leg(pencil, pose, side, tone) {
  const [hip, knee, ankle, heel, ball, toe] = ["hip", "knee", "ankle", "heel", "ball", "toe"].map((joint) => pose[`${side} ${joint}`]);
  const shank = unit(minus(ankle, knee));
  const behind = unit(squareTo(minus(heel, ball), shank), [0, 0, 0]);
  const calf = plus(along(knee, ankle, 0.28), behind, 14);
  const limb = pencil.chain(`skin ${tone}`, swollen([
    [hip, 78], [along(hip, knee, 0.35), 76], [along(hip, knee, 0.8), 55], [knee, 49], [calf, 53], [along(knee, ankle, 0.7), 35], [ankle, 29],
  ]));
  const shorts = pencil.chain(`shorts ${tone}`, [[hip, 84], [along(hip, knee, 0.2), 85], [along(hip, knee, 0.48), 77]]);
  const across = unit(cross(minus(ankle, heel), minus(ball, heel)), [0, 1, 0]);
  const sole = unit(cross(minus(ball, heel), across));
  /** @type {[Place, number][]} */
  const balls = [[plus(ball, across, 20), 21], [plus(ball, across, -20), 21]];
  const shoe = pencil.hull(`shoe ${tone}`, [[plus(heel, sole, -2), 29], [plus(along(ankle, heel, 0.2), sole, 4), 35], ...balls]);
  const toes = pencil.hull(`shoe ${tone}`, [...balls, [plus(toe, across, 14), 17], [plus(toe, across, -14), 17]]);
  return [pencil.depth(hip, knee, knee, ankle), [limb, shorts, shoe, toes]];
}

/** @returns {[number, Shape[]]} */
function arm(pencil, pose, side, tone) {
  const [shoulder, elbow, wrist, knuckle, tip, thumb] = ["shoulder", "elbow", "wrist", "knuckle", "fingertip", "thumb"].map((joint) => pose[`${side} ${joint}`]);
  const limb = pencil.chain(`skin ${tone}`, swollen([
    [along(shoulder, elbow, 0.2), 42], [along(shoulder, elbow, 0.5), 41], [elbow, 33], [along(elbow, wrist, 0.28), 36], [along(elbow, wrist, 0.75), 25], [wrist, 21],
  ]));
  const sleeve = pencil.chain(`shirt ${tone}`, swollen([[along(shoulder, elbow, 0.03), 47], [along(shoulder, elbow, 0.2), 49], [along(shoulder, elbow, 0.48), 43]]));
  const sideOf = unit(squareTo(minus(thumb, wrist), unit(minus(knuckle, wrist))), [1, 0, 0]);
  const hand = pencil.hull(`skin ${tone}`, [[wrist, 20], [plus(knuckle, sideOf, 17), 15], [plus(knuckle, sideOf, -21), 13], [plus(tip, sideOf, 6), 10], [plus(tip, sideOf, -9), 9]]);
  const finger = pencil.chain(`skin ${tone}`, [[along(wrist, thumb, 0.3), 17], [thumb, 10]]);
  return [pencil.depth(shoulder, elbow, elbow, wrist), [limb, sleeve, hand, finger]];
}

/** Join neighbours of one part into one path, so that no seam shows. @param {Shape[]} shapes */
export function pathsOf(shapes) {
  /** @type {{part: string, line: boolean, width: number, d: string}[]} */
  const found = [];
  for (const shape of shapes) {
    const last = found[found.length - 1], line = shape.kind === "line";
    if (last && last.part === shape.part && last.line === line && last.width === shape.width) last.d += pathOf(shape);
    else found.push({ part: shape.part, line, width: shape.width, d: pathOf(shape) });
  }
  return found;
}

/** @param {string} name @param {Record<string, string | number>} attributes */
function made(name, attributes) {
  const node = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  return node;
}

/** Show shapes in a group, with the elements that are there. @param {Element} group @param {Shape[]} shapes */
function show(group, shapes) {
  const paths = pathsOf(shapes);
  paths.forEach(({ part, line, width, d }, k) => {
    const node = group.children[k] ?? group.appendChild(made("path", {}));
    const classes = part.split(" ").map((word) => `fg-${word}`).join(" ") + (line ? " fg-line" : "");
    if (node.getAttribute("class") !== classes) {
      for (const name of node.getAttributeNames()) node.removeAttribute(name);
      node.setAttribute("class", classes);
      node.setAttribute(line ? "stroke" : "fill", FILLS[part]);
      if (part === "plate") node.setAttribute("fill-opacity", "0.72");
      if (line) for (const [key, value] of Object.entries({ fill: "none", "stroke-linecap": "round", "stroke-linejoin": "round" })) node.setAttribute(key, value);
    }
    if (line) node.setAttribute("stroke-width", String(width));
    node.setAttribute("d", d);
  });
  while (group.children.length > paths.length) group.lastElementChild?.remove();
}

/**
 * Give the legs of a repetition the times of a tempo: lowering-pause-lifting-pause.
 * @param {Clip} clip @param {string | null | undefined} tempo @returns {number[]} seconds of each leg
 */
export function legTimes(clip, tempo) {
  const wanted = /^\d+(-\d+){3}$/.test(tempo ?? "") ? String(tempo).split("-").map(Number) : null;
  const own = clip.phase.map((phase) => phase.seconds);
  if (!wanted || !clip.phase.some((phase) => phase.says === "lowering")) return own;
  const rounds = clip.alternating ? 2 : 1;
  const whole = { lowering: 0, lifting: 0 };
  for (const phase of clip.phase) if (phase.says in whole) whole[phase.says] += phase.seconds;
  let before = "";
  return clip.phase.map((phase) => {
    if (phase.says in whole) {
      before = phase.says;
      return (phase.seconds * Math.max(wanted[before === "lowering" ? 0 : 2], 0.3) * rounds) / whole[before];
    }
    return phase.says === "pause" ? wanted[before === "lowering" ? 1 : 3] : phase.seconds;
  });
}

/** Share of the repetition after some seconds, when its legs take other times than in the clip. @param {Clip} clip @param {number[]} legs @param {number} seconds */
export function timeAt(clip, legs, seconds) {
  const whole = legs.reduce((sum, leg) => sum + leg, 0);
  let rest = whole > 0 ? seconds % whole : 0;
  for (let k = 0; k < legs.length; k += 1) {
    const phase = clip.phase[k];
    if (rest < legs[k]) return (phase.start + (rest / legs[k]) * phase.seconds) / clip.seconds;
    rest -= legs[k];
  }
  return 0;
}

/**
 * Put a figure into an element and let it move.
 * @param {Element} element
 * @param {Clip} clip
 * @param {{side?: string | null, playing?: boolean, tempo?: string | null, reduced?: boolean, name?: string}} [options]
 *   side that works (clips are drawn for the right one); whether it moves; tempo; whether only its poses are shown
 * @returns {{play: () => void, pause: () => void, stop: () => void, turn: (side: string) => void, seek: (seconds: number) => void}}
 */
export function mountFigure(element, clip, options = {}) {
  const frames = framesOf(clip);
  const [left, top, right, bottom] = clip.camera.box;
  const wide = right - left, high = bottom - top;
  const reduced = options.reduced ?? (typeof matchMedia === "function" && matchMedia("(prefers-reduced-motion: reduce)").matches);
  const stills = reduced ? (clip.stills.length > 3 ? [0, 1, 2].map((k) => clip.stills[Math.floor((k * clip.stills.length) / 3)]) : clip.stills) : [0];
  const name = options.name || clip.name;
  const svg = made("svg", {
    class: "figure-drawing", viewBox: `0 ${top} ${stills.length * wide + (stills.length - 1) * GAP} ${high}`, role: "img",
    "aria-label": reduced && stills.length > 1 ? `${name}, drawn: ${stills.length} poses` : `${name}, drawn in motion`,
  });
  const groups = stills.map(() => svg.appendChild(made("g", {})));
  let mirrored = options.side === "left", begun = 0, waited = 0, asked = 0, seen = true, wanted = options.playing ?? true;
  const legs = legTimes(clip, options.tempo);

  function place() {
    groups.forEach((group, k) => {
      const shift = k * (wide + GAP);
      group.setAttribute("transform", mirrored ? `translate(${shift + wide + left} 0) scale(-1 1)` : `translate(${shift - left} 0)`);
    });
  }
  const moving = () => wanted && seen && !reduced && !document.hidden;
  function step(now) {
    asked = 0;
    if (!moving()) return;
    waited = (now - begun) / 1000;
    show(groups[0], drawFigure(clip, timeAt(clip, legs, waited), { frames }));
    asked = requestAnimationFrame(step);
  }
  function settle() {
    if (moving() && !asked) {
      begun = performance.now() - waited * 1000;
      asked = requestAnimationFrame(step);
    } else if (!moving() && asked) {
      cancelAnimationFrame(asked);
      asked = 0;
    }
  }
  const watcher = typeof IntersectionObserver === "function" ? new IntersectionObserver((entries) => {
    seen = entries[entries.length - 1].isIntersecting;
    settle();
  }) : null;
  place();
  stills.forEach((time, k) => show(groups[k], drawFigure(clip, time, { frames })));
  element.append(svg);
  watcher?.observe(svg);
  document.addEventListener("visibilitychange", settle);
  settle();
  return {
    play() { wanted = true; settle(); },
    pause() { wanted = false; settle(); },
    stop() {
      wanted = false;
      settle();
      watcher?.disconnect();
      document.removeEventListener("visibilitychange", settle);
    },
    turn(side) { mirrored = side === "left"; place(); },
    seek(seconds) {
      waited = seconds;
      begun = performance.now() - seconds * 1000;
      if (!reduced) show(groups[0], drawFigure(clip, timeAt(clip, legs, seconds), { frames }));
    },
  };
}
