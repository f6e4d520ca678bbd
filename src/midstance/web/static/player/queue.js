// Events on their way to the diary. Nothing leaves the device's keep before the server says that it has it: an answer
// that is cut off means asking again, and the same event twice is one entry there. Refused ones stay, with the reason.

const MOST_AT_ONCE = 50;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60000;

/**
 * @typedef {{sending: boolean, problem: ""|"offline"|"server"|"door", waiting: number, refused: number, says: string[]}} News
 */

/**
 * Make a queue.
 * @param {object} parts
 * @param {any} parts.keep see db.js
 * @param {(body: string) => Promise<Response>} parts.post sends one request
 * @param {import("./timer.js").Clock} parts.clock
 * @param {() => number} parts.chance 0 to 1, so that many phones do not knock at the same moment
 * @param {(news: News) => void} [parts.tell]
 * @param {(run: () => Promise<void>) => Promise<void>} [parts.alone] lets one page at a time send
 */
export function makeQueue({ keep, post, clock, chance, tell = () => {}, alone = (run) => run() }) {
  let running = null, again = false, tries = 0, waiting = null, problem = "", says = [], closed = false;

  async function news(sending) {
    const all = await keep.sendings();
    const count = (state) => all.filter((one) => one.state === state).length;
    tell({ sending, problem, waiting: count("waiting"), refused: count("refused"), says });
  }

  /** Send until nothing waits or something is in the way. */
  async function send() {
    for (;;) {
      const batch = (await keep.waiting()).slice(0, MOST_AT_ONCE);
      if (!batch.length) {
        tries = 0;
        problem = "";
        return;
      }
      if (!(await offer(batch))) return;
    }
  }

  /** Offer a batch; true when it is settled and the next may go. */
  async function offer(batch) {
    let status = 0, answer = null;
    try {
      const reply = await post(JSON.stringify({ events: batch.map((one) => one.event) }));
      status = reply.status;
      answer = await reply.json().catch(() => null);
    } catch {
      return later("offline");
    }
    if (status === 401 || status === 403 || status === 421) return later("door");
    if (status >= 400 && status < 500 && status !== 408 && status !== 429) return unreadable(batch, answer);
    if (status !== 200 || !answer) return later("server");
    const changed = settled(batch, answer);
    if (!changed.length) return later("server");
    await keep.settle(changed);
    says = [...new Set([...says, ...(answer.says ?? [])])];
    tries = 0;
    problem = "";
    return true;
  }

  /** A request that is refused as a whole is asked again event by event, so that one bad one does not hold up the rest. */
  async function unreadable(batch, answer) {
    if (batch.length > 1) {
      for (const one of batch) if (!(await offer([one]))) return false;
      return true;
    }
    const fault = answer?.faults?.[0];
    const reason = { says: fault?.says ?? "the server could not read it", remedy: fault?.remedy ?? "" };
    await keep.settle([{ ...batch[0], state: "refused", ...reason }]);
    return true;
  }

  function later(why) {
    problem = why;
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries) * (0.75 + chance() / 2);
    tries = Math.min(tries + 1, 10);
    clock.cancel(waiting);
    if (!closed) waiting = clock.later(flush, wait);
    return false;
  }

  function settled(batch, answer) {
    const here = new Set([...(answer.kept ?? []), ...(answer.known ?? [])]);
    const refused = new Map((answer.refused ?? []).map((one) => [one.key, one]));
    return batch.filter((one) => here.has(one.key) || refused.has(one.key)).map((one) => (here.has(one.key)
      ? { ...one, state: "sent", sent_at: clock.now() }
      : { ...one, state: "refused", says: refused.get(one.key).says, remedy: refused.get(one.key).remedy }));
  }

  /** Send now; asked while sending, it looks once more afterwards. */
  function flush() {
    if (closed) return Promise.resolve();
    if (running) {
      again = true;
      return running;
    }
    clock.cancel(waiting);
    running = (async () => {
      try {
        do {
          again = false;
          await news(true);
          await alone(send);
        } while (again && !problem);
      } catch {
        later("server");
      } finally {
        running = null;
        await news(false).catch(() => {});
      }
    })();
    return running;
  }

  return {
    flush,
    /** Try at once, whatever the waiting time: the connection is back, or the page is looked at again. */
    wake() {
      tries = 0;
      return flush();
    },
    /** Put refused events into the queue again. */
    async retryRefused() {
      const all = await keep.sendings();
      await keep.settle(all.filter((one) => one.state === "refused").map((one) => ({ ...one, state: "waiting", says: "", remedy: "" })));
      return this.wake();
    },
    close() {
      closed = true;
      clock.cancel(waiting);
    },
  };
}
