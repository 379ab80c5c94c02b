// The next values of C, drawn as points: reports on release and after keys, and the newest wins.
const SNAP = 0.05;
const KEYS = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 };
const REST = 250; // ms without a key until what they did is reported
const PATIENCE = 1500; // ms until a report counts as lost, longer for each that was
const curves = new WeakMap();

const set = (element, attributes) => {
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  return element;
};

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

// As lstm_core.rounding.text writes it.
const written = (value) => (Number(value.toFixed(2)) + 0).toFixed(2).replace("-", "−");

const parsed = (markup) => new DOMParser().parseFromString(markup, "text/html").body.firstChild;

// Only what is new is put in, so that what stood there does not come in with motion again.
function patch(layer, wanted) {
  wanted.forEach((child, k) => {
    const found = layer.children[k];
    if (!found) layer.append(child);
    else if (!found.isEqualNode(child)) found.replaceWith(child);
  });
  while (layer.children.length > wanted.length) layer.lastChild.remove();
}

function makeCurve(parent) {
  const root = Object.assign(document.createElement("div"), { className: "curve" });
  const spoken = Object.assign(document.createElement("p"), { className: "spoken", ariaLive: "polite" });
  const curve = { show, forget, post: null };
  let svg, picture, points, numbers; // the sheet
  let last, xs, top, bottom, floor, ceiling, low, high; // where on it
  let values, begun, locked;
  let dragged, pointer, offset, sweeping, tapped; // the hand
  let soon, timer; // reports to come
  let [sent, heard] = [0, 0];
  root.append(spoken);
  parent.append(root);

  const down = (value) => top + ((ceiling - value) / (ceiling - floor)) * (bottom - top);

  function at({ clientX, clientY }) {
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM().inverse());
    const k = Math.round((x - xs[0]) / (xs[0] - last[0]));
    return { k: clamp(k, 0, xs.length - 1), y, within: k in xs && y >= top - 8 && y <= bottom + 8 };
  }

  function move(k, value) {
    values[k] = Number(clamp(Math.round(value / SNAP) * SNAP, low, high).toFixed(2)) + 0;
    begun = true;
    place();
  }

  const moveTo = (k, y) => move(k, ceiling - ((y - top) / (bottom - top)) * (ceiling - floor));

  function place() {
    root.classList.toggle("begun", begun || locked);
    const d = values.reduce((line, value, k) => `${line}L${xs[k]} ${down(value)}`, `M${last}`);
    set(svg.querySelector(".drawn"), { d });
    points.forEach((point, k) => {
      const [y, text] = [down(values[k]), written(values[k])];
      set(point, { transform: `translate(${xs[k]} ${y})` }).classList.toggle("dragged", k === dragged);
      set(point.lastChild, { y: y > top + 30 ? -19 : 31 }).textContent = numbers[k].textContent = text;
      if (!locked) set(point, { "aria-valuenow": values[k], "aria-valuetext": text });
    });
  }

  function press(event) {
    const { key, shiftKey, target } = event;
    if (locked || event.ctrlKey || event.metaKey || event.altKey) return;
    const k = points.indexOf(target);
    const far = shiftKey && Math.abs(KEYS[key]) === 1 ? 10 : 1;
    const goal = KEYS[key] ? values[k] + far * KEYS[key] * SNAP : { Home: low, End: high }[key];
    if (goal === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    move(k, goal);
    clearTimeout(soon);
    soon = setTimeout(send, REST);
  }

  // On a point, or beside one; there a mouse draws on through the steps, and a finger taps or scrolls.
  function grab(event) {
    tapped = false;
    if (locked || event.button || pointer !== undefined) return;
    const { k, y, within } = at(event);
    const point = points.findIndex((each) => each.contains(event.target));
    sweeping = point < 0;
    if (sweeping && !within) return;
    tapped = sweeping && event.pointerType !== "mouse";
    if (tapped) return;
    event.preventDefault();
    dragged = sweeping ? k : point;
    offset = sweeping ? 0 : down(values[dragged]) - y;
    pointer = event.pointerId;
    root.setPointerCapture(pointer);
    points[dragged].focus({ preventScroll: true });
    if (sweeping) moveTo(dragged, y);
    else place();
  }

  function drag(event) {
    if (event.pointerId !== pointer) return;
    const { k, y } = at(event);
    while (sweeping && dragged !== k) moveTo((dragged += Math.sign(k - dragged)), y);
    moveTo(dragged, y + offset);
  }

  function release(event) {
    if (event.pointerId !== pointer) return;
    dragged = pointer = undefined;
    begun = true;
    place();
    send();
  }

  function tap(event) {
    const { k, y, within } = at(event);
    if (!tapped || locked || !within) return;
    points[k].focus({ preventScroll: true });
    moveTo(k, y);
    send();
  }

  const keep = (event) => !locked && event.preventDefault();
  const leave = () => soon && send();
  const hands = { pointerdown: grab, pointermove: drag, lostpointercapture: release, click: tap };
  const listeners = { ...hands, keydown: press, focusout: leave };
  for (const type in listeners) root.addEventListener(type, listeners[type]);

  function begin(markup) {
    forget();
    dragged = pointer = undefined;
    picture = markup;
    svg?.remove();
    svg = parsed(markup);
    points = [...svg.querySelectorAll(".point")];
    numbers = svg.querySelectorAll(".number");
    // Within an SVG not every browser heeds touch-action: a finger on a point would scroll.
    for (const point of points) point.addEventListener("touchstart", keep, { passive: false });
    root.append(svg);
  }

  // What Python says; where the points stand only if it knows of all that the hand did.
  function show([seq, sheet, truth, frame, drawn, hasDrawn, isLocked, sentence]) {
    const another = sheet !== picture;
    if (another) begin(sheet);
    [last, xs, top, bottom, floor, ceiling, low, high] = frame;
    locked = isLocked;
    heard = seq;
    if (seq >= sent) {
      sent = seq;
      clearTimeout(timer);
    }
    if (another || (seq >= sent && pointer === undefined && !soon)) [values, begun] = [[...drawn], hasDrawn];
    patch(svg.querySelector(".over"), [...parsed(truth).children]);
    root.classList.toggle("locked", locked);
    if (spoken.textContent !== sentence) spoken.textContent = sentence;
    place();
  }

  function send() {
    forget();
    curve.post({ seq: ++sent, values: [...values] });
    timer = setTimeout(send, PATIENCE * (sent - heard));
  }

  function forget() {
    clearTimeout(soon);
    clearTimeout(timer);
    soon = undefined;
  }
  return curve;
}

export default function ({ data, parentElement, setStateValue }) {
  const curve = curves.get(parentElement) ?? makeCurve(parentElement);
  curves.set(parentElement, curve);
  curve.post = (report) => setStateValue("drawn", report);
  curve.show(data);
  return () => {
    // Streamlit also calls this for an answer that a newer one overtook.
    if (!parentElement.isConnected) curve.forget();
  };
}
