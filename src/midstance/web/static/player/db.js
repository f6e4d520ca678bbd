// What is kept on the device: session documents, the moves of each play, events on their way to the diary, wishes.
// IndexedDB first; where it is missing or refused (a page from a file, a private window) localStorage, else memory.
// A move and its event are written in one go: either both are there after a crash, or neither.

const NAME = "midstance-player";
const STORES = { documents: "id", plays: "play", moves: ["play", "n"], events: "key", settings: "name" };

/**
 * @typedef {{key: string, play: string, event: any, state: "waiting"|"sent"|"refused", says?: string, remedy?: string,
 *   order: number, sent_at?: number}} Sending
 */

/** Two pages wrote the same place in the list: the other one was first. */
export class Overtaken extends Error {}

/**
 * Open what is kept.
 * @param {{indexed?: IDBFactory|null, local?: Storage|null}} [places] for tests and for pages from files
 */
export async function openKeep({ indexed = globalThis.indexedDB ?? null, local = storage() } = {}) {
  if (indexed) {
    try {
      return keepOf(indexedTables(await opened(indexed)), "device");
    } catch { /* refused: private window, or a page from a file */ }
  }
  return keepOf(plainTables(local), local ? "device" : "memory");
}

function storage() {
  try {
    const local = globalThis.localStorage ?? null;
    local?.setItem("midstance-probe", "1");
    local?.removeItem("midstance-probe");
    return local;
  } catch {
    return null;
  }
}

/** The keep itself, over any tables that can read and write several stores in one go. */
function keepOf(tables, where) {
  let order = 0;
  const sending = (event) => {
    order = Math.max(order + 1, Date.now() * 1000);
    return { key: event.key, play: event.play, event, state: "waiting", order };
  };
  return {
    where,
    saveDocument: (doc, at) => tables.write([["documents", { id: doc.session.id, document: doc, stored_at: at }]]),
    document: async (id) => (await tables.one("documents", id))?.document ?? null,
    documents: () => tables.all("documents"),
    dropDocument: (id) => tables.write([], [["documents", id]]),
    /** Begin a play: its first move is written with it. */
    begin: (play, move) => tables.write([["plays", play]], [], [["moves", { play: play.play, ...move }]]),
    /** Write a move, and the events that come with it, or nothing at all. Raises Overtaken. */
    move: (play, move, events = []) => tables.write(
      events.map((event) => ["events", sending(event)]), [], [["moves", { play, ...move }]]),
    moves: async (play) => (await tables.all("moves")).filter((m) => m.play === play).sort((a, b) => a.n - b.n),
    play: (play) => tables.one("plays", play),
    plays: () => tables.all("plays"),
    close: async (play, at) => tables.write([["plays", { ...(await tables.one("plays", play)), closed_at: at }]]),
    waiting: async () => (await tables.all("events")).filter((e) => e.state === "waiting").sort((a, b) => a.order - b.order),
    sendings: async (play) => (await tables.all("events")).filter((e) => !play || e.play === play).sort((a, b) => a.order - b.order),
    /** Note what the server said of events; what it did not name stays as it is. */
    settle: (changed) => tables.write(changed.map((record) => ["events", record])),
    setting: async (name, otherwise = null) => (await tables.one("settings", name))?.value ?? otherwise,
    set: (name, value) => tables.write([["settings", { name, value }]]),
    /** Forget plays that were closed long ago and whose events have all arrived. */
    async tidy(now, days = 30) {
      const old = (await tables.all("plays")).filter((p) => p.closed_at && now - p.closed_at > days * 86400000);
      for (const play of old) {
        const events = await this.sendings(play.play);
        if (events.some((e) => e.state !== "sent")) continue;
        const moves = await this.moves(play.play);
        await tables.write([], [["plays", play.play], ["documents", play.session],
          ...moves.map((m) => ["moves", [m.play, m.n]]), ...events.map((e) => ["events", e.key])]);
      }
    },
  };
}

function opened(indexed) {
  return new Promise((done, failed) => {
    const asked = indexed.open(NAME, 1);
    const slow = setTimeout(() => failed(new Error("the database does not open")), 4000);
    asked.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(STORES)) asked.result.createObjectStore(name, { keyPath });
    };
    asked.onsuccess = () => { clearTimeout(slow); done(asked.result); };
    asked.onerror = () => { clearTimeout(slow); failed(asked.error); };
  });
}

const answered = (request) => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

/** Tables in IndexedDB. */
function indexedTables(db) {
  db.onversionchange = () => db.close();
  return {
    one: async (store, key) => (await answered(db.transaction(store).objectStore(store).get(key))) ?? null,
    all: (store) => answered(db.transaction(store).objectStore(store).getAll()),
    write(puts, removes = [], adds = []) {
      const names = [...new Set([...puts, ...removes, ...adds].map(([store]) => store))];
      if (!names.length) return Promise.resolve();
      return new Promise((done, failed) => {
        // strict: what was acknowledged is on the disk when the battery dies
        const going = db.transaction(names, "readwrite", { durability: "strict" });
        let overtaken = false;
        going.oncomplete = () => done();
        going.onabort = () => failed(overtaken ? new Overtaken() : going.error ?? new Error("could not write"));
        for (const [store, value] of adds) {
          going.objectStore(store).add(value).onerror = (event) => { overtaken = event.target.error?.name === "ConstraintError"; };
        }
        for (const [store, value] of puts) going.objectStore(store).put(value);
        for (const [store, key] of removes) going.objectStore(store).delete(key);
      });
    },
  };
}

/** Tables in localStorage, all in one text so that a write is whole; or in memory. */
export function plainTables(local) {
  let memory = null;
  const fresh = () => Object.fromEntries(Object.keys(STORES).map((name) => [name, {}]));
  const read = () => (local ? JSON.parse(local.getItem(NAME) ?? "null") ?? fresh() : (memory ??= fresh()));
  const keyOf = (store, value) => JSON.stringify([STORES[store]].flat().map((name) => value[name]));
  return {
    one: async (store, key) => read()[store][JSON.stringify([key].flat())] ?? null,
    all: async (store) => Object.values(read()[store]),
    async write(puts, removes = [], adds = []) {
      const tables = read();
      for (const [store, value] of adds) {
        if (tables[store][keyOf(store, value)]) throw new Overtaken();
        tables[store][keyOf(store, value)] = value;
      }
      for (const [store, value] of puts) tables[store][keyOf(store, value)] = value;
      for (const [store, key] of removes) delete tables[store][JSON.stringify([key].flat())];
      if (local) local.setItem(NAME, JSON.stringify(tables));
    },
  };
}
