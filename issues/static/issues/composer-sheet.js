// The page under the hand: its picture, the boxes over it, and what mouse, finger and keys do to them.
import { bestPlace, cellAt, cut, dock, giveWay, inside, isFree, neighbour, place, rect, same, stretched, stride } from "./composer-grid.js";
import { words } from "./composer-words.js";

const EDGE = 0.28; // of a box's height or width
const NEAR = 36; // pixels from the edge of the stage
const ROOMY = 40; // characters of room that are worth a word
const FAR = 4; // pixels a pointer moves before it is a drag
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const EDGES = ["n", "e", "s", "w", "ne", "se", "sw", "nw"];

export class Sheet extends EventTarget {
  constructor(root, store) {
    super();
    this.root = root;
    this.store = store;
    this.sheet = root.querySelector("[data-sheet]");
    this.picture = this.sheet.querySelector("[data-picture]");
    this.layer = this.sheet.querySelector("[data-boxes]");
    this.grid = this.sheet.querySelector("[data-grid]");
    this.elements = new Map();
    this.selected = null;
    this.drag = null;
    this.wanted = "";
    this.spoken = "";
    this.sheet.addEventListener("pointerdown", (event) => this.pressed(event));
    this.sheet.addEventListener("keydown", (event) => this.key(event));
    this.layer.addEventListener("focusin", (event) => {
      const element = event.target.closest("[data-box]");
      if (element) this.select(this.idOf(element));
    });
  }

  // ---- drawing ----

  draw() {
    const { state, boxes } = this.store;
    if (!state) return;
    this.sheet.style.setProperty("--ratio", state.form.width / state.form.height);
    this.drawPicture(state.picture);
    this.drawGrid(state.form);
    // Over what is not yet set the old picture lies; the frame tells where the box is.
    this.sheet.classList.toggle("is-behind", this.store.pending);
    const inOrder = [...boxes.values()].sort((a, b) => a.row - b.row || a.col - b.col);
    const gone = new Set(this.elements.keys());
    inOrder.forEach((box) => {
      gone.delete(box.id);
      let element = this.elements.get(box.id);
      if (!element) {
        element = this.makeBox(box.id);
        this.elements.set(box.id, element);
      }
      this.drawBox(element, box);
    });
    for (const id of gone) {
      const element = this.elements.get(id);
      const focused = element.contains(document.activeElement);
      element.remove();
      this.elements.delete(id);
      if (focused) this.sheet.focus({ preventScroll: true });
    }
    // The order of the page is the order of Tab. Moving an element costs it the focus, so only what must be.
    inOrder.forEach((box, at) => {
      const element = this.elements.get(box.id);
      if (this.layer.children[at] !== element) {
        const focused = document.activeElement === element;
        this.layer.insertBefore(element, this.layer.children[at] ?? null);
        if (focused) element.focus({ preventScroll: true });
      }
    });
    if (this.selected !== null && !boxes.has(this.selected)) this.select(null);
  }

  // The new picture takes the place of the old one once it can be shown: nothing flashes.
  async drawPicture(source) {
    if (!source || source === this.wanted) return;
    this.wanted = source;
    const next = new Image();
    next.src = source;
    await next.decode().catch(() => {});
    if (source !== this.wanted) return;
    this.picture.src = source;
    this.picture.hidden = false;
  }

  drawGrid(form) {
    const count = form.columns > 40 ? 0 : form.columns;
    if (this.grid.children.length === count) return;
    this.grid.replaceChildren(
      ...Array.from({ length: count }, (_, col) => {
        const column = document.createElement("i");
        lay(column, rect(form, { col, row: 0, cols: 1, rows: form.rows }));
        return column;
      }),
    );
    this.grid.style.setProperty("--rows", form.rows);
  }

  makeBox(id) {
    const element = document.createElement("div");
    element.className = "box";
    element.dataset.box = id;
    element.tabIndex = 0;
    element.setAttribute("role", "button");
    const words_ = document.createElement("span");
    words_.className = "box-words";
    const fit = document.createElement("span");
    fit.className = "box-fit";
    element.append(words_, fit);
    if (!this.store.readOnly) {
      for (const edge of EDGES) {
        const handle = document.createElement("i");
        handle.className = `handle is-${edge}`;
        handle.dataset.edge = edge;
        element.append(handle);
      }
    }
    return element;
  }

  drawBox(element, box) {
    const { state } = this.store;
    element.dataset.box = box.id;
    if (this.drag?.id !== box.id) lay(element, rect(state.form, box));
    const stands = state.boxes.find((one) => one.id === box.id);
    const settled = stands && same(stands, box) && stands.article === box.article;
    const fit = settled ? state.fits[box.id] : null;
    const lies = stands && stands.article === box.article && stands.col === box.col && stands.row === box.row;
    element.classList.toggle("is-new", !lies);
    element.classList.toggle("is-changing", !settled);
    element.classList.toggle("is-selected", box.id === this.selected);
    element.setAttribute("aria-pressed", box.id === this.selected);
    element.querySelector(".box-words").textContent = this.store.name(box);
    const shown = element.querySelector(".box-fit");
    const link = settled ? state.links[box.id] : null;
    const notes = [fitWords(fit, link), link?.after && linkWords("to", link.after, state), link?.before && linkWords("from", link.before, state)];
    shown.textContent = notes.filter(Boolean).join(" · ");
    shown.className = `box-fit is-${link?.after && fit?.over ? "going" : (fit?.state ?? "none")}`;
    element.setAttribute("aria-label", this.describe(box, notes));
  }

  describe(box, notes = []) {
    const where = words("moved", this.store.name(box), box.col + 1, box.row + 1, box.cols, box.rows);
    return [where, ...notes.filter(Boolean)].join("，");
  }

  // ---- choosing ----

  idOf(element) {
    const id = element.dataset.box;
    return id.includes("-") ? id : Number(id);
  }

  select(id, { focus = false } = {}) {
    const changed = this.selected !== id;
    this.selected = id;
    for (const [other, element] of this.elements) {
      element.classList.toggle("is-selected", other === id);
      element.setAttribute("aria-pressed", other === id);
    }
    if (focus) this.elements.get(id)?.focus({ preventScroll: true });
    if (changed) this.dispatchEvent(new CustomEvent("selected", { detail: id }));
  }

  renamed(now) {
    this.elements = new Map([...this.elements].map(([id, element]) => [now(id), element]));
    for (const [id, element] of this.elements) element.dataset.box = id;
    this.selected = now(this.selected);
    this.spoken = now(this.spoken);
    if (this.drag) this.drag.id = now(this.drag.id);
  }

  // ---- keys ----

  key(event) {
    const element = event.target.closest("[data-box]");
    if (event.key === "Escape" && (this.drag || this.selected !== null)) {
      event.preventDefault();
      if (this.drag) this.endDrag(false);
      else this.deselect();
      return;
    }
    if (!element) return;
    const box = this.store.boxes.get(this.idOf(element));
    if (!box) return;
    if (event.key in ARROWS && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const [dx, dy] = ARROWS[event.key];
      if (event.altKey) this.swapWith(box, dx, dy);
      else if (event.shiftKey) this.resizeBy(box, dx, dy);
      else this.moveBy(box, dx, dy);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      this.remove(box.id);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.select(box.id);
      this.dispatchEvent(new Event("opened"));
    }
  }

  deselect() {
    document.activeElement?.blur?.();
    this.sheet.focus({ preventScroll: true });
    this.select(null);
  }

  moveBy(box, dx, dy) {
    if (this.store.readOnly) return;
    const step = stride(this.store.form);
    const to = { ...place(box), col: box.col + dx * step.col, row: box.row + dy * step.row };
    if (isFree(this.store.form, to, this.store.others(box.id))) this.moved(box, to);
    else this.store.say(words("noWay"));
  }

  resizeBy(box, dx, dy) {
    if (this.store.readOnly) return;
    const step = stride(this.store.form);
    const to = { ...place(box), cols: box.cols + dx * step.col, rows: box.rows + dy * step.row };
    const others = to.cols > 0 && to.rows > 1 ? giveWay(this.store.form, to, this.store.others(box.id)) : null;
    if (others) this.moved(box, to, others);
    else this.store.say(words("noWay"));
  }

  swapWith(box, dx, dy) {
    if (this.store.readOnly) return;
    const other = neighbour(box, this.store.others(box.id), dx, dy);
    if (other) this.swap(box, other);
    else this.store.say(words("noNeighbour"));
  }

  moved(box, to, others = new Map()) {
    const pairs = [[box.id, place(to)], ...[...others].map(([id, where]) => [id, place(where)])];
    this.store.change(pairs, { label: this.store.name(box) });
    this.spoken = box.id;
  }

  swap(box, other) {
    this.store.change([
      [box.id, place(other)],
      [other.id, place(box)],
    ]);
    this.store.say(words("swapped", this.store.name(box), this.store.name(other)));
  }

  remove(id) {
    const box = this.store.boxes.get(id);
    if (!box || this.store.readOnly) return;
    const name = this.store.name(box);
    this.store.change([[id, null]]);
    this.store.say(words("taken", name));
  }

  // ---- dragging ----

  cell(event) {
    const bounds = this.sheet.getBoundingClientRect();
    return cellAt(this.store.form, (event.clientX - bounds.left) / bounds.width, (event.clientY - bounds.top) / bounds.height);
  }

  isOver(event) {
    const bounds = this.sheet.getBoundingClientRect();
    const inX = event.clientX >= bounds.left && event.clientX <= bounds.right;
    return inX && event.clientY >= bounds.top && event.clientY <= bounds.bottom;
  }

  boxAt(cell, ...except) {
    const point = { col: Math.floor(cell.col), row: Math.floor(cell.row), cols: 1, rows: 1 };
    const inGap = point.col < 0 || point.row < 0;
    return inGap ? null : this.store.others(...except).find((box) => !isFree({ columns: Infinity, rows: Infinity }, point, [box]));
  }

  pressed(event) {
    if (event.button !== 0) return;
    const element = event.target.closest("[data-box]");
    if (!element) {
      if (!event.target.closest("button, a")) this.deselect();
      return;
    }
    const id = this.idOf(element);
    this.select(id, { focus: true });
    event.preventDefault(); // of text selection; the focus is set above
    const box = this.store.boxes.get(id);
    if (this.store.readOnly || !box) return;
    const cell = this.cell(event);
    const edge = event.target.closest("[data-edge]")?.dataset.edge;
    this.beginDrag(event, {
      id,
      edge,
      wish: place(box),
      grip: { col: cell.col - box.col, row: cell.row - box.row },
      dropped: (to, extra, moved) => {
        const there = this.store.boxes.get(moved);
        if (!there) return;
        if (extra.swap) this.swap(there, extra.swap);
        else if (!same(to, there)) this.moved(there, to, extra.others);
      },
    });
  }

  // Something from the lists comes over the page. `wish`: its size; `dropped(place, {replaces})`.
  carry(event, { wish, replaces, dropped, story = null }) {
    this.beginDrag(event, {
      id: null,
      story,
      wish: { col: 0, row: 0, ...wish },
      grip: { col: wish.cols / 2, row: 0.5 },
      replaces,
      dropped,
    });
  }

  // While something is dragged its ghost tells about how full it would be: the server knows for every size.
  async know({ id, story }) {
    this.free = null;
    const asked = story ? `story=${story}` : typeof id === "number" ? `box=${id}` : "";
    if (!asked) return;
    const response = await fetch(`${this.store.addresses.room}?${asked}`, { redirect: "manual" }).catch(() => null);
    const body = response?.ok ? await response.json().catch(() => null) : null;
    if (!body || !this.drag || this.drag.id !== id || this.drag.story !== story) return;
    this.free = body.free;
    if (this.drag.moving) this.ghosts();
  }

  about({ cols, rows }) {
    const free = this.free?.[cols - 1]?.[rows - 1];
    if (free === undefined) return "";
    if (free < 0) return words("aboutOver", -free);
    return free > ROOMY ? words("aboutUnder", free) : words("full");
  }

  beginDrag(event, drag) {
    this.drag = { ...drag, from: [event.clientX, event.clientY], moving: false, to: null, extra: {} };
    this.store.held = true;
    const move = (moved) => this.dragged(moved);
    const up = (ended) => this.endDrag(ended.type === "pointerup");
    this.stop = () => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", up);
      removeEventListener("pointercancel", up);
      removeEventListener("keydown", escape, true);
    };
    const escape = (pressed) => {
      if (pressed.key !== "Escape") return;
      pressed.stopPropagation();
      this.endDrag(false);
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", up);
    addEventListener("pointercancel", up);
    addEventListener("keydown", escape, true);
  }

  dragged(event) {
    const { drag } = this;
    if (!drag.moving) {
      if (Math.hypot(event.clientX - drag.from[0], event.clientY - drag.from[1]) < FAR) return;
      drag.moving = true;
      this.know(drag);
      this.root.classList.add("is-dragging");
      this.sheet.classList.add("is-dragging");
    }
    event.preventDefault();
    this.scroll(event);
    const cell = this.cell(event);
    const { form } = this.store;
    drag.extra = {};
    if (drag.edge) this.stretch(drag, cell);
    else if (!this.isOver(event)) drag.to = null;
    else this.aim(drag, cell, form);
    this.ghosts();
  }

  // Near the edge of what is seen of a large page, the rest comes into view.
  scroll(event) {
    const stage = this.sheet.parentElement;
    const bounds = stage.getBoundingClientRect();
    if (event.clientX < bounds.left || event.clientX > bounds.right) return;
    const near = (at, low, high) => (at < low + NEAR ? at - low - NEAR : at > high - NEAR ? at - high + NEAR : 0);
    stage.scrollBy(near(event.clientX, bounds.left, bounds.right) / 3, near(event.clientY, bounds.top, bounds.bottom) / 3);
  }

  stretch(drag, cell) {
    const step = stride(this.store.form);
    const snapped = { col: snap(cell.col, step.col), row: snap(cell.row, step.row) };
    const to = stretched(this.store.form, drag.wish, drag.edge, snapped);
    const others = giveWay(this.store.form, to, this.store.others(drag.id));
    drag.to = others ? to : null;
    drag.wished = to;
    drag.extra = { others: others ?? new Map() };
  }

  aim(drag, cell, form) {
    const step = stride(form);
    const wish = { ...drag.wish, col: snap(cell.col - drag.grip.col, step.col), row: snap(cell.row - drag.grip.row, step.row) };
    const others = this.store.others(drag.id);
    const under = this.boxAt(cell, drag.id);
    drag.wished = wish;
    if (under && drag.id !== null) {
      drag.to = place(under);
      drag.extra = { swap: under };
      return;
    }
    if (under) {
      // At its edge the box gives half of its place; in the middle it gives its content.
      const half = dock(under, cell, drag.replaces?.(under) ? EDGE : 0.5);
      if (half) {
        drag.to = half.place;
        drag.extra = { others: new Map([[under.id, half.rest]]) };
        return;
      }
      if (drag.replaces?.(under)) {
        drag.to = place(under);
        drag.extra = { replaces: under };
        return;
      }
    }
    wish.col = Math.max(0, Math.min(wish.col, form.columns - wish.cols));
    wish.row = Math.max(0, Math.min(wish.row, form.rows - wish.rows));
    drag.to = inside(form, wish) && isFree(form, wish, others) ? wish : cut(form, wish, others);
  }

  ghosts() {
    const { drag } = this;
    const { form, boxes } = this.store;
    const list = [];
    const size = (to) => [`${to.cols} × ${to.rows}`, this.about(to)].filter(Boolean).join("　");
    if (drag.to) list.push([drag.to, "is-target", size(drag.to)]);
    else if (drag.wished && inside(form, drag.wished)) list.push([drag.wished, "is-refused"]);
    if (drag.extra.swap) list.push([boxes.get(drag.id), "is-target"]);
    for (const where of drag.extra.others?.values() ?? []) list.push([where, "is-giving"]);
    this.showGhosts(list);
  }

  // Outlines over the page: [place, class] pairs.
  showGhosts(list) {
    this.sheet.querySelectorAll(".ghost").forEach((ghost) => ghost.remove());
    for (const [where, kind, said] of list) {
      const ghost = document.createElement("div");
      ghost.className = `ghost ${kind}`;
      if (said) ghost.append(Object.assign(document.createElement("b"), { textContent: said }));
      lay(ghost, rect(this.store.form, where));
      this.sheet.append(ghost);
    }
  }

  endDrag(keep) {
    const { drag } = this;
    if (!drag) return;
    this.stop();
    this.drag = null;
    this.store.held = false;
    this.root.classList.remove("is-dragging");
    this.sheet.classList.remove("is-dragging");
    this.showGhosts([]);
    if (!keep || !drag.moving) return;
    if (drag.to) drag.dropped(drag.to, drag.extra, drag.id);
    else if (drag.wished) this.store.say(words("noRoom"));
  }

  // ---- placing ----

  // Where something of that size goes that nobody aimed: null and a sentence where nothing is free.
  findPlace(wish) {
    const found = bestPlace(this.store.form, [...this.store.boxes.values()], wish);
    if (!found) this.store.say(words("noPlace"));
    return found;
  }
}

function snap(value, step) {
  return Math.round(value / step) * step;
}

function lay(element, { left, top, width, height }) {
  Object.assign(element.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
}

// 满, 超86字, 欠120字; of text that goes on in another box, what is left for that.
export function fitWords(fit, link) {
  if (!fit || !fit.total) return "";
  if (fit.over && link?.after) return words("left", fit.over);
  if (fit.over) return words("over", fit.over);
  if (fit.state === "under") return words("under", fit.under);
  return words("full");
}

export function linkWords(way, other, state) {
  const there = other.page === state.number;
  if (way === "to") return there ? words("toHere") : words("toPage", other.page);
  return there ? words("fromHere") : words("fromPage", other.page);
}
