// The source on the left: its lines as they came, each piece marked with what it is and whose it is.
import { PAGE, groups, inSource, key } from "./intake-pieces.js";
import { words } from "./intake-words.js";

const HUES = 6;
const STOPS = /[\s，。；：、！？,.;:!?）)】”」]/; // where Ctrl and an arrow stop

export class Source extends EventTarget {
  constructor(element, store, pictures) {
    super();
    this.element = element;
    this.store = store;
    this.pictures = pictures;
    this.shown = []; // what each line was drawn from
    this.caret = null; // {key, offset}: where Enter cuts
    element.setAttribute("role", "listbox");
    element.setAttribute("aria-multiselectable", "true");
    element.replaceChildren(...store.lines.map(() => document.createElement("div")));
    element.addEventListener("click", (event) => this.clicked(event));
    for (const name of ["pointerover", "pointerleave"]) element.addEventListener(name, (event) => this.hovered(event));
    element.addEventListener("focus", () => {
      if (!store.chosen.size && this.order.length) store.choose([key(this.order[0])]);
    });
  }

  draw() {
    const { pieces } = this.store;
    this.order = inSource(pieces);
    this.numbers = new Map(groups(pieces).map((group, at) => [group, at + 1]));
    const places = new Map();
    for (const piece of this.order) places.set(piece.line, [...(places.get(piece.line) ?? []), piece]);
    let story = null;
    this.store.lines.forEach((line, number) => {
      const own = places.get(number) ?? [];
      const group = own[0]?.group ?? PAGE;
      const begins = own.length > 0 && group !== PAGE && group !== story;
      if (own.length) story = group;
      this.drawLine(number, line, own, begins);
    });
    this.drawChosen();
  }

  drawLine(number, line, own, begins) {
    const marks = own.map((piece) => this.doubtAt(key(piece)));
    const form = JSON.stringify([begins, own.map((piece, at) => [piece, this.numbers.get(piece.group), marks[at], this.caretIn(piece)])]);
    if (this.shown[number] === form) return;
    this.shown[number] = form;
    const [, gap, level, picture] = line;
    const element = document.createElement("div");
    const first = own[0];
    element.className = `line ${this.hue(first?.group ?? PAGE)}${gap ? " has-gap" : ""}${level ? " is-heading" : ""}`;
    element.setAttribute("role", "presentation");
    element.append(this.margin(first, begins, marks.find(Boolean)));
    const text = document.createElement("div");
    text.className = "line-text";
    text.setAttribute("role", "presentation");
    if (picture !== null) text.append(this.pictureOf(picture));
    own.forEach((piece, at) => text.append(at ? " " : "", this.span(piece, at > 0)));
    element.append(text);
    this.element.children[number].replaceWith(element);
  }

  margin(first, begins, doubt) {
    const margin = document.createElement("div");
    margin.className = "line-margin";
    margin.setAttribute("aria-hidden", "true");
    if (begins) margin.append(chip(this.numbers.get(first.group)));
    if (first) margin.append(mark(first.joined ? `↳ ${this.label(first)}` : this.label(first), "line-kind"));
    if (doubt) {
      const sign = mark("?", "line-doubt");
      sign.title = doubt;
      margin.append(sign);
    }
    return margin;
  }

  span(piece, inside) {
    const span = document.createElement("span");
    span.id = `piece-${key(piece)}`;
    span.className = `piece is-${piece.kind} ${this.hue(piece.group)}`;
    span.dataset.key = key(piece);
    span.setAttribute("role", "option");
    const text = this.text(piece);
    const doubt = this.doubtAt(key(piece));
    const told = [this.told(piece), piece.joined ? words("goesOn") : "", doubt ? words("doubt", doubt) : "", text];
    span.setAttribute("aria-label", told.filter(Boolean).join(" "));
    if (inside) {
      const label = mark(`${piece.joined ? "↳ " : ""}${this.label(piece)}`, "piece-kind");
      label.setAttribute("aria-hidden", "true");
      span.append(label);
    }
    const caret = this.caretIn(piece);
    if (caret === null) span.append(text);
    else span.append(text.slice(0, caret - piece.start), mark("", "caret"), text.slice(caret - piece.start));
    return span;
  }

  pictureOf(number) {
    const image = new Image();
    image.src = this.pictures.replace(/0\/$/, `${number}/`);
    image.alt = "";
    image.loading = "lazy";
    image.addEventListener("error", () => image.remove());
    return image;
  }

  text(piece) {
    return this.store.lines[piece.line][0].slice(piece.start, piece.end);
  }

  label(piece) {
    return this.store.labels[piece.kind];
  }

  told(piece) {
    return piece.group === PAGE ? words("ofPage", this.label(piece)) : words("of", this.numbers.get(piece.group), this.label(piece));
  }

  hue(group) {
    return group === PAGE ? "is-of-page" : `hue-${(this.numbers.get(group) - 1) % HUES}`;
  }

  doubtAt(place) {
    for (const [places, said] of Object.entries(this.store.doubts)) if (places.split(" ").includes(place)) return said;
    return "";
  }

  // ---- what is chosen ----

  drawChosen() {
    const { chosen } = this.store;
    for (const span of this.element.querySelectorAll(".piece")) {
      span.setAttribute("aria-selected", String(chosen.has(span.dataset.key)));
    }
    const last = this.head ?? [...chosen].at(-1);
    if (last && chosen.has(last)) this.element.setAttribute("aria-activedescendant", `piece-${last}`);
    else this.element.removeAttribute("aria-activedescendant");
  }

  show(place) {
    this.find(place)?.scrollIntoView({ block: "nearest" });
  }

  find(place) {
    return document.getElementById(`piece-${place}`);
  }

  light(places) {
    for (const span of this.element.querySelectorAll(".piece.is-lit")) span.classList.remove("is-lit");
    for (const place of places) this.find(place)?.classList.add("is-lit");
  }

  hovered(event) {
    const place = event.type === "pointerover" ? event.target.closest(".piece")?.dataset.key : null;
    this.light(place ? [place] : []);
    this.dispatchEvent(new CustomEvent("lit", { detail: place ? [place] : [] }));
  }

  clicked(event) {
    const span = event.target.closest(".piece");
    if (!span) return;
    const place = span.dataset.key;
    if (event.shiftKey) this.reach(place);
    else if (event.ctrlKey || event.metaKey) this.toggle(place);
    else {
      this.caret = caretAt(event, span, this.piece(place));
      this.anchor = this.head = place;
      this.store.choose([place]);
      this.draw();
    }
  }

  toggle(place) {
    const chosen = new Set(this.store.chosen);
    if (!chosen.delete(place)) chosen.add(place);
    this.anchor = this.head = place;
    this.store.choose(chosen);
  }

  // From where the choice began to here.
  reach(place) {
    const at = (one) => this.order.findIndex((piece) => key(piece) === one);
    const from = at(this.anchor ?? [...this.store.chosen][0] ?? place);
    const to = at(place);
    this.head = place;
    this.store.choose(this.order.slice(Math.min(from, to), Math.max(from, to) + 1).map(key));
    window.getSelection()?.removeAllRanges();
  }

  // One on, or one back; `extend` keeps what was chosen.
  step(by, extend) {
    const now = this.head && this.store.chosen.has(this.head) ? this.head : [...this.store.chosen].at(-1);
    const at = this.order.findIndex((piece) => key(piece) === now);
    const next = this.order[at < 0 ? 0 : at + by];
    if (!next) return;
    this.caret = null;
    if (extend) this.reach(key(next));
    else {
      this.anchor = this.head = key(next);
      this.store.choose([key(next)]);
    }
    this.draw();
    this.show(key(next));
  }

  piece(place) {
    return this.store.pieces.find((piece) => key(piece) === place);
  }

  // ---- where Enter cuts ----

  caretIn(piece) {
    return this.caret?.key === key(piece) ? this.caret.offset : null;
  }

  walk(by, far) {
    const [place] = this.store.chosen;
    const piece = this.store.chosen.size === 1 && this.piece(place);
    if (!piece) return;
    const text = this.store.lines[piece.line][0];
    let offset = this.caretIn(piece) ?? (by > 0 ? piece.start : piece.end);
    do offset += by;
    while (far && offset > piece.start && offset < piece.end && !STOPS.test(text[offset - 1]));
    this.caret = { key: place, offset: Math.min(Math.max(offset, piece.start), piece.end) };
    this.draw();
  }
}

// The offset in the line where somebody clicked; null where the browser does not tell.
function caretAt(event, span, piece) {
  const found = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  const range = found ? null : document.caretRangeFromPoint?.(event.clientX, event.clientY);
  const node = found?.offsetNode ?? range?.startContainer;
  const offset = found?.offset ?? range?.startOffset;
  if (!node || node.nodeType !== Node.TEXT_NODE || !span.contains(node) || node.parentNode !== span) return null;
  let before = 0;
  for (const part of span.childNodes) {
    if (part === node) break;
    if (part.nodeType === Node.TEXT_NODE) before += part.length;
  }
  return { key: span.dataset.key, offset: piece.start + before + offset };
}

function mark(text, name) {
  const element = document.createElement("span");
  element.className = name;
  element.textContent = text;
  return element;
}

const chip = (number) => mark(String(number), "chip");
