// A figure in a notebook: its sliders and pictures, and the kernel as their line. Python's side is lstm_core/figure/live.py.
import { line } from "./line.js";
import showPicture from "./picture.js";
import { inShadow } from "./shadow.js";
import showSliders from "./sliders.js";

const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

// `model` and `el` are those of anywidget; `styles` is a style sheet. Returns what takes the figure away.
export default function ({ model, el }, styles) {
  const view = Math.random().toString(36).slice(2);
  const shown = () => model.get("shown");
  const { figure, keys, remove } = inShadow(el, styles, shown().keyboard);
  const places = new Map(); // name of a panel or a picture -> its element
  const place = (box, kind, name) => {
    places.set(name, box.appendChild(make("div", {})));
    places.get(name).dataset[kind] = name;
    return box;
  };
  // The step stands over the pictures; of the other sliders a panel is opened when it is wanted.
  const [sliders, pictures] = [make("div", { className: "sliders" }), make("div", { className: "pictures" })];
  for (const [name, title] of shown().panels) {
    if (!title) place(pictures, "panel", name);
    else sliders.append(place(make("details", { open: !sliders.children.length }, make("summary", {}, title)), "panel", name));
  }
  for (const [name] of shown().pictures) place(pictures, "picture", name);
  figure.append(...(sliders.children.length ? [sliders] : []), pictures);

  let answered = () => {};
  const heard = ({ view: to, answer }) => to === view && answered(answer);
  const show = () => {
    const { turn, taken, pictures, panels } = shown();
    const told = [turn, taken[view] ?? 0];
    for (const [name, , specs] of panels) showSliders({ data: [name, specs, told], parentElement: places.get(name) });
    for (const [name, ...drawn] of pictures)
      showPicture({ data: [drawn, true, null, name === "cell" ? keys : {}, name, told], parentElement: places.get(name) });
  };
  line.keeps = false;
  line.carriedBy((report) => model.send({ view, rests: report }), (line) => {
    answered = line.answered;
    return { isOpen: () => true, send: (report) => model.send({ view, report }) };
  });
  model.on("msg:custom", heard);
  model.on("change:shown", show);
  show();
  return () => {
    model.off("msg:custom", heard);
    model.off("change:shown", show);
    line.leave();
    remove();
  };
}
