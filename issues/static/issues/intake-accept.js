// The form below: into which paper, and not before everything is saved.
import { words } from "./intake-words.js";

export class Accept {
  constructor(form, store, cards) {
    this.form = form;
    if (!form) return;
    this.store = store;
    this.cards = cards;
    this.days = JSON.parse(document.getElementById("intake-days").textContent);
    cards.addEventListener("ticked", () => this.draw());
    form.addEventListener("input", () => this.draw());
    form.addEventListener("click", (event) => {
      const { issue } = event.target.dataset;
      if (!issue) return;
      this.part("date").value = issue;
      form.elements.into.value = "paper";
      this.draw();
    });
    for (const field of form.querySelectorAll("[data-date], [data-page]")) {
      field.addEventListener("input", () => {
        form.elements.into.value = "paper";
        this.draw();
      });
    }
    form.addEventListener("submit", (event) => this.submitted(event));
    store.addEventListener("status", ({ detail }) => {
      if (detail === "saved" && this.waiting) this.form.requestSubmit(this.waiting);
    });
  }

  part(name) {
    return this.form.querySelector(`[data-${name}]`);
  }

  draw() {
    if (!this.form) return;
    this.part("version").value = this.store.version;
    this.part("go").textContent = words("take", this.cards.taken);
    this.part("go").disabled = this.cards.taken === 0;
    const date = this.part("date");
    if (!date) return;
    const known = this.days[date.value];
    this.part("day").textContent = date.value ? (known ? words("hasIssue", known) : words("noIssue")) : "";
    this.part("new").hidden = !date.value || Boolean(known);
    this.part("paper").classList.toggle("is-off", this.form.elements.into.value !== "paper");
  }

  // Everything must have arrived first.
  submitted(event) {
    if (!this.store.unsaved && !this.store.flying) {
      this.waiting = null;
      this.part("version").value = this.store.version;
      return;
    }
    event.preventDefault();
    this.waiting = event.submitter;
    this.store.send();
  }
}
