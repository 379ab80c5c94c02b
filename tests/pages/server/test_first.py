"""What the server draws into a page before its scripts come: the same as the app, whatever the link holds."""

import asyncio
import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette

from lstm_core.figure.pages import PICTURES
from lstm_core.lessons.items import ITEMS, make, suits
from lstm_core.lessons.own_run import word_of
from lstm_core.words import LANGUAGES, Words
from lstm_core.workbench.focus import Focus
from lstm_core.workbench.link import to_link
from lstm_core.workbench.presets import preset
from pages._ui.server import first
from pages._ui.server.drawn import drawn
from pages._ui.site import PAGES
from tests.collected import collected
from tests.faults.hostile import hostile_links
from tests.nightly import examples, sample
from tests.pages.apps import opened_by_menu
from tests.pages.lessons.covering import covered_numbers

RUN = word_of(preset("random", 3))
OWN = [key for key in ITEMS if ITEMS[key].suits and suits(key, RUN)][:2]

LINKS = [
    *(f"/{page}" for page in PICTURES),
    "/",
    "/?chapter=2&preset=brackets&pin_f.1.17=0.1&t=17&phase=erase",
    "/?chapter=7&lang=ko&length=50",
    "/?chapter=10&did=pin_f.1.17_0~x.17.2_1&present=1",
    "/overview?preset=latch&b_f.1=-2.5&t=4&unit=2&phase=erase&lang=ko",
    "/overview?preset=latch&phase=all&cell=peephole&H=3&D=2&T=20",
    "/forget_gate?preset=latch&pin_f.1.5=0.25&t=5&present=1",
    "/cell_state?cell=1997&view=presenter",
    "/input_gate?view=embed&x.3.1=1.75",
    "/why_forget?length=40&b_f.1=2",
    "/overview?hide=preset~start&lock=step~unit&t=4",
    "/overview?lesson=tour.full.3~task.hold.1&view=presenter",
    "/overview?lesson=task.hold.1&at=1",
    "/gradient?lesson=task.hold.1~tour.short.4&at=2&hide=inputs",
    "/?lesson=item.silent.7~task.hold.1&lang=ko",
    "/trace?ask=silent.12",
    f"/overview?run={RUN}&lesson=" + "~".join(f"own.{key}.5" for key in OWN),
    "/forget_gate?t=999&preset=nobody&b_f.1=nan&lesson=tour.short.99&ask=x&lang=tlh",
]


def asked(link: str) -> tuple[str, dict[str, str]]:
    """The page and the parameters of a link."""
    path, _, query = link.partition("?")
    return path.strip("/"), dict(parse_qsl(query, keep_blank_values=True))


@collected("link", sample(LINKS, 9))
def test_what_is_drawn_is_what_the_app_shows(link):
    page, query = asked(link)
    found = drawn(page, query, LANGUAGES[0])
    at = opened_by_menu(page or None, **query)
    state = at.session_state
    assert not at.exception
    assert found.language == state["language"]
    assert found.title.startswith(Words(found.language)(f"page.{state['page']}"))
    assert at.header[0].value in re.sub("<[^>]*>", "", found.body)
    # Where a number can be dragged to is nothing that is drawn, and follows from what Reset brings back.
    shown = replace(state["line"].figure, start=None).draw(exact=False)
    shown.pop("goal", None)  # it stands at the controls, which are not drawn
    names = re.search(r'data-pictures="([^"]*)"', found.body)
    assert names and names[1].split() == list(shown)
    assert [name for name, markup in shown.items() if markup not in found.body] == []


@collected("page", [page for page in PAGES if page not in PICTURES])
def test_a_page_without_a_figure_has_its_title_and_its_heading(page):
    for language in LANGUAGES:
        words, found = Words(language), drawn(page, {"lang": language}, LANGUAGES[0])
        assert found.title == f"{words(f'page.{page}')} · {words('app.title')}"
        assert f"<h2>{words(f'question.{page}')}</h2>" in found.body and "<svg" not in found.body


# -- what is covered ------------------------------------------------------------------------------


@collected("item", sample(ITEMS, 10))
def test_nothing_that_an_open_question_covers_is_in_the_page(item):
    page = first.page_of(ITEMS[item].page, f"ask={item}.5", "en")
    assert not [number for number in covered_numbers(make(item, 5)) if number in page]


def test_the_same_numbers_are_in_the_page_that_covers_nothing():
    """So that the test above can fail: without its question, the run tells them."""
    question = make("silent", 5)
    query = to_link(question.experiment, Focus(question.case.t, question.case.unit), "en")
    page = first.page_of("overview", urlencode(query), "en")
    assert [number for number in covered_numbers(question) if number in page]


# -- bad input ------------------------------------------------------------------------------------

NAMES = ["preset", "t", "lang", "lesson", "ask", "run", "at", "view", "make", "learn", "b_f.1", "hide"]
EVIL = "<img src=x onerror=alert(1)>"


def holds(html: str) -> None:
    """The page is whole, with or without a drawing, and nothing of a link is in it as markup."""
    assert html.count('<div id="root">') == len(re.findall("<title>[^<]*LSTM", html)) == 1
    assert html.count('<div id="first"') <= 1 and EVIL not in html and "onerror" not in html


@settings(max_examples=examples(4, 100))
@given(
    st.sampled_from(["", *PICTURES, "learning", "lessons"]),
    st.dictionaries(
        st.sampled_from(NAMES) | st.text(max_size=12),
        st.text(max_size=30) | st.just(EVIL) | st.sampled_from(["item.silent.7~tour.short.2", "latch", "3"]),
        max_size=6,
    ),
)
def test_any_query_gives_a_page(page, query):
    holds(first.page_of.__wrapped__(page, urlencode(query, errors="surrogatepass"), "en"))


def test_hostile_links_give_a_page_within_the_bound():
    for number, link in enumerate(hostile_links()[:: examples(16, 4)]):
        if len(link) <= first.LONGEST:
            holds(first.page_of.__wrapped__(("", *PICTURES)[number % 9], link, "en"))


# -- over HTTP ------------------------------------------------------------------------------------


def request(path: str, query: str = "", method: str = "GET", **headers: str):
    """What the server answers: status, headers and text."""
    scope = {
        "type": "http", "http_version": "1.1", "method": method, "path": path, "raw_path": path.encode(),
        "query_string": query.encode(), "server": ("127.0.0.1", 80), "scheme": "http", "root_path": "",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip
    told: list[dict] = []

    async def receive():
        return {"type": "http.request"}

    async def send(message):
        told.append(message)

    asyncio.run(Starlette(routes=[*first.routes()])(scope, receive, send))
    answered = {name.decode(): value.decode() for name, value in told[0]["headers"]}
    return told[0]["status"], answered, b"".join(one.get("body", b"") for one in told[1:]).decode()


def test_the_page_is_in_the_language_of_the_link_or_else_of_the_browser():
    for query, wanted, language in (("", "ko-KR,ko;q=0.9", "ko"), ("lang=en", "ko", "en"), ("", "xx", "en")):
        _, headers, html = request("/overview", query, accept_language=wanted)
        assert f'<html lang="{language}">' in html and "Accept-Language" in headers["vary"]
        assert f"<title>{Words(language)('page.overview')} ·" in html


def test_a_browser_that_has_the_page_is_told_so():
    status, headers, html = request("/forget_gate", "t=3")
    assert status == 200 and int(headers["content-length"]) == len(html.encode())
    assert headers["cache-control"] == "no-cache"
    again, known, nothing = request("/forget_gate", "t=3", if_none_match=f'W/"x", {headers["etag"]}')
    assert (again, nothing) == (304, "") and known["etag"] == headers["etag"]
    other = request("/forget_gate", "t=4", if_none_match=headers["etag"])
    assert other[0] == 200 and other[1]["etag"] != headers["etag"]


def test_other_addresses_and_methods_are_streamlits():
    for path in ("/overview/_stcore/health", "/static/js/index.js", "/nowhere", "/overview.png"):
        assert request(path)[0] == 404  # there is no Streamlit behind this one
    assert request("/overview", method="HEAD")[0] == request("/overview", method="POST")[0] == 405


def test_what_is_too_long_or_streamlits_own_way_to_embed_comes_without_a_drawing():
    assert request("/overview", "x=" + "1" * first.LONGEST)[2] == first.INDEX
    embedded = request("/overview", "embed=true&lang=ko")[2]
    assert 'id="first"' not in embedded and '<html lang="ko">' in embedded


def test_where_many_wait_a_page_comes_empty_rather_than_late():
    async def crowd():
        place = first.First()
        await place.turn.acquire()
        scope = {"type": "http", "method": "GET", "path": "/overview", "query_string": b"", "headers": []}
        asks = [
            asyncio.create_task(place.html_of(first.Request(scope))) for _ in range(first.MOST_WAITING + 3)
        ]
        await asyncio.sleep(0)
        empty = [task.result() for task in asks if task.done()]
        place.turn.release()
        return empty, await asyncio.gather(*asks)

    empty, all_of_them = asyncio.run(crowd())
    assert empty == [first.INDEX] * 3
    assert sum('id="first"' in html for html in all_of_them) == first.MOST_WAITING
