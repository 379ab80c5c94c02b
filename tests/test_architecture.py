"""What the documents say of the repository is true: paths, names in files, and the map of folders."""

import re
from pathlib import Path

import pytest

from lstm_core.lessons.items import ITEMS
from lstm_core.workbench.presets import PRESETS
from tests.benchmark.keep import BLOCK, GUIDE
from tests.collected import collected
from tests.conftest import ROOT
from tests.files import CODE, TESTS, each, name

GUIDES = sorted((ROOT / "assets" / "guides").glob("*.md"))
DOCUMENTS = [ROOT / f"{name}.md" for name in ("ARCHITECTURE", "CONTRIBUTING", "README", "CHANGELOG")] + GUIDES

TOPS = "|".join(["lstm_core", "pages", "assets", "tests", r"\.streamlit", r"\.ci", r"\.github"])
PATH = re.compile(
    rf"(?<![\w/.])((?:{TOPS})(?:/[\w.-]+)+|[A-Z]{{4,}}\.md|app\.py|pyproject\.toml)(?:::(\w+))?"
)
TO_BE_MADE = re.compile(r"^tests/artefacts|NAME|NN|\bde\b")
"""Marks of a path in a recipe that is not there yet."""


def named_paths(document: Path) -> list[tuple[str, str]]:
    """Each path that a document names, with the name after `::` or "" ."""
    found = [(path.rstrip("."), inner) for path, inner in PATH.findall(document.read_text("utf-8"))]
    return [(path, inner) for path, inner in found if not TO_BE_MADE.search(path)]


@collected("document", DOCUMENTS)
def test_every_path_and_name_and_link_in_a_document_is_there(document):
    paths, missing = named_paths(document), []
    for path, inner in paths:
        if not (ROOT / path).exists():
            missing.append(path)
        elif inner:
            defined = rf"^ *(def|class) {inner}\b|^{inner}\b.* = "
            found = re.search(defined, (ROOT / path).read_text("utf-8"), re.MULTILINE)
            missing += [] if found else [f"{path}::{inner}"]
    links = re.findall(r"\]\(([^)#:]+)\)", document.read_text("utf-8"))
    missing += [link for link in links if not (document.parent / link).exists()]
    assert (paths or document in GUIDES) and not missing


def test_the_readme_is_short_and_leads_to_every_guide():
    text = (ROOT / "README.md").read_text("utf-8")
    assert len(text.splitlines()) <= 150
    assert GUIDES and not [guide.name for guide in GUIDES if f"](assets/guides/{guide.name})" not in text]


def test_where_the_readme_counts_it_counts_right():
    there = {"questions": len(ITEMS), "experiments": len(PRESETS)}
    told = re.findall(rf"\b(\d+) ({'|'.join(there)})\b", (ROOT / "README.md").read_text("utf-8"))
    assert not [(count, what) for count, what in told if int(count) != there[what]]


def test_the_map_has_every_folder_of_code_and_no_other():
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    told = re.findall(r"^\| `((?:lstm_core|pages)[\w/]*)` \|", text, re.MULTILINE)
    assert sorted(told) == sorted({name(path.parent) for path in CODE[1:]})


@pytest.mark.parametrize("top", ["assets", "tests"])
def test_every_folder_of_assets_and_tests_is_named(top):
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    folders = {path.name for path in (ROOT / top).iterdir() if path.is_dir()}
    folders -= {"__pycache__", "artefacts", "images", "courses"}
    assert folders and not [folder for folder in folders if f"`{top}/{folder}" not in text]


@each([*CODE, *TESTS])
def test_no_code_cites_a_document_outside_the_repository(path):
    assert not re.search("DES" + r"IGN(\.md)?\b", path.read_text("utf-8"))


# -- what was measured ------------------------------------------------------------------------------

MEASURED = re.compile(r"\d (?:ms|s|MB|kB|seconds|pictures|updates a second)\b|\d–\d|\d ± \d|\d of 10\b")


def test_the_numbers_of_the_guide_are_written_by_benchmarks_that_there_are_and_by_no_hand():
    guide = GUIDE.read_text("utf-8")
    by_hand = BLOCK.sub("", guide)
    assert MEASURED.search(guide) and not MEASURED.findall(by_hand)
    assert not re.search(r"^\|", by_hand, re.MULTILINE)
    commands = [block["command"].split() for block in BLOCK.finditer(guide)]
    runner = (ROOT / "tests" / "benchmark" / "run.py").read_text("utf-8")
    assert len(commands) > 10
    for script, *options in commands:
        assert (ROOT / script).exists()
        assert not script.endswith("run.py") or all(f'"{part}":' in runner for part in options)
