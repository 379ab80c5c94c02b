"""All languages in step: the same keys, placeholders and prose, nothing untranslated, nothing unused.

English is the language that the others are compared with; which others there are, the code says.
"""

import ast
import re
import string
import tomllib
from functools import cache
from pathlib import Path

import pytest

from lstm_core.quantities import QUANTITIES
from lstm_core.words import FOLDERS, LANGUAGES, Words, files, texts
from lstm_core.workbench.presets import PRESETS, preset
from tests.conftest import ROOT
from tests.files import CODE, PAGES, tree

TEXT = ROOT / "assets" / "text"
ENGLISH = "en"
OTHERS = [language for language in LANGUAGES if language != ENGLISH]

LETTERS = {"ko": "[\uac00-\ud7a3\u3131-\u318e]"}
"""The letters of languages that do not use the Latin alphabet: there, no text goes without them."""

NOT_TRANSLATED = {
    "label.x": "the name of the input and its symbol",
    "diagram.of_input": "the name of the input and its number",
    "learning.follows": "the name of the variable and the correlation",
    "steps.named": "the number of the step and its label",
    "learning.per_cent": "a number and its sign, with a space in English",
}
"""Texts without a letter of the language, and why."""

NAMES = {"LSTM", "RNN", "GRU", "SVG", "CSV", "JSON", "UTF", "Excel", "tanh", "PyTorch", "Keras", "Esc"}
NAMES |= {"PageUp", "PageDown", "ONNX", "NumPy", "HDF", "TensorFlow", "NaN", "Parquet", "keras", "pth", "npz"}
NAMES |= {"Adam", "SGD", "PDF", "Moodle", "GIFT", "XML", "JavaScript", "AUC", "QTI", "TAO"}
NAMES |= {"PowerPoint", "Impress", "Keynote", "Google"}
"""Words that stay as they are in a language with other letters."""


def flat(table: dict, prefix: str = "") -> dict[str, str]:
    found = {}
    for key, value in table.items():
        found |= flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key: value}
    return found


@cache
def texts_in(path: Path, prefix: str = "") -> dict[str, str]:
    """The texts of one file. prefix : stands before its keys."""
    return flat(tomllib.loads(path.read_text("utf-8")), prefix)


@cache
def all_texts(code: str) -> dict[str, str]:
    """The texts of all files of a language; read when a test asks for them, because that takes a second."""
    return {key: text for prefix, path in files(code) for key, text in texts_in(path, prefix).items()}


def keys() -> list[str]:
    """Of all texts in English."""
    return sorted(all_texts(ENGLISH))


@cache
def own_keys(code: str) -> list[str]:
    """Of the texts that the language has itself: a preset, question or task without it is in English."""
    own = [(prefix, path) for prefix, path in files(code) if path.stem == code or path.parent.name == code]
    return sorted(key for prefix, path in own for key in texts_in(path, prefix))


PROSE = {code: {p.stem: p.read_text("utf-8") for p in (TEXT / code).glob("*.md")} for code in LANGUAGES}


def placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


def has_letters_of(language: str, text: str) -> bool:
    """Whether a text is in the letters of a language; true of any text where they are Latin."""
    return bool(re.search(LETTERS.get(language, ""), text))


def words_alone(text: str) -> str:
    """A text without its formulas, code and placeholders."""
    return re.sub(r"\$[^$]*\$|`[^`]*`|\{[^}]*\}", "", text)


def in_english(language: str) -> set[str]:
    """The keys of the pages without prose in a language: there title and heading are in English, too."""
    return {f"{table}.{page}" for page in PROSE[ENGLISH].keys() - PROSE[language].keys()
            for table in ("page", "question")}  # fmt: skip


# -- in step --------------------------------------------------------------------------------------


def test_each_language_has_one_folder_with_the_same_files_and_there_is_no_other():
    names = {code: {path.name for path in (TEXT / code).iterdir()} for code in LANGUAGES}
    tables = {name for name in names[ENGLISH] if name.endswith(".toml")}
    assert all(tables <= names[code] <= names[ENGLISH] for code in OTHERS) and "app.toml" in tables
    assert {path.name for path in TEXT.iterdir()} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_app_reads_every_file_and_no_key_stands_in_two(language):
    counts = [len(texts_in(path)) for _, path in files(language)]
    assert texts(language) == all_texts(ENGLISH) | all_texts(language)
    assert sum(counts) == len(all_texts(language))


def test_a_key_that_stands_in_two_files_is_refused(tmp_path, monkeypatch):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "app.toml").write_text('[a]\nb = "one"')
    (tmp_path / "en" / "more.toml").write_text('[a]\nb = "two"')
    monkeypatch.setattr("lstm_core.words.TEXT", tmp_path)
    with pytest.raises(ValueError, match=r"more\.toml: a\.b"):
        texts.__wrapped__("en")


def test_a_preset_without_a_language_is_in_english(tmp_path, monkeypatch):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "en.toml").write_text('name = "Mine"')
    monkeypatch.setitem(FOLDERS, "preset", tmp_path)
    for language in LANGUAGES:
        assert texts.__wrapped__(language)["preset.mine.name"] == "Mine"


@pytest.mark.parametrize("language", OTHERS)
def test_a_page_without_texts_in_a_language_is_in_english(language, tmp_path, monkeypatch):
    for code in (ENGLISH, language):
        (tmp_path / code).mkdir()
        (tmp_path / code / "app.toml").write_text(f'[app]\ntitle = "{code}"\n')
    with (tmp_path / ENGLISH / "app.toml").open("a") as file:
        file.write('[page]\nmine = "Mine"\n')
    (tmp_path / ENGLISH / "mine.md").write_text("- prose")
    monkeypatch.setattr("lstm_core.words.TEXT", tmp_path)
    monkeypatch.setattr("lstm_core.words.texts", texts.__wrapped__)
    found = texts.__wrapped__(language)
    assert (found["app.title"], found["page.mine"]) == (language, "Mine")
    assert Words(language).first_point("mine") == "prose"


@pytest.mark.parametrize("language", OTHERS)
def test_each_language_has_the_same_keys_in_the_same_order_as_english(language):
    wanted = [key for key in all_texts(ENGLISH) if key not in in_english(language)]
    assert list(all_texts(language)) == wanted


@pytest.mark.parametrize("language", OTHERS)
def test_each_language_fills_the_same_placeholders(language):
    here = all_texts(language)
    assert not [
        key for key in keys() if placeholders(here.get(key, "")) != placeholders(all_texts(ENGLISH)[key])
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_padded(language):
    assert not [
        key for key, text in all_texts(language).items()
        if not isinstance(text, str) or not text or text.strip() != text
    ]  # fmt: skip


@pytest.mark.parametrize("language", OTHERS)
def test_formulas_and_numbers_are_the_same_as_in_english(language):
    different = []
    for pattern in (r"\$[^$]+\$", r"\d+\.\d+"):
        english, here = ({key: sorted(re.findall(pattern, all_texts(code).get(key, ""))) for key in keys()}
                         for code in (ENGLISH, language))  # fmt: skip
        different += [(key, here[key]) for key in keys() if here[key] != english[key]]
    assert not different


def test_english_has_no_letters_of_another_language():
    pattern = "|".join(LETTERS.values())
    assert not [key for key in keys() if re.search(pattern, all_texts(ENGLISH)[key])]
    assert not [page for page, prose in PROSE[ENGLISH].items() if re.search(pattern, prose)]


@pytest.mark.parametrize("language", OTHERS)
def test_texts_are_translated(language):
    """In other letters each text is; in Latin letters a word such as "Code" may be the same by chance."""
    english, here = all_texts(ENGLISH), all_texts(language)
    if language in LETTERS:
        left = [key for key in own_keys(language) if not has_letters_of(language, here.get(key, ""))]
        assert set(left) == NOT_TRANSLATED.keys()
        return
    sentences = [
        key for key in own_keys(language) if len(re.findall("[a-z]{2,}", words_alone(english[key]))) > 3
    ]
    assert not [key for key in sentences if here.get(key) == english[key]]


@pytest.mark.parametrize("language", LETTERS)
def test_no_english_word_is_left_in_other_letters(language):
    here = all_texts(language)
    left = {key: set(re.findall(r"[A-Za-z]{3,}", words_alone(here[key]))) for key in own_keys(language)}
    assert not {key: words - NAMES for key, words in left.items() if words - NAMES}


UNDECIDED = re.compile(r"[은는이가을를와과]\([은는이가을를와과]\)|\([으이]\)")
AFTER_A_VALUE = re.compile(
    r"([가-힣]\(`?)?\{(\w+)\}[`*”’]*\)?"
    r"(은|는|이|가|을|를|와|과|으로|로|이라|라|였)(?=[ ,.?!]|는 |다면|습니다)"
)
READ_ALIKE = dict.fromkeys(
    ("score", "end", "loop", "rest", "score_a", "score_b"), "whatever its number is, it ends in “퍼센트”"
)
"""Values after which a particle can stand, because each is read with the same sound at its end, and why."""

AFTER_A_CONSONANT = {"은", "이", "을", "과", "으로", "이라"}


def test_korean_has_no_particle_that_is_undecided_or_hangs_on_a_value():
    """In brackets after a noun a value may stand: then the particle is that of the noun."""
    wrong = []
    for key, text in all_texts("ko").items():
        wrong += [key for _ in UNDECIDED.findall(text)]
        for noun, name, particle in AFTER_A_VALUE.findall(text):
            final = (ord(noun[0]) - 0xAC00) % 28 if noun else None
            fits = name in READ_ALIKE if final is None else (final > 0) == (particle in AFTER_A_CONSONANT)
            if not fits and not (particle == "로" and final == 8):  # ㄹ
                wrong.append(f"{key}: {{{name}}}{particle}")
    assert not wrong, wrong


# -- prose ----------------------------------------------------------------------------------------


def test_each_page_has_its_prose():
    assert PROSE[ENGLISH].keys() == {path.stem for path in PAGES}


@pytest.mark.parametrize("language", OTHERS)
def test_prose_says_the_same_in_each_language(language):
    different = []
    for page, here in PROSE[language].items():
        english = PROSE[ENGLISH][page]
        for mark in (r"^- ", r"^#+ ", r"\*\*[^*]+\*\*"):
            counts = [len(re.findall(mark, text, re.MULTILINE)) for text in (english, here)]
            different += [(page, mark, *counts)] if counts[0] != counts[1] else []
        for pattern in (r"`[^`]+`", r"\$[^$]+\$"):
            left = set(re.findall(pattern, english)) ^ set(re.findall(pattern, here))
            different += [(page, left)] if left else []
    assert not different


@pytest.mark.parametrize("language", OTHERS)
def test_prose_is_translated(language):
    untranslated = [
        (page, line) for page, prose in PROSE[language].items() for line in filter(None, prose.splitlines())
        if not has_letters_of(language, line) or line in PROSE[ENGLISH][page].splitlines()
    ]  # fmt: skip
    assert not untranslated


# -- keys and code --------------------------------------------------------------------------------


def spoken(node) -> re.Pattern | None:
    """A string or f-string as a pattern of keys, where a placeholder stands for anything."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.compile(re.escape(node.value))
    if isinstance(node, ast.JoinedStr):
        parts = [re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in node.values]
        return re.compile("".join(parts))
    return None


@cache
def asked() -> list[tuple[str, re.Pattern]]:
    """What code asks of the texts, `words("gate.keep")`, each with where it does."""
    found = []
    for path in CODE:
        for node in ast.walk(tree(path)):
            if not (isinstance(node, ast.Call) and node.args):
                continue
            pattern = spoken(node.args[0])
            if pattern and re.search(r"words(\(\))?$", ast.unparse(node.func)):
                found.append((f"{path.relative_to(ROOT)}:{node.lineno}", pattern))
    return found


def mentioned() -> list[re.Pattern]:
    """Every string of the code that may be a key: it starts with the name of a table of the texts."""
    tables = {key.partition(".")[0] for key in keys()}
    starts = re.compile(rf"({'|'.join(tables)})\\?\.")
    nodes = (node for path in CODE for node in ast.walk(tree(path)))
    return [pattern for pattern in {*map(spoken, nodes)} if pattern and starts.match(pattern.pattern)]


def test_every_text_that_code_asks_for_is_there():
    missing = [(where, p.pattern) for where, p in asked() if not any(p.fullmatch(key) for key in keys())]
    assert len(asked()) > 30 and not missing


def test_no_text_is_unused():
    patterns = mentioned()
    assert not [key for key in keys() if not any(pattern.fullmatch(key) for pattern in patterns)]


def test_each_quantity_preset_page_and_refusal_has_its_texts():
    pages = [path.stem for path in PAGES]
    wanted = {f"quantity.{key}" for key in QUANTITIES}
    wanted |= {f"{table}.{page}" for table in ("page", "question") for page in pages}
    for key in PRESETS:
        inputs = [f"x_{d + 1}" for d in range(preset(key).D)]
        wanted |= {f"preset.{key}.{part}" for part in ("name", "caption", "notice", *inputs)}
    raised = re.findall(
        r'Refused\(\s*"(\w+)"', (ROOT / "lstm_core" / "workbench" / "intake.py").read_text("utf-8")
    )
    wanted |= {f"upload.refused.{reason}" for reason in raised}
    assert len(raised) > 10 and wanted <= set(keys())
