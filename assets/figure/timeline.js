// The time machine: a slider over snapshots that looks at one while it is dragged, and a button that moves it on.
import { line } from "./line.js";

const PACE = 220; // ms from one snapshot on screen to the next one, while it plays
const machines = new WeakMap();

const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

function build(parent) {
  const play = make("button", { type: "button", className: "play" });
  const range = make("input", { type: "range", min: 0, step: 1, id: "snapshot" });
  const label = make("label", { htmlFor: "snapshot" });
  parent.append(make("div", { className: "timeline" }, play, range, label));
  const machine = { show, leave, texts: ["", "", ""], move() {} };
  let [playing, timer] = [false, 0];

  const look = (at) => line.look({ snapshot: at });

  function toggle(wanted) {
    clearTimeout(timer);
    if (playing && !wanted) {
      playing = line.playing = false;
      line.settle();
    }
    playing = line.playing = wanted;
    name();
  }

  function name() {
    play.textContent = playing ? "❚❚" : "▶";
    play.title = play.ariaLabel = machine.texts[playing ? 2 : 1];
  }

  function step() {
    const last = Number(range.max);
    range.value = Math.min(Number(range.value) + 1, last);
    look(Number(range.value));
    if (Number(range.value) >= last) toggle(false);
  }

  play.onclick = () => {
    toggle(!playing);
    if (!playing) return;
    if (Number(range.value) >= Number(range.max)) range.value = 0;
    look(Number(range.value));
  };
  range.oninput = () => {
    if (playing) toggle(false);
    line.dragged = "snapshot";
    look(Number(range.value));
  };
  range.onchange = () => {
    line.dragged = null;
    line.settle();
  };
  range.onkeydown = (event) => event.stopPropagation();

  // What Python says: how many snapshots there are, and which one is on screen.
  function show([[, at, [text], low, last, , , , , locked]]) {
    Object.assign(range, { min: low, max: last });
    if (line.dragged !== "snapshot") range.value = at;
    range.disabled = play.disabled = locked;
    label.textContent = range.ariaValueText = text;
    range.ariaLabel = machine.texts[0];
    if (locked && playing) toggle(false);
    name();
    clearTimeout(timer);
    if (playing) timer = setTimeout(step, PACE);
  }

  function leave() {
    clearTimeout(timer);
    if (playing) playing = line.playing = false;
  }
  machines.set(parent, machine);
  return machine;
}

// The slider of the figure, [turn, number of the last report that the host took], and its texts: what it is, play, pause.
export default function ({ data, parentElement }) {
  const machine = machines.get(parentElement) ?? build(parentElement);
  const [name, specs, told, texts] = data;
  machine.texts = texts;
  line.panels.set(name, machine);
  line.hostSays(...told, () => true);
  // While the reader is ahead of the host, the line's own answer follows.
  if (!line.isAhead()) machine.show(specs);
  return () => {
    if (parentElement.isConnected) return;
    machine.leave();
    if (line.panels.get(name) === machine) line.panels.delete(name);
  };
}
