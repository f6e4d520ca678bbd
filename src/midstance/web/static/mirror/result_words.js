// What a camera saw, in a sentence: counts, seconds and a few angles with how sure they are.

/** Which measures speak of a movement that is told by this joint, the first ones first. @type {Record<string, string[]>} */
const SPEAKING = {
  knee: ["squat-depth", "knee-inward", "pelvic-drop", "trunk-sideways", "trunk-forward", "shin-forward"],
  ankle: ["shin-forward"],
  hip: ["hip-range", "trunk-forward", "pelvic-drop"],
  shoulder: ["shoulder-range"],
  elbow: ["elbow-range", "trunk-forward"],
  trunk: ["trunk-forward", "trunk-sideways"],
};
/** Sentences are for reading between two tries: more would not be read. */
const MOST = 3;

/** @type {Record<string, string>} */
const UNIT = { degrees: "°" };

/** @param {number} count @param {string} one @param {string} [more] */
export const counted = (count, one, more = `${one}s`) => `${count} ${count === 1 ? one : more}`;

/**
 * Say the measures that speak of a movement.
 * @param {import("./measures.js").Measure[]} found @param {Record<string, {title: string}>} kinds @param {string} watch
 * @returns {string} the reason where nothing was measured
 */
export function measureWords(found, kinds, watch) {
  const speaking = SPEAKING[watch.split(" ").at(-1) ?? ""] ?? SPEAKING.trunk;
  const chosen = speaking.flatMap((id) => found.filter((one) => one.id === id && one.value !== null)).slice(0, MOST);
  if (chosen.length) return chosen.map((one) => `${kinds[one.id].title}${sideOf(one, found)}: ${valueWords(one)}.`).join(" ");
  const reasons = speaking.flatMap((id) => found.filter((one) => one.id === id && one.reason)).map((one) => one.reason);
  return reasons[0] ?? "Too little was seen to measure.";
}

/** The side, where both were measured. @param {import("./measures.js").Measure} one @param {import("./measures.js").Measure[]} found */
const sideOf = (one, found) => (found.some((other) => other.id === one.id && other.side !== one.side) ? `, ${one.side}` : "");

/** @param {import("./measures.js").Measure} one */
export function valueWords(one) {
  const unit = UNIT[one.unit] ?? ` ${one.unit}`;
  const value = (one.value ?? 0).toFixed(one.unit === "degrees" ? 0 : 1).replace("-", "−");
  return one.error === null ? `${value}${unit}` : `${value}${unit}, give or take ${one.error}${unit}`;
}
