// Plays a walk: presses a key of the picture again and again, until the end, or until the reader touches anything.
// The markup is made by lstm_core/figure/bar.py; `data-play` says what comes next, "again" that this is the end.
import { line } from "./line.js";
import { store, stored } from "./stored.js";

const PLAYED = "lstm.played";

// `press` reports a key as if it had been pressed. `signal` is aborted when the picture is taken away.
export function makePlay(root, press, signal) {
  let [timer, playing] = [0, false];
  const go = () => root.querySelector(".play .go");
  const pace = () => Number(root.querySelector(".play select").value);

  function stop() {
    if (!playing) return;
    playing = line.playing = false;
    clearTimeout(timer);
    root.classList.remove("playing");
    line.rest(0); // sums and texts follow when the picture stands
  }

  function start() {
    playing = line.playing = true;
    store(PLAYED, "yes");
    root.classList.add("playing", "played");
    press(go().dataset.play);
  }

  // The picture is another one: the next move follows after a while.
  function shown() {
    root.classList.toggle("played", stored(PLAYED) !== null);
    if (!playing) return;
    clearTimeout(timer);
    const next = go()?.dataset.play;
    if (!next || next === "again") stop();
    else timer = setTimeout(() => press(next), pace());
  }

  // What presses the button itself toggles it by the click that follows; every other key stops.
  const isOwn = (event) =>
    (event.key === undefined || event.key === "Enter" || event.key === " ") && event.composedPath().includes(go());
  const touched = (event) => playing && !isOwn(event) && stop();
  for (const type of ["pointerdown", "keydown", "wheel"])
    document.addEventListener(type, touched, { signal, capture: true, passive: true });
  root.addEventListener("click", (event) => event.target.closest?.(".play .go") && (playing ? stop() : start()), { signal });
  signal.addEventListener("abort", stop);
  return { shown };
}
