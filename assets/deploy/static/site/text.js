// Markdown and LaTeX -> HTML, each text once. HTML within a text is shown as it is written.
import katex from "katex";
import { Marked } from "marked";

export const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const marked = new Marked({ gfm: true, renderer: { html: ({ text }) => escaped(text) } });
const tex = (source, displayMode) => katex.renderToString(source, { displayMode, throwOnError: false, output: "htmlAndMathml" });
const KEPT = /\u0001(\d+)\u0002/g;
const DIRECTED = /:(green|orange|red|blue|violet|gray|small)\[((?:[^[\]]|\[[^\]]*\])*)\]/g;
const made = new Map();

function html(text, inline) {
  const kept = [];
  const keep = (html) => `\u0001${kept.push(html) - 1}\u0002`;
  const source = text
    .replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, (code) => keep(code))
    .replace(/\$\$([\s\S]+?)\$\$/g, (_, source) => keep(tex(source, true)))
    .replace(/\$((?:\\.|[^$\\\n])+?)\$/g, (_, source) => keep(tex(source, false)))
    .replace(KEPT, (mark, k) => (kept[k].startsWith("`") ? kept[k] : mark))
    .replace(DIRECTED, (_, look, text) => `${keep(`<span class="look-${look}">`)}${text}${keep("</span>")}`);
  const parsed = inline ? marked.parseInline(source) : marked.parse(source);
  return parsed.replace(KEPT, (_, k) => kept[k]);
}

function once(text, inline) {
  const key = `${inline}${text}`;
  if (!made.has(key)) made.set(key, html(text, inline));
  return made.get(key);
}

const put = (element, html) => {
  if (element.shownHtml === html) return;
  element.shownHtml = html;
  element.innerHTML = html;
};

export const showText = (element, text) => put(element, once(text, false));
export const showLine = (element, text) => put(element, `<p>${once(text, true)}</p>`);
export const showFormula = (element, source) => put(element, tex(source, true));
export const showInline = (element, text) => put(element, once(text, true));
export const showHtml = put;
