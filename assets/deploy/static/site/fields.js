// What the reader turns, types and presses: each change is sent as { id, value }.
import { showLine } from "./text.js";
import { block, element, kinds, make } from "./tree.js";
import { comboBox } from "./combo.js";

export const LABEL = '<label data-testid="stWidgetLabel"><span class="text"></span><span class="help" tabindex="0" hidden>?</span></label>';

// Over a field stands its label and, as a question mark, its help.
export function labelled(box, { label, help, label_visibility }, control) {
  const [text, mark] = box.querySelector("[data-testid=stWidgetLabel]").children;
  text.parentElement.hidden = label_visibility === "collapsed";
  showLine(text, label ?? "");
  hint(mark, help);
  if (control) control.ariaLabel = text.textContent;
}

export function hint(element, help) {
  if ("hidden" in element && element.className === "help") element.hidden = !help;
  if (help) Object.assign(element, { title: help, ariaDescription: help });
  else element.removeAttribute("title");
}

export function fields(send, ask) {
  const staged = new Map(); // form -> values that wait for its button
  const change = (box, value) => {
    const form = box.closest("[data-testid=stForm]");
    const event = { id: box.node.id, value };
    if (form) staged.set(form, [...(staged.get(form) ?? []), event]);
    else send(event);
  };

  kinds.form = block('<div data-testid="stForm" class="stForm stVerticalBlock" data-gap="small"></div>', {
    wire: (box, inner) => {
      inner.onkeydown = (event) => {
        if (event.key !== "Enter" || !event.target.matches("input[type=text]:not([role])")) return;
        event.target.blur(); // what was typed counts
        inner.querySelector("button[kind$=FormSubmit]")?.click();
      };
    },
    show: (box, { border }) => box.inner.classList.toggle("bordered", Boolean(border)),
  });

  const button = (name, press, submits = "") =>
    element(name, '<button type="button"></button>', {
      width: "content",
      wire: (box, inner) => (inner.firstChild.onclick = () => press(box)),
      show: (box, { label, help, type = "secondary", disabled }) => {
        const control = box.inner.firstChild;
        control.setAttribute("kind", type + submits);
        control.dataset.testid = `stBaseButton-${type}${submits}`;
        control.disabled = Boolean(disabled);
        showLine(control, label);
        hint(control, help);
      },
    });
  const press = (box) => send({ id: box.node.id });
  const submit = (box) => {
    const form = box.closest("[data-testid=stForm]");
    for (const event of staged.get(form) ?? []) send(event);
    staged.delete(form);
    press(box);
  };
  kinds.button = button("stButton", press);
  kinds.form_submit_button = button("stButton", submit, "FormSubmit");
  kinds.download_button = button("stDownloadButton", ({ node: { id, file_name: file, mime, runs } }) => {
    ask({ kind: "file", id, file, mime });
    if (runs) send({ id });
  });

  kinds.selectbox = element("stSelectbox", `${LABEL}<div class="combo"></div>`, {
    wire: (box) => (box.combo = comboBox(box.inner.lastChild, (k) => change(box, k))),
    show: (box, node) => {
      labelled(box, node, box.combo.input);
      box.combo.show(node.options, [node.value], Boolean(node.disabled));
    },
  });
  kinds.multiselect = element("stMultiSelect", `${LABEL}<div class="combo"></div>`, {
    wire: (box) => (box.combo = comboBox(box.inner.lastChild, (values) => change(box, values), true)),
    show: (box, node) => {
      labelled(box, node, box.combo.input);
      box.combo.input.placeholder = node.value.length ? "" : (node.placeholder ?? "");
      box.combo.show(node.options, node.value, Boolean(node.disabled), node.max_selections);
    },
  });

  // One of a few: the same options keep their elements, so that the focus stays.
  const options = (box, holder, node, one) => {
    const text = JSON.stringify(node.options);
    if (box.options !== text) holder.replaceChildren(...node.options.map((_, k) => one(k)));
    box.options = text;
    return [...holder.children];
  };
  kinds.radio = element("stRadio", `${LABEL}<div role="radiogroup" data-testid="stRadioGroup"></div>`, {
    show: (box, node) => {
      const group = box.inner.lastChild;
      labelled(box, node, group);
      group.classList.toggle("row", Boolean(node.horizontal));
      const all = options(box, group, node, (k) => {
        const one = make('<label data-testid="stRadioOption"><input type="radio"><span class="text"></span></label>');
        one.firstChild.onchange = () => change(box, k);
        return one;
      });
      all.forEach((one, k) => {
        Object.assign(one.firstChild, { name: node.id, checked: k === node.value, disabled: Boolean(node.disabled) });
        showLine(one.lastChild, node.options[k]);
      });
    },
  });
  kinds.segmented_control = element("stButtonGroup", `${LABEL}<div role="radiogroup" class="segments"></div>`, {
    width: "content",
    wire: (box, inner) => (inner.lastChild.onkeydown = (event) => roam(event, inner.lastChild)),
    show: (box, node) => {
      const group = box.inner.lastChild;
      labelled(box, node, group);
      const all = options(box, group, node, (k) => {
        const one = make('<button type="button" role="radio"></button>');
        one.onclick = () => change(box, k === box.node.value && !box.node.required ? null : k);
        return one;
      });
      all.forEach((one, k) => {
        one.ariaChecked = String(k === node.value);
        one.disabled = Boolean(node.disabled);
        one.tabIndex = k === (node.value ?? 0) ? 0 : -1;
        showLine(one, node.options[k]);
      });
    },
  });

  // A number, or two numbers that are the ends of a range: a thumb for each.
  kinds.slider = element("stSlider", `${LABEL}<div class="track"><div class="ends" data-testid="stSliderTickBar"><span></span><span></span></div></div>`, {
    wire: (box, inner) => ((box.thumbs = []), (box.ends = inner.lastChild.firstChild)),
    show: (box, node) => {
      const { min_value: min, max_value: max, step, disabled } = node;
      const values = [node.value].flat();
      while (box.thumbs.length < values.length) box.thumbs.push(thumb(box));
      box.thumbs.forEach((input, k) => {
        labelled(box, node, input);
        Object.assign(input, { min, max, step, disabled: Boolean(disabled) });
        if (document.activeElement !== input || !input.matches(":active")) input.value = values[k];
      });
      [box.ends.firstChild.textContent, box.ends.lastChild.textContent] = [decimals(min, step), decimals(max, step)];
      told(box);
    },
  });
  const thumb = (box) => {
    const [output, input] = [make('<output data-testid="stSliderThumbValue"></output>'), make('<input type="range">')];
    box.ends.before(output, input);
    input.output = output;
    input.oninput = () => told(box);
    input.onchange = () => {
      const now = standing(box);
      if (String(now) !== String(box.node.value)) change(box, now.length > 1 ? now : now[0]);
    };
    return input;
  };

  const typed = (name, type, wire, show) =>
    element(name, `${LABEL}<div class="entry"><input type="${type}"></div>`, {
      wire: (box, inner) => {
        box.input = inner.lastChild.firstChild;
        wire(box);
      },
      show: (box, node) => {
        labelled(box, node, box.input);
        box.input.disabled = Boolean(node.disabled);
        if (box.sent !== node.value || document.activeElement !== box.input) box.input.value = box.sent = node.value;
        show(box, node);
      },
    });
  const toNumber = (box, wanted) => {
    const { min_value: min = -Infinity, max_value: max = Infinity, value, may_be_empty } = box.node;
    const taken = Number.isFinite(wanted) ? Math.min(Math.max(wanted, min), max) : may_be_empty ? null : value;
    box.input.value = box.sent = taken;
    if (taken !== value) change(box, taken);
  };
  kinds.number_input = typed("stNumberInput", "number",
    (box) => {
      box.input.onchange = () => toNumber(box, box.input.valueAsNumber);
      box.steps = [["−", -1], ["+", 1]].map(([sign, by]) => {
        const one = make(`<button type="button" tabindex="-1" aria-hidden="true">${sign}</button>`);
        one.onclick = () => toNumber(box, Number((box.input.valueAsNumber + by * box.node.step).toPrecision(12)));
        return one;
      });
      box.input.after(...box.steps);
    },
    (box, { min_value: min, max_value: max, step, value, disabled }) => {
      Object.assign(box.input, { min, max, step });
      [value <= min, value >= max].forEach((end, k) => (box.steps[k].disabled = Boolean(disabled || end)));
    },
  );
  kinds.text_input = typed("stTextInput", "text",
    (box) => (box.input.onchange = () => change(box, (box.sent = box.input.value))),
    (box, { max_chars: most, placeholder = "" }) => Object.assign(box.input, { maxLength: most ?? 524288, placeholder }),
  );
  kinds.text_area = element("stTextArea", `${LABEL}<div class="entry"><textarea></textarea></div>`, {
    wire: (box, inner) => {
      box.input = inner.lastChild.firstChild;
      box.input.onchange = () => change(box, (box.sent = box.input.value));
    },
    show: (box, node) => {
      labelled(box, node, box.input);
      Object.assign(box.input, { maxLength: node.max_chars ?? 524288 });
      box.input.style.height = `${(node.height ?? 100) - 28}px`;
      if (box.sent !== node.value || document.activeElement !== box.input) box.input.value = box.sent = node.value;
    },
  });
  const yesOrNo = (isSwitch) => element("stCheckbox", '<label><input type="checkbox"><span class="text"></span></label>', {
    width: "content",
    wire: (box, inner) => {
      box.input = inner.querySelector("input");
      box.input.onchange = () => change(box, box.input.checked);
    },
    show: (box, { label, help, value }) => {
      box.input.checked = value;
      box.input.classList.toggle("switch", isSwitch);
      if (isSwitch) box.input.setAttribute("role", "switch");
      showLine(box.inner.querySelector(".text"), label);
      hint(box.inner, help);
    },
  });
  kinds.checkbox = yesOrNo(false);
  kinds.toggle = yesOrNo(true);
}

const decimals = (value, step) => (Number.isInteger(step) ? String(value) : Number(value).toFixed(2));

const standing = (box) => box.thumbs.map((input) => input.valueAsNumber).sort((a, b) => a - b);

function told(box) {
  const { min_value: min, max_value: max, step } = box.node;
  const at = (value) => (max > min ? (value - min) / (max - min) : 0);
  for (const input of box.thumbs) {
    input.output.textContent = decimals(input.valueAsNumber, step);
    input.output.style.setProperty("--at", at(input.valueAsNumber));
    input.setAttribute("aria-valuetext", input.output.textContent);
  }
  const now = standing(box);
  const { style } = box.inner.lastChild;
  style.setProperty("--from", now.length > 1 ? at(now[0]) : 0);
  style.setProperty("--to", at(now.at(-1)));
}

// The arrow keys go from one button of a group to the next, as in a group of radio buttons.
function roam(event, group) {
  const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
  const all = [...group.children];
  const here = all.indexOf(event.target.closest("button"));
  if (!by || here < 0) return;
  event.preventDefault();
  const next = all[(here + by + all.length) % all.length];
  next.focus();
  next.click();
}
