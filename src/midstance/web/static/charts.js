// Lets touch, mouse and arrow keys read the values of a chart one by one (the drawing itself comes from the server).

const BACK = new Set(["ArrowLeft", "ArrowDown"]);
const ON = new Set(["ArrowRight", "ArrowUp"]);
const SVG = "http://www.w3.org/2000/svg";

/** @param {HTMLElement} plot */
function readable(plot) {
  const marks = /** @type {SVGElement[]} */ ([...plot.querySelectorAll("[data-says]")]);
  const svg = plot.querySelector("svg");
  const reading = plot.parentElement?.querySelector("[data-reading]");
  if (!marks.length || !svg || !reading) return;
  const places = marks.map((mark) => parseFloat(mark.dataset.at || "0"));
  const last = marks.length - 1;
  let now = -1;

  const cursor = document.createElementNS(SVG, "line");
  for (const [name, value] of Object.entries({ class: "cursor", y1: "10", y2: String(svg.height.baseVal.value - 18) })) {
    cursor.setAttribute(name, value);
  }
  svg.insertBefore(cursor, svg.querySelector("line, rect, circle, g, text"));

  /** @param {number} to @param {boolean} shown */
  function read(to, shown = true) {
    const next = Math.max(0, Math.min(last, to));
    cursor.classList.toggle("on", shown);
    if (now >= 0) marks[now].classList.remove("on");
    if (shown) marks[next].classList.add("on");
    now = next;
    const says = marks[next].dataset.says || "";
    cursor.setAttribute("x1", `${places[next]}%`);
    cursor.setAttribute("x2", `${places[next]}%`);
    if (reading) reading.textContent = says;
    plot.setAttribute("aria-valuenow", String(next + 1));
    plot.setAttribute("aria-valuetext", says);
  }

  /** @param {PointerEvent} event */
  function nearest(event) {
    if (!svg) return;
    const box = svg.getBoundingClientRect();
    const at = (100 * (event.clientX - box.left)) / box.width;
    let best = 0;
    for (let k = 1; k <= last; k += 1) if (Math.abs(places[k] - at) < Math.abs(places[best] - at)) best = k;
    read(best);
  }

  const about = { role: "slider", tabindex: "0", "aria-label": `${plot.dataset.plot}: values`, "aria-valuemin": "1",
    "aria-valuemax": String(last + 1), "aria-orientation": "horizontal",
    "aria-describedby": svg.querySelector("desc")?.id || "" };
  for (const [name, value] of Object.entries(about)) plot.setAttribute(name, value);
  read(last, false);
  plot.addEventListener("pointerdown", nearest);
  plot.addEventListener("pointermove", nearest);
  plot.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") read(last, false); });
  plot.addEventListener("focus", () => { if (plot.matches(":focus-visible")) read(now); });
  plot.addEventListener("blur", () => read(last, false));
  plot.addEventListener("keydown", (event) => {
    const to = BACK.has(event.key) ? now - 1 : ON.has(event.key) ? now + 1
      : event.key === "Home" ? 0 : event.key === "End" ? last : null;
    if (to === null) return;
    event.preventDefault();
    read(to);
  });
}

for (const plot of document.querySelectorAll("[data-plot]")) readable(/** @type {HTMLElement} */ (plot));
