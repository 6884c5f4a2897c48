// The page as it is here and at the server: what was done and is not yet saved, what can be undone.
//
// Every step is a list of changes {id, from, to} over what was seen (issues/moves.py). Steps go to the server one
// at a time and in order; its answer is the whole state with the new picture, and the changes that undo the step.
import { words } from "./composer-words.js";

const POLL = 4000; // milliseconds between questions whether others changed the page
const RETRIES = [1500, 4000, 8000, 15000];
const TOGETHER = 2500; // what is typed into one field within this time is undone at once
const STEPS = 200;
const GEOMETRY = new Set(["col", "row", "cols", "rows"]);

export class Store extends EventTarget {
  constructor(root) {
    super();
    this.addresses = root.dataset;
    this.token = root.querySelector("[name=csrfmiddlewaretoken]").value;
    this.state = null; // the server's last answer
    this.boxes = new Map(); // by id, with what is not yet saved
    this.page = {};
    this.queue = []; // {changes, kind, label, at}
    this.flying = null;
    this.done = []; // {changes, label, at, key}
    this.undone = [];
    this.width = 0; // pixels wanted of the picture
    this.fresh = 0;
    this.failures = 0;
    this.waiting = 0;
    this.small = matchMedia("(max-width: 767px)");
  }

  get form() {
    return this.state.form;
  }

  get pending() {
    return this.queue.length > 0 || this.flying !== null;
  }

  get readOnly() {
    return !this.state?.may || this.small.matches;
  }

  others(...ids) {
    return [...this.boxes.values()].filter((box) => !ids.includes(box.id));
  }

  story(box) {
    return this.state.stories[box.article];
  }

  name(box) {
    const headline = box.stack?.headline || this.story(box)?.headline;
    if (box.kind === "story") return box.article ? `《${headline || words("untitled")}》` : words("story") + words("empty");
    return words(box.kind);
  }

  // ---- what people do ----

  // `changes`: [id, {field: value}] pairs; null takes the box off. `made`: new boxes. Answers their ids.
  change(pairs, { label = "", made = [], key = "" } = {}) {
    if (this.readOnly) return [];
    const changes = [];
    for (const [id, to] of pairs) {
      const now = id === "page" ? this.page : this.boxes.get(id);
      if (to === null) {
        const { id: _id, ...from } = now;
        changes.push({ id, from, to: null });
        continue;
      }
      const names = Object.keys(to).filter((name) => !equal(now[name], to[name]));
      if (!names.length) continue;
      const part = (source) => Object.fromEntries(names.map((name) => [name, source[name]]));
      changes.push({ id, from: part(now), to: part(to) });
    }
    const ids = made.map((to) => {
      this.fresh += 1;
      const id = `new-${this.fresh}-${Math.floor(performance.now())}`;
      changes.push({ id, from: null, to });
      return id;
    });
    if (!changes.length) return [];
    this.push({ changes, kind: "do", label, key });
    return ids;
  }

  push(step) {
    const last = this.queue.at(-1);
    if (last && this.joins(last, step)) {
      // The key is held down: one step of it is on its way, the rest waits as one.
      last.changes.forEach((change, at) => Object.assign(change.to, step.changes[at].to));
    } else {
      this.queue.push(step);
    }
    this.show();
    this.send();
  }

  joins(last, step) {
    if (last.kind !== "do" || step.kind !== "do" || last.changes.length !== step.changes.length) return false;
    return last.changes.every((change, at) => {
      const other = step.changes[at];
      if (change.id !== other.id || !change.from || !change.to || !other.to) return false;
      const names = Object.keys(change.to);
      return names.length === Object.keys(other.to).length && names.every((name) => name in other.to);
    });
  }

  undo() {
    this.again("undo", this.done, "noUndo");
  }

  redo() {
    this.again("redo", this.undone, "noRedo");
  }

  again(kind, stack, nothing) {
    if (this.readOnly) return;
    const asked = this.queue.filter((step) => step.kind === kind).length;
    const coming = kind === "undo" ? this.queue.concat(this.flying ?? []).filter((step) => step.kind === "do").length : 0;
    if (stack.length + coming <= asked) {
      this.say(words(nothing));
      return;
    }
    this.queue.push({ changes: null, kind });
    this.send();
  }

  // ---- to the server and back ----

  async send() {
    if (this.flying || !this.queue.length) return;
    const step = this.queue[0];
    if (step.kind !== "do" && !step.changes) {
      const stack = step.kind === "undo" ? this.done : this.undone;
      const entry = stack.pop();
      if (!entry) {
        this.queue.shift();
        this.send();
        return;
      }
      Object.assign(step, entry, { kind: step.kind });
    }
    this.flying = this.queue.shift();
    this.tell("saving");
    const answer = await this.ask(this.addresses.state, { changes: step.changes, width: this.width });
    this.flying = null;
    if (answer === null) {
      this.queue.unshift(step);
      this.show();
      return;
    }
    this.answered(step, answer);
    this.send();
  }

  answered(step, { ok, body }) {
    if (!ok) {
      const lost = [step, ...this.queue];
      this.queue = [];
      this.take(body);
      this.show();
      this.dispatchEvent(new CustomEvent("refused", { detail: { sentence: body.error, taken: body.taken ?? [], lost } }));
      return;
    }
    const ids = new Map(Object.entries(body.ids ?? {}));
    if (ids.size) this.rename(ids);
    if (body.undo?.length) this.remember(step, body.undo);
    this.take(body);
    if (step.kind === "undo") this.say(words("undone"));
    if (step.kind === "redo") this.say(words("redone"));
    this.dispatchEvent(new CustomEvent("saved", { detail: step }));
  }

  remember(step, undo) {
    const entry = { changes: undo, label: step.label, key: step.key, at: Date.now() };
    if (step.kind === "undo") {
      this.undone.push(entry);
      return;
    }
    const last = this.done.at(-1);
    if (step.kind === "do") this.undone = [];
    const typing = step.kind === "do" && step.key && last?.key === step.key && entry.at - last.at < TOGETHER;
    if (typing && last.changes.every((change, at) => change.id === undo[at]?.id)) {
      // Typing on: undone at once, back to how it was before.
      last.at = entry.at;
      last.changes.forEach((change, at) => Object.assign(change.from, undo[at].from));
      return;
    }
    this.done.push(entry);
    if (this.done.length > STEPS) this.done.shift();
  }

  // Boxes that were made have a number now; those brought back have another than before.
  rename(ids) {
    const now = (id) => {
      for (const [name, pk] of ids) if (id === name || `was-${id}` === name) return pk;
      return id;
    };
    for (const step of [...this.queue, ...this.done, ...this.undone]) {
      for (const change of step.changes ?? []) {
        change.id = now(change.id);
        for (const part of [change.from, change.to]) if (part?.continues) part.continues = now(part.continues);
      }
    }
    this.dispatchEvent(new CustomEvent("renamed", { detail: now }));
  }

  // The server's answer is what stands; what was done since lies over it.
  take(body) {
    if (!body?.boxes) return;
    const { undo, ids, error, taken, ...state } = body;
    this.state = state.picture ? state : { ...state, picture: this.state?.picture };
    this.show();
    this.tell(this.pending ? "saving" : "saved");
  }

  show() {
    this.boxes = new Map(this.state.boxes.map((box) => [box.id, { ...box }]));
    this.page = { ...this.state.page };
    const coming = [...(this.flying ? [this.flying] : []), ...this.queue].filter((step) => step.changes);
    for (const change of coming.flatMap((step) => step.changes)) {
      if (change.id === "page") Object.assign(this.page, change.to);
      else if (change.to === null) this.boxes.delete(change.id);
      else if (change.to.page && change.to.page !== this.state.page_id && change.from === null) continue;
      else if (change.from === null) this.boxes.set(change.id, { ...this.state.blank, ...change.to, id: change.id });
      else if (this.boxes.has(change.id)) Object.assign(this.boxes.get(change.id), change.to);
    }
    this.dispatchEvent(new Event("changed"));
  }

  async load() {
    const answer = await this.ask(`${this.addresses.state}?width=${this.width}`);
    if (answer?.ok && !this.pending) this.take(answer.body);
    return Boolean(answer?.ok);
  }

  // {ok, body} of an answer with JSON; null where there was none, and another try is due.
  async ask(address, data = null) {
    const options = { redirect: "manual", headers: { Accept: "application/json" } };
    if (data) {
      Object.assign(options, { method: "POST", body: JSON.stringify(data) });
      Object.assign(options.headers, { "Content-Type": "application/json", "X-CSRFToken": this.token });
    }
    let response;
    try {
      response = await fetch(address, options);
    } catch {
      this.later("offline");
      return null;
    }
    if (response.type === "opaqueredirect") {
      this.stopped("loggedOut");
      return null;
    }
    const body = await response.json().catch(() => null);
    if (body === null && response.status === 403 && data && (await this.freshToken())) return this.ask(address, data);
    if (body === null) {
      this.stopped("broken");
      return null;
    }
    this.failures = 0;
    return { ok: response.ok, body };
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

  later(why) {
    const rest = RETRIES[Math.min(this.failures, RETRIES.length - 1)];
    this.failures += 1;
    this.tell("trouble", words(why));
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.send(), rest);
  }

  stopped(why) {
    this.tell("trouble", words(why), true);
  }

  // ---- others ----

  watch() {
    setInterval(async () => {
      if (document.hidden || this.pending || !this.state || this.held) return;
      let said;
      try {
        const response = await fetch(this.addresses.version, { redirect: "manual" });
        said = response.ok ? await response.json() : null;
      } catch {
        return; // the next change will tell
      }
      if (!said || this.pending || this.held || said.version === this.state.version) return;
      if ((await this.load()) && said.by) this.say(words("changedBy", said.by));
    }, POLL);
    addEventListener("beforeunload", (event) => this.pending && event.preventDefault());
  }

  say(sentence) {
    this.dispatchEvent(new CustomEvent("said", { detail: sentence }));
  }

  tell(kind, sentence = "", ask = false) {
    this.dispatchEvent(new CustomEvent("status", { detail: { kind, sentence, ask } }));
  }
}

export function equal(one, other) {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

export const isGeometry = (name) => GEOMETRY.has(name);
