// Whether the camera sees well enough to count, and what to say where it does not, instead of guessing.
// Twin of motion/seeing.py, which judges a whole recording.

import { at, middle, SEEN } from "./landmarks.js";

/** @typedef {{reason: ""|"nobody"|"far"|"outside"|"hidden", words: string}} Seeing */

/** A trunk shorter than this share of the picture's height leaves a few pixels a degree; midstance default. */
const FAR = 0.09;
/** A place this near to the edge is taken for outside [share of the picture]; midstance default. */
const EDGE = 0.02;
/** @type {Seeing} */
const WELL = { reason: "", words: "" };
const NOBODY = "I see nobody. Step into the picture, with light on you and not behind you.";
const FAR_WORDS = "You are far away: come nearer, as long as the whole body stays in the picture.";

/**
 * Say what stands in the way in one frame.
 * @param {import("./landmarks.js").Frame|null} frame as shares of the picture
 * @param {string[]} needed names of the places that are measured
 * @returns {Seeing}
 */
export function seeing(frame, needed) {
  if (!frame) return { reason: "nobody", words: NOBODY };
  const missing = needed.filter((name) => (at(frame, name).visibility ?? 1) < SEEN);
  const outside = needed.filter((name) => isOutside(at(frame, name)));
  if (outside.length) return { reason: "outside", words: `Your ${namesOf(outside)} ${outside.length > 1 ? "are" : "is"} out of the picture: step back or to the middle.` };
  if (missing.length) return { reason: "hidden", words: `I cannot see your ${namesOf(missing)} well: turn a little, or make it lighter.` };
  const high = middle(frame, "shoulder"), low = middle(frame, "hip");
  if (Math.hypot(high.x - low.x, high.y - low.y) < FAR) return { reason: "far", words: FAR_WORDS };
  return WELL;
}

/** @param {{x: number, y: number}} place */
const isOutside = ({ x, y }) => x < -EDGE || x > 1 + EDGE || y < -EDGE || y > 1 + EDGE;

/** Name two places at most. @param {string[]} names */
function namesOf(names) {
  const plain = names.map((name) => name.replace("_foot_index", " foot").replaceAll("_", " "));
  return plain.slice(0, 2).join(" and ");
}
