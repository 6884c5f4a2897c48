// Files sent in one after another, each with its own line; the list below follows by itself.
import { words } from "./intake-words.js";

const POLL = 2500; // milliseconds between looks at what is still being read
const form = document.querySelector("[data-in]");
const told = document.querySelector("[data-files]");
const FEW = 8; // so many are read while one waits; more go to the workers
const waiting = [];
let busy = false;
let batch = ""; // of many files at once: its number, once the server has opened it

document.querySelector("#content")?.classList.add("is-scripted");

// ---- sending ----

function enlist(files) {
  if (files.length > FEW && !batch) batch = "new";
  for (const file of files) {
    const line = document.createElement("li");
    const name = document.createElement("span");
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    name.textContent = words("uploading", file.name);
    line.append(name, bar);
    told.append(line);
    waiting.push({ file, line, name, bar });
  }
  next();
}

async function next() {
  if (busy || !waiting.length) return;
  busy = true;
  const one = waiting.shift();
  const data = new FormData();
  data.append("files", one.file);
  if (batch) data.append("batch", batch);
  const answer = await send(data, one);
  if (answer?.batch) batch = String(answer.batch);
  show(one, answer);
  busy = false;
  if (!waiting.length) batch = "";
  if (!waiting.length || !batch) await refresh();
  next();
}

// XMLHttpRequest, as fetch does not tell how much of a body is gone.
function send(data, { file, name, bar }) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.upload.addEventListener("load", () => {
      bar.removeAttribute("value");
      name.textContent = words("reading", file.name);
    });
    request.addEventListener("loadend", () => resolve(request.status === 200 ? request.response : null));
    request.send(data);
  });
}

function show({ file, line, name, bar }, answer) {
  bar.remove();
  if (answer?.batch) {
    line.remove(); // it is counted below
    return;
  }
  const errors = answer?.errors ?? [words("sendFailed", file.name)];
  if (errors.length) {
    line.className = "is-wrong";
    name.textContent = errors.join(" ");
    return;
  }
  name.replaceChildren(
    ...answer.pages.flatMap((page) => {
      const link = document.createElement("a");
      link.href = page.url;
      link.textContent = page.name;
      const said = document.createElement("span");
      said.className = "said";
      said.textContent = page.said;
      return [link, said, " "];
    }),
  );
}

if (form) {
  const files = form.querySelector("[name=files]");
  const drop = form.querySelector("[data-drop]");
  const chosen = () => {
    enlist([...files.files]);
    files.value = "";
  };
  files.addEventListener("change", chosen);
  if (files.files.length) chosen(); // before this script was there
  for (const name of ["dragover", "drop"]) {
    document.addEventListener(name, (event) => {
      if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
      event.preventDefault();
      drop.classList.toggle("is-over", name === "dragover");
      if (name === "drop") enlist([...event.dataTransfer.files]);
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) drop.classList.remove("is-over");
  });
}

// ---- the list follows ----

async function refresh() {
  const list = document.querySelector("[data-list]");
  const answer = await fetch(location.href, { redirect: "manual" }).catch(() => null);
  if (!answer?.ok || list.contains(document.activeElement)) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-list]");
  if (fresh) list.replaceChildren(...fresh.childNodes);
}

setInterval(() => {
  if (!document.hidden && document.querySelector("[data-unfinished]")) refresh();
}, POLL);
