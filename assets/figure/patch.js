// Makes the page what a picture's markup says, and changes only what differs.
const FITS = { narrow: (width) => 0 < width && width < 680, wide: (width) => width >= 680 };

const keyOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node.dataset?.key : undefined);

const alike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && keyOf(a) === keyOf(b);

export const parsed = (markup) => new DOMParser().parseFromString(markup, "text/html").body;

function patchAttributes(node, fresh) {
  for (const { name } of [...node.attributes]) {
    if (!fresh.hasAttribute(name)) node.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (!name.startsWith("on") && node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
}

export const arrangements = (root) => [...root.children].filter((e) => e.className in FITS);

export const fitting = (width) => Object.keys(FITS).find((name) => FITS[name](width)) ?? "";

// Of two arrangements the one in sight. It follows from the width that was measured last: to ask the
// browser what is in sight would make it lay out the page in the middle of each change.
export function inSight(root) {
  const found = arrangements(root);
  return found.length > 1 ? found.find((e) => e.className === root.dataset.fits) : found[0];
}

// Only that one is brought up to date; another when it comes in sight.
const waits = (node) => node.dataset?.lazy !== undefined && inSight(node.parentElement) !== node;

function patch(node, fresh) {
  if (waits(node) || node.isEqualNode(fresh)) return;
  // Whether a table is open, and what is in it, is the reader's: only its name is Python's.
  if (node.localName === "details") return patch(node.firstElementChild, fresh.firstElementChild);
  if (node.nodeType !== Node.ELEMENT_NODE) {
    if (node.data !== fresh.data) node.data = fresh.data;
    return;
  }
  patchAttributes(node, fresh);
  patchChildren(node, fresh);
}

// Children with a data-key are found again wherever they stand, the others by their place.
export function patchChildren(parent, fresh) {
  const wantedKeys = new Set([...fresh.children].map(keyOf));
  const keyed = new Map();
  for (const child of [...parent.children].filter(keyOf)) {
    if (wantedKeys.has(keyOf(child))) keyed.set(keyOf(child), child);
    else child.remove(); // first of all, so that none has to be moved around it, which would take the focus from it
  }
  let here = parent.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    const key = keyOf(wanted);
    const found = key ? keyed.get(key) : here;
    if (found && alike(found, wanted)) {
      patch(found, wanted);
      if (found === here) here = here.nextSibling;
      else parent.insertBefore(found, here);
      continue;
    }
    const born = document.importNode(wanted, true);
    parent.insertBefore(born, here);
    if (here && !key && !keyOf(here)) {
      const gone = here;
      here = here.nextSibling;
      gone.remove();
    }
  }
  while (here) {
    const gone = here;
    here = here.nextSibling;
    gone.remove();
  }
}
