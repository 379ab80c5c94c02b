// A chart over steps read as a table, with what the pointer reads off it. Python rounds where sums or small numbers need
// it (`data-shown`); all else has two decimals, as in lstm_core/rounding.py. The table is made when it is opened.
const LARGE = 1e7;
const TWO = new Intl.NumberFormat("en", {
  minimumFractionDigits: 2, maximumFractionDigits: 2, roundingMode: "halfEven", signDisplay: "negative", useGrouping: false,
});

const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

function rounded(number) {
  if (number === "?") return number;
  const large = Math.abs(number) >= LARGE;
  return (large ? Number(number).toExponential(1).replace(/(?<=[+-])\d$/, "0$&") : TWO.format(number)).replaceAll("-", "−");
}

// What a row of a chart is called at one of its steps.
export const headOf = (row, t) => row.dataset.heads?.split("|")[t - 1] ?? `t = ${t + Number(row.dataset.before ?? 0)}`;

function table(chart, title) {
  const lines = [...chart.querySelectorAll("[data-values]")];
  const first = lines.filter(({ dataset: { name } }, k) => lines.findIndex((other) => other.dataset.name === name) === k);
  const columns = first.map(({ dataset: { name, values, shown } }) => ({
    name: name.replace(/:$/, ""), cells: shown?.split(" ") ?? values.split(" ").map(rounded),
  }));
  if (!columns.length) return null; // while a hand drags; the numbers follow when it rests
  const row = chart.querySelector(".row[data-steps]");
  const here = Number(chart.querySelector(".focus")?.dataset.t);
  const head = make("tr", {}, make("td"), ...columns.map(({ name }) => make("th", { scope: "col" }, name)));
  const rows = columns[0].cells.map((_, k) => {
    const cells = columns.map((column) => make("td", {}, column.cells[k] ?? ""));
    const one = make("tr", {}, make("th", { scope: "row" }, headOf(row, k + 1)), ...cells);
    if (k + 1 === here) one.ariaCurrent = "step";
    return one;
  });
  const whole = make("table", {}, make("caption", {}, title), make("thead", {}, head), make("tbody", {}, ...rows));
  return make("div", { className: "numbers", tabIndex: 0, role: "region", ariaLabel: title }, whole);
}

// Brings the open tables of a picture up to date.
export function readAgain(root) {
  for (const opened of root.querySelectorAll(".as-table[open]")) fill(opened);
}

function fill(opened) {
  const made = table(opened.closest(".over-time"), opened.querySelector("summary").dataset.title);
  const box = opened.querySelector(".numbers");
  if (!made) return;
  if (box) box.replaceChildren(...made.children);
  else opened.append(made);
}

export function makeTables(root) {
  const toggled = ({ target }) => (target.open ? fill(target) : target.querySelector(".numbers")?.remove());
  root.addEventListener("toggle", (event) => event.target.matches(".as-table") && toggled(event), true);
}
