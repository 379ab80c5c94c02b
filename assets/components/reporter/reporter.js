// Reports what a hand moves: one report is under way, the newest value wins, and the last one always arrives.
// Sliders and pictures share it. Python's side is `receive` in pages/_ui/browser/reports.py.
import { held } from "../lstm.held/held.js";

const PATIENCE = 1500; // ms until a report counts as lost

const session = (turn) => turn.split("/")[0];

// `name` tells the reporters of a page apart in the tab's storage.
export function makeReporter(name) {
  const moved = new Map(); // address -> value that Python has not answered yet
  const unsaved = new Map(); // what the link does not hold yet; a server that dies loses it
  const waiting = (address) => moved.get(address);
  const reporter = { post: null, held: null, answer, move, settle, leave, waiting };
  const stored = `lstm.moved.${name}`;
  let [sent, turn, patience] = [0, "", PATIENCE];
  let unsettled, underWay, timer;
  addEventListener("pagehide", store);

  // What Python says: the last report that this session took, and which experiment is on screen;
  // `canMove` tells of an address whether it can be moved here.
  function answer(taken, newTurn, canMove) {
    sent = Math.max(sent, taken);
    const isFirst = !turn;
    const isRenewed = !isFirst && session(turn) !== session(newTurn);
    if (isRenewed) renew(newTurn);
    else if (newTurn !== turn) begin(newTurn);
    if (underWay?.seq === taken) arrived();
    if (isFirst) takeStored(canMove);
    if (moved.size) send((isFirst || isRenewed) && !reporter.held);
  }

  // Another experiment: what was on its way to the old one is void.
  function begin(newTurn) {
    turn = newTurn;
    for (const map of [moved, unsaved])
      for (const address of [...map.keys()]) if (address !== reporter.held) map.delete(address);
    forget();
  }

  // Another session, after a server died: it has what the link holds, and nothing that was sent since.
  function renew(newTurn) {
    turn = newTurn;
    for (const [address, value] of unsaved) moved.set(address, value);
    unsettled = moved.size > 0;
    forget();
  }

  // What is unsaved when the page is left is sent when it is loaded again under the same link.
  function store() {
    if (unsaved.size) sessionStorage.setItem(stored, JSON.stringify([location.href, [...unsaved]]));
  }

  function takeStored(canMove) {
    const [href, values] = JSON.parse(sessionStorage.getItem(stored) ?? "[]");
    sessionStorage.removeItem(stored);
    if (href !== location.href) return;
    for (const [address, value] of values) {
      if (!canMove(address)) continue;
      for (const map of [moved, unsaved]) map.set(address, value);
    }
  }

  function move(address, value) {
    for (const map of [moved, unsaved]) map.set(address, value);
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
    underWay = { seq: ++sent, final, values: [...moved] };
    timer = setTimeout(() => {
      patience = Math.min(patience * 2, 8 * PATIENCE);
      underWay = null;
      send(final);
    }, patience);
    reporter.post({ seq: sent, turn, final, values: Object.fromEntries(moved), held: held() });
  }

  function arrived() {
    for (const [address, value] of underWay.values) if (moved.get(address) === value) moved.delete(address);
    if (underWay.final) for (const address of [...unsaved.keys()]) if (!moved.has(address)) unsaved.delete(address);
    patience = PATIENCE;
    forget();
  }

  function forget() {
    clearTimeout(timer);
    underWay = null;
  }

  // The component is taken away.
  function leave() {
    forget();
    store();
    removeEventListener("pagehide", store);
  }
  return reporter;
}
