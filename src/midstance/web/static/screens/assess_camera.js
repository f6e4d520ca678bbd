// Lets the mirror take over a test: what it counted or timed comes in as tries, which the runner sees and saves.

import { openMirror } from "../mirror/mirror_panel.js";

const NOTHING = "Nothing was counted. Try again, or type the number.";

/**
 * Give the tries that a run of the mirror found: the repetitions as one, each hold of a second or more as one.
 * @param {string} mode @param {{count: number, found: any[]}|null} result @returns {number[]}
 */
export function triesOf(mode, result) {
  if (mode === "hold") return (result?.found ?? []).map((one) => Math.floor(one.seconds)).filter((seconds) => seconds > 0);
  return result?.count ? [result.count] : [];
}

/** @param {HTMLElement} place @param {HTMLFormElement} form */
export function lookOn(place, form) {
  const { package: base, exercise, mode = "reps", side, stand } = place.dataset;
  const says = /** @type {HTMLElement} */ (form.querySelector("[data-mirror-says]"));
  openMirror(place, {
    base, exercise, stand, mode: /** @type {any} */ (mode), side: /** @type {any} */ (side),
    onStop(result) {
      if (mode === "range") {
        says.textContent = result?.says ? `The camera saw: ${result.says} It helps you look; what you note is yours.` : "";
        return;
      }
      const tries = triesOf(mode, result);
      says.textContent = tries.length ? "" : NOTHING;
      for (const value of tries) form.dispatchEvent(new CustomEvent("midstance-try", { detail: value }));
    },
  });
}

const place = document.querySelector("[data-mirror]");
const form = place?.closest("form");
if (place instanceof HTMLElement && form) lookOn(place, form);
