// Registers the service worker once the page is there, and asks it to keep the last paper for whoever wants it.

const worker = navigator.serviceWorker;
const button = document.querySelector("[data-keep-paper]");
const status = document.querySelector("[data-keep-status]");

async function register() {
  await worker.register("/sw.js").catch(() => {}); // a private window may refuse: the site works without
}

/** Have the worker "keep" the paper, or "look" what changed of the one that it keeps.
 * Resolves to its last answer: {date, lacks}, {none: true} or {failed: true}. */
async function have(work, told = () => {}) {
  const { active } = await worker.ready;
  const { port1, port2 } = new MessageChannel();
  active.postMessage(work, [port2]);
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => ("total" in data ? told(data) : resolve(data));
  });
}

async function keepPaper() {
  button.disabled = true;
  const answer = await have("keep", ({ done, total }) => { status.textContent = `正在取 ${done} / ${total}`; });
  button.disabled = false;
  if (answer.failed || answer.lacks) status.textContent = "没有取全，请再试一次";
  else status.textContent = answer.none ? "现在没有报纸" : "已存，没有网络也能读";
}

/** A browser says that it is online before anything can be fetched. */
async function look(times = 5) {
  const { failed } = await have("look");
  if (failed && times > 1) setTimeout(() => look(times - 1), 2000);
}

function start() {
  register();
  addEventListener("online", () => worker.controller && look());
  addEventListener("appinstalled", () => have("keep"));
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", keepPaper);
}

if (worker) {
  if (document.readyState === "complete") start();
  else addEventListener("load", start, { once: true });
}
