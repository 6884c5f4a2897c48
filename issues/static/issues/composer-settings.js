// The page's own settings, and what on it is still to be mended.
import { dispute, typed } from "./composer-dispute.js";
import { equal } from "./composer-store.js";
import { words } from "./composer-words.js";

const REST = 500;

export class Settings {
  constructor(root, store, sheet) {
    this.store = store;
    this.sheet = sheet;
    this.root = root.querySelector("[data-page-side]");
    this.label = root.querySelector("[data-page-label]");
    this.count = root.querySelector("[data-problems]");
    this.list = root.querySelector("[data-problem-list]");
    this.rows = root.querySelector("[data-problem-rows]");
    this.credits = root.querySelector("[data-credits]");
    this.count.addEventListener("click", () => this.showProblems());
    this.timer = 0;
    this.held = new Set(); // names of settings whose fields keep what stands in them
    this.root.addEventListener("input", (event) => this.typed(event.target));
    this.root.addEventListener("change", (event) => this.typed(event.target, 0));
    root.querySelector("[data-credit-add]")?.addEventListener("click", () => this.addCredit());
    this.credits.addEventListener("click", (event) => {
      if (!event.target.matches("[data-credit-remove]")) return;
      event.target.closest("li").remove();
      this.keep("credits");
    });
  }

  draw() {
    const { page, state } = this.store;
    this.root.querySelector("[data-page-fields]").disabled = this.store.readOnly;
    for (const field of this.root.querySelectorAll("[data-page-field]")) {
      if (field === document.activeElement || this.held.has(field.dataset.pageField)) continue;
      if (field.type === "checkbox") field.checked = page[field.dataset.pageField];
      else field.value = page[field.dataset.pageField];
    }
    if (!this.credits.contains(document.activeElement) && !this.held.has("credits")) {
      this.credits.replaceChildren(...page.credits.map(([label, name]) => this.creditRow(label, name)));
    }
    this.label.textContent = `${words("page", state.number)} ${page.name}`.trim();
    this.drawProblems(state);
  }

  drawProblems(state) {
    const found = state.problems;
    const gaps = state.gaps.map((gap) => gap.said).join("　");
    this.count.textContent = found.length ? words("problems", found.length) : gaps || words("noProblems");
    this.count.classList.toggle("is-clear", !found.length && !gaps);
    this.count.classList.toggle("is-quiet", !found.length && Boolean(gaps));
    this.list.hidden = !found.length;
    this.rows.replaceChildren(
      ...found.map(({ said, box }) => {
        const row = document.createElement("li");
        if (box && this.store.boxes.has(box)) {
          const go = document.createElement("button");
          go.type = "button";
          go.className = "plain";
          go.textContent = said;
          go.addEventListener("click", () => this.sheet.select(box, { focus: true }));
          row.append(go);
        } else {
          row.textContent = said;
        }
        return row;
      }),
    );
  }

  showProblems() {
    const { problems, gaps } = this.store.state;
    const gap = problems.length ? null : gaps.find(({ box }) => this.store.boxes.has(box));
    if (gap) return this.sheet.select(gap.box, { focus: true });
    this.sheet.select(null);
    return this.list.querySelector("button")?.focus();
  }

  dispute(taken, lost) {
    for (const { id, field: name, now } of taken) {
      const mine = typed(lost, "page", name);
      if (id !== "page" || mine === undefined || equal(mine, now)) continue;
      const field = name === "credits" ? this.credits : this.root.querySelector(`[data-page-field="${name}"]`);
      if (name === "credits") this.credits.replaceChildren(...mine.map(([label, who]) => this.creditRow(label, who)));
      else if (field.type === "checkbox") continue;
      else field.value = mine;
      dispute(field.closest(".field"), now, {
        hold: () => this.held.add(name),
        release: () => {
          this.held.delete(name);
          this.draw();
        },
        take: () => this.store.change([["page", { [name]: mine }]]),
      });
    }
  }

  creditRow(label, name) {
    const row = document.createElement("li");
    const field = (value, said, list) => {
      const input = document.createElement("input");
      input.type = "text";
      input.maxLength = 60;
      input.value = value;
      input.setAttribute("aria-label", said);
      input.dataset.credit = "";
      if (list) input.setAttribute("list", list);
      return input;
    };
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "tool";
    remove.dataset.creditRemove = "";
    remove.textContent = "×";
    remove.setAttribute("aria-label", words("remove"));
    row.append(field(label, words("label"), "credit-labels"), field(name, words("name")), remove);
    return row;
  }

  addCredit() {
    const row = this.creditRow("", "");
    this.credits.append(row);
    row.querySelector("input").focus();
  }

  typed(field, rest = REST) {
    const name = "credit" in field.dataset ? "credits" : field.dataset.pageField;
    if (!name) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(name), rest);
  }

  keep(name) {
    let value;
    if (name === "credits") {
      const rows = [...this.credits.children].map((row) => [...row.querySelectorAll("input")].map((field) => field.value.trim()));
      value = rows.filter(([label, who]) => label || who);
    } else {
      const field = this.root.querySelector(`[data-page-field="${name}"]`);
      value = field.type === "checkbox" ? field.checked : field.value;
    }
    this.store.change([["page", { [name]: value }]], { key: `page:${name}` });
  }
}
