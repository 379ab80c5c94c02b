"""The time that reading may take on the command line, which has no other process to end."""

import _thread
import signal
import threading
from contextlib import suppress
from time import monotonic

import pytest

from lstm_core.readers import Refused, command
from lstm_core.readers.time_limit import time_limit
from tests.lstm_core.readers.layer_files import FOLDER


def endless():
    while True:
        pass


def test_what_takes_too_long_is_refused_and_what_comes_after_is_not_touched():
    before, threads = signal.getsignal(signal.SIGINT), threading.active_count()
    for _ in range(3):
        with pytest.raises(Refused, match="took more than 0.1 seconds"), time_limit(0.1):
            endless()
    assert signal.getsignal(signal.SIGINT) is before and threading.active_count() == threads
    with time_limit(60):
        done = sum(range(1000))
    assert done == 499500 and threading.active_count() == threads


def test_the_limit_is_not_swallowed_where_a_reader_catches_its_own_errors():
    with pytest.raises(Refused), time_limit(0.1):
        while True:
            with suppress(Exception):
                endless()


def test_the_command_line_stops_reading_in_time_unless_any_size_is_asked_for(monkeypatch, capsys):
    monkeypatch.setattr(command, "MOST_SECONDS", 0.2)
    read, asked = command.read_file, []

    def slow(name, **options):
        asked.append(name)
        end = monotonic() + 0.4
        while monotonic() < end:
            pass
        return read(name, **options)

    monkeypatch.setattr(command, "read_file", slow)
    files = [str(FOLDER / name) for name in ("torch_plain.pt", "torch_double.pt")]
    assert command.main(["--list", *files]) == 1 and asked == files
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("took more than 0.2 seconds") == 2
    assert command.main(["--list", *files, "--any-size"]) == 0


def test_a_key_that_ends_the_program_still_does():
    with pytest.raises(KeyboardInterrupt), time_limit(60):
        _thread.interrupt_main()
        endless()


def test_an_error_within_comes_out_as_it_is():
    with pytest.raises(KeyError), time_limit(60):
        raise KeyError("x")


def test_without_a_limit_and_in_another_thread_nothing_is_set():
    seen = []

    def other():
        with time_limit(0.05):
            seen.append(threading.active_count())

    before, threads = signal.getsignal(signal.SIGINT), threading.active_count()
    with time_limit(None):
        assert signal.getsignal(signal.SIGINT) is before
    thread = threading.Thread(target=other)
    thread.start()
    thread.join()
    assert seen == [threads + 1]
