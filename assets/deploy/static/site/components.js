// The project's own components, each in a shadow of its own, called as Streamlit calls them.
import { send } from "./messages.js";
import { element, kinds } from "./tree.js";

const HOME = new URL("components/", import.meta.url);
const file = (name, ending) => new URL(`${name}/${name.replace(/.*\./, "")}.${ending}`, HOME);
const scripts = new Map(); // name -> module, or the promise of one

async function fetched(name) {
  const script = import(file(name, "js"));
  scripts.set(name, await script);
}

const call = (box) => {
  const { id, k, data, name } = box.node;
  if (!box.isConnected) return;
  box.after?.();
  box.after = scripts.get(name).default({
    name,
    key: k,
    data,
    parentElement: box.parent,
    setStateValue: (name, value) => send({ id, name, value }),
    setTriggerValue: (name, value) => send({ id, name, value, trigger: true }),
  });
};

kinds.component = element("stBidiComponent", '<div data-testid="stBidiComponentIsolated"></div>', {
  wire: (box, inner) => {
    const shadow = inner.firstChild.attachShadow({ mode: "open" });
    box.parent = document.createElement("div");
    shadow.append(box.parent);
  },
  show: (box, node) => {
    const { name, styled } = node;
    if (styled && !box.styled) {
      const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: file(name, "css") });
      box.parent.before(sheet);
      box.styled = true;
    }
    if (scripts.get(name)?.default) call(box);
    else {
      if (!scripts.has(name)) scripts.set(name, fetched(name));
      Promise.resolve(scripts.get(name)).then(() => call(box));
    }
  },
  gone: (box) => box.after?.(),
});
