// A filter applies as soon as it is chosen; empty ones stay out of the address.
const form = document.getElementById("story-filters");

form?.addEventListener("change", (event) => {
  if (event.target.matches("select")) form.requestSubmit();
});

form?.addEventListener("submit", () => {
  for (const field of form.elements) {
    if (field.name && field.value === "") field.disabled = true;
  }
});

addEventListener("pageshow", () => {
  for (const field of form?.elements ?? []) field.disabled = false;
});
