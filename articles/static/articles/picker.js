// The library in a window: searched, several chosen at once, uploaded to from there.
import { uploadFiles } from "./upload.js";
import { words } from "./words.js";

const PAGE = 24;
const dialog = document.getElementById("photo-picker");
const part = (name) => dialog.querySelector(`[data-picker-${name}]`);
const chosen = new Map();
let page = 1;
let asked = 0;
let address = "";

export function startPicker(form, done) {
  address = form.dataset.picker;
  let waiting = 0;
  part("search").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => load(1), 200);
  });
  part("more").addEventListener("click", () => load(page + 1));
  part("close").addEventListener("click", () => dialog.close());
  part("files").addEventListener("change", (event) => {
    const files = [...event.target.files];
    event.target.value = "";
    uploadFiles(files, form, part("uploads"), (photo) => {
      part("empty").hidden = true;
      part("grid").querySelector(`[data-photo="${photo.public_id}"]`)?.closest("li").remove();
      const item = card(photo);
      part("grid").prepend(item);
      toggle(item.firstElementChild, photo, true);
    });
  });
  const finish = (thenPlace) => {
    const photos = [...chosen.values()];
    dialog.close();
    done(photos, thenPlace);
  };
  part("list").addEventListener("click", () => finish(false));
  part("place").addEventListener("click", () => finish(true));
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
}

// `placing`: opened from the body, where what is chosen is meant to go.
export function openPicker(placing) {
  chosen.clear();
  part("search").value = "";
  part("uploads").replaceChildren();
  part("place").classList.toggle("default", placing);
  part("list").classList.toggle("default", !placing);
  tell();
  dialog.showModal();
  part("search").focus();
  load(1);
}

async function load(number) {
  const mine = (asked += 1);
  const query = new URLSearchParams({ q: part("search").value.trim(), page: number });
  const response = await fetch(`${address}?${query}`, { redirect: "manual" }).catch(() => null);
  const photos = response?.ok ? await response.json() : [];
  if (mine !== asked) return;
  page = number;
  if (number === 1) part("grid").replaceChildren();
  part("grid").append(...photos.map(card));
  part("more").hidden = photos.length < PAGE;
  part("empty").hidden = part("grid").children.length > 0;
}

function card(photo) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "picker-pick";
  button.dataset.photo = photo.public_id;
  const image = new Image();
  image.src = photo.thumb;
  image.alt = "";
  image.loading = "lazy";
  const caption = document.createElement("span");
  caption.className = "picker-words";
  caption.textContent = photo.caption || photo.name;
  const credit = document.createElement("span");
  credit.className = "picker-credit";
  credit.textContent = photo.credit;
  button.append(image, caption, credit);
  button.setAttribute("aria-pressed", String(chosen.has(photo.public_id)));
  button.addEventListener("click", () => toggle(button, photo, !chosen.has(photo.public_id)));
  item.append(button);
  return item;
}

function toggle(button, photo, on) {
  if (on) chosen.set(photo.public_id, photo);
  else chosen.delete(photo.public_id);
  button.setAttribute("aria-pressed", String(on));
  tell();
}

function tell() {
  part("chosen").textContent = chosen.size ? words("chosen").replace("%d", chosen.size) : "";
  part("list").disabled = part("place").disabled = !chosen.size;
}
