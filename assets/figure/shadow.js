// A figure within somebody else's page: neither's style sheets reach the other, and keys that lead through its walk mean
// something only while the focus is in it, because a notebook or a deck of slides has a use of its own for them.

// A page has a theme of its own, which need not be that of the system: its letters say whether it is dark. A canvas knows
// every way to write a colour.
function isDark(element) {
  const pixel = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
  pixel.fillStyle = getComputedStyle(element.isConnected ? element : document.body).color;
  pixel.fillRect(0, 0, 1, 1);
  const [red, green, blue] = pixel.getImageData(0, 0, 1, 1).data;
  return 0.3 * red + 0.6 * green + 0.1 * blue > 128;
}

// Returns the element for the figure's parts, the keys as a picture takes them, and what takes all away.
export function inShadow(parent, styles, keyboard) {
  const [host, figure, keys] = [document.createElement("div"), document.createElement("div"), {}];
  host.style.colorScheme = isDark(parent) ? "dark" : "light";
  figure.className = "figure";
  figure.dataset.lmSuppressShortcuts = "true"; // Jupyter leaves the keys to it
  const sheet = Object.assign(document.createElement("style"), { textContent: styles });
  host.attachShadow({ mode: "open" }).append(sheet, figure);
  host.addEventListener("focusin", () => Object.assign(keys, keyboard));
  host.addEventListener("focusout", () => Object.keys(keys).forEach((key) => delete keys[key]));
  host.addEventListener("click", () => host.shadowRoot.activeElement ?? figure.querySelector(".walk button")?.focus({ preventScroll: true }));
  parent.append(host);
  return { figure, keys, remove: () => host.remove() };
}
