// The pieces as they are here and at the server: undo, and saving as you go.
//
// A step is kept in this browser at once and goes to the server a moment later; the server's answer is what the
// page's stories would become. Nothing is lost to a closed window or a dead line: what did not arrive is offered
// on return.
import { chosenAfter, fromRows, toRows } from "./intake-pieces.js";
import { words } from "./intake-words.js";

const SOON = 350; // milliseconds after the last step
const RETRIES = [2000, 5000, 10000, 20000];
const MOST_BYTES_AT_END = 60000; // what a browser still sends when its window closes

export class Store extends EventTarget {
  constructor(root, data) {
    super();
    this.address = root.dataset.save;
    this.place = `intake-${root.dataset.pk}`;
    this.may = "may" in root.dataset;
    this.token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
    this.lines = data.lines;
    this.labels = data.labels;
    this.version = data.version;
    this.doubts = data.doubts;
    this.pieces = fromRows(data.rows);
    this.savedRows = JSON.stringify(data.rows);
    this.chosen = new Set();
    this.done = [];
    this.undone = [];
    this.flying = false;
    this.stopped = false; // somebody else saved: nothing is sent until the page is loaded anew
    this.timer = 0;
    this.failures = 0;
  }

  get unsaved() {
    return JSON.stringify(toRows(this.pieces)) !== this.savedRows;
  }

  // ---- what people do ----

  do(after, said) {
    if (!this.may || this.stopped || !after) return false;
    this.done.push({ pieces: this.pieces, chosen: this.chosen });
    this.undone = [];
    this.stand(after, new Set(chosenAfter(this.pieces, after, this.chosen)));
    this.say(said);
    return true;
  }

  undo() {
    this.again(this.done, this.undone, words("undone"));
  }

  redo() {
    this.again(this.undone, this.done, words("redone"));
  }

  again(from, to, said) {
    if (this.stopped || !from.length) return;
    to.push({ pieces: this.pieces, chosen: this.chosen });
    const { pieces, chosen } = from.pop();
    this.stand(pieces, chosen);
    this.say(said);
  }

  stand(pieces, chosen) {
    this.pieces = pieces;
    this.chosen = chosen;
    this.keep();
    this.tell("changed");
    this.sendSoon(SOON);
  }

  choose(keys) {
    this.chosen = new Set(keys);
    this.tell("chosen");
  }

  // ---- to the server and back ----

  sendSoon(wait) {
    this.status("saving");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  async send() {
    clearTimeout(this.timer);
    if (this.flying || this.stopped) return;
    if (!this.unsaved) {
      this.status("saved");
      this.forget();
      return;
    }
    const rows = toRows(this.pieces);
    this.flying = true;
    this.status("saving");
    const answer = await this.put(rows);
    this.flying = false;
    if (answer) this.answered(answer, rows);
  }

  async put(rows) {
    let response;
    try {
      response = await fetch(this.address, this.request(rows));
    } catch {
      this.later("offline");
      return null;
    }
    if (response.type === "opaqueredirect") return this.trouble("loggedOut");
    const body = await response.json().catch(() => null);
    if (body === null && response.status === 403 && (await this.freshToken())) return this.put(rows);
    if (body === null) return this.later("broken");
    return { ok: response.ok, status: response.status, body };
  }

  request(rows) {
    return {
      method: "PUT",
      body: JSON.stringify({ rows, version: this.version }),
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.token, Accept: "application/json" },
      redirect: "manual",
    };
  }

  answered({ ok, status, body }, rows) {
    this.failures = 0;
    if (!ok) {
      this.stopped = status !== 400 || this.stopped;
      this.status("failed");
      this.tell("notice", { sentence: body.error, ways: [["newest", () => this.reload()]] });
      return;
    }
    this.savedRows = JSON.stringify(rows);
    this.version = body.version;
    this.doubts = body.doubts;
    this.tell("notice", { sentence: "" });
    this.tell("answered", body.html);
    if (this.unsaved) this.sendSoon(0);
    else {
      this.forget();
      this.status("saved");
    }
  }

  later(why) {
    this.status("failed");
    this.tell("notice", { sentence: words(why), ways: [["retry", () => this.send()]] });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), RETRIES[Math.min(this.failures, RETRIES.length - 1)]);
    this.failures += 1;
    return null;
  }

  trouble(why) {
    this.status("failed");
    this.tell("notice", { sentence: words(why), ways: [["retry", () => this.send()]] });
    return null;
  }

  // A login in another window has changed the token that this page was given. Once only.
  async freshToken() {
    const page = await fetch(location.href, { redirect: "manual" }).catch(() => null);
    if (!page || page.type === "opaqueredirect") return false;
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
    const token = fresh.querySelector("[name=csrfmiddlewaretoken]")?.value;
    if (!token || token === this.token) return false;
    this.token = token;
    return true;
  }

  // The window closes: what a browser still sends by itself; the copy here stays until it is known to be there.
  leave() {
    if (!this.may || this.stopped || this.flying || !this.unsaved) return;
    const request = this.request(toRows(this.pieces));
    if (request.body.length < MOST_BYTES_AT_END) fetch(this.address, { ...request, keepalive: true }).catch(() => {});
  }

  reload() {
    this.forget();
    location.reload();
  }

  // ---- this browser's copy ----

  keep() {
    try {
      if (this.unsaved) localStorage.setItem(this.place, JSON.stringify({ version: this.version, rows: toRows(this.pieces) }));
      else localStorage.removeItem(this.place);
    } catch {
      // No room or no permission: the server's copy is all there is.
    }
  }

  forget() {
    try {
      localStorage.removeItem(this.place);
    } catch {
      // As above.
    }
  }

  offer() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(this.place));
    } catch {
      // Not there, or not ours.
    }
    if (!kept?.rows || !this.may || JSON.stringify(kept.rows) === this.savedRows) {
      this.forget();
      return;
    }
    const discard = () => {
      this.forget();
      this.tell("notice", { sentence: "" });
    };
    const use = () => {
      this.tell("notice", { sentence: "" });
      this.done.push({ pieces: this.pieces, chosen: this.chosen });
      this.stand(fromRows(kept.rows), new Set());
    };
    const sentence = words(kept.version === this.version ? "kept" : "keptOver");
    this.tell("notice", { sentence, ways: [["use", use], ["discard", discard]] });
  }

  // ---- telling ----

  say(sentence) {
    this.tell("said", sentence);
  }

  status(kind) {
    this.tell("status", kind);
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
