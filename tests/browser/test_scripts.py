"""The browser's scripts alone, on an empty page without a server: what they are given -> what is there."""

import random

import pytest

from lstm_core.figure import Figure
from lstm_core.figure.changes import changes, digest_of
from lstm_core.workbench.presets import preset
from tests.browser.conftest import empty_page
from tests.browser.sounds import SOUNDS
from tests.collected import collected
from tests.conftest import ROOT
from tests.deploy.built import HOME


@pytest.fixture(scope="module")
def scripts(browser):
    """A page that can import the scripts of a figure; all tests share it."""
    with empty_page(browser, ROOT / "assets" / "figure", SOUNDS) as page:
        yield page


@pytest.fixture(scope="module")
def of_site(browser):
    """A page that can import the scripts by which the site draws Streamlit's elements."""
    with empty_page(browser, HOME / "site") as page:
        yield page


# -- pictures -------------------------------------------------------------------------------------

HOLD = """async markup => {
  const { makeMarkup } = await import("/changes.js");
  const root = document.body.appendChild(document.createElement("div"));
  root.dataset.fits = "wide";
  window.shown = makeMarkup(root);
  window.root = root;
  shown.show(...markup);
}"""

SHOW = """([sent, digest, from]) => shown.show(sent, digest, from)"""

STANDS = """markup => {
  const fresh = new DOMParser().parseFromString(markup, "text/html").body;
  const inOrder = node => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    const said = [...node.attributes].map(({ name, value }) => `${name}=${value}`).sort().join(" ");
    return `${node.localName} ${said} (${[...node.childNodes].map(inOrder).join("")})`;
  };
  const inside = node => [...node.childNodes].map(inOrder);
  return [inside(root), inside(fresh)];
}"""


@pytest.mark.parametrize("picture", ["cell", "strip", "ledger", "why_forget", "paths", "paths_below"])
def test_after_any_way_of_moves_and_looks_the_page_is_what_a_fresh_one_would_be(scripts, picture):
    draw = random.Random(picture)
    figure = Figure(preset("random"), pictures=(picture,), arrangement="wide")
    markup = figure.draw(exact=False)[picture]
    scripts.evaluate(HOLD, [markup, digest_of(markup)])
    for _ in range(25):
        kind = draw.random()
        if kind < 0.5:
            figure = figure.moved({draw.choice(["b_f.1", "b_i.2", "x.3.1"]): round(draw.uniform(-2, 2), 2)})
        elif kind < 0.8:
            figure = figure.looked(t=draw.randint(1, 12), unit=draw.randint(1, 2))
        else:
            figure = figure.looked(phase=draw.choice(["forget", "write", "show"]))
        after = figure.draw(exact=False)[picture]
        sent = [changes(markup, after), digest_of(after), digest_of(markup)]
        assert scripts.evaluate(SHOW, sent)
        stands, fresh = scripts.evaluate(STANDS, after)
        assert stands == fresh
        markup = after


def test_changes_of_another_picture_than_the_one_held_change_nothing(scripts):
    scripts.evaluate(HOLD, ["<p>one</p>", "a"])
    assert not scripts.evaluate(SHOW, [["<p>two</p>"], "c", "b"])
    stands, fresh = scripts.evaluate(STANDS, "<p>one</p>")
    assert stands == fresh


def test_what_stays_is_the_same_element_and_what_moves_keeps_its_own(scripts):
    """So motion, focus and what is chosen in it survive."""
    scripts.evaluate(HOLD, ['<p data-key="a">1</p><p data-key="b">2</p>', "1"])
    scripts.evaluate("window.first = root.querySelector('[data-key=a]')")
    scripts.evaluate(SHOW, ['<p data-key="b">2</p><i>new</i><p data-key="a">3 &amp; 4</p>', "2", None])
    assert scripts.evaluate("first === root.lastElementChild && first.textContent") == "3 & 4"


def test_markup_that_is_sent_brings_no_handler_of_events(scripts):
    scripts.evaluate(HOLD, ["<p>1</p>", "1"])
    scripts.evaluate(SHOW, ['<p onclick="window.ran = true">1</p>', "2", None])
    scripts.evaluate(SHOW, [['<p onclick="window.ran = true">2</p>'], "3", "2"])
    scripts.evaluate("root.querySelector('p').click()")
    assert scripts.evaluate("window.ran") is None


# -- keys -----------------------------------------------------------------------------------------

LISTEN = """async meant => {
  const { listenToKeys } = await import("/keys.js");
  window.pressed = [];
  document.body.innerHTML = `<input id="text"><input id="range" type="range">
    <input id="check" type="checkbox"><button id="button">b</button>
    <div class="walk"><button id="walk">w</button></div><p id="plain" tabindex="0">p</p>
    <section id="lost" role="dialog" tabindex="-1"><h2 slot="title">Connection error</h2></section>
    <section id="dialog" role="dialog" tabindex="-1"><h2 slot="title">QR code</h2></section>`;
  listenToKeys(() => meant, value => pressed.push(value));
}"""


@collected(
    "focus, key, counts",
    [
        ("plain", "ArrowRight", True), ("plain", "n", True), ("plain", " ", True),
        ("button", "ArrowRight", True), ("button", " ", False), ("walk", " ", True),
        ("check", "ArrowRight", True), ("check", " ", False),
        ("range", "ArrowRight", False), ("range", "n", True), ("text", "n", False),
        ("plain", "Control+n", False), ("plain", "x", False),
        # What says that the server is gone takes no key of a walk, as other dialogs do.
        ("lost", "ArrowRight", True), ("lost", " ", False), ("dialog", "ArrowRight", False),
    ],
)  # fmt: skip
def test_a_key_counts_unless_a_control_needs_it_itself(scripts, focus, key, counts):
    scripts.goto(scripts.url)
    scripts.evaluate(LISTEN, {"ArrowRight": "on", "n": "next", " ": "space"})
    scripts.locator(f"#{focus}").focus()
    scripts.keyboard.press(key)
    assert bool(scripts.evaluate("pressed.length")) == counts


# -- what is read out, and what is heard ----------------------------------------------------------

SAYS = """async ([sentences, pause, holds]) => {
  const { announce } = await import("/announce.js");
  const { line } = await import("/line.js");
  document.getElementById("heard")?.replaceChildren();
  const heard = [];
  const watch = new MutationObserver(() => heard.push(document.getElementById("heard")?.textContent));
  watch
    .observe(document.body, { childList: true, subtree: true, characterData: true });
  line.dragged = holds ? "b_f.1" : null;
  for (const sentence of sentences) {
    announce(sentence);
    await new Promise(done => setTimeout(done, pause));
  }
  if (holds) {
    await new Promise(done => setTimeout(done, 900));
    heard.push("released");
    line.dragged = null;
  }
  await new Promise(done => setTimeout(done, 900));
  watch.disconnect();
  return heard.filter(Boolean);
}"""


@collected(
    "sentences, pause, holds, heard",
    [
        ([f"b_f {k}" for k in range(20)], 30, False, ["b_f 19"]),
        (["at rest"], 30, True, ["released", "at rest"]),
        (["one", "two"], 800, False, ["one", "two"]),
    ],
)
def test_of_many_sentences_the_last_is_told_and_none_while_a_hand_moves(
    scripts, sentences, pause, holds, heard
):
    assert scripts.evaluate(SAYS, [sentences, pause, holds]) == heard


@collected(
    "function, number, result",
    [
        # C is an octave higher for each 1, and at most two from the middle.
        ("pitch", 0, 220), ("pitch", 1, 440), ("pitch", -1, 110), ("pitch", 0.5, 311.127),
        ("pitch", 7, 880), ("pitch", -1e9, 55),
        # What is erased or written is the louder the more.
        ("loudness", 0, 0), ("loudness", -0.25, 0.25), ("loudness", 1, 1), ("loudness", -1e9, 1),
        # The bell rises for what is positive and falls for what is negative.
        ("glide", 0.3, 1.5), ("glide", -0.3, 1 / 1.5), ("glide", -2, 1 / 1.5),
    ],
)  # fmt: skip
def test_numbers_become_pitch_loudness_and_the_way_of_a_bell(scripts, function, number, result):
    told = "async ([name, number]) => (await import('/sound.js'))[name](number)"
    made = scripts.evaluate(told, [function, number])
    assert (made[1] / made[0] if function == "glide" else made) == pytest.approx(result, abs=0.001)


HEARD = """async ([erased, written, C]) => {
  const { heardIn, sound } = await import("/sound.js");
  const said = { erased, written, C };
  const num = (key) => `<g class="num" data-key="${key}" data-t="3" data-unit="2">
    <title>0.123</title><rect/><text>${said[key]}</text></g>`;
  document.body.innerHTML = `<svg class="cell">${Object.keys(said).map(num).join("")}</svg>`;
  const heard = heardIn(document.body);
  Object.assign(made, { tones: [], noises: 0 });
  sound(new AudioContext(), heard)();
  return [heard.step, made.noises, made.tones];
}"""
BELL, TONE = ["sine", "sine"], ["triangle"]


@collected(
    "shown, noises, tones",
    [
        (("−0.30", "+0.50", "−0.12"), 1, BELL + TONE),
        (("0.00", "+0.50", "0.50"), 0, BELL + TONE),
        (("0.20", "0.00", "0.50"), 1, TONE),
        (("?", "?", "?"), 0, []),
        (("?", "−0.50", "?"), 0, BELL),
        (("0.20", "?", "1.0e+07"), 1, TONE),
    ],
)
def test_what_is_shown_sounds_and_nothing_of_what_is_covered(scripts, shown, noises, tones):
    assert scripts.evaluate(HEARD, list(shown)) == ["3 2", noises, tones]


# -- the site's elements --------------------------------------------------------------------------

NODES = """async names => {
  const { element, kinds, render } = await import("/tree.js");
  kinds.field ??= element("stField", "<input>", {});
  render(document.body, names.map(k => ({ t: "field", k })));
  return [...document.body.children].map(one => one.className.match(/st-key-(\\w+)/)[1]).join("");
}"""


def test_elements_stand_in_the_order_of_the_nodes_and_keep_the_focus_while_others_come_and_go(of_site):
    for names in ("abc", "cab", "b", "dbca", "", "ba", "abc"):
        assert of_site.evaluate(NODES, list(names)) == names
    of_site.locator(".st-key-c input").focus()
    assert of_site.evaluate(NODES, ["a", "c"]) == "ac"
    assert of_site.evaluate("document.activeElement.matches('.st-key-c input')")


COMBO = """async options => {
  const { comboBox } = await import("/combo.js");
  document.body.append(document.createElement("div"));
  const box = comboBox(document.body.lastChild, k => (window.chosen = options[k]));
  box.show(options, [0], false);
  box.input.select();
  box.input.focus();
}"""


def test_all_that_is_typed_into_a_closed_list_narrows_it(of_site):
    of_site.evaluate(COMBO, ["Counter", "Leaky memory", "Latch"])
    of_site.keyboard.type("la")
    assert of_site.get_by_role("option").all_inner_texts() == ["Latch"]
    of_site.keyboard.press("Enter")
    assert of_site.evaluate("chosen") == "Latch"
