// A phone: what answers a question, and what became of the answer. An answer is sent again until the server has it.
import curve from "./curve.js";

const AGAIN = 1500; // ms until an answer counts as lost

export function reply(room) {
  let chosen; // the answer that is wanted, not yet confirmed or confirmed
  let wanted = null; // [at, round] of it
  let [isKept, timer] = [false, 0];

  const isHere = (place) => place && room.told && place[0] === room.told.at && place[1] === room.told.round;

  function give(answer) {
    [chosen, wanted, isKept] = [answer, [room.told.at, room.told.round], false];
    deliver();
    mark();
  }

  function deliver() {
    clearTimeout(timer);
    if (isKept || !isHere(wanted) || room.told.phase !== "open") return;
    room.send({ answer: chosen, at: wanted[0], round: wanted[1] });
    timer = setTimeout(deliver, AGAIN);
  }

  function mark() {
    for (const button of room.screen.querySelectorAll("[data-answer]"))
      button.ariaPressed = String(isHere(wanted) && JSON.parse(button.dataset.answer) === chosen);
    tell();
  }

  function tell() {
    const { phase } = room.told;
    const has = isHere(wanted);
    if (phase === "open") room.say(has ? (isKept ? room.says.kept : room.says.sending) : room.told.round > 1 ? room.says.again : "");
    else room.say(phase === "closed" ? room.says.closed : "");
  }

  function number(label) {
    const [slider, shown, send] = [label.querySelector("input"), label.querySelector("output"), room.screen.querySelector(".send")];
    slider.addEventListener("input", () => {
      shown.textContent = Number(slider.value).toFixed(2).replace("-", "−");
      send.disabled = false;
    });
    send.addEventListener("click", () => give(Number(slider.value)));
  }

  function sheet(place) {
    const data = JSON.parse(place.dataset.sheet);
    const shadow = place.attachShadow({ mode: "open" });
    const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("files/curve.css", document.baseURI) });
    const parentElement = document.createElement("div");
    shadow.append(style, parentElement);
    const send = room.screen.querySelector(".send");
    const setStateValue = (_, { seq, values }) => {
      [data[0], data[4], data[5]] = [seq, values, true];
      send.disabled = false;
      curve({ data, parentElement, setStateValue });
    };
    curve({ data, parentElement, setStateValue });
    send.addEventListener("click", () => give(data[4]));
  }

  function shown() {
    for (const button of room.screen.querySelectorAll("[data-answer]")) button.addEventListener("click", () => give(JSON.parse(button.dataset.answer)));
    if (room.told.phase === "open") {
      const [label, place] = [room.screen.querySelector(".value"), room.screen.querySelector("[data-sheet]")];
      if (label) number(label);
      if (place) sheet(place);
    }
    mark();
  }

  function kept(place) {
    if (!isHere(place)) return;
    [wanted, isKept] = [place, true];
    clearTimeout(timer);
    tell();
  }

  return { told: () => (deliver(), tell()), shown, kept, late: () => tell() };
}
