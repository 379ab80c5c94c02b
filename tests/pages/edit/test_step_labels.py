"""Labels of steps on the pages: typed as a text or in the table, brought with a CSV, in the link."""

from lstm_core.export import to_csv
from lstm_core.labels import LONGEST
from lstm_core.words import LANGUAGES, Words
from lstm_core.workbench.presets import preset
from pages._ui.edit.inputs_table import _edited
from tests.collected import collected
from tests.nightly import sample
from tests.pages.apps import experiment, is_sound, link, opened
from tests.pages.walks import picture

TEXT = "he llo wörld"


def with_table(page="trace", **query):
    at = opened(page, **{"preset": "replace", "lang": "en", "t": "8"} | query)
    at.session_state["inputs_table.open"] = True
    return at.run()


def typed(at, text: str):
    at.text_input(key="steps.text").set_value(text).run()
    return at


@collected("language", sample(LANGUAGES, 1))
def test_a_text_names_the_steps_in_pictures_sentences_and_link(language):
    at = typed(with_table("forget_gate", lang=language), TEXT)
    assert is_sound(at) and experiment(at).labels == tuple(TEXT)
    said = Words(language)("steps.named", t=8, label="w")
    assert said in picture(at, "strip.forget_gate") and "step-labels" in picture(at, "strip.forget_gate")
    assert said in picture(at, "diagram.forget_gate").replace("&quot;", '"')
    assert list(link(at))[-1] == "labels"
    again = opened("forget_gate", **link(at))
    assert is_sound(again) and experiment(again).labels == tuple(TEXT)


def test_a_shorter_text_leaves_steps_without_a_name_a_longer_one_is_cut_and_none_takes_all_away():
    at = typed(with_table(), "abc")
    assert experiment(at).labels == ("a", "b", "c", *[""] * 9)
    assert at.text_input(key="steps.text").value == "abc"
    at = typed(at, "x" * 40)
    assert experiment(at).labels == ("x",) * 12 and at.text_input(key="steps.text").value == "x" * 12
    at = typed(at, "")
    assert experiment(at).labels == () and "labels" not in link(at) and experiment(at) == preset("replace")


def test_the_table_holds_a_label_for_each_step_and_takes_what_is_typed_there():
    base = preset("replace").x, ("",) * 12
    x, labels = _edited(
        base, {0: {"label": "the"}, "1": {"x_2": 0.5, "label": "c\u202eat\0"}, 2: {"label": None}}
    )
    assert labels == ("the", "cat", *[""] * 10) and x[1, 1] == 0.5 and (x[2:] == base[0][2:]).all()
    assert _edited(base, {3: {"label": "x" * 99}})[1][3] == "x" * LONGEST


def test_a_csv_brings_its_labels_and_one_without_takes_them_away():
    at = opened("trace", preset="replace", lang="en")
    labelled = b"x_1,x_2,label\n0.5,0,the\n1,1,cat\n"
    at.file_uploader(key="upload.sequence").upload("a.csv", labelled, "text/csv").run()
    assert is_sound(at) and experiment(at).labels == ("the", "cat")
    assert Words("en")("upload.took_labels", n=2) in at.success[0].value
    content = to_csv(experiment(at).trace()).encode()
    at.file_uploader(key="upload.sequence").upload("b.csv", b"0.5,0\n1,1\n", "text/csv").run()
    assert experiment(at).labels == () and "label" not in at.success[0].value
    at.file_uploader(key="upload.sequence").upload("c.csv", content, "text/csv").run()
    assert experiment(at).labels == ("the", "cat")


def test_labels_that_no_link_holds_are_said_to_be_lost_on_a_reload():
    rows = "".join(f"{k},0,{'가나다라마바'}\n" for k in range(12))
    at = with_table()
    at.file_uploader(key="upload.sequence").upload(
        "a.csv", f"x_1,x_2,label\n{rows}".encode(), "text/csv"
    ).run()
    said = Words("en")("steps.no_link")
    assert is_sound(at) and "labels" not in link(at) and said in at.success[0].value
    assert said in [caption.value for caption in at.caption]
    assert at.session_state["experiment"].labels == ("가나다라마바",) * 12


def test_a_lesson_that_locks_the_inputs_locks_their_labels():
    at = opened("trace", preset="replace", lang="en", lock="inputs", labels="a~b")
    at.session_state["inputs_table.open"] = True
    assert not at.run().text_input and experiment(at).labels[:2] == ("a", "b")
