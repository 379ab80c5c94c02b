// Charts, drawn by Plotly, which is fetched for the first of them.
import { send } from "./messages.js";
import { element, kinds } from "./tree.js";

let plotly;
const loaded = () =>
  (plotly ??= new Promise((onload, onerror) => {
    const src = new URL("plotly.js", import.meta.url);
    document.head.append(Object.assign(document.createElement("script"), { src, onload, onerror }));
  }));

async function draw(box, { figure_or_data: figure, config, listens }) {
  const text = JSON.stringify(figure);
  if (box.text === text) return;
  box.text = text;
  const { data, layout } = figure;
  const chart = box.inner.firstChild;
  chart.style.height = `${layout.height ?? 450}px`;
  await loaded();
  if (box.text !== text) return; // a newer one came meanwhile
  const { color, fontFamily: family } = getComputedStyle(document.body);
  const font = { color, ...layout.font, family };
  const options = { responsive: true, displaylogo: false, ...config };
  await window.Plotly.react(chart, data, { ...layout, font, autosize: true }, options);
  if (!listens || box.listens) return;
  box.listens = true;
  chart.on("plotly_click", ({ points }) => {
    const chosen = points.map(({ x, y }) => ({ x, y }));
    send({ id: box.node.id, value: { selection: { points: chosen } } });
  });
}

kinds.plotly_chart = element("stPlotlyChart", "<div></div>", { show: (box, node) => void draw(box, node) });
