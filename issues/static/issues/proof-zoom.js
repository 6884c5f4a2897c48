// How large the page is shown: as wide as there is room, or larger; kept from page to page.

const STEPS = [1, 1.4, 2, 2.8, 4];
const KEY = "proof-zoom";

let step = Number(sessionStorage.getItem(KEY)) || 0;

function apply() {
  const sheet = document.querySelector("[data-sheet]");
  if (!sheet) return;
  const frame = sheet.parentElement;
  const before = [frame.scrollLeft + frame.clientWidth / 2, frame.scrollTop + frame.clientHeight / 2];
  const old = sheet.clientWidth;
  sheet.style.width = step ? `${STEPS[step] * 100}%` : "";
  const picture = sheet.querySelector(".sheet-picture");
  picture.sizes = `${Math.round(STEPS[step] * 60)}vw`;
  const grown = sheet.clientWidth / old;
  frame.scrollTo(before[0] * grown - frame.clientWidth / 2, before[1] * grown - frame.clientHeight / 2);
}

function to(wanted) {
  step = Math.min(Math.max(wanted, 0), STEPS.length - 1);
  sessionStorage.setItem(KEY, step);
  apply();
}

// Bring a mark into view within the frame, without moving the window.
export function reach(mark) {
  const frame = mark?.closest(".sheet-frame");
  if (!frame) return;
  const inner = frame.getBoundingClientRect();
  const outer = mark.getBoundingClientRect();
  const off = (from, to, start, end) => (start < from ? start - from - 40 : end > to ? end - to + 40 : 0);
  frame.scrollBy({
    left: off(inner.left, inner.right, outer.left, outer.right),
    top: off(inner.top, inner.bottom, outer.top, outer.bottom),
    behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth",
  });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-zoom]");
  if (button) to(button.dataset.zoom === "0" ? 0 : step + Number(button.dataset.zoom));
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select")) return;
  if (event.key === "+" || event.key === "=") to(step + 1);
  if (event.key === "-") to(step - 1);
  if (event.key === "0") to(0);
});

function begin() {
  for (const group of document.querySelectorAll(".zoom")) group.hidden = false;
  apply();
}

begin();
document.addEventListener("proof:swapped", begin);
