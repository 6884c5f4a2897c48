// Another's change came before what was typed here: both are shown, and nothing typed is lost until one is chosen.
import { words } from "./composer-words.js";

// `mine` stays in the field meanwhile: `hold` and `release` see to that. `take` keeps mine after all.
export function dispute(holder, now, { hold, release, take }) {
  holder.querySelector(".dispute")?.remove();
  const box = document.createElement("span");
  box.className = "dispute";
  const said = document.createElement("span");
  said.textContent = words("theirs", told(now) || words("empty"));
  const button = (name, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "plain";
    made.textContent = words(name);
    made.addEventListener("click", () => {
      box.remove();
      release();
      act();
    });
    return made;
  };
  hold();
  box.append(said, button("useMine", take), button("useTheirs", () => {}));
  holder.append(box);
}

// What was typed into that field of that box and did not arrive; the last of several.
export function typed(lost, id, name) {
  const changes = lost.flatMap((step) => (step.kind === "do" ? step.changes : []));
  return changes.findLast((change) => change.id === id && change.to && name in change.to)?.to[name];
}

function told(now) {
  if (Array.isArray(now)) return now.map((row) => row.join("　")).join("；");
  if (now && typeof now === "object") return Object.values(now).filter(Boolean).join("／");
  return now ?? "";
}
