// Asks the server for JSON, and turns its faults into errors that a page can show.

/** What the server refused: every fault with its place. */
export class Fault extends Error {
  /** @param {{place: string, says: string, remedy: string}[]} faults @param {number} status */
  constructor(faults, status) {
    super(faults.map((f) => [f.says, f.remedy].filter(Boolean).join(" - ")).join("; ") || `status ${status}`);
    this.faults = faults;
    this.status = status;
  }
}

/** @param {Response} response */
async function told(response) {
  const kind = response.headers.get("content-type") || "";
  const body = kind.includes("json") ? await response.json() : null;
  if (response.ok && body !== null) return body;
  throw new Fault((body && body.faults) || [], response.status);
}

/** Read a context: read("/api/v1/today", {date: "2026-12-03"}). */
export async function read(path, query = {}) {
  const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== "" && value != null));
  const address = asked.size ? `${path}?${asked}` : path;
  return told(await fetch(address, { headers: { Accept: "application/json" } }));
}

/** Do something: post("/api/v1/plan/move", {...}). */
export async function post(path, body = {}) {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  return told(await fetch(path, { method: "POST", headers, body: JSON.stringify(body) }));
}
