"""What is alike is tried once: every pair of a type and what is said of it stays in what is tried."""

from __future__ import annotations

from iopeer_core.model.alike import alike, kinds_of


def test_what_shows_something_new_is_of_its_own_kind() -> None:
    kinds = kinds_of({"a": {"text:"}, "b": {"text:", "text: required"}, "c": {"text: required"}, "d": {"date:"}})
    assert kinds["b"] == "b"
    assert kinds["d"] == "d"
    assert kinds["a"] == "text:"
    assert kinds["c"] == "text: required"


def test_nothing_that_is_shown_is_left_out() -> None:
    shown = {str(n): {f"{n % 3}:", f"{n % 3}: {n % 4}", f"{n % 5}"} for n in range(40)}
    own = [name for name, kind in kinds_of(shown).items() if name == kind]
    assert len(own) < len(shown)
    assert set().union(*(shown[name] for name in own)) == set().union(*shown.values())


def test_entities_of_one_shape_are_alike() -> None:
    from iopeer_core.language.reader import read

    one = "- name: text, required\n- due: date\n"
    done = read(f"# T\n\n## Entities\n\n### A\n\n{one}\n### B\n\n{one}\n### C\n\n{one}- done: boolean\n")
    assert done.spec is not None
    assert alike(done.spec.entities, (), ()) == ("a", "b")  # C shows all that they do


def test_few_of_them_show_everything() -> None:
    """The one that adds the most is tried next, not the one that has the most."""
    shown = {"x": {"1", "2", "3", "4"}, "y": {"1", "2", "3", "5"}, "z": {"4", "5", "6"}}
    assert [name for name, kind in kinds_of(shown).items() if name == kind] == ["x", "z"]
