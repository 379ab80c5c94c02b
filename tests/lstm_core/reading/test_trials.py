"""What is to be tried by holding a unit can be done with the network that is there, and not by any hold."""

import numpy as np

from lstm_core.lessons.items.reading_code import bracket_unit
from lstm_core.reading import shipped
from lstm_core.reading.hold import HELD, Hold, bounds
from lstm_core.reading.letters import CLOSING
from lstm_core.reading.lines import inside, line
from lstm_core.reading.trials import tried

READER = shipped()


def test_each_trial_is_done_by_some_hold_of_a_unit_that_follows_brackets_and_not_by_none():
    units = [of for of in READER.units if of.is_clear and of.feature in ("brackets", "nested")]
    holds = (Hold(of.unit, what, 1, value) for of in units for what in HELD for value in bounds(of, what))
    done: set[str] = set()
    while done != {"never", "early"}:
        done |= {key for key, one in tried(READER, next(holds)).items() if one.done}
    assert tried(READER, Hold(bracket_unit().unit))["never"].done  # at the number that is offered first
    unclear = next(of for of in READER.units if not of.is_clear)
    assert not any(one.done for one in tried(READER, Hold(unclear.unit, "C", 1, unclear.mean)).values())


def test_a_line_is_code_whose_brackets_are_inside_one_another():
    random = np.random.default_rng(0)
    for _ in range(50):
        text = line(lambda low, high: int(random.integers(low, high + 1)))
        compile(text.replace("return ", "x = "), "line", "exec")
        where = inside(text)
        assert where.any() and not where[-1] and text[-1] in CLOSING
