// A proof: progress while it is typeset, marks by click, drag and keyboard, and what is posted without leaving the page.

import { reach } from "./proof-zoom.js";
import { swap } from "./proof-swap.js";

const THOUSAND = 1000;
const A_DRAG = 6; // pixels; less is a click
const PAUSE = 1000;

const inSheet = (selector) => document.querySelector(`[data-sheet] ${selector}`);
const form = () => document.querySelector("[data-mark-form]");

// ---- progress ----

async function watch() {
  const waiting = document.querySelector("[data-progress]");
  if (!waiting) return;
  if (!document.hidden) {
    try {
      const answer = await fetch(waiting.dataset.progress, { headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) return;
      const now = await answer.json();
      const label = waiting.querySelector("[data-progress-label]");
      label.textContent = now.label;
      label.classList.toggle("is-failed", now.silent);
      const bar = waiting.querySelector("progress");
      bar.max = now.total || 4;
      bar.value = now.done;
      if (now.state === "ready" || now.state === "failed") {
        await swap(location.href);
        return;
      }
    } catch {
      // the next look will tell
    }
  }
  setTimeout(watch, PAUSE);
}

// ---- a new mark ----

function choose(place, box) {
  const fields = form()?.elements;
  if (!fields) return;
  for (const name of ["x", "y", "width", "height"]) fields[name].value = place ? Math.round(place[name]) : "";
  fields.where.value = "";
  fields.box.value = place ? "" : (box ?? "");
  fields.box.closest("label").hidden = Boolean(place);
  form().classList.add("is-open");
  allow(place ? under(place) : box && inSheet(`[data-box="${CSS.escape(box)}"]`));
  form().querySelector("[data-mark-cancel]").hidden = false;
  show(place ?? placeOf(box));
}

// The smallest box under the middle of the place, as the server finds it.
function under(place) {
  const [x, y] = [place.x + place.width / 2, place.y + place.height / 2];
  const found = [...document.querySelectorAll("[data-sheet] [data-box]")]
    .map((box) => [box, placeOf(box.dataset.box)])
    .filter(([, at]) => at.x <= x && x <= at.x + at.width && at.y <= y && y <= at.y + at.height);
  return found.sort(([, one], [, other]) => one.width * one.height - other.width * other.height)[0]?.[0];
}

// Where no word can be put right the reason stands there before anything is typed.
function allow(box) {
  const correct = form().querySelector("[name=mode][value=correct]");
  if (!correct) return;
  const why = box ? (box.dataset.why ?? "") : form().dataset.noStory;
  correct.disabled = Boolean(why);
  if (why && correct.checked) form().elements.mode.value = "note";
  const said = form().querySelector("[data-mark-why]");
  said.hidden = !why;
  said.textContent = why;
}

function show(place) {
  const shape = inSheet("[data-new]");
  if (!shape) return;
  shape.hidden = !place;
  if (!place) return;
  shape.classList.toggle("is-point", !place.width && !place.height);
  for (const [name, side] of [["left", "x"], ["top", "y"], ["width", "width"], ["height", "height"]]) {
    shape.style[name] = `${place[side] / 10}%`;
  }
}

function placeOf(box) {
  const button = box && inSheet(`[data-box="${CSS.escape(box)}"]`);
  if (!button) return null;
  const style = button.style;
  const number = (name) => parseFloat(style[name]) * 10;
  return { x: number("left"), y: number("top"), width: number("width"), height: number("height") };
}

function cancel() {
  const open = form();
  if (!open) return;
  open.reset();
  for (const name of ["x", "y", "width", "height", "where"]) open.elements[name].value = "";
  open.classList.remove("is-open");
  open.elements.box.closest("label").hidden = false;
  open.querySelector("[data-mark-cancel]").hidden = true;
  document.querySelector("#marks .mark-refused")?.remove();
  show(null);
}

// What is printed under the drag is the text to correct, where it stands once in its story.
async function read(place, back) {
  const fields = form()?.elements;
  if (!fields?.before) return focusText();
  try {
    const address = new URL(document.querySelector("[data-sheet]").dataset.words, location.href);
    for (const name of ["x", "y", "width", "height"]) address.searchParams.set(name, Math.round(place[name]));
    if (back) address.searchParams.set("back", "1");
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (answer.ok && !answer.redirected) {
      const found = await answer.json();
      fields.before.value = found.text;
      fields.where.value = found.where;
      if (found.where && !form().querySelector("[name=mode][value=correct]").disabled) {
        fields.mode.value = "correct";
        fields.after.value = found.text;
        fields.after.focus();
        fields.after.select();
        return undefined;
      }
    }
  } catch {
    // a mark can be written without it
  }
  return focusText();
}

function focusText() {
  const fields = form()?.elements;
  const field = fields?.mode?.value === "correct" ? fields.before : fields?.text;
  field?.focus({ preventScroll: innerWidth > 900 });
}

let drag = null;
let tap = null;

function at(event, sheet) {
  const bounds = sheet.getBoundingClientRect();
  const within = (value) => Math.min(Math.max(value, 0), THOUSAND);
  return {
    x: within(((event.clientX - bounds.left) / bounds.width) * THOUSAND),
    y: within(((event.clientY - bounds.top) / bounds.height) * THOUSAND),
  };
}

function between(one, other) {
  return {
    x: Math.min(one.x, other.x),
    y: Math.min(one.y, other.y),
    width: Math.abs(one.x - other.x),
    height: Math.abs(one.y - other.y),
  };
}

document.addEventListener("pointerdown", (event) => {
  const sheet = event.target.closest?.(".takes-marks");
  if (!sheet || event.button !== 0 || event.target.closest(".sheet-mark")) return;
  drag = { sheet, from: at(event, sheet), x: event.clientX, y: event.clientY, touch: event.pointerType === "touch" };
  if (!drag.touch) event.preventDefault();
});

document.addEventListener("pointermove", (event) => {
  if (!drag || drag.touch) return;
  if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) >= A_DRAG) show(between(drag.from, at(event, drag.sheet)));
});

document.addEventListener("pointerup", (event) => {
  if (!drag) return;
  const { sheet, from, x, y, touch } = drag;
  drag = null;
  const moved = Math.hypot(event.clientX - x, event.clientY - y) >= A_DRAG;
  tap = touch && !moved ? from : null; // its click is still to come, and would take the focus
  if (touch) return;
  if (!moved) return mark({ ...from, width: 0, height: 0 });
  const to = at(event, sheet);
  const place = between(from, to);
  choose(place);
  // From the end of a line into the next one.
  read(place, (to.x < from.x) === (to.y > from.y));
});

function mark(place, box) {
  choose(place, box);
  focusText();
}

document.addEventListener("pointercancel", () => {
  drag = null;
});

// By keyboard a box is marked whole; a click by pointer was dealt with above.
document.addEventListener("click", (event) => {
  const box = event.target.closest?.(".takes-marks .sheet-box");
  if (tap && event.target.closest?.(".takes-marks")) mark({ ...tap, width: 0, height: 0 });
  else if (box && event.detail === 0) mark(null, box.dataset.box);
  tap = null;
  if (event.target.closest?.("[data-mark-cancel]")) cancel();
  const tag = event.target.closest?.("[data-mark]");
  if (tag) {
    event.preventDefault();
    go(tag.dataset.mark);
  }
});

document.addEventListener("change", (event) => {
  if (event.target.matches?.("[data-mark-form] select[name=box]")) {
    choose(null, event.target.value);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && form()?.classList.contains("is-open")) {
    cancel();
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest?.("[data-mark-form]")) {
    form().requestSubmit();
  }
});

// ---- marks and their list ----

function go(pk) {
  const row = document.getElementById(`mark-${pk}`);
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
  light(pk);
}

function light(pk) {
  for (const one of document.querySelectorAll("[data-mark], [data-mark-row]")) {
    one.classList.toggle("is-lit", Boolean(pk) && (one.dataset.mark ?? one.dataset.markRow) === pk);
  }
}

for (const kind of ["pointerover", "focusin"]) {
  document.addEventListener(kind, (event) => {
    const row = event.target.closest?.("[data-mark-row], [data-mark]");
    light(row ? (row.dataset.markRow ?? row.dataset.mark) : null);
    if (row?.dataset.markRow && kind === "focusin") reach(inSheet(`[data-mark="${row.dataset.markRow}"]`));
  });
}

// ---- posting in place ----

document.addEventListener("submit", async (event) => {
  const sent = event.target.closest?.("form[data-inplace]");
  if (!sent) return;
  event.preventDefault();
  const button = event.submitter;
  const body = new FormData(sent, button);
  const row = sent.closest("[data-mark-row]")?.id;
  for (const one of sent.querySelectorAll("button")) one.disabled = true;
  if (!(await swap(sent.action, { method: "POST", body }, row))) {
    for (const one of sent.querySelectorAll("button")) one.disabled = false;
    HTMLFormElement.prototype.submit.call(withButton(sent, button));
  }
});

function withButton(sent, button) {
  if (button?.name) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: button.name, value: button.value });
    sent.append(field);
  }
  return sent;
}

watch();
document.addEventListener("proof:swapped", watch);
