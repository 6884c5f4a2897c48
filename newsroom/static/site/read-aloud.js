// Reads a story aloud with the browser's own voice. Its controls are hidden until there is a Chinese one.

const MOST = 50; // characters an utterance: Chromium falls silent after some fifteen seconds of one
const BLOCKS = "h1, h2, h3, p, li, figcaption";
const UNREAD = "nav, footer, dl, table, .standing, [data-unread]";
const SENTENCE = /[^。！？；!?;\n]+[。！？；!?;…]*[”’」』）)]*/gu;
const CLAUSE = /[^，、：,\s]{1,50}[，、：,\s]*/gu;
const RATE = "read-aloud-rate";

const tools = document.querySelector("[data-read-aloud]");
const voices = window.speechSynthesis;

/** Whether a listener wants to hear that element: it holds words of the story, and no other such element. */
function isRead(element) {
  return !element.closest(UNREAD) && !element.querySelector(BLOCKS) && element.textContent.trim() !== "";
}

/** The words of an element, in pieces short enough to be spoken whole. */
function sentences(element) {
  const text = element.textContent.replace(/\s+/gu, " ").trim();
  return (text.match(SENTENCE) ?? [text]).flatMap((one) => (one.length > MOST ? clauses(one) : [one]));
}

function clauses(sentence) {
  const packed = [""];
  for (const clause of sentence.match(CLAUSE) ?? []) {
    if (packed.at(-1) && packed.at(-1).length + clause.length > MOST) packed.push("");
    packed[packed.length - 1] += clause;
  }
  return packed;
}

/** A voice for Mandarin, on this machine if there is one. Android writes zh_CN. */
function chineseVoice() {
  const ours = voices.getVoices().filter((voice) => /^(zh|cmn)/iu.test(voice.lang));
  const fit = (voice) => 2 * !/HK|TW|yue/iu.test(voice.lang) + voice.localService;
  return ours.sort((a, b) => fit(b) - fit(a))[0];
}

function start() {
  const toggle = tools.querySelector("[data-toggle]");
  const stopper = tools.querySelector("[data-stop]");
  const speed = tools.querySelector("select");
  const status = tools.querySelector("[role=status]");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let script = []; // [element, words] in the order of reading
  let at = 0;
  let speaking = null; // the utterance we are waiting for; what any other one reports is stale

  function show(label, told, open) {
    toggle.textContent = label;
    status.textContent = told;
    tools.classList.toggle("open", open);
    for (const part of tools.querySelectorAll("[data-while-open]")) part.hidden = !open;
  }

  function mark(element) {
    const marked = document.querySelector(".being-read");
    if (marked === element) return;
    marked?.classList.remove("being-read");
    if (!element) return;
    element.classList.add("being-read");
    const { top, bottom } = element.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight - tools.firstElementChild.offsetHeight) {
      element.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
    }
  }

  function silence() {
    speaking = null;
    voices.cancel();
  }

  function say() {
    silence();
    if (at >= script.length) return stop("读完了");
    const [element, words] = script[at];
    mark(element);
    const utterance = new SpeechSynthesisUtterance(words);
    utterance.voice = chineseVoice() ?? null;
    utterance.lang = "zh-CN";
    utterance.rate = Number(speed.value);
    utterance.onend = () => {
      if (speaking !== utterance) return;
      at += 1;
      say();
    };
    utterance.onerror = () => speaking === utterance && stop("朗读中断了");
    speaking = utterance;
    voices.speak(utterance);
  }

  function play() {
    if (!script.length) {
      const blocks = [...tools.closest("article").querySelectorAll(BLOCKS)].filter(isRead);
      script = blocks.flatMap((block) => sentences(block).map((words) => [block, words]));
    }
    show("暂停", "正在朗读", true);
    say();
  }

  // The browsers' own pause loses the place on phones; we begin the sentence again.
  function pause() {
    silence();
    show("继续", "已暂停", true);
  }

  function stop(told = "") {
    const left = stopper === document.activeElement || speed === document.activeElement;
    silence();
    mark(null);
    script = [];
    at = 0;
    show("听新闻", told, false);
    if (left) toggle.focus(); // what had the focus is hidden now
  }

  toggle.addEventListener("click", () => (speaking ? pause() : play()));
  stopper.addEventListener("click", () => stop());
  speed.addEventListener("change", () => {
    localStorage.setItem(RATE, speed.value);
    if (speaking) say();
  });
  addEventListener("pagehide", () => stop());
  const liked = localStorage.getItem(RATE);
  if ([...speed.options].some((option) => option.value === liked)) speed.value = liked;
  voices.cancel(); // what a page before this one left in the queue
  show("听新闻", "", false);
  tools.firstElementChild.hidden = false;
}

function offer() {
  if (!chineseVoice()) return;
  voices.removeEventListener?.("voiceschanged", offer);
  start();
}

if (tools && voices) {
  voices.addEventListener?.("voiceschanged", offer);
  offer();
}
