// The pictures that this page holds, so that Python can send of a picture only what has changed in it.
// Python's side is pages/_ui/browser/changes.py.
const MOST = 4; // in a report
const pictures = new Map(); // key -> { digest, markup }, the one that came last at the end

// The markup of a picture: it came as a whole, or as parts of the one that is held under the same digest.
// null where that one is not held any more: the browser may draw an old answer again after a newer one.
export function whole(sent, key, digest) {
  if (typeof sent === "string") {
    pictures.delete(key);
    pictures.set(key, { digest, markup: sent });
    return sent;
  }
  if (pictures.get(key)?.digest !== digest) return null;
  const old = pictures.get(key).markup.split("<");
  return sent.map((part) => (typeof part === "string" ? part : old.slice(...part).join("<"))).join("<");
}

// What a report says of them. A picture that is named in it stays until another one comes whole.
export const held = () => [...pictures.values()].slice(-MOST).map(({ digest }) => digest);
