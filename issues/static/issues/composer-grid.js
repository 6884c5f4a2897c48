// The page's grid: where boxes lie, what is free, who gives way. Pure numbers; a box has col, row, cols, rows.

// A grid as fine as that of a page made elsewhere is stepped through in larger strides.
const FINE = 200;
export const LEAST_ROWS = 2;

export function stride(form) {
  return { col: form.columns > FINE ? 10 : 1, row: form.rows > FINE ? 10 : 1 };
}

// Left, top, width and height in percent of the sheet, as `issues.formats.rect` has them in micrometres.
export function rect(form, box) {
  const column = (form.area_width - form.gutter * (form.columns - 1)) / form.columns;
  const row = form.area_height / form.rows;
  const across = 100 / form.width;
  const down = 100 / form.height;
  return {
    left: (form.left + box.col * (column + form.gutter)) * across,
    top: (form.top + box.row * row) * down,
    width: (box.cols * column + (box.cols - 1) * form.gutter) * across,
    height: box.rows * row * down,
  };
}

// The cell under a point given in shares (0 to 1) of the sheet, not rounded.
export function cellAt(form, x, y) {
  const column = (form.area_width + form.gutter) / form.columns;
  return {
    col: (x * form.width - form.left) / column,
    row: (y * form.height - form.top) / (form.area_height / form.rows),
  };
}

export function overlap(one, other) {
  return (
    one.col < other.col + other.cols &&
    other.col < one.col + one.cols &&
    one.row < other.row + other.rows &&
    other.row < one.row + one.rows
  );
}

export function inside(form, box) {
  return (
    box.col >= 0 && box.row >= 0 && box.cols > 0 && box.rows > 0 &&
    box.col + box.cols <= form.columns && box.row + box.rows <= form.rows
  );
}

export function isFree(form, box, others) {
  return inside(form, box) && !others.some((other) => overlap(box, other));
}

export function same(one, other) {
  return one.col === other.col && one.row === other.row && one.cols === other.cols && one.rows === other.rows;
}

export function place(box) {
  return { col: box.col, row: box.row, cols: box.cols, rows: box.rows };
}

// All free rectangles that no larger one contains: between edges of what lies there.
function* freePlaces(form, others) {
  const edges = (low, size, end) =>
    [...new Set([0, end, ...others.flatMap((box) => [box[low], box[low] + box[size]])])]
      .filter((edge) => edge >= 0 && edge <= end)
      .sort((a, b) => a - b);
  const cols = edges("col", "cols", form.columns);
  const rows = edges("row", "rows", form.rows);
  for (const col of cols) {
    for (const row of rows) {
      let depth = form.rows;
      for (const right of cols.filter((edge) => edge > col)) {
        const column = { col, row, cols: right - col, rows: 1 };
        const below = others.filter((box) => overlap({ ...column, rows: form.rows - row }, box));
        depth = Math.min(depth, ...below.map((box) => Math.max(box.row, row)));
        if (depth <= row) break;
        yield { ...column, rows: depth - row };
      }
    }
  }
}

// The best free place for a box of the wished size: large enough if there is one, near the head of the page.
export function bestPlace(form, others, wish) {
  let best = null;
  let bestRank = -Infinity;
  for (const free of freePlaces(form, others)) {
    const cols = Math.min(free.cols, wish.cols);
    const rows = Math.min(free.rows, wish.rows);
    if (rows < Math.min(LEAST_ROWS, wish.rows)) continue;
    const filled = (cols * rows) / (wish.cols * wish.rows);
    const rank = filled * 1000 - free.row - free.col / 100 + (cols === wish.cols ? 100 : 0);
    if (rank > bestRank) {
      bestRank = rank;
      best = { col: free.col, row: free.row, cols, rows };
    }
  }
  return best;
}

// The box where it is wished, cut to what is free there. Null where nothing of use is.
export function cut(form, wish, others) {
  const box = place(wish);
  box.cols = Math.min(box.cols, form.columns);
  box.rows = Math.min(box.rows, form.rows);
  box.col = Math.max(0, Math.min(box.col, form.columns - box.cols));
  box.row = Math.max(0, Math.min(box.row, form.rows - box.rows));
  if (isFree(form, box, others)) return box;
  let best = null;
  for (const free of freePlaces(form, others)) {
    const col = Math.max(free.col, box.col);
    const row = Math.max(free.row, box.row);
    const part = {
      col,
      row,
      cols: Math.min(free.col + free.cols, box.col + box.cols) - col,
      rows: Math.min(free.row + free.rows, box.row + box.rows) - row,
    };
    if (part.cols < 1 || part.rows < Math.min(LEAST_ROWS, wish.rows)) continue;
    if (!best || part.cols * part.rows > best.cols * best.rows) best = part;
  }
  return best && best.cols * best.rows * 2 >= box.cols * box.rows ? best : null;
}

// What lies in the way of a box that grew gives way, by its nearest edge. The new places of those, by id;
// null where one would become too small.
export function giveWay(form, box, others) {
  if (!inside(form, box)) return null;
  const moved = new Map();
  for (const other of others) {
    if (!overlap(box, other)) continue;
    const ways = [
      { ...place(other), cols: box.col - other.col },
      { ...place(other), col: box.col + box.cols, cols: other.col + other.cols - box.col - box.cols },
      { ...place(other), rows: box.row - other.row },
      { ...place(other), row: box.row + box.rows, rows: other.row + other.rows - box.row - box.rows },
    ].filter((way) => way.cols >= 1 && way.rows >= Math.min(LEAST_ROWS, other.rows));
    if (!ways.length) return null;
    ways.sort((a, b) => b.cols * b.rows - a.cols * a.rows);
    moved.set(other.id, ways[0]);
  }
  return moved;
}

// Half of the box, at the edge that the cell is nearer to than that share of it; the rest stays the box's.
export function dock(box, cell, edge) {
  const down = (cell.row - box.row) / box.rows;
  const across = (cell.col - box.col) / box.cols;
  const ways = [
    [down, "rows", "row", false],
    [1 - down, "rows", "row", true],
    [across, "cols", "col", false],
    [1 - across, "cols", "col", true],
  ].filter(([near, size]) => near <= edge && box[size] >= (size === "rows" ? 2 * LEAST_ROWS : 2));
  if (!ways.length) return null;
  const [, size, at, far] = ways.sort((a, b) => a[0] - b[0])[0];
  const half = Math.floor(box[size] / 2);
  const one = { ...place(box), [size]: half };
  const other = { ...place(box), [at]: box[at] + half, [size]: box[size] - half };
  return far ? { place: other, rest: one } : { place: one, rest: other };
}

// The box after an edge or corner ("n", "se", …) went to that cell.
export function stretched(form, box, edges, cell) {
  let { col, row } = box;
  let right = box.col + box.cols;
  let bottom = box.row + box.rows;
  const clamp = (value, low, high) => Math.max(low, Math.min(high, Math.round(value)));
  const least = Math.min(LEAST_ROWS, box.rows);
  if (edges.includes("w")) col = clamp(cell.col, 0, right - 1);
  if (edges.includes("e")) right = clamp(cell.col, col + 1, form.columns);
  if (edges.includes("n")) row = clamp(cell.row, 0, bottom - least);
  if (edges.includes("s")) bottom = clamp(cell.row, row + least, form.rows);
  return { col, row, cols: right - col, rows: bottom - row };
}

// The nearest box that way, the one best in line first.
export function neighbour(box, others, dx, dy) {
  const middle = (one) => ({ x: one.col + one.cols / 2, y: (one.row + one.rows / 2) / 5 });
  const from = middle(box);
  let best = null;
  let least = Infinity;
  for (const other of others) {
    const to = middle(other);
    const along = (to.x - from.x) * dx + (to.y - from.y) * dy;
    const aside = Math.abs((to.x - from.x) * dy) + Math.abs((to.y - from.y) * dx);
    if (along > 0.2 && along + 2 * aside < least) {
      least = along + 2 * aside;
      best = other;
    }
  }
  return best;
}

// The size a text wants: a few columns, and as many rows as it then takes.
export function wish(form, cell, characters, pictures, weight) {
  if (form.columns > FINE) return { cols: Math.round(form.columns * 0.3), rows: Math.round(form.rows * 0.2) };
  const cols = Math.max(1, Math.min(form.columns, Math.round(form.columns * (0.2 + weight / 150))));
  const head = 3 + Math.round(weight / 25);
  const picture = pictures ? Math.round(cols * 2.2) : 0;
  const rows = Math.round(characters / Math.max(1, cell) / cols) + head + picture;
  return { cols, rows: Math.max(4, Math.min(form.rows, rows)) };
}
