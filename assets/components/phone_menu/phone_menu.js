// On a phone the menu lies over the page: it closes after a choice, and does not come back with the next load.
let shown;

export default function ({ data: [page] }) {
  if (page === shown) return;
  shown = page;
  if (matchMedia("(max-width: 640px)").matches) document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
}
