// A text field that offers what is known, as the ARIA combobox pattern has it.
let serial = 0;

// `look(text)` gives the offers [{label, …}]; `choose(offer)` is called with the one that was picked.
export function suggest(input, look, choose) {
  const list = document.createElement("ul");
  list.className = "offers";
  list.id = `offers-${(serial += 1)}`;
  list.role = "listbox";
  list.hidden = true;
  document.body.append(list);
  input.role = "combobox";
  input.autocomplete = "off";
  for (const [name, value] of [["autocomplete", "list"], ["expanded", "false"], ["controls", list.id], ["haspopup", "listbox"]]) {
    input.setAttribute(`aria-${name}`, value);
  }
  let offers = [];
  let at = -1;
  let asked = 0;
  let waiting = 0;

  function close() {
    clearTimeout(waiting);
    asked += 1;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    at = -1;
  }

  function open() {
    list.replaceChildren(
      ...offers.map((offer, number) => {
        const item = document.createElement("li");
        item.role = "option";
        item.id = `${list.id}-${number}`;
        item.textContent = offer.label;
        item.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          pick(number);
        });
        return item;
      }),
    );
    const box = input.getBoundingClientRect();
    list.style.position = "absolute";
    list.style.left = `${box.left + window.scrollX}px`;
    list.style.top = `${box.bottom + window.scrollY + 2}px`;
    list.style.width = `${Math.max(box.width, 200)}px`;
    list.hidden = !offers.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(-1);
  }

  function mark(number) {
    at = number;
    [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === at)));
    if (at < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  }

  function pick(number) {
    const offer = offers[number];
    close();
    choose(offer);
  }

  async function ask() {
    const mine = (asked += 1);
    const found = await look(input.value);
    if (mine !== asked || document.activeElement !== input) return;
    offers = found;
    open();
  }

  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 160);
  };
  input.addEventListener("input", (event) => event.isComposing || soon());
  input.addEventListener("compositionend", soon);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" && !event.altKey) {
      event.preventDefault();
      if (list.hidden) ask();
      else mark(at + 1 < offers.length ? at + 1 : 0);
    } else if (event.key === "ArrowUp" && !event.altKey && !list.hidden) {
      event.preventDefault();
      mark(at > 0 ? at - 1 : offers.length - 1);
    } else if (event.key === "Enter" && !list.hidden && at >= 0) {
      event.preventDefault();
      pick(at);
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close();
    }
  });
}

export async function fetchOffers(address, text) {
  const response = await fetch(`${address}?q=${encodeURIComponent(text)}`, { redirect: "manual" }).catch(() => null);
  return response?.ok ? (await response.json()).results : [];
}
