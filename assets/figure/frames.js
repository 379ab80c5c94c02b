// A figure without Python: it holds what there is to show at each step, unit and phase, and answers its own line.
// What it holds is made by lstm_core/figure/frames.py.
import { line } from "./line.js";
import showPicture from "./picture.js";
import showSliders from "./sliders.js";

// The text of a script element, which is packed: base64 of zlib of JSON.
async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

function answers(held) {
  const { steps, units, phases, first, drawn, shown, keys, before, windows } = held;
  const pieces = Object.fromEntries(Object.entries(first).map(([name, markup]) => [name, markup.split("<")]));
  let here = held.start;

  const whereIs = (frame) => ({
    phase: phases[frame % phases.length],
    unit: units[Math.floor(frame / phases.length) % units.length],
    t: steps[Math.floor(frame / phases.length / units.length)],
  });

  // The frame of a look; of a step beyond those that are held, the nearest.
  function frameAt({ t, unit, phase }) {
    const now = whereIs(here);
    const step = Math.min(Math.max(Number(t ?? now.t) - steps[0], 0), steps.length - 1);
    const at = units.indexOf(Number(unit ?? now.unit));
    const lit = phases.indexOf(phase ?? now.phase);
    return (step * units.length + Math.max(at, 0)) * phases.length + Math.max(lit, 0);
  }

  function act({ role, value, quantity, picture, t, unit, index = 1 }) {
    if (picture === "strip" && t !== undefined) t = Number(t) + windows[steps.indexOf(whereIs(here).t)];
    if (role === "key") for (let k = 0; k < index && keys[value]; k++) here = keys[value][here];
    else if (role === "phase") here = frameAt({ phase: value });
    else if (role === "unit") here = frameAt({ unit });
    else if (role === "step" || role === "band") here = frameAt({ t });
    else if (quantity) here = frameAt({ t, unit: before.includes(quantity) ? undefined : unit });
  }

  const markup = (name) => drawn[name][shown[name][here]]
    .map((part) => (typeof part === "string" ? part : pieces[name].slice(...part).join("<"))).join("<");

  return {
    whereIs: () => whereIs(here),
    to(report) {
      if (Object.keys(report.look).length) here = frameAt(report.look);
      report.acts.forEach(act);
      const look = whereIs(here);
      const sliders = Object.entries(held.sliders).map(([name, specs]) =>
        [name, specs.map((spec) => (spec[0] in look ? spec.with(1, look[spec[0]]) : spec))]);
      return {
        seq: report.seq, turn: report.turn, look, panels: Object.fromEntries(sliders),
        pictures: Object.fromEntries(Object.keys(first).map((name) => [name, [markup(name), ""]])),
      };
    },
  };
}

// `place` holds an element [data-picture=NAME] for each picture and one [data-panel=NAME] for each panel of sliders.
// `keys` says what keys mean, as a picture takes it.
export function showFrames(place, held, keys) {
  const figure = answers(held);
  const told = ["frames", 0];
  line.carriedBy(null, ({ answered }) => ({
    isOpen: () => true,
    send: (report) => queueMicrotask(() => answered(figure.to(report))), // as any line does, it answers later
  }));
  for (const parentElement of place.querySelectorAll("[data-panel]")) {
    const name = parentElement.dataset.panel;
    showSliders({ data: [name, held.sliders[name], told], parentElement });
  }
  for (const parentElement of place.querySelectorAll("[data-picture]")) {
    const name = parentElement.dataset.picture;
    parentElement.replaceChildren();
    showPicture({ data: [[held.first[name], ""], true, null, name === "cell" ? keys : {}, name, told], parentElement });
  }
}

// A file of its own, which has the keys to itself.
export default async function (place, packed) {
  const held = await unpacked(packed);
  showFrames(place, held, held.keyboard);
}
