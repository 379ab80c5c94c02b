// Charts, drawn by Plotly, which is fetched for the first of them.
import { element, kinds } from "./tree.js";

// The look that Streamlit gives to charts.
const AXIS = {
  gridcolor: "rgba(128, 132, 140, 0.2)", zerolinecolor: "rgba(128, 132, 140, 0.35)", linecolor: "rgba(128, 132, 140, 0.4)",
  tickfont: { size: 12 }, title: { font: { size: 14 }, standoff: 10 }, automargin: true, ticks: "",
};
const CLEAR = "rgba(0, 0, 0, 0)";
const LOOK = {
  paper_bgcolor: CLEAR, plot_bgcolor: CLEAR, font: { size: 12 }, margin: { t: 20, r: 0, b: 20, l: 0 }, hoverlabel: { font: { size: 12 } },
  xaxis: { ...AXIS, showgrid: false, zeroline: false }, yaxis: AXIS,
};

let plotly;
const loaded = () =>
  (plotly ??= new Promise((onload, onerror) => {
    const src = new URL("plotly.js", import.meta.url);
    document.head.append(Object.assign(document.createElement("script"), { src, onload, onerror }));
  }));

async function draw(box, { figure_or_data: figure, config }) {
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
  await window.Plotly.react(chart, data, { template: { layout: LOOK }, ...layout, font, autosize: true }, options);
}

kinds.plotly_chart = element("stPlotlyChart", "<div></div>", { show: (box, node) => void draw(box, node) });
