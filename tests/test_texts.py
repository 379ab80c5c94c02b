"""English and Korean in step: the same keys, placeholders and prose, nothing untranslated, nothing unused."""

import ast
import re
import string
import tomllib

import pytest

from lstm_core.quantities import QUANTITIES
from lstm_core.words import LANGUAGES, texts
from lstm_core.workbench.presets import PRESETS, preset
from tests.conftest import ROOT

TEXT = ROOT / "assets" / "text"
CODE = [ROOT / "app.py", *sorted((ROOT / "lstm_core").rglob("*.py")), *sorted((ROOT / "pages").rglob("*.py"))]

NOT_TRANSLATED = {
    "label.x": "the name of the input and its symbol",
    "diagram.of_input": "the name of the input and its number",
}
"""Korean texts without a Korean letter, and why."""


def flat(table: dict, prefix: str = "") -> dict[str, str]:
    found = {}
    for key, value in table.items():
        found |= flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key: value}
    return found


FILES = {code: sorted(TEXT.glob(f"{code}*.toml")) for code in LANGUAGES}


def all_texts(code: str) -> dict[str, str]:
    """The texts of all files of a language."""
    found = {}
    for path in FILES[code]:
        found |= flat(tomllib.loads(path.read_text("utf-8")))
    return found


TEXTS = {code: all_texts(code) for code in LANGUAGES}
PROSE = {code: {path.stem: path.read_text("utf-8") for path in (TEXT / code).iterdir()} for code in LANGUAGES}
KEYS = sorted(TEXTS["en"])


def placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


def has_hangul(text: str) -> bool:
    return bool(re.search("[\uac00-\ud7a3\u3131-\u318e]", text))


def words_alone(text: str) -> str:
    """A text without its formulas, code and placeholders."""
    return re.sub(r"\$[^$]*\$|`[^`]*`|\{[^}]*\}", "", text)


# -- in step --------------------------------------------------------------------------------------


def test_each_language_has_its_texts_and_there_is_no_other():
    english, korean = ([path.name[2:] for path in FILES[code]] for code in ("en", "ko"))
    assert english == korean and ".toml" in english
    assert {path.name.partition(".")[0] for path in TEXT.glob("*.toml")} == set(LANGUAGES)
    assert {path.name for path in TEXT.iterdir() if path.is_dir()} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_app_reads_every_file_and_no_key_stands_in_two(language):
    counts = [len(flat(tomllib.loads(path.read_text("utf-8")))) for path in FILES[language]]
    assert texts(language) == TEXTS[language] and sum(counts) == len(TEXTS[language])


def test_a_key_that_stands_in_two_files_is_refused(tmp_path, monkeypatch):
    (tmp_path / "en.toml").write_text('[a]\nb = "one"')
    (tmp_path / "en.more.toml").write_text('[a]\nb = "two"')
    monkeypatch.setattr("lstm_core.words.TEXT", tmp_path)
    with pytest.raises(ValueError, match="en.toml|a.b"):
        texts.__wrapped__("en")


def test_both_have_the_same_keys_in_the_same_order():
    assert list(TEXTS["en"]) == list(TEXTS["ko"])


@pytest.mark.parametrize("key", KEYS)
def test_both_fill_the_same_placeholders(key):
    assert placeholders(TEXTS["en"][key]) == placeholders(TEXTS["ko"].get(key, ""))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_padded(language):
    for key, text in TEXTS[language].items():
        assert isinstance(text, str) and text.strip() == text != "", key


@pytest.mark.parametrize("key", KEYS)
def test_english_is_english_and_korean_is_korean(key):
    assert not has_hangul(TEXTS["en"][key])
    if key not in NOT_TRANSLATED:
        assert has_hangul(TEXTS["ko"][key])


@pytest.mark.parametrize("key", KEYS)
def test_formulas_and_numbers_are_the_same_in_both(key):
    for pattern in (r"\$[^$]+\$", r"\d+\.\d+"):
        english, korean = (sorted(re.findall(pattern, TEXTS[code][key])) for code in ("en", "ko"))
        assert english == korean


@pytest.mark.parametrize("key", KEYS)
def test_no_english_word_is_left_in_korean(key):
    left = re.findall(r"[A-Za-z]{3,}", words_alone(TEXTS["ko"][key]))
    names = {"LSTM", "RNN", "SVG", "CSV", "JSON", "UTF", "Excel", "tanh", "PyTorch", "Keras"}
    assert set(left) <= names | {"Esc", "PageUp", "PageDown"}


def test_no_exception_is_kept_that_is_not_needed():
    assert not [key for key in NOT_TRANSLATED if has_hangul(TEXTS["ko"][key])]


# -- prose ----------------------------------------------------------------------------------------


def test_each_page_has_its_prose_in_both():
    pages = {path.stem for path in (ROOT / "pages").glob("*.py")}
    assert pages == PROSE["en"].keys() == PROSE["ko"].keys()


@pytest.mark.parametrize("page", PROSE["en"])
def test_prose_says_the_same_in_both(page):
    english, korean = PROSE["en"][page], PROSE["ko"][page]
    assert not has_hangul(english) and has_hangul(korean)
    for mark in (r"^- ", r"^#+ ", r"\*\*[^*]+\*\*"):
        found = [len(re.findall(mark, text, re.MULTILINE)) for text in (english, korean)]
        assert found[0] == found[1], mark
    for line in filter(None, korean.splitlines()):
        assert has_hangul(line), line


@pytest.mark.parametrize("page", PROSE["en"])
def test_prose_names_the_same_code_and_formulas_in_both(page):
    for pattern in (r"`[^`]+`", r"\$[^$]+\$"):
        english, korean = (set(re.findall(pattern, PROSE[code][page])) for code in ("en", "ko"))
        assert english == korean


# -- keys and code --------------------------------------------------------------------------------


def spoken(node) -> re.Pattern | None:
    """A string or f-string as a pattern of keys, where a placeholder stands for anything."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.compile(re.escape(node.value))
    if isinstance(node, ast.JoinedStr):
        parts = [re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in node.values]
        return re.compile("".join(parts))
    return None


def asked() -> list[tuple[str, re.Pattern]]:
    """What code asks of the texts, `words("gate.keep")`, each with where it does."""
    found = []
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and node.args):
                continue
            pattern = spoken(node.args[0])
            if pattern and re.search(r"words(\(\))?$", ast.unparse(node.func)):
                found.append((f"{path.relative_to(ROOT)}:{node.lineno}", pattern))
    return found


def mentioned() -> list[re.Pattern]:
    """Every string of the code that may be a key: it starts with the name of a table of the texts."""
    tables = {key.partition(".")[0] for key in KEYS}
    starts = re.compile(rf"({'|'.join(tables)})\\?\.")
    nodes = (node for path in CODE for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    return [pattern for pattern in {*map(spoken, nodes)} if pattern and starts.match(pattern.pattern)]


ASKED = asked()


def test_the_code_does_ask_for_texts():
    assert len(ASKED) > 30


@pytest.mark.parametrize(("where", "pattern"), ASKED, ids=[where for where, _ in ASKED])
def test_every_text_that_code_asks_for_is_there(where, pattern):
    assert any(pattern.fullmatch(key) for key in KEYS), pattern.pattern


def test_no_text_is_unused():
    patterns = mentioned()
    assert not [key for key in KEYS if not any(pattern.fullmatch(key) for pattern in patterns)]


def test_each_quantity_preset_page_and_refusal_has_its_texts():
    pages = [path.stem for path in (ROOT / "pages").glob("*.py")]
    wanted = {f"quantity.{key}" for key in QUANTITIES}
    wanted |= {f"{table}.{page}" for table in ("page", "question") for page in pages}
    for key in PRESETS:
        inputs = [f"x_{d + 1}" for d in range(preset(key).D)]
        wanted |= {f"preset.{key}.{part}" for part in ("name", "caption", "notice", *inputs)}
    raised = re.findall(
        r'Refused\(\s*"(\w+)"', (ROOT / "lstm_core" / "workbench" / "intake.py").read_text("utf-8")
    )
    wanted |= {f"upload.refused.{reason}" for reason in raised}
    assert len(raised) > 10 and wanted <= set(KEYS)
