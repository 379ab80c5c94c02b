// What is pressed, and forms: what is changed in a form waits until its button is pressed.
import { link } from "./address.js";
import { ask, send } from "./messages.js";
import { showLine } from "./text.js";
import { block, element, kinds } from "./tree.js";

const staged = new Map(); // form -> changes that wait for its button

export function change(box, value) {
  const form = box.closest("form");
  const event = { id: box.node.id, value };
  if (form) staged.set(form, [...(staged.get(form) ?? []), event]);
  else send(event);
}

export function hint(element, help) {
  if (help) Object.assign(element, { title: help, ariaDescription: help === element.textContent ? null : help });
  else element.removeAttribute("title");
}

kinds.form = block('<form data-testid="stForm" class="stForm stVerticalBlock" data-gap="small"></form>', {
  wire: (box, inner) => (inner.onsubmit = (event) => event.preventDefault()),
  show: (box, { border }) => box.inner.classList.toggle("bordered", Boolean(border)),
});

const button = (name, press, submits = "") =>
  element(name, `<button type="${submits ? "submit" : "button"}"></button>`, {
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
kinds.button = button("stButton", press);
kinds.form_submit_button = button(
  "stButton",
  (box) => {
    const form = box.closest("form");
    for (const event of staged.get(form) ?? []) send(event);
    staged.delete(form);
    press(box);
  },
  "FormSubmit",
);
kinds.download_button = button("stDownloadButton", (box) => {
  const { id, file_name: file, mime, runs } = box.node;
  ask({ kind: "file", id, file, mime });
  if (runs) press(box);
});

kinds.link_button = element("stLinkButton", '<a target="_blank" rel="noopener" kind="secondary"></a>', {
  width: "content",
  show: (box, { label, url, help }) => {
    box.inner.firstChild.href = url;
    showLine(box.inner.firstChild, label);
    hint(box.inner.firstChild, help);
  },
});
kinds.page_link = element("stPageLink", "<a></a>", {
  width: "content",
  show: (box, { label, page }) => showLine(link(box.inner.firstChild, page), label),
});
