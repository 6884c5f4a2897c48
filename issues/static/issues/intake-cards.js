// The stories on the right, as the server tells them: HTML of its own, in which every block names its pieces.
export class Cards extends EventTarget {
  constructor(element, store) {
    super();
    this.element = element;
    this.store = store;
    this.left = new Set(this.remembered()); // groups that are not to be taken
    element.addEventListener("click", (event) => {
      const block = event.target.closest("[data-places]");
      if (block && !String(window.getSelection())) this.dispatchEvent(new CustomEvent("picked", { detail: placesOf(block) }));
    });
    element.addEventListener("change", (event) => {
      if ("take" in event.target.dataset) this.ticked(event.target);
    });
    element.addEventListener("pointerover", (event) => {
      const block = event.target.closest("[data-places]");
      const places = block ? placesOf(block) : [];
      this.light(places);
      this.dispatchEvent(new CustomEvent("lit", { detail: places }));
    });
    element.addEventListener("pointerleave", () => this.dispatchEvent(new CustomEvent("lit", { detail: [] })));
    this.tick();
  }

  // The server's newest answer. What was opened stays open, and the eye where it was.
  take(html) {
    const open = this.element.querySelector("details")?.open;
    const focused = this.element.contains(document.activeElement) ? document.activeElement.value : null;
    const side = this.element.parentElement;
    const top = side.scrollTop;
    this.element.innerHTML = html;
    if (open) this.element.querySelector("details")?.setAttribute("open", "");
    this.tick();
    this.drawChosen();
    side.scrollTop = top;
    if (focused) this.element.querySelector(`[data-take][value="${Number(focused)}"]`)?.focus();
  }

  get boxes() {
    return [...this.element.querySelectorAll("[data-take]")];
  }

  get taken() {
    return this.boxes.filter((box) => box.checked).length;
  }

  tick() {
    for (const box of this.boxes) {
      box.checked = !this.left.has(box.value);
      box.closest(".card").classList.toggle("is-left", !box.checked);
    }
  }

  ticked(box) {
    if (box.checked) this.left.delete(box.value);
    else this.left.add(box.value);
    this.tick();
    try {
      localStorage.setItem(this.place, JSON.stringify([...this.left]));
    } catch {
      // No room: it holds until the window is closed.
    }
    this.dispatchEvent(new Event("ticked"));
  }

  get place() {
    return `${this.store.place}-left`;
  }

  remembered() {
    try {
      return JSON.parse(localStorage.getItem(this.place)) ?? [];
    } catch {
      return [];
    }
  }

  drawChosen() {
    for (const block of this.blocks) {
      block.classList.toggle("is-chosen", placesOf(block).some((place) => this.store.chosen.has(place)));
    }
  }

  light(places) {
    for (const block of this.blocks) block.classList.toggle("is-lit", placesOf(block).some((place) => places.includes(place)));
  }

  show(place) {
    const block = this.blocks.find((one) => placesOf(one).includes(place));
    const hidden = block?.closest("details:not([open])");
    if (block && !hidden) block.scrollIntoView({ block: "nearest" });
  }

  get blocks() {
    return [...this.element.querySelectorAll(".block")];
  }
}

const placesOf = (block) => block.dataset.places.split(" ").filter(Boolean);
