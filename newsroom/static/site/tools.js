/* The reader's settings take effect at once. Without this script the form's buttons fetch the page anew. */
const root = document.documentElement;
const YEAR = 365 * 24 * 3600;
const COLOURS = { light: "light", dark: "dark", auto: "light dark" };

function chosen() {
  const value = document.cookie.match(/(?:^|; )display=(auto|light|dark|elder)-([012])(?:;|$)/);
  return { theme: value?.[1] ?? "auto", size: value?.[2] ?? "0" };
}

function show({ theme, size }) {
  // The elder edition is another page, not another colour.
  if ((theme === "elder") !== (root.dataset.theme === "elder")) return location.reload();
  Object.assign(root.dataset, { theme, size });
  document.querySelector("meta[name=color-scheme]")?.setAttribute("content", COLOURS[theme] ?? "light");
  for (const button of document.querySelectorAll(".display [aria-pressed]")) {
    button.setAttribute("aria-pressed", String(button.value === { theme, size }[button.name]));
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(".display button[aria-pressed]");
  if (!button) return;
  const wanted = { ...chosen(), [button.name]: button.value };
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `display=${wanted.theme}-${wanted.size}; path=/; max-age=${YEAR}; samesite=lax${secure}`;
  if (`${wanted.theme}-${wanted.size}` !== Object.values(chosen()).join("-")) return; // no cookies here: ask the server
  event.preventDefault();
  show(wanted);
});

// A page that was left and is shown again, or was kept, may look as it did before the choice.
addEventListener("pageshow", () => {
  const wanted = chosen();
  if (wanted.theme !== root.dataset.theme || wanted.size !== root.dataset.size) show(wanted);
});
