// Plays a walk: presses a key of the picture again and again, until the end, or until the reader touches anything.
// The markup is made by lstm_core/figure/bar.py; `data-play` says what comes next, "again" that this is the end. Where
// `data-runs` stands it begins by itself, and begins again, until the reader touches anything for the first time.
import { flow } from "./flow.js";
import { line } from "./line.js";
import { inSight } from "./patch.js";
import { store, stored } from "./stored.js";

const PLAYED = "lstm.played";
const still = matchMedia("(prefers-reduced-motion: reduce)");
const TYPES = "input:not([type=range]), textarea, select, [contenteditable]";

let untouched = true;
for (const type of ["pointerdown", "keydown", "wheel"])
  document.addEventListener(type, () => (untouched = false), { capture: true, passive: true });

// `press` reports a key as if it had been pressed. `signal` is aborted when the picture is taken away.
export function makePlay(root, press, signal) {
  let [timer, playing, paused] = [0, false, false];
  let end = () => {};
  const go = () => root.querySelector(".play .go");
  const pace = () => Number(root.querySelector(".play select").value);

  function stop(byKey = false) {
    if (!playing) return;
    [playing, paused] = [false, byKey];
    line.playing = false;
    clearTimeout(timer);
    end();
    root.classList.remove("playing");
    line.rest(0); // sums and texts follow when the picture stands
  }

  const runs = () => untouched && !still.matches && go()?.dataset.runs !== undefined;

  function start(bySelf = false) {
    [playing, paused] = [true, false];
    line.playing = true;
    if (!bySelf) store(PLAYED, "yes");
    root.classList.add("playing", "played");
    press(go().dataset.play);
  }

  // The picture is another one: values travel in it, and the next move follows after a while.
  function shown() {
    root.classList.toggle("played", stored(PLAYED) !== null);
    if (!playing) return begin();
    clearTimeout(timer);
    end();
    end = flow((inSight(root) ?? root).querySelector("svg"), pace());
    const next = go()?.dataset.play;
    if (!next || (next === "again" && !runs())) timer = setTimeout(() => stop(), pace());
    else later(() => press(next));
  }

  // What plays by itself waits while nobody sees it.
  function later(act) {
    timer = setTimeout(() => (document.hidden && runs() ? later(act) : act()), pace());
  }

  // Begins by itself as soon as somebody answers.
  function begin() {
    clearTimeout(timer);
    if (playing || !runs() || signal.aborted) return;
    if (line.isOpen()) start(true);
    else timer = setTimeout(begin, 100);
  }

  // What presses the button itself toggles it by the click that follows; the sound is turned on and off meanwhile.
  const isOwn = (event) =>
    (event.key === undefined || event.key === "Enter" || event.key === " ") &&
    event.composedPath().some((node) => node.matches?.(".play .go, .play .sound"));
  // The space bar pauses, wherever nothing is typed, and goes on after that; any other touch or key takes over.
  const touched = (event) => {
    if (isOwn(event)) return;
    const types = event.composedPath().some((node) => node.matches?.(TYPES));
    if (event.key === " " && !types && (playing || paused)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (playing) stop(true);
      else start();
    } else if (playing) stop();
    else paused = false;
  };
  for (const type of ["pointerdown", "keydown", "wheel"])
    document.addEventListener(type, touched, { signal, capture: true, passive: type !== "keydown" });
  root.addEventListener("click", (event) => event.target.closest?.(".play .go") && (playing ? stop() : start()), { signal });
  signal.addEventListener("abort", () => stop());
  return { shown };
}
