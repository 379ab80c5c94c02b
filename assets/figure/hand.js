// Where a page's figure hangs on its host: it tells the line which figure is on screen, and the host what was done.
import { announce } from "./announce.js";
import { line } from "./line.js";
import { socket } from "./socket.js";

const boxes = new WeakMap();
let last; // the one whose figure the line has
let heard; // number of the last sentence

// `line` is given by a host that has a line of its own; a server's is a websocket.
export default function ({ data, parentElement, setStateValue, line: own }) {
  const [turn, taken, refusal, [number, sentence]] = data;
  const box = boxes.get(parentElement) ?? parentElement.appendChild(Object.assign(document.createElement("p"), { hidden: true }));
  boxes.set(parentElement, box);
  box.textContent = refusal;
  const refused = (is) => (box.hidden = !is);
  if (last && last !== parentElement && !last.isConnected) line.leave();
  last = parentElement;
  line.carriedBy((report) => setStateValue("moved", report), own ?? socket(refused));
  line.hostSays(turn, taken, () => true);
  // The pictures have told what they show; what was changed, and what that did, is told in its place.
  if (number !== (heard ?? number)) announce(sentence);
  heard = number;
  return () => {
    if (!parentElement.isConnected && last === parentElement) line.leave();
  };
}
