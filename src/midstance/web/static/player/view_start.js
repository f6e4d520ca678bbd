// Before the first set: what is coming, how long it takes, and what may sound.

import { choice, h, toggle, button } from "./dom.js";
import { blockName, count, dayText, itemText } from "./words.js";

/** @param {any} app */
export function startView(app) {
  const { doc } = app;
  const session = doc.session;
  const asked = new URLSearchParams(globalThis.location?.search ?? "").get("minutes");
  let minutes = asked && doc.shorter?.[asked] ? asked : null;
  const shorter = Object.entries(doc.shorter ?? {}).map(([key, one]) => [key, one.minutes])
    .filter(([, length]) => length < session.minutes).sort((a, b) => b[1] - a[1]);
  const lengths = [[null, `${session.minutes} min`], ...shorter.map(([key, length]) => [key, `${length} min`])];
  const list = h("ol.outline", { "aria-label": "What is coming" });
  const blocksOf = () => (minutes ? doc.shorter[minutes].blocks : doc.blocks);
  const show = () => list.replaceChildren(...outline(app, blocksOf()));
  show();
  const go = button(".primary.start", "Start", () => app.begin(minutes), { "data-main": true });
  const level = doc.readiness?.level;
  const figure = h("div.figure.first", { "aria-hidden": "true" });
  const node = h("div.view.start", null,
    h("div.lead", null,
      h("p.over", null, [dayText(session.date), session.start?.slice(11, 16), doc.primer_of ? "before your run" : ""].filter(Boolean).join(" · ")),
      h("h1", { tabindex: "-1" }, session.name),
      level ? h(`p.readiness.${level}`, null, h("span.dot", { "aria-hidden": "true" }), doc.readiness.says?.[0] ?? "") : null,
      (session.why ?? []).slice(0, 2).map((why) => h("p.why", null, why))),
    figure,
    h("div.choices", null,
      lengths.length > 1 ? h("div.field", null, h("span.label", null, "Time"),
        choice("Time for the session", lengths, minutes, (key) => { minutes = key; show(); })) : null,
      h("div.field.wishes", null, wishes(app))),
    h("div.plan", null, list),
    h("div.panel", null, go));
  const first = doc.blocks.find((block) => block.label.length === 1) ?? doc.blocks[0];
  app.draw(figure, first.items[0], "", { small: true });
  return { node, update() {} };
}

/** List a session's blocks with their items. */
export function outline(app, blocks, done = null) {
  return blocks.map((block) => h(`li.block${block.label.length === 1 ? "" : ".named"}`, null,
    h("h2", null, block.label.length === 1 ? h("span.letter", null, block.label) : blockName(block.label),
      h("span.rounds", null, roundsText(block))),
    h("ul", null, block.items.map((item) => h("li", null,
      h("span.name", null, app.name(item.exercise)),
      h("span.dose", null, itemText(item, app.units)),
      done ? h("span.done", null, done(block, item)) : null)))));
}

function roundsText(block) {
  const rest = block.rest_s ? `, rest ${block.rest_s} s` : "";
  return block.rounds > 1 || block.rest_s ? `${count(block.rounds, "round")}${rest}` : "";
}

/** Switches for what sounds and shakes. */
export function wishes(app) {
  return [["sound", "Sounds"], ["voice", "Spoken cues"], ["shake", "Vibration"], ["flow", "Holds start alone"]].filter(([name]) => app.offers(name))
    .map(([name, words]) => toggle(words, app.wish(name), (on) => app.setWish(name, on)));
}
