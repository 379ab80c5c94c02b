// A number, or two that are the ends of a range: a thumb for each. What is under the hand is not overwritten.
import { field } from "./fields.js";
import { change } from "./form.js";
import { kinds, make } from "./tree.js";

const TRACK =
  '<div class="track"><div class="ends" data-testid="stSliderTickBar"><span></span><span></span></div></div>';

const shown = (value, step) => (Number.isInteger(step) ? String(value) : Number(value).toFixed(2));
const standing = (box) => box.control.map((input) => input.valueAsNumber).sort((a, b) => a - b);

kinds.slider = field("stSlider", TRACK, {
  wire: (box) => (box.control = []),
  show: (box, node) => {
    const { min_value: min, max_value: max, step, disabled } = node;
    const values = [node.value].flat();
    while (box.control.length < values.length) box.control.push(thumb(box));
    box.control.forEach((input, k) => {
      Object.assign(input, { min, max, step, disabled: Boolean(disabled) });
      if (!input.matches(":focus:active")) input.value = values[k];
    });
    [min, max].forEach((end, k) => (box.inner.querySelector(".ends").children[k].textContent = shown(end, step)));
    tell(box);
  },
});

function thumb(box) {
  const [output, input] = [make('<output data-testid="stSliderThumbValue"></output>'), make('<input type="range">')];
  box.inner.querySelector(".ends").before(output, input);
  input.output = output;
  input.oninput = () => tell(box);
  input.onchange = () => {
    const now = standing(box);
    if (String(now) !== String(box.node.value)) change(box, now.length > 1 ? now : now[0]);
  };
  return input;
}

// The numbers at the thumbs, and how much of the track is coloured.
function tell(box) {
  const { min_value: min, max_value: max, step } = box.node;
  const part = (value) => (max > min ? (value - min) / (max - min) : 0);
  for (const input of box.control) {
    input.output.textContent = input.ariaValueText = shown(input.valueAsNumber, step);
    input.output.style.setProperty("--at", part(input.valueAsNumber));
  }
  const now = standing(box);
  const { style } = box.inner.lastChild;
  style.setProperty("--from", now.length > 1 ? part(now[0]) : 0);
  style.setProperty("--to", part(now.at(-1)));
}
