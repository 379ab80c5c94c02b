// One voice for whoever listens: what a change did is said once, in one sentence, when nothing moves any more.
import { line } from "./line.js";

const SETTLED = 600; // ms without another change
let [region, next, timer] = [null, "", 0];

function make() {
  const made = Object.assign(document.createElement("p"), { role: "status", id: "heard" });
  made.setAttribute("aria-live", "polite");
  made.style.cssText = "position: fixed; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%)";
  return document.body.appendChild(made);
}

function speak() {
  if (!line.isSettled()) timer = setTimeout(speak, SETTLED);
  else region.textContent = next;
}

// A sentence takes the place of one that still waits.
export function announce(sentence) {
  region ??= make(); // before it speaks: what comes into the page together with its text is not read out
  next = sentence;
  clearTimeout(timer);
  timer = setTimeout(speak, SETTLED);
}
