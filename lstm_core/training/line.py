"""Who may train now: readers of one process -> **line** -> some train, the others wait for their turn."""

from collections.abc import Hashable


class Line:
    """Readers in the order in which they came. The first `places` of them train, the others wait.

    patience : seconds after which a reader who did not ask again is taken to be gone.
    The caller says what time it is, in seconds of any clock that does not go back.
    """

    def __init__(self, places: int, patience: float):
        self.places, self.patience = places, patience
        self._asked: dict[Hashable, float] = {}

    def ahead(self, who: Hashable, now: float) -> int:
        """How many others have to finish before `who` may train; 0 says that it is their turn.

        Whoever asks stands in line from then on, as long as they ask again within `patience`.
        """
        for other, asked in list(self._asked.items()):
            if other != who and now - asked > self.patience:
                self._asked.pop(other, None)
        self._asked[who] = now  # a reader who is in line already keeps the place
        return max(0, list(self._asked).index(who) + 1 - self.places)

    def training(self) -> int:
        """How many train now."""
        return min(len(self._asked), self.places)

    def leave(self, who: Hashable) -> None:
        """Give the place to the next."""
        self._asked.pop(who, None)
