"""The public names of the library, one list a folder: what is not here may change without notice."""

from importlib import import_module

from tests.conftest import ROOT

PUBLIC = {
    "lstm_core": "LSTMGradient LSTMParams LSTMTrace MemoryPaths RNNTrace backward cell_jacobian direct_path "
    "forward half_life input_sensitivity memory_paths provenance rnn_forward spectral_norm state_jacobian",
    "lstm_core.capture": "Captured Run Unit capture",
    "lstm_core.figure": "FREE Figure Line",
    "lstm_core.lessons": "ITEMS TASKS TOURS LessonLink Part Plan Question Record judge make",
    "lstm_core.paper": "PAPERS answer_key deck exercises gift moodle_xml qti slides tour_notes worksheet",
    "lstm_core.readers": "ANY_SIZE IN_THE_APP Difference Layer LayerFile LayerRun Limits Refused compare "
    "merged read_file read_layers run_layers",
    "lstm_core.reading": "Feature Reader Reading Unit shipped",
    "lstm_core.rooms": "CLOSED END LOBBY OPEN SHOWN Room Slide checked_answer new_code new_key slides_of "
    "tally wrong_twice",
    "lstm_core.training": "PROBLEMS Course Setup Training course_from_npz course_to_npz effects events "
    "learned problem_of train",
    "lstm_core.view": "Row cell_diagram explanation_panel gradient_paths half_life_curve pre_activation_bars "
    "split_product then_and_now time_strip units_over_time walk_back_picture",
    "lstm_core.workbench": "ALL OPENINGS PHASES PRESETS Experiment Focus Link first_look from_link opening "
    "preset to_link",
}  # fmt: skip


def test_each_folder_of_the_library_gives_these_names_and_no_others():
    folders = {f"lstm_core.{path.parent.name}" for path in (ROOT / "lstm_core").glob("*/__init__.py")}
    assert PUBLIC.keys() == folders | {"lstm_core"}
    for room, names in PUBLIC.items():
        exports = import_module(room)
        assert sorted(exports.__all__) == sorted(names.split()), room
        assert all(hasattr(exports, name) for name in exports.__all__)
