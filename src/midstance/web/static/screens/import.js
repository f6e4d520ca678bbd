// Brings files in: from a drop or a choice, through the upload, to the end of the reading, which goes on by itself.
import { Fault, post, read } from "../api.js";

const FILES_A_PORTION = 400;
const BYTES_A_PORTION = 48 * 2 ** 20;
const WANTED = /\.(fit|gpx|tcx|csv)(\.gz)?$|\.zip$/i; // in folders; what else lies there is not uploaded
const SOON_MS = 350;
const LATER_MS = 1000;
const PATIENT_TRIES = 8;

/** @typedef {{file: File, name: string}} Found a file, and its name with its folders */

const form = document.querySelector("[data-drop]");
const panel = document.querySelector("[data-working]");
if (form instanceof HTMLFormElement && panel instanceof HTMLElement) begin(form, panel);

/** @param {HTMLFormElement} form @param {HTMLElement} panel */
function begin(form, panel) {
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (panel.querySelector(`[data-${name}]`));
  const bar = /** @type {HTMLProgressElement} */ (part("bar"));
  const fault = /** @type {HTMLElement} */ (document.querySelector("[data-fault]"));
  const ask = /** @type {HTMLElement} */ (document.querySelector("[data-ask-weights]"));
  /** @type {{upload: XMLHttpRequest | null, job: string, stopped: boolean}} */
  const now = { upload: null, job: panel.dataset.job || "", stopped: false };
  let saidTenth = -1;

  form.classList.add("live");
  const zone = form.querySelector("[data-zone]");
  if (zone instanceof HTMLInputElement && !zone.value) {
    zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
  }
  if (now.job) follow(now.job);

  // ---------------------------------------------------------------------------------------------- what is handed in

  for (const input of form.querySelectorAll('input[type="file"]')) {
    input.addEventListener("change", () => {
      const chosen = [.../** @type {HTMLInputElement} */ (input).files || []];
      const found = chosen.map((file) => ({ file, name: file.webkitRelativePath || file.name }));
      /** @type {HTMLInputElement} */ (input).value = "";
      take(found.filter((one) => !one.name.includes("/") || wanted(one.name)));
    });
  }
  let inside = 0; // how many elements the pointer is in while it drags: leaving one may be entering another
  addEventListener("dragenter", (event) => hover(event, 1));
  addEventListener("dragleave", (event) => hover(event, -1));
  addEventListener("dragover", (event) => holdsFiles(event) && event.preventDefault());
  addEventListener("drop", async (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    inside = 0;
    form.classList.remove("over-it");
    take(await dropped(/** @type {DataTransfer} */ (event.dataTransfer)));
  });

  /** @param {DragEvent} event @param {number} step */
  function hover(event, step) {
    if (!holdsFiles(event)) return;
    inside = Math.max(0, inside + step);
    form.classList.toggle("over-it", inside > 0 && !busy());
  }

  function busy() {
    return "busy" in form.dataset;
  }

  /** @param {boolean} on */
  function engage(on) {
    form.toggleAttribute("data-busy", on);
    for (const input of form.querySelectorAll('input[type="file"]')) /** @type {HTMLInputElement} */ (input).disabled = on;
  }

  /** @param {Found[]} found */
  async function take(found) {
    if (busy()) return;
    fault.hidden = true;
    const size = found.reduce((sum, one) => sum + one.file.size, 0);
    const most = Number(form.dataset.most);
    if (!found.length) return fail([{ place: "", says: "No recording and no log was in it.", remedy: "" }]);
    if (size > most) {
      const says = `This is ${bytes(size)}, and ${bytes(most)} are taken at once.`;
      return fail([{ place: "", says, remedy: "Hand in less at a time; what came in before counts once." }]);
    }
    const unit = await unitOf(found);
    if (unit === null) return;
    await send(found, size, unit);
  }

  /**
   * Ask for the unit of weights where a log names none; null where the runner thought better of it.
   * @param {Found[]} found
   */
  async function unitOf(found) {
    const chosen = /** @type {HTMLSelectElement} */ (form.elements.namedItem("weights")).value;
    const tables = chosen ? [] : found.filter((one) => /\.csv$/i.test(one.name));
    for (const { file, name } of tables) {
      const head = (await file.slice(0, 4096).text()).split("\n")[0].toLowerCase();
      if (!head.includes("exercise name") || !/"?weight"?\s*[,;]/.test(head) || head.includes("weight unit")) continue;
      return new Promise((resolve) => {
        /** @type {HTMLElement} */ (ask.querySelector("[data-ask-name]")).textContent = name;
        ask.hidden = false;
        const buttons = /** @type {NodeListOf<HTMLButtonElement>} */ (ask.querySelectorAll("button"));
        buttons[0].focus();
        for (const button of buttons) {
          button.onclick = () => {
            ask.hidden = true;
            resolve(button.dataset.unit || null);
          };
        }
      });
    }
    return chosen;
  }

  // ------------------------------------------------------------------------------------------------------ the upload

  /** @param {Found[]} found @param {number} size @param {string} unit */
  async function send(found, size, unit) {
    Object.assign(now, { job: "", stopped: false });
    engage(true);
    show("Uploading", found.length);
    let sent = 0;
    let files = 0;
    addEventListener("beforeunload", hold);
    addEventListener("pagehide", leave);
    try {
      const portions = [...inPortions(found)];
      for (const [number, portion] of portions.entries()) {
        const body = new FormData();
        if (zoneSaid()) body.append("zone", zoneSaid());
        if (unit) body.append("weights", unit);
        if (now.job) body.append("job", now.job);
        if (number + 1 < portions.length) body.append("more", "yes");
        for (const { file, name } of portion) body.append("files", file, name);
        const before = sent;
        const answer = await upload(body, (loaded) => uploading(Math.min(before + loaded, size), size, files, found.length));
        sent += portion.reduce((sum, one) => sum + one.file.size, 0);
        files += portion.length;
        now.job = answer.job;
        if (now.stopped) throw new DOMException("stopped", "AbortError");
      }
      follow(now.job);
    } catch (error) {
      if (now.job) post("/api/v1/import/stop", { job: now.job }).catch(() => {});
      hide();
      if (!(error instanceof DOMException)) fail(faultsOf(error));
    } finally {
      removeEventListener("beforeunload", hold);
      removeEventListener("pagehide", leave);
    }
  }

  function zoneSaid() {
    return /** @type {HTMLInputElement} */ (form.elements.namedItem("zone")).value.trim();
  }

  /** @param {FormData} body @param {(loaded: number) => void} tell @returns {Promise<{job: string}>} */
  function upload(body, tell) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest(); // fetch does not tell how far an upload is
      now.upload = request;
      request.open("POST", "/api/v1/import/files");
      request.responseType = "json";
      request.setRequestHeader("Accept", "application/json");
      request.upload.onprogress = (event) => tell(event.loaded);
      request.onload = () => {
        if (request.status === 200 && request.response) resolve(request.response);
        else reject(new Fault(request.response?.faults || [], request.status));
      };
      request.onerror = () => reject(new Error("The connection to midstance broke."));
      request.onabort = () => reject(new DOMException("stopped", "AbortError"));
      request.send(body);
    });
  }

  /** @param {number} sent @param {number} size @param {number} files @param {number} all */
  function uploading(sent, size, files, all) {
    bar.max = size || 1;
    bar.value = sent;
    part("done").textContent = all === 1 ? bytes(sent) : files.toLocaleString("en");
    part("of").textContent = all === 1 ? `of ${bytes(size)}` : `of ${all.toLocaleString("en")} files`;
    part("name").textContent = all === 1 ? "" : `${bytes(sent)} of ${bytes(size)}`;
    if (sent >= size) part("phase").textContent = "Looking through what came";
  }

  /** @param {Event} event */
  function hold(event) {
    event.preventDefault();
  }

  function leave() {
    if (now.job) fetch("/api/v1/import/stop", { method: "POST", keepalive: true, body: JSON.stringify({ job: now.job }),
      headers: { "Content-Type": "application/json" } }).catch(() => {});
  }

  // ----------------------------------------------------------------------------------------------------- the reading

  /** @param {string} job */
  async function follow(job) {
    now.job = job;
    engage(true);
    const began = Date.now();
    let missed = 0;
    for (;;) {
      try {
        const told = await read("/api/v1/import/progress", { job });
        missed = 0;
        if (told.state !== "working" && told.state !== "receiving") return arrive(job);
        reading(told);
      } catch (error) {
        if (error instanceof Fault && error.status === 422) return arrive("");
        missed += 1;
        if (missed > PATIENT_TRIES) part("phase").textContent = "midstance cannot be reached; it is asked again and again";
      }
      await pause(Date.now() - began < 5000 ? SOON_MS : LATER_MS);
    }
  }

  /** @param {{state: string, handed: number, done: number, total: number, name: string, seconds_left: number | null, kept: string}} told */
  function reading(told) {
    panel.hidden = false;
    part("phase").textContent = told.state === "receiving" ? "Waiting for more files" : "Reading your files";
    part("done").textContent = told.done.toLocaleString("en");
    part("of").textContent = told.total ? `of ${told.total.toLocaleString("en")} files` : "files";
    if (told.total) {
      bar.max = told.total;
      bar.value = told.done;
    } else bar.removeAttribute("value");
    part("name").textContent = told.name.slice(told.name.lastIndexOf("/") + 1);
    part("left").textContent = told.seconds_left === null ? "" : `${span(told.seconds_left)} left`;
    part("kept").textContent = told.kept ? `${told.kept} are in your diary by now.` : "";
    const tenth = told.total ? Math.floor((10 * told.done) / told.total) : -1;
    if (tenth > saidTenth) {
      saidTenth = tenth;
      part("said").textContent = `${told.done} of ${told.total} files read`;
    }
  }

  const stopForm = panel.querySelector("[data-stop]");
  stopForm?.addEventListener("submit", async (event) => {
    event.preventDefault();
    now.stopped = true;
    part("phase").textContent = "Stopping";
    now.upload?.abort();
    if (!now.job) return;
    try {
      await post("/api/v1/import/stop", { job: now.job });
    } catch { /* it is over already: following it finds out */ }
  });

  /** @param {string} phase @param {number} files */
  function show(phase, files) {
    panel.hidden = false;
    part("phase").textContent = phase;
    part("done").textContent = "0";
    part("of").textContent = `of ${files.toLocaleString("en")} ${files === 1 ? "file" : "files"}`;
    for (const name of ["name", "left", "kept"]) part(name).textContent = "";
    bar.removeAttribute("value");
    for (const old of document.querySelectorAll(".result")) old.remove();
    panel.scrollIntoView({ block: "nearest" });
  }

  function hide() {
    panel.hidden = true;
    engage(false);
  }

  /** Show the page of an import that is over. @param {string} job */
  function arrive(job) {
    const there = job ? `/import?job=${job}` : "/import";
    if (location.pathname + location.search === there) location.reload();
    else location.replace(there);
  }

  /** @param {{place: string, says: string, remedy: string}[]} faults */
  function fail(faults) {
    const list = /** @type {HTMLElement} */ (fault.querySelector("ul"));
    list.replaceChildren(...faults.map((one) => {
      const item = document.createElement("li");
      item.textContent = [one.says, one.remedy].filter(Boolean).map(sentence).join(" ");
      return item;
    }));
    fault.hidden = false;
    fault.tabIndex = -1;
    fault.focus();
  }
}

/** @param {DragEvent} event */
function holdsFiles(event) {
  return Boolean(event.dataTransfer?.types.includes("Files"));
}

/** @param {string} name */
function wanted(name) {
  const last = name.slice(name.lastIndexOf("/") + 1);
  return WANTED.test(last) && !last.startsWith(".");
}

/** List what was dropped, folders with all that they hold. @param {DataTransfer} data @returns {Promise<Found[]>} */
async function dropped(data) {
  const entries = [...data.items].filter((item) => item.kind === "file").map((item) => item.webkitGetAsEntry?.() || null);
  if (entries.some((entry) => entry === null)) return [...data.files].map((file) => ({ file, name: file.name }));
  /** @type {Found[]} */
  const found = [];
  for (const entry of entries) await walk(/** @type {FileSystemEntry} */ (entry), "", found);
  return found;
}

/** @param {FileSystemEntry} entry @param {string} above @param {Found[]} found */
async function walk(entry, above, found) {
  const name = above + entry.name;
  if (entry.isFile) {
    if (above && !wanted(name)) return;
    found.push({ file: await new Promise((ok, no) => /** @type {FileSystemFileEntry} */ (entry).file(ok, no)), name });
    return;
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  for (;;) { // a hundred at a time, until none is left
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((ok, no) => reader.readEntries(ok, no));
    if (!some.length) return;
    for (const one of some) await walk(one, `${name}/`, found);
  }
}

/** @param {Found[]} found */
function* inPortions(found) {
  /** @type {Found[]} */
  let portion = [];
  let size = 0;
  for (const one of found) {
    if (portion.length && (portion.length >= FILES_A_PORTION || size + one.file.size > BYTES_A_PORTION)) {
      yield portion;
      portion = [];
      size = 0;
    }
    portion.push(one);
    size += one.file.size;
  }
  if (portion.length) yield portion;
}

/** @param {unknown} error */
function faultsOf(error) {
  if (error instanceof Fault && error.faults.length) return error.faults;
  const remedy = "Hand in the same files again; what came in counts once.";
  return [{ place: "", says: error instanceof Fault ? `midstance answered with ${error.status}.` : String(/** @type {Error} */ (error).message), remedy }];
}

/** @param {string} text */
function sentence(text) {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

/** @param {number} count */
function bytes(count) {
  if (count < 1e6) return `${Math.max(1, Math.round(count / 1e3))} kB`;
  return count < 1e9 ? `${(count / 1e6).toFixed(count < 1e7 ? 1 : 0)} MB` : `${(count / 1e9).toFixed(1)} GB`;
}

/** @param {number} seconds */
function span(seconds) {
  const whole = Math.max(1, Math.round(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}

/** @param {number} ms */
function pause(ms) {
  return new Promise((resolve) => { setTimeout(resolve, ms); });
}
