"""Many small cases in one test: cases -> **collected** -> a test that names every case that fails."""

import inspect
from collections.abc import Iterable
from functools import wraps

import pytest


def collected(names: str, cases: Iterable):
    """Like `pytest.mark.parametrize`, but as one test, which runs all cases and then tells which failed.

    A case that wants to be skipped counts as failed, because the cases after it would be skipped with it.

    names : the parameters of the test that a case fills, with commas between them. The test may have
        other parameters, such as fixtures; they are the same for all cases.
    """
    parameters = [name.strip() for name in names.split(",")]
    cases = list(cases)
    assert cases, "no cases: a test of none could not fail"

    def decorate(test):
        @wraps(test)
        def run_all(**others):
            failed = []
            for case in cases:
                values = [case] if len(parameters) == 1 else case
                try:
                    test(**others, **dict(zip(parameters, values, strict=True)))
                except (Exception, pytest.fail.Exception, pytest.skip.Exception) as error:
                    failed.append((case, error))
            if failed:
                told = [f"{case!r:.100}: {type(error).__name__}: {error}" for case, error in failed]
                head = f"{len(failed)} of {len(cases)} cases of {names} fail"
                raise AssertionError("\n\n".join([head, *told])) from failed[0][1]

        signature = inspect.signature(test)
        others = [p for name, p in signature.parameters.items() if name not in parameters]
        run_all.__signature__ = signature.replace(parameters=others)
        return run_all

    return decorate
