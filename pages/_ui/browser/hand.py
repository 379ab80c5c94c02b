"""A figure in the browser: figure -> **pictures, sliders, hand** -> what the reader moved and looked at.

While a hand moves, the browser talks to the figure's line, and no page runs. When it rests, the hand tells
this page once: numbers, what is looked at, and what only the page can decide.
"""

from collections.abc import Callable, Mapping

import streamlit as st

from lstm_core.figure.choose import Choice
from lstm_core.figure.line import Settled
from lstm_core.figure.looking import Gone, Looking

from .. import line, session
from .component import component

_TAKEN, _ACTED, _TOLD = "hand.taken", "hand.acted", "hand.told"

_mount_picture = component("picture", "figure")
_mount_sliders = component("sliders", "figure")
_mount_timeline = component("timeline", "figure")
_mount_hand = component("hand", "figure")


def tell(sentence: str) -> None:
    """Has a sentence read out when the page is there, in place of what its pictures tell."""
    number, _ = st.session_state.get(_TOLD, (0, ""))
    st.session_state[_TOLD] = (number + 1, sentence)


class Hand:
    """A figure on this page: what shows its parts, each where the page wants it."""

    def __init__(self, figure: Looking, name: str, turn: int | None = None):
        """Puts the figure on the line.

        name : of what the figure is of; it is in all keys.
        turn : counts what the figure is a run of, where that is not the experiment on screen; a report of an
            earlier one is void.
        """
        self.figure = figure
        self._name = name
        self._of = "" if turn is None else f"{name}.{turn}"
        self._turn = line.turn(self._of)
        self._drawn = line.line().show(figure, self._turn)
        self._told = [self._turn, st.session_state.get(_TAKEN, 0)]

    def picture(
        self,
        name: str,
        key: str | None = None,
        height: int | str | None = None,
        keys: Mapping[str, str] | None = None,
    ) -> None:
        """One picture of the figure.

        height : the largest height of each SVG in it, in pixels or as a length of CSS; None for the height
            that its width gives. keys : key of the keyboard -> what it means, wherever the focus is, except
            in a control that needs the key itself.
        """
        most = f"{height}px" if isinstance(height, int) else height
        # It is a list because Streamlit would import pandas, half a second, for a dict.
        data = [self._drawn[name], True, most, dict(keys or {}), name, self._told]
        _mount_picture(key=key or f"{name}.{self._name}", data=data)

    def sliders(self, name: str) -> None:
        """One panel of sliders of the figure."""
        panel = self.figure.sliders()[name]
        if panel:
            _mount_sliders(
                key=f"sliders.{name}", data=[name, [slider.spec() for slider in panel], self._told]
            )

    def timeline(self, name: str, texts: tuple[str, str, str]) -> None:
        """The time machine of a training.

        texts : what it is, and the names of its button, to play and to pause.
        """
        panel = [slider.spec() for slider in self.figure.sliders()[name]]
        _mount_timeline(key=name, data=[name, panel, self._told, list(texts)])

    def rests(self, take: Callable[[Settled], None], decide: Callable[[Choice], None], refusal: str) -> None:
        """What happens when the hand rests; a page calls it once, where it has shown the rest of the figure.

        take : puts on screen what was moved and looked at. decide : does what a choice asks that is not the
        figure's own. refusal : what the reader is told where the line cannot be opened.
        """

        def moved():
            sent = st.session_state["hand"].get("moved")
            acted = st.session_state.get(_ACTED, 0)
            try:
                settled = line.line().settled(sent, acted)
            except Gone:  # The page says so when it runs.
                return
            if settled is None:
                return
            st.session_state[_TAKEN] = settled.seq
            if settled.turn != line.turn(self._of):
                return
            st.session_state[_ACTED] = max(acted, settled.acted)
            session.touch()
            take(settled)
            for choice in settled.left:
                decide(choice)

        told = st.session_state.get(_TOLD, (0, ""))
        _mount_hand(key="hand", data=[*self._told, refusal, list(told)], on_moved_change=moved)
