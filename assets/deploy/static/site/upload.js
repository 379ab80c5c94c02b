// A box that takes files; they go to Python and stay in this browser.
import { field } from "./fields.js";
import { send } from "./messages.js";
import { said } from "./said.js";
import { kinds } from "./tree.js";

const LARGEST = 40; // MB, as server.maxUploadSize in .streamlit/config.toml

async function give(box, given) {
  const files = [...given].slice(0, box.control.multiple ? undefined : 1);
  const taken = files.filter(({ size }) => size <= LARGEST * 1e6);
  const large = files.find((file) => !taken.includes(file));
  box.inner.querySelector(".given").textContent = large ? said("large", { name: large.name, most: LARGEST }) : "";
  const contents = taken.map(async (file) => [file.name, new Uint8Array(await file.arrayBuffer())]);
  if (taken.length) send({ id: box.node.id, value: await Promise.all(contents) });
}

const ZONE = `<section data-testid="stFileUploaderDropzone"><input type="file" hidden>
  <button type="button" kind="secondary"></button><span class="given"></span></section>`;

kinds.file_uploader = field("stFileUploader", ZONE, {
  wire: (box, inner) => {
    const zone = inner.lastChild;
    const [input, button] = zone.children;
    box.control = input;
    button.onclick = () => input.click();
    input.onchange = () => input.files.length && give(box, input.files);
    zone.ondragover = (event) => event.preventDefault();
    zone.ondrop = (event) => (event.preventDefault(), give(box, event.dataTransfer.files));
  },
  show: ({ control }, { type = [], accept_multiple_files: several }) => {
    control.multiple = Boolean(several);
    control.accept = [type].flat().map((ending) => `.${ending}`).join();
  },
});
