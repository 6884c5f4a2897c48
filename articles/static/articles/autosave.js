// Every few seconds what was typed goes into a private copy; it comes back on return.
import { words } from "./words.js";

const REST = 2500; // milliseconds after the last key
const MOST = 10000; // and at the latest so long after the first
const KEEPALIVE = 60000; // bytes a browser sends while the page goes away
const NOT_TYPED = new Set(["csrfmiddlewaretoken", "ticket", "typed", "uploads", "attachments", "_note"]);

export function startAutosave(form, state, say) {
  const shown = document.querySelector("[data-kept]");
  const token = () => form.querySelector("[name=csrfmiddlewaretoken]").value;
  let rest = 0;
  let latest = 0;
  let pending = false;
  let stopped = false;
  let request = null;

  const body = () => {
    const pairs = [];
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && !NOT_TYPED.has(name)) pairs.push([name, value]);
    }
    return JSON.stringify(pairs);
  };

  const post = (text, options = {}) =>
    fetch(form.dataset.autosave, {
      method: "POST",
      body: text,
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      redirect: "manual",
      ...options,
    });

  async function send() {
    clearTimeout(rest);
    clearTimeout(latest);
    latest = 0;
    if (stopped || !pending) return;
    pending = false;
    request = new AbortController();
    try {
      await answered(await post(body(), { signal: request.signal }));
    } catch (error) {
      if (error.name === "AbortError") return;
      pending = true;
      rest = setTimeout(send, MOST);
      tell(words("notKept"), true);
    }
  }

  async function answered(response) {
    if (response.type === "opaqueredirect") {
      askForLogin();
      return false;
    }
    const said = await response.json().catch(() => ({}));
    if (response.ok) tell(words("kept") + said.saved_at);
    else tell(said.error || words("notKept"), true);
    return response.ok;
  }

  function tell(sentence, wrong = false) {
    shown.textContent = sentence;
    shown.classList.toggle("is-wrong", wrong);
  }

  function askForLogin() {
    say(words("loggedOut"));
    const link = document.createElement("a");
    link.href = form.dataset.login;
    link.target = "_blank";
    link.textContent = words("login");
    document.querySelector("[data-alert]").append(" ", link);
  }

  // A login in another window has changed the token that this page was given.
  async function freshToken() {
    const page = await fetch(form.action, { redirect: "manual" });
    if (page.type === "opaqueredirect") return false;
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[name=csrfmiddlewaretoken]");
    if (!fresh) return false;
    for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = fresh.value;
    return true;
  }

  form.addEventListener("story:dirty", () => {
    pending = true;
    clearTimeout(rest);
    rest = setTimeout(send, REST);
    latest ||= setTimeout(send, MOST);
  });

  const goodbye = () => {
    if (!pending || stopped || state.leaving) return;
    const text = body();
    pending = false;
    post(text, { keepalive: text.length * 3 < KEEPALIVE }).catch(() => {
      pending = true;
    });
  };
  window.addEventListener("pagehide", goodbye);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && goodbye());

  return {
    stop() {
      stopped = true;
      clearTimeout(rest);
      clearTimeout(latest);
      latest = 0;
      request?.abort();
    },
    resume() {
      stopped = false;
      pending = state.dirty;
      if (pending) rest = setTimeout(send, REST);
    },
    // Keep the text once more before it is posted. False where posting would end at a login page.
    async check() {
      try {
        let response = await post(body());
        if (response.status === 403 && (await freshToken())) response = await post(body());
        if (response.type === "opaqueredirect") {
          askForLogin();
          return false;
        }
        await response.text();
      } catch {
        tell(words("notKept"), true);
        return false;
      }
      return true;
    },
  };
}
