// The line of a page's figure: what a hand moves and what is looked at -> reports -> pictures, and once at rest the host.
// A report holds all that the host has not taken yet, so whatever is lost on its way is in the next one. What carries
// it (a websocket, a worker, a notebook's kernel, nothing) is not known here. Python's side is lstm_core/figure/line.py.
import { forget, store as keep, stored } from "./stored.js";

const PATIENCE = 1500; // ms until a report counts as lost
const REST = 300; // ms after the last look until the host is told
const FRAME = 1000 / 60; // ms between two reports
const [MOST_VALUES, MOST_ACTS] = [64, 50]; // in a report; what is more waits for the next one

const session = (turn) => turn.split("/")[0];
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

function makeLine() {
  const moved = new Map(); // address -> value that the host has not taken yet
  const pictures = new Map(); // name -> { digest(), show(sent, digest) }
  const panels = new Map(); // name -> { show(specs), move(address, value) }
  const line = { dragged: null, playing: false, keeps: true, hostSays, isAhead, isSettled, move, look, act, settle, rest, waiting, carriedBy, isOpen, leave, pictures, panels };
  let host = null; // what tells the host
  let carrier = null; // { isOpen(), send(report) }; null where every report has to go to the host
  let [turn, seq, patience, last] = ["", 0, PATIENCE, -FRAME];
  let looking = null; // what is looked at, as long as the host does not know it
  let since = {}; // what of it is newer than the report under way
  let acts = []; // choices that nobody has answered yet
  let left = []; // choices that only the host can decide: [number, choice]
  let fresh = false; // something has changed since the last report
  let underWay, settling, timer, soon, resting, settlingTimer;

  function waiting(address) {
    return moved.get(address) ?? since[address];
  }

  // Whether the pictures show more than the host knows.
  function isAhead() {
    return moved.size > 0 || looking !== null || acts.length > 0;
  }

  // Whether nothing moves, and the host, where there is one, has taken all.
  function isSettled() {
    return !line.dragged && !line.playing && !(host && isAhead());
  }

  // Whether reports are answered, of a figure that is on screen.
  function isOpen() {
    return Boolean(turn && carrier?.isOpen());
  }

  // -- to the figure ------------------------------------------------------------------------

  function move(address, value) {
    moved.delete(address); // so that the newest stands last
    moved.set(address, value);
    fresh = true;
    for (const panel of panels.values()) panel.move(address, value);
    send();
  }

  // What is looked at, such as { t: 5 }.
  function look(where) {
    looking = { ...looking, ...where };
    Object.assign(since, where);
    fresh = true;
    send();
  }

  // A click or a key. `after` is the time in ms until the host is told, if nothing follows.
  function act(choice, after = 0) {
    acts.push(choice);
    send();
    rest(after);
  }

  function send() {
    clearTimeout(soon);
    if (!turn || underWay || !(fresh || acts.length)) return;
    if (!carrier?.isOpen()) return byHost();
    const early = last + FRAME - performance.now();
    if (early > 1) return void (soon = setTimeout(send, early));
    last = Math.max(performance.now(), last + FRAME); // what leaves a little early counts at its time
    fresh = false;
    since = {};
    underWay = { seq: ++seq, acts: Math.min(acts.length, MOST_ACTS) };
    timer = setTimeout(lost, patience);
    const digests = Object.fromEntries([...pictures].map(([name, { digest }]) => [name, digest()]));
    carrier.send({ seq, turn, values: Object.fromEntries([...moved].slice(-MOST_VALUES)), look: looking ?? {}, acts: acts.slice(0, MOST_ACTS), digests });
  }

  function lost() {
    patience = Math.min(patience * 2, 8 * PATIENCE);
    underWay = null;
    fresh = true;
    send();
  }

  function answered(answer) {
    if (underWay?.seq !== answer.seq || answer.turn !== turn) return;
    clearTimeout(timer);
    patience = PATIENCE;
    if (underWay.acts || looking) looking = { ...answer.look, ...since };
    acts.splice(0, underWay.acts);
    underWay = null;
    for (const [name, [sent, ...digests]] of Object.entries(answer.pictures)) pictures.get(name)?.show(sent, ...digests);
    for (const [name, specs] of Object.entries(answer.panels ?? {})) panels.get(name)?.show(specs);
    if (answer.open) {
      left.push(...answer.open.map((choice) => [++seq, choice]));
      settle();
    }
    send();
  }

  // -- to the host --------------------------------------------------------------------------

  // Without a line, choices go to the host at once, and what is moved when the hand lets go.
  function byHost() {
    if (!acts.length) return;
    left.push(...acts.splice(0).map((choice) => [++seq, choice]));
    settle();
  }

  // Tells the host when nothing has happened for a while.
  function rest(after = REST) {
    clearTimeout(resting);
    if (!line.playing) resting = setTimeout(() => line.dragged ?? settle(), after);
  }

  // The hand lets go. The host is told at once and of all that it has not taken: a click elsewhere would overtake it.
  function settle() {
    clearTimeout(resting);
    if (acts.length && carrier?.isOpen()) return rest(FRAME); // their answer says what is looked at
    if (!host || !(moved.size || looking || left.length)) return;
    const [values, wanted, chosen] = [[...moved].slice(0, MOST_VALUES), looking, left.slice(0, MOST_ACTS)];
    if (settling && same([settling.values, settling.wanted, settling.chosen], [values, wanted, chosen])) return;
    settling = { seq: ++seq, values, wanted, chosen, isAll: values.length === moved.size };
    clearTimeout(settlingTimer);
    settlingTimer = setTimeout(again, patience);
    host({ seq, turn, values: Object.fromEntries(values), look: wanted ?? {}, acts: chosen });
  }

  function again() {
    patience = Math.min(patience * 2, 8 * PATIENCE);
    settling = null;
    settle();
  }

  // What the host shows: which figure, and the number of the last report that it took.
  function hostSays(newTurn, taken, canMove) {
    seq = Math.max(seq, taken);
    const isFirst = !turn;
    const isRenewed = !isFirst && session(turn) !== session(newTurn);
    if (newTurn !== turn) begin(newTurn, isRenewed);
    if (settling && taken >= settling.seq) took();
    if (isFirst) takeStored(canMove);
    fresh ||= moved.size > 0 || looking !== null;
    send();
    if ((isFirst || isRenewed) && !line.dragged) settle();
  }

  // Another experiment, for which all that was on its way is void; or another session, after a host has died:
  // it has what the link holds, and nothing that was sent since.
  function begin(newTurn, isRenewed) {
    turn = newTurn;
    if (!isRenewed) {
      for (const address of [...moved.keys()]) if (address !== line.dragged) moved.delete(address);
      [looking, since, acts, left] = [null, {}, [], []];
    }
    clearTimeout(timer);
    clearTimeout(settlingTimer);
    underWay = settling = null;
  }

  function took() {
    for (const [address, value] of settling.values) if (moved.get(address) === value) moved.delete(address);
    if (same(looking, settling.wanted)) [looking, since] = [null, {}];
    left = left.filter((one) => !settling.chosen.includes(one));
    patience = PATIENCE;
    clearTimeout(settlingTimer);
    const { isAll } = settling;
    settling = null;
    if (left.length || !isAll) settle();
  }

  // -- from page to page --------------------------------------------------------------------

  const STORED = "lstm.moved";

  // What is unsaved when the page is left is sent when it is loaded again under the same link, or when its figure is
  // shown anew by a host that took the place of one that died. Within a session another page has looks of its own.
  // `line.keeps` is false where a page has several figures, which would take each other's.
  function store() {
    if (!line.keeps) return;
    const choices = [...left.map(([, choice]) => choice), ...acts];
    if (isAhead() || left.length) keep(STORED, JSON.stringify([location.href, [...moved], session(turn), looking, choices]));
  }

  function takeStored(canMove) {
    if (!line.keeps) return;
    const [href, values, before, look, choices] = JSON.parse(stored(STORED) ?? "[]");
    forget(STORED);
    if (href !== location.href) return;
    for (const [address, value] of values) if (canMove(address)) moved.set(address, value);
    if (before === session(turn)) return;
    looking ??= look;
    acts.unshift(...choices);
  }
  addEventListener("pagehide", store);

  // `tell` tells the host. The carrier is asked for once, when there is a figure.
  function carriedBy(tell, made) {
    host = tell;
    if (host && isAhead()) rest(0);
    carrier ??= made?.({ answered, opened: () => ((fresh ||= isAhead()), send()) }) ?? null;
    return carrier;
  }

  // The page goes, and with it the figure.
  function leave() {
    store();
    begin("", false);
    clearTimeout(resting);
    line.dragged = null;
    host = null;
    moved.clear();
  }
  return line;
}

// All parts of a page share one line.
export const line = makeLine();
