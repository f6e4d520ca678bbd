// Words and numbers as the runner reads and hears them. Pure; knows nothing of screens.

export const POUNDS = 2.20462262;

/**
 * Write a length of time as a clock shows it.
 * @param {number} seconds whole or not; below zero counts as none
 * @returns {string} "1:05"
 */
export function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** Write a number without a needless point. */
export function plain(value, digits = 1) {
  return String(Math.round(value * 10 ** digits) / 10 ** digits);
}

/**
 * Write a weight in the runner's units; none for body weight.
 * @param {number|null|undefined} kg
 * @param {string} units "metric" or "imperial"
 * @param {boolean} [perHand] the same in each hand
 */
export function weight(kg, units, perHand = false) {
  if (kg === null || kg === undefined) return "";
  const one = units === "imperial" ? `${plain(Math.round(kg * POUNDS * 2) / 2)} lb` : `${plain(kg, 2)} kg`;
  return perHand ? `2 × ${one}` : one;
}

/** Number of a weight alone, for the big display. */
export function weightNumber(kg, units) {
  return units === "imperial" ? plain(Math.round(kg * POUNDS * 2) / 2) : plain(kg, 2);
}

const UNIT = { reps: ["rep", "reps"], seconds: ["second", "seconds"], steps: ["step", "steps"], contacts: ["contact", "contacts"] };

/** Name a unit for an amount: "1 rep", "8 reps". */
export function unitName(unit, amount) {
  return UNIT[unit][Math.abs(amount) === 1 ? 0 : 1];
}

/** Write an amount with its unit, short: "8 reps", "30 s". */
export function amountText(amount, unit) {
  return unit === "seconds" ? `${plain(amount)} s` : `${plain(amount)} ${unitName(unit, amount)}`;
}

/** Write the range of an item: "6–8 reps a side", "30–45 s", "10 steps out and back". */
export function doseText(item) {
  const range = item.low === item.high ? plain(item.low) : `${plain(item.low)}–${plain(item.high)}`;
  if (item.to_last_good_rep) return `${plain(item.low)} reps or more, to the last good one${item.per_side ? ", a side" : ""}`;
  const unit = item.unit === "seconds" ? `${range} s` : `${range} ${unitName(item.unit, item.high)}`;
  return unit + (item.unit === "steps" ? " out and back" : "") + (item.per_side ? " a side" : "");
}

/** Write everything an item asks for after its name. */
export function itemText(item, units) {
  return [doseText(item), weight(item.weight_kg, units, item.per_hand)].filter(Boolean).join(" · ");
}

/** Write one set that was done: "8 reps · 16 kg · 2 in reserve". */
export function setText(event, units) {
  const reserve = event.rir === undefined || event.rir === null ? "" : `${plain(event.rir)} in reserve`;
  return [amountText(event.amount, event.unit), weight(event.weight_kg, units, event.per_hand), reserve]
    .filter(Boolean).join(" · ");
}

/** Name a block for people: "Warm-up", "Block A", "Finisher". */
export function blockName(label) {
  if (/^T\d*$/.test(label)) return "Tissue block";
  return label.length === 1 ? `Block ${label}` : label[0].toUpperCase() + label.slice(1);
}

/** Say where in the session a step stands: "Block A · round 2 of 3". */
export function placeText(step) {
  if (step.extra) return `${blockName(step.block)} · extra set, ${step.side}`;
  return blockName(step.block) + (step.rounds > 1 ? ` · round ${step.round} of ${step.rounds}` : "");
}

const SPOKEN_UNITS = { kg: "kilos", lb: "pounds" };

/** Turn a short text into one that a voice can read. */
export function spoken(text) {
  return text.replace(/(\d)–(\d)/g, "$1 to $2").replace(/2 × (\S+) (kg|lb)/g, "$1 $2 in each hand").replace(/ · /g, ", ")
    .replace(/\b(kg|lb)\b/g, (unit) => SPOKEN_UNITS[unit]).replace(/(\d) s\b/g, "$1 seconds");
}

export const TEMPO_WORDS = ["lower", "pause", "lift", "pause"];

/**
 * Split a tempo into its parts that last.
 * @param {string|undefined} tempo "3-1-1-0"
 * @returns {{word: string, seconds: number}[]} empty when there is none
 */
export function tempoParts(tempo) {
  if (!tempo) return [];
  return tempo.split("-").map((part, at) => ({ word: TEMPO_WORDS[at], seconds: Number(part) })).filter((p) => p.seconds > 0);
}

/** Say a tempo in words: "lower 3 s, pause 1 s, lift 1 s". */
export function tempoText(tempo) {
  return tempoParts(tempo).map((part) => `${part.word} ${part.seconds} s`).join(", ");
}

export const RPE_WORDS = [
  "Nothing at all", "Very easy", "Easy", "Moderate", "Somewhat hard", "Hard", "Hard", "Very hard", "Very hard",
  "Very, very hard", "As hard as it gets",
];

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** Write a date: "Thu 3 Dec". */
export function dayText(date) {
  const [year, month, day] = date.slice(0, 10).split("-").map(Number);
  return `${DAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()]} ${day} ${MONTHS[month - 1]}`;
}

/** Local date of a moment. */
export function localDate(ms) {
  const at = new Date(ms);
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, "0")}-${String(at.getDate()).padStart(2, "0")}`;
}

/** Write a count with its noun: "1 set", "3 sets". */
export function count(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
