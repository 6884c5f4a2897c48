// The panel says what its buttons will do once something was typed: they save first.
const form = document.getElementById("story-form");

function relabel() {
  for (const button of document.querySelectorAll("button[data-dirty-label]")) {
    if (button.dataset.dirtyLabel) button.textContent = button.dataset.dirtyLabel;
  }
}

if (form) {
  const listen = (event) => {
    if (!event.isTrusted || event.target.name?.startsWith("_")) return;
    relabel();
    form.removeEventListener("input", listen);
    form.removeEventListener("change", listen);
  };
  form.addEventListener("input", listen);
  form.addEventListener("change", listen);
  if (form.dataset.dirty) relabel();
}

// An opened action is where the person wants to type.
for (const action of document.querySelectorAll("details.action")) {
  action.addEventListener("toggle", () => {
    if (action.open) action.querySelector("textarea, input")?.focus();
  });
}
