// The site's service worker. The network is asked first, always; what it keeps is the last paper, for those
// who asked for it, and a page for when there is no network. A story that was withdrawn goes from what is
// kept at the next visit: /offline/paper.json lists what the public may read of the paper, at that moment.

const SHELL = "shell-{{ version }}";
const PAPER = "paper";
const LIST = "/offline/paper.json";
const AWAY = "/offline/";
const NEVER = /^\/(?:admin|search|i18n)\//;
const FILES = /^\/(?:static|papers)\//;
// The public's answers alone: no session goes along, and no cache answers without asking.
const ASKING = { credentials: "omit", cache: "no-cache" };

let unreachable = false;
let turn = Promise.resolve();

addEventListener("install", (event) => event.waitUntil(keepShell().then(() => skipWaiting())));

addEventListener("activate", (event) => event.waitUntil(takeOver()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || NEVER.test(pathname)) return;
  if (request.mode === "navigate") event.respondWith(visit(event));
  else if ((unreachable || !navigator.onLine) && FILES.test(pathname)) event.respondWith(file(request));
});

addEventListener("message", (event) => {
  const port = event.ports[0];
  const told = (answer) => port?.postMessage(answer);
  const work = { keep: () => sync(told), look }[event.data];
  if (work) event.waitUntil(inTurn(work).then(told, () => told({ failed: true })));
});

async function keepShell() {
  const cache = await caches.open(SHELL);
  const page = await fetch(AWAY, ASKING);
  if (!page.ok) throw new Error(`${AWAY}: ${page.status}`);
  await cache.addAll(namedIn(await page.clone().text()));
  await cache.put(AWAY, page);
}

async function takeOver() {
  await self.registration.navigationPreload?.enable();
  const old = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== SHELL);
  await Promise.all(old.map((name) => caches.delete(name)));
}

// Answers

async function visit(event) {
  const { pathname } = new URL(event.request.url);
  let answer;
  try {
    answer = (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    unreachable = true;
    return (await kept(pathname)) ?? away();
  }
  unreachable = false;
  const gone = answer.status === 404 || answer.status === 410;
  event.waitUntil(inTurn(async () => {
    if (gone) await drop(pathname);
    await look();
  }).catch(() => {})); // the network went away meanwhile: the next visit looks
  return answer;
}

async function file(request) {
  try {
    return await fetch(request);
  } catch (failed) {
    const { pathname } = new URL(request.url);
    const found = (await kept(pathname)) ?? (await caches.match(pathname));
    if (!found) throw failed;
    return found;
  }
}

/** What is kept of an address: a page's picture in the one width that is, the paper at its first page. */
async function kept(pathname) {
  if (!(await caches.has(PAPER))) return undefined;
  const cache = await caches.open(PAPER);
  const found = await cache.match(pathname);
  if (found) return found;
  const list = await listed(cache);
  const first = list?.pages[0]?.url;
  if (first && ["/papers/latest/", `/papers/${list.date}/`].includes(pathname)) return Response.redirect(first);
  const page = /^(\/papers\/.+\/)\d+\.png$/u.exec(pathname)?.[1];
  const picture = page && list?.pages.find(({ url }) => url === page)?.picture.url;
  return picture && cache.match(picture);
}

async function away() {
  const page = await caches.match(AWAY);
  return page ? new Response(page.body, { status: 503, headers: page.headers }) : Response.error();
}

// What is kept

/** One at a time: a list that is older must not bring back what a newer one dropped. */
function inTurn(work) {
  const done = turn.then(work);
  turn = done.catch(() => {});
  return done;
}

/** Look for what changed, if there is anything kept. */
async function look() {
  return (await caches.has(PAPER)) ? sync() : { none: true };
}

async function drop(pathname) {
  if (await caches.has(PAPER)) await (await caches.open(PAPER)).delete(pathname);
}

async function listed(cache) {
  return (await cache.match(LIST))?.json();
}

/** Addresses and digests of everything a list names. */
function digests(list) {
  const pages = list?.pages ?? [];
  const all = [...pages, ...pages.map(({ picture }) => picture), ...(list?.stories ?? [])];
  return new Map(all.map(({ url, digest }) => [url, digest]));
}

/** Make what is kept what the list says. First goes what is no longer listed, or changed. */
async function sync(told = () => {}) {
  const answer = await fetch(LIST, ASKING);
  if (answer.status === 404) {
    await caches.delete(PAPER);
    return { none: true };
  }
  if (!answer.ok) throw new Error(`${LIST}: ${answer.status}`);
  const list = await answer.json();
  const cache = await caches.open(PAPER);
  const before = digests(await listed(cache));
  const wanted = digests(list);
  await prune(cache, (path) => path.startsWith("/static/")
    || (wanted.has(path) && wanted.get(path) === before.get(path)));
  await cache.put(LIST, Response.json(list));
  const missing = await lacking(cache, [...wanted.keys()]);
  for (const [done, path] of missing.entries()) {
    told({ done, total: missing.length });
    await fetchInto(cache, path);
  }
  if (missing.length) await keepFiles(cache);
  return { date: list.date, lacks: (await lacking(cache, [...wanted.keys()])).length };
}

async function prune(cache, stays) {
  for (const request of await cache.keys()) {
    if (!stays(new URL(request.url).pathname)) await cache.delete(request);
  }
}

async function lacking(cache, paths) {
  const had = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
  return paths.filter((path) => !had.has(path));
}

async function fetchInto(cache, path) {
  const answer = await fetch(path, ASKING);
  if (answer.ok && !answer.redirected) await cache.put(path, answer);
}

/** The style sheets and scripts that the kept pages name, and no others. */
async function keepFiles(cache) {
  const named = new Set();
  for (const answer of await cache.matchAll()) {
    if (!answer.headers.get("Content-Type")?.startsWith("text/html")) continue;
    for (const path of namedIn(await answer.text())) named.add(path);
  }
  await prune(cache, (path) => !path.startsWith("/static/") || named.has(path));
  for (const path of await lacking(cache, [...named])) await fetchInto(cache, path);
}

function namedIn(html) {
  return [...new Set([...html.matchAll(/(?:href|src)="(\/static\/[^"?]+)"/gu)].map((match) => match[1]))];
}
