"""What the pages ask the machine of a server; there is none."""


def get_internal_ip() -> str | None:
    """The address of the machine in its network: none, because the site's own address is not a machine's."""
    return None
