// A projector, and a second window with what only the teacher reads: one key leads everybody on, as a clicker sends it.
const KEYS = { PageDown: "on", ArrowRight: "on", " ": "on", PageUp: "back", ArrowLeft: "back", a: "again" };
const SOON = 300; // ms in which a second press of the same kind is taken for a slip of the hand

export function lead(room) {
  const at = (id) => document.getElementById(id);
  const hasNotes = room.hash.has("notes");
  let last = ["", 0];
  document.body.classList.add("leads");
  document.body.classList.toggle("notes", hasNotes);

  function act(action) {
    const now = performance.now();
    if (!room.told || (action === last[0] && now - last[1] < SOON)) return;
    last = [action, now];
    room.send({ do: action, version: room.told.version });
  }

  function button(action, label, isMain) {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: label, className: isMain ? "main" : "" });
    made.addEventListener("click", () => act(action));
    return made;
  }

  // What one press does next.
  function next() {
    const { phase, at: place, of } = room.told;
    if (phase === "open") return room.says.close;
    if (phase === "closed") return room.says.reveal;
    return place >= of ? room.says.end : room.says.next;
  }

  function told() {
    const { phase, round } = room.told;
    const buttons = phase === "lobby" ? [button("on", room.says.begin, true)] : [button("back", room.says.back)];
    if (phase === "closed" && round === 1) buttons.push(button("again", room.says.ask_again));
    if (phase !== "lobby" && phase !== "end") buttons.push(button("on", next(), true));
    if (!hasNotes) {
      const link = Object.assign(document.createElement("a"), { className: "go", target: "_blank", textContent: room.says.notes });
      link.href = `${location.pathname}#key=${room.key}&notes=1`;
      buttons.push(link);
    }
    at("lead").replaceChildren(...buttons);
    at("hall").hidden = phase !== "lobby";
    counted();
  }

  function counted() {
    if (!room.counts || !room.told) return;
    if (room.counts !== seen) [seen, since] = [room.counts, performance.now()];
    stuck = seen.version === room.told.version ? seen.stuck : null;
    waiting();
    const { members, answered, rounds } = room.counts;
    const asks = room.told.kind === "item" && answered !== undefined;
    at("count").textContent = asks ? room.says.answered.replace("{n}", answered).replace("{of}", members) : room.says.here.replace("{n}", members);
    const bars = room.screen.querySelector(".bars");
    if (!bars) return;
    const all = Object.entries(rounds);
    bars.classList.toggle("counted", all.length > 0 && room.told.phase !== "open");
    for (const [round, tally] of all) {
      const sum = Math.max(1, Object.values(tally).reduce((a, b) => a + b, 0));
      for (const row of bars.querySelectorAll("li")) {
        const bar = row.querySelector(`[data-round="${round}"]`);
        const n = tally[row.dataset.row] ?? 0;
        bar.style.setProperty("--share", n / sum);
        bar.textContent = `${n}`;
      }
    }
  }

  // Who needs a hand: counts alone, and only in the teacher's own window.
  let [stuck, seen, since] = [null, null, 0];
  function waiting() {
    if (!hasNotes) return;
    const lines = [];
    const line = (name, n, more) => lines.push(Object.entries({ n, ...more }).reduce((text, [key, value]) => text.replace(`{${key}}`, value), room.says[name]));
    if (stuck) {
      const of = room.counts.members;
      const seconds = Math.floor((stuck.open_for ?? 0) + (performance.now() - since) / 1000);
      const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      line("open_for" in stuck ? "silent_open" : "silent_closed", stuck.silent, { of, time });
      for (const name of ["wrong_twice", "absent"]) if (stuck[name]) line(name, stuck[name]);
    }
    at("stuck").replaceChildren(...lines.map((textContent) => Object.assign(document.createElement("li"), { textContent })));
  }

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
    if (event.key === " " && event.target.closest?.("button, a")) return;
    event.preventDefault();
    act(KEYS[event.key]);
  });

  // A clock, for the teacher alone.
  const begun = Date.now();
  if (hasNotes)
    setInterval(() => {
      at("clock").textContent = `${Math.floor((Date.now() - begun) / 60000)} min`;
      waiting();
    }, 1000);

  return { told, shown: counted, counted };
}
