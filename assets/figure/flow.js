// While the walk plays, values travel along the routes of their phase: the picture's markup says which, see
// lstm_core/view/diagram/flow.py. A route with one number carries it, one of several numbers a dot.
const SHARE = 0.72; // of the time between two moves, in which all legs are gone
const SIZE = 15; // of a number, in units of the picture
const SVG = "http://www.w3.org/2000/svg";

const still = matchMedia("(prefers-reduced-motion: reduce)");

const make = (name, attributes, text = "") => {
  const element = document.createElementNS(SVG, name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  element.textContent = text;
  return element;
};

function token(colour, says) {
  const group = make("g", { class: "token" });
  if (!says) group.append(make("circle", { r: 5, fill: colour }));
  else {
    const wide = 0.58 * SIZE * says.length + 10;
    group.append(make("rect", { x: -wide / 2, y: -11, width: wide, height: 22, rx: 11, fill: colour }));
    group.append(make("text", { y: 0.36 * SIZE, "text-anchor": "middle", "font-size": SIZE, "font-weight": 700 }, says));
  }
  return group;
}

const eased = (share) => (share < 0.5 ? 2 * share * share : 1 - (2 - 2 * share) ** 2 / 2);

// Sends the values of the picture in sight on their ways, within `time` ms; returns what ends it.
export function flow(svg, time) {
  const ways = svg?.querySelector(".flow");
  if (!ways || still.matches) return () => {};
  const routes = [...ways.querySelectorAll(".route")];
  const legOf = ({ dataset: { flow, leg } }) => `${flow} ${leg}`;
  const legs = [...new Set(routes.map(legOf))];
  const [each, start] = [(time * SHARE) / Math.max(legs.length, 1), performance.now()];
  const travellers = routes.map((route) => ({
    route, length: route.getTotalLength(), begins: legs.indexOf(legOf(route)) * each,
    token: token(route.getAttribute("stroke"), route.dataset.says),
  }));
  const box = svg.appendChild(make("g", { class: "tokens", "aria-hidden": "true", transform: ways.parentNode.getAttribute("transform") ?? "" }));
  let frame = requestAnimationFrame(move);

  function move(now) {
    let left = false;
    for (const { route, length, begins, token } of travellers) {
      const share = (now - start - begins) / each;
      left ||= share < 1;
      if (share < 0) continue;
      if (share >= 1) token.remove();
      else {
        const { x, y } = route.getPointAtLength(length * eased(share));
        token.setAttribute("transform", `translate(${x} ${y})`);
        if (!token.isConnected) box.append(token);
      }
    }
    if (left) frame = requestAnimationFrame(move);
    else box.remove();
  }
  return () => {
    cancelAnimationFrame(frame);
    box.remove();
  };
}
