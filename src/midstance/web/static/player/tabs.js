// One page at a time does a session. A second one says so and can take over; the first then steps back.

const LEASE_MS = 5000;

/**
 * Ask for a session.
 * @param {string} name
 * @param {{locks?: LockManager|null, local?: Storage|null, clock: import("./timer.js").Clock}} places
 * @returns {{take: (force?: boolean) => Promise<boolean>, leave: () => void, lost: (run: () => void) => void}}
 */
export function makeClaim(name, { locks = null, local = null, clock }) {
  let onLost = () => {};
  const lost = (run) => { onLost = run; };
  if (locks) return { ...byLock(name, locks, () => onLost()), lost };
  return { ...byLease(name, local, clock, () => onLost()), lost };
}

/** Web Locks: gone with the page, whatever happens to it. */
function byLock(name, locks, gone) {
  let release = null;
  return {
    take: (force = false) => new Promise((done) => {
      locks.request(name, force ? { steal: true } : { ifAvailable: true }, (lock) => {
        if (!lock) {
          done(false);
          return undefined;
        }
        done(true);
        return new Promise((free) => { release = free; });
      }).catch(() => {
        // another page took it
        if (release) gone();
        release = null;
      });
    }),
    leave: () => { release?.(); release = null; },
  };
}

/** Without https there are no locks: a lease in localStorage, renewed while the page lives. */
function byLease(name, local, clock, gone) {
  const key = `midstance-lease-${name}`;
  const me = Math.random().toString(36).slice(2);
  let waiting = null;
  const read = () => JSON.parse(local?.getItem(key) ?? "null");
  function renew() {
    const lease = read();
    if (lease && lease.id !== me) {
      gone();
      return;
    }
    local?.setItem(key, JSON.stringify({ id: me, until: clock.now() + LEASE_MS }));
    waiting = clock.later(renew, LEASE_MS / 3);
  }
  return {
    async take(force = false) {
      const lease = read();
      if (!force && lease && lease.id !== me && lease.until > clock.now()) return false;
      local?.removeItem(key);
      renew();
      return true;
    },
    leave() {
      clock.cancel(waiting);
      if (read()?.id === me) local?.removeItem(key);
    },
  };
}
