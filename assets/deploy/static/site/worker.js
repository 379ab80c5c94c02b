// Python in a worker: messages of the page, one after the other -> the app's own Python -> what is to be drawn.
const HOME = new URL("./", import.meta.url);
const SIZE = Number("@SIZE@");
const DATA = "@DATA@".split(" ").filter(Boolean);
const inbox = [];
const COMPILES = typeof WebAssembly === "object";
let python, take, content, answer, busy = true, ready = false, got = 0;

onmessage = ({ data }) => {
  inbox.push(data);
  void work();
};

// What is fetched at the start is counted, so that the page can say how far it is.
const plainFetch = self.fetch;
self.fetch = async (...request) => {
  const answer = await plainFetch(...request).catch(lost);
  if (ready) return answer;
  if (!answer.ok) lost(new Error(`${answer.status}: ${answer.url}`));
  const counted = new TransformStream({
    transform(chunk, onward) {
      postMessage({ kind: "bytes", got: (got += chunk.length), all: SIZE });
      onward.enqueue(chunk);
    },
  });
  if (answer.url.endsWith(".pack")) return new Response(answer.body.pipeThrough(counted).pipeThrough(new DecompressionStream("gzip")));
  // The same answer goes on to Python, since a browser keeps what it compiled only for that one.
  void answer.clone().body.pipeThrough(counted).pipeTo(new WritableStream());
  return answer;
};

// A file did not come. It is told at once: where the core of Python is missing, nobody else ever says so.
let isLost;
function lost(error) {
  if (!ready) stop("missing", (isLost = error));
  throw error;
}

// Python calls it before it waits for a file, so that nobody takes it for lost.
self.fetches = () => postMessage({ kind: "fetches" });

async function start() {
  if (!COMPILES) throw new Error("This browser has no WebAssembly.");
  const files = fetch(new URL("start.pack", HOME)).then((answer) => answer.arrayBuffer());
  const { loadPyodide } = await import("./pyodide/pyodide.mjs").catch(lost);
  performance.mark("core");
  const stdLibURL = new URL("pyodide/stdlib.pack", HOME).href;
  python = await loadPyodide({ indexURL: new URL("pyodide/", HOME).href, stdLibURL, env: { HOME: "/app" } });
  python.unpackArchive(await files, "zip", { extractDir: "/" });
  for (const name of DATA) {
    // Such a file is fetched when Python reads it.
    const [, folder, file] = name.match(/(.*)\/(.*)/);
    python.FS.mkdirTree(`/app/${folder}`);
    python.FS.createLazyFile(`/app/${folder}`, file, new URL(name, HOME).href, true, false);
  }
  python.globals.set("home", HOME.href);
  python.runPython("import sys, os\nsys.path[:0] = ['/app/host', '/app']\nos.chdir('/app')\nimport later\nlater.install(home)");
  take = python.runPython("from streamlit import session\nlambda message: session.take(message.to_py())");
  content = python.runPython("session.content");
  ready = true;
  busy = false;
  void work();
}

// What the reader did while Python was busy is taken together, and answered by one run. Of reports of a hand the last
// holds all that the earlier ones do.
function next() {
  let message = inbox.shift();
  while (message.kind === "line" && inbox[0]?.kind === "line") message = inbox.shift();
  while (message.kind === "events" && inbox[0]?.kind === "events") {
    const { events, turn } = inbox.shift();
    message.events.push(...events);
    message.turn = turn;
  }
  return message;
}

async function work() {
  if (busy) return;
  busy = true;
  while (inbox.length) {
    const message = next();
    try {
      if (message.kind === "file") give(message);
      else if (message.kind === "line") say(message);
      else postMessage({ kind: "drawn", turn: message.turn, text: take(message), heap: python._module.HEAP8.length });
    } catch (error) {
      stop("broken", error, message.turn); // and what is asked next may be answered
    }
    await new Promise((later) => setTimeout(later)); // what came meanwhile gets into the inbox
  }
  busy = false;
}

// A page may have come without a figure, so what answers reports is imported for the first of them.
function say({ report, turn }) {
  answer ??= python.runPython("import hand\nhand.answer");
  postMessage({ kind: "line", turn, text: answer(report) });
}

const stop = (why, error, turn) => postMessage({ kind: "stopped", turn, why, text: String(error.stack) });

function give({ id, file, mime, turn }) {
  const made = content(id);
  const data = made.toJs();
  made.destroy();
  postMessage({ kind: "file", turn, data, file, mime }, [data.buffer]);
}

start().catch((error) => {
  if (error !== isLost) stop(COMPILES ? "broken" : "compiles", error);
});
