// From the time stamp of an input to the first frame after the new number, and the last after a new chart.
(number, trigger) => {
  const QUIET = 150; // ms without a change after which a page counts as painted
  const main = document.querySelector("[data-testid=stMain]");
  const watch = { start: null, number: null, chart: null, timer: 0, done: null };
  const roots = (node) => [node, ...[...node.querySelectorAll("*")].flatMap((e) => (e.shadowRoot ? roots(e.shadowRoot) : []))];
  const shows = (node, selector) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest?.(selector);
  const CHART = ".over-time, .stPlotlyChart";
  const isChart = ({ target, addedNodes }) =>
    shows(target, CHART) || [...addedNodes].some((node) => node.querySelector?.(CHART));
  const isNumber = ({ type, target }) => type !== "attributes" && shows(target, number);

  const settle = () => {
    clearTimeout(watch.timer);
    watch.timer = setTimeout(() => {
      // A sentence whose rounded numbers are the same as before does not change, but the chart under it does.
      watch.number ??= watch.chart;
      if (watch.number) watch.done();
    }, QUIET);
  };
  const seen = (records) => {
    if (watch.start === null) return;
    const found = { number: records.some(isNumber), chart: records.some(isChart) };
    if (!found.number && !found.chart) return;
    requestAnimationFrame(() => {
      const now = performance.now();
      if (found.number) watch.number ??= now;
      if (found.chart) watch.chart = now;
      settle();
    });
  };
  const observer = new MutationObserver(seen);
  const everything = { subtree: true, childList: true, characterData: true, attributes: true };
  for (const root of roots(main)) observer.observe(root, everything);
  addEventListener(trigger, (event) => (watch.start ??= event.timeStamp), { capture: true });

  window.arm = () => {
    Object.assign(watch, { start: null, number: null, chart: null });
    window.painted = null;
    watch.done = () => {
      const { start, number, chart } = watch;
      watch.start = null;
      window.painted = [number - start, chart && chart - start];
    };
  };
}
