// What can be put on the page: stories that wait, pictures, furniture. By dragging, by key, by button.
import { wish } from "./composer-grid.js";
import { words } from "./composer-words.js";

const REST = 250;
const WEIGHTS = [90, 70, 50, 30, 10];
const SIZES = {
  guide: { cols: 2, rows: 8 },
  banner: { cols: 6, rows: 3 },
  filler: { cols: 2, rows: 8 },
  picture: { cols: 3, rows: 10 },
  masthead: { cols: 6, rows: 6 },
};

export class Lists {
  constructor(root, store, sheet) {
    this.store = store;
    this.sheet = sheet;
    this.root = root.querySelector(".lists");
    if (!this.root) return;
    this.found = { stories: [], pictures: [] };
    this.shown = {};
    this.weights = new Map(); // story to weight, until it stands on the page
    this.ticked = new Set();
    this.asked = { stories: 0, pictures: 0 };
    for (const name of ["stories", "pictures"]) {
      let timer = 0;
      this.part("search", name).addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(() => this.load(name), REST);
      });
    }
    this.tabs();
    for (const button of this.root.querySelectorAll("[data-add]")) {
      button.addEventListener("click", () => this.add(button.dataset.add));
    }
  }

  part(kind, name) {
    return this.root.querySelector(`[data-${kind}="${name}"]`);
  }

  tabs() {
    const tabs = [...this.root.querySelectorAll("[data-tab]")];
    const open = (tab) => {
      for (const one of tabs) {
        const chosen = one === tab;
        one.setAttribute("aria-selected", chosen);
        one.tabIndex = chosen ? 0 : -1;
        document.getElementById(one.getAttribute("aria-controls")).hidden = !chosen;
      }
      if (tab.id === "tab-pictures") this.load("pictures");
    };
    tabs.forEach((tab, at) => {
      tab.addEventListener("click", () => open(tab));
      tab.addEventListener("keydown", (event) => {
        if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
        const next = tabs[(at + 1) % tabs.length];
        open(next);
        next.focus();
      });
    });
  }

  async load(name) {
    if (!this.root) return;
    const mine = (this.asked[name] += 1);
    const query = new URLSearchParams({ q: this.part("search", name).value.trim() });
    const response = await fetch(`${this.store.addresses[name]}?${query}`, { redirect: "manual" }).catch(() => null);
    const body = response?.ok ? await response.json().catch(() => null) : null;
    if (!body || mine !== this.asked[name]) return;
    this.found[name] = body.results;
    this.draw();
  }

  draw() {
    if (!this.root || !this.store.state) return;
    this.drawRows("stories", (story) => this.storyRow(story));
    this.drawRows("pictures", (photo) => this.pictureRow(photo));
    const waiting = this.found.stories.filter((story) => !this.placedOn(story)).length;
    const masthead = this.root.querySelector("[data-add=masthead]");
    if (masthead) masthead.disabled = [...this.store.boxes.values()].some((box) => box.kind === "masthead");
    this.root.querySelector("[data-count-stories]").textContent = waiting || "";
  }

  // Only when something in it changed: a row may be under somebody's hand.
  drawRows(name, row) {
    const list = this.part("rows", name);
    const placed = [...this.store.boxes.values()].map((box) => box.article);
    const asked = this.part("search", name).value;
    const shown = JSON.stringify([asked, this.found[name], name === "stories" ? placed.sort() : 0, this.store.readOnly]);
    if (this.shown[name] === shown) return;
    this.shown[name] = shown;
    const focused = list.contains(document.activeElement) ? document.activeElement : null;
    const key = focused && [focused.closest("li")?.dataset.key, focused.dataset.does];
    const rows = this.found[name].map(row);
    if (!rows.length) {
      const empty = document.createElement("li");
      empty.className = "empty";
      empty.textContent = this.part("search", name).value || name === "pictures" ? words("noneFound") : words("noStories");
      rows.push(empty);
    }
    list.replaceChildren(...rows);
    if (key) list.querySelector(`[data-key="${key[0]}"] [data-does="${key[1]}"]`)?.focus({ preventScroll: true });
  }

  // The page's number where the story stands in this issue.
  placedOn(story) {
    for (const box of this.store.boxes.values()) if (box.article === story.id) return this.store.state.number;
    return story.placed && story.placed.page !== this.store.state.number ? story.placed.page : 0;
  }

  storyRow(story) {
    const { readOnly, state } = this.store;
    const placed = this.placedOn(story);
    const row = item("li", placed ? "story is-placed" : "story");
    row.dataset.key = story.id;
    const tick = item("input", "story-tick");
    Object.assign(tick, { type: "checkbox", checked: this.ticked.has(story.id), title: words("tick") });
    tick.dataset.does = "tick";
    tick.disabled = Boolean(placed) || Boolean(story.elsewhere);
    tick.setAttribute("aria-label", `${words("tick")} ${story.headline}`);
    tick.addEventListener("change", () => {
      if (tick.checked) this.ticked.add(story.id);
      else this.ticked.delete(story.id);
    });
    const text = item("div", "story-text");
    text.append(item("strong", "", story.headline || words("untitled")));
    const meta = item("p", "story-meta");
    meta.append(item("span", `state is-${story.status}`, story.label));
    if (story.characters || !story.pictures) meta.append(item("span", "", words("characters", story.characters)));
    if (story.pictures) meta.append(item("span", "", words("pictures", story.pictures)));
    if (story.elsewhere) meta.append(item("span", "is-elsewhere", story.elsewhere));
    text.append(meta);
    const tools = item("span", "story-tools");
    const put = item("button", "plain");
    put.type = "button";
    put.dataset.does = "put";
    const other = state.pages.find((page) => page.number === placed && page.id !== state.page_id);
    if (placed) {
      put.textContent = other ? words("onPage", placed) : words("here");
      put.addEventListener("click", () => (other ? location.assign(other.url) : this.show(story)));
    } else {
      put.textContent = words("put");
      put.disabled = readOnly || Boolean(story.elsewhere);
      put.addEventListener("click", () => this.putStory(story));
      const weigh = item("label", "story-weigh", words("weight"));
      weigh.append(this.weight(story));
      tools.append(weigh);
      if (!put.disabled) this.draggable(row, story);
    }
    tools.append(put);
    meta.append(tools);
    row.append(tick, text);
    return row;
  }

  weight(story) {
    const choice = item("select", "story-weight");
    choice.dataset.does = "weight";
    choice.setAttribute("aria-label", `${words("weight")} ${story.headline}`);
    choice.append(...WEIGHTS.map((weight) => new Option(weight, weight)));
    choice.value = this.weights.get(story.id) ?? 50;
    choice.addEventListener("change", () => this.weights.set(story.id, Number(choice.value)));
    return choice;
  }

  weightOf(story) {
    return this.weights.get(story.id) ?? 50;
  }

  show(story) {
    for (const box of this.store.boxes.values()) if (box.article === story.id) this.sheet.select(box.id, { focus: true });
  }

  wishOf(story) {
    return wish(this.store.form, this.store.state.cell, story.characters, story.pictures, this.weightOf(story));
  }

  draggable(row, story) {
    row.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || event.target.closest("button, select, label, input, a")) return;
      event.preventDefault();
      this.sheet.carry(event, {
        story: story.id,
        wish: this.wishOf(story),
        replaces: (box) => box.kind === "story" && !box.continues,
        dropped: (place, { replaces, others }) => {
          if (replaces) this.replace(replaces, story);
          else this.putStory(story, place, others);
          this.store.say(words("placed", `《${story.headline}》`));
        },
      });
    });
  }

  replace(box, story) {
    this.remember(story);
    this.store.change([[box.id, { article: story.id, stack: null, cuts: [] }]]);
    this.sheet.select(box.id, { focus: true });
  }

  // `others`: boxes that give way, by id.
  putStory(story, where = null, others = new Map()) {
    const place = where ?? this.sheet.findPlace(this.wishOf(story));
    if (!place) return;
    this.remember(story);
    this.ticked.delete(story.id);
    const made = { kind: "story", article: story.id, weight: this.weightOf(story), ...place };
    const [id] = this.store.change([...others], { made: [made] });
    this.sheet.select(id, { focus: true });
    if (!where) this.store.say(words("placed", `《${story.headline}》`));
  }

  // Its name, until the server's answer tells all of it.
  remember(story) {
    this.store.state.stories[story.id] ??= { headline: story.headline, photos: story.pictures, blocks: [], label: story.label };
  }

  pictureRow(photo) {
    const row = item("li", "picture");
    row.dataset.key = photo.public_id;
    const image = new Image();
    Object.assign(image, { src: photo.thumb, alt: "", loading: "lazy", draggable: false });
    const text = item("div", "story-text");
    text.append(item("span", "picture-words", photo.caption || photo.name), item("span", "picture-credit", photo.credit));
    const put = item("button", "plain", words("put"));
    put.type = "button";
    put.dataset.does = "put";
    put.disabled = this.store.readOnly;
    put.setAttribute("aria-label", `${words("put")} ${photo.caption || photo.name}`.slice(0, 60));
    put.addEventListener("click", () => this.putPicture(photo));
    row.append(image, text, put);
    row.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || event.target.closest("button") || this.store.readOnly) return;
      event.preventDefault();
      this.sheet.carry(event, {
        wish: this.pictureWish(photo),
        replaces: (box) => ["picture", "filler"].includes(box.kind),
        dropped: (place, { replaces, others }) => {
          if (replaces) this.store.change([[replaces.id, said(photo)]]);
          else this.putPicture(photo, place, others);
        },
      });
    });
    return row;
  }

  pictureWish(photo) {
    const { form } = this.store;
    const cols = Math.min(3, form.columns);
    const wide = (form.area_width / form.columns) * cols;
    const rows = Math.round((wide * photo.height) / photo.width / (form.area_height / form.rows)) + 2;
    return { cols, rows: Math.max(4, Math.min(rows, Math.round(form.rows / 2))) };
  }

  putPicture(photo, where = null, others = new Map()) {
    // A chosen empty picture box takes it.
    const chosen = this.store.boxes.get(this.sheet.selected);
    if (!where && chosen?.kind === "picture" && !chosen.photo) {
      this.store.change([[chosen.id, said(photo)]]);
      return;
    }
    const place = where ?? this.sheet.findPlace(this.pictureWish(photo));
    if (!place) return;
    const [id] = this.store.change([...others], { made: [{ kind: "picture", ...said(photo), ...place }] });
    this.sheet.select(id, { focus: true });
  }

  add(kind) {
    if (kind === "picture") {
      document.getElementById("tab-pictures").click();
      this.part("search", "pictures").focus();
      return;
    }
    const { form } = this.store;
    const size = { ...SIZES[kind] };
    if (["masthead", "banner"].includes(kind)) size.cols = form.columns;
    const place = this.sheet.findPlace(size);
    if (!place) return;
    const [id] = this.store.change([], { made: [{ kind, template: kind === "masthead" || kind === "guide", ...place }] });
    this.sheet.select(id, { focus: true });
  }
}

function said(photo) {
  return { photo: photo.public_id, caption: photo.caption.slice(0, 1000), credit: photo.credit.slice(0, 120) };
}

function item(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}
