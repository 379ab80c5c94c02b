// The page: what the reader does -> the worker, where Python runs -> what is drawn, and the address bar.
import { boxes } from "./boxes.js";
import { charts } from "./charts.js";
import { components } from "./components.js";
import { fields } from "./fields.js";
import { tables } from "./read.js";
import { language, said } from "./said.js";
import { showLine, showText } from "./text.js";
import { element, kinds, make, places, render } from "./tree.js";

const SITE = new URL("../", import.meta.url);
// A relative address means another file once the address bar has changed.
for (const link of document.querySelectorAll("link[href]")) link.href = String(link.href);
const $ = (selector) => document.querySelector(selector);
const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });

// -- to Python -------------------------------------------------------------------------------------

let events = [];
function send(event) {
  if (!events.length) queueMicrotask(() => worker.postMessage({ kind: "events", events: events.splice(0) }));
  events.push(event);
}
const ask = (message) => worker.postMessage(message);
fields(send, ask);
boxes(send);
tables(send);
charts(send);
components(send);

// -- the address -----------------------------------------------------------------------------------

function place() {
  const query = Object.fromEntries(new URLSearchParams(location.search));
  const page = decodeURIComponent(location.pathname.slice(SITE.pathname.length)).replace(/\/$|(index)?\.html$/, "");
  return { page: page === "index" || page === "404" ? "" : page, query };
}

let fresh = true; // the first answer after a visit completes its address, and makes no step of Back
function open() {
  fresh = true;
  const here = place(); // servers of files lead to a page as to a folder, with a / at its end
  ask({ kind: "open", ...here, locale: navigator.language, url: new URL(here.page, SITE).href });
}
function go(page) {
  history.pushState(null, "", new URL(page, SITE));
  open();
  $("[data-testid=stMain]").scrollTo(0, 0);
}
addEventListener("popstate", open);

kinds.page_link = element("stPageLink", "<a></a>", {
  width: "content",
  wire: (box, inner) => (inner.firstChild.onclick = (event) => (event.preventDefault(), go(box.node.page))),
  show: (box, { label, page }) => {
    box.inner.firstChild.href = new URL(page, SITE);
    showLine(box.inner.firstChild, label);
  },
});

function show({ page, query, title }) {
  document.title = title;
  if (!query) return;
  if (query.lang) document.documentElement.lang = query.lang;
  const url = new URL(page, SITE);
  url.search = new URLSearchParams(query);
  if (url.href !== location.href) history[fresh ? "replaceState" : "pushState"](null, "", url);
  fresh = false;
}

// -- from Python -----------------------------------------------------------------------------------

const app = $("[data-testid=stApp]");
function state(now) {
  app.dataset.testScriptState = now;
  app.dataset.testConnectionState = now === "initial" ? "CONNECTING" : "CONNECTED";
  if (now !== "initial") $("#way").hidden = true;
}

function draw(out) {
  if (out.fragment) for (const node of [...out.around, out.fragment]) render(places.get(node.n), node.c);
  else {
    places.clear();
    render($("#main"), out.main.c);
    render($("#side"), out.side.c);
    menu(out.menu, out.page);
  }
  for (const one of out.toasts) toast(one);
}

let answered = false;
worker.onmessage = ({ data }) => {
  if (data.kind === "bytes") return progress(data.got / data.all, data);
  if (data.kind === "file") return save(data);
  const out = JSON.parse(data.text);
  if (!answered) setTimeout(keep, 1000);
  answered = true;
  if (out.error) {
    console.error(out.error);
    $("#broken").hidden = false;
    $("#broken").textContent = said().broken;
  } else {
    $("#broken").hidden = true;
    draw(out);
    show(out);
    performance.mark("answered");
  }
  state("notRunning");
};

// Offline: all files, kept once nothing that the page waits for is on its way.
const keep = () => navigator.serviceWorker?.register(new URL("sw.js", SITE));

function save({ data, mime, file }) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([data], { type: mime })), download: file });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function toast({ body, seconds }) {
  const box = make('<div data-testid="stToast" class="stToast" role="alert"><div></div></div>');
  showText(box.firstChild, body);
  $("#toasts").append(box);
  setTimeout(() => box.remove(), seconds * 1000);
}

// -- menu and sidebar ------------------------------------------------------------------------------

// The pages, in a row at the top or, where that has no room, in the sidebar.
const narrow = matchMedia("(max-width: 960px)");
narrow.onchange = () => menu(...JSON.parse(app.dataset.menu));
function menu(...shown) {
  const [groups, here] = shown;
  const text = JSON.stringify(shown);
  if (app.dataset.menu === text && app.dataset.narrow === String(narrow.matches)) return;
  Object.assign(app.dataset, { menu: text, narrow: narrow.matches });
  const link = (testid) => ([page, title]) => {
    const made = make(`<a data-testid="${testid}"></a>`);
    Object.assign(made, { href: new URL(page, SITE), textContent: title });
    if (page === here) made.ariaCurrent = "page";
    made.onclick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      made.closest(".pages")?.parentElement.firstChild.focus();
      go(page);
    };
    return made;
  };
  const inRow = ([name, pages]) => {
    if (!name) return pages.map(link("stTopNavLink"));
    const group = make('<div class="group"><button type="button" data-testid="stTopNavSection" aria-haspopup="menu" aria-expanded="false"></button><div class="pages" hidden></div></div>');
    const [button, list] = group.children;
    const open = (yes) => {
      if (list.hidden !== yes) return;
      list.hidden = !yes;
      button.ariaExpanded = String(yes);
      list.replaceChildren(...(yes ? pages.map(link("stTopNavLink")) : []));
    };
    button.textContent = name;
    button.onclick = () => open(list.hidden);
    // With braces: what a handler of this kind returns as false would stop the key.
    group.onkeydown = (event) => {
      if (event.key === "Escape") (open(false), button.focus());
    };
    group.onfocusout = (event) => {
      if (!group.contains(event.relatedTarget)) open(false);
    };
    return [group];
  };
  const inColumn = ([name, pages]) => [...(name ? [Object.assign(make("<div></div>"), { textContent: name })] : []), ...pages.map(link("stSidebarNavLink"))];
  const [top, side] = ["[data-testid=stTopNav]", "[data-testid=stSidebarNav]"].map($);
  top.ariaLabel = side.ariaLabel = said().menu;
  top.replaceChildren(...(narrow.matches ? [] : groups.flatMap(inRow)));
  side.replaceChildren(...(narrow.matches ? groups.flatMap(inColumn) : []));
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
closed.ariaLabel = opened.ariaLabel = said().sidebar;

const skip = $("[data-testid=stSkipToContent]");
Object.assign(skip, { href: "#stMain", textContent: said().skip });
skip.onclick = (event) => {
  event.preventDefault(); // an address with # would be one more step of Back
  $("#stMain").focus();
};

// -- until Python answers --------------------------------------------------------------------------

function progress(part, { got, all }) {
  const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
  $("#way progress").value = part;
  $("#way span").textContent = `${said()[app.dataset.drawn ? "waits" : "loads"]}: ${said().of(megabytes(got), megabytes(all))}`;
}

// The opening view was drawn when the site was built; it is true where the address asks for nothing else.
async function drawn() {
  const { page, query } = place();
  if (Object.keys(query).some((name) => name !== "lang")) return;
  const answer = await fetch(new URL(`drawn/${page || "start"}.${language()}.json`, import.meta.url));
  if (!answer.ok) return;
  const out = await answer.json();
  if (answered) return;
  app.dataset.drawn = "yes";
  draw(out);
  document.title = out.title;
  performance.mark("drawn");
}

drawn();
open();
