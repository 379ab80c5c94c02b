// One or several of a list: boxes that open, radio buttons, buttons in a row.
import { comboBox } from "./combo.js";
import { field } from "./fields.js";
import { change } from "./form.js";
import { showLine } from "./text.js";
import { kinds, make } from "./tree.js";

const list = (name, several, show) =>
  field(name, '<div class="combo"></div>', {
    wire: (box, inner) => {
      box.combo = comboBox(inner.lastChild, (chosen) => change(box, chosen), several);
      box.control = box.combo.input;
    },
    show: (box, node) => show(box.combo, node),
  });
kinds.selectbox = list("stSelectbox", false, (combo, { options, value, disabled }) =>
  combo.show(options, [value], Boolean(disabled)),
);
kinds.multiselect = list("stMultiSelect", true, (combo, { options, value, disabled, max_selections, placeholder }) => {
  combo.input.placeholder = value.length ? "" : (placeholder ?? "");
  combo.show(options, value, Boolean(disabled), max_selections);
});

// The same options keep their elements, so that the focus stays.
const few = (name, html, { option, chosen, ...more }) =>
  field(name, html, {
    show: (box, node) => {
      const group = box.inner.lastChild;
      const text = JSON.stringify(node.options);
      if (box.options !== text) group.replaceChildren(...node.options.map((_, k) => option(box, k)));
      box.options = text;
      group.classList.toggle("row", Boolean(node.horizontal));
      [...group.children].forEach((one, k) => {
        showLine(one.querySelector(".text") ?? one, node.options[k]);
        chosen(one, k === node.value, node, k);
      });
    },
    ...more,
  });

kinds.radio = few("stRadio", '<div role="radiogroup" data-testid="stRadioGroup"></div>', {
  option: (box, k) => {
    const one = make('<label data-testid="stRadioOption"><input type="radio"><span class="text"></span></label>');
    one.firstChild.onchange = () => change(box, k);
    return one;
  },
  chosen: (one, checked, { id: name }) => Object.assign(one.firstChild, { name, checked }),
});

kinds.segmented_control = few("stButtonGroup", '<div role="radiogroup" class="segments"></div>', {
  width: "content",
  wire: (_, inner) => (inner.lastChild.onkeydown = roam),
  option: (box, k) => {
    const one = make('<button type="button" role="radio"></button>');
    one.onclick = () => change(box, k === box.node.value && !box.node.required ? null : k);
    return one;
  },
  chosen: (one, checked, { value, disabled }, k) => {
    one.ariaChecked = String(checked);
    one.disabled = Boolean(disabled);
    one.tabIndex = k === (value ?? 0) ? 0 : -1;
  },
});

// The arrow keys go from one button of a group to the next, as in a group of radio buttons.
function roam(event) {
  const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
  const all = [...event.currentTarget.children];
  const here = all.indexOf(event.target.closest("button"));
  if (!by || here < 0) return;
  event.preventDefault();
  const next = all[(here + by + all.length) % all.length];
  next.focus();
  next.click();
}
