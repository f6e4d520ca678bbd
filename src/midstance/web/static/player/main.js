// The player's page: finds the session to play, asks whether another page has it, and starts or goes on.

import { makePlayer } from "./app.js";
import { openKeep } from "./db.js";
import { button, h } from "./dom.js";
import { keepShell } from "./prepare.js";
import { makeQueue } from "./queue.js";
import { makeClaim } from "./tabs.js";
import { CLOCK } from "./timer.js";

const EVENTS = "/api/v1/player/events";
const DOCUMENT = "/api/v1/player";

/** Start the page. */
export async function startPage(root) {
  paint();
  keepShell();
  const keep = await openKeep();
  const id = decodeURIComponent(location.hash.slice(1));
  const resume = await unfinished(keep, id);
  const { doc, says } = await documentOf(keep, resume?.session ?? id);
  if (!doc) {
    await nothing(root, keep, id, says);
    return;
  }
  if (location.hash.slice(1) !== encodeURIComponent(doc.session.id)) history.replaceState(null, "", `#${encodeURIComponent(doc.session.id)}`);
  const claim = makeClaim(`midstance-session-${doc.session.id}`, { locks: navigator.locks ?? null, local: globalThis.localStorage, clock: CLOCK });
  const taken = () => elsewhere(root, async () => {
    await claim.take(true);
    await play();
  });
  async function play() {
    await run(root, keep, doc, await unfinished(keep, doc.session.id), claim, taken);
  }
  addEventListener("pagehide", () => claim.leave());
  if (await claim.take()) await play();
  else taken();
}

let queue = null;

async function run(root, keep, doc, resume, claim, taken) {
  let player = null;
  const locks = navigator.locks;
  queue?.close();
  queue = makeQueue({
    keep, clock: CLOCK, chance: Math.random, tell: (news) => player?.news(news),
    alone: (send) => (locks ? locks.request("midstance-queue", send) : send()),
    post: (body) => fetch(EVENTS, { method: "POST", body, headers: { "Content-Type": "application/json" }, credentials: "same-origin", signal: AbortSignal.timeout?.(15000) }),
  });
  player = makePlayer({ root, doc, keep, clock: CLOCK, queue, resume, wishes: await keep.setting("wishes", {}), lost: taken });
  claim.lost(() => {
    player.stop();
    queue.close();
    taken();
  });
  globalThis.addEventListener?.("online", () => queue.wake());
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") queue.wake(); });
  navigator.storage?.persist?.().catch(() => {});
  queue.flush();
  keep.tidy(CLOCK.now()).catch(() => {});
}

/** The play to go on with: of this session, or the newest one that was not closed when no session is named. */
async function unfinished(keep, id) {
  const plays = (await keep.plays()).filter((play) => (id ? play.session === id : !play.closed_at)).sort((a, b) => b.started_at - a.started_at);
  if (!plays.length) return null;
  return { ...plays[0], moves: await keep.moves(plays[0].play) };
}

/** The session's document: kept here, else asked for, and then kept; or what the server says instead. */
async function documentOf(keep, id) {
  if (id) {
    const kept = await keep.document(id);
    if (kept) return { doc: kept };
  }
  try {
    const answer = await fetch(`${DOCUMENT}?session=${encodeURIComponent(id)}`, { signal: AbortSignal.timeout?.(25000) });
    const told = await answer.json();
    if (told?.format !== "midstance-session/1") return { says: told?.faults?.[0]?.says };
    await keep.saveDocument(told, CLOCK.now());
    return { doc: told };
  } catch {
    return {};
  }
}

/** No such session here: say so, and offer those that are. */
async function nothing(root, keep, id, says) {
  const kept = (await keep.documents()).sort((a, b) => b.document.session.date.localeCompare(a.document.session.date)).slice(0, 5);
  const open = (one) => () => { location.hash = encodeURIComponent(one.id); location.reload(); };
  root.className = "player";
  root.replaceChildren(h("main.empty", null, h("h1", { tabindex: "-1" }, "No session here"),
    h("p", null, says ? `${says[0].toUpperCase()}${says.slice(1)}.` : id ? "This session is not stored on this device, and the diary cannot be reached." : "Open Today while connected; the next session is then stored here and starts without a connection."),
    kept.map((one) => button(".row", [h("span.name", null, one.document.session.name), h("span.small", null, one.document.session.date)], open(one))),
    h("a.button.primary", { href: "/today" }, "To Today")));
}

/** Another page has this session. */
function elsewhere(root, take) {
  root.className = "player";
  root.replaceChildren(h("main.empty", null, h("h1", { tabindex: "-1" }, "Open in another tab"),
    h("p", null, "This session is being done in another tab or window of this device. It can go on here instead; nothing is lost."),
    button(".primary", "Go on here", take), h("a.button.quiet", { href: "/today" }, "To Today")));
  root.querySelector("h1").focus();
}

/** Light or dark as on the other pages. */
function paint() {
  try {
    const theme = localStorage.getItem("midstance-theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch { /* no storage */ }
}

startPage(document.getElementById("player"));
