// Spoken cues. A new sentence takes the place of the one before; without a voice on the device nothing is said.

import { spoken } from "./words.js";

/** @param {{on: () => boolean}} wish */
export function makeSpeech(wish) {
  const voice = globalThis.speechSynthesis;
  return {
    can: Boolean(voice && globalThis.SpeechSynthesisUtterance),
    say(text) {
      if (!this.can || !wish.on() || !text) return;
      const words = new SpeechSynthesisUtterance(spoken(text));
      words.lang = "en";
      words.rate = 1;
      voice.cancel();
      voice.speak(words);
    },
    hush() {
      voice?.cancel();
    },
  };
}
