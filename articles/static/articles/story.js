// The story's form: what was typed is known, kept, counted and not lost on the way out.
import { startAutosave } from "./autosave.js";
import { whenEditorReady } from "./body.js";
import { startNames } from "./names.js";
import { startPictures } from "./pictures.js";
import { startRows } from "./rows.js";
import { startTokens } from "./tokens.js";
import { words } from "./words.js";

const form = document.getElementById("story-form");
document.documentElement.classList.add("scripted");

// What stands in the form and in no version yet. Others on the page listen to `story:dirty` and `story:clean`.
const state = {
  dirty: false,
  leaving: false,
  excused: false,
  changed() {
    state.dirty = true;
    form.dataset.dirty = "1";
    form.dispatchEvent(new CustomEvent("story:dirty", { bubbles: true }));
  },
};

const alertStrip = document.querySelector("[data-alert]");
export function say(sentence) {
  alertStrip.textContent = sentence;
  alertStrip.hidden = !sentence;
  if (sentence) alertStrip.scrollIntoView({ block: "nearest" });
}

if (form) start();

function start() {
  startRows(form, state);
  startNames(form, state);
  startTokens(form);
  startPictures(form, state, say);
  const autosave = startAutosave(form, state, say);
  // What is typed beside a button of the workflow is not of the story; some of it belongs to a form of its own.
  const typed = ({ target }) => target.name && target.form === form && !target.name.startsWith("_") && state.changed();
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  growLines();
  guardLeaving();
  guardPanel();
  keys();
  submitting(autosave);
  whenEditorReady((editor) => {
    editor.model.document.on("change:data", state.changed);
    count(editor);
    underTheBar(editor);
    if (form.hasAttribute("data-dirty")) state.changed();
  });
}

// 字数 as newsroom.lib.html counts it: wide characters one each, others by runs without white space.
const COUNTED =
  /[\u2e80-\u2fff\u3001-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff01-\uffef\u{1f300}-\u{1faff}\u{20000}-\u{3ffff}“”‘’…—·]|[^\s\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u{1f300}-\u{1faff}\u{20000}-\u{3ffff}“”‘’…—·]+/gu;

function count(editor) {
  const shown = document.querySelector("[data-count]");
  const update = () => {
    const text = [...editor.model.document.getRoot().getChildren()].map((block) => textOf(block)).join("\n");
    shown.textContent = (text.match(COUNTED) || []).length;
  };
  let waiting = 0;
  editor.model.document.on("change:data", () => {
    clearTimeout(waiting);
    waiting = setTimeout(update, 150);
  });
  update();
}

// The bar grows where its words need two lines; the editor's toolbar stays below it.
function underTheBar(editor) {
  const bar = document.querySelector(".story-bar");
  new ResizeObserver(() => {
    const top = Math.ceil(bar.getBoundingClientRect().height);
    editor.ui.viewportOffset = { ...editor.ui.viewportOffset, top, visualTop: top };
    editor.ui.view.stickyPanel?.checkIfShouldBeSticky();
  }).observe(bar);
}

function textOf(node) {
  if (node.is("$text")) return node.data;
  if (node.is("element", "softBreak")) return "\n";
  const parts = node.getChildren ? [...node.getChildren()].map(textOf) : [];
  return node.childCount && node.getChild(0).is("element") ? parts.join("\n") : parts.join("");
}

function growLines() {
  const supported = CSS.supports("field-sizing", "content");
  for (const area of form.querySelectorAll("textarea[data-line]")) {
    area.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      nextField(area)?.focus();
    });
    area.addEventListener("input", () => {
      // What was pasted over several lines is one line here.
      if (/[\r\n]/.test(area.value)) area.value = area.value.replace(/\s*[\r\n]+\s*/g, " ");
    });
  }
  if (supported) return;
  for (const area of form.querySelectorAll("textarea[data-line], textarea[data-grow]")) {
    const grow = () => {
      area.style.height = "auto";
      area.style.height = `${area.scrollHeight + 2}px`;
    };
    area.addEventListener("input", grow);
    grow();
  }
}

function nextField(area) {
  const fields = [...form.querySelectorAll(".story-sheet textarea, .story-sheet input")].filter((f) => f.offsetParent);
  return fields[fields.indexOf(area) + 1];
}

function guardLeaving() {
  window.addEventListener("beforeunload", (event) => {
    if (state.dirty && !state.leaving && !state.excused) event.preventDefault();
  });
}

// A step of the workflow signs what is saved: the panel's own forms wait until the text is.
function guardPanel() {
  document.addEventListener("submit", (event) => {
    const other = event.target;
    if (other === form || !state.dirty || !other.classList.contains("panel-form")) return;
    if (other.id === "panel-withdraw") {
      state.excused = true; // nothing holds up a withdrawal; what was typed is kept, as for anyone who leaves
      return;
    }
    event.preventDefault();
    say(words("unsaved"));
    form.querySelector("[data-save]").focus();
  });
}

function keys() {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-save]"));
    }
  });
  form.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key === "Enter" && field.matches("input:not([type=submit]):not([type=file])")) event.preventDefault();
  });
}

function submitting(autosave) {
  let sent = false;
  let checked = false;
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (sent) {
      event.preventDefault();
      return;
    }
    const pending = window.editors?.id_body?.plugins.get("PendingActions");
    if (pending?.hasAny) {
      event.preventDefault();
      say(words("uploading"));
      pending.once("change:hasAny", () => form.requestSubmit(event.submitter));
      return;
    }
    if (!checked) {
      // Is this person still logged in, and is the token still good? Nothing typed goes to a login page.
      event.preventDefault();
      const submitter = event.submitter;
      autosave.stop();
      autosave.check().then((fine) => {
        if (!fine) return autosave.resume();
        checked = true;
        form.requestSubmit(submitter);
        checked = false;
      });
      return;
    }
    sent = true;
    state.leaving = true;
    form.querySelector("[data-save]").textContent = words("saving");
  });
  window.addEventListener("pageshow", (event) => {
    // Back by the browser's own button: the page stands as it was left.
    if (event.persisted) {
      sent = false;
      state.leaving = false;
      form.querySelector("[data-save]").textContent = words("save");
      autosave.resume();
    }
  });
}
