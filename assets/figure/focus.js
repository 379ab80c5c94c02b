// The focus that a dialog took goes back to the part of a figure that had it, so that the next keys are not taken for
// others. The dialog can't do it: it sees no further than the shadow root that the part stands in.
export function returnFocus(root) {
  root.addEventListener("focusout", ({ target, relatedTarget }) => {
    const dialog = relatedTarget?.closest("[role=dialog]");
    if (!dialog) return;
    const closed = new MutationObserver(() => {
      if (dialog.isConnected) return;
      closed.disconnect();
      if (document.activeElement === document.body) target.focus({ preventScroll: true });
    });
    closed.observe(document.body, { childList: true, subtree: true });
  });
}
