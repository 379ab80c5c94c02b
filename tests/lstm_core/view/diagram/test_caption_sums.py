"""The sums and products in a caption come out at the digits that are shown, or it says ≈."""

import re
from decimal import Decimal

from lstm_core.view.diagram import describe
from lstm_core.words import LANGUAGES, Words
from lstm_core.workbench.focus import PHASES
from tests.collected import collected
from tests.lstm_core.view.traces import random_trace

NUMBER = r"([+−]?\d+\.\d\d)"


def read(shown: str) -> Decimal:
    return Decimal(re.sub(r"\s", "", shown).replace("−", "-"))


@collected("language", LANGUAGES)
@collected("seed", range(10))
def test_what_a_caption_computes_comes_out(language, seed):
    trace = random_trace(seed, H=2, D=2)
    for phase in PHASES:
        caption = describe(trace, 2, 1, Words(language), phase).partition(": ")[2]
        products = re.findall(rf"{NUMBER}\s×\s\(?{NUMBER}\)?\s([=≈])\s{NUMBER}", caption)
        for a, b, sign, c in products:
            off = abs(read(a) * read(b) - read(c))
            assert off <= Decimal("0.005") if sign == "=" else off >= Decimal("0.005")
        sums = re.findall(rf"{NUMBER}\s([+−]\s?\d+\.\d\d)\s=\s{NUMBER}", caption)
        assert all(read(a) + read(b) == read(c) for a, b, c in sums)
        assert len(products) == (phase in ("erase", "write", "show")) and len(sums) == (phase == "write")
