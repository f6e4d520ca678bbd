// The pose model, loaded when the runner asks for it and not before. It runs in this page; pictures go nowhere.
// The runtime tries to report its use when it is closed, and once a minute: the page's policy refuses that, and it does not mind.

const ADDRESS = /^\/mirror\/package\/[\w-]+$/;
/** Frames looked at before a delegate is judged, and those before them that warm it up. */
export const JUDGED = 20, WARM = 5;
/** Slower than this a frame [ms], the graphics chip is tried: 22 frames a second. midstance default. */
export const SLOW_MS = 45;
/** The chip stays only if it takes at most this share of the processor's time. midstance default. */
export const BETTER = 0.8;
const LEAST_SURE = 0.5;

/** @typedef {{image: import("./landmarks.js").Frame, world: import("./landmarks.js").Frame}} Seen */
/** @type {{base: string, made: Promise<Pose>}|null} */
let kept = null;

/**
 * Load the model once; the page keeps it for the next time.
 * @param {string} base address of the package's files
 * @returns {Promise<Pose>}
 */
export function loadPose(base) {
  if (!ADDRESS.test(base)) return Promise.reject(new Error("no address of the package"));
  if (kept?.base !== base) {
    kept = { base, made: Pose.load(base) };
    kept.made.catch(() => { kept = null; });
  }
  return kept.made;
}

/** Let go of the model and its memory. */
export function dropPose() {
  kept?.made.then((pose) => pose.close(), () => {});
  kept = null;
}

/** The model with the delegate that it runs on: the processor, or the graphics chip where that is faster. */
export class Pose {
  /** @param {(delegate: "CPU"|"GPU") => Promise<any>} make @param {() => boolean} chip tells whether there is a chip worth a try */
  constructor(make, chip) {
    this.make = make;
    this.chip = chip;
    /** @type {any} */
    this.model = null;
    /** @type {any} */
    this.other = null;
    this.delegate = "CPU";
    this.judge = new Judge();
    this.last = 0;
    this.tried = false;
  }

  /** @param {string} base */
  static async load(base) {
    const { PoseLandmarker, FilesetResolver } = await import(`${base}/vision_bundle.mjs`);
    if (!(await FilesetResolver.isSimdSupported())) throw new Unable("This browser is too old for the pose model.");
    const files = { wasmLoaderPath: `${base}/wasm/vision_wasm_internal.js`, wasmBinaryPath: `${base}/wasm/vision_wasm_internal.wasm` };
    const weights = new Uint8Array(await (await asked(`${base}/pose_lite.task`)).arrayBuffer());
    const pose = new Pose((delegate) => PoseLandmarker.createFromOptions(files, {
      baseOptions: { modelAssetBuffer: weights, delegate }, runningMode: "VIDEO", numPoses: 1,
      minPoseDetectionConfidence: LEAST_SURE, minPosePresenceConfidence: LEAST_SURE, minTrackingConfidence: LEAST_SURE,
    }), hasChip);
    pose.model = await pose.make("CPU");
    return pose;
  }

  /**
   * Look at the picture that a video shows now.
   * @param {HTMLVideoElement} video @param {number} now [ms], later than the time before
   * @returns {Seen|null} null where nobody is seen
   */
  look(video, now) {
    this.last = Math.max(this.last + 1, Math.round(now));
    const began = performance.now();
    let result;
    try {
      result = this.model.detectForVideo(video, this.last);
    } catch (error) {
      if (!this.other) throw error;
      this.back();
      return null;
    }
    const found = result.landmarks.length > 0;
    this.judge.add(performance.now() - began, found);
    this.decide();
    return found ? { image: result.landmarks[0], world: result.worldLandmarks[0] } : null;
  }

  /** Try the chip where the processor is slow; keep whichever is faster, and see as much. */
  decide() {
    if (!this.judge.ready) return;
    if (this.delegate === "GPU" && this.other) {
      if (this.judge.median <= BETTER * this.before.median && this.judge.found >= this.before.found / 2) this.let(this.other);
      else this.back();
    } else if (!this.tried && this.judge.median > SLOW_MS && this.chip()) {
      this.tried = true;
      this.make("GPU").then((model) => this.change(model), () => {});
    }
  }

  /** @param {any} model */
  change(model) {
    if (this.model === null) {
      model.close();
      return;
    }
    [this.before, this.judge] = [this.judge, new Judge()];
    [this.other, this.model, this.delegate] = [this.model, model, "GPU"];
  }

  back() {
    const chip = this.model;
    [this.model, this.other, this.delegate, this.judge] = [this.other, null, "CPU", new Judge()];
    chip.close();
  }

  /** @param {any} model */
  let(model) {
    this.other = null;
    model.close();
  }

  close() {
    this.model?.close();
    this.other?.close();
    this.model = this.other = null;
  }
}

/** Says how fast a delegate is, by the median of its last frames. */
export class Judge {
  constructor() {
    /** @type {number[]} */
    this.times = [];
    this.seen = 0;
    this.found = 0;
  }

  /** @param {number} ms @param {boolean} found */
  add(ms, found) {
    this.seen += 1;
    if (this.seen <= WARM) return;
    this.times.push(ms);
    if (this.times.length > JUDGED) this.times.shift();
    else if (found) this.found += 1;
  }

  get ready() { return this.times.length === JUDGED; }

  get median() { return [...this.times].sort((a, b) => a - b)[this.times.length >> 1]; }
}

/** A reason for people, in place of an error for programmers. */
export class Unable extends Error {}

/** @param {string} address */
async function asked(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Unable((await answer.text()).trim());
  return answer;
}

/** Tell whether drawing is done by a chip: where it is the processor's work, the processor alone is faster. */
function hasChip() {
  const context = document.createElement("canvas").getContext("webgl2");
  if (!context) return false;
  const known = context.getExtension("WEBGL_debug_renderer_info");
  const name = String(known ? context.getParameter(known.UNMASKED_RENDERER_WEBGL) : "");
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return !/swiftshader|llvmpipe|software|basic render/i.test(name);
}
