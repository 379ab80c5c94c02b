"""What the story adds to a link: `?chapter=4&did=pin_f.1.17_0~x.17.2_1`, and back.

Reading never fails: what is valid is used, and the names of the parameters that hold anything else are told.
"""

import re
from collections.abc import Mapping

from ..workbench.experiment import LIMIT
from ..workbench.link import number_text
from .story import CHAPTERS, Story

PARAMETERS = ("chapter", "did")

_LONGEST = 300
_DEED = re.compile(
    r"((?:pin_[fico]\.1|x)\.[1-9]\d?(?:\.[12])?)_(-?\d(?:\.\d{1,20})?(?:e-\d{1,3})?)", re.ASCII
)
_OF_EARLIER_LINKS = {"lang", "v", "present", "embed", "embed_options"}


def asks_for_story(query: Mapping[str, str]) -> bool:
    """Whether a link to the bare address is one of the story.

    One that names an experiment and no chapter was made before there was a story, and opens the whole cell.
    """
    return "chapter" in query or query.keys() <= _OF_EARLIER_LINKS


def to_query(story: Story) -> dict[str, str]:
    """The parameters that `from_query` reads back."""
    query = {"chapter": str(story.chapter)}
    did = "~".join(f"{address}_{number_text(value)}" for address, value in story.deeds.values())
    return query | ({"did": did} if did else {})


def from_query(query: Mapping[str, str]) -> tuple[Story | None, tuple[str, ...]]:
    """The story, None where the link names no chapter, and the parameters that were not understood."""
    if not query.keys() & set(PARAMETERS):
        return None, ()
    chapter, problems = str(query.get("chapter", "1")), []
    numbers = {str(n): n for n in range(1, len(CHAPTERS) + 1)}
    if chapter not in numbers:
        problems.append("chapter")
    deeds: dict[str, tuple[str, float]] = {}
    said = str(query.get("did", ""))[:_LONGEST]
    for part in filter(None, said.split("~")):
        found = _DEED.fullmatch(part)
        of = found and next((one for one in CHAPTERS if one.moves and part.startswith(f"{one.moves}.")), None)
        if found is None or of is None or abs(value := float(found[2])) > LIMIT:
            problems.append("did")
        else:
            deeds[of.key] = (found[1], value)
    return Story(numbers.get(chapter, 1), deeds), tuple(dict.fromkeys(problems))
