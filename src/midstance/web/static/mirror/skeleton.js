// The skeleton over the picture. Left and right differ in colour, also for colour-blind eyes, and in the shape of their
// joints; what the model is not sure of is thin and pale.

import { INDEX, SEEN } from "./landmarks.js";

/** Okabe and Ito (2008), colours that colour-blind people tell apart: orange and sky blue; white between them. */
export const COLOURS = { left: "#e69f00", right: "#56b4e9", middle: "#ffffff" };
const CASE = "rgb(10 16 18 / .7)";
const PALE = 0.28;

const CHAIN = [["shoulder", "elbow"], ["elbow", "wrist"], ["shoulder", "hip"], ["hip", "knee"], ["knee", "ankle"], ["ankle", "heel"],
  ["heel", "foot_index"], ["ankle", "foot_index"]];
const JOINTS = ["shoulder", "elbow", "wrist", "hip", "knee", "ankle", "foot_index"];
/** @typedef {"left"|"right"|"middle"} Side */
/** @type {[Side, string, string][]} */
export const LINES = [
  ...["shoulder", "hip"].map((joint) => /** @type {[Side, string, string]} */ (["middle", `left_${joint}`, `right_${joint}`])),
  ...CHAIN.flatMap(([one, other]) => /** @type {Side[]} */ (["left", "right"]).map(
    (side) => /** @type {[Side, string, string]} */ ([side, `${side}_${one}`, `${side}_${other}`]))),
];

/** @param {import("./landmarks.js").Frame} frame @param {string} name */
const sure = (frame, name) => (frame[INDEX[name]].visibility ?? 1) >= SEEN;

/**
 * List what is to be drawn, far side first.
 * @param {import("./landmarks.js").Frame} frame places as shares of the picture
 * @returns {{side: Side, from: string, to: string, sure: boolean}[]}
 */
export function linesOf(frame) {
  const depth = (/** @type {string} */ side) => frame[INDEX[`${side}_hip`]].z + frame[INDEX[`${side}_knee`]].z;
  const far = depth("left") > depth("right") ? "left" : "right";
  const place = (/** @type {Side} */ side) => (side === far ? 0 : side === "middle" ? 1 : 2);
  return LINES.map(([side, from, to]) => ({ side, from, to, sure: sure(frame, from) && sure(frame, to) }))
    .sort((a, b) => place(a.side) - place(b.side));
}

/**
 * Draw a skeleton, or wipe the canvas.
 * @param {CanvasRenderingContext2D} pen
 * @param {import("./landmarks.js").Frame|null} frame
 * @param {string[]} [marked] names of the places that are watched
 */
export function drawSkeleton(pen, frame, marked = []) {
  const { width, height } = pen.canvas;
  pen.clearRect(0, 0, width, height);
  if (!frame) return;
  const thick = Math.max(3, Math.min(width, height) / 90);
  /** @param {string} name @returns {[number, number]} */
  const at = (name) => [frame[INDEX[name]].x * width, frame[INDEX[name]].y * height];
  pen.lineCap = "round";
  for (const line of linesOf(frame)) {
    pen.globalAlpha = line.sure ? 1 : PALE;
    for (const [colour, wide] of /** @type {[string, number][]} */ ([[CASE, 2], [COLOURS[line.side], 1]])) {
      pen.strokeStyle = colour;
      pen.lineWidth = thick * wide * (line.sure ? 1 : 0.6);
      pen.beginPath();
      pen.moveTo(...at(line.from));
      pen.lineTo(...at(line.to));
      pen.stroke();
    }
  }
  for (const side of /** @type {("left"|"right")[]} */ (["left", "right"])) {
    for (const joint of JOINTS) {
      const name = `${side}_${joint}`, watched = marked.includes(name);
      pen.globalAlpha = sure(frame, name) ? 1 : PALE;
      dot(pen, at(name), thick * (watched ? 1.8 : 1.3), side, watched);
    }
  }
  pen.globalAlpha = 1;
}

/** A joint: round on the left, square on the right. @param {CanvasRenderingContext2D} pen @param {[number, number]} at
 * @param {number} size @param {"left"|"right"} side @param {boolean} watched */
function dot(pen, [x, y], size, side, watched) {
  pen.beginPath();
  if (side === "left") pen.arc(x, y, size, 0, 2 * Math.PI);
  else pen.rect(x - size * 0.9, y - size * 0.9, size * 1.8, size * 1.8);
  pen.fillStyle = watched ? "#ffffff" : COLOURS[side];
  pen.strokeStyle = watched ? COLOURS[side] : CASE;
  pen.lineWidth = watched ? size * 0.6 : size * 0.35;
  pen.fill();
  pen.stroke();
}
