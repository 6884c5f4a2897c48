// Uploads several pictures, one after another, each with its progress and its answer. Without this the form posts them all.

import { watch } from "./state.js";

const form = document.querySelector("[data-upload]");
const drop = form.querySelector("[data-drop]");
const input = form.querySelector("input[type=file]");
const results = document.querySelector("[data-results]");
const template = document.querySelector("template[data-result]");
const summary = document.querySelector("[data-summary]");
const words = document.querySelector("[data-words]").dataset;

const counts = { added: 0, exists: 0, refused: 0 };
const queue = [];
let busy = false;

form.querySelector("[data-drop-hint]").hidden = false;
form.querySelector("[data-send]").hidden = true;
input.addEventListener("change", () => {
  take(input.files);
  input.value = "";
});
form.addEventListener("submit", (event) => event.preventDefault());
for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    drop.classList.add("photo-drop-over");
  });
}
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) drop.classList.remove("photo-drop-over");
});
document.addEventListener("drop", (event) => {
  drop.classList.remove("photo-drop-over");
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  take(event.dataTransfer.files);
});
document.addEventListener("paste", (event) => take(event.clipboardData.files));
window.addEventListener("beforeunload", (event) => {
  if (busy) event.preventDefault();
});

function take(files) {
  for (const file of files) {
    const row = template.content.firstElementChild.cloneNode(true);
    row.querySelector(".photo-result-name").textContent = file.name;
    say(row, words.sending);
    results.append(row);
    queue.push([file, row]);
  }
  count();
  if (!busy) next();
}

async function next() {
  busy = queue.length > 0;
  count();
  if (!busy) return;
  const [file, row] = queue.shift();
  const result = await send(file, row);
  counts[result.status] += 1;
  finish(row, result);
  next();
}

function send(file, row) {
  return new Promise((resolve) => {
    const failed = (message) => resolve({ status: "refused", message, photo: null });
    const request = new XMLHttpRequest();
    const data = new FormData();
    data.append("files", file);
    request.open("POST", form.dataset.upload);
    request.setRequestHeader("X-CSRFToken", form.elements.csrfmiddlewaretoken.value);
    request.upload.onprogress = (event) => {
      row.querySelector("progress").value = (event.loaded / event.total) * 100;
      if (event.loaded === event.total) say(row, words.checking);
    };
    request.onerror = () => failed(words.failed);
    request.onload = () => {
      if (request.status === 413) return failed(words.tooLarge);
      try {
        const answer = JSON.parse(request.responseText);
        return Array.isArray(answer) ? resolve(answer[0]) : failed(answer.error || words.failed);
      } catch {
        return failed(request.status === 200 || request.status === 403 ? words.login : words.failed);
      }
    };
    request.send(data);
  });
}

function finish(row, { status, message, photo }) {
  row.classList.add(`photo-result-${status}`);
  row.querySelector("progress").remove();
  say(row, message);
  if (!photo) return;
  const picture = new Image();
  picture.src = photo.thumb;
  picture.alt = "";
  picture.className = "photo-result-thumb";
  row.querySelector(".photo-result-thumb").replaceWith(picture);
  const link = row.querySelector(".photo-result-link");
  link.firstElementChild.href = photo.change;
  link.hidden = false;
  watch();
}

function say(row, text) {
  row.querySelector(".photo-result-message").textContent = text;
}

function count() {
  const parts = Object.keys(counts).filter((kind) => counts[kind]).map((kind) => words[kind].replace("{n}", counts[kind]));
  const left = queue.length + (busy ? 1 : 0);
  if (left) parts.push(words.left.replace("{n}", left));
  summary.textContent = parts.join("，");
}
