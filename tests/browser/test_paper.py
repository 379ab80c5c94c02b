"""What is printed: the notes of a tour are one side of paper, in each language and on each paper."""

import re

import pytest

from lstm_core.lessons.tours import TOURS
from lstm_core.paper import PAPERS, tour_notes
from lstm_core.words import LANGUAGES, Words


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notes_of_a_tour_fit_on_one_side(browser, language, paper):
    page = browser.new_page()
    for tour in TOURS.values():
        page.set_content(tour_notes(tour, Words(language), paper))
        printed = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1, tour.key
    page.close()
