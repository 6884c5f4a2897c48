// Copies what a button names, word for word: HTML with its plain text beside it, or text alone.
const said = document.getElementById("outlets-said");
const words = (id) => document.getElementById(id).value;

// Browsers without the asynchronous clipboard, and pages not served over https: the copy event takes the same.
function copyByEvent(forms) {
  const fill = (event) => {
    event.preventDefault();
    for (const [type, text] of Object.entries(forms)) event.clipboardData.setData(type, text);
  };
  document.addEventListener("copy", fill, { once: true });
  const done = document.execCommand("copy");
  document.removeEventListener("copy", fill);
  return done;
}

async function copy(forms) {
  if (navigator.clipboard?.write && window.ClipboardItem) {
    try {
      const blobs = Object.entries(forms).map(([type, text]) => [type, new Blob([text], { type })]);
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
      return true;
    } catch {
      // Not allowed here; the event may be.
    }
  }
  return copyByEvent(forms);
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.addEventListener("click", async () => {
    const { copy: source, plain } = button.dataset;
    const forms = plain
      ? { "text/html": words(source), "text/plain": words(plain) }
      : { "text/plain": words(source) };
    said.textContent = ""; // so that the same words are read out again
    said.textContent = (await copy(forms)) ? button.dataset.said : said.dataset.failed;
  });
}
