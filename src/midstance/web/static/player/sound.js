// Beeps on the audio clock, vibration, and a screen that stays awake. All of it may be missing; nothing depends on it.

/**
 * Make the player's sounds.
 * @param {{on: () => boolean, vibrates: () => boolean}} wish what the runner wants
 */
export function makeSound(wish) {
  let audio = null, planned = [];

  /** Sounds must be woken by a touch or a key; asked for at the start and after each return to the page. */
  function wake() {
    const Audio = globalThis.AudioContext ?? globalThis.webkitAudioContext;
    // before the first touch or key browsers refuse, and complain
    if (!Audio || !wish.on() || navigator.userActivation?.hasBeenActive === false) return;
    try {
      audio ??= new Audio();
      if (audio.state !== "running") audio.resume().catch(() => {});
    } catch { /* no sound device */ }
  }

  /** One tone at a moment of the audio clock. */
  function tone(at, hertz, length, loud) {
    const source = audio.createOscillator();
    const gain = audio.createGain();
    source.frequency.value = hertz;
    source.type = "sine";
    gain.gain.setValueAtTime(0.0001, at);
    gain.gain.exponentialRampToValueAtTime(loud, at + 0.012);
    gain.gain.exponentialRampToValueAtTime(0.0001, at + length);
    source.connect(gain).connect(audio.destination);
    source.start(at);
    source.stop(at + length + 0.05);
    return source;
  }

  const bell = (at) => [[880, 1.4, 0.22], [1318.5, 1.1, 0.1], [2637, 0.5, 0.03]].map(([hz, s, loud]) => tone(at, hz, s, loud));

  function usable() {
    if (!wish.on()) return false;
    wake();
    return audio?.state === "running";
  }

  return {
    wake,
    get awake() { return audio?.state === "running"; },
    /** Drop what was to sound. */
    hush() {
      for (const source of planned) {
        try { source.stop(); } catch { /* over already */ }
      }
      planned = [];
    },
    /** Let three short beeps and a bell lead to a moment [ms of Date.now()]; they sound even if the page is throttled. */
    leadTo(until, now) {
      this.hush();
      if (!usable()) return;
      const end = audio.currentTime + (until - now) / 1000;
      for (const before of [3, 2, 1]) if (end - before > audio.currentTime) planned.push(tone(end - before, 620, 0.12, 0.14));
      if (end > audio.currentTime) planned.push(...bell(end));
    },
    bell() {
      if (usable()) planned.push(...bell(audio.currentTime + 0.01));
    },
    /** A click of the metronome, now or in some seconds; the first of a repetition is higher. */
    click(strong, after = 0) {
      if (!usable()) return;
      const source = tone(audio.currentTime + after + 0.005, strong ? 1100 : 740, 0.06, strong ? 0.16 : 0.08);
      if (after) planned.push(source);
    },
    shake(pattern) {
      if (wish.vibrates()) {
        try { navigator.vibrate?.(pattern); } catch { /* not allowed here */ }
      }
    },
  };
}

/** Keep the screen on while a session runs; browsers take the lock away with the page, so it is asked for again. */
export function makeAwake() {
  let wanted = false, lock = null;
  async function ask() {
    if (!wanted || lock || !navigator.wakeLock || document.visibilityState !== "visible") return;
    try {
      lock = await navigator.wakeLock.request("screen");
      lock.addEventListener("release", () => { lock = null; });
    } catch { /* battery saver */ }
  }
  document.addEventListener("visibilitychange", ask);
  return {
    on() { wanted = true; ask(); },
    off() { wanted = false; lock?.release().catch(() => {}); lock = null; },
  };
}
