// A page's pieces and what people do to them. Pure: every step answers new pieces, or null where there is nothing
// to do. Whatever is done, the pieces hold the whole page: kinds, groups, joins and order change, and where a
// piece is cut in two; never the text.
//
// A piece is {line, start, end, kind, group, joined}, as articles/intake/pieces.py has it; its key is its place.
export const PAGE = 0;
const OF_PAGE = new Set(["issue", "banner", "guide", "furniture"]);
const BESIDE = new Set(["picture", "caption", "credit"]); // stand between the halves of a paragraph
const HEAD = new Set(["series", "kicker", "headline", "subheadline", "lede", "byline", "dateline"]);
const SPACE = /^\s*$/;

export const key = (piece) => `${piece.line}.${piece.start}.${piece.end}`;
export const isOfPage = (kind) => OF_PAGE.has(kind);
export const fromRows = (rows) =>
  rows.map(([line, start, end, kind, group, joined]) => ({ line, start, end, kind, group, joined: Boolean(joined) }));
export const toRows = (pieces) =>
  pieces.map(({ line, start, end, kind, group, joined }) => [line, start, end, kind, group, joined ? 1 : 0]);

// The stories in the order in which each begins; their numbers on the page are their places here, from 1.
export const groups = (pieces) => [...new Set(pieces.map((piece) => piece.group))].filter((group) => group !== PAGE);

// In the order of the source, which is the order on the left.
export const inSource = (pieces) => [...pieces].sort((one, other) => one.line - other.line || one.start - other.start);

const freshGroup = (pieces) => Math.max(0, ...pieces.map((piece) => piece.group)) + 1;
const change = (pieces, chosen, how) => pieces.map((piece) => (chosen.has(key(piece)) ? { ...piece, ...how(piece) } : piece));
const same = (before, after) => before.every((piece, at) => piece === after[at] || equal(piece, after[at]));
const equal = (one, other) => key(one) === key(other) && one.kind === other.kind && one.group === other.group && one.joined === other.joined;
const orNull = (before, after) => (before.length === after.length && same(before, after) ? null : after);

// What becomes text of a story without being told of which: the one before it on the page, else the next.
function storyAt(pieces, piece) {
  const at = pieces.indexOf(piece);
  const before = pieces.slice(0, at).reverse().find((one) => one.group !== PAGE);
  return (before ?? pieces.slice(at).find((one) => one.group !== PAGE))?.group ?? 1;
}

export function setKind(pieces, chosen, kind) {
  let story = null; // several of the page's lines become one story's
  const groupsSeen = new Set();
  return orNull(
    pieces,
    change(pieces, chosen, (piece) => {
      if (piece.kind === "picture") return {};
      if (isOfPage(kind)) return { kind, group: PAGE, joined: false };
      story ??= storyAt(pieces, piece);
      const group = piece.group === PAGE ? story : piece.group;
      const joined = piece.joined && (piece.kind === kind || groupsSeen.has(group));
      groupsSeen.add(group);
      return { kind, group, joined };
    }),
  );
}

// Goes on what stands before it in its story, or no longer. What is of another kind takes on that kind.
export function join(pieces, chosen) {
  const first = pieces.findIndex((piece) => chosen.has(key(piece)));
  if (first < 0) return null;
  const piece = pieces[first];
  if (piece.joined) return orNull(pieces, change(pieces, new Set([key(piece)]), () => ({ joined: false })));
  if (piece.kind === "picture") return null;
  const group = piece.group === PAGE ? storyAt(pieces, piece) : piece.group;
  const own = pieces.slice(0, first).filter((one) => one.group === group);
  const reach = BESIDE.has(piece.kind) ? own : own.filter((one) => !BESIDE.has(one.kind));
  const before = reach.at(-1);
  if (!before || before.kind === "picture") return null;
  const all = chosen.size > 1 ? chosen : new Set([key(piece)]);
  return change(pieces, all, (one) => (one.kind === "picture" ? {} : { kind: before.kind, group, joined: true }));
}

// In two at `offset` of its line; white space between them belongs to neither.
export function split(pieces, chosen, offset, text) {
  const at = pieces.findIndex((piece) => chosen.has(key(piece)) && piece.start < offset && offset < piece.end);
  if (at < 0) return null;
  const piece = pieces[at];
  const before = text.slice(piece.start, offset);
  const after = text.slice(offset, piece.end);
  if (SPACE.test(before) || SPACE.test(after)) return null;
  const left = { ...piece, end: piece.start + before.trimEnd().length };
  const right = { ...piece, start: offset + after.length - after.trimStart().length, joined: false };
  return [...pieces.slice(0, at), left, right, ...pieces.slice(at + 1)];
}

// A story of its own from here on: the rest of this one.
export function newStory(pieces, chosen) {
  const at = pieces.findIndex((piece) => chosen.has(key(piece)));
  if (at < 0) return null;
  const piece = pieces[at];
  const group = freshGroup(pieces);
  if (piece.group === PAGE) {
    return change(pieces, chosen, (one) => (one.group === PAGE ? { kind: "headline", group, joined: false } : {}));
  }
  if (!pieces.slice(0, at).some((one) => one.group === piece.group)) return null;
  return pieces.map((one, place) =>
    place < at || one.group !== piece.group ? one : { ...one, group, joined: place === at ? false : one.joined },
  );
}

export function merge(pieces, chosen) {
  const piece = pieces.find((one) => chosen.has(key(one)) && one.group !== PAGE);
  const order = groups(pieces);
  const into = order[order.indexOf(piece?.group) - 1];
  return into === undefined ? null : pieces.map((one) => (one.group === piece.group ? { ...one, group: into } : one));
}

// Into another story, at its place on the page: behind what stands before it there, else at the head.
export function moveTo(pieces, chosen, group) {
  const moved = pieces.filter((piece) => chosen.has(key(piece)) && piece.group !== group);
  if (!moved.length || !pieces.some((piece) => piece.group === group)) return null;
  const rest = pieces.filter((piece) => !moved.includes(piece));
  const first = moved[0];
  const isBefore = (one) => one.line < first.line || (one.line === first.line && one.start < first.start);
  let place = rest.findLastIndex((one) => one.group === group && isBefore(one)) + 1;
  if (place === 0) place = rest.findIndex((one) => one.group === group);
  const own = (piece, at) => ({
    ...piece,
    group,
    kind: isOfPage(piece.kind) ? "paragraph" : piece.kind,
    joined: at > 0 && piece.joined,
  });
  return [...rest.slice(0, place), ...moved.map(own), ...rest.slice(place)];
}

// A story's pieces with those that are put together, in order: [[piece, its joined ones…], …].
function blocks(pieces, group) {
  const found = [];
  for (const piece of pieces.filter((one) => one.group === group)) {
    const before = piece.joined ? found.findLast((block) => block[0].kind === piece.kind) : null;
    if (before) before.push(piece);
    else found.push([piece]);
  }
  return found;
}

// Up (-1) or down (1) past the next of its story, whole paragraphs past whole paragraphs. What stands in the text
// does not go past headlines and names: those are at its head wherever they come.
export function shift(pieces, chosen, by) {
  const first = pieces.find((piece) => chosen.has(key(piece)));
  if (!first) return null;
  const isOf = HEAD.has(first.kind) ? () => true : (block) => !HEAD.has(block[0].kind);
  const own = blocks(pieces, first.group).filter(isOf);
  const isChosen = (block) => block.some((piece) => chosen.has(key(piece)));
  const moved = own.filter(isChosen);
  const past = own[own.indexOf(by < 0 ? moved[0] : moved.at(-1)) + by];
  if (!moved.length || !past || isChosen(past)) return null;
  const going = moved.flat();
  const rest = pieces.filter((piece) => !going.includes(piece));
  const place = by < 0 ? rest.indexOf(past[0]) : rest.indexOf(past.at(-1)) + 1;
  return [...rest.slice(0, place), ...going, ...rest.slice(place)];
}

// What is chosen after a step: the same pieces; where one was cut, its second part.
export function chosenAfter(before, after, chosen) {
  const now = new Set(after.map(key));
  const kept = [...chosen].filter((one) => now.has(one));
  if (kept.length) return kept;
  const was = new Set(before.map(key));
  return after.map(key).filter((one) => !was.has(one)).slice(-1);
}
