// Camera, pose model and skeleton of the mirror: what fails is said in words, the faster delegate stays, the unsure is pale.

import assert from "node:assert/strict";
import { test } from "node:test";

import { cameraWords, eachPicture, openCamera } from "../../src/midstance/web/static/mirror/camera.js";
import { INDEX, NAMES } from "../../src/midstance/web/static/mirror/landmarks.js";
import { JUDGED, Judge, loadPose, Pose, SLOW_MS, WARM } from "../../src/midstance/web/static/mirror/pose.js";
import { COLOURS, drawSkeleton, LINES, linesOf } from "../../src/midstance/web/static/mirror/skeleton.js";

const named = (name) => Object.assign(new Error(name), { name });

// ---------------------------------------------------------------------------------------------------- camera

test("every refusal of the camera has words of its own that say what to do", () => {
  const kinds = ["NotAllowedError", "SecurityError", "NotFoundError", "NotReadableError", "AbortError", "TypeError"];
  const said = kinds.map((name) => cameraWords(named(name), true));
  assert.equal(new Set(said).size, kinds.length);
  assert.match(said[0], /not allowed.*Allow it/);
  assert.ok(said.every((words) => words.endsWith(".")));
  assert.match(cameraWords(named("TypeError"), false), /https/);
  assert.equal(cameraWords(undefined, true), cameraWords(named("X"), true));
});

function aTrack(facingMode) {
  return { stopped: 0, stop() { this.stopped += 1; }, addEventListener(kind, run) { this[kind] = run; }, getSettings: () => ({ facingMode }) };
}

function devices(track, { cameras = 1, fail = null } = {}) {
  const asked = [];
  const stream = { getTracks: () => [track], getVideoTracks: () => [track] };
  const mediaDevices = {
    async getUserMedia(wish) {
      asked.push(wish);
      if (fail && asked.length === 1) throw named(fail);
      return stream;
    },
    enumerateDevices: async () => [...Array(cameras).fill({ kind: "videoinput" }), { kind: "audioinput" }],
  };
  Object.defineProperty(globalThis, "navigator", { value: { mediaDevices }, configurable: true });
  return { asked, stream };
}

test("the camera is asked for without sound, shown as a mirror from the front, and let go of", async () => {
  const track = aTrack("user");
  const { asked, stream } = devices(track, { cameras: 2 });
  let ended = 0;
  const video = { srcObject: null, play: async () => {} };
  const camera = await openCamera(video, { ended: () => { ended += 1; } });
  assert.equal(asked[0].audio, false);
  assert.deepEqual(asked[0].video.facingMode, { ideal: "user" });
  assert.equal(video.srcObject, stream);
  assert.deepEqual([camera.mirrored, camera.more], [true, true]);
  track.ended();
  assert.equal(ended, 1);
  camera.stop();
  assert.deepEqual([track.stopped, video.srcObject], [1, null]);
});

test("the back camera is no mirror, and a device that knows no sides gives what it has", async () => {
  devices(aTrack("environment"));
  const back = await openCamera({ play: async () => {} }, { facing: "environment" });
  assert.deepEqual([back.mirrored, back.more], [false, false]);
  const { asked } = devices(aTrack(undefined), { fail: "OverconstrainedError" });
  assert.equal((await openCamera({ play: async () => {} }, {})).mirrored, true);
  assert.deepEqual(asked[1], { audio: false, video: true });
});

test("a refusal is passed on, and a picture that does not start lets the camera go", async () => {
  devices(aTrack("user"), { fail: "NotAllowedError" });
  await assert.rejects(openCamera({ play: async () => {} }), { name: "NotAllowedError" });
  const track = aTrack("user");
  devices(track);
  await assert.rejects(openCamera({ play: async () => { throw named("AbortError"); } }), { name: "AbortError" });
  assert.equal(track.stopped, 1);
  Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
  await assert.rejects(openCamera({}), /no camera interface/);
});

function aVideo() {
  const waiting = [];
  return {
    readyState: 4, waiting,
    requestVideoFrameCallback: (run) => waiting.push(run),
    show(now) { for (const run of waiting.splice(0)) run(now); },
  };
}

function aDocument() {
  const heard = {};
  globalThis.document = {
    hidden: false, heard,
    addEventListener: (kind, run) => { heard[kind] = run; },
    removeEventListener: (kind) => { delete heard[kind]; },
  };
  return globalThis.document;
}

test("pictures are looked at as they come, no more often than asked for, and not while the page is hidden", () => {
  const page = aDocument(), video = aVideo(), seen = [], turns = [];
  const stop = eachPicture(video, (now) => seen.push(now), { most: 10, hidden: (is) => turns.push(is) });
  for (let now = 0; now <= 400; now += 50) video.show(now);
  assert.deepEqual(seen, [0, 100, 200, 300, 400]);
  page.hidden = true;
  page.heard.visibilitychange();
  video.show(600);
  assert.equal(seen.length, 5);
  page.hidden = false;
  page.heard.visibilitychange();
  video.readyState = 0;
  video.show(700);
  assert.equal(seen.length, 5);
  video.readyState = 4;
  video.show(800);
  assert.equal(seen.at(-1), 800);
  assert.deepEqual(turns, [true, false]);
  stop();
  video.show(900);
  assert.equal(seen.at(-1), 800);
  assert.deepEqual(Object.keys(page.heard), []);
});

// ---------------------------------------------------------------------------------------------------- pose

/** A model that takes so long a frame, by a clock that only it moves. */
function models(times, { finds = {}, breaks = "" } = {}) {
  const made = [], closed = [];
  let clock = 0;
  performance.now = () => clock;
  const make = async (delegate) => {
    if (breaks === delegate) throw new Error("no such delegate");
    made.push(delegate);
    return {
      delegate,
      detectForVideo() {
        clock += times[delegate];
        const found = finds[delegate] ?? true;
        return { landmarks: found ? [["image"]] : [], worldLandmarks: found ? [["world"]] : [] };
      },
      close() { closed.push(delegate); },
    };
  };
  return { make, made, closed };
}

const now = performance.now.bind(performance);
async function run(kind, frames, chip = true) {
  const pose = new Pose(kind.make, () => chip);
  pose.model = await kind.make("CPU");
  const seen = [];
  for (let at = 0; at < frames; at += 1) {
    seen.push(pose.look({}, at * 33));
    await new Promise((go) => { setImmediate(go); });
  }
  performance.now = now;
  return { pose, seen };
}

const ENOUGH = 3 * (JUDGED + WARM);

test("a fast processor is left alone", async () => {
  const kind = models({ CPU: SLOW_MS - 1, GPU: 1 });
  const { pose, seen } = await run(kind, ENOUGH);
  assert.deepEqual([kind.made, pose.delegate], [["CPU"], "CPU"]);
  assert.deepEqual(seen[0], { image: ["image"], world: ["world"] });
});

test("a slow processor gives way to a faster chip, and is let go of", async () => {
  const kind = models({ CPU: 80, GPU: 20 });
  const { pose } = await run(kind, ENOUGH);
  assert.deepEqual([kind.made, pose.delegate, kind.closed], [["CPU", "GPU"], "GPU", ["CPU"]]);
  pose.close();
  assert.deepEqual(kind.closed, ["CPU", "GPU"]);
});

test("a chip that is no faster, sees nobody, or is not there leaves the processor at work, and is tried once", async () => {
  for (const [times, more, chip] of [
    [{ CPU: 80, GPU: 79 }, {}, true], [{ CPU: 80, GPU: 20 }, { finds: { GPU: false } }, true],
    [{ CPU: 80, GPU: 20 }, { breaks: "GPU" }, true], [{ CPU: 80, GPU: 20 }, {}, false],
  ]) {
    const kind = models(times, more);
    const { pose } = await run(kind, 2 * ENOUGH, chip);
    assert.equal(pose.delegate, "CPU");
    assert.equal(kind.made.filter((one) => one === "GPU").length, chip && !more.breaks ? 1 : 0);
    assert.ok(!kind.closed.includes("CPU"));
  }
});

test("a chip that breaks while it is tried gives the work back; a processor that breaks says so", async () => {
  const kind = models({ CPU: 80, GPU: 20 });
  const pose = new Pose(kind.make, () => true);
  pose.model = await kind.make("CPU");
  const chip = await kind.make("GPU");
  chip.detectForVideo = () => { throw new Error("context lost"); };
  pose.change(chip);
  assert.equal(pose.look({}, 1), null);
  assert.equal(pose.delegate, "CPU");
  pose.model.detectForVideo = () => { throw new Error("broken"); };
  assert.throws(() => pose.look({}, 2), /broken/);
  performance.now = now;
});

test("times given to the model only grow, whatever the clock does", async () => {
  const given = [];
  const pose = new Pose(async () => null, () => false);
  pose.model = { detectForVideo: (_, at) => { given.push(at); return { landmarks: [] }; } };
  for (const at of [5.2, 5.4, 3, 40]) assert.equal(pose.look({}, at), null);
  assert.deepEqual(given, [5, 6, 7, 40]);
});

test("a judge has no opinion before it has seen enough, and forgets what is long ago", () => {
  const judge = new Judge();
  for (let n = 0; n < WARM; n += 1) judge.add(999, true);
  for (let n = 0; n < JUDGED; n += 1) {
    assert.equal(judge.ready, false);
    judge.add(10, true);
  }
  assert.deepEqual([judge.ready, judge.median], [true, 10]);
  for (let n = 0; n < JUDGED; n += 1) judge.add(70, true);
  assert.equal(judge.median, 70);
});

test("only the app's own package is loaded", async () => {
  for (const base of ["", "//evil.example", "https://evil.example/mirror/package/x", "/mirror/package/../../x", "/static"]) {
    await assert.rejects(loadPose(base), /no address/);
  }
});

// ---------------------------------------------------------------------------------------------------- skeleton

const frame = (unsure = []) => NAMES.map((name, place) => ({
  x: place / 40, y: place / 50, z: name.startsWith("left") ? 0.2 : -0.2, visibility: unsure.includes(name) ? 0.2 : 0.9,
}));

test("all lines join places that the model gives, each side alike", () => {
  assert.ok(LINES.every(([, from, to]) => from in INDEX && to in INDEX));
  const of = (side) => LINES.filter(([one]) => one === side).map(([, from, to]) => `${from} ${to}`.replaceAll(`${side}_`, ""));
  assert.deepEqual(of("left"), of("right"));
  assert.equal(LINES.length, 18);
});

test("the far side is drawn first, and a line is sure only where both its ends are", () => {
  const lines = linesOf(frame(["right_ankle"]));
  assert.equal(lines[0].side, "left");
  assert.equal(lines.at(-1).side, "right");
  assert.deepEqual(lines.filter((line) => !line.sure).map((line) => `${line.from} ${line.to}`),
    ["right_knee right_ankle", "right_ankle right_heel", "right_ankle right_foot_index"]);
});

function aPen() {
  const drawn = [];
  const pen = {
    canvas: { width: 400, height: 300 }, drawn, globalAlpha: 1,
    clearRect: (...box) => drawn.push(["clear", ...box]),
    beginPath() {}, fill() {},
    moveTo: (x, y) => { pen.from = [x, y]; },
    lineTo: (x, y) => drawn.push(["line", pen.strokeStyle, pen.globalAlpha, pen.from, [x, y]]),
    arc: (x, y, size) => drawn.push(["round", size, pen.globalAlpha, [x, y]]),
    rect: (x, y, size) => drawn.push(["square", size, pen.globalAlpha]),
    stroke() {},
  };
  return pen;
}

test("sides differ in colour and in the shape of their joints, and what is unsure is pale", () => {
  const pen = aPen();
  drawSkeleton(pen, frame(["left_knee"]), ["right_knee"]);
  const [first] = pen.drawn;
  assert.deepEqual(first, ["clear", 0, 0, 400, 300]);
  const lines = pen.drawn.filter(([kind]) => kind === "line");
  for (const colour of Object.values(COLOURS)) assert.ok(lines.some(([, used]) => used === colour));
  const pale = lines.filter(([, , alpha]) => alpha < 1);
  assert.equal(pale.length, 4, "two lines end at the left knee, each with its casing");
  assert.equal(pen.drawn.filter(([kind]) => kind === "round").length, 7);
  const squares = pen.drawn.filter(([kind]) => kind === "square").map(([, size]) => size);
  assert.equal(squares.length, 7);
  assert.equal(squares.filter((size) => size === Math.max(...squares)).length, 1, "the watched joint stands out");
  const at = pen.drawn.find(([kind, , alpha]) => kind === "round" && alpha < 1);
  assert.deepEqual(at[3], [(INDEX.left_knee / 40) * 400, (INDEX.left_knee / 50) * 300]);
});

test("without anybody the canvas is wiped", () => {
  const pen = aPen();
  drawSkeleton(pen, null);
  assert.deepEqual(pen.drawn, [["clear", 0, 0, 400, 300]]);
});
