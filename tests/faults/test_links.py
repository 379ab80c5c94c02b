"""No link, however hostile, breaks a page: what is valid is used, the rest is one short message."""

from urllib.parse import parse_qs, urlencode

import numpy as np

from lstm_core.workbench.experiment import LIMIT
from lstm_core.workbench.link import from_link, to_link
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.faults.hostile import hostile_links
from tests.pages.apps import PAGES, experiment, is_sound, link, opened

LINKS = hostile_links()
SAMPLE = LINKS[::20]


def read(query: str) -> dict[str, str]:
    """As Streamlit reads it: of a parameter that is repeated the last one counts."""
    return {name: values[-1] for name, values in parse_qs(query, keep_blank_values=True).items()}


@collected("query", LINKS)
def test_every_link_gives_an_experiment_that_can_be_run_and_says_what_was_left_out(query):
    told = from_link(read(query))
    assert told.problems and sum(map(len, told.problems)) < 120
    assert told.experiment.by_hand and told.focus == told.focus.within(told.experiment)
    trace = told.experiment.trace()
    assert all(np.isfinite(getattr(trace, name)).all() for name in ("z", "f", "C", "h"))
    assert max(abs(told.experiment.value(address)) for address in told.experiment.addresses()) <= LIMIT
    again = from_link(to_link(told.experiment, told.focus, "en"))
    assert again.experiment == told.experiment and again.problems == ()


@collected("k", range(len(SAMPLE)))
def test_a_page_opens_under_a_hostile_link(k):
    query = parse_qs(SAMPLE[k], keep_blank_values=True)
    page = PAGES[k % len(PAGES)]
    at = opened(page, **query)
    assert is_sound(at)
    [message] = at.toast
    assert len(message.value) < 200 and "<" not in message.value and "://" not in message.value
    assert experiment(at) == from_link(read(SAMPLE[k]), page).experiment
    assert len(urlencode(link(at))) < 300  # nothing of it stays in the address bar


def test_what_is_valid_among_it_is_used():
    told = [from_link(read(query)) for query in LINKS if "preset=leaky" in query and "lang=ko" in query]
    assert len(told) > 30
    assert all(link.experiment == preset("leaky").edited("b_f.1", -2.5) for link in told)
    assert all((link.focus.t, link.language) == (3, "ko") for link in told)
