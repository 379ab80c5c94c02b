// On a phone the menu lies over the page: it closes after a choice, and does not come back with the next load.
import { keepMending } from "./mend.js";

let shown;

export default function ({ data: [page, language] }) {
  document.documentElement.lang = language;
  if (page === shown) return;
  const isFirst = shown === undefined;
  if (isFirst) keepMending();
  shown = page;
  // What a reader has opened while the page was still loading stays open.
  if (isFirst && performance.eventCounts?.get("click")) return;
  if (matchMedia("(max-width: 640px)").matches) document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
}
