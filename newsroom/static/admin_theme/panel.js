// The panel says what its buttons will do once something was typed: they save first.
const form = document.getElementById("story-form");

function relabel() {
  for (const button of document.querySelectorAll("button[data-dirty-label]")) {
    if (button.dataset.dirtyLabel) button.textContent = button.dataset.dirtyLabel;
  }
}

form?.addEventListener("story:dirty", relabel, { once: true });

// An opened action is where the person wants to type.
for (const action of document.querySelectorAll("details.action")) {
  action.addEventListener("toggle", () => {
    if (action.open) action.querySelector("textarea, input")?.focus();
  });
}
