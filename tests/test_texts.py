"""All languages in step: the same placeholders and prose, nothing untranslated, nothing unused.

English is the language that the others are compared with; which others there are, their folders say.
Korean is kept complete.
"""

import ast
import re
import string
from functools import cache

import pytest

from lstm_core import words
from lstm_core.quantities import QUANTITIES
from lstm_core.words import FIRST, FOLDERS, KNOWN, LANGUAGES, Words, language_of, own_texts, texts
from lstm_core.workbench.presets import PRESETS, preset
from tests import languages
from tests.conftest import ROOT
from tests.files import CODE, PAGES, tree

OTHERS = [language for language in KNOWN if language != FIRST]
COMPLETE = [language for language in LANGUAGES if language != FIRST]
IN_OTHER_LETTERS = [language for language in OTHERS if KNOWN[language].letters]

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
NAMES |= {"Adam", "SGD", "PDF", "Moodle", "GIFT", "XML", "JavaScript", "WebAssembly", "AUC", "Python", "Home"}
NAMES |= {"zip", "csv", "vanilla", "peephole"}
NAMES |= {"QTI", "TAO", "PowerPoint", "Impress", "Keynote", "Google"}
"""Words that stay as they are in a language with other letters."""


@cache
def fresh(code: str) -> dict[str, str]:
    """The texts that a language has itself, without those whose English has changed since."""
    behind = words.stale(code)
    return {key: text for key, text in own_texts(code).items() if key not in behind}


def tables(code: str) -> dict[str, str]:
    """Of these all but the prose of pages."""
    return {key: text for key, text in fresh(code).items() if not key.startswith("prose.")}


def prose(code: str) -> dict[str, str]:
    return {key: text for key, text in fresh(code).items() if key.startswith("prose.")}


def keys() -> list[str]:
    """Of all texts in English."""
    return sorted(tables(FIRST))


def placeholders(text: str) -> list[str]:
    """The names of the values that stand in a text; some languages have one word for one and for many."""
    return sorted(name for _, name, how, _ in string.Formatter().parse(text) if name and how[:1] != "|")


def has_letters_of(language: str, text: str) -> bool:
    """Whether a text is in the letters of a language; true of any text where they are Latin."""
    letters = KNOWN[language].letters
    return bool(re.search(f"[{letters}]", text)) if letters else True


def words_alone(text: str) -> str:
    """A text without its formulas, code and placeholders."""
    return re.sub(r"\$[^$]*\$|`[^`]*`|\{[^}]*\}", "", text)


# -- partial and stale ----------------------------------------------------------------------------

ENGLISH = {"a.b": "One", "a.c": "Two {n}", "prose.start": "- Three"}


@pytest.fixture
def made(tmp_path, monkeypatch):
    """Writes the texts of a language into a folder of its own, which is read in the place of the app's."""
    monkeypatch.setattr(words, "TEXT", tmp_path)
    monkeypatch.setattr(words, "FOLDERS", {})

    def make(code: str, settings: str = "", **found: str) -> None:
        folder = tmp_path / code
        folder.mkdir(exist_ok=True)
        found = {key.replace("_", "."): text for key, text in found.items()}
        lines = [f'{key} = "{text}"' for key, text in found.items() if not key.startswith("prose.")]
        (folder / "app.toml").write_text("\n".join(lines), "utf-8")
        for key in [key for key in found if key.startswith("prose.")]:
            (folder / f"{key.removeprefix('prose.')}.md").write_text(found[key], "utf-8")
        if not (folder / "language.toml").exists():
            said = settings or "translated = 100" * (code == "en")
            (folder / "language.toml").write_text(f'name = "{code}"\nlocale = "{code}"\n{said}', "utf-8")
        fresh()

    def fresh() -> None:
        known = words.languages_in(tmp_path)
        monkeypatch.setattr(words, "KNOWN", known)
        own_texts.cache_clear()
        texts.cache_clear()

    make.fresh = fresh
    make("en", **{key.replace(".", "_"): text for key, text in ENGLISH.items()})
    yield make
    own_texts.cache_clear()
    texts.cache_clear()


def test_a_stub_speaks_english_says_so_and_waits_to_be_chosen(made):
    made("de")
    assert "de" not in words.KNOWN, "a folder without a text is no language yet"
    made("de", a_b="Eins")
    languages.stamp("de")
    made.fresh()
    assert texts("de") == ENGLISH | {"a.b": "Eins"}
    assert [language_of(text) for text in texts("de").values()] == [None, "en", "en"]
    assert words.KNOWN["de"].label == "de · 17 %" and words.closest_language("de-AT") == "en"


def test_a_half_speaks_english_where_it_has_no_text_of_its_own(made):
    made("de", a_c="Zwei {n}", prose_start="- Drei")
    (words.TEXT / "de" / "NOTES.md").write_text("nothing that a reader sees", "utf-8")
    languages.stamp("de")
    made.fresh()
    german = Words("de")
    assert [language_of(one) for one in (german("a.b"), german("a.c", n=2), german.first_point("start"))] == [
        "en", None, None,
    ]  # fmt: skip
    assert (german("a.c", n=2), german.first_point("start")) == ("Zwei 2", "Drei")
    assert words.KNOWN["de"].label == "de · 82 %" and words.closest_language("de-AT") == "de"
    assert languages.missing("de") == ["a.b"]


@pytest.mark.parametrize(("choice", "shown"), [("shown", "Eins"), ("english", "Another")])
def test_a_stale_text_is_named_and_shown_as_the_language_chooses(made, choice, shown):
    made("de", f'when_stale = "{choice}"', a_b="Eins", a_c="Zwei {n}")
    languages.stamp("de")
    made("en", a_b="Another", a_c="Two {n}", prose_start="- Three")
    assert words.stale("de") == {"a.b"} and texts("de")["a.b"] == shown
    languages.stamp("de")  # nobody has looked at it
    assert words.stale("de") == {"a.b"}
    languages.stamp("de", {"a.b"})  # somebody has, and it is still right
    assert not words.stale("de")
    made("en", a_b="A third {n}", a_c="Two", prose_start="- Three")
    assert texts("de")["a.c"] == "Two", "there is no {n} to fill in any more"
    made("en", a_b="A third", a_c="Two {n}", prose_start="- Three")
    made("de", a_b="Ein drittes", a_c="Zwei {n}")
    languages.stamp("de")  # it was translated anew
    made.fresh()
    assert not words.stale("de") and texts("de")["a.b"] == "Ein drittes"


def test_a_text_chooses_between_one_and_many(made):
    made("en", a_b="{n} {n:|step|steps} of {of}")
    found = [Words("en")("a.b", n=n, of=3) for n in (0, 1, "1", 11)]
    assert found == ["0 steps of 3", "1 step of 3", "1 step of 3", "11 steps of 3"]


def test_a_key_that_stands_in_two_files_is_refused(made):
    (words.TEXT / "en" / "more.toml").write_text('[a]\nb = "two"')
    made.fresh()
    with pytest.raises(ValueError, match=r"more\.toml: a\.b"):
        texts("en")


def test_a_preset_without_a_language_is_in_english(made, tmp_path, monkeypatch):
    (tmp_path / "presets" / "mine").mkdir(parents=True)
    (tmp_path / "presets" / "mine" / "en.toml").write_text('name = "Mine"')
    monkeypatch.setitem(FOLDERS, "preset", tmp_path / "presets")
    monkeypatch.setattr(words, "FOLDERS", FOLDERS)
    made("de", a_b="Eins")
    languages.stamp("de")
    made.fresh()
    assert texts("de")["preset.mine.name"] == "Mine"


@pytest.mark.parametrize("language", COMPLETE)
def test_a_language_that_is_kept_complete_has_each_text_made_of_the_present_english_one(language):
    assert not languages.missing(language) and not words.stale(language)
    assert list(tables(language)) == list(tables(FIRST))


@pytest.mark.nightly
@pytest.mark.parametrize("language", OTHERS)
def test_of_which_english_text_each_was_made_is_written_down(language):
    written = {key: own for key, (_, own) in words.made_of(language).items()}
    now = {key: words.digest(text) for key, text in own_texts(language).items()}
    assert written == now, f"python -m tests.languages stamp {language}"


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_says_no_more_of_itself_than_is_so(language):
    assert KNOWN[language].translated <= languages.translated(language) + 5
    assert not languages.unread(language)
    assert KNOWN[language].when_stale in ("shown", "english")


# -- in step --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", OTHERS)
def test_each_language_fills_the_same_placeholders(language):
    english, not_shown = tables(FIRST), words.stale(language)
    assert not [key for key, text in tables(language).items()
                if key not in not_shown and placeholders(text) != placeholders(english[key])]  # fmt: skip


@pytest.mark.parametrize("language", KNOWN)
def test_no_text_is_empty_or_padded(language):
    assert not [
        key for key, text in tables(language).items()
        if not isinstance(text, str) or not text or text.strip() != text
    ]  # fmt: skip


@pytest.mark.parametrize("language", OTHERS)
def test_formulas_and_numbers_are_the_same_as_in_english(language):
    different = []
    for pattern in (r"\$[^$]+\$", r"\d+\.\d+"):
        for key, text in tables(language).items():
            here, english = (sorted(re.findall(pattern, one)) for one in (text, tables(FIRST)[key]))
            different += [(key, here)] if here != english else []
    assert not different


def test_english_has_no_letters_of_another_language():
    pattern = "".join(language.letters for language in KNOWN.values())
    assert not [key for key, text in own_texts(FIRST).items() if re.search(f"[{pattern}]", text)]


@pytest.mark.parametrize("language", OTHERS)
def test_texts_are_translated(language):
    """In other letters each text is; in Latin letters a word such as "Code" may be the same by chance."""
    english, here = tables(FIRST), tables(language)
    if language in IN_OTHER_LETTERS:  # another one may say with signs alone what is short
        left = {key for key, text in here.items() if not has_letters_of(language, text)}
        assert left <= NOT_TRANSLATED.keys() or language not in COMPLETE
        return
    sentences = [key for key in here if len(re.findall("[a-z]{2,}", words_alone(english[key]))) > 3]
    assert not [key for key in sentences if here[key] == english[key]]


@pytest.mark.parametrize("language", IN_OTHER_LETTERS)
def test_no_english_word_is_left_in_other_letters(language):
    left = {
        key: set(re.findall(r"[A-Za-z]{3,}", words_alone(text))) for key, text in tables(language).items()
    }
    assert not {key: found - NAMES for key, found in left.items() if found - NAMES}


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
    for key, text in tables("ko").items():
        wrong += [key for _ in UNDECIDED.findall(text)]
        for noun, name, particle in AFTER_A_VALUE.findall(text):
            final = (ord(noun[0]) - 0xAC00) % 28 if noun else None
            fits = name in READ_ALIKE if final is None else (final > 0) == (particle in AFTER_A_CONSONANT)
            if not fits and not (particle == "로" and final == 8):  # ㄹ
                wrong.append(f"{key}: {{{name}}}{particle}")
    assert not wrong, wrong


# -- prose ----------------------------------------------------------------------------------------


def test_each_page_has_its_prose():
    assert prose(FIRST).keys() == {f"prose.{path.stem}" for path in PAGES}


@pytest.mark.parametrize("language", OTHERS)
def test_prose_says_the_same_in_each_language(language):
    different = []
    for page, here in prose(language).items():
        english = prose(FIRST)[page]
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
        (page, line) for page, here in prose(language).items() for line in filter(None, here.splitlines())
        if not has_letters_of(language, line) or line in prose(FIRST)[page].splitlines()
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
    patterns.append(re.compile(r"site\..*"))  # see tests/deploy/test_static_build.py
    patterns.append(re.compile(r"(hand_in|variants)\.refused\..*"))  # see `table` of the classes `Refused`
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
