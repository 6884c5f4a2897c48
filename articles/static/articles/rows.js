// Rows in an order: names and pictures. The order is in the numbers, which also work without scripts.
export function startRows(form, state) {
  for (const list of form.querySelectorAll("[data-rows]")) {
    for (const row of [...list.children]) {
      if (isEmpty(row)) row.remove();
      else dress(row, list, state);
    }
    renumber(list);
    dragging(list, state);
    const add = form.querySelector(`[data-add="${list.dataset.rows}"]`);
    if (add) {
      add.hidden = false;
      add.addEventListener("click", () => {
        const row = addRow(list, state);
        row.querySelector("input[type=text]")?.focus();
      });
    }
  }
}

function isEmpty(row) {
  if (row.querySelector(".errorlist")) return false;
  const kind = ["photo", "file"].find((name) => row.classList.contains(name));
  const telling = kind ? `[name$='-${kind}']` : "[name$='-name'], [name$='-outlet']";
  return [...row.querySelectorAll(telling)].every((field) => !field.value.trim());
}

// A new row at the end of the list, from its blank.
export function addRow(list, state) {
  const prefix = list.dataset.rows;
  const total = document.getElementById(`id_${prefix}-TOTAL_FORMS`);
  const blank = document.querySelector(`template[data-blank="${prefix}"]`);
  const holder = document.createElement("template");
  holder.innerHTML = blank.innerHTML.replaceAll("__prefix__", total.value);
  const row = holder.content.firstElementChild;
  total.value = Number(total.value) + 1;
  list.append(row);
  dress(row, list, state);
  renumber(list);
  list.dispatchEvent(new CustomEvent("row:added", { detail: row, bubbles: true }));
  return row;
}

function dress(row, list, state) {
  for (const button of row.querySelectorAll("[data-move], [data-remove]")) button.hidden = false;
  row.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move], [data-remove]");
    if (!button) return;
    if (button.matches("[data-remove]")) remove(row, list, state);
    else move(row, Number(button.dataset.move), list, state, button);
  });
  row.addEventListener("keydown", (event) => {
    if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    move(row, event.key === "ArrowUp" ? -1 : 1, list, state, event.target);
  });
}

function move(row, step, list, state, focus) {
  const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  if (step < 0) other.before(row);
  else other.after(row);
  settle(list, state);
  focus.focus();
}

function remove(row, list, state) {
  const next = row.nextElementSibling || row.previousElementSibling;
  list.dispatchEvent(new CustomEvent("row:removed", { detail: row, bubbles: true }));
  row.remove();
  settle(list, state);
  (next?.querySelector("[data-remove]") || list.closest("fieldset").querySelector("button:not([hidden])"))?.focus();
}

function settle(list, state) {
  renumber(list);
  list.dispatchEvent(new CustomEvent("rows:changed", { bubbles: true }));
  state.changed();
}

function renumber(list) {
  const rows = [...list.children];
  rows.forEach((row, at) => {
    row.querySelector("[name$='-ORDER']").value = at + 1;
    const [up, down] = row.querySelectorAll("[data-move]");
    up.disabled = at === 0;
    down.disabled = at === rows.length - 1;
  });
}

// By the grip, with mouse, pen or finger.
function dragging(list, state) {
  let lifted = null;
  let target = null;
  const clear = () => {
    for (const row of list.children) row.classList.remove("is-target", "is-target-after");
  };
  list.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip) return;
    event.preventDefault();
    lifted = grip.closest("[data-row]");
    grip.setPointerCapture(event.pointerId);
    lifted.classList.add("is-lifted");
  });
  list.addEventListener("pointermove", (event) => {
    if (!lifted) return;
    clear();
    target = [...list.children].find((row) => {
      const box = row.getBoundingClientRect();
      return event.clientY >= box.top && event.clientY < box.bottom;
    });
    if (!target || target === lifted) return;
    const box = target.getBoundingClientRect();
    target.classList.add(event.clientY < box.top + box.height / 2 ? "is-target" : "is-target-after");
  });
  const end = () => {
    if (!lifted) return;
    const row = lifted;
    lifted = null;
    row.classList.remove("is-lifted");
    const after = target?.classList.contains("is-target-after");
    const moved = target && target !== row && (after || target.classList.contains("is-target"));
    clear();
    if (!moved) return;
    if (after) target.after(row);
    else target.before(row);
    settle(list, state);
  };
  list.addEventListener("pointerup", end);
  list.addEventListener("pointercancel", end);
}
