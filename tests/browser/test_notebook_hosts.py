"""A figure over the kernel of JupyterLab and of marimo, where NOTEBOOK_PYTHON is a Python with both."""

import json
import os
import subprocess
import time
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from lstm_core.figure import Figure
from lstm_core.workbench.focus import Focus
from lstm_core.workbench.presets import preset
from tests.browser.conftest import watched
from tests.conftest import ROOT
from tests.servers import free_port

PYTHON = os.environ.get("NOTEBOOK_PYTHON")
pytestmark = [pytest.mark.nightly, pytest.mark.skipif(not PYTHON, reason="NOTEBOOK_PYTHON is not set")]

FIRST = """\
from lstm_core.figure import Figure
from lstm_core.workbench.presets import preset
live = Figure(preset("latch")).looked(t=4).live()
live"""
SECOND = "print('b_f', live.value.value('b_f.1'), live.figure.focus.t)"

OF_MARIMO = """\
import marimo
app = marimo.App()

@app.cell
def _():
    {first}
    return

if __name__ == "__main__":
    app.run()
"""


@contextmanager
def serving(folder, *arguments: str):
    """`python -m ARGUMENTS`, on a free port in the place of PORT; yields its address."""
    port = free_port()
    command = [PYTHON, "-m", *(one.replace("PORT", str(port)) for one in arguments)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            for _ in range(240):
                try:
                    urlopen(f"http://127.0.0.1:{port}/")
                    break
                except URLError:
                    time.sleep(0.5)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(30)


@pytest.fixture
def page(browser):
    with watched(browser, viewport={"width": 1366, "height": 1400}) as page:
        page.set_default_timeout(90_000)
        yield page


def drag_and_walk(page) -> float:
    """Moves the forget bias by hand and walks on by keys; returns where the slider stands."""
    slider = page.locator('[data-address="b_f.1"] input[type=range]').first
    cell = page.locator("svg.cell:visible").first
    expect(cell).to_be_visible(timeout=90_000)
    box = slider.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.65, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.36, box["y"] + box["height"] / 2, steps=12)
    value = float(slider.input_value())
    moved = Figure(preset("latch").edited("b_f.1", value), Focus(t=4))
    expect(cell).to_have_attribute("aria-label", moved.sentence(), timeout=30_000)
    page.mouse.up()
    page.locator(".walk-next").first.click()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("PageDown")
    after = moved.looked(t=5, phase="forget")
    expect(cell).to_have_attribute("aria-label", after.sentence(), timeout=30_000)
    return value


def test_in_jupyterlab_python_has_the_changed_experiment(page, tmp_path):
    cells = [
        {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source}
        for source in (FIRST, SECOND)
    ]
    metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 4}
    (tmp_path / "live.ipynb").write_text(json.dumps(notebook), "utf-8")
    options = ("--no-browser", "--allow-root", "--ServerApp.port=PORT", "--IdentityProvider.token=")
    with serving(tmp_path, "jupyterlab", *options) as address:
        page.goto(f"{address}/lab/tree/live.ipynb")
        cell = page.locator(".jp-Notebook .jp-Cell")
        cell.first.locator(".cm-content").click()
        page.keyboard.press("Control+Enter")
        value = drag_and_walk(page)
        cell.nth(1).locator(".cm-content").click()
        page.keyboard.press("Control+Enter")
        expect(cell.nth(1).locator(".jp-OutputArea-output")).to_have_text(f"b_f {value} 5\n")


def test_in_marimo_it_follows_the_hand(page, tmp_path):
    (tmp_path / "live.py").write_text(OF_MARIMO.format(first=FIRST.replace("\n", "\n    ")), "utf-8")
    with serving(
        tmp_path, "marimo", "run", "live.py", "--headless", "--no-token", "--port", "PORT"
    ) as address:
        page.goto(address)
        drag_and_walk(page)
