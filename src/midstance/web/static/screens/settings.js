// Settings: sections that open where something is wrong, and the look and sounds of this device.
import { openKeep } from "../player/db.js";

const YEAR_S = 31536000;
const WISHES = { sound: true, voice: false, shake: true, flow: false };

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-settings]"));
if (form) answers(form);
device();

/** @param {HTMLFormElement} form */
function answers(form) {
  form.querySelector("[data-usual]")?.remove();      // a week that is known needs no filling in
  for (const section of form.querySelectorAll("details.section")) {
    const wrong = section.querySelector(".fault, [aria-invalid]");
    if (wrong || location.hash === `#${section.id}`) section.setAttribute("open", "");
    section.toggleAttribute("data-wrong", Boolean(wrong));
  }
  const told = () => JSON.stringify([...new FormData(form)]);
  const before = told();
  const bar = /** @type {HTMLElement} */ (form.querySelector("[data-look]"));
  const change = () => {
    const same = told() === before && !document.querySelector(".faults");
    bar.toggleAttribute("data-quiet", same);
    bar.querySelector("button")?.classList.toggle("primary", !same);
    const says = bar.querySelector("[data-look-says]");
    if (says) says.textContent = same ? "You see what would change before anything does." : "Not kept yet.";
  };
  form.addEventListener("input", change);
  addEventListener("beforeunload", (event) => { if (told() !== before && !form.dataset.leaving) event.preventDefault(); });
  form.addEventListener("submit", () => { form.dataset.leaving = "yes"; setTimeout(() => delete form.dataset.leaving, 8000); });
  change();
  // a link of the summary of faults opens what hides its field
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest(".faults a");
    const field = link && document.getElementById((link.getAttribute("href") || "#").slice(1));
    if (!field) return;
    event.preventDefault();
    for (let box = field.closest("details"); box; box = box.parentElement?.closest("details") ?? null) box.open = true;
    field.scrollIntoView({ block: "center" });
    /** @type {HTMLElement} */ (field.matches("input, select") ? field : field.querySelector("input, select") || field).focus({ preventScroll: true });
  });
}

async function device() {
  const box = /** @type {HTMLElement | null} */ (document.querySelector("[data-device]"));
  if (!box) return;
  const fields = (what) => /** @type {HTMLInputElement[]} */ ([...box.querySelectorAll(what)]);
  const say = (words) => { fields("[data-device-says]")[0].textContent = words; };
  const root = document.documentElement;
  for (const choice of fields('[name="theme"]')) {
    choice.checked = choice.value === (root.dataset.theme || "");
    choice.addEventListener("change", () => {
      document.cookie = `theme=${choice.value}; path=/; max-age=${choice.value ? YEAR_S : 0}; samesite=strict`;
      if (choice.value) root.dataset.theme = choice.value;
      else delete root.dataset.theme;
      document.querySelector('meta[name="color-scheme"]')?.setAttribute("content", choice.value || "light dark");
      try { localStorage.setItem("midstance-theme", choice.value); } catch { /* no storage */ }
      say("Colours changed.");
    });
  }
  box.hidden = false;
  const keep = await openKeep();
  const wishes = { ...WISHES, ...(await keep.setting("wishes", {})) };
  for (const field of fields("[data-wish]")) {
    field.checked = Boolean(wishes[field.name]);
    field.addEventListener("change", async () => {
      wishes[field.name] = field.checked;
      await keep.set("wishes", { ...wishes });
      say("Kept on this device.");
    });
  }
}
