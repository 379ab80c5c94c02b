// Nodes of Python -> elements, patched in place, so that focus, scrolling and motion survive a run.
export const kinds = {}; // kind of node -> { make() -> element, show(element, node), inner?(element), gone?(element) }
export const places = new Map(); // number of a node -> the element that holds its children

export const make = (html) => {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
};

const className = (key) => (key === undefined ? [] : [`st-key-${key.trim().replace(/[^a-zA-Z0-9_-]/g, "-")}`]);
const testid = (name) => `data-testid="${name}" class="${name}"`;

// An element within the box that lays it out, as Streamlit's own styles and ours expect it.
const kind = (outer, name, html, { width = "stretch", show = () => {}, wire = () => {}, ...more }) => ({
  make: () => {
    const inner = make(html);
    const box = outer ? make(`<div ${testid(outer)}></div>`) : inner;
    if (outer) box.append(inner);
    box.inner = inner;
    wire(box, inner);
    return box;
  },
  show: (box, node) => {
    place(box, node, width);
    (name ? box : box.inner).classList.add(...className(node.k));
    show(box, node);
  },
  ...more,
});

export const element = (name, html, options) => kind("stElementContainer", name, `<div ${testid(name)}>${html}</div>`, options);

// One that holds others; `inner` says where. Its key is a class of what has the look, not of what lays it out.
export const block = (html, { outer = "stLayoutWrapper", inner = (box) => box.inner, show = () => {}, ...more } = {}) =>
  kind(outer, null, html, {
    inner,
    show: (box, node) => {
      places.set(node.n, inner(box));
      show(box, node);
    },
    ...more,
  });

function place(box, { width }, usual) {
  box.dataset.width = typeof width === "number" ? "fixed" : (width ?? usual);
  if (typeof width === "number") box.style.width = `${width}px`;
}

// Children are found again by kind and key, those without a key by their place among their kind.
export function render(parent, nodes) {
  const counts = {};
  const name = ({ t, k }) => (k === undefined ? `${t}.${(counts[t] = (counts[t] ?? 0) + 1)}` : `${t}#${k}`);
  const wanted = new Map(nodes.map((node) => [name(node), node]));
  const found = new Map();
  for (const box of [...parent.children]) {
    if (wanted.has(box.name)) found.set(box.name, box);
    else if (box.name) remove(box);
  }
  let here = parent.firstElementChild;
  for (const [name, node] of wanted) {
    const kind = kinds[node.t];
    const box = found.get(name) ?? Object.assign(kind.make(), { name });
    if (box === here) here = here.nextElementSibling;
    else parent.insertBefore(box, here); // which takes the focus from what it moves
    box.node = node;
    kind.show(box, node);
    if (kind.inner) render(kind.inner(box), node.c);
  }
}

function remove(box) {
  box.remove();
  for (const one of [box, ...box.querySelectorAll("*")]) if (one.node) kinds[one.node.t].gone?.(one);
}

const VERTICAL = `<div ${testid("stVerticalBlock")} data-gap="small"></div>`;
kinds.fragment = block(VERTICAL);
kinds.container = block(VERTICAL, {
  show: (box, { horizontal, horizontal_alignment: across, vertical_alignment: down, gap = "none", border, height }) => {
    const testid = horizontal ? "stHorizontalBlock" : "stVerticalBlock";
    Object.assign(box.inner.dataset, { gap, across, down, testid });
    box.toggleAttribute("data-fills", height === "stretch");
    box.inner.style.cssText = typeof height === "number" ? `height: ${height}px; overflow: auto` : "";
    box.inner.classList.toggle("stVerticalBlock", !horizontal);
    box.inner.classList.toggle("stHorizontalBlock", Boolean(horizontal));
    box.inner.classList.toggle("bordered", Boolean(border));
  },
});
kinds.columns = block(`<div ${testid("stHorizontalBlock")} data-columns></div>`, {
  show: (box, { gap = "none", vertical_alignment: down }) => Object.assign(box.inner.dataset, { gap, down }),
});
kinds.column = block(`<div ${testid("stColumn")}>${VERTICAL}</div>`, {
  outer: "",
  show: (box, { part }) => box.style.setProperty("--part", part),
  inner: (box) => box.firstElementChild,
});
