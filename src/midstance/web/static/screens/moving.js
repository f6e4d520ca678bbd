// Sets the figure of an exercise going; the still drawing stays where there is none.

/** @param {HTMLElement} place */
async function move(place) {
  if (!place.querySelector("svg")) return;
  try {
    const answer = await fetch(place.dataset.clipUrl || "");
    if (!answer.ok) return;
    const clip = await answer.json();
    const { mountFigure } = await import("/static/player/figure.js");
    const still = [...place.children];
    mountFigure(place, clip, { name: place.dataset.name, side: place.dataset.side });
    for (const one of still) one.remove();
  } catch {
    // without a connection, or without a drawing, the still one says it as well
  }
}

for (const place of document.querySelectorAll("[data-clip-url]")) move(/** @type {HTMLElement} */ (place));
