// What the reader types and ticks: each change is sent as { id, value }. Over a field stands its label.
import { change, hint } from "./form.js";
import { showLine } from "./text.js";
import { element, kinds, make } from "./tree.js";

const LABEL =
  '<label data-testid="stWidgetLabel"><span class="text"></span><span class="help" tabindex="0">?</span></label>';

// `html` is what stands under the label; what a reader takes hold of there, or several of it, is in `control`.
export const field = (name, html, { show, ...more }) =>
  element(name, `${LABEL}${html}`, {
    show: (box, node) => {
      show(box, node);
      const label = box.inner.firstChild;
      const [text, mark] = label.children;
      label.hidden = node.label_visibility === "collapsed";
      showLine(text, node.label ?? "");
      mark.hidden = !node.help;
      hint(mark, node.help);
      for (const one of [box.control ?? box.inner.lastChild].flat()) one.ariaLabel = text.textContent;
    },
    ...more,
  });

// What is being typed is not overwritten by a run that still knows the old value.
const typed = (name, html, wire, show) =>
  field(name, `<div class="entry">${html}</div>`, {
    wire: (box, inner) => {
      box.control = inner.lastChild.firstChild;
      wire(box, box.control);
    },
    show: (box, node) => {
      show(box.control, node, box);
      box.control.disabled = Boolean(node.disabled);
      if (box.sent !== node.value || document.activeElement !== box.control) box.control.value = box.sent = node.value;
    },
  });

const text = (name, html) =>
  typed(
    name,
    html,
    (box, input) => (input.onchange = () => change(box, (box.sent = input.value))),
    (input, { max_chars, placeholder = "", height }) => {
      Object.assign(input, { maxLength: max_chars ?? 524288, placeholder });
      if (height) input.style.height = `${height - 28}px`; // Streamlit counts the label
    },
  );
kinds.text_input = text("stTextInput", '<input type="text">');
kinds.text_area = text("stTextArea", "<textarea></textarea>");

const toNumber = (box, wanted) => {
  const { min_value: min = -Infinity, max_value: max = Infinity, value, may_be_empty } = box.node;
  const taken = Number.isFinite(wanted) ? Math.min(Math.max(wanted, min), max) : may_be_empty ? null : value;
  box.control.value = box.sent = taken;
  if (taken !== value) change(box, taken);
};
kinds.number_input = typed(
  "stNumberInput",
  '<input type="number">',
  (box, input) => {
    input.onchange = () => toNumber(box, input.valueAsNumber);
    box.steps = [["−", -1], ["+", 1]].map(([sign, by]) => {
      const one = make(`<button type="button" tabindex="-1" aria-hidden="true">${sign}</button>`);
      one.onclick = () => toNumber(box, Number((input.valueAsNumber + by * box.node.step).toPrecision(12)));
      return one;
    });
    input.after(...box.steps);
  },
  (input, { min_value: min, max_value: max, step, value, disabled }, { steps }) => {
    Object.assign(input, { min, max, step });
    [value <= min, value >= max].forEach((end, k) => (steps[k].disabled = Boolean(disabled || end)));
  },
);

const yesOrNo = (attributes) =>
  element("stCheckbox", `<label><input type="checkbox" ${attributes}><span class="text"></span></label>`, {
    width: "content",
    wire: (box, inner) => {
      box.control = inner.firstChild.firstChild;
      box.control.onchange = () => change(box, box.control.checked);
    },
    show: (box, { label, help, value }) => {
      box.control.checked = value;
      showLine(box.control.nextSibling, label);
      hint(box.inner, help);
    },
  });
kinds.checkbox = yesOrNo("");
kinds.toggle = yesOrNo('class="switch" role="switch"');
