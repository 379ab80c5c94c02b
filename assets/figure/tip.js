// What the pointer reads off a chart: the exact numbers of its row at its step.
import { headOf } from "./as_table.js";
import { stepAt } from "./grab.js";

// At a step, or at a place with a name of its own.
function readOff(target, clientX) {
  const row = target.closest?.("[data-steps]");
  const t = row && stepAt(target, clientX);
  if (!t) return null;
  const said = [...row.querySelectorAll("[data-values]")].filter((e) => e.dataset.alone === undefined || e === target);
  const hint = target.closest(".live [data-hint]")?.dataset.hint;
  return [headOf(row, t), ...said.map(({ dataset: { name, values } }) => `${name} ${values.split(" ")[t - 1].replace("-", "−")}`), ...(hint ? [hint] : [])];
}

function show(tip, { target, clientX, clientY, pointerType }) {
  const lines = pointerType === "touch" ? null : readOff(target, clientX);
  tip.hidden = !lines;
  if (!lines) return;
  if (tip.textContent !== lines.join("\n")) tip.textContent = lines.join("\n");
  const { width, height } = tip.getBoundingClientRect();
  const left = clientX + 14 + width > innerWidth ? clientX - 14 - width : clientX + 14;
  const zoom = tip.currentCSSZoom ?? 1; // in presenter mode; lengths of the style are multiplied by it
  tip.style.translate = `${Math.max(left, 0) / zoom}px ${Math.max(clientY - height - 8, 0) / zoom}px`;
}

export function makeTip(root) {
  const tip = document.createElement("div");
  Object.assign(tip, { className: "tip", hidden: true });
  root.addEventListener("pointermove", (event) => show(tip, event));
  root.addEventListener("pointerleave", () => (tip.hidden = true));
  return tip;
}
