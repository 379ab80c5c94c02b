"""What a change is tried with, and what is left to the night: a test's name -> **is it made for a change**.

`python -m pytest` makes what a change needs; `python -m pytest --nightly` makes every test, on both hosts,
with more examples. A test waits for the night where it is marked `nightly`, or starts a server and is not in
JOURNEYS. Whoever names a file runs all that is in it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TypeVar

Case = TypeVar("Case")

VARIABLE = "NIGHTLY"
"""Of the environment: set by `--nightly`, for what is decided while tests are read."""


def by_night() -> bool:
    """Whether all is tried."""
    return os.environ.get(VARIABLE) == "1"


def examples(change: int, night: int) -> int:
    """How many examples are tried of what could be tried without end."""
    return night if by_night() else change


def sample(cases: Iterable[Case], change: int) -> list[Case]:
    """By night all cases; for a change so many of them, spread evenly from the first on."""
    found = list(cases)
    if by_night() or len(found) <= change:
        return found
    return [found[k * len(found) // change] for k in range(change)]


ALL = ("*",)
"""Every test of a file: they share a server, and no browser waits for anything."""

JOURNEYS = {
    # -- the server, without a browser
    "tests/faults/test_departed.py": ("test_the_server_may_open_as_many_files_as_the_system_allows",),
    "tests/faults/test_security.py": ALL,
    "tests/faults/test_line.py": ALL,
    "tests/faults/test_rooms.py": ALL,
    "tests/browser/test_class_room.py": ALL,
    "tests/pages/server/test_start.py": ALL,
    "tests/pages/test_under_hand.py": (
        "test_while_the_hand_is_down_no_page_runs_and_the_pictures_follow_in_few_bytes"
        "[lang=en&preset=leaky&t=2-forget_gate]",
    ),
    # -- the story
    "tests/browser/test_start.py": ("test_the_whole_story_is_played_by_hand_and_its_link_tells_it[server]",),
    # -- every page, in both sizes; links, the menu, what goes home and what is brought
    "tests/browser/test_journeys.py": (
        "test_a_teachers_link_opens_on_a_server_that_nobody_has_opened_yet[server]",
        "test_an_edit_changes_numbers_and_link_and_survives_reload[server]",
        "test_back_leads_to_the_page_before[server]",
        "test_an_error_and_a_request_to_another_host_would_not_go_unnoticed[server]",
        "test_the_trace_goes_home_as_csv[server]",
        "test_the_parameters_go_home_as_json_and_come_back[site]",
        "test_no_page_scrolls_sideways_and_each_follows_the_colour_scheme[server-en-dark]",
    ),
    "tests/browser/test_network.py": (
        "test_a_layer_of_pytorch_is_dropped_opened_proved_and_taken_home[server]",
    ),
    "tests/browser/test_paper.py": ("test_the_notes_of_a_tour_fit_on_one_side[en-A4]",),
    # -- the first picture
    "tests/browser/test_first_picture.py": (
        "test_nothing_moves_and_no_number_differs_when_the_app_comes[server-390-light]",
    ),
    # -- each kind of control: drag, keys, finger, grab, tap, play
    "tests/browser/test_slider_panel.py": (
        "test_values_arrive_while_dragging_and_the_last_is_where_the_thumb_is[server]",
        "test_keys_move_as_on_any_slider[server]",
        "test_a_finger_drags_a_thumb_sideways_and_scrolls_the_page_up_and_down[server]",
        "test_a_line_that_breaks_during_a_drag_loses_nothing[server]",
    ),
    "tests/browser/test_grabbing.py": (
        "test_an_input_is_dragged_up_in_the_strip_and_a_click_asks_where_it_comes_from[server]",
        "test_the_bar_of_a_gate_is_dragged_to_pin_it_and_a_click_on_the_pin_frees_it[server]",
        "test_a_finger_drags_an_input[server]",
    ),
    "tests/browser/test_symbols.py": (
        "test_a_symbol_of_a_formula_lights_its_box_and_its_line_and_the_box_lights_the_symbols[server]",
    ),
    "tests/browser/test_strip.py": ("test_a_click_anywhere_in_a_step_moves_the_walk_there[server]",),
    "tests/browser/test_walkthrough.py": (
        "test_the_keyboard_alone_walks_asks_and_goes_on_and_its_focus_is_seen[server-en]",
        "test_a_walk_goes_on_where_the_window_was_turned_and_on_the_next_page[server]",
    ),
    "tests/browser/test_playing.py": ("test_a_first_visitor_is_invited_until_it_was_pressed[server]",),
    "tests/browser/test_seen_in_use.py": (
        "test_the_menu_of_a_phone_closes_after_a_choice_and_stays_closed[server]",
        "test_the_origin_of_a_tapped_number_comes_up_where_the_finger_is[server]",
    ),
    # -- Firefox
    "tests/engines/test_engines.py": (
        "test_a_slider_is_dragged_and_the_picture_and_the_link_follow[firefox-server]",
        "test_a_question_is_asked_answered_and_left[firefox-server]",
        "test_a_chapter_of_the_story_is_played[firefox-server]",
    ),
    # -- by ear and keys
    "tests/browser/test_axe.py": (
        "test_no_rule_is_broken_on_a_page_nor_while_a_question_or_the_menu_is_open[server-forget_gate]",
    ),
    "tests/browser/test_heard.py": (
        "test_a_question_is_answered_and_left_by_ear_and_keys[server]",
        "test_every_chart_over_steps_is_read_as_a_table_whose_ledger_adds_up[server-cell_state]",
    ),
    # -- the browser's scripts alone, on an empty page without a server
    "tests/browser/test_scripts.py": ALL,
    # -- one unit large, and a network that learns
    "tests/browser/test_learning.py": (
        "test_a_training_goes_on_by_itself_and_can_be_looked_through[server]",
        "test_a_training_goes_on_by_itself_and_can_be_looked_through[site]",
    ),
    # -- lessons: presenter, tour, question, curve, task, a lesson's link, hand-ins
    "tests/browser/test_presenting.py": (
        "test_presenting_shows_the_picture_alone_and_fits_a_projector[server-overview-en-]",
    ),
    "tests/browser/test_curve.py": (
        "test_a_point_is_dragged_up_and_down_and_reported_when_it_is_let_go[server]",
    ),
    "tests/browser/test_lessons.py": (
        "test_the_short_tour_by_keys_alone[server]",
        "test_a_task_is_solved_with_the_keyboard_outlives_a_reload_and_is_handed_in[server]",
        "test_a_lesson_is_put_together_and_a_student_finds_it_so[server]",
        "test_files_of_a_class_become_a_table[server]",
    ),
    # -- the site: how it starts, without a line, and the same as the server
    "tests/browser/test_site.py": (
        "test_the_first_picture_stands_before_python_and_what_is_done_to_it_is_kept",
        "test_every_page_works_without_a_line_after_one_visit",
        "test_both_hosts_show_the_same_words_and_numbers[laptop]",
    ),
    "tests/browser/test_site_start.py": ("test_what_is_missing_is_told[start.pack-never-en-did not come]",),
    # -- a server that dies, and several behind nginx
    "tests/faults/test_restart.py": (
        "test_a_page_left_open_connects_again_and_goes_on",
        "test_a_server_that_is_killed_at_any_moment_loses_nothing[0]",
    ),
    "tests/faults/test_nginx.py": ("test_load_is_spread_and_who_has_a_ticket_stays",),
}
"""The tests that start a server and are made for each change: every page, kind of control and host once.

In the browser they are in English, but where another language is the point.
"""


def is_made_for_a_change(path: str, test: str) -> bool:
    """Whether a test that starts a server is made for each change.

    path : of its file within the repository. test : its name, with its parameters in brackets.
    """
    chosen = JOURNEYS.get(path, ())
    return chosen == ALL or test in chosen
