// A table where a row may be ticked, and one of numbers and texts to type into: each change says row, column and value.
import { send } from "./messages.js";
import { element, kinds, make } from "./tree.js";

const cell = (tag, inner, more) => {
  const made = Object.assign(document.createElement(tag), more);
  made.append(inner);
  return made;
};
const row = (...cells) => cells.reduce((made, one) => (made.append(one), made), document.createElement("tr"));

// `before` makes what stands before the cells of a row, `one` a cell.
function table(box, { names, rows, index, height, column_config: columns = {}, k }, before, one) {
  const text = JSON.stringify([names, rows, index, columns, k]);
  if (box.text === text) return;
  box.text = text;
  if (typeof height === "number") box.inner.style.maxHeight = `${height}px`;
  const head = (name) => cell("th", columns[name]?.label ?? name, { scope: "col", className: columns[name]?.width ?? "" });
  const number = (text, scope) => (index ? [cell("th", text, { scope })] : []);
  const made = make("<table><thead></thead><tbody></tbody></table>");
  made.firstChild.append(row(...before(), ...number("", "col"), ...names.map(head)));
  made.lastChild.append(
    ...rows.map((values, r) => row(...before(r), ...number(index?.[r], "row"), ...values.map((value, c) => one(value, r, c)))),
  );
  box.inner.replaceChildren(made);
}

const tick = (box, r) => {
  if (r === undefined) return cell("th", "", { className: "tick" });
  const input = Object.assign(document.createElement("input"), { type: "checkbox", ariaLabel: `${r + 1}` });
  input.onchange = () =>
    send({ id: box.node.id, value: { selection: { rows: input.checked ? [r] : [], columns: [], cells: [] } } });
  return cell("td", input, { className: "tick" });
};
kinds.dataframe = element("stDataFrame", "", {
  show: (box, node) => {
    table(box, node, (r) => (node.chosen ? [tick(box, r)] : []), (value) => cell("td", value));
    box.inner.querySelectorAll(".tick input").forEach((one, r) => (one.checked = node.chosen.includes(r)));
  },
});

const field = (box, value, r, c) => {
  const { names, index, column_config: columns } = box.node;
  const { min, max, is_text: isText, max_chars: maxLength } = columns?.[names[c]] ?? {};
  const ariaLabel = `${names[c]}, ${index?.[r] ?? r + 1}`;
  const kind = isText ? { type: "text", maxLength } : { type: "number", step: "any" };
  const input = Object.assign(document.createElement("input"), { ...kind, value, ariaLabel });
  input.onchange = () => {
    if (isText) return send({ id: box.node.id, value: [r, c, input.value] });
    input.value = Math.min(Math.max(input.valueAsNumber || 0, min ?? -Infinity), max ?? Infinity);
    send({ id: box.node.id, value: [r, c, input.valueAsNumber] });
  };
  return cell("td", input);
};
kinds.data_editor = element("stDataFrame", "", {
  show: (box, node) =>
    table(box, node, () => [], (value, r, c) =>
      node.disabled?.includes(node.names[c]) ? cell("th", value, { scope: "row" }) : field(box, value, r, c),
    ),
});
