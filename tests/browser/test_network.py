"""A reader's own network under a hand: drop a file, choose a layer, open a unit, prove it, take it home."""

import csv
import io

import numpy as np
import pytest
from playwright.sync_api import expect

from lstm_core.words import LANGUAGES, Words
from tests.browser.conftest import reading
from tests.lstm_core.readers.layer_files import FOLDER, answer

LAYER = "encoder.lstm_reverse"


def drop(reader, key: str, name: str, content: bytes) -> None:
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    reader.page.locator(f"[class*=st-key-{key}] input[type=file]").set_input_files(file)


def view(reader, name: str) -> None:
    reader.page.locator(".st-key-network-view").get_by_text(name, exact=True).click()
    reader.settle()


def npy(array: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def test_a_layer_of_pytorch_is_dropped_opened_proved_and_taken_home(reader):
    page = reader.page
    x, h = (numbers[:, 0] for numbers in answer("torch_checkpoint.pt"))
    reader.open("/network?lang=en")
    drop(reader, "network-file", "mine.pt", (FOLDER / "torch_checkpoint.pt").read_bytes())
    layer = page.locator("[class*=st-key-network-map] [data-role=layer]").nth(1)
    layer.click()
    expect(page.get_by_test_id("stMain")).to_contain_text(f"layer {LAYER} of mine.pt")
    expect(page.locator("[class*=st-key-network-maps] .js-plotly-plot")).to_be_visible()

    page.get_by_role("button", name="Your sequence").click()
    drop(reader, "network-table", "x.npy", npy(x))
    expect(page.get_by_test_id("stMain")).to_contain_text(f"Your data x.npy · layer {LAYER}")
    page.keyboard.press("Escape")

    view(reader, "One unit")
    diagram = page.locator("[class*=st-key-network-diagram]")
    expect(diagram.locator("svg").first).to_be_visible()
    diagram.locator("[data-quantity=f]:visible").first.click()
    expect(page.locator(".st-key-network-why_back")).to_be_visible()

    view(reader, "Proof")
    page.locator("[class*=st-key-network-pasted] textarea").fill(
        "\n".join(",".join(map(repr, map(float, row))) for row in h)
    )
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("status")).to_contain_text("They agree: the largest difference is")

    view(reader, "Download")
    with page.expect_download() as download:
        page.get_by_role("button", name="Trace as CSV").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text("ascii"))))
    H = h.shape[1] // 2
    assert len(rows) == len(x) * H
    first = {int(row["unit"]): float(row["h"]) for row in rows if row["t"] == "1"}
    np.testing.assert_allclose([first[unit] for unit in range(1, H + 1)], h[0, H:], atol=1e-6)


def test_the_orders_of_the_gates_move_within_themselves_on_a_phone(browser, app):
    file = io.BytesIO()
    np.savez(file, kernel=np.ones((3, 8)), recurrent_kernel=np.ones((2, 8)), bias=np.ones(8))
    with reading(browser, app, viewport={"width": 390, "height": 844}) as phone:
        phone.open("/network?lang=en")
        drop(phone, "network-file", "mine.npz", file.getvalue())
        phone.page.locator(".st-key-network-order_box summary").click()
        phone.page.locator(".st-key-network-order_box table").wait_for()
        assert phone.side_scroll() == 0


@pytest.mark.server_only("the site's box takes no file that is too large, and says so itself")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_is_not_taken_is_said_in_the_readers_language(reader, language, tmp_path):
    reader.open(f"/network?lang={language}")
    (tmp_path / "large.pt").write_bytes(bytes(41 * 2**20))
    reader.page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(tmp_path / "large.pt")
    reader.page.locator("[data-testid=stFileChip][aria-invalid=true]").wait_for()
    said = "e => getComputedStyle(e, '::after').content"
    told = Words(language)("upload.not_taken", MB=40)
    assert reader.page.get_by_test_id("stFileChips").evaluate(said) == f'"{told}"'
    expect(reader.page.locator("[data-testid=stFileChip] [role=alert]")).to_be_hidden()
