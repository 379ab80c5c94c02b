"""A page that nothing was asked of shows its own best moment, and its first slider in hand moves it."""

from lstm_core.memory import largest_memory
from lstm_core.paths import memory_paths
from lstm_core.words import LANGUAGES, Words
from lstm_core.workbench.focus import Focus
from lstm_core.workbench.link import to_link
from lstm_core.workbench.opening import OPENINGS, first_look, opening
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.nightly import sample
from tests.pages.apps import (
    LESSON_PAGES,
    PAGES,
    STORY,
    experiment,
    focus,
    is_sound,
    link,
    on_to,
    opened,
    opened_by_menu,
    texts,
)
from tests.pages.panels import move_slider, sliders

OFFERS = [page for page in OPENINGS if page != STORY]


def offers_another(at) -> bool:
    """Whether the page offers its own best moment."""
    return "changed.best" in [button.key for button in at.button]


def test_one_experiment_goes_along_from_page_to_page_and_each_offers_its_best_moment():
    at = opened_by_menu("forget_gate", lang="en")
    before = link(at)
    assert not offers_another(at)
    for page in [*OFFERS, *LESSON_PAGES]:
        at = on_to(at, page)
        own = ("make", "letter", "watch")  # of a lesson being made, and of a text that is read
        told = {name: said for name, said in link(at).items() if name not in own}
        assert is_sound(at) and told == before, page
        assert offers_another(at) == (page in OFFERS and opening(page) != opening("forget_gate")), page
    at = on_to(at, "output_gate")
    at.button(key="changed.best").click().run()
    assert is_sound(at) and link(at) == to_link(*opening("output_gate"), "en") and not offers_another(at)


@collected("lesson", [{"lock": "step"}, {"hide": "preset"}, {"lesson": "tour.long.3"}])
def test_a_lesson_that_holds_preset_or_step_is_offered_no_other_moment(lesson):
    assert not offers_another(on_to(opened_by_menu("forget_gate", lang="en", **lesson), "output_gate"))


def test_a_link_that_says_how_to_look_still_shows_the_opening():
    at = opened("forget_gate", lang="ko", phase="show", present="1", length="50")
    assert (experiment(at), focus(at)) == (opening("forget_gate")[0], Focus(13, 1, "show", True, 50))


def test_what_a_link_asks_for_and_a_reader_changed_follows_to_every_page():
    at = opened_by_menu("overview", lang="en", preset="random", t="4")
    for change in (
        lambda at: move_slider(at, "b_f.1", 0.5),
        lambda at: move_slider(at, "t", 3),
        lambda at: at.selectbox(key="preset").set_value("leaky").run(),
    ):
        at = change(at)
        before = link(at)
        for page in ("lessons", "gradient", "trace"):
            at = on_to(at, page)
            assert is_sound(at) and link(at) == before


@collected("page, key", [*zip(sample(PAGES, 3), ["latch", "silent", "toggle"], strict=False)])
def test_a_link_that_names_a_preset_alone_shows_the_step_that_the_page_is_about(page, key):
    at = opened(page, lang="en", preset=key)
    assert is_sound(at) and focus(at).t == first_look(preset(key), page)


def numbers_on_screen(at, page: str) -> list[float]:
    """What the pictures of a page are about, at full precision."""
    now = experiment(at)
    if page == "why_forget":
        return [largest_memory(now.with_variant("lstm").tiled(100).trace(), 1)]
    if page == "gradient":
        return [*memory_paths(now.trace(), 1).direct]
    keys, run = ("kept", "erased", "written", "C", "h"), now.trace()
    return [value for key in keys for value in getattr(run, key)[:, 0]]


@collected("by", [-3, 3])
@collected("page", sample(PAGES, 2))
def test_the_first_slider_in_hand_visibly_changes_what_is_on_screen(page, by):
    at = opened(page, lang="en")
    before, pictures = numbers_on_screen(at, page), texts(at)
    address = next(iter(sliders(at)))
    move_slider(at, address, sliders(at)[address] + by)
    after = numbers_on_screen(at, page)
    assert is_sound(at) and texts(at) != pictures
    # A tenth of the height of the scales, which reach to 1.
    assert max(abs(new - old) for old, new in zip(before, after, strict=True)) > 0.1, (before, after)


@collected("language", sample(LANGUAGES, 1))
@collected("page", sample([page for page in OFFERS if page != "trace"], 2))
def test_the_first_thing_to_notice_stands_beside_the_pictures(page, language):
    words = Words(language)
    at = opened(page, lang=language)
    asked = words(f"preset.{OPENINGS[page][0]}.notice")
    [beside] = [element.value for element in at.markdown if asked in element.value]
    assert beside.startswith(f"**{words('heading.notice')}:**")
    move_slider(at, next(iter(sliders(at))), 0.5)
    changed = [element.value for element in at.markdown]
    assert not any(asked in text for text in changed)
    first = f"**{words('heading.notice')}:** {words.first_point(page)}"
    assert any(text.startswith(first) for text in changed)


@collected("query", [{"lesson": "task.hold.1"}, {"lesson": "tour.short.2"}, {"ask": "open_or_shut.1"}])
def test_a_task_and_a_stop_of_a_tour_say_themselves_what_to_look_at(query):
    at = opened("forget_gate", lang="en", **query)
    assert is_sound(at) and f"**{Words('en')('heading.notice')}:**" not in texts(at)
