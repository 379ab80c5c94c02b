// What is only read: texts, headings, formulas, code, messages.
import { coloured } from "./code.js";
import { showFormula, showHtml, showInline, showText } from "./text.js";
import { element, kinds } from "./tree.js";

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
  show: (box, { body, language, wrap_lines }) => {
    box.inner.firstChild.classList.toggle("wraps", Boolean(wrap_lines));
    showHtml(box.inner.querySelector("code"), coloured(body, language));
  },
});
kinds.progress = element("stProgress", "<div></div><progress max=1></progress>", {
  show: (box, { value, text }) => {
    box.inner.lastChild.value = value;
    showInline(box.inner.firstChild, text ?? "");
  },
});
for (const [mood, role] of Object.entries({ info: "status", success: "status", warning: "alert", error: "alert" })) {
  const html = `<div data-testid="stAlertContainer" role="${role}" data-mood="${mood}">${TEXT}</div>`;
  kinds[mood] = element("stAlert", html, {
    show: (box, { body }) => showText(box.inner.firstChild.firstChild, body),
  });
}
