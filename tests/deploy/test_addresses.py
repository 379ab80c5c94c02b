"""The pages of the site as files: each is HTML in its language at an address of its own."""

import json
import re
import xml.etree.ElementTree as ET
from html import unescape

from lstm_core.words import KNOWN, LANGUAGES, Words
from pages._ui.site import PAGES
from tests.collected import collected
from tests.deploy.built import HOME, load

addresses = load("addresses.py")
SHELL = (HOME / "site" / "page.html").read_text("utf-8")
AT = addresses.Place("/gates/", "https://example.org")
BODY = '<h1>Title</h1><nav><a href="@HOME@overview">all</a></nav>'


def made(page: str, code: str, deep: int, title: str = "A & B") -> str:
    said = {"page": page, "title": title, "body": BODY}
    return addresses.page_html(SHELL, said, page, code, list(KNOWN), "abc", AT)(deep)


def told(html: str, tag: str, **attributes: str) -> list[dict[str, str]]:
    """The attributes of each element of a kind that has these."""
    found = [dict(re.findall(r'([\w:-]+)="([^"]*)"', one)) for one in re.findall(f"<{tag} [^>]*>", html)]
    return [one for one in found if attributes.items() <= one.items()]


@collected("code", KNOWN)
@collected("page", (*PAGES, ""))
def test_a_page_says_what_it_is_where_and_in_which_language(page, code):
    html = made(page, code, 2)
    assert not re.search("@[A-Z]+@", html)
    assert f'<html lang="{code}">' in html and "<title>A &amp; B</title>" in html
    address = f"https://example.org/gates/{'' if code == 'en' else f'{code}/'}{page}"
    assert [one["href"] for one in told(html, "link", rel="canonical")] == [address]
    others = {one["hreflang"]: one["href"] for one in told(html, "link", rel="alternate")}
    assert set(others) == {*KNOWN, "x-default"} and others[code] == address
    [about] = told(html, "meta", name="description")
    said = unescape(about["content"])
    assert (20 if KNOWN[code].letters else 30) < len(about["content"]) < 180
    assert said == Words(code)(f"about.{page or 'start'}")
    [picture] = told(html, "meta", property="og:image")
    name, page = picture["content"].removeprefix("https://example.org/gates/pictures/"), page or "start"
    assert name in (f"{page}.{code}.png", f"{page}.en.png") and (code not in LANGUAGES or code in name)


@collected("code, deep, home", [("en", 0, "./"), ("en", 1, "../"), ("ko", 1, "./"), ("ko", 2, "../")])
def test_a_page_finds_its_files_and_the_other_pages_of_its_language(code, deep, home):
    html = made("overview", code, deep)
    assert f'href="{home}overview"' in html
    assert f'src="{"../" * deep}abc/host.js"' in html


def test_what_a_page_says_is_no_markup():
    assert "<b>" not in re.sub('<div id="written">.*', "", made("overview", "en", 0, "<b>"))


def test_beside_the_pages_stand_what_search_and_browsers_ask_for(tmp_path):
    addresses.around(tmp_path, ["start", "overview"], list(LANGUAGES), "abc", AT)
    lost = (tmp_path / "404.html").read_text("utf-8")
    assert {"/gates/", "/gates/ko/"} <= set(re.findall('href="([^"]*)"', lost)) and "noindex" in lost
    assert json.loads((tmp_path / "manifest.webmanifest").read_text("utf-8"))["start_url"] == "./"
    listed = [one.text for one in ET.parse(tmp_path / "sitemap.xml").iter() if one.tag.endswith("loc")]
    assert listed == [f"https://example.org/gates/{one}" for one in ("", "ko/", "overview", "ko/overview")]
    assert "Sitemap: https://example.org/gates/sitemap.xml" in (tmp_path / "robots.txt").read_text("utf-8")
    nowhere = tmp_path / "nowhere"
    nowhere.mkdir()
    addresses.around(nowhere, ["start"], ["en"], "abc", addresses.Place("/", ""))
    assert not (nowhere / "sitemap.xml").exists()  # a site that does not know where it stands has no map
