"""The line of a session in the worker: report of the page -> **answer** -> pictures, without a run of a page.

Both are JSON, as they are on the websocket of a server; the page's side is assets/deploy/static/site/line.js.
"""

import json

from pages._ui import line


def answer(report: str) -> str:
    """What the line answers; "null" for a report that has no answer, see `pages._ui.line.answer`."""
    return json.dumps(line.answer(json.loads(report)), ensure_ascii=False, separators=(",", ":"))
