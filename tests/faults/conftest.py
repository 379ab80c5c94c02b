"""The browser that the faults are watched in is that of the journeys."""

from tests.browser.conftest import browser, chromium

__all__ = ["browser", "chromium"]
