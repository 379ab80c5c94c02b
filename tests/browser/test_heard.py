"""The app for somebody who sees nothing: keys go in, and what has the focus or is read out comes back."""

import re
from collections import Counter

import pytest

from lstm_core.lessons.items import make
from lstm_core.lessons.question import CHOOSE
from lstm_core.lessons.tasks import TASKS
from lstm_core.lessons.verdict import judge
from lstm_core.words import Words
from pages._ui.lessons.question import told
from pages._ui.site import PAGES, address_of

EN = Words("en")

LISTEN = """() => {
  window.heard = [];
  new MutationObserver(() => {
    const said = document.getElementById("heard")?.textContent;
    if (said && said !== heard.at(-1)) heard.push(said);
  }).observe(document.documentElement, { childList: true, subtree: true, characterData: true });
}"""


FOCUSED = """(() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
})()"""


class Listener:
    """Somebody at a reader's page with keys alone."""

    def __init__(self, reader):
        self.reader, self.page = reader, reader.page
        self.tree = reader.page.context.new_cdp_session(reader.page)

    def listen(self) -> None:
        self.page.evaluate(LISTEN)

    def heard(self) -> list[str]:
        """What was read out since `listen`, once nothing more comes."""
        self.page.wait_for_timeout(1500)
        return self.page.evaluate("heard")

    def focus(self) -> tuple[str, str]:
        """Role and name of what has the focus, as the browser tells a screen reader."""
        focused = self.tree.send("Runtime.evaluate", {"expression": FOCUSED})["result"]
        asked = {"objectId": focused["objectId"], "fetchRelatives": False}
        node = self.tree.send("Accessibility.getPartialAXTree", asked)["nodes"][0]
        return node.get("role", {}).get("value", ""), node.get("name", {}).get("value", "")

    def value(self) -> str:
        """What is read out as the value of what has the focus."""
        return self.page.evaluate(f"{FOCUSED}?.ariaValueText ?? ''")

    def hears(self, sentence: str) -> None:
        """Until this is read out."""
        self.page.wait_for_function("said => window.heard.some(one => one.includes(said))", arg=sentence)

    def tab_to(self, role: str, name: str) -> None:
        """Press Tab until this has the focus."""
        for _ in range(80):
            if self.focus()[0] == role and re.search(name, self.focus()[1]):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to a {role} of the name {name}")

    def waits_for(self, role: str, name: str) -> None:
        """Until this has the focus by itself; the name is a pattern."""
        for _ in range(100):
            if self.focus()[0] == role and re.fullmatch(name, self.focus()[1]):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"{self.focus()} has the focus")


@pytest.fixture
def listener(reader):
    return Listener(reader)


def test_a_question_is_answered_and_left_by_ear_and_keys(listener):
    page = listener.page
    listener.reader.open("/forget_gate?lang=en&preset=leaky&t=2")
    listener.listen()
    listener.tab_to("button", f"^{EN('ask.predict')}")
    page.keyboard.press("Enter")
    listener.reader.wait_for_link(lambda link: "ask" in link)
    item, seed = listener.reader.link()["ask"].split(".")
    asked = make(item, int(seed))
    assert asked.item.kind == CHOOSE
    listener.waits_for("heading", re.escape(asked.text(EN).replace("*", "")))

    right = asked.option_label(EN, asked.truth)
    listener.tab_to("radio", "")
    for _ in asked.options:
        page.keyboard.press("ArrowDown")
        if listener.focus() == ("radio", right):
            break
    listener.reader.settle()
    page.keyboard.press("l")
    listener.waits_for("heading", re.escape(f"✓ {EN('verdict.right')}"))
    assert listener.heard()[-1] == told(EN, asked, judge(asked, asked.truth))

    page.keyboard.press("Escape")
    listener.waits_for("button", re.escape(EN("ask.predict")))


def test_where_a_number_comes_from_is_heard_and_escape_leads_back_to_the_number(listener):
    listener.reader.open("/overview?lang=en&preset=leaky&t=2")
    listener.tab_to("button", "f.*0\\.")
    number = listener.focus()
    listener.page.keyboard.press("Enter")
    listener.page.locator(".why").wait_for()
    listener.waits_for("heading", r"f.* = 0\.\d\d")
    listener.page.keyboard.press("Escape")
    listener.waits_for(number[0], re.escape(number[1]))


DEEDS = {
    "forget": ("slider", "forget gate", "Home"), "write": ("slider", "input gate", "Home"),
    "sign": ("slider", "candidate", "Home"), "show": ("slider", "output gate", "Home"),
    "join": ("spinbutton", "input 2", "End"), "why": ("slider", "Steps of repeated input", "End"),
}  # fmt: skip
"""What each chapter asks for: what has the focus then, and the key."""


def test_the_story_is_played_by_ear_and_keys(listener):
    page = listener.page
    listener.reader.open("/?lang=en")
    listener.tab_to("slider", f"^{EN('controls.step')}$")
    listener.listen()
    for _ in range(40):
        if "“)”" in listener.value():
            break
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(200)
    listener.hears("The forget gate has shut at")
    for chapter, (role, name, key) in DEEDS.items():
        go_on(listener, chapter)
        listener.tab_to(role, f"^{name}")
        page.keyboard.press(key)
        listener.hears(EN(f"story.{chapter}.done"))
    for chapter in ("learn", "hold", "recap"):
        go_on(listener, chapter)
    listener.hears(EN("story.forget.done"))  # of what was done is told again
    listener.tab_to("button", f"^{EN('story.recap.button')}")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/overview"))


def go_on(listener, chapter: str) -> None:
    """To the next chapter, of which is heard what it says and what there is to do."""
    listener.tab_to("button", f"^{EN('story.next')} ▶")
    page = listener.page
    page.keyboard.press("Enter")
    listener.hears(EN(f"story.{chapter}.says"))
    listener.hears(EN(f"story.{chapter}.do"))
    listener.reader.settle()
    assert listener.focus()[0] == "button"  # the same one: Tab goes on from there


def test_a_task_is_solved_by_ear_and_keys(listener):
    page, task = listener.page, TASKS["hold"]
    listener.reader.open("/forget_gate?lang=en&lesson=task.hold.1")
    listener.listen()
    listener.tab_to("button", f"^{EN('task_card.check')}$")
    page.keyboard.press("Enter")
    listener.hears(EN("task_card.failed", n=1, of=len(task.condition_keys)))
    assert listener.focus() == ("button", EN("task_card.check"))
    listener.tab_to("button", "^Step 3: ")  # where it fails, in words
    listener.tab_to("slider", "^bias b")
    for _ in range(20):
        page.keyboard.press("PageUp")
    listener.hears("b_f 0.00 → 10.00: ")  # once, and in one sentence
    listener.reader.settle()
    listener.tab_to("button", f"^{EN('task_card.check')}$")
    page.keyboard.press("Enter")
    listener.hears(EN("verdict.passed"))
    assert sum("b_f" in one for one in listener.heard()) == 1


DO_THE_SAME = re.compile(r".* [−+]?\d+\.\d\d|Open|Link to heading|file upload")
"""Numbers of a picture that stand in it twice, and what Streamlit has on all its boxes and headings."""


@pytest.mark.parametrize("page", PAGES)
def test_no_two_buttons_or_links_of_a_page_have_one_name(listener, page):
    listener.reader.open(f"/{address_of(page)}?lang=en")
    listener.page.wait_for_timeout(1000)  # names are mended a moment after the page has come
    nodes = listener.tree.send("Accessibility.getFullAXTree")["nodes"]
    named = Counter(
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node["ignored"] and node["role"]["value"] in ("button", "link", "DisclosureTriangle")
    )
    twice = [one for one, n in named.items() if n > 1 and not DO_THE_SAME.fullmatch(one[1])]
    assert not twice and all(re.search(r"\w", name) for _, name in named)


TABLES = """() => {
  const found = [];
  const walk = root => root.querySelectorAll("*").forEach(e => {
    if (e.shadowRoot) walk(e.shadowRoot);
    if (e.matches(".over-time") && e.getClientRects().length) found.push(e);
  });
  walk(document);
  return found.map(chart => {
    chart.querySelector(".as-table summary")?.click();
    return new Promise(done => setTimeout(() => done({
      title: chart.querySelector("caption")?.textContent,
      columns: [...chart.querySelectorAll("thead th")].map(e => e.textContent),
      rows: [...chart.querySelectorAll("tbody tr")].map(row => [...row.children].map(e => e.textContent)),
    }), 100));
  }).reduce(async (all, next) => [...await all, await next], []);
}"""


@pytest.mark.parametrize("page", ["cell_state", "gradient", "learning"])
def test_every_chart_over_steps_is_read_as_a_table_whose_ledger_adds_up(reader, page):
    reader.open(f"/{page}?lang=en" + ("" if page == "learning" else "&preset=replace&t=6"))
    reader.page.locator(".over-time").first.wait_for()
    tables = reader.page.evaluate(TABLES)
    assert tables
    for table in tables:
        assert table["title"] and table["columns"] and table["rows"]
        assert all(len(row) == 1 + len(table["columns"]) and all(row) for row in table["rows"])
        assert not re.search(r"\d\.\d{4}", str(table["rows"])), "no number has more digits than are shown"
        lines = dict(zip(table["columns"], list(zip(*table["rows"], strict=True))[1:], strict=True))
        if "f·C kept" in lines:
            kept, erased, written, C = (
                [round(100 * float(number.replace("−", "-"))) for number in lines[name]]
                for name in ("f·C kept", "(1−f)·C erased", "i·C̃ written", "C cell state")
            )
            assert [k + w for k, w in zip(kept, written, strict=True)] == C
            assert [k + e for k, e in zip(kept[1:], erased[1:], strict=True)] == C[:-1]
