"""A browser of the tests: it holds pictures as assets/figure/changes.js does, and reports as line.js does."""

import json
from typing import Any

from lstm_core.figure import Line

TURN = "nobody-guesses-it/1"


def put_together(before: str, parts: list) -> str:
    """The markup that these parts make of the one before."""
    pieces = before.split("<")
    return "<".join(part if isinstance(part, str) else "<".join(pieces[slice(*part)]) for part in parts)


class Browser:
    """What one tab holds of a figure, and what it sends on a line."""

    def __init__(self, line: Line, figure, turn: str = TURN):
        self.line, self.turn, self.seq = line, turn, 0
        self.pictures = {name: (markup, digest) for name, (markup, digest) in line.show(figure, turn).items()}

    def asks(self, *acts: dict, **parts) -> dict[str, Any] | None:
        """The answer to a report, which is not taken yet."""
        self.seq += 1
        digests = {name: digest for name, (_, digest) in self.pictures.items()}
        report = {"seq": self.seq, "turn": self.turn, "acts": list(acts), "digests": digests} | parts
        answer = self.line.answer(json.loads(json.dumps(report)))
        return None if answer is None else json.loads(json.dumps(answer))

    def takes(self, answer: dict[str, Any]) -> None:
        """Puts the answer on screen."""
        for name, (sent, *digests) in answer["pictures"].items():
            if isinstance(sent, str):
                self.pictures[name] = sent, digests[0]
            elif sent:
                from_, to = digests[1], digests[0]
                assert self.pictures[name][1] == from_, "changes of another picture than the one shown"
                self.pictures[name] = put_together(self.pictures[name][0], sent), to

    def sends(self, *acts: dict, **parts) -> dict[str, Any]:
        answer = self.asks(*acts, **parts)
        assert answer is not None
        self.takes(answer)
        return answer

    def sees(self) -> dict[str, str]:
        return {name: markup for name, (markup, _) in self.pictures.items()}
