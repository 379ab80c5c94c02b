// The pages, in a row at the top or, where that has no room, in the sidebar; and the sidebar.
import { link } from "./address.js";
import { said } from "./said.js";
import { make } from "./tree.js";

const $ = (selector) => document.querySelector(selector);
const [top, side] = ["[data-testid=stTopNav]", "[data-testid=stSidebarNav]"].map($);
const narrow = matchMedia("(max-width: 960px)");
let groups = [], here, shown;

const links = (testid, pages, before) =>
  pages.map(([page, title]) => {
    const made = link(make(`<a data-testid="${testid}"></a>`), page, before);
    made.textContent = title;
    if (page === here) made.ariaCurrent = "page";
    return made;
  });

function inRow([name, pages]) {
  if (!name) return links("stTopNavLink", pages);
  const group = make('<div class="group"><button type="button" data-testid="stTopNavSection" aria-haspopup="menu" aria-expanded="false"></button><div class="pages" hidden></div></div>');
  const [button, list] = group.children;
  const open = (yes) => {
    if (list.hidden !== yes) return;
    list.hidden = !yes;
    button.ariaExpanded = String(yes);
    list.replaceChildren(...(yes ? links("stTopNavLink", pages, () => button.focus()) : []));
  };
  button.textContent = name;
  if (pages.some(([page]) => page === here)) button.ariaCurrent = "true";
  button.onclick = () => open(list.hidden);
  // With braces: what a handler of this kind returns as false would stop the key.
  group.onkeydown = (event) => {
    if (event.key === "Escape") (open(false), button.focus());
  };
  group.onfocusout = (event) => {
    if (!group.contains(event.relatedTarget)) open(false);
  };
  return [group];
}

function inColumn([name, pages]) {
  const heading = Object.assign(document.createElement("div"), { textContent: name });
  return [...(name ? [heading] : []), ...links("stSidebarNavLink", pages)];
}

function draw() {
  const text = JSON.stringify([groups, here, narrow.matches]);
  if (shown === text) return;
  shown = text;
  top.ariaLabel = side.ariaLabel = said("menu");
  top.replaceChildren(...(narrow.matches ? [] : groups.flatMap(inRow)));
  side.replaceChildren(...(narrow.matches ? groups.flatMap(inColumn) : []));
}
narrow.onchange = draw;

export function menu(pages, page) {
  [groups, here] = [pages, page];
  draw();
}

// As on a server, the button that opens the sidebar is there only while it is closed.
const [closed, opened] = ["[data-testid=stExpandSidebarButton]", "[data-testid=stSidebarCollapseButton] button"].map($);
const sidebar = (shown) => {
  $("[data-testid=stSidebar]").hidden = !shown;
  if (shown) closed.remove();
  else $("[data-testid=stHeader]").prepend(closed);
};
closed.onclick = () => sidebar(true);
opened.onclick = () => sidebar(false);
closed.ariaLabel = opened.ariaLabel = said("sidebar");

const skip = $("[data-testid=stSkipToContent]");
Object.assign(skip, { href: "#stMain", textContent: said("skip") });
skip.onclick = (event) => {
  event.preventDefault(); // an address with # would be one more step of Back
  $("#stMain").focus();
};
