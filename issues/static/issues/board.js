// The board says how far each proof is, and shows it when it is made. Settings open where an address asks for them.

const PAUSE = 1500;

async function watch() {
  const waiting = [...document.querySelectorAll("[data-progress]")];
  if (!waiting.length) return;
  if (!document.hidden) {
    for (const one of waiting) {
      try {
        const answer = await fetch(one.dataset.progress, { headers: { Accept: "application/json" } });
        if (!answer.ok || answer.redirected) return;
        const now = await answer.json();
        if (now.state === "ready" || now.state === "failed") {
          location.reload();
          return;
        }
        one.classList.toggle("is-silent", now.silent);
        one.textContent = now.total ? `${now.label} ${now.done}/${now.total}` : now.label;
      } catch {
        // the next look will tell
      }
    }
  }
  setTimeout(watch, PAUSE);
}

watch();
