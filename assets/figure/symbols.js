// Prose, formula and picture are one thing: a symbol under the pointer, the finger or the focus lights its quantity
// wherever that stands, and a number or a part of a picture lights the symbol. It only shows; nothing is asked for it.

// What a symbol reads as in a formula that KaTeX has set -> the key of its quantity.
export const READS = {
  xt: "x", "ht−1": "h_prev", "Ct−1": "C_prev", ft: "f", it: "i", "C~t": "C_tilde", ot: "o", Ct: "C", ht: "h",
  x: "x", f: "f", i: "i", "C~": "C_tilde", o: "o", C: "C", h: "h",
};
for (const gate of "fico") for (const letter of "zWUVb") READS[letter + gate] = `z_${gate}`;
const GATES = { z_f: "f", z_i: "i", z_c: "C_tilde", z_o: "o" }; // weights and sums are inside the box of their gate
const KNOWN = new Set(Object.values(READS));
const FORMULA = ".katex-display";

// One sheet, which the page and the shadow root of every picture share.
const sheet = new CSSStyleSheet();
let [lit, at] = [null, null]; // the key, and of a formula that has the focus the symbol

const rules = (key) => {
  const box = GATES[key] ?? key;
  const symbols = `[data-symbol="${key}"]`;
  return `
    ${symbols}:not(text) { background: color-mix(in srgb, var(--st-primary-color, Highlight) 24%, transparent); border-radius: 3px;
      box-shadow: 0 0 0 2px color-mix(in srgb, var(--st-primary-color, Highlight) 24%, transparent); }
    text${symbols} { font-weight: 700; text-decoration: underline; text-underline-offset: 3px; }
    [data-quantity="${key}"] > .hit { stroke: var(--st-primary-color); stroke-width: 2.5; }
    td[data-quantity="${key}"], span[data-quantity="${key}"] { background: color-mix(in srgb, var(--st-primary-color) 18%, transparent); }
    :is(path, g):not(.num, .cells)[data-quantity="${key}"] { stroke: currentColor; stroke-width: 2; vector-effect: non-scaling-stroke; }
    .cells[data-quantity="${key}"] > rect { stroke: var(--st-primary-color); }
    [data-key="line-${key}"] { stroke-width: 5; }
    [data-part="${box}"] > [data-key="box"] { stroke-width: 5; }`;
};

function light(key) {
  if (key === lit) return;
  lit = key;
  read();
  sheet.replaceSync(key ? rules(key) : "");
}

export function lightIn(root) {
  const place = root.getRootNode();
  if (!place.adoptedStyleSheets.includes(sheet)) place.adoptedStyleSheets = [...place.adoptedStyleSheets, sheet];
}

// Marks the symbols of all formulas: of one within another (C within C_t) the outer one.
function read() {
  for (const one of document.querySelectorAll(".katex-html .mord:not(.mtight, .mtight *)")) {
    if (one.parentElement.closest("[data-symbol]")) continue;
    const key = READS[one.textContent.replace(/[\s\u200b]/g, "")];
    if (key) one.dataset.symbol = key;
    else delete one.dataset.symbol;
  }
  for (const formula of document.querySelectorAll(FORMULA)) if (formula.querySelector("[data-symbol]")) formula.tabIndex = 0;
}

function keyOf(target) {
  const found = target?.closest?.("[data-symbol], [data-quantity], [data-part]")?.dataset;
  const key = found && (found.symbol ?? found.quantity ?? found.part);
  return KNOWN.has(key) ? key : null;
}

// A hand that drags looks at what it drags.
const over = (event) => {
  if (event.type === "pointerover" && (event.buttons || event.pointerType === "touch")) return;
  if (event.target.closest?.(".katex")) read();
  light(keyOf(event.composedPath()[0]));
};

// Within a formula that has the focus the arrow keys go from symbol to symbol, line by line: KaTeX has columns.
const SAME_LINE = 12; // pixels
function symbolsOf(formula) {
  const placed = [...formula.querySelectorAll("[data-symbol]")].map((one) => [one, one.getBoundingClientRect()]);
  placed.sort(([, a], [, b]) => (Math.abs(a.bottom - b.bottom) > SAME_LINE ? a.bottom - b.bottom : a.left - b.left));
  return placed.map(([one]) => one);
}

function focused(event) {
  const [inside] = event.composedPath();
  if (!inside.matches?.(FORMULA)) return light(keyOf(inside));
  at = 0;
  light(symbolsOf(inside)[0]?.dataset.symbol ?? null);
}

function pressed(event) {
  if (event.key === "Tab") return read();
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!by || !event.target.matches?.(FORMULA)) return;
  event.preventDefault();
  const symbols = symbolsOf(event.target);
  at = Math.min(Math.max((at ?? 0) + by, 0), symbols.length - 1);
  symbols[at]?.scrollIntoView({ block: "nearest", inline: "nearest" });
  light(symbols[at]?.dataset.symbol ?? null);
}

for (const [type, listener] of [["pointerover", over], ["pointerdown", over], ["focusin", focused], ["keydown", pressed]])
  document.addEventListener(type, listener, { capture: true, passive: type.startsWith("pointer") });
document.addEventListener("focusout", () => light(null), { capture: true });
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
