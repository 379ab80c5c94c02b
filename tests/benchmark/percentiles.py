"""What is made of measured times: percentiles and rows of a Markdown table."""

from collections.abc import Sequence


def percentile(times: Sequence[float], share: float) -> float:
    """The time under which a share of them lies; the nearest that was measured."""
    ordered = sorted(times)
    return ordered[min(round(share * (len(ordered) - 1)), len(ordered) - 1)]


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table, its first column text and the others numbers."""
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def milliseconds(times: Sequence[float]) -> tuple[str, str]:
    """p50 and p95 of times in milliseconds, as text."""
    return f"{percentile(times, 0.5):.0f}", f"{percentile(times, 0.95):.0f}"


def against(value: float, budget: float, unit: str = "") -> str:
    """A budget and whether it was kept."""
    return f"≤ {budget:g}{unit} {'✓' if value <= budget else '✗'}"


def at_least(value: float, goal: float) -> str:
    """The same of what should be large."""
    return f"≥ {goal:g} {'✓' if value >= goal else '✗'}"
