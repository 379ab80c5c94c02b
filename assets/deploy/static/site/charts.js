// Charts, drawn by Plotly, which is fetched for the first of them.
import { element, kinds } from "./tree.js";

let plotly;
const loaded = () =>
  (plotly ??= new Promise((ready, failed) => {
    const script = Object.assign(document.createElement("script"), { src: new URL("plotly.js", import.meta.url), onload: () => ready(window.Plotly), onerror: failed });
    document.head.append(script);
  }));

async function draw(box, { figure_or_data: figure, config, listens }, send) {
  const text = JSON.stringify(figure);
  if (box.text === text) return;
  box.text = text;
  const { data, layout } = figure;
  const chart = box.inner.firstChild;
  chart.style.height = `${layout.height ?? 450}px`;
  const { react } = await loaded();
  if (box.text !== text) return; // a newer one came meanwhile
  const ink = getComputedStyle(document.body).color;
  const font = { ...layout.font, color: layout.font?.color ?? ink, family: getComputedStyle(document.body).fontFamily };
  await react(chart, data, { ...layout, font, autosize: true }, { responsive: true, displaylogo: false, ...config });
  if (!listens || box.listens) return;
  box.listens = true;
  chart.on("plotly_click", ({ points }) => {
    const selected = points.map(({ x, y, curveNumber, pointIndex }) => ({ x, y, curve_number: curveNumber, point_index: pointIndex }));
    send({ id: box.node.id, value: { selection: { points: selected } } });
  });
}

export const charts = (send) => {
  kinds.plotly_chart = element("stPlotlyChart", "<div></div>", { show: (box, node) => void draw(box, node, send) });
};
