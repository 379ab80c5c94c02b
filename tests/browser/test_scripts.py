"""The scripts of a figure alone, on an empty page without a server: what is sent -> what stands there."""

from __future__ import annotations

import random

import pytest

from lstm_core.figure import Figure
from lstm_core.figure.changes import changes, digest_of
from lstm_core.workbench.presets import preset
from tests.browser.conftest import reading
from tests.browser.site import serving_files
from tests.conftest import ROOT

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

LISTEN = """async meant => {
  const { listenToKeys } = await import("/keys.js");
  window.pressed = [];
  document.body.innerHTML = `<input id="text"><input id="range" type="range">
    <input id="check" type="checkbox"><button id="button">b</button>
    <div class="walk"><button id="walk">w</button></div><p id="plain" tabindex="0">p</p>`;
  listenToKeys(() => meant, value => pressed.push(value));
}"""


@pytest.fixture(scope="module")
def scripts(browser):
    """An empty page that can import the scripts as they lie in the folder; all tests share it."""
    with serving_files(ROOT / "assets" / "figure") as address, reading(browser, address) as reader:
        reader.page.route("**/empty", lambda route: route.fulfill(body="<body>", content_type="text/html"))
        reader.page.goto(f"{address}/empty")
        yield reader.page


def drawn(figure: Figure, picture: str) -> str:
    return figure.draw(exact=False)[picture]


@pytest.mark.parametrize("picture", ["cell", "strip", "ledger", "why_forget", "paths", "paths_below"])
def test_after_any_way_of_moves_and_looks_the_page_is_what_a_fresh_one_would_be(scripts, picture):
    draw = random.Random(picture)
    figure = Figure(preset("random"), pictures=(picture,), arrangement="wide")
    markup = drawn(figure, picture)
    scripts.evaluate(HOLD, [markup, digest_of(markup)])
    for _ in range(25):
        kind = draw.random()
        if kind < 0.5:
            figure = figure.moved({draw.choice(["b_f.1", "b_i.2", "x.3.1"]): round(draw.uniform(-2, 2), 2)})
        elif kind < 0.8:
            figure = figure.looked(t=draw.randint(1, 12), unit=draw.randint(1, 2))
        else:
            figure = figure.looked(phase=draw.choice(["forget", "write", "show"]))
        after = drawn(figure, picture)
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


@pytest.mark.parametrize(
    ("focus", "key", "counts"),
    [
        ("plain", "ArrowRight", True), ("plain", "n", True), ("plain", " ", True),
        ("button", "ArrowRight", True), ("button", " ", False), ("walk", " ", True),
        ("check", "ArrowRight", True), ("check", " ", False),
        ("range", "ArrowRight", False), ("range", "n", True), ("text", "n", False),
        ("plain", "Control+n", False), ("plain", "x", False),
    ],
)  # fmt: skip
def test_a_key_counts_unless_a_control_needs_it_itself(scripts, focus, key, counts):
    scripts.goto(scripts.url)
    scripts.evaluate(LISTEN, {"ArrowRight": "on", "n": "next", " ": "space"})
    scripts.locator(f"#{focus}").focus()
    scripts.keyboard.press(key)
    assert bool(scripts.evaluate("pressed.length")) == counts


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
    await new Promise(done => setTimeout(done, 1500));
    heard.push("released");
    line.dragged = null;
  }
  await new Promise(done => setTimeout(done, 1500));
  watch.disconnect();
  return heard.filter(Boolean);
}"""


def test_of_many_sentences_in_a_row_the_last_is_told_and_none_while_a_hand_moves(scripts):
    twenty = [f"b_f {k}" for k in range(20)]
    assert scripts.evaluate(SAYS, [twenty, 30, False]) == ["b_f 19"]
    assert scripts.evaluate(SAYS, [["at rest"], 30, True]) == ["released", "at rest"]
    assert scripts.evaluate(SAYS, [["one", "two"], 1000, False]) == ["one", "two"]


@pytest.mark.parametrize(
    ("title", "key", "counts"),
    [("Connection error", "ArrowRight", 1), ("Connection error", " ", 0), ("QR code", "ArrowRight", 0)],
)
def test_what_says_that_the_server_is_gone_takes_no_key_of_a_walk(scripts, title, key, counts):
    scripts.evaluate(LISTEN, {"ArrowRight": "on", " ": "space"})
    dialog = f'<section role="dialog" tabindex="-1" id="dialog"><h2 slot="title">{title}</h2></section>'
    scripts.evaluate("html => document.body.insertAdjacentHTML('beforeend', html)", dialog)
    scripts.locator("#dialog").focus()
    scripts.keyboard.press(key)
    assert scripts.evaluate("pressed.length") == counts
