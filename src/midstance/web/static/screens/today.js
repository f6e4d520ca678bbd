// Keeps the day's sessions on this device, so that they start in a gym without reception.
import { read } from "../api.js";
import { prepare } from "../player/prepare.js";

async function keep(/** @type {HTMLElement} */ article) {
  const { session, date } = article.dataset;
  const doc = await read("/api/v1/player", { date, session });
  const kept = await prepare(doc);
  const said = article.querySelector("[data-kept]");
  if (said instanceof HTMLElement) said.hidden = !kept.offline;
}

for (const article of document.querySelectorAll("[data-session]")) {
  keep(/** @type {HTMLElement} */ (article)).catch(() => {});  // not prepared: it still starts with the server
}
