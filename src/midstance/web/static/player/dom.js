// Building and changing elements without a framework and without markup in strings.

/**
 * Make an element.
 * @param {string} tag "button.primary.wide" or "p"
 * @param {Object<string, any>|null} [with_] attributes; `on…` are listeners, `hidden` and the like by truth
 * @param {...(Node|string|number|null|undefined|false|any[])} children
 * @returns {any}
 */
export function h(tag, with_, ...children) {
  const [name, ...classes] = tag.split(".");
  const node = document.createElement(name || "div");
  if (classes.length) node.className = classes.join(" ");
  if (name === "button") node.type = "button";
  for (const [key, value] of Object.entries(with_ ?? {})) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Change a text only where it differs: a screen reader hears no repetition, and nothing is laid out in vain. */
export function put(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  close: "M6 6l12 12M18 6L6 18",
  pause: "M9 6v12M15 6v12",
  play: "M8 5.5v13l10.5-6.5z",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  swap: "M4 9h13l-3.5-3.5M20 15H7l3.5 3.5",
  pain: "M12 4v9M12 18.5h.01",
  back: "M9 6l-5.5 5.5L9 17M4 11.5h10a6 6 0 0 1 0 12",
  minus: "M6 12h12",
  plus: "M6 12h12M12 6v12",
  check: "M5 12.5l4.5 4.5L19 7.5",
  left: "M14 6l-6 6 6 6",
  right: "M10 6l6 6-6 6",
};

/** Draw a small sign; it is never the only word. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", class: `icon ${name}`, "aria-hidden": "true", focusable: "false" })) {
    svg.setAttribute(key, value);
  }
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** A button with words; `keys` names its key for those who use one. */
export function button(classes, words, run, more = {}) {
  return h(`button${classes}`, { onclick: run, ...more }, words);
}

/**
 * A number that is changed by two thumb-size buttons, or by the arrow keys when it has the focus.
 * @param {{label: string, value: any, text: (value: any) => [string, string], less: (value: any) => any,
 *   more: (value: any) => any, change: (value: any) => void, says?: string, tap?: (() => void)|null}} of
 */
export function stepper(of) {
  let value = of.value;
  const number = h("span.number");
  const unit = h("span.unit");
  const shown = h("div.value", { role: "spinbutton", tabindex: "0", "aria-label": of.label, onkeydown: keyed }, number, unit);
  const minus = button(".step", icon("minus"), () => move(of.less), { "aria-label": `Less: ${of.label}`, tabindex: "-1" });
  const plus = button(".step", icon("plus"), () => move(of.more), { "aria-label": `More: ${of.label}`, tabindex: "-1" });
  if (of.tap) shown.addEventListener("click", of.tap);

  function move(by) {
    const next = by(value);
    if (next === value || next === undefined) return;
    value = next;
    show();
    of.change(value);
  }
  function keyed(event) {
    const by = { ArrowUp: of.more, ArrowRight: of.more, ArrowDown: of.less, ArrowLeft: of.less }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    move(by);
  }
  function show() {
    const [text, small] = of.text(value);
    put(number, text);
    put(unit, small);
    shown.setAttribute("aria-valuenow", typeof value === "number" ? value : 0);
    shown.setAttribute("aria-valuetext", `${text} ${small}`.trim());
    number.classList.toggle("long", text.length > 5);
  }
  show();
  const node = h("div.stepper", { role: "group", "aria-label": of.label },
    h("span.label", { "aria-hidden": "true" }, of.label), shown, h("div.steps", null, minus, plus));
  return {
    node,
    less: () => move(of.less),
    more: () => move(of.more),
    /** Show another value that came from elsewhere. */
    set(next) {
      value = next;
      show();
    },
  };
}

/** A choice of which one holds, as a row of buttons. */
export function choice(label, options, chosen, pick) {
  const buttons = options.map(([value, words]) => button(".chip", words, () => {
    mark(value);
    pick(value);
  }, { "aria-pressed": String(value === chosen) }));
  function mark(value) {
    buttons.forEach((one, at) => one.setAttribute("aria-pressed", String(options[at][0] === value)));
  }
  return h("div.chips", { role: "group", "aria-label": label }, buttons);
}

/** A switch: on or off. */
export function toggle(words, on, flip) {
  const node = button(".toggle", [h("span", null, words), h("span.knob", { "aria-hidden": "true" })], () => {
    const now = node.getAttribute("aria-checked") !== "true";
    node.setAttribute("aria-checked", String(now));
    flip(now);
  }, { role: "switch", "aria-checked": String(on) });
  return node;
}

/**
 * Open a sheet over the session. Escape and the cross close it; the session's clocks run on.
 * @param {string} title
 * @param {any} content
 * @param {{name?: string}} [more]
 * @returns {{close: () => void, node: HTMLDialogElement}}
 */
export function sheet(title, content, { name = "" } = {}) {
  const heading = h("h2", { id: "sheet-title", tabindex: "-1" }, title);
  const inside = h("div.inside", null, content);
  const node = h("dialog.sheet", { "aria-labelledby": "sheet-title", "data-sheet": name },
    h("header", null, heading, button(".round", icon("close"), () => node.close(), { "aria-label": "Close" })),
    inside);
  // a long sheet without anything to press must scroll by keys too
  if (!inside.querySelector("button, input, summary")) inside.tabIndex = 0;
  node.addEventListener("close", () => node.remove());
  node.addEventListener("click", (event) => {
    if (event.target === node) node.close();
  });
  document.getElementById("player").append(node);
  node.showModal();
  heading.focus();
  return { close: () => node.close(), node };
}
