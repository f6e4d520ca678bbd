// For the page before the player: store a session on the device, so that it starts without a connection.

import { openKeep } from "./db.js";

/** Keep the player's page and files on this device; quietly does nothing where browsers do not allow it. */
export async function keepShell() {
  if (!navigator.serviceWorker) return false;
  try {
    await navigator.serviceWorker.register("/sw.js");
    return true;
  } catch {
    return false;
  }
}

/**
 * Store a session document; the player then starts it at `/player#ID`, with or without the server.
 * @param {any} doc midstance-session/1
 * @returns {Promise<{href: string, offline: boolean}>} where it starts, and whether it will without a connection
 */
export async function prepare(doc) {
  if (doc?.format !== "midstance-session/1") throw new TypeError("this is no session document");
  rememberTheme();
  const keep = await openKeep();
  await keep.saveDocument(doc, Date.now());
  const shell = await keepShell();
  return { href: playerLink(doc.session.id), offline: shell && keep.where === "device" };
}

/** Where the player does a session. */
export function playerLink(id) {
  return `/player#${encodeURIComponent(id)}`;
}

/** The player's page is the same for everybody: it takes the colours from here. */
function rememberTheme() {
  try {
    localStorage.setItem("midstance-theme", document.documentElement.dataset.theme ?? "");
  } catch { /* no storage */ }
}
