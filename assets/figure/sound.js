// The sound of a step, for whoever wants to hear the run: a short noise for what is erased, a soft bell for what is
// written, a tone for C. It is made of the numbers that the diagram shows, so nothing sounds of one that is covered. The
// switch is made by lstm_core/figure/bar.py; it is off until a reader presses it, and a picture that goes takes it along.
import { inSight } from "./patch.js";

const [ZERO, BELL] = [220, 880]; // Hz: C = 0, and where a bell begins
const MOST = 2; // how far from 0 a C still changes the pitch
const LOUDEST = 0.2; // of what a loudspeaker can give, for each of the three
const PARTIALS = [[1, 1], [2.76, 0.3]]; // of a bell: times its pitch, and how loud
const TIMES = { erased: [0, 0.14], written: [0.14, 0.6], C: [0.36, 0.8] }; // s: a fast walk leaves 0.9 from step to step

const within = (number, most) => Math.min(Math.max(number, -most), most);

// C -> Hz: an octave for each 1.
export const pitch = (C) => ZERO * 2 ** within(C, MOST);

// What was erased or written -> share of the loudest, which is that of 1 and of more.
export const loudness = (amount) => Math.abs(within(amount, 1));

// What was written -> Hz of its bell at the beginning and at the end: a fifth up, or down where it is negative.
export const glide = (written) => [BELL, BELL * 1.5 ** Math.sign(written)];

// The step in focus with its numbers as they are shown; NaN for one that is covered or not there.
export function heardIn(picture) {
  const shown = (key) => picture.querySelector(`svg.cell .num[data-key=${key}]`);
  const number = (key) => Number(shown(key)?.querySelector("text").textContent.replace("−", "-") ?? NaN);
  const { t, unit } = shown("C")?.dataset ?? {};
  return { step: t && `${t} ${unit}`, erased: number("erased"), written: number("written"), C: number("C") };
}

// Starts what sounds of a step, each at its time; returns what ends all of it.
export function sound(context, { erased, written, C }) {
  const all = new GainNode(context, { gain: LOUDEST });
  all.connect(context.destination);
  const play = (source, loud, [from, to]) => {
    const [start, end] = [context.currentTime + from, context.currentTime + to];
    const fading = new GainNode(context, { gain: 0 });
    fading.gain.setValueAtTime(0, start);
    fading.gain.linearRampToValueAtTime(loud, start + 0.01); // at once it would click
    fading.gain.linearRampToValueAtTime(0, end);
    source.connect(fading).connect(all);
    source.start(start);
    source.stop(end);
  };
  if (loudness(erased) > 0) play(noise(context, TIMES.erased[1]), loudness(erased), TIMES.erased);
  if (loudness(written) > 0) {
    const [first, last] = glide(written);
    for (const [times, loud] of PARTIALS) {
      const source = new OscillatorNode(context, { type: "sine", frequency: times * first });
      source.frequency.setValueAtTime(times * first, context.currentTime + TIMES.written[0]);
      source.frequency.exponentialRampToValueAtTime(times * last, context.currentTime + TIMES.written[1]);
      play(source, loud * loudness(written), TIMES.written);
    }
  }
  if (Number.isFinite(C)) play(new OscillatorNode(context, { type: "triangle", frequency: pitch(C) }), 1, TIMES.C);
  return () => all.disconnect();
}

function noise(context, seconds) {
  const buffer = new AudioBuffer({ length: Math.ceil(seconds * context.sampleRate), sampleRate: context.sampleRate });
  buffer.getChannelData(0).forEach((_, k, samples) => (samples[k] = 2 * Math.random() - 1));
  return new AudioBufferSourceNode(context, { buffer });
}

// `signal` is aborted when the picture is taken away.
export function makeSound(root, signal) {
  let [context, last, end] = [null, "", () => {}];
  const turned = () => root.querySelector(".sound input");
  root.classList.toggle("mute", !globalThis.AudioContext);

  // A step sounds once, when it comes into focus. As long as it is off, which a hand that drags should not pay for,
  // nothing is read: the press begins anew.
  function shown() {
    if (!turned()?.checked) return;
    const heard = heardIn(inSight(root) ?? root);
    if (heard.step === last) return;
    last = heard.step;
    if (document.hidden) return;
    end();
    end = sound(context, heard);
  }

  function off() {
    end();
    if (turned()) turned().checked = false;
    context?.close();
    context = null;
  }

  root.addEventListener("change", ({ target }) => {
    if (target !== turned()) return;
    if (!target.checked) return off();
    context = new AudioContext(); // the press allows it
    last = "";
    shown();
  }, { signal });
  document.addEventListener("keydown", ({ key }) => key === "Escape" && off(), { signal, capture: true });
  addEventListener("pagehide", off, { signal });
  signal.addEventListener("abort", off);
  return { shown };
}
