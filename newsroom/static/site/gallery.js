/* A story's pictures, each over the whole window: arrow keys, swipe, Esc. Without this script they stay a
   column of pictures. The browser's own <dialog> keeps the focus inside and gives it back. */
const SWIPE = 48; // pixels a finger moves along the line before it turns the page
const pictures = [...document.querySelectorAll(".story .picture picture")];
let here = 0;
let touched = null;

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

const close = element("button", { type: "button", textContent: "关闭" });
const back = element("button", { type: "button", textContent: "上一张" });
const next = element("button", { type: "button", textContent: "下一张" });
const place = element("p", { className: "viewer-place" });
const frame = element("div", { className: "viewer-frame" });
const words = element("div", { className: "viewer-words" });
words.setAttribute("aria-live", "polite");
const head = element("header", {}, place, back, next, close);
const viewer = element("dialog", { className: "viewer" }, head, frame, words);
viewer.setAttribute("aria-label", "放大的图片");

/** The words below a picture; of pictures that stand together, those of them all. */
function caption(picture) {
  const found = picture.closest("figure").querySelectorAll("figcaption > :is(.caption, .credit)");
  return [...found].map((part) => part.cloneNode(true));
}

function show(number) {
  here = Math.min(Math.max(number, 0), pictures.length - 1);
  const large = pictures[here].cloneNode(true);
  for (const part of large.querySelectorAll("[sizes]")) part.sizes = "100vw";
  large.querySelector("img").loading = "eager";
  frame.replaceChildren(large);
  place.textContent = `${here + 1}/${pictures.length}`;
  words.replaceChildren(...caption(pictures[here]));
  // Not `disabled`: a button that is would lose the focus at the last picture.
  back.setAttribute("aria-disabled", String(here === 0));
  next.setAttribute("aria-disabled", String(here === pictures.length - 1));
}

function open(number) {
  show(number);
  viewer.showModal();
  close.focus();
}

const TURNS = {
  ArrowLeft: () => here - 1,
  ArrowRight: () => here + 1,
  Home: () => 0,
  End: () => pictures.length - 1,
};

viewer.addEventListener("keydown", (event) => {
  if (!(event.key in TURNS) || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  show(TURNS[event.key]());
});
back.addEventListener("click", () => show(here - 1));
next.addEventListener("click", () => show(here + 1));
close.addEventListener("click", () => viewer.close());
frame.addEventListener("click", (event) => event.target === frame && viewer.close());
frame.addEventListener("touchstart", (event) => {
  touched = event.touches.length === 1 ? event.touches[0] : null; // two fingers enlarge
}, { passive: true });
frame.addEventListener("touchend", (event) => {
  if (!touched || visualViewport?.scale > 1) return;
  const across = event.changedTouches[0].clientX - touched.clientX;
  const along = event.changedTouches[0].clientY - touched.clientY;
  touched = null;
  if (Math.abs(across) > Math.max(SWIPE, Math.abs(along))) show(here + (across < 0 ? 1 : -1));
}, { passive: true });

if (pictures.length && viewer.showModal) {
  document.body.append(viewer);
  back.hidden = next.hidden = place.hidden = pictures.length === 1;
  pictures.forEach((picture, number) => {
    const button = element("button", { type: "button", className: "enlarge" });
    const alt = picture.querySelector("img").alt;
    button.setAttribute("aria-label", alt ? `放大图片：${alt}` : "放大图片");
    button.setAttribute("aria-haspopup", "dialog");
    picture.replaceWith(button);
    button.append(picture);
    button.addEventListener("click", () => open(number));
  });
}
