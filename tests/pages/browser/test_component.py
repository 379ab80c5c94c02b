"""A component's script and style are files that the browser fetches once, and not sent with each change."""

import re
import urllib.request

from streamlit.testing.v1 import AppTest

from tests.conftest import ROOT
from tests.pages.sockets import run_page
from tests.servers import serving

APP = "tests/pages/browser/apps/pictured.py"
FILES = ROOT / "assets" / "figure"


def imported(name: str) -> set[str]:
    """The scripts that a script imports, and those that they import."""
    direct = set(re.findall(r'from "\./([\w.]+)"', (FILES / name).read_text("utf-8")))
    return direct.union(*map(imported, direct))


def test_the_server_gives_out_the_files_of_a_component():
    with serving(APP, "component.log") as server:
        with run_page(server.address):
            pass
        for name in ("picture.js", "picture.css", *imported("picture.js")):
            url = f"{server.address}/_stcore/bidi-components/lstm.figure/{name}"
            served = urllib.request.urlopen(url, timeout=30).read()
            assert served == (FILES / name).read_bytes(), (
                f"Streamlit does not serve {url}: see pages/_ui/browser/component.py for how it was told."
            )


def test_what_is_sent_with_a_change_only_names_the_files():
    for _ in range(2):  # the first reader of a server, and one of a server that was started later
        at = AppTest.from_file(ROOT / APP, default_timeout=60).run()
        [component] = at.get("bidi_component")
        proto = component.proto
        assert "lstm.figure/picture.js" in proto.js_content and len(proto.js_content) < 400, proto.js_content
        assert "picture.css" in proto.css_source_path and not proto.css_content, (
            "Streamlit sends the whole style with each change: see pages/_ui/browser/component.py."
        )
