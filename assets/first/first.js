// Takes the drawing away that came with the page (pages/_ui/server/drawn.py), when the app itself shows what is drawn
// in it, or at the latest when it shows anything else.
(() => {
  const drawn = document.getElementById("first");
  const names = drawn.dataset.pictures.split(" ").filter(Boolean);
  const ELSE = '[role="dialog"], [data-testid="stException"], [data-testid="stAlert"]';
  const RAN = '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]';
  const PATIENCE = 5000; // ms that the scripts of the pictures have after the page has come
  const standing = new Map(); // name of a picture -> its element in the app
  let hasRun = false;
  let last;

  // A picture without its style sheet has another size, and the sheet may come after it.
  const stands = (name) => standing.has(name) && getComputedStyle(standing.get(name)).containerType === "inline-size";

  // Until a page has run to its end, what comes below may still bring a bar to scroll by, and make all narrower.
  function look() {
    if (!drawn.isConnected) return;
    hasRun ||= document.querySelector(RAN) !== null;
    if (document.querySelector(ELSE) || (hasRun && names.every(stands))) return takeAway();
    if (!hasRun) return;
    last ??= setTimeout(takeAway, PATIENCE);
    if (names.every((name) => standing.has(name))) requestAnimationFrame(look);
  }

  // What the reader scrolled to stays in sight.
  function takeAway() {
    clearTimeout(last);
    watching.disconnect();
    const down = drawn.scrollTop;
    drawn.remove();
    if (down) document.querySelector('[data-testid="stMain"]')?.scrollTo(0, down);
  }

  const watching = new MutationObserver(look);
  watching.observe(document.documentElement, { subtree: true, childList: true, attributeFilter: ["data-test-script-state", "data-test-connection-state"] });
  document.addEventListener("stands", (event) => {
    standing.set(event.detail, event.composedPath()[0]);
    look();
  });
})();
