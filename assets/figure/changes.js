// The markup of a picture as the page holds it, and what Python says has changed in it: lstm_core/figure/changes.py.
// A drag changes numbers and lengths, seldom what there is: then each changed piece goes straight to its element.
import { arrangements, inSight, parsed, patchChildren } from "./patch.js";

const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;
const ENTITY = /&(?:amp|lt|gt|quot|#x27|#(\d+));/g;
const NAMED = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'" };
const plain = (text) => text.replace(ENTITY, (found, code) => NAMED[found] ?? String.fromCodePoint(code));

// A piece is what stands between two signs <: `rect x="1"/>`, `text y="2">0.81`, `/text>`.
function read(piece) {
  const end = piece.indexOf(">");
  const [name] = piece.match(/^\/?[\w:-]*/);
  return { name, tag: piece.slice(name.length, end), text: piece.slice(end + 1), isEmpty: piece[end - 1] === "/" };
}

const attributes = (tag) => new Map([...tag.matchAll(ATTRIBUTE)].map(([, name, value]) => [name, value]));

// Piece -> its element, and the text after it. null where the page is not built as the markup says.
function index(root, pieces) {
  const found = [];
  let [parent, here] = [root, root.firstChild];
  for (const piece of pieces.slice(1)) {
    const { name, text, isEmpty } = read(piece);
    let element = null;
    if (name[0] === "/") {
      if ((here && parent.localName !== "details") || parent === root || parent.localName.toLowerCase() !== name.slice(1).toLowerCase()) return null;
      [parent, here] = [parent.parentNode, parent.nextSibling];
    } else {
      if (here?.localName?.toLowerCase() !== name.toLowerCase()) return null;
      element = here;
      [parent, here] = isEmpty ? [parent, here.nextSibling] : [here, here.firstChild];
    }
    if (text && here?.nodeType !== Node.TEXT_NODE) return null;
    found.push([element, text ? here : null]);
    if (text) here = here.nextSibling;
  }
  return parent === root && !here ? found : null;
}

export function makeMarkup(root) {
  let [pieces, digest, places] = [null, "", null];

  // The markup as a whole, or as parts of the one that the page shows: [first, after the last] or new pieces.
  function show(sent, newDigest, from) {
    if (typeof sent === "string") return showWhole(sent.split("<"), newDigest);
    if (from !== undefined && from !== digest) return false;
    if (!sent.length) return true; // nothing has changed
    const next = sent.flatMap((part) => (typeof part === "string" ? part.split("<") : pieces.slice(...part)));
    digest = newDigest;
    const changed = straight(next);
    if (!changed) return showWhole(next, newDigest);
    for (const change of changed) change();
    pieces = next;
    return true;
  }

  function showWhole(next, newDigest) {
    [pieces, digest, places] = [next, newDigest, null];
    refresh();
    return true;
  }

  // What has to be done where no element comes or goes; null where one does.
  function straight(next) {
    if (next.length !== pieces.length) return null;
    places ??= index(root, pieces) ?? [];
    const changes = [];
    for (let k = 1; k < next.length; k++) {
      if (next[k] === pieces[k]) continue;
      const [before, after, place] = [read(pieces[k]), read(next[k]), places[k - 1]];
      if (!place || before.name !== after.name || before.isEmpty !== after.isEmpty) return null;
      const [element, text] = place;
      if (before.text !== after.text) {
        if (!text || !after.text) return null;
        changes.push(() => (text.data = plain(after.text)));
      }
      if (before.tag === after.tag) continue;
      const [old, wanted] = [attributes(before.tag), attributes(after.tag)];
      if (old.get("data-key") !== wanted.get("data-key")) return null;
      for (const name of old.keys()) if (!wanted.has(name)) changes.push(() => element.removeAttribute(name));
      for (const [name, value] of wanted)
        if (old.get(name) !== value && !name.startsWith("on")) changes.push(() => element.setAttribute(name, plain(value)));
    }
    return changes;
  }

  // Brings the page up to date with the whole markup, as after another arrangement came in sight.
  function refresh() {
    if (pieces) patchChildren(root, parsed(pieces.join("<")));
    // An arrangement that is out of sight is not brought up to date, so the page is not what the markup says.
    if (arrangements(root).length > 1 && inSight(root)) places = [];
    else places = null;
  }

  return { show, refresh, digest: () => digest, isEmpty: () => pieces === null };
}
