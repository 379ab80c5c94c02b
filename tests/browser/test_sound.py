"""The sound of a step, on an empty page without a server: numbers on screen -> pitch, loudness, sounds."""

import pytest

from tests.browser.conftest import reading
from tests.browser.site import serving_files
from tests.browser.sounds import SOUNDS
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def scripts(browser):
    """An empty page that can import the scripts as they lie in the folder."""
    with serving_files(ROOT / "assets" / "figure") as address, reading(browser, address) as reader:
        reader.page.route("**/empty", lambda route: route.fulfill(body="<body>", content_type="text/html"))
        reader.page.add_init_script(SOUNDS)
        reader.page.goto(f"{address}/empty")
        yield reader.page


def of(scripts, function: str, number: float):
    return scripts.evaluate(
        "async ([name, number]) => (await import('/sound.js'))[name](number)", [function, number]
    )


@pytest.mark.parametrize(
    ("C", "hertz"), [(0, 220), (1, 440), (-1, 110), (0.5, 311.127), (2, 880), (7, 880), (-1e9, 55)]
)
def test_C_is_an_octave_higher_for_each_1_and_at_most_two_from_the_middle(scripts, C, hertz):
    assert of(scripts, "pitch", C) == pytest.approx(hertz, abs=0.001)


@pytest.mark.parametrize(
    ("amount", "share"), [(0, 0), (0.25, 0.25), (-0.25, 0.25), (1, 1), (3, 1), (-1e9, 1)]
)
def test_what_is_erased_or_written_is_the_louder_the_more(scripts, amount, share):
    assert of(scripts, "loudness", amount) == share


@pytest.mark.parametrize(("written", "moves"), [(0.3, 1.5), (-0.3, 1 / 1.5), (-2, 1 / 1.5)])
def test_the_bell_rises_for_what_is_positive_and_falls_for_what_is_negative(scripts, written, moves):
    first, last = of(scripts, "glide", written)
    assert last / first == pytest.approx(moves)


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


@pytest.mark.parametrize(
    ("shown", "noises", "tones"),
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
