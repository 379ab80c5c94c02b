"""The options of a server; there is none."""


def get_option(key):
    return None
