// The focal point: a click on the picture, or the arrow keys. The number fields hold it, and work without this.

const STEP = 10;
const LEAP = 50;
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const stage = document.querySelector("[data-focal-x]");
if (stage) begin(stage);

function begin(stage) {
  const fields = [document.querySelector("#id_focal_x"), document.querySelector("#id_focal_y")];
  const point = stage.querySelector("[data-focal-point]");
  const crops = [...document.querySelectorAll("[data-focal-crop]")];
  document.querySelector("[data-focal-crops]").hidden = false;

  const read = () => {
    const saved = [stage.dataset.focalX, stage.dataset.focalY];
    return saved.map((value, i) => within(fields[i] && fields[i].value !== "" ? fields[i].value : value));
  };

  function draw() {
    const [x, y] = read();
    for (const crop of crops) place(crop, x, y);
    if (!point) return;
    point.style.left = `${x / 10}%`;
    point.style.top = `${y / 10}%`;
    point.setAttribute("aria-label", point.dataset.focalLabel.replace("{x}", x).replace("{y}", y));
  }

  function set(x, y) {
    fields[0].value = within(x);
    fields[1].value = within(y);
    draw();
  }

  draw();
  if (!point || !fields[0]) return;
  point.hidden = false;
  document.querySelector("[data-focal-hint]").hidden = false;
  for (const field of fields) field.addEventListener("input", draw);
  stage.addEventListener("click", (event) => {
    if (event.target === point) return;
    const box = stage.getBoundingClientRect();
    set(((event.clientX - box.left) / box.width) * 1000, ((event.clientY - box.top) / box.height) * 1000);
    point.focus({ preventScroll: true });
  });
  point.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    const by = event.shiftKey ? LEAP : STEP;
    const [x, y] = read();
    set(x + move[0] * by, y + move[1] * by);
  });
}

function within(value) {
  return Math.min(1000, Math.max(0, Math.round(Number(value) || 0)));
}

// The same cut that the renditions have: as large as fits, centred on the point, within the picture.
function place(crop, x, y) {
  const wide = Number(crop.dataset.wide);
  const high = Number(crop.dataset.high);
  const left = Math.min(Math.max(x - wide / 2, 0), 1000 - wide);
  const top = Math.min(Math.max(y - high / 2, 0), 1000 - high);
  crop.style.aspectRatio = `${crop.dataset.across} / ${crop.dataset.down}`;
  const picture = crop.firstElementChild;
  picture.style.width = `${100000 / wide}%`;
  picture.style.height = `${100000 / high}%`;
  picture.style.left = `${(-left / wide) * 100}%`;
  picture.style.top = `${(-top / high) * 100}%`;
}
