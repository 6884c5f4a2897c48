// The chosen box: everything about it that is no place on the page. What is typed is kept as it is typed.
import { dispute, typed } from "./composer-dispute.js";
import { giveWay } from "./composer-grid.js";
import { equal } from "./composer-store.js";
import { fitWords, linkWords } from "./composer-sheet.js";
import { words } from "./composer-words.js";

const REST = 500; // milliseconds after the last key

export class Inspector {
  constructor(root, store, sheet) {
    this.store = store;
    this.sheet = sheet;
    this.root = root.querySelector("[data-inspector]");
    this.fields = [...this.root.querySelectorAll("[data-field]")];
    this.waiting = new Map(); // field to timer
    this.id = null;
    this.root.addEventListener("input", (event) => this.typed(event.target));
    this.root.addEventListener("change", (event) => this.chosen(event.target));
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.part("close").addEventListener("click", () => sheet.deselect());
    this.part("remove").addEventListener("click", () => sheet.remove(this.id));
    this.part("stack-clear").addEventListener("click", () => this.store.change([[this.id, { stack: null }]]));
    this.part("photo-clear").addEventListener("click", () => {
      this.store.change([[this.id, { photo: null, caption: "", credit: "" }]]);
    });
    this.part("continue").addEventListener("change", (event) => this.goOn(event.target));
    this.part("links").addEventListener("click", (event) => event.target.matches("[data-select]") && sheet.select(Number(event.target.dataset.select), { focus: true }));
  }

  part(name) {
    return this.root.querySelector(`[data-${name}]`);
  }

  get box() {
    return this.store.boxes.get(this.id);
  }

  select(id) {
    this.flush();
    if (this.id !== id) {
      this.waiting.clear();
      this.root.querySelectorAll(".dispute").forEach((box) => box.remove());
    }
    this.id = id;
    this.draw();
    this.root.scrollTop = 0;
  }

  // The box has its number now; what was typed meanwhile is for it.
  renamed(now) {
    this.id = now(this.id);
  }

  open() {
    const first = [...this.root.querySelectorAll("select, input, textarea")].find((one) => one.offsetParent && !one.disabled);
    first?.focus();
  }

  // ---- showing ----

  draw() {
    const { box } = this;
    this.root.hidden = !box;
    if (!box) return;
    const story = this.store.story(box);
    this.part("inspector-fields").disabled = this.store.readOnly;
    this.part("inspector-name").textContent = this.store.name(box);
    this.show(box, story);
    this.fill(box, story);
    this.drawFit(box);
    this.drawStory(story);
    if (box.kind === "story") {
      this.drawStack(box, story);
      this.drawCuts(box, story);
      this.drawLinks(box);
    }
    this.placeholders();
    const photo = this.store.state.photos[box.photo];
    this.part("photo").src = photo?.thumb ?? "";
    this.part("photo").parentElement.hidden = !photo;
  }

  show(box, story) {
    const when = {
      pictures: Boolean(story?.photos),
      photo: box.kind === "picture" || Boolean(box.photo),
      head: !box.continues,
    };
    for (const part of this.root.querySelectorAll("[data-kinds], [data-when]")) {
      const kinds = part.dataset.kinds?.split(" ");
      part.hidden = Boolean((kinds && !kinds.includes(box.kind)) || (part.dataset.when && !when[part.dataset.when]));
    }
  }

  fill(box, story) {
    const count = this.root.querySelector("[data-field=pictures]");
    const most = Math.max(story?.photos ?? 0, box.pictures);
    if (count.options.length !== most + 1) {
      count.replaceChildren(...Array.from({ length: most + 1 }, (_, n) => new Option(n, n)));
    }
    for (const field of this.fields) {
      if (this.waiting.has(field) || field === document.activeElement && isText(field)) continue;
      setValue(field, box[field.dataset.field]);
    }
    this.part("weight").textContent = box.weight;
    for (const field of this.root.querySelectorAll("[data-place]")) {
      const name = field.dataset.place;
      if (field === document.activeElement) continue;
      field.value = box[name] + (name === "col" || name === "row" ? 1 : 0);
      field.max = name.startsWith("col") ? this.store.form.columns : this.store.form.rows;
    }
  }

  drawFit(box) {
    const fit = this.store.state.fits[box.id];
    const link = this.store.state.links[box.id];
    const shown = this.part("inspector-fit");
    shown.hidden = !fit?.total;
    shown.className = `inspector-fit is-${fit?.over && link?.after ? "going" : fit?.state}`;
    if (!fit?.total) return;
    const room = fit.over || fit.under ? words("room", fit.total, fit.placed + fit.under) : words("characters", fit.total);
    shown.textContent = `${fitWords(fit, link)}　${room}`;
  }

  drawStory(story) {
    const state = this.part("story-state");
    state.textContent = story?.label ?? "";
    state.className = `state is-${story?.status ?? "draft"}`;
    const link = this.part("story-link");
    link.hidden = !story?.url;
    link.href = story?.url ?? "";
  }

  placeholders() {
    const title = this.root.querySelector("[data-field=title]");
    title.placeholder = this.box.kind === "banner" ? this.store.page.banner : "";
  }

  drawStack(box, story) {
    this.part("stack-state").textContent = box.stack ? "●" : "";
    for (const field of this.root.querySelectorAll("[data-stack-field]")) {
      const name = field.dataset.stackField;
      field.placeholder = story?.[name] ?? "";
      if (!this.waiting.has(field) && field !== document.activeElement) field.value = box.stack?.[name] ?? "";
    }
  }

  drawCuts(box, story) {
    const list = this.part("cuts");
    const cuts = new Set(box.cuts);
    this.part("cuts-state").textContent = cuts.size ? cuts.size : "";
    const blocks = story?.blocks ?? [];
    if (list.dataset.of !== `${box.article}:${blocks.map((block) => block.key)}`) {
      list.dataset.of = `${box.article}:${blocks.map((block) => block.key)}`;
      list.replaceChildren(
        ...blocks.map((block) => {
          const row = document.createElement("li");
          const label = document.createElement("label");
          const tick = document.createElement("input");
          tick.type = "checkbox";
          tick.dataset.cut = block.key;
          const text = document.createElement("span");
          text.className = `is-${block.kind}`;
          text.textContent = block.text;
          const count = document.createElement("small");
          count.textContent = words("cutChars", block.characters);
          label.append(tick, text, count);
          row.append(label);
          return row;
        }),
      );
    }
    for (const tick of list.querySelectorAll("[data-cut]")) tick.checked = cuts.has(tick.dataset.cut);
  }

  drawLinks(box) {
    const { state } = this.store;
    const links = state.links[box.id] ?? {};
    const shown = [];
    for (const [way, other] of [["from", links.before], ["to", links.after]]) {
      if (!other) continue;
      const here = other.page === state.number;
      const go = document.createElement(here ? "button" : "a");
      if (here) {
        go.type = "button";
        go.className = "plain";
        go.dataset.select = other.id;
      } else {
        go.href = other.url;
      }
      go.textContent = linkWords(way, other, state);
      shown.push(go);
    }
    this.part("links").replaceChildren(...shown);
    const choice = this.part("continue");
    choice.hidden = Boolean(links.after) || !box.article || typeof box.id !== "number";
    const pages = state.pages.filter((page) => page.may);
    choice.replaceChildren(
      choice.options[0],
      ...pages.map((page) => new Option(page.id === state.page_id ? words("thisPage") : words("page", page.number), page.id)),
    );
    choice.value = "";
  }

  // ---- taking ----

  typed(field) {
    if (!isText(field)) return;
    clearTimeout(this.waiting.get(field));
    this.waiting.set(field, setTimeout(() => this.keep(field), REST));
  }

  chosen(field) {
    if (isText(field)) {
      clearTimeout(this.waiting.get(field));
      this.keep(field);
    } else if (field.dataset.field) {
      this.store.change([[this.id, { [field.dataset.field]: valueOf(field) }]]);
    } else if (field.dataset.cut) {
      const ticked = [...this.root.querySelectorAll("[data-cut]:checked")].map((tick) => tick.dataset.cut);
      this.store.change([[this.id, { cuts: [...new Set(ticked)].sort() }]]);
    } else if (field.dataset.place) {
      this.toPlace(field);
    }
  }

  keep(field) {
    this.waiting.delete(field);
    if (!this.box) return;
    const { field: name, stackField } = field.dataset;
    if (name) {
      this.store.change([[this.id, { [name]: field.value }]], { key: `${this.id}:${name}` });
    } else if (stackField) {
      const stack = {};
      for (const one of this.root.querySelectorAll("[data-stack-field]")) stack[one.dataset.stackField] = one.value;
      const story = this.store.story(this.box);
      // Where one line is the paper's own the others are too: they begin as the story has them.
      if (!this.box.stack) for (const key in stack) stack[key] ||= key === stackField ? "" : story?.[key] ?? "";
      const empty = Object.values(stack).every((text) => !text.trim());
      this.store.change([[this.id, { stack: empty ? null : stack }]], { key: `${this.id}:stack` });
    }
  }

  // What was typed and waits goes now: another box is chosen, or the page is left.
  flush() {
    for (const [field, timer] of this.waiting) {
      if (!timer) continue; // disputed: somebody has to choose
      clearTimeout(timer);
      this.keep(field);
    }
  }

  toPlace(field) {
    const { box } = this;
    const name = field.dataset.place;
    const value = Number(field.value) - (name === "col" || name === "row" ? 1 : 0);
    const to = { col: box.col, row: box.row, cols: box.cols, rows: box.rows, [name]: value };
    const others = Number.isInteger(value) ? giveWay(this.store.form, to, this.store.others(box.id)) : null;
    if (others && to.rows > 0 && to.cols > 0) this.sheet.moved(box, to, others);
    else {
      this.store.say(words("noRoom"));
      this.draw();
    }
  }

  // 转到…: the rest of the text gets a box of its own, here or on another page.
  goOn(choice) {
    const { box } = this;
    const page = Number(choice.value);
    choice.value = "";
    if (!box || !page) return;
    const { form, page_id: here, pages } = this.store.state;
    const wish = { cols: box.cols, rows: Math.max(4, Math.round(box.rows / 2)) };
    const there = pages.find((one) => one.id === page);
    const others = page === here ? null : there.taken;
    const where = page === here ? this.sheet.findPlace(wish) : this.sheet.placeOn(form, others, wish);
    if (!where) return;
    const { article, weight, align, rule } = box;
    const made = { kind: "story", page, article, continues: box.id, weight, align, rule, pictures: 0, ...where };
    const [id] = this.store.change([], { made: [made] });
    if (page === here) this.sheet.select(id, { focus: true });
  }

  key(event) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    this.flush();
    this.sheet.select(this.id, { focus: true });
  }

  // What was typed here and came too late: it stays beside what the other wrote.
  dispute(taken, lost) {
    for (const { id, field: name, now } of taken) {
      const mine = typed(lost, id, name);
      if (id !== this.id || mine === undefined || equal(mine, now)) continue;
      const fields = name === "stack" ? [...this.root.querySelectorAll("[data-stack-field]")] : [this.fields.find((field) => field.dataset.field === name)];
      if (!fields.every((field) => field && isText(field))) continue;
      for (const field of fields) field.value = name === "stack" ? (mine?.[field.dataset.stackField] ?? "") : mine;
      dispute(name === "stack" ? this.part("stack") : fields[0].closest(".field"), now, {
        hold: () => fields.forEach((field) => this.waiting.set(field, 0)),
        release: () => {
          fields.forEach((field) => this.waiting.delete(field));
          this.draw();
        },
        take: () => this.store.change([[id, { [name]: mine }]]),
      });
    }
  }
}

function isText(field) {
  return field.matches("textarea, input[type=text]");
}

function setValue(field, value) {
  if (field.type === "checkbox") field.checked = Boolean(value);
  else if (field.type === "radio") field.checked = field.value === value;
  else field.value = String(value ?? "");
}

function valueOf(field) {
  if (field.type === "checkbox") return field.checked;
  if (field.dataset.field === "size" || "number" in field.dataset) return Number(field.value);
  return field.value;
}
