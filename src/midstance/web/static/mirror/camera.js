// The camera: asked for on a press, let go of at the end. Every way in which it can fail has its words.

const WORDS = {
  NotAllowedError: "The camera was not allowed. Allow it for this page beside the browser's address bar, then start again.",
  SecurityError: "The browser does not allow the camera here. Look at its settings for this page.",
  NotFoundError: "No camera was found on this device. Count by hand, or plug one in and start again.",
  NotReadableError: "The camera is busy. Close the program that uses it, then start again.",
  AbortError: "The camera stopped by itself. Start again.",
};
const INSECURE = "Browsers give the camera only to https pages and to the computer that midstance runs on (http://127.0.0.1).";
const OTHERS = "The camera did not start. Start again, or count by hand.";
/** What is asked for: enough for the model, which looks at 256 by 256; more only costs time. */
const PICTURE = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30, max: 60 } };

/**
 * Say in words why there is no camera.
 * @param {unknown} error @param {boolean} secure
 */
export function cameraWords(error, secure = globalThis.isSecureContext) {
  if (!secure) return INSECURE;
  return WORDS[/** @type {keyof typeof WORDS} */ (/** @type {any} */ (error)?.name)] ?? OTHERS;
}

/**
 * Start a camera in a video element.
 * @param {HTMLVideoElement} video
 * @param {{facing?: "user"|"environment", ended?: () => void}} [wish] front or back; what to do when the camera is taken away
 * @returns {Promise<{facing: string, mirrored: boolean, more: boolean, stop: () => void}>}
 */
export async function openCamera(video, { facing = "user", ended = () => {} } = {}) {
  const devices = navigator.mediaDevices;
  if (!devices?.getUserMedia) throw new Error("no camera interface");
  const stream = await stream_(devices, facing);
  const [track] = stream.getVideoTracks();
  const stop = () => {
    for (const one of stream.getTracks()) one.stop();
    if (video.srcObject === stream) video.srcObject = null;
  };
  track.addEventListener("ended", ended);
  try {
    video.srcObject = stream;
    await video.play();
    const told = track.getSettings().facingMode ?? facing;
    const cameras = (await devices.enumerateDevices()).filter((one) => one.kind === "videoinput");
    return { facing: told, mirrored: told !== "environment", more: cameras.length > 1, stop };
  } catch (error) {
    stop();
    throw error;
  }
}

/** @param {MediaDevices} devices @param {string} facing */
async function stream_(devices, facing) {
  try {
    return await devices.getUserMedia({ audio: false, video: { ...PICTURE, facingMode: { ideal: facing } } });
  } catch (error) {
    if (/** @type {any} */ (error)?.name !== "OverconstrainedError") throw error;
    return devices.getUserMedia({ audio: false, video: true });
  }
}

/**
 * Call for each new picture of a video, at most so often; not while the page is hidden.
 * @param {HTMLVideoElement} video
 * @param {(now: number) => void} look time [ms]
 * @param {{most?: number, hidden?: (is: boolean) => void}} [wish] most frames a second; told when the page hides and returns
 * @returns {() => void} stops
 */
export function eachPicture(video, look, { most = 30, hidden = () => {} } = {}) {
  const least = 1000 / most - 4; // a camera of 30 a second is not always on time to the millisecond
  let last = -Infinity, stopped = false;
  const next = () => {
    if (stopped) return;
    if (video.requestVideoFrameCallback) video.requestVideoFrameCallback(shown);
    else requestAnimationFrame(shown);
  };
  /** @param {number} now */
  function shown(now) {
    if (stopped) return;
    next();
    if (document.hidden || now - last < least || video.readyState < 2) return;
    last = now;
    look(now);
  }
  const turned = () => hidden(document.hidden);
  document.addEventListener("visibilitychange", turned);
  next();
  return () => {
    stopped = true;
    document.removeEventListener("visibilitychange", turned);
  };
}
