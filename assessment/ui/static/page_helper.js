// Part of every page. It commits typed text before anything can take it away, runs the page when
// the server is back, keeps <html lang> true, moves the focus where the page asks, and puts the
// few fixed English words of the frame into the reader's language.

const IDLE = 600;
const LONGEST_HOLD = 10000;
const LONGEST_RUN = 5000;
const STEP = 200;
const SHORT_STEP = 50;
const WORDED = '[role="dialog"], a[href^="#"], [data-testid="stFileUploader"]';

const dirty = new Set();
let composing = null;
let passing = null;
let told = {};
let connection = null;
let resuming = null;
let sent = null;

const isTyped = (node) =>
  node instanceof HTMLElement &&
  node.matches('[data-testid="stTextArea"] textarea, [data-testid="stTextInput"] input');

// A box is disabled while the server is away, and takes no key: its text waits.
function commit(node) {
  if (!node.isConnected || node.disabled || resuming || composing === node) return;
  dirty.delete(node);
  noteSent();
  const enter = { key: "Enter", code: "Enter", keyCode: 13, bubbles: true, cancelable: true };
  node.dispatchEvent(new KeyboardEvent("keydown", { ...enter, ctrlKey: node.tagName === "TEXTAREA" }));
}

const waiting = () => [...dirty].filter((node) => node.isConnected);

function arm(node) {
  dirty.add(node);
  clearTimeout(node.idleTimer);
  node.idleTimer = setTimeout(() => dirty.has(node) && commit(node), IDLE);
}

// Text is on its way from its commit until the page has run and told a new state.
const noteSent = () => (sent = { over: told.raw, at: performance.now() });

const onItsWay = () =>
  sent !== null && sent.over === told.raw && performance.now() - sent.at < LONGEST_HOLD;

// The press on a link or button takes the focus from the box, which then commits by itself.
function leave(event) {
  if (!event.target.disabled && dirty.delete(event.target)) noteSent();
}

// A link that is followed while text waits or is on its way would take the text with it, or be
// forgotten over it: save first, then follow.
function holdLink(event) {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!link || passing === link || !(waiting().length || onItsWay())) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  sendAndThen(() => follow(link));
}

// Going back draws another group, without the box: save first, then let the page hear of it.
function holdBack(event) {
  if (!waiting().length) return;
  event.stopImmediatePropagation();
  sendAndThen(() => dispatchEvent(new PopStateEvent("popstate", { state: history.state })));
}

function sendAndThen(goOn) {
  waiting().forEach(commit);
  const look = () => (onItsWay() ? setTimeout(look, SHORT_STEP) : goOn());
  look();
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
  if (state !== "CONNECTED") resuming = null;
  else if (wasLost) resume({ over: told.raw, click: null });
  showBar();
}

function showBar() {
  bar.hidden = (connection === "CONNECTED" && !resuming) || !told.seen;
  bar.textContent = bar.hidden ? "" : told.lost;
  if (!bar.hidden && told.signIn && connection !== "CONNECTED") askSignedIn();
}

// The server also lets go of who was signed out, in another tab or by an administrator. Text that
// was typed stays in its box; the page goes on after a sign-in, also one in another tab.
async function askSignedIn() {
  const answer = await fetch("/sign-in/state", { cache: "no-store" }).catch(() => null);
  if (answer?.status !== 401 || connection === "CONNECTED") return;
  const link = document.createElement("a");
  link.href = `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`;
  link.textContent = told.signInAgain;
  bar.replaceChildren(told.signedOut, " ", link);
}

// The server may drop the press where something else reached it first: press until it has run.
function resume(one) {
  resuming = one;
  const press = () => {
    if (resuming !== one) return;
    follow(document.querySelector(".st-key-run_page button"));
    setTimeout(press, LONGEST_RUN);
  };
  press();
}

// The page has run: what waited for it goes on.
function resumed() {
  const { click } = resuming;
  resuming = null;
  showBar();
  waiting().forEach(arm);
  if (click?.isConnected) setTimeout(() => follow(click), SHORT_STEP);
}

// A restarted server does not know the buttons of a page that it has not run: a click that came
// before would be lost in silence. It waits; the last one counts.
function holdClick(event) {
  if (!resuming || event.target === passing) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  resuming.click = event.target.closest?.("button, a, label, input") ?? null;
}

function follow(node) {
  passing = node;
  node?.click();
  passing = null;
}

// A word with a star in front stands for every text that ends so.
function ownWords(text) {
  if (told.words[text]) return told.words[text];
  const ending = Object.keys(told.words).find((one) => one[0] === "*" && text.endsWith(one.slice(1)));
  return ending && told.words[ending];
}

function translate() {
  for (const area of document.querySelectorAll(WORDED)) {
    const walker = document.createTreeWalker(area, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const own = ownWords(walker.currentNode.data.trim());
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
  if (resuming && resuming.over !== told.raw) resumed();
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
document.addEventListener("focusout", leave, true);
document.addEventListener("click", holdClick, true);
document.addEventListener("click", holdLink, true);
document.addEventListener("visibilitychange", () => document.hidden && waiting().forEach(commit));
addEventListener("popstate", holdBack, true);
addEventListener("beforeunload", holdPage);
