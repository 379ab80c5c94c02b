"""Components: the drawing script fetches the files of assets/components and assets/figure by their name."""

import re

from ... import session
from ...tree import emit

_SCRIPT = re.compile(r"_stcore/bidi-components/([\w./]+)\.js")
"""In the `js` of a component: where its script lies on a server, and so its name here."""


def component(name, *, css=None, js=""):
    """Returns what shows the component; `on_NAME_change` is called when the browser sends its NAME."""
    named = _SCRIPT.search(js)
    script = named[1] if named else None

    def mount(*, key=None, data=None, **callbacks):
        node = emit("component", key, name=name, script=script, data=data, styled=bool(css))
        return session.widget(node, callbacks, {})

    return mount
