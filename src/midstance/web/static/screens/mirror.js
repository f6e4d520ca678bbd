// The screen Mirror: choose an exercise, then let the camera count it.

import { openMirror } from "../mirror/mirror_panel.js";

const place = document.querySelector("[data-mirror]");
const form = document.querySelector("[data-mirror-form]");
const log = document.querySelector("[data-mirror-log]");
if (place instanceof HTMLElement && form instanceof HTMLFormElement && log instanceof HTMLElement) hold(place, form, log);

/** @param {HTMLElement} root @param {HTMLFormElement} asked @param {HTMLElement} list */
function hold(root, asked, list) {
  const select = /** @type {HTMLSelectElement} */ (asked.elements.namedItem("id"));
  const sides = /** @type {HTMLElement} */ (asked.querySelector("[data-sides]"));

  /** @returns {import("../mirror/mirror_panel.js").Wish} */
  function wish() {
    const { dataset } = select.selectedOptions[0];
    const each = dataset.each === "yes";
    sides.hidden = !each;
    const side = /** @type {any} */ (new FormData(asked).get("side"));
    return {
      base: root.dataset.package, exercise: select.value, stand: dataset.stand, side: each ? side : "",
      mode: dataset.mode === "hold" ? "hold" : "reps",
    };
  }

  const mirror = openMirror(root, { ...wish(), onStop: note });
  asked.addEventListener("change", () => {
    mirror.change(wish());
    history.replaceState(null, "", `/mirror?id=${encodeURIComponent(select.value)}`);
  });
  asked.addEventListener("submit", (event) => event.preventDefault());

  /** Keep what was counted in sight, as long as the page is open. @param {any} result */
  function note(result) {
    if (!result?.says) return;
    const { side } = wish();
    const line = document.createElement("li");
    line.textContent = `${select.selectedOptions[0].text}${side ? `, ${side}` : ""}: ${result.says}`;
    list.prepend(line);
    list.closest("section")?.removeAttribute("hidden");
  }
}
