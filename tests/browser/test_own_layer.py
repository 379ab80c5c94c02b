"""A trained layer of one's own, out of each kind of file, on screen and back again."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.conftest import ROOT

FILES = ROOT / "tests" / "fixtures" / "layer_files"
KINDS = (
    "torch_plain.pt",
    "st_plain.safetensors",
    "keras_now_pair.keras",
    "keras_2_pair.h5",
    "onnx_forward.onnx",
)


def bring(reader, name: str, content: bytes) -> None:
    box = reader.page.locator("[data-testid=stFileUploader] input[type=file]").first
    box.set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})


def test_the_layers_of_each_kind_of_file_are_shown_and_let_go(reader):
    reader.open("/network?lang=en")
    page = reader.page
    for name in KINDS:
        bring(reader, name, (FILES / name).read_bytes())
        expect(page.get_by_text(f"of {name}")).to_be_visible()
        expect(page.locator(".js-plotly-plot").first).to_be_visible()
        page.get_by_role("radio", name="One unit").click()
        expect(page.locator("svg.cell:visible").first).to_be_visible()
        page.get_by_role("radio", name="All units").click()  # the view stays as it is for the next file
        page.get_by_role("button", name="Remove file").click()
        expect(page.get_by_role("button", name="Show an example")).to_be_visible()


def test_a_file_that_holds_more_than_weights_is_refused_in_words(reader):
    reader.open("/network?lang=en")
    bring(reader, "torch_module.pt", (FILES / "torch_module.pt").read_bytes())
    expect(reader.page.get_by_role("alert")).to_contain_text("nothing of it was run")
