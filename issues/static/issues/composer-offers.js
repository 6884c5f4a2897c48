// 自动拼版: the offers as small sketches, true to scale; one that is chosen is one step that can be undone.
import { rect } from "./composer-grid.js";
import { words } from "./composer-words.js";

export class Offers {
  constructor(root, store, sheet, lists) {
    this.store = store;
    this.sheet = sheet;
    this.lists = lists;
    this.root = root.querySelector("[data-offers]");
    this.button = root.querySelector("[data-arrange-button]");
    this.asked = 0;
    this.button?.addEventListener("click", () => this.ask());
    this.root.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
  }

  get open() {
    return !this.root.hidden;
  }

  close() {
    this.asked += 1;
    this.root.hidden = true;
    this.root.replaceChildren();
    this.sheet.showGhosts([]);
    this.button?.setAttribute("aria-pressed", "false");
    this.sheet.dispatchEvent(new CustomEvent("selected", { detail: this.sheet.selected }));
  }

  async ask() {
    if (this.open) {
      this.close();
      return;
    }
    const stories = [...this.lists.ticked].map((id) => ({ id, weight: this.lists.weights.get(id) ?? 50 }));
    const placed = [...this.store.boxes.values()].some((box) => box.kind === "story");
    if (!stories.length && !placed) {
      this.store.say(words("nothingToArrange"));
      this.store.tell("note", words("nothingToArrange"));
      return;
    }
    const mine = (this.asked += 1);
    this.sheet.select(null);
    this.button.setAttribute("aria-pressed", "true");
    this.root.hidden = false;
    this.root.replaceChildren(line("p", "offers-waiting", words("arranging")));
    this.store.say(words("arranging"));
    this.sheet.dispatchEvent(new CustomEvent("selected", { detail: null }));
    const answer = await this.store.ask(this.store.addresses.arrange, { stories });
    if (mine !== this.asked) return;
    if (!answer?.ok) {
      this.close();
      this.store.tell("note", answer?.body?.error ?? words("broken"));
      return;
    }
    this.show(answer.body.offers);
  }

  show(offers) {
    const close = line("button", "tool", "×");
    close.type = "button";
    close.addEventListener("click", () => this.close());
    const head = line("header", "offers-head");
    head.append(line("h2", "", this.root.getAttribute("aria-label")), close);
    const list = line("ol", "offers-list");
    list.append(...offers.map((offer, at) => this.row(offer, at)));
    this.root.replaceChildren(head, list);
    list.querySelector("button")?.focus();
    this.store.say(words("offersReady", offers.length));
  }

  row(offer, at) {
    const row = line("li", "offer");
    const button = line("button", "offer-choose");
    button.type = "button";
    const sketch = line("span", "sketch");
    sketch.style.setProperty("--ratio", this.store.form.width / this.store.form.height);
    for (const box of offer.boxes) {
      const part = line("i", `is-${box.kind}${box.over ? " is-over" : ""}`, box.name);
      const { left, top, width, height } = rect(this.store.form, box);
      Object.assign(part.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
      sketch.append(part);
    }
    const facts = line("span", "offer-facts");
    facts.append(line("b", "", words("offer", at + 1)));
    facts.append(line("span", offer.over ? "is-over" : "is-full", offer.over ? words("over", offer.over) : words("offerFits")));
    if (offer.under) facts.append(line("span", "", words("under", offer.under)));
    facts.append(line("span", "", words("emptyShare", offer.empty)));
    if (offer.left_out.length) {
      facts.append(line("span", "is-over", words("leftOut", offer.left_out.map((one) => `《${one.name}》${one.why}`).join("；"))));
    }
    button.append(sketch, facts);
    button.addEventListener("click", () => this.choose(offer));
    const show = () => this.sheet.showGhosts(offer.boxes.map((box) => [box, "is-offered", box.name]));
    const hide = () => this.sheet.showGhosts([]);
    for (const [event, act] of [["pointerenter", show], ["focus", show], ["pointerleave", hide], ["blur", hide]]) {
      button.addEventListener(event, act);
    }
    row.append(button);
    return row;
  }

  choose(offer) {
    for (const one of offer.changes) {
      if (one.from === null && one.to.article) {
        const story = this.lists.found.stories.find((found) => found.id === one.to.article);
        if (story) this.lists.remember(story);
        this.lists.ticked.delete(one.to.article);
      }
    }
    this.close();
    this.store.push({ changes: offer.changes, kind: "do", label: "" });
    this.store.say(words("applied"));
  }
}

function line(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}
