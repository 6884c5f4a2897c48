// The page composer: one store, the page, the lists, the chosen box, the page's settings.
import { bestPlace } from "./composer-grid.js";
import { Inspector } from "./composer-inspector.js";
import { Lists } from "./composer-lists.js";
import { Offers } from "./composer-offers.js";
import { Settings } from "./composer-settings.js";
import { Sheet } from "./composer-sheet.js";
import { Store } from "./composer-store.js";
import { words } from "./composer-words.js";

const WIDEST = 2000; // pixels of the picture
const STEP = 80; // its width goes in steps, so that pictures can be kept

const root = document.getElementById("composer");
const part = (name) => root.querySelector(`[data-${name}]`);
const store = new Store(root);
const sheet = new Sheet(root, store);
const inspector = new Inspector(root, store, sheet);
const settings = new Settings(root, store, sheet);
const lists = new Lists(root, store, sheet);
const offers = new Offers(root, store, sheet, lists);

sheet.placeOn = (form, taken, wish) => {
  const found = bestPlace(form, taken, wish);
  if (!found) store.say(words("noPlace"));
  return found;
};

function draw() {
  if (!store.state) return;
  root.classList.toggle("is-read-only", store.readOnly);
  sheet.draw();
  inspector.draw();
  settings.draw();
  lists.draw();
  part("waiting").hidden = Boolean(store.state.picture);
  part("page-state").textContent = store.state.standing;
  part("page-state").className = `state is-${store.state.status}`;
  const undo = part("undo");
  if (undo) undo.disabled = !store.done.length && !store.pending;
  if (undo) part("redo").disabled = !store.undone.length;
}

// ---- what the store tells ----

store.addEventListener("changed", draw);
store.addEventListener("renamed", ({ detail }) => {
  sheet.renamed(detail);
  inspector.renamed(detail);
});
store.addEventListener("said", ({ detail }) => say(detail));
store.addEventListener("saved", ({ detail }) => {
  const box = store.boxes.get(sheet.spoken);
  sheet.spoken = "";
  if (box) say(sheet.elements.get(box.id)?.getAttribute("aria-label") ?? "");
  const stands = ({ from, to }) => from === null || to === null || "article" in to;
  if (!store.pending && detail.changes.some(stands)) lists.load("stories");
});
store.addEventListener("refused", ({ detail: { sentence, taken, lost } }) => {
  notice(sentence);
  inspector.dispute(taken, lost);
  settings.dispute(taken, lost);
});
store.addEventListener("status", ({ detail: { kind, sentence, ask } }) => {
  const shown = part("status");
  root.classList.toggle("is-saving", kind === "saving");
  if (kind === "note" || kind === "trouble") notice(sentence, ask);
  else if (kind === "saving" && root.dataset.trouble) return;
  else notice("");
  root.dataset.trouble = kind === "trouble" ? "1" : "";
  if (kind === "saved") shown.textContent = store.done.length || store.undone.length ? words("saved") : "";
  if (kind === "saving") shown.textContent = words("setting");
});

function say(sentence) {
  // The same sentence twice is said twice.
  const shown = part("said");
  shown.textContent = shown.textContent === sentence ? `${sentence} ` : sentence;
  const brief = part("status");
  if (!root.classList.contains("is-saving")) brief.textContent = sentence;
}

function notice(sentence, ask = false) {
  const shown = part("notice");
  shown.hidden = !sentence;
  shown.textContent = sentence;
  if (!ask) return;
  const again = document.createElement("button");
  again.type = "button";
  again.className = "plain";
  again.textContent = words("retry");
  again.addEventListener("click", () => {
    notice("");
    if (store.state) store.send();
    else store.load();
  });
  shown.append(" ", again);
}

// ---- choosing ----

sheet.addEventListener("selected", ({ detail: id }) => {
  if (id !== null && offers.open) offers.close();
  inspector.select(id);
  part("page-side").hidden = id !== null || offers.open;
});
sheet.addEventListener("opened", () => inspector.open());

// ---- keys for the whole page ----

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input:not([type=checkbox], [type=radio], [type=range]), textarea, select");
  const key = event.key.toLowerCase();
  if ((event.ctrlKey || event.metaKey) && key === "z") {
    if (typing && event.target.matches("textarea, input")) return; // the field's own undo
    event.preventDefault();
    if (event.shiftKey) store.redo();
    else store.undo();
  } else if ((event.ctrlKey || event.metaKey) && key === "y" && !typing) {
    event.preventDefault();
    store.redo();
  } else if (key === "z" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    zoom();
  }
});
part("undo")?.addEventListener("click", () => store.undo());
part("redo")?.addEventListener("click", () => store.redo());
part("zoom").addEventListener("click", () => zoom());

const small = part("zoom").textContent;

function zoom() {
  const large = root.classList.toggle("is-large");
  part("zoom").textContent = large ? part("zoom").dataset.whole : small;
  sheet.elements.get(sheet.selected)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  measure();
}

// ---- the picture's size ----

function measure() {
  const wanted = sheet.sheet.clientWidth * Math.min(devicePixelRatio || 1, 2);
  const width = Math.min(WIDEST, Math.max(480, Math.ceil(wanted / STEP) * STEP));
  if (width === store.width) return;
  const before = store.width;
  store.width = width;
  // A smaller screen needs no smaller picture.
  if (width > before && store.state && !store.pending) store.load();
}

let resizing = 0;
new ResizeObserver(() => {
  clearTimeout(resizing);
  resizing = setTimeout(measure, 150);
}).observe(sheet.sheet);

// Before a proof is made everything must have arrived.
part("proof-form")?.addEventListener("submit", (event) => {
  inspector.flush();
  if (!store.pending) return;
  event.preventDefault();
  const form = event.target;
  const wait = setInterval(() => {
    if (store.pending) return;
    clearInterval(wait);
    form.requestSubmit();
  }, 100);
});
addEventListener("pagehide", () => inspector.flush());

measure();
store.load().then(() => lists.load("stories"));
store.watch();
