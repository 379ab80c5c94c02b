"""Components: the drawing script fetches the files of assets/components by their name."""

from __future__ import annotations

from ... import session
from ...tree import emit


def component(name, *, css=None, js=None):
    """Returns what shows the component; `on_NAME_change` is called when the browser sends its NAME."""

    def mount(*, key=None, data=None, **callbacks):
        node = emit("component", key, name=name, data=data, styled=bool(css))
        return session.widget(node, callbacks, {})

    return mount
