// Shows how far pictures are, on any page that marks them with data-photo-state. Stops when nothing is left to wait for.

const FIRST = 1000;
const SLOWEST = 10000;
const PENDING = ["waiting", "working"];

let pause = FIRST;

export function watch() {
  pause = FIRST;
  setTimeout(look, pause);
}

function pending() {
  return [...document.querySelectorAll("[data-photo-state]")].filter((e) => PENDING.includes(e.dataset.state));
}

async function look() {
  const marks = pending();
  const address = document.querySelector("[data-photo-states]")?.dataset.photoStates;
  if (!marks.length || !address) return;
  if (!document.hidden) {
    try {
      const ids = [...new Set(marks.map((e) => e.dataset.photoState))].slice(0, 200);
      const answer = await fetch(`${address}?ids=${ids.join(",")}`, { headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) return;
      const changed = (await answer.json()).map(show).some(Boolean);
      pause = changed ? FIRST : Math.min(pause * 1.5, SLOWEST);
    } catch {
      pause = SLOWEST;
    }
  }
  setTimeout(look, pause);
}

function show(photo) {
  let changed = false;
  for (const mark of document.querySelectorAll(`[data-photo-state="${photo.id}"]`)) {
    const bar = mark.querySelector("progress");
    changed ||= mark.dataset.state !== photo.state || bar.value !== photo.done;
    mark.className = `photo-state photo-state-${photo.state}`;
    mark.dataset.state = photo.state;
    mark.querySelector(".photo-state-label").textContent = photo.label;
    bar.max = photo.total || 1;
    bar.value = photo.done;
    bar.hidden = !PENDING.includes(photo.state);
    const error = mark.querySelector(".photo-state-error");
    error.textContent = photo.error;
    error.hidden = !photo.error;
    const retry = mark.parentElement.querySelector("[data-photo-retry]");
    if (retry) retry.hidden = photo.state !== "failed";
  }
  return changed;
}

watch();
