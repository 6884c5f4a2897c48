// The story's pictures: chosen from the library, uploaded, ordered, placed in the body.
import { displace, learn, place, placed, whenEditorReady } from "./body.js";
import { addRow } from "./rows.js";
import { openPicker, startPicker } from "./picker.js";
import { uploadFiles } from "./upload.js";
import { words } from "./words.js";

export function startPictures(form, state, say) {
  const group = form.querySelector("[data-photos]");
  const list = group.querySelector("[data-rows]");
  const told = group.querySelector("[data-uploads]");
  const rowOf = (publicId) => [...list.children].find((row) => row.dataset.photo === publicId);

  // Put a photo of the library on the story's list, if it isn't there.
  function enlist(photo) {
    if (rowOf(photo.public_id)) return;
    const row = addRow(list, state);
    Object.assign(row.dataset, { photo: photo.public_id, thumb: photo.thumb, width: photo.width, height: photo.height });
    row.querySelector("[name$='-photo']").value = photo.public_id;
    const image = new Image();
    image.src = photo.thumb;
    image.alt = photo.alt || photo.caption || photo.name;
    const link = row.querySelector("[data-thumb-link]");
    Object.assign(link, { href: photo.change, target: "_blank", rel: "noopener" });
    link.append(image);
    for (const [name, text] of [["caption", photo.caption], ["credit", photo.credit], ["alt", photo.alt || photo.caption]]) {
      row.querySelector(`[name$='-${name}']`).placeholder = text || "";
    }
    teach(row);
    state.changed();
  }

  function teach(row) {
    const caption = row.querySelector("[name$='-caption']");
    const tell = () => {
      const { photo, thumb, width, height } = row.dataset;
      if (thumb) learn(photo, thumb, caption.value || caption.placeholder, width, height);
    };
    caption.addEventListener("input", tell);
    tell();
    const button = row.querySelector("[data-place]");
    button.addEventListener("click", () => place([row.dataset.photo]));
    showPlaced();
  }

  function showPlaced() {
    const there = placed();
    for (const row of list.children) {
      const isThere = there.has(row.dataset.photo);
      row.querySelector("[data-place]").hidden = isThere || !row.dataset.photo;
      row.querySelector("[data-placed]").hidden = !isThere;
    }
  }

  async function take(files, thenPlace) {
    await uploadFiles(files, form, told, (photo) => {
      enlist(photo);
      if (thenPlace) place([photo.public_id]);
    });
  }

  for (const row of list.children) teach(row);
  list.addEventListener("row:removed", (event) => displace(event.detail.dataset.photo));
  whenEditorReady((editor) => {
    showPlaced();
    let soon = 0;
    editor.model.document.on("change:data", () => {
      clearTimeout(soon);
      soon = setTimeout(showPlaced, 100);
    });
    editor.plugins.get("ImageUploadEditing").on("uploadComplete", (_event, { data }) => data.photo && enlist(data.photo));
    editor.plugins.get("Notification").on("show:warning", (event, data) => {
      say(data.message);
      event.stop();
      data.message = "";
    }, { priority: "highest" });
  });
  document.addEventListener("story:say", (event) => say(event.detail));

  startPicker(form, (photos, thenPlace) => {
    for (const photo of photos) enlist(photo);
    if (thenPlace) place(photos.map((photo) => photo.public_id));
  });
  const opener = group.querySelector("[data-open-picker]");
  opener.hidden = false;
  opener.addEventListener("click", () => openPicker(false));
  document.addEventListener("story:pick", () => openPicker(true));

  const files = group.querySelector("[data-upload-files]");
  files.addEventListener("change", () => {
    const chosen = [...files.files];
    files.value = "";
    take(chosen, false);
  });
  dropping(take);
  document.addEventListener("paste", (event) => {
    if (event.target.closest?.(".ck-editor__editable") || document.querySelector("dialog[open]")) return;
    const pasted = [...(event.clipboardData?.files || [])].filter((file) => file.type.startsWith("image/"));
    if (!pasted.length) return;
    event.preventDefault();
    take(pasted, false);
  });
}

// Files dropped anywhere but into the editor, which takes them where they fall.
function dropping(take) {
  const page = document.body;
  page.dataset.drop = words("drop");
  const hasFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
  const elsewhere = (event) => !event.target.closest?.(".ck-editor__editable, dialog");
  let leaving = 0;
  page.addEventListener("dragover", (event) => {
    if (!hasFiles(event) || !elsewhere(event)) return;
    event.preventDefault();
    page.classList.add("is-dropping");
    clearTimeout(leaving);
    leaving = setTimeout(() => page.classList.remove("is-dropping"), 250);
  });
  page.addEventListener("drop", (event) => {
    page.classList.remove("is-dropping");
    if (!hasFiles(event) || !elsewhere(event)) return;
    event.preventDefault();
    take([...event.dataTransfer.files], false);
  });
}
