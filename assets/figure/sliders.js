// Sliders that report to the page's line under the hand: numbers of the figure, and what is looked at, such as the step.
import { returnFocus } from "./focus.js";
import { line } from "./line.js";

const KEYS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: 10, PageDown: -10 };
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const panels = new WeakMap();

const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

const listen = (element, listeners) => {
  for (const type in listeners) element.addEventListener(type, listeners[type]);
};

const isLook = (address) => !address.includes(".");

// As lstm_core.rounding.text writes it.
function written(value) {
  const text = Math.abs(value) < 1e5 ? (Number(value.toFixed(2)) + 0).toFixed(2) : value.toExponential(1);
  return text.replace("-", "−");
}

function read(text) {
  const plain = text.trim().replace("−", "-").replace(",", ".");
  return NUMBER.test(plain) ? Number(plain) : NaN;
}

const exact = (value) => (read(written(value)) === value ? written(value) : String(value).replace("-", "−"));
const clean = (value) => Number(value.toFixed(6)) + 0;

function makeRow(address) {
  const row = { address, value: NaN, show, take: (value) => ((row.value = value), draw()) };
  let low, high, step, preset, fixed, before, start, grabbed;
  const shown = (value) => (step < 1 ? written(value) : String(value));
  const share = (value) => (Math.min(Math.max(value, low), high) - low) / (high - low);
  const label = make("label", { id: `label ${address}`, htmlFor: address });
  const number = make("input", { className: "number", autocomplete: "off", spellcheck: false, enterKeyHint: "done" });
  const range = make("input", { className: "range", type: "range", step: "any", id: address });
  const tick = (name) => make("span", { className: `tick ${name}` });
  const box = make("div", { className: "box" }, tick("zero"), tick("preset"), range);
  row.element = make("div", { className: "row" }, label, box, number);
  const { style, classList, dataset } = row.element;
  dataset.address = address;

  function draw() {
    const text = shown(row.value);
    range.value = row.value;
    range.ariaValueText = text;
    style.setProperty("--at", share(row.value));
    classList.toggle("changed", preset !== null && row.value !== preset);
    number.title = step < 1 ? exact(row.value) : text;
    if (before === undefined) number.value = text;
  }

  function move(value) {
    const old = row.value;
    row.value = Math.min(Math.max(value, low), high);
    draw();
    if (row.value === old) return;
    if (isLook(address)) line.look({ [address]: row.value });
    else line.move(address, row.value);
  }

  // assets/style.css shows the diagram over the upper part of a phone while a slider in the lower part is in hand.
  const tellPlace = () =>
    range.getRootNode().host?.toggleAttribute("data-low", range.getBoundingClientRect().top > 0.4 * innerHeight);

  const reset = () => {
    if (preset !== null) move(preset);
    line.settle();
  };

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    const goal = KEYS[key] ? clean(row.value + KEYS[key] * step) : { Home: low, End: high, Delete: preset }[key];
    if (goal === undefined && key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    if (key === "Enter") number.focus();
    else move(goal);
  }

  function type(event) {
    event.stopPropagation();
    if (event.key === "Escape") number.value = before;
    if (event.key === "Escape" || event.key === "Enter") range.focus();
  }

  function take() {
    const typed = number.value === before ? NaN : read(number.value);
    before = undefined;
    move(Number.isFinite(typed) ? (step < 1 ? typed : Math.round(typed / step) * step) : row.value);
    line.settle();
  }

  listen(range, {
    input: () => move(clean(Math.round(range.valueAsNumber / step) * step)),
    change: line.settle,
    blur: line.settle,
    keyup: () => (isLook(address) ? line.rest() : line.settle()),
    keydown: press,
    focus: tellPlace,
    pointerdown: () => {
      tellPlace();
      line.dragged = address;
      start = row.value;
      // The range captures the pointer itself. To capture it here would end the drag in WebKit.
      const released = new AbortController();
      const release = (event) => {
        released.abort();
        line.dragged = null;
        if (event.type === "pointercancel") move(start); // the finger scrolls
        line.settle();
      };
      for (const type of ["pointerup", "pointercancel"]) addEventListener(type, release, { signal: released.signal, capture: true });
    },
    mousedown: ({ detail, offsetX }) => {
      const centre = 9 + share(row.value) * (range.clientWidth - 18);
      if (detail < 2) grabbed = Math.abs(offsetX - centre) < 20;
    },
    dblclick: () => grabbed && reset(),
  });
  label.ondblclick = () => range.matches(":disabled") || reset();
  listen(number, {
    focus: () => {
      number.value = before = step < 1 ? exact(row.value) : shown(row.value);
      number.select();
    },
    click: () => number.value === before && number.select(),
    blur: take,
    keydown: type,
  });

  // What Python says; the value only where the reader has not moved on.
  function show(spec, free) {
    let parts, hue, hint;
    let locked;
    [, row.value, parts, low, high, step, preset, hue, hint, locked] = free ? spec : spec.with(1, row.value);
    range.disabled = number.disabled = locked;
    row.element.classList.toggle("locked", locked);
    if (fixed !== (fixed = JSON.stringify(spec.slice(2)))) {
      const symbol = ([letter, index]) => [make("i", {}, letter), make("sub", {}, index)];
      label.replaceChildren(...parts.flatMap((part) => (Array.isArray(part) ? symbol(part) : part)));
      label.title = `${label.textContent}\n${hint}`;
      number.ariaLabel = label.textContent;
      Object.assign(range, { min: low, max: high });
      style.setProperty("--hue", hue || "var(--st-text-color)");
      style.setProperty("--zero", share(0));
      style.setProperty("--preset", share(preset ?? low));
    }
    draw();
  }
  return row;
}

function makePanel(parent) {
  const root = make("div", { className: "panel" });
  const rows = new Map(); // address -> row
  parent.append(root);
  returnFocus(root);

  // What Python says; a row that the reader moved on since stays where it is.
  function show(specs) {
    const addresses = specs.map(([address]) => address);
    if (String(addresses) !== String([...rows.keys()])) {
      const kept = new Map(addresses.map((address) => [address, rows.get(address) ?? makeRow(address)]));
      rows.clear();
      for (const [address, row] of kept) rows.set(address, row);
      root.replaceChildren(...[...rows.values()].map((row) => row.element));
    }
    for (const spec of specs) {
      const [row, waiting] = [rows.get(spec[0]), line.waiting(spec[0])];
      if (waiting !== undefined) row.value = waiting;
      row.show(spec, spec[0] !== line.dragged && waiting === undefined);
    }
  }

  // What was moved elsewhere, such as an input in a picture.
  const move = (address, value) => address !== line.dragged && rows.get(address)?.take(value);
  return { show, move };
}

// The name of the panel in its figure, its sliders, and [turn, number of the last report that the host took].
export default function ({ data, parentElement }) {
  const panel = panels.get(parentElement) ?? makePanel(parentElement);
  const [name, specs, told] = data;
  panels.set(parentElement, panel);
  line.panels.set(name, panel);
  line.hostSays(...told, (address) => specs.some((spec) => spec[0] === address));
  panel.show(specs);
  return () => {
    // Also called for an answer that was overtaken.
    if (!parentElement.isConnected && line.panels.get(name) === panel) line.panels.delete(name);
  };
}
