"""What Python's tokenizer says of each letter, against what a reader would say."""

import pytest

from lstm_core.reading.features import features
from lstm_core.view.reading.read_text import spans

PROGRAM = '''\
def f(a, b=[1, (2)]):  # a (comment)
    """Doc 'x'."""
    if a:
        total = a + f('s(', b=3)
    return {"k": total}
'''

EXPECTED = {
    "brackets": ["(a, b=[1, (2)]", "('s(', b=3", '{"k": total'],
    "nested": ["[1, (2)"],
    "comment": ["# a (comment)"],
    "docstring": ['"Doc \'x\'.""'],
    "string": ["'s(", '"k'],
    "keyword": ["=[1, (2)]", "=3"],
    "assignment": ["= a + f('s(', b=3)"],
    "indented": [" total = a + f('s(', b=3)"],
    "ends": ["f", "a", "b", "a", "l", "a", "f", "b", "l"],
    "seen": ["a", "a", "f", "b", "l"],
}


def test_every_feature_is_marked_where_it_is_so():
    found = features(PROGRAM)
    assert {name: [PROGRAM[a - 1 : b] for a, b in spans(found[name])] for name in found} == EXPECTED


@pytest.mark.parametrize("text", ["a = (1", "'''", "if x:\n  a\n b\n"])
def test_a_text_that_is_no_program_is_refused(text):
    with pytest.raises(ValueError, match="expected a Python program"):
        features(text)
