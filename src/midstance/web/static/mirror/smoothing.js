// Quiet a noisy measurement without shifting it in time. Twin of motion/smoothing.py.

/** Running twice lowers the frequency at which half the power is left (Winter). */
export const TWICE = 0.802;
/** Points mirrored at each end so that the ends are not bent. */
export const EDGE = 9;
/** Leeway for times that are equal but for rounding [s]. */
const HAIR = 1e-9;

/** Middle value; NaN of none. @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  if (!sorted.length) return NaN;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** @param {number[]} values */
export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Read values at even steps, on straight lines between those that are seen.
 * @param {number[]} times rising [s] @param {number[]} values NaN where not seen @param {number} rate steps a second
 * @returns {number[]} empty where nothing was seen
 */
export function evenly(times, values, rate) {
  const seen = times.map((_, k) => k).filter((k) => Number.isFinite(values[k]));
  if (!seen.length) return [];
  const count = Math.floor((times[times.length - 1] - times[0]) * rate + HAIR) + 1;
  const found = [];
  let next = 0;
  for (let k = 0; k < count; k += 1) {
    const t = times[0] + k / rate;
    while (next < seen.length && times[seen[next]] < t) next += 1;
    if (next === 0) found.push(values[seen[0]]);
    else if (next === seen.length) found.push(values[seen[next - 1]]);
    else {
      const [a, b] = [seen[next - 1], seen[next]];
      found.push(values[a] + (values[b] - values[a]) * ((t - times[a]) / (times[b] - times[a])));
    }
  }
  return found;
}

/**
 * Take out what is faster than a frequency: fourth-order Butterworth without delay.
 * @param {number[]} values evenly spaced, none missing @param {number} rate values a second
 * @param {number} cut where half the power is left [Hz]; at half the rate or above nothing is done
 */
export function lowPass(values, rate, cut) {
  const n = values.length;
  if (n <= EDGE || cut / TWICE >= rate / 2) return [...values];
  const padded = [];
  for (let k = EDGE; k > 0; k -= 1) padded.push(2 * values[0] - values[k]);
  padded.push(...values);
  for (let k = 1; k <= EDGE; k += 1) padded.push(2 * values[n - 1] - values[n - 1 - k]);
  const there = oneWay(padded, rate, cut / TWICE);
  return oneWay(there.reverse(), rate, cut / TWICE).reverse().slice(EDGE, -EDGE);
}

/** Second-order Butterworth forward, begun as if the first value had always been there. @param {number[]} values */
function oneWay(values, rate, cut) {
  const w = Math.tan((Math.PI * cut) / rate);
  const norm = 1 / (1 + Math.SQRT2 * w + w * w);
  const b0 = w * w * norm, b1 = 2 * w * w * norm;
  const a1 = 2 * (w * w - 1) * norm, a2 = (1 - Math.SQRT2 * w + w * w) * norm;
  let one = values[0] * (1 - b0), two = values[0] * (b0 - a2);
  return values.map((value) => {
    const out = b0 * value + one;
    one = b1 * value - a1 * out + two;
    two = b0 * value - a2 * out;
    return out;
  });
}

/**
 * Replace each value by the median of what is seen close by in time.
 * @param {number[]} times @param {number[]} values NaN where not seen @param {number} within how far to look [s]
 * @returns {number[]} NaN where the value itself was not seen
 */
export function steady(times, values, within = 0.1) {
  let low = 0, high = 0;
  return values.map((value, k) => {
    while (times[low] < times[k] - within - HAIR) low += 1;
    while (high < times.length && times[high] <= times[k] + within + HAIR) high += 1;
    return Number.isFinite(value) ? median(values.slice(low, high).filter(Number.isFinite)) : NaN;
  });
}

/** Longest time without a seen frame [s]; infinite where nothing is seen. @param {number[]} times @param {boolean[]} seen */
export function longestGap(times, seen) {
  const chosen = times.filter((_, k) => seen[k]);
  if (!chosen.length) return Infinity;
  const marks = [times[0], ...chosen, times[times.length - 1]];
  return Math.max(...marks.slice(1).map((mark, k) => mark - marks[k]));
}
