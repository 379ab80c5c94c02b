// What is only read: texts, headings, formulas, messages, tables.
import { showFormula, showHtml, showInline, showText } from "./text.js";
import { block, element, kinds, make } from "./tree.js";

const TEXT = '<div data-testid="stMarkdownContainer"></div>';

kinds.markdown = element("stMarkdown", TEXT, { show: (box, { body }) => showText(box.inner.firstChild, body) });
kinds.caption = element("stMarkdown", '<div data-testid="stCaptionContainer"></div>', {
  show: (box, { body }) => showText(box.inner.firstChild, body),
});
const heading = (level) =>
  element("stHeading", `<div data-testid="stMarkdownContainer"><h${level}></h${level}></div>`, {
    show: (box, { body }) => showInline(box.inner.firstChild.firstChild, body),
  });
kinds.header = heading(2);
kinds.subheader = heading(3);
kinds.html = element("stHtml", "", {
  show: (box, { body }) => {
    showHtml(box.inner, body);
    box.hidden = !body || (box.inner.children.length === 1 && box.inner.firstChild.tagName === "STYLE");
  },
});
kinds.latex = element("stMarkdown", TEXT, { show: (box, { body }) => showFormula(box.inner.firstChild, body) });
kinds.code = element("stCode", "<pre><code></code></pre>", {
  show: (box, { body, wrap_lines }) => {
    box.inner.firstChild.classList.toggle("wraps", Boolean(wrap_lines));
    box.inner.querySelector("code").textContent = body;
  },
});
kinds.progress = element("stProgress", "<div></div><progress max=1></progress>", {
  show: (box, { value, text }) => {
    box.inner.lastChild.value = value;
    showInline(box.inner.firstChild, text ?? "");
  },
});
for (const mood of ["info", "success", "warning", "error"]) {
  kinds[mood] = element("stAlert", `<div data-testid="stAlertContainer" role="alert" data-mood="${mood}">${TEXT}</div>`, {
    show: (box, { body }) => showText(box.inner.firstChild.firstChild, body),
  });
}

// -- tables ----------------------------------------------------------------------------------------

const cell = (tag, text, role) => Object.assign(document.createElement(tag), { textContent: text, ...role });
const row = (...cells) => {
  const made = document.createElement("tr");
  made.append(...cells);
  return made;
};
const heads = ({ names, index, column_config: columns }) =>
  row(...(index ? [cell("th", "")] : []), ...names.map((name) => cell("th", columns?.[name]?.label ?? name, { scope: "col" })));

function table(box, node, body) {
  const text = JSON.stringify([node.names, node.rows, node.index, node.k, node.column_config]);
  if (box.text === text) return;
  box.text = text;
  if (typeof node.height === "number") box.inner.style.maxHeight = `${node.height}px`;
  const made = make("<table><thead></thead><tbody></tbody></table>");
  made.firstChild.append(heads(node));
  made.lastChild.append(...node.rows.map((values, r) => row(...(node.index ? [cell("th", node.index[r], { scope: "row" })] : []), ...body(values, r))));
  box.inner.replaceChildren(made);
}

// A table where a row may be chosen, and one of numbers to type into: each change says row, column and value.
export const tables = (send) => {
  kinds.dataframe = element("stDataFrame", "", {
    show: (box, node) => {
      table(box, node, (values) => values.map((value) => cell("td", value)));
      const rows = [...box.inner.querySelectorAll("tbody tr")];
      box.inner.classList.toggle("chooses", Boolean(node.chosen));
      rows.forEach((one, k) => {
        one.ariaSelected = node.chosen ? String(node.chosen.includes(k)) : null;
        if (node.chosen) one.tabIndex = 0;
        const choose = () => send({ id: box.node.id, value: { selection: { rows: box.node.chosen.includes(k) ? [] : [k], columns: [], cells: [] } } });
        one.onclick = node.chosen ? choose : null;
        one.onkeydown = (event) => {
          if (node.chosen && ["Enter", " "].includes(event.key)) (event.preventDefault(), choose());
        };
      });
    },
  });
  kinds.data_editor = element("stDataFrame", "", {
    show: (box, node) =>
      table(box, node, (values, r) =>
        values.map((value, c) => {
          if (node.disabled?.includes(node.names[c])) return cell("th", value, { scope: "row" });
          const held = document.createElement("td");
          const { min, max } = node.column_config?.[node.names[c]] ?? {};
          const input = Object.assign(document.createElement("input"), { type: "number", step: "any", value, ariaLabel: `${node.names[c]}, ${node.index?.[r] ?? r + 1}` });
          input.onchange = () => {
            const typed = Math.min(Math.max(input.valueAsNumber || 0, min ?? -Infinity), max ?? Infinity);
            input.value = typed;
            send({ id: box.node.id, value: [r, c, typed] });
          };
          held.append(input);
          return held;
        }),
      ),
  });
};

kinds.dialog = block(`<dialog data-testid="stDialog" class="stDialog"><div class="bar"><h2></h2><button type="button" aria-label="×">×</button></div><div class="stVerticalBlock" data-gap="small"></div></dialog>`, {
  outer: "",
  wire: (box) => {
    box.querySelector("button").onclick = () => box.close();
    box.onclose = () => box.remove(); // another opens when Python asks for it again
    requestAnimationFrame(() => box.isConnected && !box.open && box.showModal());
  },
  show: (box, { title, width }) => {
    box.dataset.size = width;
    delete box.dataset.width;
    box.querySelector("h2").textContent = title;
  },
  inner: (box) => box.lastElementChild,
});
