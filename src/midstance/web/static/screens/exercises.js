// Filters the list as one types, by what the server wrote into its rows.

const form = document.querySelector("[data-find]");
if (form instanceof HTMLFormElement) filterAtOnce(form);

/** @param {HTMLFormElement} form */
function filterAtOnce(form) {
  const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-row]")]);
  const roles = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-role]")]);
  const show = form.querySelector("[data-show]");
  const count = form.querySelector("[data-count]");
  const clear = form.querySelector("[data-clear]");
  const none = document.querySelector("[data-none]");
  if (show instanceof HTMLElement) show.hidden = true;

  /** @param {DOMStringMap} row @param {Record<string, string>} asked */
  function fits(row, asked) {
    const words = asked.q.toLowerCase().replaceAll("-", " ").split(/\s+/).filter(Boolean);
    return words.every((word) => (row.words || "").includes(word))
      && ["region", "kind", "equipment"].every((name) => !asked[name] || (row[name] || "").split(" ").includes(asked[name]));
  }

  function filter() {
    const given = new FormData(form);
    const asked = { q: "", region: "", kind: "", equipment: "" };
    for (const name of Object.keys(asked)) asked[name] = String(given.get(name) || "").trim();
    let found = 0;
    for (const row of rows) {
      row.hidden = !fits(row.dataset, asked);
      if (!row.hidden) found += 1;
    }
    for (const role of roles) {
      const here = role.querySelectorAll("[data-row]:not([hidden])").length;
      role.hidden = here === 0;
      const said = role.querySelector("[data-role-count]");
      if (said) said.textContent = String(here);
    }
    if (count) count.textContent = `${found} of ${rows.length}`;
    if (none instanceof HTMLElement) none.hidden = found > 0;
    const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value));
    if (clear instanceof HTMLElement) clear.hidden = query.size === 0;
    history.replaceState(null, "", query.size ? `${form.action.split("?")[0]}?${query}` : form.action.split("?")[0]);
  }

  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    filter();
  });
  clear?.addEventListener("click", (event) => {
    event.preventDefault();
    form.querySelector("input")?.focus();
    for (const part of form.elements) {
      if (part instanceof HTMLSelectElement || (part instanceof HTMLInputElement && part.type === "search")) part.value = "";
      if (part instanceof HTMLInputElement && part.type === "radio") part.checked = part.value === "";
    }
    filter();
  });
}
