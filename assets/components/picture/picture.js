// Shows a picture that Python made: patches what changed in place, reports what the reader chooses.
import { makeGrab, stepAt } from "../lstm.grab/grab.js";
import { whole } from "../lstm.held/held.js";
import { makePlay } from "../lstm.play/play.js";

const CHOOSABLE = ["[data-role]", "[data-quantity]"];
const REPORTED = ["quantity", "t", "unit", "index", "role", "value"];
const NEED_ALL_KEYS = "input:not([type=range], [type=radio], [type=checkbox]), textarea, select, [contenteditable], [role=combobox], [role=listbox], [role=menu], [role=dialog]";
const NEED_NAMED_KEYS = "input, [role=slider], [role=spinbutton], [role=radiogroup], [role=tablist]"; // arrows and the like, but no letters and digits
const NEED_SPACE = "button, summary, a, [role=button]";
const FITS = { narrow: (width) => 0 < width && width < 680, wide: (width) => width >= 680 };
const HURRY = 400; // ms within which another change follows under a dragging hand: it is shown at once, without motion
const PATIENCE = 1500; // ms until a report counts as lost
const pictures = new WeakMap();

const keyOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node.dataset?.key : undefined);

const alike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && keyOf(a) === keyOf(b);

function patchAttributes(node, fresh) {
  for (const { name } of [...node.attributes]) {
    if (!fresh.hasAttribute(name)) node.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (!name.startsWith("on") && node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
}

const arrangements = (root) => [...root.children].filter((e) => e.className in FITS);

// Of two arrangements the one in sight. It follows from the width that was measured last: to ask the
// browser what is in sight would make it lay out the page in the middle of each change.
function inSight(root) {
  const found = arrangements(root);
  return found.length > 1 ? found.find((e) => e.className === root.dataset.fits) : found[0];
}

// Only that one is brought up to date; another when it comes in sight.
const waits = (node) => node.dataset?.lazy !== undefined && inSight(node.parentElement) !== node;

function patch(node, fresh) {
  if (waits(node) || node.isEqualNode(fresh)) return;
  if (node.nodeType !== Node.ELEMENT_NODE) {
    if (node.data !== fresh.data) node.data = fresh.data;
    return;
  }
  patchAttributes(node, fresh);
  patchChildren(node, fresh);
}

// Children with a data-key are found again wherever they stand, the others by their place.
function patchChildren(parent, fresh) {
  const keyed = new Map([...parent.children].filter(keyOf).map((child) => [keyOf(child), child]));
  let here = parent.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    const key = keyOf(wanted);
    const found = key ? keyed.get(key) : here;
    if (found && alike(found, wanted)) {
      patch(found, wanted);
      if (found === here) here = here.nextSibling;
      else parent.insertBefore(found, here);
      continue;
    }
    const born = document.importNode(wanted, true);
    parent.insertBefore(born, here);
    if (here && !key && !keyOf(here)) {
      const gone = here;
      here = here.nextSibling;
      gone.remove();
    }
  }
  while (here) {
    const gone = here;
    here = here.nextSibling;
    gone.remove();
  }
}

// Whether a control on the way to what has the focus needs a key itself.
function isNeeded({ key }, path) {
  const within = (selector) => path.some((node) => node.matches(selector));
  if (within(NEED_ALL_KEYS)) return true;
  if (key === " " && within(NEED_SPACE)) return true;
  return (key.length > 1 || key === " ") && within(NEED_NAMED_KEYS) && !within(".st-key-walk");
}

// A role (a whole unit, a whole column) goes before the numbers inside it. In a chart over steps the
// place across says which step.
function choiceAt({ target, clientX }) {
  const element = CHOOSABLE.map((selector) => target.closest?.(selector)).find(Boolean);
  if (!element) return null;
  const given = REPORTED.filter((name) => element.dataset[name] !== undefined);
  const choice = Object.fromEntries(given.map((name) => [name, element.dataset[name]]));
  const t = choice.t ?? stepAt(element, clientX);
  return t ? { ...choice, t: String(t) } : choice;
}

// What the pointer reads off a chart: the exact numbers of its row at its step, or at a place with a name of its own.
function readOff(target, clientX) {
  const row = target.closest?.("[data-steps]");
  const t = row && stepAt(target, clientX);
  if (!t) return null;
  const said = [...row.querySelectorAll("[data-values]")].filter((e) => e.dataset.alone === undefined || e === target);
  const head = row.dataset.heads?.split("|")[t - 1] ?? `t = ${t + Number(row.dataset.before ?? 0)}`;
  const hint = target.closest(".live [data-hint]")?.dataset.hint;
  return [head, ...said.map(({ dataset: { name, values } }) => `${name} ${values.split(" ")[t - 1].replace("-", "−")}`), ...(hint ? [hint] : [])];
}

function showTip(tip, { target, clientX, clientY, pointerType }) {
  const lines = pointerType === "touch" ? null : readOff(target, clientX);
  tip.hidden = !lines;
  if (!lines) return;
  if (tip.textContent !== lines.join("\n")) tip.textContent = lines.join("\n");
  const { width, height } = tip.getBoundingClientRect();
  const left = clientX + 14 + width > innerWidth ? clientX - 14 - width : clientX + 14;
  const zoom = tip.currentCSSZoom ?? 1; // in presenter mode; lengths of the style are multiplied by it
  tip.style.translate = `${Math.max(left, 0) / zoom}px ${Math.max(clientY - height - 8, 0) / zoom}px`;
}

// A slider in a picture goes where the keys take it, and is brought up to date by the answer.
const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: -1, PageDown: 1, Home: -Infinity, End: Infinity };

function slide(event, picture) {
  const slider = event.target.closest?.("[role=slider]");
  if (!slider || !(event.key in STEPS)) return;
  event.preventDefault();
  // An answer to an earlier key may have set it back: what counts is where the last key took it.
  const to = (picture.aimed ?? Number(slider.ariaValueNow)) + STEPS[event.key];
  const aimed = Math.min(Math.max(to, slider.ariaValueMin), slider.ariaValueMax);
  picture.aimed = aimed;
  setTimeout(() => picture.aimed === aimed && (picture.aimed = null), PATIENCE);
  slider.ariaValueNow = aimed;
  picture.report({ role: slider.dataset.role, t: slider.ariaValueNow });
}

// One report of keys under way; what was pressed meanwhile goes out together when the answer is there.
function flush(picture) {
  if (!picture.pressed.length || performance.now() < picture.waiting) return;
  const [value] = picture.pressed;
  const others = picture.pressed.findIndex((other) => other !== value);
  const index = others < 0 ? picture.pressed.length : others;
  picture.pressed.splice(0, index);
  picture.waiting = performance.now() + PATIENCE;
  picture.report({ role: "key", value, index: String(index) });
  setTimeout(() => flush(picture), PATIENCE);
}

function mount(parent) {
  const root = document.createElement("div");
  root.className = "picture";
  const tip = document.createElement("div");
  Object.assign(tip, { className: "tip", hidden: true });
  const gone = new AbortController();
  const picture = { root, tip, gone, report: null, keys: {}, fresh: null, pressed: [], aimed: null, waiting: 0, shown: -HURRY };
  picture.grab = makeGrab(root, (choice) => picture.report?.(choice), gone.signal);
  const pressKey = (value) => {
    picture.pressed.push(value);
    flush(picture);
  };
  picture.play = makePlay(root, pressKey, gone.signal);
  const choose = (event) => {
    const choice = picture.report && choiceAt(event);
    if (!choice) return;
    event.preventDefault();
    picture.report(choice);
  };
  const unmodified = (event) => !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
  const plain = (event) => unmodified(event) && !event.repeat;
  root.addEventListener("click", choose);
  root.addEventListener("keydown", (event) => {
    if (plain(event) && (event.key === "Enter" || event.key === " ")) choose(event);
    if (picture.report && unmodified(event)) slide(event, picture);
  });
  root.addEventListener("pointermove", (event) => showTip(tip, event));
  root.addEventListener("pointerleave", () => (tip.hidden = true));
  const pressed = (event) => {
    const name = [event.key, event.code].find((name) => Object.hasOwn(picture.keys, name));
    const value = picture.keys[name];
    const path = event.composedPath().filter((node) => node.matches);
    // A sign such as ? may need the shift key.
    const isSign = event.shiftKey && name === event.key && !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat;
    if (!value || isNeeded(event, path) || event.defaultPrevented || !(plain(event) || isSign) || !picture.report) return;
    event.preventDefault();
    event.stopPropagation();
    pressKey(value);
  };
  document.addEventListener("keydown", pressed, { signal: gone.signal, capture: true });
  parent.append(root, tip);
  const resized = new ResizeObserver(([{ contentRect: { width } }]) => {
    root.dataset.fits = Object.keys(FITS).find((name) => FITS[name](width)) ?? "";
    if (picture.fresh) patchChildren(root, picture.fresh);
    tellRoom(picture);
  });
  resized.observe(root);
  gone.signal.addEventListener("abort", () => resized.disconnect());
  pictures.set(parent, picture);
  return picture;
}

// Of a picture in two arrangements Python sends the one that fits, once it knows which.
function tellRoom(picture) {
  const { root, report, told } = picture;
  const { fits } = root.dataset;
  const sent = arrangements(root).map((e) => e.className);
  if (!sent.length || !fits || !report || fits === told || (sent.length === 1 && sent[0] === fits)) return;
  picture.told = fits;
  report({ role: "room", value: fits });
}

// A picture of one step says which; NaN where there is none.
const stepShown = (root) => Number((inSight(root) ?? root).querySelector("svg")?.dataset.t ?? NaN);

export default function ({ data, parentElement, setTriggerValue, setStateValue }) {
  const [sent, listens, height, keys, , [key, digest], grabs] = data ?? ["", false, null, {}, 0, []];
  const picture = pictures.get(parentElement) ?? mount(parentElement);
  picture.report = listens ? (choice) => setTriggerValue("chosen", choice) : null;
  picture.keys = keys ?? {};
  picture.root.classList.toggle("live", Boolean(listens));
  picture.root.style.setProperty("--most", height ?? "none");
  const now = performance.now();
  picture.root.classList.toggle("hurried", now - picture.shown < HURRY);
  picture.shown = now;
  const before = stepShown(picture.root);
  const markup = whole(sent, key, digest);
  if (markup !== null || !picture.fresh) {
    picture.fresh = new DOMParser().parseFromString(markup ?? "", "text/html").body;
  }
  const focused = picture.root.getRootNode().activeElement;
  const within = focused && picture.root.contains(focused);
  patchChildren(picture.root, picture.fresh);
  // What had the focus may be gone: its successor is the first that can be chosen.
  if (within && !picture.root.contains(focused)) picture.root.querySelector('[tabindex="0"]')?.focus();
  picture.root.classList.toggle("onward", stepShown(picture.root) === before + 1);
  if (Number(picture.root.querySelector("[role=slider]")?.ariaValueNow) === picture.aimed) picture.aimed = null;
  picture.waiting = 0;
  flush(picture);
  picture.play.shown();
  picture.grab.show(grabs, (report) => setStateValue("moved", report));
  return () => {
    // Called for an answer that a newer one overtook, too: then the picture lives on.
    if (parentElement.isConnected) return;
    picture.gone.abort();
    pictures.delete(parentElement);
    picture.root.remove();
    picture.tip.remove();
  };
}
