// Keeping and sending: whatever is cut, and wherever, each event arrives, and arrives once.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Overtaken, openKeep, plainTables } from "../../src/midstance/web/static/player/db.js";
import { makeQueue } from "../../src/midstance/web/static/player/queue.js";
import { makeClaim } from "../../src/midstance/web/static/player/tabs.js";

/** Storage as a browser has it, which may be told to break. */
function storage() {
  const texts = new Map();
  return {
    broken: false,
    getItem: (key) => texts.get(key) ?? null,
    setItem(key, text) {
      if (this.broken) throw new Error("quota");
      texts.set(key, text);
    },
    removeItem: (key) => texts.delete(key),
    copy() {
      const other = storage();
      for (const [key, text] of texts) other.setItem(key, text);
      return other;
    },
  };
}

const keepOn = (local) => openKeep({ indexed: null, local });

function fakeClock() {
  let id = 0;
  const timers = new Map();
  return { waits: [], now: () => 1000, later(run, ms) { this.waits.push(ms); timers.set(id += 1, run); return id; }, cancel: (one) => timers.delete(one),
    async fire() { const due = [...timers]; timers.clear(); for (const [, run] of due) await run(); }, get pending() { return timers.size; } };
}

const eventOf = (n, more = {}) => ({ key: `p00ff-${n}`, play: "p00ff", kind: "set", ...more });

/** A diary on the other side: takes an event once, whatever it is asked; may be cut before or after it took it. */
function diary({ cuts = () => "" , refuse = () => null } = {}) {
  const taken = new Map();
  let asked = 0;
  return {
    taken, get asked() { return asked; },
    async post(body) {
      asked += 1;
      const cut = cuts(asked);
      if (cut === "before") throw new TypeError("failed to fetch");
      if (cut === "500") return { status: 500, json: async () => ({}) };
      if (cut === "401") return { status: 401, json: async () => { throw new SyntaxError("text"); } };
      const kept = [], known = [], refused = [];
      for (const event of JSON.parse(body).events) {
        const no = refuse(event);
        if (no) refused.push({ key: event.key, says: no, remedy: "mend it" });
        else if (taken.has(event.key)) known.push(event.key);
        else {
          taken.set(event.key, event);
          kept.push(event.key);
        }
      }
      if (cut === "after") throw new TypeError("network lost");
      if (cut === "garbled") return { status: 200, json: async () => { throw new SyntaxError("cut"); } };
      return { status: 200, json: async () => ({ kept, known, refused, says: ["Knee: two days without jumps."] }) };
    },
  };
}

async function filled(keep, count) {
  await keep.begin({ play: "p00ff", session: "s-1", started_at: 1 }, { n: 1, at: 1, do: "begin" });
  for (let n = 2; n < count + 2; n += 1) await keep.move("p00ff", { n, at: n, do: "set" }, [eventOf(n)]);
}

test("cut at every point of sending, nothing is lost and nothing is doubled", async () => {
  for (const kind of ["before", "after", "500", "401", "garbled"]) {
    for (let where = 1; where <= 4; where += 1) {
      const local = storage();
      await filled(await keepOn(local), 120);
      const there = diary({ cuts: (n) => (n === where ? kind : "") });
      const clock = fakeClock();
      const queue = makeQueue({ keep: await keepOn(local), post: there.post, clock, chance: () => 0.5 });
      await queue.flush();
      for (let i = 0; i < 5 && clock.pending; i += 1) await clock.fire();
      const all = await (await keepOn(local)).sendings();
      assert.equal(there.taken.size, 120, `${kind} at ${where}`);
      assert.deepEqual([...there.taken.keys()], Array.from({ length: 120 }, (_, at) => `p00ff-${at + 2}`));
      assert.ok(all.every((one) => one.state === "sent"));
    }
  }
});

test("a page that dies at any moment leaves what the next page needs", async () => {
  const first = storage();
  const images = [];
  const watched = { ...first, setItem(key, text) { first.setItem(key, text); images.push(first.copy()); } };
  const there = diary({ cuts: (n) => (n % 3 === 1 ? "after" : "") });
  const keep = await keepOn(watched);
  await filled(keep, 12);
  const queue = makeQueue({ keep, post: there.post, clock: fakeClock(), chance: () => 0 });
  await queue.flush();
  for (const image of images) {
    const again = await keepOn(image);
    const moves = await again.moves("p00ff");
    const events = await again.sendings();
    assert.equal(events.length, Math.max(0, moves.length - 1), "a move and its event are there together");
    const next = makeQueue({ keep: again, post: there.post, clock: fakeClock(), chance: () => 0 });
    for (let i = 0; i < 4; i += 1) await next.wake();
    assert.ok((await again.sendings()).every((one) => one.state === "sent"));
  }
  assert.equal(there.taken.size, 12);
});

test("waiting grows with each failure, has an end, and a wake-up does not wait", async () => {
  const keep = await keepOn(storage());
  await filled(keep, 1);
  const clock = fakeClock();
  let offline = true;
  const there = diary({ cuts: () => (offline ? "before" : "") });
  const told = [];
  const queue = makeQueue({ keep, post: there.post, clock, chance: () => 0.5, tell: (news) => told.push(news) });
  await queue.flush();
  for (let i = 0; i < 9; i += 1) await clock.fire();
  assert.deepEqual(clock.waits.slice(0, 7), [1000, 2000, 4000, 8000, 16000, 32000, 60000]);
  assert.ok(Math.max(...clock.waits) === 60000);
  assert.equal(told.at(-1).problem, "offline");
  assert.equal(told.at(-1).waiting, 1);
  offline = false;
  await queue.wake();
  assert.deepEqual([told.at(-1).problem, told.at(-1).waiting, told.at(-1).says], ["", 0, ["Knee: two days without jumps."]]);
  assert.equal(clock.pending, 0);
});

test("a refused event stays with its reason, holds nobody up, and can be offered again", async () => {
  const keep = await keepOn(storage());
  await filled(keep, 3);
  let strict = true;
  const there = diary({ refuse: (event) => (strict && event.key === "p00ff-3" ? "the weight is beyond anything" : null) });
  const queue = makeQueue({ keep, post: there.post, clock: fakeClock(), chance: () => 0 });
  await queue.flush();
  const [, bad] = await keep.sendings();
  assert.deepEqual([bad.state, bad.says, bad.remedy], ["refused", "the weight is beyond anything", "mend it"]);
  assert.equal(there.taken.size, 2);
  strict = false;
  await queue.retryRefused();
  assert.equal(there.taken.size, 3);
});

test("a request that is refused as a whole is asked event by event", async () => {
  const keep = await keepOn(storage());
  await filled(keep, 4);
  const there = diary();
  const post = async (body) => (body.includes("p00ff-4") ? { status: 422, json: async () => ({ faults: [{ says: "no such side", remedy: "left or right" }] }) } : there.post(body));
  await makeQueue({ keep, post, clock: fakeClock(), chance: () => 0 }).flush();
  const all = await keep.sendings();
  assert.deepEqual(all.map((one) => one.state), ["sent", "sent", "refused", "sent"]);
  assert.equal(all[2].says, "no such side");
});

test("an answer that names nothing is no answer: the events wait on", async () => {
  const keep = await keepOn(storage());
  await filled(keep, 2);
  const clock = fakeClock();
  const queue = makeQueue({ keep, post: async () => ({ status: 200, json: async () => ({ kept: [], known: [], refused: [] }) }), clock, chance: () => 0 });
  await queue.flush();
  assert.equal((await keep.waiting()).length, 2);
  assert.equal(clock.pending, 1);
});

test("events written while sending go with the same flush", async () => {
  const keep = await keepOn(storage());
  await filled(keep, 1);
  const there = diary();
  let queue = null;
  const post = async (body) => {
    if (there.asked === 0) {
      await keep.move("p00ff", { n: 90, at: 90, do: "set" }, [eventOf(90)]);
      queue.flush();
    }
    return there.post(body);
  };
  queue = makeQueue({ keep, post, clock: fakeClock(), chance: () => 0 });
  await queue.flush();
  assert.deepEqual([...there.taken.keys()], ["p00ff-2", "p00ff-90"]);
});

test("two pages cannot write the same move: the later one is told", async () => {
  const local = storage();
  const [one, two] = [await keepOn(local), await keepOn(local)];
  await one.begin({ play: "p00ff", session: "s-1" }, { n: 1, at: 1, do: "begin" });
  await one.move("p00ff", { n: 2, at: 2, do: "set" }, [eventOf(2)]);
  await assert.rejects(two.move("p00ff", { n: 2, at: 3, do: "set" }, [eventOf(2, { amount: 9 })]), Overtaken);
  assert.equal((await one.sendings())[0].event.amount, undefined);
});

test("without any storage everything is in memory, and the page can say so", async () => {
  const keep = await openKeep({ indexed: null, local: null });
  assert.equal(keep.where, "memory");
  await filled(keep, 2);
  assert.equal((await keep.waiting()).length, 2);
  await keep.set("wishes", { sound: false });
  assert.deepEqual(await keep.setting("wishes"), { sound: false });
  assert.equal((await plainTables(null).all("events")).length, 0);
});

test("only what arrived is ever forgotten", async () => {
  const keep = await keepOn(storage());
  await keep.saveDocument({ session: { id: "s-1" } }, 1);
  await filled(keep, 2);
  await keep.close("p00ff", 1);
  await keep.tidy(100 * 86400000);
  assert.equal((await keep.sendings()).length, 2);
  await makeQueue({ keep, post: diary().post, clock: fakeClock(), chance: () => 0 }).flush();
  await keep.tidy(100 * 86400000);
  assert.equal((await keep.sendings()).length, 0);
  assert.equal((await keep.documents()).length, 0);
});

test("without locks a lease lets one page in, the other can take over and the first hears of it", async () => {
  const local = storage();
  const clock = fakeClock();
  const [one, two] = [makeClaim("s-1", { local, clock }), makeClaim("s-1", { local, clock })];
  let lost = false;
  one.lost(() => { lost = true; });
  assert.equal(await one.take(), true);
  assert.equal(await two.take(), false);
  assert.equal(await two.take(true), true);
  await clock.fire();
  assert.equal(lost, true);
  two.leave();
  assert.equal(await one.take(), true);
  one.leave();
});

test("with locks a second page is kept out until the first leaves or is robbed", async () => {
  const held = new Map();
  const locks = { request(name, { steal, ifAvailable }, run) {
    if (held.has(name) && ifAvailable && !steal) return Promise.resolve(run(null));
    if (steal) held.get(name)?.rob();
    return new Promise((done, rob) => {
      held.set(name, { rob: () => rob(new Error("AbortError")) });
      Promise.resolve(run({})).then(() => { held.delete(name); done(); });
    });
  } };
  const clock = fakeClock();
  const [one, two] = [makeClaim("s-1", { locks, clock }), makeClaim("s-1", { locks, clock })];
  let lost = false;
  one.lost(() => { lost = true; });
  assert.equal(await one.take(), true);
  assert.equal(await two.take(), false);
  assert.equal(await two.take(true), true);
  await new Promise((done) => { setTimeout(done, 5); });
  assert.equal(lost, true);
});
