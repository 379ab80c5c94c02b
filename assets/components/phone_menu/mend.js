// What the parts that a host draws leave out for those who listen or have no mouse: names, roles, a focus to scroll by.
const MENDS = {
  // A box for files: its button shows its text by the style sheet alone, which not everybody is read.
  "[data-testid=stFileUploaderDropzone]": (zone) => {
    if (zone.getAttribute("role") === "presentation") zone.setAttribute("role", "group");
    const button = zone.querySelector("button");
    const [, shown] = /^"(.+)"$/.exec(getComputedStyle(button, "::after").content) ?? [];
    const label = zone.closest("[data-testid=stFileUploader]")?.querySelector("label")?.textContent.trim();
    const name = [shown, label].filter(Boolean).join(": ");
    if (shown && button.ariaLabel !== name) button.ariaLabel = name;
  },
  // An equation or a table that is larger than its room can be moved with the arrow keys.
  ".katex-display, .stDataFrame, [data-testid=stMarkdownContainer]:has(> table)": (box) => {
    const isLarger = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight + 1;
    if (isLarger && !box.hasAttribute("tabindex")) box.tabIndex = 0;
    if (!isLarger) box.removeAttribute("tabindex");
  },
  // A text that stands in for one that the reader's language lacks; the class says which language it is in.
  "[class*='st-key-lang-']": (box) => {
    const [, code] = /st-key-lang-(\w+)-/.exec(box.className);
    if (box.lang !== code) box.lang = code;
  },
  // The open menu stands at the end of the page, away from the button that opens it.
  "[data-floating-ui-portal]:has(a[href])": (menu) => {
    if (menu.role === "navigation") return;
    const opener = document.querySelector("[data-testid=stTopNavSection][aria-expanded=true]");
    Object.assign(menu, { role: "navigation", ariaLabel: opener?.textContent ?? "" });
  },
};

// Buttons that say the same, such as “Begin” on each card, are told apart by what stands first beside them.
// A host keeps a hidden twin of those that have a help, and draws some twice for a moment: only what is seen counts, and
// what was named goes by its own text again when it is alone.
const toldApart = new WeakSet();
const lines = (element) => element.innerText.split("\n").map((line) => line.trim()).filter(Boolean);

function tellApart() {
  const all = [...document.querySelectorAll("[data-testid=stMain] button:not([role])")];
  const buttons = all.filter((button) => button.checkVisibility()).map((button) => [button, lines(button)]);
  const said = buttons.flatMap(([, own]) => own);
  for (const [button, [text]] of buttons) {
    if (!text || said.indexOf(text) === said.lastIndexOf(text)) {
      if (toldApart.delete(button)) button.removeAttribute("aria-label");
      continue;
    }
    let [box, beside] = [button, ""];
    while (box && !(beside = lines(box).find((line) => !said.includes(line)))) box = box.parentElement;
    const name = `${text}: ${beside}`;
    if (beside && button.ariaLabel !== name) button.ariaLabel = name;
    toldApart.add(button);
  }
}

function mend() {
  tellApart();
  for (const [selector, how] of Object.entries(MENDS)) document.querySelectorAll(selector).forEach(how);
}

// Now, and a moment after each change of the page. What a hand moves is drawn inside shadow roots, and is none.
let soon;
const later = () => (soon ??= setTimeout(() => ((soon = undefined), mend()), 100));
export function keepMending() {
  mend();
  new MutationObserver(later).observe(document.body, { childList: true, subtree: true });
  addEventListener("resize", later);
}
