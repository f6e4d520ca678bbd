// The set-up as steps: one page at a time, answers kept while the tab lives, nothing lost when something is wrong.

const KEPT = "midstance-setup";
let form = /** @type {HTMLFormElement} */ (document.querySelector("[data-setup]"));
let at = 0;

/** @param {string} what */
const one = (what, from = form) => /** @type {HTMLInputElement} */ (from.querySelector(what));
const all = (what, from = form) => /** @type {HTMLInputElement[]} */ ([...from.querySelectorAll(what)]);

/** Begin with a form, also with one that came back with faults. */
function begin() {
  zone();
  weeks();
  walk();
  form.addEventListener("input", keep);
  form.addEventListener("submit", send);
}

// ---------------------------------------------------------------------------------------------------- answers kept

function store(told) {
  try {
    if (told) sessionStorage.setItem(KEPT, JSON.stringify(told));
    else sessionStorage.removeItem(KEPT);
  } catch { /* no storage: the form works without */ }
}

function keep() {
  store([...new FormData(form)].filter(([, value]) => typeof value === "string"));
}

function restore() {
  let told = null;
  try { told = JSON.parse(sessionStorage.getItem(KEPT) || "null"); } catch { /* no storage */ }
  if (!Array.isArray(told)) return;
  for (const field of all("input:not([type=hidden], [type=file]), select")) {
    const given = told.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") field.checked = given.includes(field.value);
    else if (given.length) field.value = given[0];
  }
}

/** After everything was deleted, this browser forgets its part too. */
function forgetDevice() {
  store(null);
  try { localStorage.clear(); } catch { /* no storage */ }
  indexedDB?.deleteDatabase("midstance-player");
}

/** The browser knows the time zone; the form asks only where it is another one. */
function zone() {
  const field = one("#timezone");
  const known = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (field.value === "UTC" && known) field.value = known;
  const tell = () => { one("[data-zone-shown]").textContent = field.value; };
  field.addEventListener("input", tell);
  tell();
}

/** Buttons that fill in a usual week. */
function weeks() {
  const box = one("[data-usual]");
  const known = JSON.parse(box.dataset.weeks || "{}");
  box.hidden = false;
  for (const button of all("button", box)) {
    button.addEventListener("click", () => {
      for (const row of all(".run-row:not(.loose)")) {
        const day = (row.dataset.row || "").slice(4);
        const cells = known[button.dataset.week || ""][day] || ["none", "", ""];
        ["type", "minutes", "start"].forEach((cell, k) => { one(`#run_${day}_${cell}`).value = cells[k]; });
      }
      keep();
    });
  }
}

// ----------------------------------------------------------------------------------------------------------- steps

const steps = () => all(".step");
const stepOf = (field) => Math.max(0, steps().findIndex((step) => step.contains(field)));
const named = () => stepOf(location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null);
const last = () => steps().length - 1;

/** Show one step. @param {number} number @param {boolean} moved */
function show(number, moved) {
  at = Math.max(0, Math.min(last(), number));
  steps().forEach((step, k) => { step.hidden = k !== at; });
  all("[data-step-link]").forEach((link, k) => {
    link.toggleAttribute("data-past", k < at);
    link.toggleAttribute("data-wrong", Boolean(one(".fault, [aria-invalid]", steps()[k])));
    if (k === at) link.setAttribute("aria-current", "step");
    else link.removeAttribute("aria-current");
  });
  form.dataset.at = steps()[at].id;
  one("[data-back]").hidden = at === 0;
  one("[data-next]").hidden = at === last();
  one("[data-make]").hidden = at !== last();
  one("[data-where]").textContent = `${at + 1} of ${last() + 1}`;
  if (at === last()) summarise();
  if (!moved) return;
  window.scrollTo({ top: 0, behavior: "instant" });
  one("h2", steps()[at]).focus({ preventScroll: true });
}

/** Go to a step, with a place in the history, so that the browser's own buttons work. */
function go(number) {
  history.pushState(null, "", `#${steps()[number].id}`);
  show(number, true);
}

function walk() {
  const make = one("[data-make]");
  if (make.parentElement) make.parentElement.hidden = true;
  make.classList.remove("big");
  one("[data-walk]").append(make);
  one("[data-walk]").hidden = false;
  form.dataset.walking = "yes";
  one("[data-back]").addEventListener("click", () => go(at - 1));
  one("[data-next]").addEventListener("click", () => go(at + 1));
  all("[data-step-link]").forEach((link, k) => link.addEventListener("click", (event) => { event.preventDefault(); go(k); }));
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement) || event.target.type === "file" || at === last()) return;
    event.preventDefault();     // Enter would send a form that is not finished
    go(at + 1);
  });
  const wrong = one(".fault, [aria-invalid]");
  show(wrong ? stepOf(wrong) : named(), false);
}

/** Open what hides a field, and go to it. @param {HTMLElement} field */
function reveal(field) {
  for (let box = field.closest("details"); box; box = box.parentElement?.closest("details") ?? null) box.open = true;
  field.scrollIntoView({ block: "center" });
  (field.matches("input, select") ? field : one("input, select", field) || field).focus({ preventScroll: true });
}

/** Say in a few lines what was answered. */
function summarise() {
  const words = (name) => all(`[name="${name}"]:checked`).map((field) => {
    const label = field.closest("label");
    return (label?.querySelector("b") || label)?.textContent?.trim() || "";
  }).join(", ");
  const chosen = (name) => all(`#${name} option:checked`)[0]?.textContent?.trim() || "";
  const days = all(".run-row:not(.loose)").filter((row) => !["", "none"].includes(one("select", row).value)).map((row) => one("abbr", row).textContent);
  const files = [...(one("#upload").files || [])].map((file) => file.name);
  const checked = all("#mirror .question").filter((question) => [...question.querySelectorAll("input")]
    .some((field) => (field.type === "radio" ? field.checked : true) && field.value)).length;
  const lines = [
    ["Goal", words("goal")], ["Running", words("running_level")], ["Strength work", words("strength_level")],
    ["First race", one("#race_1_date").value ? `${chosen("race_1_distance")} on ${one("#race_1_date").value}` : "none"],
    ["Runs", [...days, ...files].join(", ") || "none"], ["Longest session", chosen("session_minutes")],
    ["Equipment", words("equipment") || "body weight"], ["Self-test", checked ? `${checked} of ${all("#mirror .question").length} answered` : "skipped"],
  ];
  const list = one("[data-summary]");
  list.replaceChildren(...lines.map((pair) => {
    const box = document.createElement("div");
    pair.forEach((text, k) => { box.append(Object.assign(document.createElement(k ? "dd" : "dt"), { textContent: text })); });
    return box;
  }));
  list.hidden = false;
}

// ---------------------------------------------------------------------------------------------------------- sending

/** Send the form without leaving the page: a form that comes back takes its place, and chosen files stay chosen. */
async function send(event) {
  event.preventDefault();
  if (form.dataset.sent) return;
  form.dataset.sent = "yes";
  keep();
  const make = one("[data-make]");
  make.setAttribute("aria-disabled", "true");
  make.textContent = one("[data-says]").textContent = "Making your plan…";
  let page = null;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual", headers: { Accept: "text/html" } });
    if (answer.type === "opaqueredirect") {
      store(null);
      location.assign(form.dataset.done || "/today");
      return;
    }
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch { /* told below */ }
  document.querySelector(".faults")?.remove();
  const faults = page?.querySelector(".faults") || Object.assign(document.createElement("section"), { className: "faults" });
  if (!faults.textContent) faults.textContent = "midstance did not answer. Your answers are still here; try again.";
  const back = /** @type {HTMLFormElement | null} */ (page?.querySelector("[data-setup]") ?? null);
  if (back) {
    const files = one("#upload");
    form.replaceWith(back);
    form = back;
    one("#upload").replaceWith(files);
    one("[data-again]")?.remove();
    begin();
  } else {
    delete form.dataset.sent;
    make.removeAttribute("aria-disabled");
    make.textContent = "Make my plan";
  }
  form.before(faults);
  faults.setAttribute("tabindex", "-1");
  window.scrollTo({ top: 0, behavior: "instant" });
  /** @type {HTMLElement} */ (faults).focus({ preventScroll: true });
}

// --------------------------------------------------------------------------------------------------------- beginning

if (document.querySelector("[data-made]")) store(null);
if (document.querySelector("[data-gone]")) forgetDevice();
if (form) {
  if (!document.querySelector(".faults")) restore();
  begin();
  addEventListener("popstate", () => show(named(), true));
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest(".faults a");
    const field = link && document.getElementById((link.getAttribute("href") || "#").slice(1));
    if (!field) return;
    event.preventDefault();
    show(stepOf(field), false);
    reveal(field);
  });
}
