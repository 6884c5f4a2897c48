// Lists what the service worker has kept, on the page that stands in for one that cannot be fetched.

const PAPER = "paper";
const LIST = "/offline/paper.json";
const main = document.querySelector("[data-offline]");

function link({ url, title }) {
  const item = document.createElement("li");
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.textContent = title;
  item.append(anchor);
  return item;
}

async function show() {
  if (location.pathname === "/offline/" && navigator.onLine) {
    main.querySelector("h1").textContent = "离线阅读";
    main.querySelector("[data-why]").hidden = true;
  }
  const cache = (await caches.has(PAPER)) && (await caches.open(PAPER));
  const list = cache && (await (await cache.match(LIST))?.json());
  if (!list) return;
  const had = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
  main.querySelector("[data-none]").hidden = true;
  main.querySelector("[data-paper]").hidden = false;
  main.querySelector("[data-title]").textContent = list.title;
  for (const kind of ["pages", "stories"]) {
    main.querySelector(`[data-${kind}]`).replaceChildren(...list[kind].filter(({ url }) => had.has(url)).map(link));
  }
}

main.querySelector("[data-drop]").addEventListener("click", async () => {
  await caches.delete(PAPER);
  main.querySelector("[data-paper]").hidden = true;
  main.querySelector("[data-none]").hidden = false;
});
main.querySelector("[data-again]").addEventListener("click", () => location.reload());
show();
