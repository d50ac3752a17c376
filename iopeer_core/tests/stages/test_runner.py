import json
from pathlib import Path
from typing import Any, cast

import pytest
from iopeer_core.errors import IopeerError, UserError
from iopeer_core.runs.history import KEPT, History, new_id
from iopeer_core.runs.run import Event, Run
from iopeer_core.stages.context import Context
from iopeer_core.stages.runner import Stage, run_stages


class Box:
    def __init__(self, run: Run) -> None:
        self.run = run


def context(run: Run) -> Context:
    return cast("Context", Box(run))


def test_walks_the_table_and_tells_every_stage() -> None:
    events: list[Event] = []
    run = Run(id="1", listeners=[events.append])
    stages = [
        Stage(name="count", takes=(str,), gives=(int,), call=lambda _, text: (len(text),)),
        Stage(name="halve", takes=(int, str), gives=(float,), call=lambda _, number, _text: (number / 2,)),
    ]
    assert run_stages(stages, context(run), ["four"])[float] == 2.0
    assert [e.kind for e in events] == ["stage.started", "stage.finished"] * 2
    assert all(e.data["ok"] for e in events if e.kind == "stage.finished")


def test_a_stage_that_gives_something_else_is_our_bug() -> None:
    stage = Stage(name="odd", takes=(str,), gives=(int,), call=lambda _, text: (text,))
    with pytest.raises(IopeerError, match="'odd' must give"):
        run_stages([stage], context(Run(id="1")), ["x"])


def test_a_failing_stage_is_told_as_failed() -> None:
    def fail(*_: Any) -> tuple[int]:
        raise UserError("no")

    events: list[Event] = []
    with pytest.raises(UserError):
        run_stages(
            [Stage(name="fail", takes=(), gives=(int,), call=fail)], context(Run(id="1", listeners=[events.append])), []
        )
    assert events[-1].data["ok"] is False


def test_a_cancelled_run_stops_between_stages() -> None:
    with pytest.raises(UserError, match="cancelled"):
        run_stages([Stage(name="x", takes=(), gives=(), call=lambda _: ())], context(Run(id="1", cancelled=True)), [])


def test_history_keeps_the_last_runs(tmp_path: Path) -> None:
    for number in range(KEPT + 5):
        history = History(tmp_path, f"{number:03}")
        history(Event(kind="log", time=0.0, data={"text": "ñ"}))
        history.close()
    kept = sorted(path.name for path in (tmp_path / "runs").iterdir())
    assert len(kept) == KEPT
    assert kept[-1] == f"{KEPT + 4:03}"
    line = json.loads((tmp_path / "runs" / kept[-1] / "log.jsonl").read_text(encoding="utf-8"))
    assert line == {"time": "1970-01-01T00:00:00.000+00:00", "kind": "log", "text": "ñ"}


def test_a_project_that_cannot_be_written_keeps_no_log(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    history = History(tmp_path / "file", "1")
    history(Event(kind="log", time=0.0))
    assert history.log is None


def test_ids_sort_by_time_and_differ() -> None:
    ids = [new_id() for _ in range(50)]
    assert len(set(ids)) == len(ids)
