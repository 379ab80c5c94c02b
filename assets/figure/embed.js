// A figure in an article, a deck or a course: a file of frames, or the address of a page, which comes in a frame.
// lstm_core/figure/embed.py makes one module of it for whoever writes one.
import { showFrames } from "./frames.js";
import { line } from "./line.js";
import { inShadow } from "./shadow.js";

const HIGH = 680; // pixels of a page in a frame

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status}: ${address}`);
  return answer.json();
}

// `source` is the address of a file of frames, which ends in .json, or of a page. What stands in `place` stays there
// until the figure does. Returns what takes it away.
export default async function (place, source, styles) {
  const address = new URL(source, document.baseURI);
  if (!address.pathname.endsWith(".json")) {
    const frame = Object.assign(document.createElement("iframe"), { src: address.href, loading: "lazy", title: "LSTM" });
    Object.assign(frame.style, { width: "100%", height: `${HIGH}px`, border: "0" });
    place.replaceChildren(frame);
    return () => frame.remove();
  }
  const held = await fetched(address);
  place.replaceChildren();
  const { figure, keys, remove } = inShadow(place, styles, held.keyboard);
  for (const [kind, of] of [["panel", held.sliders], ["picture", held.first]])
    for (const name of Object.keys(of)) figure.appendChild(document.createElement("div")).dataset[kind] = name;
  line.keeps = false;
  showFrames(figure, held, keys);
  return remove;
}
