// Shows a picture that Python made, and reports what the reader chooses in it. A picture of a figure talks to the line
// of its page; any other one to the host alone.
import { announce } from "./announce.js";
import { makeTables, readAgain } from "./as_table.js";
import { makeMarkup } from "./changes.js";
import { returnFocus } from "./focus.js";
import { makeGrab, stepAt } from "./grab.js";
import { isPlain, isUnmodified, listenToKeys } from "./keys.js";
import { line } from "./line.js";
import { arrangements, fitting, inSight } from "./patch.js";
import { makePlay } from "./play.js";
import { makeSound } from "./sound.js";
import { lightIn } from "./symbols.js";
import { makeTip } from "./tip.js";

const CHOOSABLE = ["[data-role]", "[data-quantity]"];
const REPORTED = ["quantity", "t", "unit", "index", "role", "value"];
const HURRY = 400; // ms within which another change follows under a dragging hand: it is shown at once, without motion
const REST = 300; // ms after a key until the host is told
const PATIENCE = 1500; // ms until a report to the host counts as lost
const pictures = new WeakMap();

// A role (a whole unit, a whole column) goes before the numbers inside it. In a chart over steps the
// place across says which step.
function choiceAt({ target, clientX }) {
  const element = CHOOSABLE.map((selector) => target.closest?.(selector)).find(Boolean);
  if (!element) return null;
  const told = { ...element.closest("tr")?.dataset, ...element.dataset }; // a row of a table tells of its cells
  const given = REPORTED.filter((name) => told[name] !== undefined);
  const choice = Object.fromEntries(given.map((name) => [name, told[name]]));
  const t = choice.t ?? stepAt(element, clientX);
  return t ? { ...choice, t: String(t) } : choice;
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
  picture.choose({ role: slider.dataset.role, t: slider.ariaValueNow }, REST);
}

// To the host alone: one report of keys under way; what was pressed meanwhile goes out together when the answer is there.
function flush(picture) {
  if (!picture.pressed.length || performance.now() < picture.waiting) return;
  const [value] = picture.pressed;
  const others = picture.pressed.findIndex((other) => other !== value);
  const index = others < 0 ? picture.pressed.length : others;
  picture.pressed.splice(0, index);
  picture.waiting = performance.now() + PATIENCE;
  picture.choose({ role: "key", value, index: String(index) });
  setTimeout(() => flush(picture), PATIENCE);
}

function press(picture, value) {
  if (picture.name) return picture.choose({ role: "key", value }, REST);
  picture.pressed.push(value);
  flush(picture);
}

function mount(parent) {
  const root = document.createElement("div");
  root.className = "picture";
  const gone = new AbortController();
  const picture = { root, gone, name: null, choose: null, keys: {}, pressed: [], aimed: null, waiting: 0, shown: -HURRY };
  picture.tip = makeTip(root);
  picture.markup = makeMarkup(root);
  makeTables(root);
  makeGrab(root, (choice) => picture.choose?.(choice), gone.signal);
  picture.play = makePlay(root, (value) => press(picture, value), gone.signal);
  picture.sound = makeSound(root, gone.signal);
  const choose = (event) => {
    const choice = picture.choose && choiceAt(event);
    if (!choice) return;
    event.preventDefault();
    picture.choose(choice);
  };
  root.addEventListener("click", choose);
  root.addEventListener("keydown", (event) => {
    if (isPlain(event) && (event.key === "Enter" || event.key === " ") && event.target.localName !== "button") choose(event);
    if (picture.choose && isUnmodified(event)) slide(event, picture);
  });
  listenToKeys(() => (picture.choose ? picture.keys : {}), (value) => press(picture, value), gone.signal);
  parent.append(root, picture.tip);
  lightIn(root);
  returnFocus(root);
  const resized = new ResizeObserver(([{ contentRect: { width } }]) => {
    root.dataset.fits = fitting(width);
    picture.markup.refresh();
    tellRoom(picture);
  });
  resized.observe(root);
  gone.signal.addEventListener("abort", () => resized.disconnect());
  pictures.set(parent, picture);
  return picture;
}

// Of a picture in two arrangements Python sends the one that fits, once it knows which.
function tellRoom(picture) {
  const { root, choose, told } = picture;
  const { fits } = root.dataset;
  const sent = arrangements(root).map((e) => e.className);
  if (!sent.length || !fits || !choose || fits === told || (sent.length === 1 && sent[0] === fits)) return;
  picture.told = fits;
  choose({ role: "room", value: fits });
}

// A picture of one step says which; NaN where there is none.
const stepShown = (root) => Number((inSight(root) ?? root).querySelector("svg")?.dataset.t ?? NaN);

function show(picture, sent, ...digests) {
  const { root, markup } = picture;
  const now = performance.now();
  root.classList.toggle("hurried", now - picture.shown < HURRY);
  picture.shown = now;
  const before = stepShown(root);
  const focused = root.getRootNode().activeElement;
  const within = focused && root.contains(focused);
  markup.show(sent, ...digests);
  readAgain(root);
  const heard = root.querySelector("[data-heard]")?.textContent;
  if (heard && picture.heard && heard !== picture.heard) announce(heard);
  picture.heard = heard;
  // What had the focus may be gone: its successor is the first that can be chosen.
  if (within && !root.contains(focused)) root.querySelector('[tabindex="0"]')?.focus();
  root.classList.toggle("onward", stepShown(root) === before + 1);
  if (Number(root.querySelector("[role=slider]")?.ariaValueNow) === picture.aimed) picture.aimed = null;
  tellRoom(picture);
  picture.play.shown();
  picture.sound.shown();
  if (picture.name) root.dispatchEvent(new CustomEvent("stands", { detail: picture.name, bubbles: true, composed: true }));
}

// [markup, digest] or [markup]; whether it listens; how high it may be; key -> what it means; in a figure its name there,
// else the number of answers so far. `told` is [turn, number of the last report that the host took].
export default function ({ data, parentElement, setTriggerValue }) {
  const [sent, listens, height, keys, name, told] = data ?? [[""], false, null, {}, 0, null];
  const picture = pictures.get(parentElement) ?? mount(parentElement);
  const { root } = picture;
  if (typeof name === "string") {
    picture.name = name;
    picture.choose = (choice, after) => line.act({ ...choice, picture: name }, after);
    line.pictures.set(name, { digest: picture.markup.digest, show: (...changed) => show(picture, ...changed), of: picture });
    line.hostSays(...told, () => true);
  } else {
    picture.choose = listens ? (choice) => setTriggerValue("chosen", choice) : null;
  }
  picture.keys = keys ?? {};
  root.classList.toggle("live", Boolean(listens));
  root.style.setProperty("--most", height ?? "none");
  // While the reader is ahead of the host, the line's own answer follows.
  if (!picture.name || !line.isAhead() || picture.markup.isEmpty()) show(picture, ...sent);
  picture.waiting = 0;
  flush(picture);
  return () => {
    // Called for an answer that a newer one overtook, too: then the picture lives on.
    if (parentElement.isConnected) return;
    picture.gone.abort();
    pictures.delete(parentElement);
    if (line.pictures.get(picture.name)?.of === picture) line.pictures.delete(picture.name);
    root.remove();
    picture.tip.remove();
  };
}
