// Sliders that report under the hand.
import { makeReporter } from "../lstm.reporter/reporter.js";

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

function makeRow(panel, address) {
  const row = { address, value: NaN, show, move };
  let low, high, step, preset, fixed, before, start, grabbed;
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
    const text = written(row.value);
    range.value = row.value;
    range.ariaValueText = text;
    style.setProperty("--at", share(row.value));
    classList.toggle("changed", row.value !== preset);
    number.title = exact(row.value);
    if (before === undefined) number.value = text;
  }

  function move(value) {
    const old = row.value;
    row.value = Math.min(Math.max(value, low), high);
    draw();
    if (row.value !== old) panel.reporter.move(address, row.value);
  }

  // assets/style.css shows the diagram over the upper part of a phone while a slider in the lower part is in hand.
  const tellPlace = () =>
    range.getRootNode().host?.toggleAttribute("data-low", range.getBoundingClientRect().top > 0.4 * innerHeight);

  const reset = () => {
    move(preset);
    panel.reporter.settle();
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
    move(Number.isFinite(typed) ? typed : row.value);
    panel.reporter.settle();
  }

  listen(range, {
    input: () => move(clean(Math.round(range.valueAsNumber / step) * step)),
    change: panel.reporter.settle,
    blur: panel.reporter.settle,
    keyup: panel.reporter.settle,
    keydown: press,
    focus: tellPlace,
    pointerdown: ({ pointerId }) => {
      tellPlace();
      range.setPointerCapture(pointerId);
      panel.reporter.held = address;
      start = row.value;
    },
    pointercancel: () => move(start), // the finger scrolls
    lostpointercapture: () => {
      panel.reporter.held = null;
      panel.reporter.settle();
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
      number.value = before = exact(row.value);
      number.select();
    },
    click: () => number.value === before && number.select(),
    blur: take,
    keydown: type,
  });

  // What Python says; the value only where the reader has not moved on.
  function show(spec, free) {
    let parts, hue, hint;
    [, row.value, parts, low, high, step, preset, hue, hint] = free ? spec : spec.with(1, row.value);
    if (fixed !== (fixed = JSON.stringify(spec.slice(2)))) {
      const symbol = ([letter, index]) => [make("i", {}, letter), make("sub", {}, index)];
      label.replaceChildren(...parts.flatMap((part) => (Array.isArray(part) ? symbol(part) : part)));
      label.title = `${label.textContent}\n${hint}`;
      number.ariaLabel = label.textContent;
      Object.assign(range, { min: low, max: high });
      style.setProperty("--hue", hue || "var(--st-text-color)");
      style.setProperty("--zero", share(0));
      style.setProperty("--preset", share(preset));
    }
    draw();
  }
  return row;
}

function makePanel(parent) {
  const root = make("div", { className: "panel" });
  const reporter = makeReporter("sliders");
  const panel = { show, reporter };
  let rows = new Map();
  let layout;
  parent.append(root);

  function show([seq, turn, groups, locked]) {
    const specs = groups.flatMap((group) => group[1]);
    reporter.answer(seq, turn, (address) => specs.some((spec) => spec[0] === address));
    build(groups.map(([heading, specs]) => [heading, specs.map((spec) => spec[0])]));
    for (const spec of specs) {
      const row = rows.get(spec[0]);
      const waiting = reporter.waiting(spec[0]);
      if (waiting !== undefined) row.value = waiting;
      row.show(spec, spec[0] !== reporter.held && waiting === undefined);
    }
    for (const group of root.children) group.disabled = locked;
  }

  function build(wanted) {
    if (layout === (layout = JSON.stringify(wanted))) return;
    const addresses = wanted.flatMap((group) => group[1]);
    rows = new Map(addresses.map((address) => [address, rows.get(address) ?? makeRow(panel, address)]));
    const fieldset = ([heading, members]) =>
      make("fieldset", {}, make("legend", {}, heading), ...members.map((address) => rows.get(address).element));
    root.replaceChildren(...wanted.map(fieldset));
  }
  return panel;
}

export default function ({ data, parentElement, setStateValue }) {
  const panel = panels.get(parentElement) ?? makePanel(parentElement);
  panels.set(parentElement, panel);
  panel.reporter.post = (report) => setStateValue("moved", report);
  panel.show(data);
  return () => {
    // Also called for an answer that was overtaken.
    if (!parentElement.isConnected) panel.reporter.leave();
  };
}
