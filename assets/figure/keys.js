// Keys that lead through a picture, wherever the focus is, except in a control that needs the key itself.
const NEED_ALL_KEYS = "input:not([type=range], [type=radio], [type=checkbox]), textarea, select, [contenteditable], [role=combobox], [role=listbox], [role=menu], [role=dialog]";
const NEED_NAMED_KEYS = "input:not([type=checkbox]), [role=slider], [role=spinbutton], [role=radiogroup], [role=tablist], .katex-display"; // arrows and the like, but no letters and digits
const NEED_ESCAPE = "[aria-expanded=true], [data-testid=stPopoverBody], .over"; // what it closes itself
const NEED_SPACE = "button, summary, a, [role=button], [type=checkbox]";

// Streamlit says in a dialog that its server is gone, and gives it the focus in the middle of what is pressed.
const LOST = "Connection error";
const saysLost = (node) => node.matches("[role=dialog]") && node.querySelector("[slot=title]")?.textContent === LOST;

// Whether a control on the way to what has the focus needs a key itself.
function isNeeded({ key }, path) {
  if (path.some(saysLost)) return key === "Escape" || key === "Tab" || key === "Enter" || key === " ";
  const within = (selector) => path.some((node) => node.matches(selector));
  if (within(NEED_ALL_KEYS)) return true;
  if (key === "Escape") return within(NEED_ESCAPE);
  if (key === " " && within(NEED_SPACE) && !within(".walk")) return true; // a presenter's space bar goes on
  return (key.length > 1 || key === " ") && within(NEED_NAMED_KEYS) && !within(".walk");
}

export const isUnmodified = (event) => !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
export const isPlain = (event) => isUnmodified(event) && !event.repeat;

// `meant` returns what keys mean at present: key or code -> value. `press` takes the value of one that was pressed.
export function listenToKeys(meant, press, signal) {
  const pressed = (event) => {
    const keys = meant();
    const name = [event.key, event.code].find((name) => Object.hasOwn(keys, name));
    const value = keys[name];
    const path = event.composedPath().filter((node) => node.matches);
    // A sign such as ? may need the shift key.
    const isSign = event.shiftKey && name === event.key && !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat;
    if (!value || isNeeded(event, path) || event.defaultPrevented || !(isPlain(event) || isSign)) return;
    event.preventDefault();
    event.stopPropagation();
    press(value);
  };
  document.addEventListener("keydown", pressed, { signal, capture: true });
}
