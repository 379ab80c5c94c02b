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
from tests.files import CODE, PAGES, name, tree

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

NAMES = {
    "LSTM", "RNN", "GRU", "SVG", "CSV", "JSON", "UTF", "Excel", "tanh", "PyTorch", "Keras", "Esc", "PageUp",
    "PageDown", "ONNX", "NumPy", "HDF", "TensorFlow", "NaN", "Parquet", "keras", "pth", "npz", "Adam", "SGD",
    "PDF", "Moodle", "GIFT", "XML", "JavaScript", "WebAssembly", "AUC", "Python", "Home", "zip", "csv",
    "vanilla", "peephole", "QTI", "TAO", "PowerPoint", "Impress", "Keynote", "Google",
}  # fmt: skip
"""Words that stay as they are in a language with other letters."""


@cache
def fresh(code: str) -> dict[str, str]:
    """The texts that a language has itself, without those whose English has changed since."""
    behind = words.stale(code)
    return {key: text for key, text in own_texts(code).items() if key not in behind}


@cache
def tables(code: str) -> dict[str, str]:
    """Of these all but the prose of pages."""
    return {key: text for key, text in fresh(code).items() if not key.startswith("prose.")}


@cache
def prose(code: str) -> dict[str, str]:
    return {key: text for key, text in fresh(code).items() if key.startswith("prose.")}


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
    """Writes the texts of a language into a folder of its own, which is read in the place of the app's.

    What is stamped is that the texts were made of the English ones of now.
    """
    monkeypatch.setattr(words, "TEXT", tmp_path)
    monkeypatch.setattr(words, "FOLDERS", {})

    def make(code: str, found: dict[str, str], settings: str = "", stamps: bool = True) -> None:
        folder = tmp_path / code
        folder.mkdir(exist_ok=True)
        lines = [f'{key} = "{text}"' for key, text in found.items() if not key.startswith("prose.")]
        (folder / "app.toml").write_text("\n".join(lines), "utf-8")
        for key in [key for key in found if key.startswith("prose.")]:
            (folder / f"{key.removeprefix('prose.')}.md").write_text(found[key], "utf-8")
        if not (folder / "language.toml").exists():
            said = settings or "translated = 100" * (code == "en")
            (folder / "language.toml").write_text(f'name = "{code}"\nlocale = "{code}"\n{said}', "utf-8")
        forget()
        if stamps and code != "en" and found:
            languages.stamp(code)
            forget()

    def forget() -> None:
        monkeypatch.setattr(words, "KNOWN", words.languages_in(tmp_path))
        own_texts.cache_clear()
        texts.cache_clear()

    make("en", ENGLISH)
    yield make
    own_texts.cache_clear()
    texts.cache_clear()


def test_a_stub_speaks_english_says_so_and_waits_to_be_chosen(made):
    made("de", {})
    assert "de" not in words.KNOWN, "a folder without a text is no language yet"
    made("de", {"a.b": "Eins"})
    assert texts("de") == ENGLISH | {"a.b": "Eins"}
    assert [language_of(text) for text in texts("de").values()] == [None, "en", "en"]
    assert words.KNOWN["de"].label == "de · 17 %" and words.closest_language("de-AT") == "en"


def test_a_half_speaks_english_where_it_has_no_text_of_its_own(made):
    made("de", {"a.c": "Zwei {n}", "prose.start": "- Drei"})
    (words.TEXT / "de" / "NOTES.md").write_text("nothing that a reader sees", "utf-8")
    german = Words("de")
    said = [german("a.b"), german("a.c", n=2), german.first_point("start")]
    assert said == ["One", "Zwei 2", "Drei"]
    assert [language_of(one) for one in said] == ["en", None, None]
    assert words.KNOWN["de"].label == "de · 82 %" and words.closest_language("de-AT") == "de"
    assert languages.missing("de") == ["a.b"]


@pytest.mark.parametrize(("choice", "shown"), [("shown", "Eins"), ("english", "Another")])
def test_a_stale_text_is_named_and_shown_as_the_language_chooses(made, choice, shown):
    made("de", {"a.b": "Eins", "a.c": "Zwei {n}"}, f'when_stale = "{choice}"')
    made("en", ENGLISH | {"a.b": "Another"})
    assert words.stale("de") == {"a.b"} and texts("de")["a.b"] == shown
    languages.stamp("de")  # nobody has looked at it
    assert words.stale("de") == {"a.b"}
    languages.stamp("de", {"a.b"})  # somebody has, and it is still right
    assert not words.stale("de")
    made("en", ENGLISH | {"a.b": "A third {n}", "a.c": "Two"})
    assert texts("de")["a.c"] == "Two", "there is no {n} to fill in any more"
    made("en", ENGLISH | {"a.b": "A third"})
    made("de", {"a.b": "Ein drittes", "a.c": "Zwei {n}"})  # it was translated anew
    assert not words.stale("de") and texts("de")["a.b"] == "Ein drittes"


def test_a_text_chooses_between_one_and_many(made):
    made("en", {"a.b": "{n} {n:|step|steps} of {of}"})
    found = [Words("en")("a.b", n=n, of=3) for n in (0, 1, "1", 11)]
    assert found == ["0 steps of 3", "1 step of 3", "1 step of 3", "11 steps of 3"]


def test_a_key_that_stands_in_two_files_is_refused(made):
    (words.TEXT / "en" / "more.toml").write_text('[a]\nb = "two"')
    own_texts.cache_clear()
    with pytest.raises(ValueError, match=r"more\.toml: a\.b"):
        texts("en")


def test_a_preset_without_a_language_is_in_english(made, tmp_path, monkeypatch):
    (tmp_path / "presets" / "mine").mkdir(parents=True)
    (tmp_path / "presets" / "mine" / "en.toml").write_text('name = "Mine"')
    monkeypatch.setattr(words, "FOLDERS", FOLDERS | {"preset": tmp_path / "presets"})
    made("de", {"a.b": "Eins"})
    assert texts("de")["preset.mine.name"] == "Mine"


@pytest.mark.nightly
@pytest.mark.parametrize("language", COMPLETE)
def test_a_language_that_is_kept_complete_has_each_text_made_of_the_present_english_one(language):
    due = [*languages.missing(language), *sorted(words.stale(language))]
    assert not due, f"translate {', '.join(due)}, then run python -m tests.languages stamp {language}"
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
def test_placeholders_formulas_and_decimals_are_those_of_the_english_text(language):
    different = []
    for key, text in tables(language).items():
        english = tables(FIRST)[key]
        found = [
            sorted(re.findall(r"\$[^$]+\$|\d+\.\d+", one)) + placeholders(one) for one in (text, english)
        ]
        different += [(key, *found)] if found[0] != found[1] else []
    assert not different


@pytest.mark.parametrize("language", KNOWN)
def test_no_text_is_empty_or_padded(language):
    assert not [key for key, text in tables(language).items() if not text or text.strip() != text]


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
        for noun, value, particle in AFTER_A_VALUE.findall(text):
            final = (ord(noun[0]) - 0xAC00) % 28 if noun else None
            fits = value in READ_ALIKE if final is None else (final > 0) == (particle in AFTER_A_CONSONANT)
            if not fits and not (particle == "로" and final == 8):  # ㄹ
                wrong.append(f"{key}: {{{value}}}{particle}")
    assert not wrong, wrong


# -- prose ----------------------------------------------------------------------------------------


def test_each_page_has_its_prose():
    assert prose(FIRST).keys() == {f"prose.{path.stem}" for path in PAGES}


@pytest.mark.parametrize("language", OTHERS)
def test_prose_says_the_same_in_each_language(language):
    """What runs prove of the numbers in English therefore holds in each."""
    different = []
    for page, here in prose(language).items():
        both = prose(FIRST)[page], here
        for mark in (r"^- ", r"^#+ ", r"\*\*[^*]+\*\*"):
            counts = [len(re.findall(mark, text, re.MULTILINE)) for text in both]
            different += [(page, mark, *counts)] if counts[0] != counts[1] else []
        for pattern in (r"`[^`]+`", r"\$[^$]+\$"):
            left = set.symmetric_difference(*({*re.findall(pattern, text)} for text in both))
            different += [(page, left)] if left else []
        english, own = ({*re.findall(r"\d+(?:\.\d+)?", text)} for text in both)
        different += [(page, english - own)] if english - own else []  # it may write “ten” as 10
    assert not different


@pytest.mark.parametrize("language", OTHERS)
def test_prose_is_translated(language):
    untranslated = [
        (page, line) for page, here in prose(language).items() for line in filter(None, here.splitlines())
        if not has_letters_of(language, line) or line in prose(FIRST)[page].splitlines()
    ]  # fmt: skip
    assert not untranslated


# -- keys and code --------------------------------------------------------------------------------


def spoken(node) -> str | re.Pattern | None:
    """A string; of an f-string a pattern, where a placeholder stands for anything."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = [re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in node.values]
        return re.compile("".join(parts))
    return None


def keys_of(said: str | re.Pattern) -> list[str]:
    """The keys of texts that a string of the code names."""
    if isinstance(said, str):
        return [said] * (said in tables(FIRST))
    return list(filter(said.fullmatch, tables(FIRST)))


def test_every_text_that_code_asks_for_is_there():
    asked = []
    for path in CODE:
        calls = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call) and node.args]
        said = [
            spoken(call.args[0]) for call in calls if ast.unparse(call.func).endswith(("words", "words()"))
        ]
        asked += [(name(path), one) for one in said if one]
    assert len(asked) > 30 and not [one for one in asked if not keys_of(one[1])]


def test_no_text_is_unused():
    """An f-string that may be a key starts with the name of a table of the texts."""
    starts = tuple(f"{table}\\." for table in {key.partition(".")[0] for key in tables(FIRST)})
    said = {spoken(node) for path in CODE for node in ast.walk(tree(path))} - {None}
    said = {one for one in said if isinstance(one, str) or one.pattern.startswith(starts)}
    said.add(re.compile(r"site\..*"))  # see tests/deploy/test_static_build.py
    said.add(re.compile(r"(hand_in|variants)\.refused\..*"))  # see `table` of the classes `Refused`
    assert tables(FIRST).keys() == {key for one in said for key in keys_of(one)}


def test_each_quantity_preset_and_page_has_its_texts():
    wanted = {f"quantity.{key}" for key in QUANTITIES}
    wanted |= {f"{table}.{path.stem}" for table in ("page", "question", "about") for path in PAGES}
    for key in PRESETS:
        inputs = [f"x_{d + 1}" for d in range(preset(key).D)]
        wanted |= {f"preset.{key}.{part}" for part in ("name", "caption", "notice", *inputs)}
    assert wanted <= tables(FIRST).keys()
