"""What the pages ask a server for; there is none."""

from types import SimpleNamespace


def exists() -> bool:
    """Whether app.py runs for a reader, as it does here."""
    return True


class Runtime:
    @staticmethod
    def instance() -> SimpleNamespace:
        """All files of components lie where the browser finds them, so none has to be announced."""
        return SimpleNamespace(
            bidi_component_registry=SimpleNamespace(get_component_asset_root=lambda name: "components")
        )
