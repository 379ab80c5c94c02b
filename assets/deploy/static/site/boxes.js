// What opens, what takes files, what leads elsewhere.
import { hint, LABEL, labelled } from "./fields.js";
import { said } from "./said.js";
import { showLine } from "./text.js";
import { block, element, kinds } from "./tree.js";

const LARGEST = 40; // MB, as server.maxUploadSize in .streamlit/config.toml

export function boxes(send) {
  const give = async (box, given) => {
    const files = [...given].filter(({ size }) => size <= LARGEST * 1e6);
    const [large] = [...given].filter(({ size }) => size > LARGEST * 1e6);
    box.inner.querySelector(".given").textContent = large ? said().large(large.name, LARGEST) : "";
    if (files.length) send({ id: box.node.id, value: await Promise.all(files.map(async (file) => [file.name, new Uint8Array(await file.arrayBuffer())])) });
  };
  kinds.file_uploader = element("stFileUploader", `${LABEL}<section data-testid="stFileUploaderDropzone"><input type="file" hidden><button type="button" kind="secondary"></button><span class="given"></span></section>`, {
    wire: (box, inner) => {
      const zone = inner.lastChild;
      [box.input] = zone.children;
      zone.children[1].onclick = () => box.input.click();
      box.input.onchange = () => box.input.files.length && give(box, box.input.files);
      zone.ondragover = (event) => event.preventDefault();
      zone.ondrop = (event) => (event.preventDefault(), give(box, box.node.accept_multiple_files ? event.dataTransfer.files : [...event.dataTransfer.files].slice(0, 1)));
    },
    show: (box, node) => {
      labelled(box, node, box.input);
      box.input.multiple = Boolean(node.accept_multiple_files);
      box.input.accept = [node.type ?? []].flat().map((ending) => `.${ending}`).join();
    },
  });

  kinds.expander = block('<div data-testid="stExpander" class="stExpander"><details><summary><span class="text"></span></summary><div class="stVerticalBlock" data-gap="small" data-testid="stExpanderDetails"></div></details></div>', {
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
    inner: (box) => box.details.lastChild,
  });
  kinds.popover = block('<div data-testid="stPopover" class="stPopover"><button type="button" kind="secondary" aria-expanded="false" aria-haspopup="true"></button><div class="over stVerticalBlock" data-gap="small" data-testid="stPopoverBody" hidden></div></div>', {
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
    show: (box, { label, type }) => {
      box.inner.firstChild.setAttribute("kind", type);
      showLine(box.inner.firstChild, label);
    },
    inner: (box) => box.inner.lastChild,
  });

  kinds.link_button = element("stLinkButton", '<a target="_blank" rel="noopener" kind="secondary"></a>', {
    width: "content",
    show: (box, { label, url, help }) => {
      box.inner.firstChild.href = url;
      showLine(box.inner.firstChild, label);
      hint(box.inner.firstChild, help);
    },
  });
}
