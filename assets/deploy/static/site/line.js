// The line of a page's figure: its reports go to Python in the worker, which answers them without a run of the page.
import { ask } from "./messages.js";

let isOpen = false; // what was drawn when the site was built has nobody behind it who would answer
let answered = () => {};

// As assets/figure/line.js takes it. Nothing has to be told when the line opens: the first answer of Python shows a
// figure of its own, and with it the page sends what a reader did meanwhile.
export const overWorker = (line) => {
  answered = line.answered;
  return { isOpen: () => isOpen, send: (report) => ask({ kind: "line", report: JSON.stringify(report) }) };
};

// Whether Python is there.
export const openLine = (yes) => (isOpen = yes);

// What Python answers; null to a report of an experiment that is no longer on screen.
export function lineSays({ text }) {
  const answer = JSON.parse(text);
  if (answer) answered(answer);
}
