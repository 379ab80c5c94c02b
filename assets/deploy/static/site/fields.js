// What the reader turns, types and presses: each change is sent as { id, value }.
import { showLine } from "./text.js";
import { blockKind, element, kinds, make } from "./tree.js";
import { comboBox } from "./combo.js";

const LABEL = '<label data-testid="stWidgetLabel"><span class="text"></span><span class="help" tabindex="0" hidden>?</span></label>';

// Over a field stands its label and, as a question mark, its help.
function labelled(box, { label, help, labelled }, control) {
  const [text, mark] = box.querySelector("[data-testid=stWidgetLabel]").children;
  text.parentElement.hidden = labelled === "collapsed" || labelled === "hidden";
  showLine(text, label ?? "");
  hint(mark, help);
  if (control) control.ariaLabel = text.textContent;
}

function hint(element, help) {
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

  kinds.form = blockKind("stForm", null, { show: (box, { border }) => (box.classList.add("stVerticalBlock"), box.classList.toggle("bordered", Boolean(border))) });

  const button = (name, press) =>
    element(name, '<button type="button"></button>', {
      width: "content",
      wire: (box, inner) => (inner.firstChild.onclick = () => press(box)),
      show: (box, { label, help, look, off, submits }) => {
        const control = box.inner.firstChild;
        const kind = submits ? `${look}FormSubmit` : look;
        control.setAttribute("kind", kind);
        control.dataset.testid = `stBaseButton-${kind}`;
        control.disabled = Boolean(off);
        showLine(control, label);
        hint(control, help);
      },
    });
  kinds.button = button("stButton", (box) => {
    const form = box.node.submits && box.closest("[data-testid=stForm]");
    for (const event of staged.get(form) ?? []) send(event);
    staged.delete(form);
    send({ id: box.node.id });
  });
  kinds.download = button("stDownloadButton", ({ node: { id, file, mime, runs } }) => {
    ask({ kind: "file", id, file, mime });
    if (runs) send({ id });
  });

  kinds.select = element("stSelectbox", `${LABEL}<div class="combo"></div>`, {
    wire: (box) => (box.combo = comboBox(box.inner.lastChild, (k) => change(box, k))),
    show: (box, node) => {
      labelled(box, node, box.combo.input);
      box.combo.show(node.options, [node.value], Boolean(node.off));
    },
  });
  kinds.several = element("stMultiSelect", `${LABEL}<div class="combo"></div>`, {
    wire: (box) => (box.combo = comboBox(box.inner.lastChild, (values) => change(box, values), true)),
    show: (box, node) => {
      labelled(box, node, box.combo.input);
      box.combo.input.placeholder = node.value.length ? "" : (node.placeholder ?? "");
      box.combo.show(node.options, node.value, Boolean(node.off), node.most);
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
      group.classList.toggle("row", Boolean(node.row));
      const all = options(box, group, node, (k) => {
        const one = make('<label data-testid="stRadioOption"><input type="radio"><span class="text"></span></label>');
        one.firstChild.onchange = () => change(box, k);
        return one;
      });
      all.forEach((one, k) => {
        Object.assign(one.firstChild, { name: node.id, checked: k === node.value, disabled: Boolean(node.off) });
        showLine(one.lastChild, node.options[k]);
      });
    },
  });
  kinds.segments = element("stButtonGroup", `${LABEL}<div role="radiogroup" class="segments"></div>`, {
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
        one.disabled = Boolean(node.off);
        one.tabIndex = k === (node.value ?? 0) ? 0 : -1;
        showLine(one, node.options[k]);
      });
    },
  });

  kinds.slider = element("stSlider", `${LABEL}<div class="track"><output data-testid="stSliderThumbValue"></output><input type="range"><div class="ends" data-testid="stSliderTickBar"><span></span><span></span></div></div>`, {
    wire: (box, inner) => {
      [box.output, box.input, box.ends] = inner.lastChild.children;
      box.input.oninput = () => told(box);
      box.input.onchange = () => box.input.valueAsNumber !== box.node.value && change(box, box.input.valueAsNumber);
    },
    show: (box, node) => {
      const { min, max, step, value, off } = node;
      labelled(box, node, box.input);
      Object.assign(box.input, { min, max, step, disabled: Boolean(off) });
      if (document.activeElement !== box.input || !box.input.matches(":active")) box.input.value = value;
      [box.ends.firstChild.textContent, box.ends.lastChild.textContent] = [decimals(min, step), decimals(max, step)];
      told(box);
    },
  });

  const typed = (name, type, wire, show) =>
    element(name, `${LABEL}<div class="typed"><input type="${type}"></div>`, {
      wire: (box, inner) => {
        box.input = inner.lastChild.firstChild;
        wire(box);
      },
      show: (box, node) => {
        labelled(box, node, box.input);
        box.input.disabled = Boolean(node.off);
        if (box.sent !== node.value || document.activeElement !== box.input) box.input.value = box.sent = node.value;
        show(box, node);
      },
    });
  const toNumber = (box, wanted) => {
    const { min, max, value } = box.node;
    box.input.value = box.sent = Number.isFinite(wanted) ? Math.min(Math.max(wanted, min ?? -Infinity), max ?? Infinity) : value;
    if (Number(box.input.value) !== value) change(box, Number(box.input.value));
  };
  kinds.number = typed("stNumberInput", "number",
    (box) => {
      box.input.onchange = () => toNumber(box, box.input.valueAsNumber);
      box.steps = [["−", -1], ["+", 1]].map(([sign, by]) => {
        const one = make(`<button type="button" tabindex="-1" aria-hidden="true">${sign}</button>`);
        one.onclick = () => toNumber(box, box.input.valueAsNumber + by * box.node.step);
        return one;
      });
      box.input.after(...box.steps);
    },
    (box, { min, max, step, value, off }) => {
      Object.assign(box.input, { min, max, step });
      [value <= min, value >= max].forEach((end, k) => (box.steps[k].disabled = Boolean(off || end)));
    },
  );
  kinds.text = typed("stTextInput", "text",
    (box) => (box.input.onchange = () => change(box, (box.sent = box.input.value))),
    (box, { most }) => most && (box.input.maxLength = most),
  );
  kinds.check = element("stCheckbox", '<label><input type="checkbox"><span class="text"></span></label>', {
    width: "content",
    wire: (box, inner) => {
      box.input = inner.querySelector("input");
      box.input.onchange = () => change(box, box.input.checked);
    },
    show: (box, { label, help, value, switch: isSwitch }) => {
      box.input.checked = value;
      box.input.classList.toggle("switch", Boolean(isSwitch));
      if (isSwitch) box.input.setAttribute("role", "switch");
      showLine(box.inner.querySelector(".text"), label);
      hint(box.inner, help);
    },
  });

  const give = async (box, files) => change(box, await Promise.all([...files].map(async (file) => [file.name, new Uint8Array(await file.arrayBuffer())])));
  kinds.upload = element("stFileUploader", `${LABEL}<section data-testid="stFileUploaderDropzone"><input type="file" hidden><button type="button" kind="secondary"></button><span class="given"></span></section>`, {
    wire: (box, inner) => {
      const zone = inner.lastChild;
      [box.input] = zone.children;
      zone.children[1].onclick = () => box.input.click();
      box.input.onchange = () => box.input.files.length && give(box, box.input.files);
      zone.ondragover = (event) => event.preventDefault();
      zone.ondrop = (event) => (event.preventDefault(), give(box, box.node.several ? event.dataTransfer.files : [...event.dataTransfer.files].slice(0, 1)));
    },
    show: (box, node) => {
      labelled(box, node, box.input);
      box.input.multiple = Boolean(node.several);
      box.input.accept = node.endings.map((ending) => `.${ending}`).join();
      box.inner.querySelector(".given").textContent = [...box.input.files].map((file) => file.name).join(", ");
    },
  });

  kinds.expander = blockKind("stExpander", '<div data-testid="stExpander" class="stExpander"><details><summary><span class="text"></span></summary><div class="stVerticalBlock" data-gap="small" data-testid="stExpanderDetails"></div></details></div>', {
    wire: (box) => {
      box.querySelector("summary").onclick = (event) => {
        if (!box.node.listens) return;
        event.preventDefault();
        send({ id: box.node.id, value: !box.node.open });
      };
    },
    show: (box, { label, open, listens }) => {
      if (listens || box.firstChild.open === undefined) box.firstChild.open = Boolean(open);
      showLine(box.querySelector("summary .text"), label);
    },
    inner: (box) => box.firstChild.lastChild,
  });
  kinds.popover = blockKind("stPopover", '<div data-testid="stPopover" class="stPopover"><button type="button" kind="secondary" aria-expanded="false" aria-haspopup="true"></button><div class="over stVerticalBlock" data-gap="small" data-testid="stPopoverBody" hidden></div></div>', {
    width: "content",
    wire: (box) => {
      const [control, body] = box.children;
      const open = (yes) => ((body.hidden = !yes), (control.ariaExpanded = String(yes)));
      control.onclick = () => open(body.hidden);
      box.onkeydown = (event) => event.key === "Escape" && !body.hidden && (open(false), control.focus(), event.stopPropagation());
      document.addEventListener("pointerdown", (event) => box.contains(event.target) || open(false));
    },
    show: (box, { label }) => showLine(box.firstChild, label),
    inner: (box) => box.lastChild,
  });
}

const decimals = (value, step) => (Number.isInteger(step) ? String(value) : Number(value).toFixed(2));

function told(box) {
  const { min, max, step } = box.node;
  box.output.textContent = decimals(box.input.valueAsNumber, step);
  box.input.setAttribute("aria-valuetext", box.output.textContent);
  box.inner.lastChild.style.setProperty("--at", max > min ? (box.input.valueAsNumber - min) / (max - min) : 0);
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

kinds.link = element("stLinkButton", '<a target="_blank" rel="noopener" kind="secondary"></a>', {
  width: "content",
  show: (box, { label, url, help }) => {
    box.inner.firstChild.href = url;
    showLine(box.inner.firstChild, label);
    hint(box.inner.firstChild, help);
  },
});
