/* global VERSION, FILES */
// The service worker: keeps the program's files and the player's page, so that a session starts and runs without the
// server. It keeps nothing that belongs to a runner: no signed-in page, no answer of the interface. The server puts
// two lines before these: `const VERSION = "..."` and `const FILES = [...]` (pages to keep, then versioned files).

const CACHE = `midstance-${VERSION}`;
const SHELL = "/player";
const OFFLINE = "/offline";

self.addEventListener("install", (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(tidy().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(fromCache(request));
  else if (request.mode === "navigate" && url.pathname === SHELL) event.respondWith(shell(request));
  else if (request.mode === "navigate") event.respondWith(page(request));
});

/** Keep all files, fetched anew. */
async function fill() {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.map((path) => new Request(path, { cache: "reload" })));
}

/** Drop what older versions kept. */
async function tidy() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("midstance-") && name !== CACHE).map((name) => caches.delete(name)));
}

/** Files have their version in the address: what is kept never goes stale. */
async function fromCache(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && new URL(request.url).pathname.includes(`/${VERSION}/`)) {
    const cache = await caches.open(CACHE);
    await cache.put(request, answer.clone());
  }
  return answer;
}

/** The player's page comes from the device at once. */
async function shell(request) {
  return (await caches.match(SHELL)) ?? page(request);
}

/** Other pages come from the server alone; without it there is a page that says so. */
async function page(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(OFFLINE);
    if (kept) return kept;
    throw error;
  }
}
