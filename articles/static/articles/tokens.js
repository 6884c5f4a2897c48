// Several words in one field, parted by commas: the last one is looked up while it is typed.
import { fetchOffers, suggest } from "./suggest.js";

const BREAK = /[,，、;；\s]/;

export function startTokens(form) {
  for (const [name, address] of [["regions", form.dataset.places], ["tags", form.dataset.words]]) {
    const input = form.querySelector(`[name=${name}]`);
    if (!input) continue;
    const begun = () => {
      const parts = input.value.split(BREAK);
      return parts[parts.length - 1];
    };
    suggest(
      input,
      (_text) => (begun() ? fetchOffers(address, begun()) : []),
      (offer) => {
        input.value = `${input.value.slice(0, input.value.length - begun().length)}${offer.value}、`;
        input.dispatchEvent(new Event("input", { bubbles: true }));
      },
    );
  }
}
