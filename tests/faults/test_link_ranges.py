"""Every parameter of the link over its whole range, on every page: what a link takes, a page can show."""

from lstm_core.lessons.plan_link import PARAMETER
from lstm_core.params import VARIANTS
from lstm_core.words import LANGUAGES
from lstm_core.workbench.experiment import HAND_D, HAND_H, HAND_T
from lstm_core.workbench.focus import ALL, MAX_LENGTH, PHASES
from lstm_core.workbench.link import from_link
from lstm_core.workbench.presets import PRESETS, SEEDS
from tests.collected import collected
from tests.nightly import examples, sample
from tests.pages.apps import LESSON_PAGES, PAGES, is_sound, link, opened
from tests.pages.forged import follow
from tests.pages.panels import specs

RANGES = {
    "length": range(MAX_LENGTH + 1),
    "preset": list(PRESETS),
    "seed": [*SEEDS[:3], *SEEDS[-3:]],
    "H": range(HAND_H + 2),
    "D": range(HAND_D + 2),
    "T": range(HAND_T + 2),
    "t": range(HAND_T + 2),
    "unit": range(HAND_H + 2),
    "cell": list(VARIANTS),
    "phase": [ALL, *PHASES],
    "present": [0, 1],
    "own": [0, 1],
    "lang": list(LANGUAGES),
    "v": [1],
}
"""What each parameter can be, and one beyond it where it is a number."""


def walked(steps: int) -> list[dict[str, str]]:
    """Links that between them say every value of every parameter that has no more values than that."""
    return [
        {name: str(values[k * len(values) // steps if len(values) > steps else k % len(values)])
         for name, values in RANGES.items()}
        for k in range(steps)
    ]  # fmt: skip


@collected("page", sample([*PAGES, *LESSON_PAGES], 3))
def test_a_page_shows_whatever_a_link_takes(page):
    at = opened(page, lang="en")
    most = HAND_T + 2 if page in ("forget_gate", "trace") else 12 if page in PAGES else 8
    for query in walked(examples(min(most, 6), most)):
        follow(at, **query)
        assert is_sound(at), query
        of_experiment = {name: value for name, value in link(at).items() if name != PARAMETER}
        assert from_link(of_experiment).problems == (), query


def test_the_page_of_long_runs_shows_every_length_that_a_link_takes_and_names_others():
    at = opened("why_forget", lang="en")
    for length in [0, 1, 9, MAX_LENGTH + 1, *sample(range(10, MAX_LENGTH + 1), 6)]:
        told = from_link({"length": str(length)})
        assert told.problems == (() if 10 <= length <= MAX_LENGTH else ("length",))
        follow(at, preset="leaky", lang="en", length=str(length))
        assert is_sound(at) and bool(told.problems) == bool(at.toast), length
        _, value, _, low, high, *_ = specs(at)["length"]
        assert value == told.focus.length and low <= value <= high
