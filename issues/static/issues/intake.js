// The desk for a page that was sent in: source and stories side by side, tools, keys, acceptance.
import { Accept } from "./intake-accept.js";
import { Cards } from "./intake-cards.js";
import * as steps from "./intake-pieces.js";
import { Source } from "./intake-source.js";
import { Store } from "./intake-store.js";
import { words } from "./intake-words.js";

const root = document.getElementById("intake");
const part = (name) => root.querySelector(`[data-${name}]`);
const store = new Store(root, JSON.parse(document.getElementById("intake-data").textContent));
const source = new Source(part("source"), store, root.dataset.pictures);
const cards = new Cards(part("cards"), store);
const accept = new Accept(part("accept"), store, cards);
const tools = part("tools");
const move = part("move");

// ---- steps ----

const STEPS = {
  join: () => {
    const first = store.pieces.find((piece) => store.chosen.has(steps.key(piece)));
    return [steps.join(store.pieces, store.chosen), words(first?.joined ? "parted" : "joined"), words("noBefore")];
  },
  split: () => {
    const piece = source.caret && source.piece(source.caret.key);
    const line = piece && store.lines[piece.line][0];
    const after = piece && steps.split(store.pieces, new Set([source.caret.key]), source.caret.offset, line);
    if (after) source.caret = null;
    return [after, words("cut"), words("noCaret")];
  },
  story: () => [steps.newStory(store.pieces, store.chosen), words("story"), words("begins")],
  merge: () => [steps.merge(store.pieces, store.chosen), words("merged"), words("first")],
  up: () => [steps.shift(store.pieces, store.chosen, -1), words("shifted"), words("nothing")],
  down: () => [steps.shift(store.pieces, store.chosen, 1), words("shifted"), words("nothing")],
};

function take([after, said, nothing]) {
  if (!store.do(after, said)) store.say(nothing);
}

const OWN = { undo: () => store.undo(), redo: () => store.redo(), help, doubt: nextDoubt };

function does(name) {
  if (name in OWN) OWN[name]();
  else if (store.chosen.size) take(STEPS[name]());
}

function becomes(kind) {
  if (store.chosen.size) take([steps.setKind(store.pieces, store.chosen, kind), words("became", store.labels[kind]), words("nothing")]);
}

function toStory(number) {
  const group = steps.groups(store.pieces)[number - 1];
  if (group !== undefined && store.chosen.size) {
    take([steps.moveTo(store.pieces, store.chosen, group), words("moved", number), words("nothing")]);
  }
}

// ---- the tools ----

tools?.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.kind) becomes(button.dataset.kind);
  if (button?.dataset.do) does(button.dataset.do);
});
move?.addEventListener("change", () => {
  toStory(Number(move.value));
  move.value = "";
});

function drawTools() {
  if (!tools) return;
  const chosen = store.pieces.filter((piece) => store.chosen.has(steps.key(piece)));
  const kinds = new Set(chosen.map((piece) => piece.kind));
  for (const button of tools.querySelectorAll("[data-kind], [data-do]")) {
    const { kind, do: name } = button.dataset;
    if (name === "undo") button.disabled = !store.done.length;
    else if (name === "redo") button.disabled = !store.undone.length;
    else if (name === "doubt") button.disabled = !Object.keys(store.doubts).length;
    else if (name !== "help") button.disabled = !chosen.length;
    if (kind) button.setAttribute("aria-pressed", String(kinds.size === 1 && kinds.has(kind)));
  }
  const joined = chosen[0]?.joined ?? false;
  tools.querySelector("[data-do=join]").setAttribute("aria-pressed", String(joined));
  drawMove(chosen);
}

function drawMove(chosen) {
  const own = new Set(chosen.map((piece) => piece.group));
  const options = steps.groups(store.pieces).map((group, at) => {
    const option = new Option(words("toStory", at + 1, titleOf(group)), at + 1);
    option.disabled = own.size === 1 && own.has(group);
    return option;
  });
  move.disabled = !chosen.length || options.length < 2;
  move.replaceChildren(move.options[0], ...options);
}

function titleOf(group) {
  const piece = store.pieces.find((one) => one.group === group && one.kind === "headline") ?? store.pieces.find((one) => one.group === group);
  return source.text(piece).slice(0, 14) || words("untitled");
}

function help() {
  const box = part("help");
  box.hidden = !box.hidden;
  tools.querySelector("[data-do=help]").setAttribute("aria-expanded", String(!box.hidden));
}

// ---- keys ----

const KEYS = {
  ArrowDown: (event) => (event.altKey ? does("down") : source.step(1, event.shiftKey)),
  ArrowUp: (event) => (event.altKey ? does("up") : source.step(-1, event.shiftKey)),
  j: (event) => source.step(1, event.shiftKey),
  k: (event) => source.step(-1, event.shiftKey),
  ArrowRight: (event) => source.walk(1, event.ctrlKey || event.altKey),
  ArrowLeft: (event) => source.walk(-1, event.ctrlKey || event.altKey),
  Enter: () => does("split"),
  Backspace: () => does("join"),
  n: () => does("story"),
  m: () => does("merge"),
  d: nextDoubt,
  "?": help,
  Escape: () => (part("help").hidden ? store.choose([]) : help()),
};
const LOOKING = new Set(["ArrowDown", "ArrowUp", "j", "k"]); // what may be done to what can only be read
const byKey = new Map(tools ? [...tools.querySelectorAll("[data-kind]")].map((one) => [one.getAttribute("aria-keyshortcuts"), one.dataset.kind]) : []);

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.target.closest("input, textarea, select, dialog")) return;
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (!store.may && !LOOKING.has(name)) return;
  if ((event.ctrlKey || event.metaKey) && (name === "z" || name === "y")) {
    event.preventDefault();
    if (name === "y" || event.shiftKey) store.redo();
    else store.undo();
    return;
  }
  const arrows = name.startsWith("Arrow");
  if ((event.ctrlKey || event.metaKey || event.altKey) && !arrows) return;
  // Buttons and links keep the keys that press them.
  if ((name === "Enter" || name === " ") && event.target.closest("button, a, summary, label")) return;
  const what = KEYS[name] ?? (byKey.has(name) ? () => becomes(byKey.get(name)) : null) ?? (/^[1-9]$/.test(name) ? () => toStory(Number(name)) : null);
  if (!what) return;
  event.preventDefault();
  what(event);
});

function nextDoubt() {
  const places = Object.keys(store.doubts).map((one) => one.split(" ")[0]);
  const order = source.order.map(steps.key).filter((one) => places.includes(one));
  if (!order.length) return store.say(words("noDoubts"));
  const next = order[(order.indexOf(source.head) + 1) % order.length];
  source.anchor = source.head = next;
  store.choose([next]);
  source.show(next);
  return store.say(words("doubt", source.doubtAt(next)));
}

// ---- what the store tells ----

store.addEventListener("changed", () => {
  source.draw();
  drawTools();
  accept?.draw();
});
store.addEventListener("chosen", () => {
  source.drawChosen();
  cards.drawChosen();
  drawTools();
});
store.addEventListener("answered", ({ detail: html }) => {
  cards.take(html);
  source.draw();
  drawTools();
  accept.draw();
  part("count").textContent = steps.groups(store.pieces).length;
});
store.addEventListener("said", ({ detail }) => {
  // The same sentence twice is said twice.
  const shown = part("said");
  shown.textContent = shown.textContent === detail ? `${detail} ` : detail;
  part("status").dataset.said = detail;
});
store.addEventListener("status", ({ detail }) => {
  const shown = part("status");
  shown.textContent = words(detail);
  shown.dataset.kind = detail;
});
store.addEventListener("notice", ({ detail: { sentence, ways = [] } }) => {
  const notice = part("notice");
  notice.hidden = !sentence;
  notice.replaceChildren(
    sentence,
    ...ways.map(([name, act]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.textContent = words(name);
      button.addEventListener("click", act);
      return button;
    }),
  );
});

// ---- one side and the other ----

source.addEventListener("lit", ({ detail }) => cards.light(detail));
cards.addEventListener("lit", ({ detail }) => source.light(detail));
part("source").addEventListener("click", () => cards.show([...store.chosen][0]));
cards.addEventListener("picked", ({ detail: places }) => {
  source.caret = null;
  source.anchor = places[0];
  source.head = places.at(-1);
  store.choose(places);
  source.draw();
  source.show(places[0]);
});
for (const tab of root.querySelectorAll("[data-tab]")) {
  tab.addEventListener("click", () => {
    root.dataset.side = tab.dataset.tab;
    for (const one of root.querySelectorAll("[data-tab]")) one.setAttribute("aria-pressed", String(one === tab));
  });
}

root.dataset.side = "source";
root.classList.add("is-scripted");
source.draw();
drawTools();
accept.draw();
store.offer();
addEventListener("online", () => store.send());
addEventListener("pagehide", () => store.leave());
