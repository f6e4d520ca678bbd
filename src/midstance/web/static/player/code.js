// The result of a session as a file, and as a short code to paste: "MS1." + base64url(deflate-raw(JSON)) + "." + check.

/** Write the file that `midstance import` takes. */
export function fileText(events) {
  return JSON.stringify({ format: "midstance-events/1", events });
}

/**
 * Make the short code of a text.
 * @param {string} text
 * @returns {Promise<string>}
 */
export async function encode(text) {
  const bytes = new TextEncoder().encode(text);
  return `MS1.${base64url(await deflate(bytes))}.${sha256(bytes).slice(0, 8)}`;
}

/** Deflate without a header; where the browser cannot, store: that is deflate too, only longer. */
async function deflate(bytes) {
  if (typeof CompressionStream === "undefined") return stored(bytes);
  let stream;
  try {
    stream = new CompressionStream("deflate-raw");
  } catch {
    return stored(bytes);
  }
  const out = new Blob([bytes]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(out).arrayBuffer());
}

/** Wrap bytes into deflate's stored blocks. */
export function stored(bytes) {
  const parts = [];
  for (let at = 0; at === 0 || at < bytes.length; at += 65535) {
    const piece = bytes.subarray(at, at + 65535);
    const last = at + 65535 >= bytes.length ? 1 : 0;
    const size = piece.length;
    parts.push(last, size & 255, size >> 8, ~size & 255, (~size >> 8) & 255, ...piece);
  }
  return Uint8Array.from(parts);
}

function base64url(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/**
 * Digest bytes with SHA-256; written out, since pages opened from a file or without https may have no `crypto.subtle`.
 * @param {Uint8Array} bytes
 * @returns {string} 64 hex digits
 */
export function sha256(bytes) {
  const primes = [];
  for (let n = 2; primes.length < 64; n += 1) if (primes.every((p) => n % p)) primes.push(n);
  const part = (value) => ((value - Math.floor(value)) * 2 ** 32) | 0;
  const k = primes.map((p) => part(p ** (1 / 3)));
  const h = primes.slice(0, 8).map((p) => part(Math.sqrt(p)));
  const length = ((bytes.length + 8) >> 6) * 16 + 16;
  const words = new Int32Array(length);
  bytes.forEach((byte, at) => { words[at >> 2] |= byte << (24 - (at & 3) * 8); });
  words[bytes.length >> 2] |= 0x80 << (24 - (bytes.length & 3) * 8);
  words[length - 1] = bytes.length * 8;
  for (let at = 0; at < length; at += 16) mix(h, words.subarray(at, at + 16), k);
  return h.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

const turn = (x, n) => (x >>> n) | (x << (32 - n));

function mix(h, chunk, k) {
  const w = new Int32Array(64);
  w.set(chunk);
  for (let i = 16; i < 64; i += 1) {
    const a = w[i - 15], b = w[i - 2];
    w[i] = w[i - 16] + w[i - 7] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
  }
  const v = h.slice();
  for (let i = 0; i < 64; i += 1) {
    const [a, b, c, , e, f, g] = v;
    const one = (v[7] + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + k[i] + w[i]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    v.pop();
    v.unshift((one + two) | 0);
    v[4] = (v[4] + one) | 0;
  }
  v.forEach((word, i) => { h[i] = (h[i] + word) | 0; });
}
