// One or several of a list, as a box that opens: the keys of a combobox, and what is typed narrows the list.
import { make } from "./tree.js";

let count = 0;

export function comboBox(holder, chosen, several = false) {
  const id = `options-${++count}`;
  holder.append(
    make(`<div role="group" class="field"><span class="tags"></span><input type="text" role="combobox" aria-autocomplete="list" aria-expanded="false" aria-controls="${id}" autocomplete="off" spellcheck="false"><button type="button" tabindex="-1" aria-hidden="true" class="arrow"></button></div>`),
    make(`<div role="listbox" id="${id}" hidden></div>`),
  );
  const [field, list] = holder.children;
  const [tags, input] = field.children;
  let options = [], values = [], most = null, at = -1;

  const shown = () => [...list.children].filter((one) => !one.hidden);
  const mark = (k) => {
    at = k;
    [...list.children].forEach((one) => one.classList.toggle("at", one === shown()[k]));
    shown()[k]?.scrollIntoView({ block: "nearest" });
    if (shown()[k]) input.setAttribute("aria-activedescendant", shown()[k].id);
  };
  const named = () => (several ? "" : (options[values[0]] ?? ""));
  const open = (yes) => {
    if (yes && input.disabled) return;
    if (yes && list.hidden) [...list.children].forEach((one, k) => (one.hidden = several && values.includes(k)));
    list.hidden = !yes;
    input.ariaExpanded = String(yes);
    if (yes) mark(Math.max(several ? 0 : shown().findIndex((one) => Number(one.dataset.k) === values[0]), 0));
    else {
      input.value = named();
      input.removeAttribute("aria-activedescendant");
    }
  };
  const take = (k) => {
    open(false);
    if (!several && k !== values[0]) chosen(k);
    if (several && !(most && values.length >= most)) chosen([...values, k]);
  };

  field.onpointerdown = (event) => {
    if (event.target.closest(".tag")) return;
    if (event.target !== input) event.preventDefault();
    input.focus();
    input.select();
    open(list.hidden);
  };
  input.onblur = () => open(false);
  input.oninput = () => {
    const typed = input.value.trim().toLowerCase();
    if (list.hidden) open(true);
    [...list.children].forEach((one, k) => (one.hidden = !options[k].toLowerCase().includes(typed) || (several && values.includes(k))));
    mark(0);
  };
  input.onkeydown = (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      if (list.hidden) (input.select(), open(true));
      else mark((at + by + shown().length) % shown().length);
    } else if (event.key === "Enter" && !list.hidden) {
      const one = shown()[at];
      if (one) take(Number(one.dataset.k));
    } else if (event.key === "Escape" && !list.hidden) open(false);
    else if (event.key === "Backspace" && several && !input.value && values.length) chosen(values.slice(0, -1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  list.onpointerdown = (event) => event.preventDefault(); // the focus stays in the field
  list.onclick = (event) => {
    const one = event.target.closest("[role=option]");
    if (one) take(Number(one.dataset.k));
  };

  return {
    input,
    show(all, now, off, limit = null) {
      if (JSON.stringify(all) !== JSON.stringify(options)) {
        list.replaceChildren(...all.map((text, k) => Object.assign(make(`<div role="option" id="${id}-${k}" data-k="${k}"></div>`), { textContent: text })));
      }
      [options, values, most] = [all, now.filter((k) => k !== null && k !== undefined), limit];
      input.disabled = off;
      [...list.children].forEach((one, k) => (one.ariaSelected = String(values.includes(k))));
      if (list.hidden) input.value = named();
      if (!several) return;
      tags.replaceChildren(
        ...values.map((k) => {
          const tag = make('<span class="tag"><span></span><button type="button" aria-label="×">×</button></span>');
          tag.firstChild.textContent = options[k];
          tag.lastChild.onclick = () => chosen(values.filter((other) => other !== k));
          return tag;
        }),
      );
    },
  };
}
