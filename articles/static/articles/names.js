// A name is chosen among those known, or typed: then it is a correspondent that nobody knew yet.
import { fetchOffers, suggest } from "./suggest.js";
import { words } from "./words.js";

export function startNames(form, state) {
  const list = form.querySelector("[data-rows='bylines']");
  for (const row of list.children) dress(row, form, state);
  list.addEventListener("row:added", (event) => dress(event.detail, form, state));
}

function dress(row, form, state) {
  const field = (name) => row.querySelector(`[name$='-${name}']`);
  const [name, outlet, identity, link] = ["name", "outlet", "identity", "reporter"].map(field);
  const said = row.querySelector("[data-said]");
  function take(person) {
    name.value = person.value;
    outlet.value = person.outlet;
    identity.value = person.identity;
    link.value = person.id;
    said.textContent = "";
    state.changed();
  }

  suggest(name, (text) => fetchOffers(form.dataset.names, text.trim()), take);
  name.addEventListener("input", () => {
    link.value = "";
    said.textContent = "";
  });
  name.addEventListener("blur", async () => {
    const typed = name.value.trim();
    if (!typed || link.value) return;
    const known = (await fetchOffers(form.dataset.names, typed)).filter((person) => person.value === typed);
    if (name.value.trim() !== typed || link.value) return;
    if (known.length === 1 && !outlet.value) take(known[0]);
    else if (!known.length) said.textContent = words("newName");
  });
}
