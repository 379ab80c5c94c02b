// A room on a phone or a projector: what the server tells -> screen; what is pressed -> the server.
// The key of the teacher stands behind the # of the address, which no browser sends to a server.
import { parsed } from "./patch.js";
import { lead } from "./lead.js";
import { reply } from "./reply.js";
import { socket } from "./socket.js";

const at = (id) => document.getElementById(id);
const says = JSON.parse(at("texts").textContent);
const [code, hash] = [document.body.dataset.code, new URLSearchParams(location.hash.slice(1))];
const key = hash.get("key") ?? "";
const KEPT = `lstm.room.${code}`;

function stored() {
  try {
    return sessionStorage.getItem(KEPT) ?? "";
  } catch {
    return "";
  }
}

function store(member) {
  try {
    sessionStorage.setItem(KEPT, member);
  } catch {
    // Then a reload counts as another phone.
  }
}

export const room = { told: null, counts: null, says, code, key, hash, language: document.documentElement.lang, send, say, screen: at("slide") };
const view = key ? lead(room) : reply(room);
let carrier = null;
let shown = "";

function send(message) {
  if (carrier?.isOpen()) carrier.send(message);
  return Boolean(carrier?.isOpen());
}

function say(text) {
  at("says").textContent = text;
}

// The same slide may be told anew, when its answer is known.
const nameOf = ({ at, phase, round }) => `${at}.${phase}.${round}`;

function put(place, html) {
  place.replaceChildren(...[...parsed(html).childNodes].map((node) => document.importNode(node, true)));
}

function answered(message) {
  if (message.refused || message.gone) return refuse(message.refused ?? "code");
  if (message.member) store(message.member);
  if (message.room) {
    room.told = message.room;
    at("place").textContent = room.told.at && room.told.at <= room.told.of ? `${room.told.at} / ${room.told.of}` : "";
    view.told();
    if (nameOf(room.told) !== shown) send({ slide: true, notes: hash.has("notes") });
  }
  if (message.slide && room.told && nameOf(message.slide) === nameOf(room.told)) {
    shown = nameOf(message.slide);
    put(room.screen, message.slide.html);
    put(at("notes"), message.slide.notes ?? "");
    view.shown();
    if (room.told.at) room.screen.querySelector("h2")?.focus?.();
  }
  if (message.counts) {
    room.counts = message.counts;
    view.counted?.();
  }
  if ("kept" in message && message.kept) view.kept?.(message.kept);
  if (message.late) view.late?.(message.late);
}

function refuse(why) {
  say(says[`refused_${why}`] ?? says.refused_code);
  carrier = null;
}

carrier = socket((isRefused) => say(isRefused ? says.no_line : ""), "line")({
  answered,
  opened: () => {
    shown = "";
    carrier?.send({ join: code, member: stored(), key, language: room.language });
  },
});
