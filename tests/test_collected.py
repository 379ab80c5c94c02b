"""Cases that are collected in one test: all of them run, and each that fails is named."""

import inspect

import pytest

from tests.collected import collected


def test_every_case_runs_and_every_failing_one_is_named():
    ran = []

    @collected("number", [1, 2, 3, 4])
    def is_odd(number):
        ran.append(number)
        assert number % 2, f"{number} is even"

    with pytest.raises(AssertionError, match="2 of 4") as caught:
        is_odd()
    assert ran == [1, 2, 3, 4] and "2 is even" in str(caught.value) and "4 is even" in str(caught.value)


def test_an_error_that_did_not_come_is_a_failure_too():
    @collected("number", [0, 1])
    def is_refused(number):
        with pytest.raises(ZeroDivisionError):
            _ = 1 / number

    with pytest.raises(AssertionError, match="1 of 2"):
        is_refused()


def test_a_case_that_is_skipped_does_not_take_the_others_along():
    @collected("number", [1, 2, 4])
    def is_odd(number):
        if number == 1:
            pytest.skip("not this one")
        assert number % 2

    with pytest.raises(AssertionError, match="3 of 3"):
        is_odd()


def test_other_parameters_stay_those_of_the_test():
    @collected("a, b", [(1, 2), (3, 4)])
    def add(tmp_path, a, b):
        assert tmp_path == "here" and b == a + 1

    assert list(inspect.signature(add).parameters) == ["tmp_path"]
    add(tmp_path="here")


def test_no_cases_are_refused():
    with pytest.raises(AssertionError, match="no cases"):
        collected("number", [])
