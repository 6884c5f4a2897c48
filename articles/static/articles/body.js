// The body's editor: pictures of the library stand between its paragraphs and only show where they are placed.
import { words } from "./words.js";

const SRC = /^\/photos\/([a-z0-9]{10,16})\//;
const ID = "id_body";
const waiting = [];
let editor = null;
// Of each photo the page knows: its larger picture and the caption it has in this story.
const known = new Map();

export const photoOf = (src) => SRC.exec(src || "")?.[1] || "";
export const addressOf = (publicId) => `/photos/${publicId}/w640.webp`;

export function whenEditorReady(callback) {
  if (editor) callback(editor);
  else waiting.push(callback);
}

// What the page shows for a photo: `thumb` (an address whose last part names the size), its caption and its size.
export function learn(publicId, thumb, caption, width, height) {
  known.set(publicId, { src: thumb.replace(/[^/]+$/, "w960.webp"), words: caption, width, height });
  if (!editor) return;
  editor.editing.view.change((writer) => {
    for (const item of images()) {
      if (photoOf(item.getAttribute("src")) === publicId) show(item, editor.editing.mapper, writer);
    }
  });
}

export function place(publicIds) {
  const selected = editor.model.document.selection.getSelectedElement();
  // A picture that is selected stays; the new ones come after it.
  if (selected) editor.model.change((writer) => writer.setSelection(selected, "after"));
  const source = publicIds.map((publicId) => {
    const { width, height } = known.get(publicId) || {};
    // With its size the editor need not fetch the picture from the readers' address, where it is not yet.
    return { src: addressOf(publicId), alt: "", ...(width && { width: String(width), height: String(height) }) };
  });
  editor.execute("insertImage", { source });
  editor.editing.view.focus();
}

export function displace(publicId) {
  editor?.model.change((writer) => {
    for (const item of images()) if (photoOf(item.getAttribute("src")) === publicId) writer.remove(item);
  });
}

export const placed = () => new Set(images().map((item) => photoOf(item.getAttribute("src"))));

function images() {
  if (!editor) return [];
  const range = editor.model.createRangeIn(editor.model.document.getRoot());
  return [...range.getItems()].filter((item) => item.is("element", "imageBlock") || item.is("element", "imageInline"));
}

function show(item, mapper, writer) {
  const view = mapper.toViewElement(item);
  const photo = known.get(photoOf(item.getAttribute("src")));
  if (!view || !photo) return;
  const image = view.is("element", "img") ? view : [...view.getChildren()].find((child) => child.is("element", "img"));
  if (image) writer.setAttribute("src", photo.src, image);
  writer.setAttribute("data-words", photo.words || "", view);
}

// A plugin of CKEditor, named in its configuration (articles/editor.py).
window.newsroomPictures = function newsroomPictures(made) {
  made.ui.componentFactory.add("libraryPhoto", (locale) => {
    const Button = made.ui.componentFactory.create("undo").constructor;
    const button = new Button(locale);
    button.set({ label: words("library"), withText: true, tooltip: false, class: "library-photo" });
    button.on("execute", () => document.dispatchEvent(new CustomEvent("story:pick")));
    return button;
  });
  // 编者按 and 链接框: a quotation with a class, by one press and back by another.
  const known = made.config.get("style.definitions");
  for (const [name, css] of [["editorsNote", "editors-note"], ["linkBox", "link-box"]]) {
    const style = known.find((one) => one.classes.includes(css)).name; // in the page's language
    made.ui.componentFactory.add(name, (locale) => {
      const Button = made.ui.componentFactory.create("undo").constructor;
      const button = new Button(locale);
      const quotes = made.commands.get("blockQuote");
      const styles = made.commands.get("style");
      button.set({ label: words(name), withText: true, tooltip: false, isToggleable: true, class: "library-photo" });
      button.bind("isEnabled").to(quotes, "isEnabled");
      button.bind("isOn").to(styles, "value", (value) => Boolean(value?.includes(style)));
      button.on("execute", () => box(made, style));
      return button;
    });
  }
  made.conversion.for("editingDowncast").add((dispatcher) => {
    const redraw = (_event, data, api) => show(data.item, api.mapper, api.writer);
    dispatcher.on("attribute:src:imageBlock", redraw, { priority: "lowest" });
    dispatcher.on("attribute:src:imageInline", redraw, { priority: "lowest" });
  });
};

function box(made, style) {
  const on = made.commands.get("style").value || [];
  if (on.includes(style)) {
    made.execute("style", { styleName: style });
    made.execute("blockQuote", { forceValue: false });
  } else {
    if (!made.commands.get("blockQuote").value) made.execute("blockQuote", { forceValue: true });
    for (const other of on) made.execute("style", { styleName: other });
    made.execute("style", { styleName: style });
  }
  made.editing.view.focus();
}

// A picture inside of pasted text comes as a data: address. CKEditor fetches it, which the page's policy forbids;
// here it is read without a connection, so that the very bytes are uploaded and not a copy drawn on a canvas.
const connect = window.fetch.bind(window);
window.fetch = (address, ...rest) => {
  const data = typeof address === "string" && /^data:([\w/+.-]+);base64,(.*)$/s.exec(address);
  if (!data) return connect(address, ...rest);
  const bytes = Uint8Array.from(atob(data[2]), (letter) => letter.charCodeAt(0));
  return Promise.resolve(new Response(new Blob([bytes], { type: data[1] })));
};

window.addEventListener("DOMContentLoaded", () => {
  window.ckeditorRegisterCallback?.(ID, ready);
});
// The bundle may have come first or may come yet: it runs its own start on DOMContentLoaded, after this module.
window.ckeditorRegisterCallback?.(ID, ready);

function ready(made) {
  if (editor) return;
  editor = made;
  const label = document.querySelector(`label[for=${ID}]`);
  made.editing.view.change((writer) => {
    writer.setAttribute("aria-label", label?.textContent || "", made.editing.view.document.getRoot());
  });
  made.editing.view.change((writer) => {
    for (const item of images()) show(item, made.editing.mapper, writer);
  });
  keepStrangersOut(made);
  for (const callback of waiting.splice(0)) callback(made);
  document.getElementById("story-form").dataset.editor = "ready";
}

// Pictures of other sites can't be shown or kept: they stay out, and the page says so.
function keepStrangersOut(made) {
  made.plugins.get("ClipboardPipeline").on("inputTransformation", (_event, data) => {
    const range = made.editing.view.createRangeIn(data.content);
    const strangers = [...range.getItems()].filter(
      (item) => item.is("element", "img") && !SRC.test(item.getAttribute("src")) && !/^(data|blob):/.test(item.getAttribute("src") || ""),
    );
    for (const image of strangers) image._remove();
    if (strangers.length) document.dispatchEvent(new CustomEvent("story:say", { detail: words("noPaste") }));
  }, { priority: "high" });
}
