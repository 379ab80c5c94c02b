"""The file for Moodle: read back by the rules of its format, and every answer judged by the run."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from lstm_core.lessons.items import ITEMS, make
from lstm_core.lessons.lesson_link import Part
from lstm_core.lessons.question import CHOOSE, DRAW
from lstm_core.lessons.verdict import judge
from lstm_core.paper import exercises, gift
from lstm_core.words import LANGUAGES, Words
from tests.collected import collected
from tests.nightly import examples

WORDS = {language: Words(language) for language in LANGUAGES}
_SPECIAL = "~=#{}:\\"


def bare(text: str) -> str:
    """Text without its escapes and tags."""
    text = re.sub(r"<i>(.)</i><sub>(.)</sub>", r"$\1_\2$", text)
    return unescape(re.sub(r"</?code>|</?b>", "`", re.sub(r"\\([~=#{}:\\])", r"\1", text)))


def read(file: str) -> tuple[str, list[tuple[str, str, str]]]:
    """The category, and of each question its name, its text and what stands in its braces."""
    head, *blocks = file.strip().split("\n\n")
    found = []
    for block in blocks:
        match = re.fullmatch(
            r"::((?:[^\\:]|\\.)*)::\[html\]((?:[^\\{}]|\\.)*)\{((?:[^\\{}]|\\.)*)\}", block, re.DOTALL
        )
        assert match, block
        found.append(match.groups())
    return head, found


def answers(braces: str) -> list[tuple[str, str, str]]:
    """Each answer with its sign and its feedback."""
    return re.findall(r"\n([=~])((?:[^\\#\n]|\\.)*)#((?:[^\\#\n]|\\.)*)", braces)


def of(key: str, seed: int, words: Words) -> tuple[str, str, str]:
    _, [found] = read(gift(exercises([Part("item", key, seed)]), words, "A lesson"))
    return found


@collected("key", ITEMS)
def test_every_answer_is_what_the_run_says(key):
    for seed in range(1, examples(2, 8)):
        asked, words = make(key, seed), WORDS["en"]
        _, body, braces = of(key, seed, words)
        told = " ".join(words(asked.text_key, **asked.values).split())
        assert bare(body).endswith(told) or (asked.item.kind == DRAW and told in bare(body))
        told = answers(braces)
        if asked.item.kind == CHOOSE:
            labels = {asked.option_label(words, option): option for option in asked.options}
            assert not braces.startswith("#") and len(told) == len(labels)
            for sign, label, why in told:
                said = judge(asked, labels[bare(label)])
                assert (sign == "=") == said.right and bare(why) == words(said.why_key, **said.values)
            continue
        assert braces.startswith("#\n")
        truth = asked.item.truth(asked.case)
        truth = truth[-1] if asked.item.kind == DRAW else truth
        (_, right, _), *wrong = told
        value, tolerance = map(float, right.split(":"))
        assert abs(value - truth) < 0.0001 and tolerance == asked.item.tolerance
        assert wrong
        for sign, answer, _ in wrong:
            share, number = re.fullmatch(r"(%0%)(.*)", answer).groups()
            assert sign == "=" and share == "%0%"
            value, near = map(float, number.split(":"))
            assert abs(value - truth) > near + tolerance - 0.0001  # no number is right and wrong


@collected("language", LANGUAGES)
def test_a_question_says_which_step_is_now_where_no_picture_shows_it(language):
    words = WORDS[language]
    for key, begins in (("next_memory", True), ("c_or_h", True), ("draw_hold", False), ("parameters", False)):
        asked = make(key, 2)
        _, body, _ = of(key, 2, words)
        assert bare(body).startswith(words("ask.at_step", t=asked.case.t)) == begins
        assert begins or str(asked.case.t) in bare(body) or not asked.item.hidden


@collected("language", LANGUAGES)
def test_every_question_is_in_the_file_and_tasks_are_not(language):
    parts = [Part("item", key, 2) for key in ITEMS] + [Part("task", "hold")]
    _, found = read(gift(exercises(parts), WORDS[language], "A lesson"))
    assert len(found) == len(ITEMS) and len({name for name, _, _ in found}) == len(ITEMS)
    for name, body, braces in found:
        for part in (name, body, *(text for answer in answers(braces) for text in answer[2:])):
            assert not set(re.sub(r"\\.", "", part)) & set(_SPECIAL)


@given(st.text(max_size=80))
def test_a_title_cannot_begin_a_question(title):
    file = gift(exercises([Part("item", "next_memory")]), WORDS["en"], title)
    head, found = read(file)
    assert head.startswith("$CATEGORY: ") and len(head.splitlines()) == 1 and len(found) == 1
    assert "/" not in head
