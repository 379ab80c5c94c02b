"""Hostile files dropped on the page Your network: each ends in one sentence, and the page goes on."""

from lstm_core.words import LANGUAGES
from tests.faults.layer_corpus.whole import corpus
from tests.nightly import sample
from tests.pages.apps import opened

NAMES = ("mine.pt", "mine.keras", "mine.onnx", "mine.npz", "mine.json", "mine.safetensors", "mine.h5")


def of_each_kind() -> list[tuple[str, bytes]]:
    """A file of each kind. That every one of the hundreds is refused is told of the readers themselves."""
    kinds = {name.partition(" ")[0]: (name, content) for name, content in corpus().items()}
    return list(kinds.values())


def test_a_hostile_file_is_told_in_one_sentence_on_the_page():
    wrong = []
    for number, (name, content) in enumerate(sample(of_each_kind(), 10)):
        if number % 40 == 0:  # one that breaks its page spoils no others
            at = opened("network", lang=list(LANGUAGES)[number // 40 % 2])
        at.file_uploader(key="network.file.0").upload(
            NAMES[number % len(NAMES)], content, "application/octet-stream"
        ).run()
        said = [error.value for error in at.error]
        one_sentence = len(said) == 1 and "\n" not in said[0] and 5 < len(said[0]) < 700
        if at.exception or not one_sentence or "Traceback" in said[0] or "network.loaded" in at.session_state:
            wrong.append((name, said, [str(exception.value) for exception in at.exception]))
    assert not wrong, f"{len(wrong)} files, the first: {wrong[:3]}"
