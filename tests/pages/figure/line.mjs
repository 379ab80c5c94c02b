// assets/figure/line.js with a figure, a host and a clock of its own: whatever is lost, nothing that was done is.
// Run by tests/pages/figure/test_line_script.py, which hands over the script: node line.mjs SCRIPT
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import test from "node:test";

const COPIED = mkdtempSync(join(tmpdir(), "line-"));
const COPY = join(COPIED, "line.mjs"); // of which each test imports its own
writeFileSync(COPY, readFileSync(process.argv[2]));
writeFileSync(join(COPIED, "stored.js"), readFileSync(join(dirname(process.argv[2]), "stored.js"))); // which it imports
writeFileSync(join(COPIED, "package.json"), '{"type": "module"}');
const MOST = 64; // lstm_core/figure/line.py::MOST_VALUES
let copies = 0;

// -- a clock that tests move, and a browser's storage ----------------------------------------------
class Clock {
  constructor() {
    Object.assign(this, { now: 0, waiting: new Map(), number: 0 });
  }
  set(call, after = 0) {
    this.waiting.set(++this.number, [this.now + Math.max(after, 0), call]);
    return this.number;
  }
  pass(ms) {
    const end = this.now + ms;
    for (;;) {
      const due = [...this.waiting].filter(([, [at]]) => at <= end).sort((a, b) => a[1][0] - b[1][0] || a[0] - b[0])[0];
      if (!due) break;
      this.waiting.delete(due[0]);
      this.now = due[1][0];
      due[1][1]();
    }
    this.now = end;
  }
}

async function freshLine(clock) {
  globalThis.setTimeout = (call, after) => clock.set(call, after);
  globalThis.clearTimeout = (number) => clock.waiting.delete(number);
  Object.defineProperty(globalThis, "performance", { value: { now: () => clock.now }, configurable: true });
  const stored = new Map();
  globalThis.sessionStorage = {
    getItem: (key) => stored.get(key) ?? null, setItem: (key, value) => stored.set(key, value), removeItem: (key) => stored.delete(key),
  };
  globalThis.location = { href: "http://here/?link" };
  globalThis.addEventListener = () => {};
  return (await import(`${COPY}?${++copies}`)).line;
}

// -- the other side, as lstm_core/figure/line.py and pages/_ui/browser/hand.py do it -----------------
class World {
  constructor(line, clock, chance = () => 1) {
    Object.assign(this, { line, clock, chance, name: "a", turn: 1, taken: 0, acted: 0, isAlive: true, isOpen: true, lost: 0 });
    this.link = { values: {}, look: { t: 1 }, did: [] }; // what the page holds, and the address bar
    this.reports = [];
    this.underWay = 0;
    line.carriedBy((report) => this.rests(structuredClone(report)), ({ answered, opened }) => {
      Object.assign(this, { answered, opened });
      return { isOpen: () => this.isOpen && this.isAlive, send: (report) => this.report(structuredClone(report)) };
    });
    this.says();
  }
  get named() {
    return `${this.name}/${this.turn}`;
  }
  says() {
    this.line.hostSays(this.named, this.taken, () => true);
  }
  after(report) {
    const look = { ...this.link.look, ...report.look };
    const open = [];
    for (const choice of report.acts) {
      if (choice.value === "next") look.t += 1;
      else open.push(choice);
    }
    return [look, open];
  }
  report(report) {
    this.reports.push(report);
    this.underWay += 1;
    this.mostUnderWay = Math.max(this.mostUnderWay ?? 0, this.underWay);
    if (Object.keys(report.values).length > MOST || report.acts.length > MOST) return;
    const { name } = this;
    if (this.chance() < this.lost) return;
    this.clock.set(() => {
      this.underWay = 0;
      if (!this.isAlive || this.name !== name || report.turn !== this.named) return;
      const [look, open] = this.after(report);
      const answer = { seq: report.seq, turn: report.turn, look, pictures: {} };
      if (this.chance() >= this.lost) this.answered(open.length ? { ...answer, open } : answer);
    }, 5 + 40 * this.chance());
  }
  rests(report) {
    const { name } = this;
    if (!this.isAlive || this.chance() < this.lost) return;
    this.clock.set(() => {
      if (!this.isAlive || this.name !== name) return;
      const acts = report.acts.filter(([number]) => number > this.acted);
      if (Object.keys(report.values).length > MOST || acts.length > MOST) return;
      this.taken = report.seq;
      if (report.turn === this.named) {
        const [look, open] = this.after({ ...report, acts: acts.map(([, choice]) => choice) });
        Object.assign(this.link.values, report.values);
        this.link.look = look;
        this.link.did.push(...open.map(({ value }) => value));
        this.acted = Math.max(this.acted, ...acts.map(([number]) => number));
      }
      if (this.chance() >= this.lost) this.clock.set(() => this.name === name && this.isAlive && this.says(), 20);
    }, 10 + 60 * this.chance());
  }
  dies() {
    [this.isAlive, this.underWay] = [false, 0];
  }
  // Another process: what the link holds is there, and nothing else.
  comes() {
    if (this.isAlive) return;
    Object.assign(this, { isAlive: true, name: `${this.name}a`, taken: 0, acted: 0, underWay: 0 });
    this.says();
    this.opened();
  }
}

async function world(chance) {
  const clock = new Clock();
  const line = await freshLine(clock);
  return [line, new World(line, clock, chance), clock];
}

// -- one thing after the other ---------------------------------------------------------------------
test("a hand that moves is answered by the line, and the host is told once, when it lets go", async () => {
  const [line, there, clock] = await world();
  line.dragged = "b_f.1";
  for (let k = 1; k <= 30; k++) {
    line.move("b_f.1", k);
    clock.pass(10);
  }
  assert.ok(there.reports.length > 3 && there.reports.length < 25, "fewer reports than moves");
  assert.equal(there.taken, 0);
  assert.equal(there.mostUnderWay, 1);
  line.dragged = null;
  line.settle();
  line.settle();
  clock.pass(500);
  assert.deepEqual(there.link.values, { "b_f.1": 30 });
  assert.equal(line.isAhead(), false);
  assert.equal(line.waiting("b_f.1"), undefined);
});

test("no more than sixty reports a second leave, and the newest always does", async () => {
  const [line, there, clock] = await world(() => 0);
  for (let k = 1; k <= 1000; k++) {
    line.move("x.1.1", k);
    clock.pass(1);
  }
  assert.ok(there.reports.length <= 61, String(there.reports.length));
  clock.pass(100);
  assert.equal(there.reports.at(-1).values["x.1.1"], 1000);
});

test("looks rest after a while, and not before", async () => {
  const [line, there, clock] = await world();
  for (let t = 2; t <= 6; t++) {
    line.look({ t });
    line.rest();
    clock.pass(200);
  }
  assert.equal(there.taken, 0);
  clock.pass(1000);
  assert.equal(there.link.look.t, 6);
});

test("while it plays the host is told nothing", async () => {
  const [line, there, clock] = await world();
  line.playing = true;
  for (let k = 0; k < 5; k++) {
    line.act({ role: "key", value: "next" }, 300);
    clock.pass(900);
  }
  assert.equal(there.taken, 0);
  line.playing = false;
  line.rest(0);
  clock.pass(500);
  assert.equal(there.link.look.t, 6);
});

test("keys in quick succession all count, once each, in their order", async () => {
  const [line, there, clock] = await world();
  for (let k = 0; k < 7; k++) line.act({ role: "key", value: "next" }, 300);
  line.act({ role: "key", value: "present" });
  line.act({ role: "key", value: "leave" });
  clock.pass(2000);
  assert.equal(there.link.look.t, 8);
  assert.deepEqual(there.link.did, ["present", "leave"]);
});

test("another experiment makes what is on its way void, but not what the hand holds", async () => {
  const [line, there, clock] = await world();
  line.dragged = "b_f.1";
  line.move("b_f.1", 1);
  line.move("x.1.1", 2);
  Object.assign(there, { turn: there.turn + 1, underWay: 0 });
  there.says();
  assert.equal(line.waiting("x.1.1"), undefined);
  assert.equal(line.waiting("b_f.1"), 1);
  line.dragged = null;
  line.settle();
  clock.pass(500);
  assert.deepEqual(there.link.values, { "b_f.1": 1 });
});

test("without a line the host gets all of it when the hand rests", async () => {
  const [line, there, clock] = await world();
  there.isOpen = false;
  line.dragged = "b_f.1";
  for (let k = 1; k <= 9; k++) line.move("b_f.1", k);
  clock.pass(1000);
  assert.equal(there.taken, 0);
  line.dragged = null;
  line.settle();
  line.act({ role: "key", value: "next" });
  line.act({ role: "key", value: "present" });
  clock.pass(1000);
  assert.deepEqual(there.link, { values: { "b_f.1": 9 }, look: { t: 2 }, did: ["present"] });
});

test("without a line a choice goes to the host once, and no move of the hand tells it", async () => {
  const [line, there, clock] = await world();
  there.isOpen = false;
  there.dies();
  line.act({ role: "key", value: "present" });
  let told = 0;
  line.carriedBy(() => (told += 1));
  line.dragged = "b_f.1";
  for (let k = 1; k <= 9; k++) line.move("b_f.1", k);
  assert.equal(told, 0);
});

test("who does much while the server is gone loses none of it", async () => {
  const [line, there, clock] = await world();
  there.dies();
  for (let k = 1; k <= 3 * MOST; k++) line.move(`x.${k}.1`, k);
  for (let k = 1; k <= 3 * MOST; k++) line.act({ role: "key", value: "next" }, 300);
  line.settle();
  clock.pass(5000);
  there.comes();
  clock.pass(60_000);
  assert.equal(Object.keys(there.link.values).length, 3 * MOST);
  assert.equal(there.link.look.t, 1 + 3 * MOST);
});

test("a look that follows while an older one is under way is not lost, and its slider stays", async () => {
  const [line, there, clock] = await world();
  line.look({ t: 5 });
  line.look({ t: 15 });
  assert.equal(line.waiting("t"), 15);
  clock.pass(200);
  assert.equal(there.reports.at(-1).look.t, 15);
  line.rest(0);
  clock.pass(500);
  assert.equal(there.link.look.t, 15);
  assert.equal(line.waiting("t"), undefined);
});

// `isNew` : whether the process that was there before has died.
async function shownAnew(isNew) {
  const [line, there, clock] = await world();
  clock.pass(100);
  if (isNew) there.dies();
  line.look({ t: 5 });
  line.act({ role: "key", value: "next" }, 300);
  line.leave(); // Streamlit takes the old parts of the page away
  if (isNew) Object.assign(there, { isAlive: true, name: "another", taken: 0, acted: 0, underWay: 0 });
  line.carriedBy((report) => there.rests(structuredClone(report)));
  there.says();
  there.opened();
  clock.pass(60_000);
  return there.link.look.t;
}

test("a figure that is shown anew after its server died has what was looked at and pressed", async () => {
  assert.equal(await shownAnew(true), 6);
});

test("a figure of another page in the same session has a look of its own", async () => {
  assert.equal(await shownAnew(false), 1);
});

// -- at random: a line that loses, a host that dies --------------------------------------------------
function dice(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

test("whatever is lost and whenever the server dies, what was done last is what the link holds", async () => {
  for (let seed = 1; seed <= 300; seed++) {
    const chance = dice(seed);
    const [line, there, clock] = await world(chance);
    there.lost = chance() * 0.4;
    const wanted = {};
    let t = 1;
    for (let k = 0; k < 60; k++) {
      const what = chance();
      if (what < 0.5) {
        const address = `b_${"fico"[Math.floor(chance() * 4)]}.1`;
        line.dragged = address;
        line.move(address, (wanted[address] = Math.round(chance() * 100)));
      } else if (what < 0.7) {
        line.dragged = null;
        line.settle();
      } else if (what < 0.85) {
        line.look({ t: (t = 1 + Math.floor(chance() * 16)) });
        line.rest();
      } else if (what < 0.9) there.dies();
      else if (what < 0.97) there.comes();
      else there.isOpen = !there.isOpen;
      clock.pass(chance() * 200);
    }
    line.dragged = null;
    line.settle();
    there.comes();
    Object.assign(there, { lost: 0, isOpen: true });
    there.opened();
    clock.pass(120_000);
    assert.deepEqual([there.link.values, there.link.look.t], [wanted, t], `seed ${seed}`);
    assert.equal(line.isAhead(), false, `seed ${seed}`);
  }
});

test("choices count once each, whatever is lost on the way", async () => {
  for (let seed = 1; seed <= 200; seed++) {
    const chance = dice(seed);
    const [line, there, clock] = await world(chance);
    there.lost = chance() * 0.4;
    let [t, did] = [1, []];
    for (let k = 0; k < 30; k++) {
      if (chance() < 0.6) {
        line.act({ role: "key", value: "next" }, 300);
        t += 1;
      } else {
        did.push(`ask${k}`);
        line.act({ role: "key", value: `ask${k}` });
      }
      clock.pass(chance() * 300);
    }
    there.lost = 0;
    clock.pass(120_000);
    assert.deepEqual([there.link.look.t, there.link.did], [t, did], `seed ${seed}`);
  }
});
