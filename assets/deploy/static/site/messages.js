// To Python: what the reader did in one task of the browser goes as one message.
export const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
export const ask = (message) => worker.postMessage(message);

let events = [];
export function send(event) {
  if (!events.length) queueMicrotask(() => ask({ kind: "events", events: events.splice(0) }));
  events.push(event);
}
