// The player in one file, without a server: the session is in the page, the result goes out as a file or a code.

import { makePlayer } from "./app.js";
import { openKeep } from "./db.js";
import { CLOCK } from "./timer.js";

async function startFile() {
  const doc = JSON.parse(document.getElementById("session-document").textContent);
  const keep = await openKeep({ indexed: null });
  const plays = (await keep.plays()).filter((play) => play.session === doc.session.id).sort((a, b) => b.started_at - a.started_at);
  const resume = plays.length ? { ...plays[0], moves: await keep.moves(plays[0].play) } : null;
  makePlayer({ root: document.getElementById("player"), doc, keep, clock: CLOCK, queue: null, fileMode: true, resume,
    wishes: await keep.setting("wishes", {}) });
}

startFile();
