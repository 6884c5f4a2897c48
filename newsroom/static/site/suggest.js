// Fills the list under the search box while somebody types. The page works without it.
const box = document.querySelector("input[data-suggest]");
const list = box?.list;
let asked = "";
let waiting;

async function suggest() {
  const typed = box.value.trim();
  if (typed === asked) return;
  asked = typed;
  try {
    const answer = typed ? await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(typed)}`) : null;
    const texts = answer?.ok ? (await answer.json())[1] : [];
    if (typed !== asked) return; // more was typed meanwhile
    list.replaceChildren(...texts.map((text) => new Option(text, text)));
  } catch {
    list.replaceChildren();
  }
}

if (list) {
  box.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (!event.isComposing) waiting = setTimeout(suggest, 200);
  });
  box.addEventListener("compositionend", suggest);
}
