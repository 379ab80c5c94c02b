// What opens over or in the page.
import { send } from "./messages.js";
import { showLine } from "./text.js";
import { block, kinds } from "./tree.js";

const INSIDE = 'class="stVerticalBlock" data-gap="small"';

kinds.expander = block(
  `<div data-testid="stExpander" class="stExpander"><details><summary><span class="text"></span></summary>
  <div ${INSIDE} data-testid="stExpanderDetails"></div></details></div>`,
  {
    wire: (box, inner) => {
      box.details = inner.firstChild;
      box.details.firstChild.onclick = (event) => {
        if (!box.node.listens) return;
        event.preventDefault();
        send({ id: box.node.id, value: !box.node.open });
      };
    },
    show: (box, { label, open, listens }) => {
      if (listens || box.shown === undefined) box.details.open = box.shown = Boolean(open);
      showLine(box.querySelector("summary .text"), label);
    },
    inner: (box) => box.details.lastElementChild,
  },
);

kinds.popover = block(
  `<div data-testid="stPopover" class="stPopover"><button type="button" aria-expanded="false" aria-haspopup="true">
  </button><div class="over stVerticalBlock" data-gap="small" data-testid="stPopoverBody" hidden></div></div>`,
  {
    width: "content",
    wire: (box, inner) => {
      const [control, body] = inner.children;
      const open = (yes) => {
        body.hidden = !yes;
        control.ariaExpanded = String(yes);
        body.style.translate = "";
        const over = body.getBoundingClientRect().right - document.documentElement.clientWidth + 16;
        if (yes && over > 0) body.style.translate = `${-over}px`;
      };
      control.onclick = () => open(body.hidden);
      inner.onkeydown = (event) => {
        if (event.key === "Escape" && !body.hidden) (open(false), control.focus(), event.stopPropagation());
      };
      document.addEventListener("pointerdown", (event) => inner.contains(event.target) || open(false));
    },
    show: ({ inner }, { label, type, disabled }) => {
      inner.firstChild.setAttribute("kind", type);
      inner.firstChild.disabled = Boolean(disabled);
      showLine(inner.firstChild, label);
    },
    inner: (box) => box.inner.lastChild,
  },
);

kinds.dialog = block(
  `<dialog data-testid="stDialog" class="stDialog"><div class="bar"><h2></h2>
  <button type="button" aria-label="×">×</button></div><div ${INSIDE}></div></dialog>`,
  {
    outer: "",
    wire: (box) => {
      box.querySelector("button").onclick = () => box.close();
      box.onclose = () => box.remove(); // another opens when Python asks for it again
      requestAnimationFrame(() => box.isConnected && !box.open && box.showModal());
    },
    show: (box, { title, width }) => {
      box.dataset.size = width;
      delete box.dataset.width;
      box.querySelector("h2").textContent = title;
    },
    inner: (box) => box.lastElementChild,
  },
);
