// What is only read: texts, headings, formulas, messages, tables.
import { showFormula, showHtml, showInline, showText } from "./text.js";
import { block, element, kinds, make } from "./tree.js";

const TEXT = '<div data-testid="stMarkdownContainer"></div>';

kinds.markdown = element("stMarkdown", TEXT, { show: (box, { body }) => showText(box.inner.firstChild, body) });
kinds.caption = element("stMarkdown", '<div data-testid="stCaptionContainer"></div>', {
  show: (box, { body }) => showText(box.inner.firstChild, body),
});
kinds.heading = element("stHeading", TEXT, {
  show: (box, { body, level }) => {
    const holder = box.inner.firstChild;
    if (holder.firstChild?.tagName !== `H${level}`) holder.replaceChildren(document.createElement(`h${level}`));
    showInline(holder.firstChild, body);
  },
});
kinds.html = element("stHtml", "", {
  show: (box, { body }) => {
    showHtml(box.inner, body);
    box.hidden = !body || (box.inner.children.length === 1 && box.inner.firstChild.tagName === "STYLE");
  },
});
kinds.latex = element("stMarkdown", TEXT, { show: (box, { body }) => showFormula(box.inner.firstChild, body) });
kinds.code = element("stCode", "<pre><code></code></pre>", {
  show: (box, { body, wrap }) => {
    box.inner.firstChild.classList.toggle("wraps", Boolean(wrap));
    box.inner.querySelector("code").textContent = body;
  },
});
kinds.progress = element("stProgress", "<div></div><progress max=1></progress>", {
  show: (box, { value, label }) => {
    box.inner.lastChild.value = value;
    showInline(box.inner.firstChild, label);
  },
});
kinds.alert = element("stAlert", `<div data-testid="stAlertContainer" role="alert">${TEXT}</div>`, {
  show: (box, { body, mood }) => {
    box.inner.firstChild.dataset.mood = mood;
    showText(box.inner.querySelector("[data-testid=stMarkdownContainer]"), body);
  },
});

// -- tables ----------------------------------------------------------------------------------------

const cell = (tag, text, role) => Object.assign(document.createElement(tag), { textContent: text, ...role });
const row = (...cells) => {
  const made = document.createElement("tr");
  made.append(...cells);
  return made;
};
const heads = (node) => row(...(node.index ? [cell("th", "")] : []), ...node.head.map((name) => cell("th", name, { scope: "col" })));

function table(box, node, body) {
  const text = JSON.stringify([node.head, node.rows, node.index, node.k]);
  if (box.text === text) return;
  box.text = text;
  if (node.h) box.inner.style.maxHeight = `${node.h}px`;
  const made = make("<table><thead></thead><tbody></tbody></table>");
  made.firstChild.append(heads(node));
  made.lastChild.append(...node.rows.map((values, r) => row(...(node.index ? [cell("th", node.index[r], { scope: "row" })] : []), ...body(values, r))));
  box.inner.replaceChildren(made);
}

// A table where a row may be chosen, and one of numbers to type into: each change says row, column and value.
export const tables = (send) => {
  kinds.table = element("stDataFrame", "", {
    show: (box, node) => {
      table(box, node, (values) => values.map((value) => cell("td", value)));
      const rows = [...box.inner.querySelectorAll("tbody tr")];
      box.inner.classList.toggle("chooses", Boolean(node.listens));
      rows.forEach((one, k) => {
        one.ariaSelected = node.listens ? String(node.chosen.includes(k)) : null;
        if (node.listens) one.tabIndex = 0;
        const choose = () => send({ id: box.node.id, value: { selection: { rows: box.node.chosen.includes(k) ? [] : [k], columns: [], cells: [] } } });
        one.onclick = node.listens ? choose : null;
        one.onkeydown = (event) => {
          if (node.listens && ["Enter", " "].includes(event.key)) (event.preventDefault(), choose());
        };
      });
    },
  });
  kinds.editor = element("stDataFrame", "", {
    show: (box, node) =>
      table(box, node, (values, r) =>
        values.map((value, c) => {
          if (node.fixed.includes(c)) return cell("th", value, { scope: "row" });
          const held = document.createElement("td");
          const { min, max } = node.limits[c];
          const input = Object.assign(document.createElement("input"), { type: "number", step: "any", value, ariaLabel: `${node.head[c]}, ${node.index?.[r] ?? r + 1}` });
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
  show: (box, { title, w }) => {
    box.dataset.size = w;
    delete box.dataset.width;
    box.querySelector("h2").textContent = title;
  },
  inner: (box) => box.lastElementChild,
});
