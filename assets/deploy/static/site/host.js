// The page: what comes from the worker, where Python runs -> what is drawn, and the address bar.
import { here, home, open, write } from "./address.js";
import "./boxes.js";
import "./charts.js";
import "./choices.js";
import "./components.js";
import { lineSays, openLine } from "./line.js";
import { menu } from "./menu.js";
import { hear, start } from "./messages.js";
import "./read.js";
import { language, said } from "./said.js";
import "./slider.js";
import { arrived, progress, starts } from "./start.js";
import "./tables.js";
import { showText } from "./text.js";
import { make, places, render } from "./tree.js";
import "./upload.js";

// A relative address means another file once the address bar has changed.
for (const link of document.querySelectorAll("link[href]")) link.href = String(link.href);
const $ = (selector) => document.querySelector(selector);
const app = $("[data-testid=stApp]");

function draw(out) {
  $("#written")?.remove();
  if (out.fragment) for (const node of [...out.around, out.fragment]) render(places.get(node.n), node.c);
  else {
    places.clear();
    render($("#main"), out.main.c);
    render($("#side"), out.side.c);
    menu(out.menu, out.page);
  }
  out.toasts.forEach(toast);
}

let answered = false;
hear((data) => {
  if (data.kind === "bytes") return progress(data);
  if (data.kind === "file") return save(data);
  if (data.kind === "line") return lineSays(data);
  if (data.kind === "stopped") return stopped(data);
  const out = JSON.parse(data.text);
  if (!answered) setTimeout(keep, 1000);
  answered = true;
  openLine(true);
  arrived(out.error && "broken");
  if (out.error) console.error(out.error);
  else {
    draw(out);
    write(out);
    performance.mark("answered");
  }
  Object.assign(app.dataset, { testScriptState: "notRunning", testConnectionState: "CONNECTED" });
}, beginAgain, (text) => stopped({ why: answered ? "broken" : text ? "old" : "missing", text: text ?? "worker.js did not come" }));

// Python was ended because it was silent for too long. What is not in the link is gone, but for what a hand moved.
function beginAgain() {
  console.error("Python was silent for too long, and was ended.");
  toast({ body: said("stopped"), seconds: 30 });
  delete app.dataset.drawn;
  app.dataset.testScriptState = "running";
  openLine(false);
  starts();
  open();
}

// Python could not be started, or the worker came to an end: `why` is the name of what the reader is told.
function stopped({ why, text }) {
  console.error(text);
  arrived(why);
}

// Offline: all files, kept once nothing that the page waits for is on its way.
const keep = () => navigator.serviceWorker?.register(home("sw.js"));

function save({ data, mime, file: download }) {
  const href = URL.createObjectURL(new Blob([data], { type: mime }));
  Object.assign(document.createElement("a"), { href, download }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

function toast({ body, seconds }) {
  const box = make('<div data-testid="stToast" class="stToast" role="alert"><div></div></div>');
  showText(box.firstChild, body);
  $("#toasts").append(box);
  setTimeout(() => box.remove(), seconds * 1000);
}

// The opening view was drawn when the site was built; it is true where the address asks for nothing else.
async function drawn() {
  const { page, query } = here();
  const { view, lang, ...more } = query;
  const alone = view === "embed";
  if (Object.keys(more).length || (view && !alone)) return;
  const answer = await fetch(new URL(`drawn/${page || "start"}.${language()}${alone ? ".embed" : ""}.json`, import.meta.url));
  if (!answer.ok) return;
  const out = await answer.json();
  if (answered) return;
  app.dataset.drawn = "yes";
  draw(out);
  document.title = out.title;
  performance.mark("drawn");
  return alone;
}

let started = false;
function startPython() {
  if (started) return;
  started = true;
  starts();
  start();
  open();
}

// A figure in a frame of another page is looked at more often than touched: Python comes with the first touch. Any
// other page starts it at once, beside what was drawn.
const inFrame = new URLSearchParams(location.search).get("view") === "embed";
if (inFrame) $("#way").hidden = true;
else startPython();
drawn().then((waits) => {
  if (!waits) return startPython();
  for (const kind of ["pointerdown", "keydown", "focusin"]) addEventListener(kind, startPython, { capture: true, once: true });
}, startPython);
