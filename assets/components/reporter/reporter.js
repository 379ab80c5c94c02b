// Reports what a hand moves: one report is under way, the newest value wins, and the last one always arrives.
// Sliders and pictures share it. Python's side is `receive` in pages/_ui/browser/reports.py.
const PATIENCE = 1500; // ms until a report counts as lost

export function makeReporter() {
  const moved = new Map(); // address -> value that Python has not answered yet
  const reporter = { post: null, held: null, answer, move, settle, forget, waits: (address) => moved.has(address) };
  let [sent, turn, patience] = [0, 0, PATIENCE];
  let unsettled, underWay, timer;

  // What Python says: the last report that this session took, and which experiment is on screen.
  function answer(taken, newTurn) {
    sent = Math.max(sent, taken);
    if (newTurn !== turn) begin(newTurn);
    if (underWay?.seq === taken) arrived();
    if (moved.size) send();
  }

  // Another experiment: what was on its way to the old one is void.
  function begin(newTurn) {
    turn = newTurn;
    for (const address of [...moved.keys()]) if (address !== reporter.held) moved.delete(address);
    forget();
  }

  function move(address, value) {
    moved.set(address, value);
    unsettled = true;
    send();
  }

  // The hand lets go.
  function settle() {
    if (unsettled) send(true);
  }

  // The last value waits for nobody: a click elsewhere would overtake it.
  function send(final = false) {
    if (underWay && !final) return;
    forget();
    if (final) unsettled = false;
    underWay = { seq: ++sent, values: [...moved] };
    timer = setTimeout(() => {
      patience = Math.min(patience * 2, 8 * PATIENCE);
      underWay = null;
      send(final);
    }, patience);
    reporter.post({ seq: sent, turn, final, values: Object.fromEntries(moved) });
  }

  function arrived() {
    for (const [address, value] of underWay.values) if (moved.get(address) === value) moved.delete(address);
    patience = PATIENCE;
    forget();
  }

  function forget() {
    clearTimeout(timer);
    underWay = null;
  }
  return reporter;
}
