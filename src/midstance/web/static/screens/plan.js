// Moves sessions and runs on the calendar: by mouse, by a long press, by tapping, by keys. Every day answers at once, and
// the consequences are shown before they are accepted. Without this module the same is done by the forms of the page.
import { read } from "../api.js";

/** @typedef {{date: string, state: string, possible: boolean, word: string, says: string, text: string}} Answer */
/** @typedef {{card: HTMLElement, id: string, name: string, from: string, answers: Map<string, Answer> | null,
 *   day: HTMLElement | null, back: HTMLElement | null}} Moving */

const LONG_PRESS_MS = 380;
const SLOP_PX = 8;
const EDGE_PX = 76;
const SVG = "http://www.w3.org/2000/svg";
const wide = matchMedia("(min-width: 60rem)");

const root = document.documentElement;
const mover = find("[data-mover]");
const what = find("[data-mover-what]");
const says = find("[data-mover-says]");
const dropButton = find("[data-mover-drop]");
const dialog = /** @type {HTMLDialogElement} */ (find("[data-dialog]"));
const body = find("[data-dialog-body]");
const days = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-day]")]);

/** @type {Moving | null} */
let moving = null;
/** @type {Map<string, Promise<Answer[]>>} */
const asked = new Map();

/** @param {string} selector @returns {HTMLElement} */
function find(selector) {
  return /** @type {HTMLElement} */ (document.querySelector(selector));
}

/** @param {EventTarget | null} target @param {string} selector @returns {HTMLElement | null} */
function above(target, selector) {
  return target instanceof Element ? target.closest(selector) : null;
}

// ------------------------------------------------------------------------------------------------ what the days answer

/** Ask where something could go; each is asked once a page. @param {string} id @returns {Promise<Answer[]>} */
function answersOf(id) {
  let found = asked.get(id);
  if (!found) {
    found = read("/api/v1/plan/where", { id }).then((told) => told.days);
    found.catch(() => asked.delete(id));
    asked.set(id, found);
  }
  return found;
}

/** @param {string} state @returns {SVGElement} */
function icon(state) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#a-${state}`);
  svg.append(use);
  return svg;
}

/** Show each day's answer on it; what moves stays where it is on the screen. @param {Map<string, Answer>} answers */
function paint(answers) {
  const before = moving?.card.getBoundingClientRect().top ?? 0;
  for (const day of days) {
    const answer = answers.get(day.dataset.day || "");
    day.dataset.answer = answer ? answer.state : "out";
    if (!answer) continue;
    const line = document.createElement("p");
    line.className = "answer";
    const text = document.createElement("span");
    const word = document.createElement("b");
    word.textContent = answer.word;
    text.textContent = answer.says;
    line.append(icon(answer.state), word, text);
    day.querySelector(".what")?.prepend(line);
  }
  const after = moving?.card.getBoundingClientRect().top ?? 0;
  scrollBy({ top: after - before, behavior: "instant" });
}

function unpaint() {
  for (const day of days) {
    delete day.dataset.answer;
    delete day.dataset.cursor;
    day.querySelector(".answer")?.remove();
  }
}

// ----------------------------------------------------------------------------------------------------- picking it up

/**
 * Begin to move something.
 * @param {HTMLElement} card what moves
 * @param {boolean} keys whether the keys walk the days, so that the chooser takes the focus
 */
async function begin(card, keys) {
  if (moving) leave();
  const { id = "", date = "", name = "" } = card.dataset;
  const mine = { card, id, name, from: date, answers: null, day: null,
    back: /** @type {HTMLElement | null} */ (card.querySelector(".open")) };
  moving = mine;
  root.dataset.moving = "";
  card.classList.add("lifted");
  mover.hidden = false;
  mover.setAttribute("aria-label", `Move ${name}: arrow keys walk the days, Enter looks at what changes, Escape leaves it.`);
  const touch = matchMedia("(hover: none)").matches;
  const walking = touch ? "tap the day it should go to." : "arrow keys walk the days, Enter takes one, Escape leaves it. Or press a day.";
  what.textContent = keys ? `${name}: ${walking}` : name;
  tell("Asking the rules …");
  if (keys) mover.focus();
  try {
    const answers = new Map((await answersOf(id)).map((one) => [one.date, one]));
    if (moving !== mine) return;
    mine.answers = answers;
    paint(answers);
    const here = mine.day || days.find((day) => day.dataset.day === date) || null;
    if (here && (keys || mine.day)) stand(here);
    else tell("Choose a day.");
  } catch (error) {
    if (moving === mine) tell(`No answer: ${error instanceof Error ? error.message : error}. Nothing was moved.`);
  }
}

/** @param {string} text */
function tell(text) {
  says.textContent = text;
}

/** Say what one day answers, and mark it. @param {HTMLElement} day */
function stand(day) {
  if (!moving) return;
  if (moving.day && moving.day !== day) delete moving.day.dataset.cursor;
  moving.day = day;
  day.dataset.cursor = "";
  const answer = moving.answers?.get(day.dataset.day || "");
  if (moving.answers) tell(answer ? answer.text : `${day.dataset.name}: too far; a session moves a week at most.`);
  dropButton.hidden = !answer?.possible;
}

/** Walk over the days that answer. @param {number} step */
function walk(step) {
  if (!moving) return;
  const here = moving.day ? days.indexOf(moving.day) : days.findIndex((day) => day.dataset.day === moving?.from);
  const next = days[here + step];
  if (!next || next.dataset.answer === "out") {
    tell(step < 0 ? "No day before this one can be chosen here." : "No day after this one can be chosen here.");
    return;
  }
  stand(next);
  next.scrollIntoView({ block: "nearest" });
}

/** Put it down on a day: show the consequences, or say why not. @param {HTMLElement | null} day */
function drop(day) {
  if (!moving || !day) return;
  stand(day);
  const answer = moving.answers?.get(day.dataset.day || "");
  if (!answer?.possible) return;
  look(`/plan?date=${find("[data-calendar]").dataset.first}&session=${encodeURIComponent(moving.id)}&to=${answer.date}`);
}

/** Leave everything as it was. @param {boolean} focus whether the focus goes back */
function leave(focus = false) {
  if (!moving) return;
  const { card, back } = moving;
  moving = null;
  card.classList.remove("lifted");
  delete root.dataset.moving;
  mover.hidden = true;
  dropButton.hidden = true;
  unpaint();
  if (focus) back?.focus();
}

// ------------------------------------------------------------------------------------------------------- the dialog

/** Open a part of the page that an address shows. @param {string} address */
async function look(address) {
  root.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const panel = page.getElementById("panel");
    if (!panel) throw new Error("no panel");
    document.querySelector("section.panel")?.remove();  // one panel at a time: its ids are there once
    body.replaceChildren(...panel.childNodes);
    dialog.setAttribute("aria-labelledby", "panel-h");
    for (const plain of body.querySelectorAll("[data-plain]")) plain.remove();
    for (const button of body.querySelectorAll("[data-move-it]")) {
      /** @type {HTMLElement} */ (button).hidden = !cardOf(/** @type {HTMLElement} */ (button).dataset.moveIt || "");
    }
    mover.hidden = true;
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
  } catch {
    location.assign(address);  // the page itself shows it, or says why not
  } finally {
    root.removeAttribute("aria-busy");
  }
}

/** @param {string} id @returns {HTMLElement | null} */
function cardOf(id) {
  return document.querySelector(`[data-movable][data-id="${CSS.escape(id)}"]`);
}

dialog.addEventListener("close", () => leave(true));
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
  const close = above(event.target, "[data-close]");
  if (close) {
    event.preventDefault();
    dialog.close();
  }
  const move = above(event.target, "[data-move-it]");
  if (move) {
    const card = cardOf(move.dataset.moveIt || "");
    dialog.close();
    if (card) begin(card, true);
  }
});
for (const form of document.querySelectorAll("form[data-ask]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const fields = new FormData(/** @type {HTMLFormElement} */ (form));
    const query = new URLSearchParams([...fields].map(([key, value]) => [key, String(value)]));
    look(`/plan?${query}`);
  });
}

// ------------------------------------------------------------------------------------------------- taps, clicks, keys

let quiet = 0;  // clicks that end a drag are none
document.addEventListener("click", (event) => {
  if (performance.now() < quiet) {
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const day = moving && !dialog.open ? above(event.target, "[data-day]") : null;
  if (day) {
    event.preventDefault();
    drop(day);
    return;
  }
  const move = above(event.target, "[data-move]");
  const card = move && above(move, "[data-movable]");
  if (card) {
    event.preventDefault();
    begin(card, true);
    return;
  }
  const open = above(event.target, "[data-open]");
  if (open instanceof HTMLAnchorElement) {
    event.preventDefault();
    look(open.href);
  }
}, true);

/** @type {Record<string, () => number>} */
const STEPS = {
  ArrowLeft: () => -1, ArrowRight: () => 1, ArrowUp: () => (wide.matches ? -7 : -1), ArrowDown: () => (wide.matches ? 7 : 1),
};
document.addEventListener("keydown", (event) => {
  if (dialog.open || event.altKey || event.ctrlKey || event.metaKey) return;
  if (!moving) {
    const card = event.key.toLowerCase() === "m" ? above(event.target, "[data-movable]") : null;
    if (card) {
      event.preventDefault();
      begin(card, true);
    }
    return;
  }
  const onButton = event.target instanceof HTMLButtonElement;
  if (STEPS[event.key]) walk(STEPS[event.key]());
  else if (event.key === "Escape") leave(true);
  else if (event.key === "Enter" && !onButton) drop(moving.day);
  else return;
  event.preventDefault();
});
dropButton.addEventListener("click", () => drop(moving?.day || null));
find("[data-mover-leave]").addEventListener("click", () => leave(true));

// ------------------------------------------------------------------------------------------------------------ dragging

/** @type {{card: HTMLElement, x: number, y: number, touch: boolean, timer: number, ghost: HTMLElement | null,
 *   pointer: number, at: [number, number], frame: number} | null} */
let drag = null;

document.addEventListener("pointerdown", (event) => {
  quiet = 0;
  const card = above(event.target, "[data-movable]");
  if (!card || event.button || dialog.open || above(event.target, ".grip") || moving) return;
  const touch = event.pointerType !== "mouse";
  drag = { card, x: event.clientX, y: event.clientY, touch, timer: 0, ghost: null, pointer: event.pointerId,
    at: [event.clientX, event.clientY], frame: 0 };
  if (touch) drag.timer = window.setTimeout(lift, LONG_PRESS_MS);
});

/** Take it up: it follows the finger or mouse from now on. */
function lift() {
  if (!drag) return;
  const { card } = drag;
  const box = card.getBoundingClientRect();
  const ghost = /** @type {HTMLElement} */ (card.cloneNode(true));
  ghost.removeAttribute("data-id");
  ghost.removeAttribute("data-movable");
  ghost.classList.add("ghost");
  ghost.setAttribute("aria-hidden", "true");
  ghost.style.width = `${Math.min(box.width, 240)}px`;
  document.body.append(ghost);
  drag.ghost = ghost;
  root.classList.add("dragging");
  if (drag.touch) navigator.vibrate?.(12);
  begin(card, false);
  follow(...drag.at);
  drag.frame = requestAnimationFrame(scrollAtEdges);
}

/** @param {number} x @param {number} y */
function follow(x, y) {
  if (!drag?.ghost) return;
  drag.at = [x, y];
  drag.ghost.style.transform = `translate(${x - 24}px, ${y - 22}px) rotate(-1.2deg)`;
  const day = document.elementsFromPoint(x, y).map((one) => above(one, "[data-day]")).find(Boolean);
  if (day && moving && day !== moving.day) stand(day);
}

/** Scroll while something is held near the top or bottom of the screen. */
function scrollAtEdges() {
  if (!drag?.ghost) return;
  const [x, y] = drag.at;
  const by = y < EDGE_PX ? y - EDGE_PX : y > innerHeight - EDGE_PX ? y - innerHeight + EDGE_PX : 0;
  if (by) {
    scrollBy({ top: by / 5, behavior: "instant" });
    follow(x, y);
  }
  drag.frame = requestAnimationFrame(scrollAtEdges);
}

/** End a drag. @param {boolean} put whether it is put down where it is */
function letGo(put) {
  if (!drag) return;
  const { ghost, timer, frame } = drag;
  clearTimeout(timer);
  cancelAnimationFrame(frame);
  drag = null;
  root.classList.remove("dragging");
  if (!ghost) return;
  ghost.remove();
  quiet = performance.now() + 350;
  const mine = moving;
  if (!put || !mine) return leave();
  const day = mine.day;
  if (!day || day.dataset.day === mine.from) return leave();
  // A quick drag may end before the rules have answered: then the drop waits for them.
  answersOf(mine.id).then(() => {
    if (moving !== mine) return;
    if (mine.answers?.get(day.dataset.day || "")?.possible) drop(day);
    else hold();
  }, () => leave());
}

/** Dropped where it cannot stand: the reason stays to be read, and another day can be taken. */
function hold() {
  if (!moving) return;
  what.textContent = `${moving.name} stays where it is. Take another day, or leave it.`;
  mover.focus({ preventScroll: true });
}

document.addEventListener("pointermove", (event) => {
  if (!drag || event.pointerId !== drag.pointer) return;
  drag.at = [event.clientX, event.clientY];
  if (drag.ghost) return follow(event.clientX, event.clientY);
  const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > SLOP_PX;
  if (far && drag.touch) letGo(false);
  else if (far) lift();
});
document.addEventListener("pointerup", (event) => drag?.pointer === event.pointerId && letGo(true));
document.addEventListener("pointercancel", (event) => drag?.pointer === event.pointerId && letGo(false));
document.addEventListener("touchmove", (event) => drag?.ghost && event.preventDefault(), { passive: false });
document.addEventListener("contextmenu", (event) => {
  if (drag?.touch && above(event.target, "[data-movable]")) event.preventDefault();
});
document.addEventListener("dragstart", (event) => above(event.target, "[data-movable]") && event.preventDefault());
addEventListener("keydown", (event) => event.key === "Escape" && drag?.ghost && letGo(false), true);

// ----------------------------------------------------------------------------------------------------------- to begin

const how = document.querySelector("[data-how]");
if (how instanceof HTMLElement && document.querySelector("[data-movable]")) how.hidden = false;
const wished = location.hash === "#move" ? cardOf(new URLSearchParams(location.search).get("session") || "") : null;
if (wished) {  // from another screen: it is taken up at once
  document.querySelector("section.panel")?.remove();
  wished.scrollIntoView({ block: "center" });
  begin(wished, true);
}
for (const place of [document.querySelector("[data-notice]"), document.querySelector("section.panel")]) {
  if (!(place instanceof HTMLElement)) continue;
  place.tabIndex = -1;
  place.focus({ preventScroll: place.matches("[data-notice]") });
}
