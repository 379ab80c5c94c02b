"""The guided tours of 20 and of 45 minutes: **stops** in the order of teaching -> page, notes."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..workbench.link import Link, from_link


@dataclass(frozen=True)
class Stop:
    """One place of a tour: what is on screen there, and what is asked.

    page : where it is. query : the parameters of the link that sets up experiment, step and phase.
    rows : the numbers of the ideas that it teaches, in the list of ideas that the app has to teach.
    item, task : the question that is asked or the task that is worked on there; "" for none.
    seed : of the item or task.
    """

    key: str
    page: str
    query: Mapping[str, str]
    rows: tuple[int, ...]
    item: str = ""
    task: str = ""
    seed: int = 1

    @property
    def link(self) -> Link:
        """The experiment and the focus of the stop."""
        return from_link(self.query)

    @property
    def title_key(self) -> str:
        return f"tour.{self.key}.title"

    @property
    def show_key(self) -> str:
        """The text that says what there is to see; students read it too."""
        return f"tour.{self.key}.show"

    @property
    def note_keys(self) -> tuple[str, str]:
        """The two notes for the teacher: what to ask, and what students will answer."""
        return f"tour.{self.key}.ask", f"tour.{self.key}.they_will_say"


@dataclass(frozen=True)
class Tour:
    """Stops, each with its minutes."""

    key: str
    stops: tuple[Stop, ...]
    minutes: tuple[int, ...]

    @property
    def name_key(self) -> str:
        return f"tour.name.{self.key}"

    def stop(self, number: int) -> Stop:
        """The stop of a number, counted from 1. Raises KeyError for a number that has no stop."""
        if not 1 <= number <= len(self.stops):
            raise KeyError(number)
        return self.stops[number - 1]


_STOPS = {stop.key: stop for stop in (
    Stop("join", "overview", {"preset": "brackets", "t": "11", "phase": "concatenate"}, (1,), item="joined"),
    Stop("parts", "forget_gate", {"preset": "random", "seed": "1", "t": "3", "phase": "forget"}, (2,),
         item="joined_sum"),
    Stop("keep", "forget_gate", {"preset": "latch", "t": "13", "phase": "erase"}, (3,), item="open_or_shut"),
    Stop("learned", "overview", {"preset": "random", "seed": "7", "t": "2", "phase": "all"}, (4,),
         item="same_input"),
    Stop("train", "learning", {"preset": "latch", "t": "2"}, (4,), item="curve_bias"),
    Stop("held", "reading", {"preset": "brackets", "t": "11"}, (4,), item="read_held"),
    Stop("why_gate", "cell_state", {"preset": "runaway", "t": "15", "phase": "write"}, (5,),
         item="gate_1997"),
    Stop("then_now", "why_forget", {"preset": "runaway", "t": "15", "length": "200"}, (5,),
         item="stuck"),
    Stop("write", "input_gate", {"preset": "latch", "t": "2", "phase": "write"}, (6, 7), item="write_value"),
    Stop("candidate", "input_gate", {"preset": "latch", "t": "15", "phase": "candidate"}, (7,),
         item="candidate_sign"),
    Stop("update", "cell_state", {"preset": "replace", "t": "6", "phase": "write"}, (8,), item="next_memory"),
    Stop("show", "output_gate", {"preset": "silent", "t": "11", "phase": "show"}, (9, 10), item="c_or_h"),
    Stop("voice", "output_gate", {"preset": "silent", "t": "5", "phase": "output"}, (10,), item="silent"),
    Stop("gradient", "gradient", {"preset": "leaky", "t": "2"}, (11,), item="gradient_path"),
    Stop("paths", "gradient", {"preset": "random", "seed": "2", "t": "1", "rnn": "candidate"}, (11,),
         item="path_through_h"),
    Stop("bias", "forget_gate", {"preset": "leaky", "t": "8", "phase": "forget"}, (12,), item="share_left"),
    Stop("half", "forget_gate", {"preset": "leaky", "t": "5", "phase": "forget"}, (12,), task="half_life"),
    Stop("numbers", "trace", {"preset": "latch", "t": "2"}, ()),
)}  # fmt: skip


def _tour(key: str, **minutes: int) -> Tour:
    return Tour(key, tuple(_STOPS[stop] for stop in minutes), tuple(minutes.values()))


TOURS: dict[str, Tour] = {tour.key: tour for tour in (
    _tour("short", join=2, keep=2, train=2, then_now=2, write=3, update=3, show=2, paths=2, bias=1,
          numbers=1),
    _tour("long", join=3, parts=3, keep=4, learned=2, train=3, held=2, why_gate=2, then_now=2, write=3,
          candidate=3, update=3, show=4, voice=2, gradient=2, paths=2, bias=1, half=3, numbers=1),
)}  # fmt: skip
"""The tours by key: one for 20 minutes, one for 45."""
