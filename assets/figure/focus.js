// The focus that a dialog took goes back to the part of a figure that had it, so that the next keys are not taken for
// others. The dialog can't do it: it sees no further than the shadow root that the part stands in.
const isNowhere = (active) => !active || active === document.body || Boolean(active.shadowRoot && !active.shadowRoot.activeElement);

export function returnFocus(root) {
  root.addEventListener("focusout", ({ target, relatedTarget }) => {
    const dialog = relatedTarget?.closest("[role=dialog]");
    if (!dialog) return;
    const closed = new MutationObserver(() => {
      if (dialog.isConnected) return;
      closed.disconnect();
      setTimeout(() => isNowhere(document.activeElement) && target.isConnected && target.focus({ preventScroll: true }), 50);
    });
    closed.observe(document.body, { childList: true, subtree: true });
  });
}
