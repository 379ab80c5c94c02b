"""A fresh server that is first asked for a page of the menu: the files dropped there count."""

from playwright.sync_api import expect

from lstm_core.lessons.hand_in import to_zip
from lstm_core.lessons.sample_class import sample_class
from tests.browser.conftest import reading
from tests.servers import serving

FILES = [
    {"name": f"{one.name}.zip", "mimeType": "application/zip", "buffer": to_zip(one)}
    for one in sample_class(["Ada", "Bo"])
]


def test_files_dropped_on_the_first_page_of_a_fresh_server_are_taken(browser):
    with serving("app.py", "first_files.log") as server, reading(browser, server.address) as reader:
        reader.open("/hand_ins?lang=en")
        reader.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(FILES)
        expect(reader.page.get_by_text("2 hand-ins")).to_be_visible()
