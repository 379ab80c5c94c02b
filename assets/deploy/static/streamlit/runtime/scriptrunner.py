"""What a page asks of the run that it is in; here no server holds anything for it."""


def get_script_run_ctx():
    return None
