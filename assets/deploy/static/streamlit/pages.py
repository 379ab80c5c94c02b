"""The pages of the app: **menu and page** -> what runs, under which title and address."""

from pathlib import Path

from . import session
from .tree import emit


class Page:
    def __init__(self, page, *, title=None, url_path=None, default=False, visibility="visible"):
        self._page, self.title, self._visible = page, title, visibility == "visible"
        self.default = default
        self.url_path = "" if default else url_path or Path(str(page)).stem

    def run(self) -> None:
        """Runs the page; what `st.navigation` returns is run by app.py."""
        if callable(self._page):
            self._page()
        else:
            session.run_file(self._page)


def navigation(pages, *, position="sidebar") -> Page:
    """The page that the address asks for; an address that is no page's leads to the first."""
    found = {page.url_path: page for group in pages.values() for page in group}
    here = found.get(session.page.asked, found[""])
    session.page.asked = session.page.here = here.url_path
    session.page.menu = [
        [name, [[page.url_path, page.title] for page in group if page._visible]]
        for name, group in pages.items()
    ]
    return here


def switch_page(page: Page, *, query_params=None) -> None:
    session.page.asked = page.url_path
    session.query_params.from_dict(query_params or {})
    session.rerun()


def page_link(page: Page, *, label=None) -> None:
    emit("page_link", label=label or page.title, page=page.url_path)


def set_page_config(page_title=None, page_icon=None, layout=None, initial_sidebar_state=None) -> None:
    session.page.title = page_title or session.page.title
