// What every page does: keeps the session for the gym, tells when the server is gone, opens one menu at a time.

if ("serviceWorker" in navigator && window.isSecureContext) {
  navigator.serviceWorker.register("/sw.js").catch(() => {});
}

const cutOff = document.querySelector("[data-cut-off]");
function connection() {
  if (cutOff) cutOff.hidden = navigator.onLine;
}
addEventListener("online", connection);
addEventListener("offline", connection);
connection();

// Menus close on a press elsewhere and on Escape.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.more[open]")) {
    if (!menu.contains(/** @type {Node} */ (event.target))) menu.removeAttribute("open");
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.more[open]")) {
    menu.removeAttribute("open");
    menu.querySelector("summary")?.focus();
  }
});

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 8000);
});

const fault = document.querySelector(".faults");
if (fault instanceof HTMLElement) {
  fault.tabIndex = -1;
  fault.focus();
}
