// To Python and back: what the reader did in one task of the browser goes as one message, and a worker that has been
// silent for too long, while it was asked for something, is ended and started again.
const MOST_SILENT = 10; // seconds
const FETCHES = 60; // seconds more, where it says that it fetches something

let worker;
let [asked, answered, silent] = [0, 0, 0];
let events = [];
const hears = { message: () => {}, ended: () => {}, broke: () => {} };

export function start() {
  [asked, answered, silent, events] = [0, 0, -Infinity, []]; // how long it takes to start is the line's matter
  worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => {
    if (data.kind === "bytes") return hears.message(data);
    silent = data.kind === "fetches" ? -FETCHES : 0;
    if (data.kind === "fetches") return;
    answered = data.turn ?? asked; // where Python did not start, nothing will come
    hears.message(data);
  };
  worker.onerror = ({ message }) => hears.broke(message);
}

// A count of ticks and no clock: where the machine slept, both stood still.
setInterval(() => {
  if (asked === answered || ++silent < MOST_SILENT) return;
  worker.terminate();
  start();
  hears.ended();
}, 1000);

// message : gets what comes from Python. ended : is called after Python was ended and started again.
// broke : gets what the browser says of a script that is none for it; nothing where none came.
export const hear = (message, ended, broke) => Object.assign(hears, { message, ended, broke });

export function ask(message) {
  if (!worker) return; // a frame that nobody has touched; the first answer of Python brings what was done meanwhile
  worker.postMessage({ ...message, turn: ++asked });
}

export function send(event) {
  if (!events.length) queueMicrotask(() => ask({ kind: "events", events: events.splice(0) }));
  events.push(event);
}
