"""Lines of text in pictures: where they may break, in languages with and without spaces."""

import pytest

from lstm_core.view.typeset import marked, width, wrapped

SENTENCES = [
    f"h 的 2 个数和 x 的 3 个数拼接成 5 个数的向量（不是相加）；都读“它”。C 为 {marked('C', '0.38')}，一样。",
    f"ゲートは、キャッチした「値」の38%を残す（0はすべて消去）。Cは{marked('C', '0.38')}、ちょっとだけ。",
    f"2 from h and 3 from x, joined (not added) to a “vector” of 5; C is {marked('C', '0.38')}.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("room", [90, 150])
def test_lines_fill_their_room_and_none_begins_or_ends_with_the_wrong_sign(sentence, room):
    lines = ["".join(text for text, _ in line) for line in wrapped(sentence, 12, room)]
    plain = sentence.replace(marked("C", "0.38"), "0.38")
    assert "".join(lines).replace(" ", "") == plain.replace(" ", "")
    assert all(room / 2 < width(line, 12) <= room for line in lines[:-1])
    assert not [line for line in lines if line[0] in "，。；）”」%、ャッょっー," or line[-1] in "（“「("]
