// Keys, swipes and the zoom of the e-paper. Without them, links do all of that.

const sheet = document.querySelector(".sheet");
const view = sheet.querySelector(".window");
const plate = view.querySelector(".plate");
const isZoomed = () => sheet.classList.contains("zoomed");

function turn(rel) {
  sheet.querySelector(`.turn a[rel=${rel}]`)?.click();
}

// Arrow keys turn pages, unless somebody types or moves over the enlarged page with them.

document.addEventListener("keydown", (event) => {
  const changed = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
  if (changed || event.defaultPrevented || event.target.closest("input, select, textarea")) return;
  if (event.key === "Escape" && isZoomed()) zoom(false);
  if (isZoomed()) return;
  if (event.key === "ArrowLeft") turn("prev");
  if (event.key === "ArrowRight") turn("next");
});

// A swipe is level and of one finger. On a page enlarged in any way it moves that; from the
// screen's edge it is the browser's own.

const FAR = 60, EDGE = 24; // pixels
let began = null;

view.addEventListener("touchstart", (event) => {
  const touch = event.touches[0];
  const inside = touch.clientX > EDGE && touch.clientX < document.documentElement.clientWidth - EDGE;
  const plain = event.touches.length === 1 && !isZoomed() && (window.visualViewport?.scale ?? 1) < 1.05;
  began = plain && inside ? { x: touch.clientX, y: touch.clientY } : null;
}, { passive: true });

view.addEventListener("touchend", (event) => {
  if (!began || event.touches.length) return;
  const touch = event.changedTouches[0];
  const across = touch.clientX - began.x, down = touch.clientY - began.y;
  began = null;
  if (Math.abs(across) > FAR && Math.abs(across) > 2 * Math.abs(down)) turn(across > 0 ? "prev" : "next");
}, { passive: true });

// The link to the largest picture becomes a button that enlarges the page in its place.

const image = plate.querySelector("img");
const asLaidOut = image.sizes;
const link = sheet.querySelector("[data-zoom]");
const button = document.createElement("button");
button.type = "button";
button.textContent = link.textContent;
link.replaceWith(button);
button.addEventListener("click", () => zoom(!isZoomed()));

function zoom(on) {
  const seen = view.getBoundingClientRect();
  const before = plate.getBoundingClientRect();
  // What is in the middle of the screen stays there.
  const middle = Math.min(Math.max(innerHeight / 2, seen.top), seen.bottom);
  const x = (seen.left + seen.width / 2 - before.left) / before.width;
  const y = (middle - before.top) / before.height;
  sheet.classList.toggle("zoomed", on);
  button.textContent = on ? "还原" : "放大";
  const after = plate.getBoundingClientRect();
  image.sizes = on ? `${Math.round(after.width)}px` : asLaidOut;
  if (on) {
    view.scrollTo(x * after.width - view.clientWidth / 2, y * after.height - view.clientHeight / 2);
    sheet.scrollIntoView({ block: "start" });
  } else {
    scrollBy(0, plate.getBoundingClientRect().top + y * after.height - innerHeight / 2);
  }
}
