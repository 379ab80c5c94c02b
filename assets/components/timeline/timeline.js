// The time machine: a slider over snapshots that reports while it is dragged, and a button that moves it on.
const PATIENCE = 1500; // ms until a report counts as lost
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
  const machine = { play, range, label, sent: 0, turn: 0, waiting: null, newest: null, held: false, playing: false, timer: 0, texts: ["", ""] };

  // One report at a time: what was moved meanwhile goes out when the answer is there.
  function report(at, final) {
    machine.newest = { at, final };
    if (machine.waiting === null || final) send();
  }

  function send() {
    const { at, final } = machine.newest;
    machine.newest = null;
    machine.waiting = ++machine.sent;
    clearTimeout(machine.timer);
    machine.timer = setTimeout(() => {
      machine.waiting = null;
      machine.next();
    }, PATIENCE);
    machine.post({ seq: machine.sent, turn: machine.turn, at, final });
  }

  machine.next = () => {
    if (machine.newest) send();
    else if (machine.playing) machine.timer = setTimeout(step, PACE);
  };

  function step() {
    if (!machine.playing) return;
    const last = Number(range.max);
    range.value = Math.min(Number(range.value) + 1, last);
    if (Number(range.value) >= last) halt();
    report(Number(range.value), !machine.playing);
  }

  function halt() {
    machine.playing = false;
    machine.name();
  }

  machine.name = () => {
    play.textContent = machine.playing ? "❚❚" : "▶";
    play.title = play.ariaLabel = machine.texts[machine.playing ? 1 : 0];
  };

  play.onclick = () => {
    machine.playing = !machine.playing;
    machine.name();
    if (!machine.playing) return report(Number(range.value), true);
    if (Number(range.value) >= Number(range.max)) range.value = 0;
    report(Number(range.value), false);
  };
  range.oninput = () => {
    if (machine.playing) halt();
    machine.held = true;
    report(Number(range.value), false);
  };
  range.onchange = () => {
    machine.held = false;
    report(Number(range.value), true);
  };
  range.onkeydown = (event) => event.stopPropagation();
  machine.gone = () => {
    clearTimeout(machine.timer);
    machine.playing = false;
  };
  machines.set(parent, machine);
  return machine;
}

export default function ({ data, parentElement, setStateValue }) {
  const machine = machines.get(parentElement) ?? build(parentElement);
  const [seq, turn, at, last, text, says, play, pause, locked] = data;
  const { range } = machine;
  machine.post = (report) => setStateValue("moved", report);
  if (turn !== machine.turn) {
    machine.gone();
    Object.assign(machine, { turn, newest: null, waiting: null, held: false });
  }
  machine.sent = Math.max(machine.sent, seq);
  range.max = last;
  const answered = machine.waiting !== null && seq >= machine.waiting;
  if (answered) {
    machine.waiting = null;
    clearTimeout(machine.timer);
  }
  if (!machine.held && machine.newest === null && machine.waiting === null) range.value = at;
  range.disabled = machine.play.disabled = locked;
  machine.texts = [play, pause];
  machine.label.textContent = text;
  range.ariaLabel = says;
  range.ariaValueText = text;
  machine.name();
  if (answered) machine.next();
  return () => {
    if (!parentElement.isConnected) machine.gone();
  };
}
