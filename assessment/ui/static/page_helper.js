// Part of every page. It commits typed text before anything can take it away, runs the page when
// the server is back, keeps <html lang> true, moves the focus where the page asks, and puts the
// few fixed English words of the frame into the reader's language.

const IDLE = 600;
const AFTER_COMMIT = 400;
const STEP = 200;

const dirty = new Set();
let composing = null;
let passing = null;
let told = {};
let connection = null;

const isTyped = (node) =>
  node instanceof HTMLElement &&
  node.matches('[data-testid="stTextArea"] textarea, [data-testid="stTextInput"] input');

function commit(node) {
  if (!node.isConnected || composing === node) return;
  dirty.delete(node);
  const enter = { key: "Enter", code: "Enter", keyCode: 13, bubbles: true, cancelable: true };
  node.dispatchEvent(new KeyboardEvent("keydown", { ...enter, ctrlKey: node.tagName === "TEXTAREA" }));
}

const waiting = () => [...dirty].filter((node) => node.isConnected);

function arm(node) {
  dirty.add(node);
  clearTimeout(node.idleTimer);
  node.idleTimer = setTimeout(() => dirty.has(node) && commit(node), IDLE);
}

// A link that is followed while text waits would take the text with it: save first, then follow.
function holdLink(event) {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!link || passing === link || !waiting().length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  waiting().forEach(commit);
  setTimeout(() => {
    passing = link;
    link.click();
    passing = null;
  }, AFTER_COMMIT);
}

function holdPage(event) {
  if (!waiting().length) return;
  waiting().forEach(commit);
  event.preventDefault();
}

// Streamlit says nothing when the server is away: inputs only turn grey. Say it, in one bar. A
// server that was restarted knows nothing of this page until the page is run once.
function followConnection() {
  const state = document.querySelector('[data-testid="stApp"]')?.dataset.testConnectionState;
  if (!state || state === connection) return;
  const wasLost = connection !== null && connection !== "CONNECTED" && told.seen;
  connection = state;
  bar.hidden = state === "CONNECTED" || !told.seen;
  bar.textContent = bar.hidden ? "" : told.lost;
  if (state === "CONNECTED" && wasLost) {
    document.querySelector(".st-key-run_page button")?.click();
  }
}

function translate() {
  for (const area of document.querySelectorAll('[role="dialog"], a[href^="#"]')) {
    const walker = document.createTreeWalker(area, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const own = told.words[walker.currentNode.data.trim()];
      if (own) walker.currentNode.data = own;
    }
  }
}

function show(target) {
  const look = (tries) => {
    const card = document.querySelector(`.st-key-${CSS.escape(target)}`);
    if (card) {
      card.scrollIntoView({ block: "start" });
      card.querySelector("input, textarea, button")?.focus({ preventScroll: true });
    } else if (tries) setTimeout(() => look(tries - 1), STEP);
  };
  setTimeout(() => look(15), STEP);
}

function listen() {
  const page = document.querySelector(".page-state")?.dataset.state;
  if (!page || page === told.raw) return;
  const focus = told.focus;
  told = { ...JSON.parse(page), raw: page, seen: true };
  document.documentElement.lang = told.lang;
  document.documentElement.dataset.type = told.largeType ? "large" : "normal";
  if (told.focus && told.focus.nonce !== focus?.nonce) show(told.focus.target);
}

const bar = document.createElement("div");
bar.id = "connection-bar";
bar.setAttribute("role", "status");
bar.hidden = true;

addEventListener("DOMContentLoaded", () => {
  document.body.append(bar);
  new MutationObserver(() => {
    listen();
    followConnection();
    if (told.seen) translate();
  }).observe(document.body, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["data-test-connection-state", "data-state"],
  });
});
document.addEventListener("input", (event) => isTyped(event.target) && arm(event.target), true);
document.addEventListener("compositionstart", (event) => (composing = event.target), true);
document.addEventListener(
  "compositionend",
  (event) => {
    composing = null;
    if (isTyped(event.target)) arm(event.target);
  },
  true,
);
document.addEventListener("focusout", (event) => dirty.delete(event.target), true);
document.addEventListener("click", holdLink, true);
document.addEventListener("visibilitychange", () => document.hidden && waiting().forEach(commit));
addEventListener("beforeunload", holdPage);
