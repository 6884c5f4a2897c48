// Another state of the same page: its parts marked data-swap take the place of those here, so that the picture keeps its
// place and size. False where the browser had better post by itself: a refusal has a page of its own.

export async function swap(address, options = {}, row = "") {
  let answer;
  try {
    answer = await fetch(address, { ...options, headers: { Accept: "text/html" } });
  } catch {
    return false;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page.body.classList.contains("proof-page")) {
    if (options.method === "POST") return false;
    location.assign(answer.url);
    return true;
  }
  const known = new Set(rows().map((row) => row.id));
  for (const part of page.querySelectorAll("[data-swap]")) {
    const old = document.getElementById(part.id);
    if (!old) continue;
    if (part.id === "sheet-frame" && old.dataset.proof === part.dataset.proof && old.dataset.state === part.dataset.state) {
      changeMarks(old, part);
    } else {
      old.replaceWith(document.adoptNode(part));
    }
  }
  messages(page);
  // The mark just written, or the one that was moved on.
  const place = rows().find((row) => !known.has(row.id)) ?? document.getElementById(row);
  place?.focus({ preventScroll: true });
  place?.scrollIntoView({ block: "nearest" });
  document.dispatchEvent(new CustomEvent("proof:swapped"));
  return true;
}

const rows = () => [...document.querySelectorAll("[data-mark-row]")];

// The picture stays; what lies on it is new.
function changeMarks(old, part) {
  for (const name of [".sheet-marks", "[data-new]"]) {
    const fresh = part.querySelector(name);
    if (fresh) old.querySelector(name)?.replaceWith(document.adoptNode(fresh));
  }
}

function messages(page) {
  const fresh = page.querySelector(".messagelist");
  document.querySelector(".messagelist")?.remove();
  if (fresh) document.getElementById("content").before(document.adoptNode(fresh));
}
