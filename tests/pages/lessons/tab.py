"""The tab's own storage: what a page gave it to keep, and what it gives back."""

import json

from tests.pages.panels import trigger


def storage(at):
    return next(
        found for found in at.get("bidi_component") if "lstm.tab_storage" in found.proto.component_name
    )


def stored(at) -> str:
    """What the browser is handed to store."""
    return json.loads(storage(at).proto.json)[0]


def given_back(at, sent: object):
    return trigger(at, storage(at), "stored", sent)
