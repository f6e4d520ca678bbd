// Vectors, and the flat shapes a drawing is made of. Twin of motion/shapes.py: the same numbers from the same clip.

/** @typedef {[number, number, number]} Place */
/** @typedef {[Place, number]} Ball a place and a radius [mm] */
/** @typedef {{kind: string, part: string, points: number[][], width: number, depth: number}} Shape */

const SAMPLES = 20;
const RIGHT_ANGLE = Math.PI / 180;

/** @param {Place} a @param {Place} b @param {number} [by] @returns {Place} a and ``by`` times b */
export const plus = (a, b, by = 1) => [a[0] + by * b[0], a[1] + by * b[1], a[2] + by * b[2]];
/** @param {Place} a @param {Place} b @returns {Place} */
export const minus = (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
/** @param {Place} a @param {Place} b @param {number} share @returns {Place} on the way from a to b */
export const along = (a, b, share) => plus(a, minus(b, a), share);
/** @param {Place} a @param {Place} b */
export const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
/** @param {Place} a @param {Place} b @returns {Place} */
export const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
/** @param {Place} a @param {Place} axis @returns {Place} a without what points along a unit axis */
export const squareTo = (a, axis) => plus(a, axis, -dot(a, axis));

/** Shorten to length 1. @param {Place} a @param {Place} [otherwise] of a vector without length @returns {Place} */
export function unit(a, otherwise = [0, 0, 1]) {
  const length = Math.sqrt(dot(a, a));
  return length < 1e-6 ? otherwise : [a[0] / length, a[1] / length, a[2] / length];
}

/** Project without perspective. @param {Place} place @param {number} yaw @param {number} pitch @returns {Place} right, down, nearer */
export function seen(place, yaw, pitch) {
  const a = yaw * RIGHT_ANGLE, e = pitch * RIGHT_ANGLE;
  const [x, y, z] = place;
  const away = x * Math.sin(a) - y * Math.cos(a);
  return [x * Math.cos(a) + y * Math.sin(a), away * Math.sin(e) - z * Math.cos(e), away * Math.cos(e) + z * Math.sin(e)];
}

/** List places on an ellipse with two half axes. @param {Place} centre @param {Place} one @param {Place} other */
export function ring(centre, one, other) {
  /** @type {Place[]} */
  const found = [];
  for (let k = 0; k < SAMPLES; k += 1) {
    const angle = (2 * Math.PI * k) / SAMPLES;
    found.push(plus(plus(centre, one, Math.cos(angle)), other, Math.sin(angle)));
  }
  return found;
}

/** Round the swelling of a limb: one more ball between two. @param {Ball[]} balls @returns {Ball[]} */
export function swollen(balls) {
  const found = [balls[0]];
  for (let k = 0; k + 1 < balls.length; k += 1) {
    const [a, p] = balls[k], [b, q] = balls[k + 1];
    const before = balls[Math.max(k - 1, 0)][1], after = balls[Math.min(k + 2, balls.length - 1)][1];
    found.push([along(a, b, 0.5), (9 * (p + q) - before - after) / 16], [b, q]);
  }
  return found;
}

/** Find the convex outline of points. @param {number[][]} flat */
export function outline(flat) {
  const ordered = [...flat].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const bend = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
  const found = [];
  for (const run of [ordered, [...ordered].reverse()]) {
    const half = [];
    for (const p of run) {
      while (half.length > 1 && bend(half[half.length - 2], half[half.length - 1], p) <= 1e-9) half.pop();
      half.push(p);
    }
    found.push(...half.slice(0, -1));
  }
  return found;
}

/** Draws balls and rings in space as shapes on the screen, from one camera. */
export class Pencil {
  /** @param {number} yaw @param {number} pitch */
  constructor(yaw, pitch) {
    this.yaw = yaw;
    this.pitch = pitch;
  }

  /** @param {Place} place */
  seen(place) {
    return seen(place, this.yaw, this.pitch);
  }

  /** @param {...Place} places @returns {number} how near, on average */
  depth(...places) {
    let sum = 0;
    for (const place of places) sum += this.seen(place)[2];
    return sum / places.length;
  }

  /** @param {string} part @param {Ball[]} balls @returns {Shape} */
  chain(part, balls) {
    const points = balls.map(([place, radius]) => [...this.seen(place).slice(0, 2), radius]);
    return { kind: "chain", part, points, width: 0, depth: this.depth(...balls.map((ball) => ball[0])) };
  }

  /** @param {string} part @param {Ball[]} balls @param {Place[][]} [rings] @returns {Shape} */
  hull(part, balls, rings = []) {
    const flat = [];
    for (const [place, radius] of balls) {
      const [right, down] = this.seen(place);
      for (let k = 0; k < (radius ? SAMPLES : 1); k += 1) {
        const angle = (2 * Math.PI * k) / SAMPLES;
        flat.push([right + radius * Math.cos(angle), down + radius * Math.sin(angle)]);
      }
    }
    for (const one of rings) for (const place of one) flat.push(this.seen(place).slice(0, 2));
    const places = [...balls.map((ball) => ball[0]), ...rings.flat()];
    return { kind: "hull", part, points: outline(flat), width: 0, depth: this.depth(...places) };
  }

  /** @param {string} part @param {Place[]} places @param {number} width @returns {Shape} */
  line(part, places, width) {
    return { kind: "line", part, points: places.map((place) => this.seen(place).slice(0, 2)), width, depth: this.depth(...places) };
  }

  /** Directions in space that are right, down and nearer on the screen. @returns {[Place, Place, Place]} */
  axes() {
    const a = this.yaw * RIGHT_ANGLE, e = this.pitch * RIGHT_ANGLE;
    return [
      [Math.cos(a), Math.sin(a), 0],
      [Math.sin(a) * Math.sin(e), -Math.cos(a) * Math.sin(e), -Math.cos(e)],
      [Math.sin(a) * Math.cos(e), -Math.cos(a) * Math.cos(e), Math.sin(e)],
    ];
  }

  /** Draw what is seen of the part of a ball above a plane. @param {string} part @param {Place} centre @param {number} radius @param {Place} pole @param {number} above @returns {Shape} */
  cap(part, centre, radius, pole, above) {
    const [right, down, near] = this.axes();
    const x = dot(right, pole), y = dot(down, pole);
    const tilt = radius * Math.hypot(x, y);
    const rim = Math.sqrt(radius * radius - above * above);
    const middle = plus(centre, pole, above);
    /** @type {Place[]} */
    const places = [];
    const one = unit(squareTo(near, pole), right);
    const other = cross(pole, one);
    /** @type {number[]} */
    let turns = [];
    if (tilt <= above + 1e-6) {
      if (dot(pole, near) > 0) turns = Array.from({ length: SAMPLES }, (_, k) => (2 * Math.PI * k) / SAMPLES);
    } else {
      const heading = Math.atan2(y, x), half = Math.acos(above / tilt);
      for (let k = 0; k <= SAMPLES; k += 1) {
        const angle = heading + half * ((2 * k) / SAMPLES - 1);
        places.push(plus(plus(centre, right, radius * Math.cos(angle)), down, radius * Math.sin(angle)));
      }
      const end = Math.acos(Math.min(Math.max((-above * dot(near, pole)) / (rim * Math.max(dot(near, one), 1e-9)), -1), 1));
      const first = plus(plus(middle, one, rim * Math.cos(end)), other, rim * Math.sin(end));
      const gap = minus(first, places[places.length - 1]);
      const sense = dot(gap, gap) < radius * radius * 0.01 ? 1 : -1;
      turns = Array.from({ length: SAMPLES - 1 }, (_, k) => sense * end * (1 - (2 * (k + 1)) / SAMPLES));
    }
    for (const turn of turns) places.push(plus(plus(middle, one, rim * Math.cos(turn)), other, rim * Math.sin(turn)));
    const shape = this.line(part, places.length ? places : [centre], 0);
    return { kind: "hull", part, points: shape.points, width: 0, depth: this.depth(centre) };
  }
}

/** @param {number} value */
const whole = (value) => Math.floor(value + 0.5);

/** Two circles and the tangents between them. @param {number[]} a @param {number[]} b */
function capsule([ax, ay, ar], [bx, by, br]) {
  const way = Math.hypot(bx - ax, by - ay);
  if (way <= Math.abs(ar - br) + 1e-6) {
    const [x, y, r] = ar >= br ? [ax, ay, ar] : [bx, by, br];
    const arc = `A${whole(r)} ${whole(r)} 0 1 1 `;
    return `M${whole(x - r)} ${whole(y)}${arc}${whole(x + r)} ${whole(y)}${arc}${whole(x - r)} ${whole(y)}Z`;
  }
  const heading = Math.atan2(by - ay, bx - ax), lean = Math.acos((ar - br) / way);
  const at = (x, y, r, side) => `${whole(x + r * Math.cos(heading + side * lean))} ${whole(y + r * Math.sin(heading + side * lean))}`;
  const p = at(ax, ay, ar, -1), q = at(bx, by, br, -1), s = at(bx, by, br, 1), t = at(ax, ay, ar, 1);
  const ra = whole(ar), rb = whole(br);
  return `M${p}L${q}A${rb} ${rb} 0 ${br > ar ? 1 : 0} 1 ${s}L${t}A${ra} ${ra} 0 ${ar > br ? 1 : 0} 1 ${p}Z`;
}

/** Write a shape as the path of an SVG. @param {Shape} shape */
export function pathOf(shape) {
  const points = shape.points;
  if (shape.kind === "chain") {
    let found = "";
    for (let k = 0; k + 1 < points.length; k += 1) found += capsule(points[k], points[k + 1]);
    return found;
  }
  let [x, y] = points[0].map(whole), found = `M${x} ${y}`;
  for (const point of points.slice(1)) {
    const dx = whole(point[0]) - x, dy = whole(point[1]) - y;
    if (dx || dy) found += `l${dx} ${dy}`;
    x += dx;
    y += dy;
  }
  return shape.kind === "hull" ? `${found}Z` : found;
}
