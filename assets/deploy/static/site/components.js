// The project's own components, each in a shadow of its own, called as Streamlit calls them.
import { overWorker } from "./line.js";
import { send } from "./messages.js";
import { element, kinds } from "./tree.js";

const HOME = new URL("components/", import.meta.url);
const file = (script, ending) => new URL(`${script}.${ending}`, HOME);
const scripts = new Map(); // script -> module, or the promise of one

async function fetched(script) {
  scripts.set(script, await import(file(script, "js")));
}

const call = (box) => {
  const { id, k, data, name, script } = box.node;
  if (!box.isConnected) return;
  box.after?.();
  box.after = scripts.get(script).default({
    name,
    key: k,
    data,
    parentElement: box.parent,
    setStateValue: (name, value) => send({ id, name, value }),
    setTriggerValue: (name, value) => send({ id, name, value, trigger: true }),
    line: overWorker,
  });
};

kinds.component = element("stBidiComponent", '<div data-testid="stBidiComponentIsolated"></div>', {
  wire: (box, inner) => {
    const shadow = inner.firstChild.attachShadow({ mode: "open" });
    box.parent = document.createElement("div");
    shadow.append(box.parent);
  },
  show: (box, node) => {
    const { script, styled } = node;
    if (styled && !box.styled) {
      const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: file(script, "css") });
      box.parent.before(sheet);
      box.styled = true;
    }
    if (scripts.get(script)?.default) call(box);
    else {
      if (!scripts.has(script)) scripts.set(script, fetched(script));
      Promise.resolve(scripts.get(script)).then(() => call(box));
    }
  },
  gone: (box) => box.after?.(),
});
