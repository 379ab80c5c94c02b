// The address bar: page and query, as Python asks for them and writes them.
import { ask } from "./messages.js";
import { texts } from "texts-of-the-host";

const SITE = new URL("../", import.meta.url);
export const home = (page) => new URL(page, SITE);

// Each page stands in the folder of its language, the one without a folder in the first.
const FOLDERS = Object.keys(texts).filter((code) => code !== "en");
export const folder = () => FOLDERS.find((code) => location.pathname.startsWith(`${SITE.pathname}${code}/`));

export function here() {
  const query = Object.fromEntries(new URLSearchParams(location.search));
  const inside = folder();
  const path = location.pathname.slice(SITE.pathname.length + (inside ? inside.length + 1 : 0));
  const page = decodeURIComponent(path).replace(/\/$|(index)?\.html$/, "");
  if (inside) query.lang ??= inside;
  return { page: page === "index" || page === "404" ? "" : page, query };
}

let fresh = true; // the first answer after a visit completes its address, and makes no step of Back

export function open() {
  fresh = true;
  const { page, query } = here(); // servers of files lead to a page as to a folder, with a / at its end
  ask({ kind: "open", page, query, locale: navigator.language, url: home(page).href });
}
addEventListener("popstate", open);

// A link to a page: it opens here, unless the reader asks for another tab.
export function link(element, page, before = () => {}) {
  element.href = home(page);
  element.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    before();
    history.pushState(null, "", home(page));
    open();
    document.querySelector("[data-testid=stMain]").scrollTo(0, 0);
  };
  return element;
}

export function write({ page, query, title }) {
  document.title = title;
  if (!query) return;
  const url = home(FOLDERS.includes(query.lang) ? `${query.lang}/${page}` : page);
  url.search = new URLSearchParams(query);
  if (url.href !== location.href) history[fresh ? "replaceState" : "pushState"](null, "", url);
  fresh = false;
}
