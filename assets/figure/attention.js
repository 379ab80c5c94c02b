// What opens on a page, such as a question, takes the focus, and gives it back where it came from when it is closed.
// A host says what is open: its name or "", where it stands and what gets the focus after it as selectors, what is told.
import { announce } from "./announce.js";

const PATIENCE = 200; // times that its place is looked for, which the host may draw later
const HEADINGS = "h1, h2, h3, h4, h5, h6";
let [open, opener, back, search] = [undefined, null, "", 0];

// The first that matches, also in the shadow roots inside.
function within(root, selector) {
  const found = root.querySelector(selector);
  if (found) return found;
  for (const { shadowRoot } of root.querySelectorAll("*")) {
    const inner = shadowRoot && within(shadowRoot, selector);
    if (inner) return inner;
  }
  return null;
}

const isNowhere = (active) => !active || active === document.body;

// What had the focus at the last key or click before it opened. Moves of the focus within a shadow root are not heard here.
function remember() {
  if (open) return;
  opener = document.activeElement;
  while (opener?.shadowRoot?.activeElement) opener = opener.shadowRoot.activeElement;
}
for (const type of ["keydown", "click"]) addEventListener(type, remember, { capture: true });

// A button that the host draws in another way is another element: it gets the focus that the first one had.
function keep(button, place, tries = PATIENCE) {
  if (tries && button.isConnected) setTimeout(keep, 50, button, place, tries - 1);
  else if (!button.isConnected && isNowhere(document.activeElement)) document.querySelector(`.${place} button`)?.focus({ preventScroll: true });
}
addEventListener("click", ({ target }) => {
  const button = target.closest?.("button");
  const box = button?.closest("[class*=st-key-]");
  if (box?.querySelectorAll("button").length === 1) keep(button, box.className.match(/st-key-\S+/)[0]);
}, { capture: true });

function enter(selector, told, tries = PATIENCE) {
  const place = document.querySelector(selector);
  const heading = place && within(place, HEADINGS);
  if (!heading) {
    if (tries) search = setTimeout(enter, 50, selector, told, tries - 1);
    return;
  }
  heading.tabIndex = -1;
  heading.focus(); // which has it read out
  if (told) announce(told);
}

function leave(fallback, tries = PATIENCE) {
  const after = [...document.querySelectorAll(fallback || "h2")].find((one) => one.getClientRects().length); // a host may draw two
  const known = opener?.isConnected && !isNowhere(opener) ? opener : after;
  if (!known) {
    if (tries) search = setTimeout(leave, 50, fallback, tries - 1);
    return;
  }
  // Whoever has gone on meanwhile is not called back.
  if (!isNowhere(document.activeElement)) return;
  if (known.tabIndex < 0) known.tabIndex = -1;
  known.focus({ preventScroll: true });
}

export default function ({ data: [name, place, before, told] }) {
  if (name === open) return;
  const isFirst = open === undefined;
  const wasOpen = Boolean(open);
  open = name;
  clearTimeout(search);
  if (name) back = before;
  if (name && !isFirst) search = setTimeout(enter, 50, place, told);
  else if (wasOpen) search = setTimeout(leave, 50, back);
}
