// Mounted once on every page. It commits typed text before anything can take it away, runs the
// page when the server is back, keeps <html lang> true, moves the focus where the page asks, and
// puts the few fixed English words of the frame into the reader's language.

const IDLE = 600;
const AFTER_COMMIT = 400;
const STEP = 200;

const state = (window.__pageHelper ??= { dirty: new Set(), composing: null, words: [] });

const isTyped = (node) =>
  node instanceof HTMLElement && node.matches('[data-testid="stTextArea"] textarea, [data-testid="stTextInput"] input');

function commit(node) {
  if (!node.isConnected || state.composing === node) return;
  state.dirty.delete(node);
  const enter = { key: "Enter", code: "Enter", keyCode: 13, bubbles: true, cancelable: true };
  node.dispatchEvent(new KeyboardEvent("keydown", { ...enter, ctrlKey: node.tagName === "TEXTAREA" }));
}

function commitAll() {
  for (const node of [...state.dirty]) {
    if (node.isConnected) commit(node);
    else state.dirty.delete(node);
  }
}

function arm(node) {
  state.dirty.add(node);
  clearTimeout(node.__idle);
  node.__idle = setTimeout(() => state.dirty.has(node) && commit(node), IDLE);
}

function listen() {
  document.addEventListener("input", (event) => isTyped(event.target) && arm(event.target), true);
  document.addEventListener("compositionstart", (event) => (state.composing = event.target), true);
  document.addEventListener(
    "compositionend",
    (event) => {
      state.composing = null;
      if (isTyped(event.target)) arm(event.target);
    },
    true,
  );
  document.addEventListener("focusout", (event) => state.dirty.delete(event.target), true);
  document.addEventListener("click", holdLink, true);
  document.addEventListener("visibilitychange", () => document.hidden && commitAll());
  window.addEventListener("beforeunload", (event) => {
    if (![...state.dirty].some((node) => node.isConnected)) return;
    commitAll();
    event.preventDefault();
  });
  new MutationObserver(translate).observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
  });
}

// A link that is followed while text waits would take the text with it: save first, then follow.
function holdLink(event) {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!link || state.passing === link || ![...state.dirty].some((node) => node.isConnected)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  commitAll();
  setTimeout(() => {
    state.passing = link;
    link.click();
    state.passing = null;
  }, AFTER_COMMIT);
}

// Streamlit says nothing when the server is away: inputs only turn grey. Say it, in one bar.
function watchConnection() {
  const app = document.querySelector('[data-testid="stApp"]');
  if (!app) return;
  const bar = document.createElement("div");
  bar.id = "connection-bar";
  bar.setAttribute("role", "status");
  bar.hidden = true;
  document.body.append(bar);
  const tell = () => {
    const connected = app.dataset.testConnectionState === "CONNECTED";
    // A server that was restarted knows nothing of this page until the page is run once.
    if (connected && !bar.hidden) state.runPage();
    bar.hidden = connected;
    bar.textContent = connected ? "" : state.lost;
  };
  new MutationObserver(tell).observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] });
}

function translate() {
  if (!state.words.length) return;
  for (const area of document.querySelectorAll('[role="dialog"], [data-testid="stAppSkipLink"], a[href="#main"]')) {
    const walker = document.createTreeWalker(area, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      for (const [english, own] of state.words) {
        if (node.data.trim() === english) node.data = own;
      }
    }
  }
}

function show(focus) {
  if (!focus || state.focus === focus.nonce) return;
  state.focus = focus.nonce;
  const look = (tries) => {
    const card = document.querySelector(`.st-key-${CSS.escape(focus.target)}`);
    if (card) {
      card.scrollIntoView({ block: "start" });
      card.querySelector("input, textarea, button")?.focus({ preventScroll: true });
    } else if (tries) setTimeout(() => look(tries - 1), STEP);
  };
  setTimeout(() => look(15), STEP);
}

export default function ({ data, setTriggerValue }) {
  state.runPage = () => setTriggerValue("reconnected", Date.now());
  document.documentElement.lang = data.lang;
  document.documentElement.dataset.type = data.largeType ? "large" : "normal";
  state.words = data.words;
  state.lost = data.lost;
  if (!state.listening) {
    state.listening = true;
    listen();
    watchConnection();
  }
  translate();
  show(data.focus);
}
