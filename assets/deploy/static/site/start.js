// Until Python answers: how far what makes the page answer has come, and what stops it, with what to do about it.
import { said } from "./said.js";

const SILENCE = 10_000; // ms without a byte until the reader is told
const $ = (selector) => document.querySelector(selector);
const app = $("[data-testid=stApp]");
let waits, over = false;

function tell(name) {
  $("#broken").textContent = said(name);
  $("#broken").hidden = false;
}

// Something may still come, so the way stays in sight.
const awaitBytes = () => (waits = setTimeout(() => tell("silent"), SILENCE));

export function progress({ got, all }) {
  if (over) return;
  const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
  const text = said(app.dataset.drawn ? "waits" : "loads");
  $("#way progress").value = got / all;
  $("#way span").textContent = `${text}: ${said("of", { got: megabytes(got), all: megabytes(all) })}`;
  $("#broken").hidden = true;
  clearTimeout(waits);
  if (got < all) awaitBytes();
}

// Python answers, or nothing that is on its way can make it answer any more: `name` says what stopped it.
export function arrived(name) {
  clearTimeout(waits);
  over = true;
  $("#way").hidden = true;
  $("#broken").hidden = true;
  if (name) tell(name);
}

// Python starts, for the first time or again.
export function starts() {
  over = false;
  $("#way").hidden = false;
  awaitBytes();
}

app.dataset.starts = "yes"; // for watch.js
