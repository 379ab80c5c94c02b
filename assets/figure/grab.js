// Numbers that a hand can grab in a picture: drag up and down, arrow keys, typing. They are marked by
// lstm_core/view/handles.py, and nothing is computed here: what a drag does comes back as another picture.
import { line } from "./line.js";

const KEYS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: 10, PageDown: -10 };
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const SLACK = 4; // pixels that a hand may move within a click

const grabbable = (target) => target?.closest?.("[data-grab]");
const plain = (text) => text.trim().replace("−", "-").replace(",", ".");

// In a chart over steps the place across says which step.
export function stepAt(element, clientX) {
  const steps = Number(element.closest?.("[data-steps]")?.dataset.steps);
  if (!steps || clientX === undefined) return undefined;
  const { left, width } = element.ownerSVGElement.getBoundingClientRect();
  return Math.min(Math.max(Math.ceil(((clientX - left) / width) * steps), 1), steps);
}

// `choose` reports a choice, as a click does. `signal` is aborted when the picture is taken away.
export function makeGrab(root, choose, signal) {
  let drag, input;
  const listen = (type, listener, options) => root.addEventListener(type, listener, { signal, ...options });

  // What is under the pointer, or has the focus: which number, where it stands, how far it goes.
  function taken(element, clientX) {
    const { grab, low, high, step, travel, values, now, t } = element.dataset;
    const at = t ?? stepAt(element, clientX);
    const address = grab.replace("*", at);
    const shown = now ?? (values ? values.split(" ")[at - 1] : element.getAttribute("aria-valuenow"));
    const scale = element.getScreenCTM()?.d || 1;
    return {
      element, address, at: Number(at), low: Number(low), high: Number(high), step: Number(step),
      value: line.waiting(address) ?? Number(shown), perPixel: (high - low) / (travel * scale),
    };
  }

  function move(number, value) {
    const within = Math.min(Math.max(value, number.low), number.high) + 0;
    if (number.element.hasAttribute("aria-valuenow")) number.element.setAttribute("aria-valuenow", within);
    if (within === number.value) return;
    number.value = within;
    line.move(number.address, within);
  }

  const stepped = ({ step }, value) => Number((Math.round(value / step) * step).toFixed(6));

  listen("pointerdown", (event) => {
    const element = grabbable(event.target);
    if (!element || event.button || drag) return;
    const number = taken(element, event.clientX);
    drag = { number, start: number.value, from: event.clientY, id: event.pointerId, drags: false };
  });

  // A finger on a number drags it and does not scroll. Chromium heeds no touch-action inside an SVG.
  listen("touchmove", (event) => drag && event.cancelable && event.preventDefault(), { passive: false });

  listen("pointermove", (event) => {
    if (drag?.id !== event.pointerId) return;
    const up = drag.from - event.clientY;
    if (!drag.drags && Math.abs(up) < SLACK) return;
    if (!drag.drags) {
      drag.drags = true;
      root.setPointerCapture(event.pointerId);
      root.classList.add("grabbing");
      line.dragged = drag.number.address;
    }
    move(drag.number, stepped(drag.number, drag.start + up * drag.number.perPixel));
  });

  function letGo(back) {
    if (!drag) return;
    const { number, start, drags } = drag;
    drag = null;
    if (!drags) return;
    root.classList.remove("grabbing");
    if (back) move(number, start);
    line.dragged = null;
    line.settle();
    // The click that ends a drag chooses nothing.
    const swallow = (event) => event.stopImmediatePropagation();
    root.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => root.removeEventListener("click", swallow, { capture: true }));
  }
  const ends = (event) => drag?.id === event.pointerId && letGo(event.type === "pointercancel");
  listen("pointerup", ends);
  listen("pointercancel", ends);
  addEventListener("pointerup", ends, { signal }); // a hand that left the picture before it dragged

  listen("keydown", (event) => {
    const element = grabbable(event.target);
    if (!element || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    const number = taken(element);
    const isCell = element.getAttribute("role") === "spinbutton";
    const goal = KEYS[key] ? number.value + KEYS[key] * number.step : { Home: number.low, End: number.high }[key];
    const types = /^[\d.,+−-]$/.test(key);
    if (goal === undefined && key !== "Enter" && !types) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (goal === undefined) type(number, types ? key : undefined);
    else if (isCell && (key === "ArrowLeft" || key === "ArrowRight")) choose({ role: "step", t: String(number.at + KEYS[key]) });
    else move(number, Number(goal.toFixed(6)));
  });
  listen("keyup", (event) => grabbable(event.target) && line.settle());
  listen("focusout", (event) => grabbable(event.target) && line.settle());
  listen("dblclick", (event) => {
    const element = grabbable(event.target);
    if (element) type(taken(element, event.clientX));
  });

  // A field for a number over the place of the number.
  function type(number, begun) {
    input?.blur();
    const { element, at } = number;
    const { left, top, width, height } = element.getBoundingClientRect();
    const steps = element.dataset.values && Number(element.closest("[data-steps]").dataset.steps);
    const wide = steps ? width / steps : width;
    const field = document.createElement("input");
    Object.assign(field, { className: "typed", autocomplete: "off", spellcheck: false, enterKeyHint: "done" });
    field.ariaLabel = element.getAttribute("aria-label") ?? element.dataset.name;
    const x = steps ? left + (at - 1) * wide : left;
    const zoom = element.currentCSSZoom ?? 1; // in presenter mode; lengths of the style are multiplied by it
    const [across, down] = [(x + wide / 2) / zoom - 32, (top + height / 2) / zoom - 14];
    Object.assign(field.style, { left: `${across}px`, top: `${down}px` });
    field.value = begun ?? String(number.value);
    let cancelled = false;
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape") cancelled = true;
      if (event.key === "Escape" || event.key === "Enter") field.blur();
    });
    field.addEventListener("blur", () => {
      if (input !== field) return;
      input = null;
      field.remove();
      if (!cancelled && NUMBER.test(plain(field.value))) move(number, Number(plain(field.value)));
      line.settle();
      if (element.isConnected) element.focus({ preventScroll: true });
    });
    input = field;
    root.parentNode.append(field);
    field.focus();
    if (begun === undefined) field.select();
  }

  signal.addEventListener("abort", () => input?.remove());
}
