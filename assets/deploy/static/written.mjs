// Node at the build of the site: what each page draws when it is opened -> HTML for who has no scripts: search, chats.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { escaped, showFormula, showInline, showText } from "./site/text.js";

const [, , drawn, out] = process.argv;

const html = (show, text) => {
  const box = {};
  show(box, text);
  return box.innerHTML;
};
const heading = (level) => ({ body }) => `<h${level}>${html(showInline, body)}</h${level}>`;
const text = ({ body }) => html(showText, body);

// What is drawn, without what is for hands. Of two arrangements the wide one: the narrow one stands after it.
function picture({ name, data }) {
  const [markup] = name === "lstm.picture" ? [data[0]].flat() : [""];
  if (!markup?.includes("<svg")) return "";
  const wide = markup.replace(/<div class="narrow"[\s\S]*?<\/svg><\/div>/, "").replace(/<div class="play"[\s\S]*?<\/div>/, "");
  return `<figure class="picture">${wide.replace(/<(\/?)button/g, "<$1span").replace(/ (?:tabindex|data-[\w-]+)="[^"]*"| role="(?:button|slider|spinbutton)"| aria-value\w+="[^"]*"/g, "")}</figure>`;
}

const KINDS = {
  header: heading(2),
  subheader: heading(3),
  markdown: text,
  caption: text,
  info: text,
  latex: ({ body }) => `<p>${html(showFormula, body)}</p>`,
  html: ({ body }) => (body.startsWith("<h1") ? body : ""),
  component: picture,
};

const CONTROLS = /^layout_controls$|^preset$/; // without a hand they say nothing

function written(node) {
  const inside = CONTROLS.test(node.k) ? "" : (KINDS[node.t]?.(node) ?? "") + (node.c ?? []).map(written).join("");
  const [, code] = /^lang-(\w+)-/.exec(node.k) ?? []; // what stands in for a missing text, see in_english.py
  return code ? `<div lang="${code}">${inside}</div>` : inside;
}
const links = (menu) =>
  menu.flatMap(([, pages]) => pages).map(([page, title]) => `<a href="@HOME@${page}">${escaped(title)}</a>`).join(" · ");

for (const name of readdirSync(drawn)) {
  const { main, menu, page, title } = JSON.parse(readFileSync(`${drawn}/${name}`, "utf-8"));
  const body = `${written(main)}<nav>${links(menu)}</nav>`;
  writeFileSync(`${out}/${name}`, JSON.stringify({ page, title, body }));
}
