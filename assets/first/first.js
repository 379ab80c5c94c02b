// Takes the drawing away that came with the page (pages/_ui/server/drawn.py), when the app itself shows what is drawn
// in it, or at the latest when it shows anything else.
(() => {
  const drawn = document.getElementById("first");
  const names = drawn.dataset.pictures.split(" ").filter(Boolean);
  const ELSE = '[role="dialog"], [data-testid="stException"], [data-testid="stAlert"]';
  const RAN = '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]';
  const PATIENCE = 5000; // ms that the pictures have after the last change of a page that has run
  const standing = new Map(); // name of a picture -> its element in the app
  let hasRun = false;
  let [last, frame] = [];

  // A picture without its style sheet has another size, and the sheet may come after it.
  const stands = (name) => standing.has(name) && getComputedStyle(standing.get(name)).containerType === "inline-size";

  // Until a page has run to its end, what comes below may still bring a bar to scroll by, and make all narrower.
  function look() {
    if (!drawn.isConnected) return;
    hasRun ||= document.querySelector(RAN) !== null;
    if (document.querySelector(ELSE) || (hasRun && names.every(stands))) takeAway();
    else if (hasRun && names.every((name) => standing.has(name))) frame ??= requestAnimationFrame(lookAgain);
  }

  function lookAgain() {
    frame = undefined;
    look();
  }

  function changed() {
    look();
    clearTimeout(last);
    if (hasRun && drawn.isConnected) last = setTimeout(takeAway, PATIENCE);
  }

  // What the reader scrolled to stays in sight.
  function takeAway() {
    clearTimeout(last);
    watching.disconnect();
    const down = drawn.scrollTop;
    drawn.remove();
    if (down) document.querySelector('[data-testid="stMain"]')?.scrollTo(0, down);
  }

  // The second frame begins when the first is painted. Measured by tests/benchmark/first.py.
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("drawn")));

  const watching = new MutationObserver(changed);
  watching.observe(document.documentElement, { subtree: true, childList: true, attributeFilter: ["data-test-script-state", "data-test-connection-state"] });
  document.addEventListener("stands", (event) => {
    standing.set(event.detail, event.composedPath()[0]);
    changed();
  });
})();
