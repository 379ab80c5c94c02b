"""Browser windows for one journey each: nothing is stored in them but the app's own files, already loaded."""

from contextlib import contextmanager
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, BrowserContext

LAPTOP = {"viewport": {"width": 1366, "height": 768}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}

MOST_KEPT = 4

_kept: WeakKeyDictionary[Browser, dict[str, BrowserContext]] = WeakKeyDictionary()


@contextmanager
def window(browser: Browser, address: str, **device):
    """A window for pages of this address. Afterwards its tabs are closed and what they stored is removed.

    It is kept for the next journey on such a device, because to load and compile Streamlit's scripts
    takes longer than most journeys.
    """
    kept = _kept.setdefault(browser, {})
    device = LAPTOP | device
    key = f"{address} {sorted(device.items())}"
    context = kept.pop(key, None) or browser.new_context(**device)
    try:
        yield context
        _clean(context, address)
    except BaseException:
        context.close()
        raise
    others = [kept.pop(key)] if key in kept else []  # of a reader beside this one, on the same device
    kept[key] = context
    if len(kept) > MOST_KEPT:
        others.append(kept.pop(next(iter(kept))))
    for other in others:
        other.close()


def _clean(context: BrowserContext, address: str) -> None:
    context.set_offline(False)
    empty = context.new_page()
    storage = context.new_cdp_session(empty)
    for page in context.pages[:-1]:
        page.close()
    storage.send("Storage.clearDataForOrigin", {"origin": address, "storageTypes": "all"})
    empty.close()
