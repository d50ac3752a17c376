"""The stages in their order: one row each."""

from __future__ import annotations

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.model.spec import Spec
from iopeer_core.runs.report import Report
from iopeer_core.stages.coder import code_stage
from iopeer_core.stages.photographer import picture_stage
from iopeer_core.stages.planner import plan_stage
from iopeer_core.stages.reader import SpecFile, read_stage
from iopeer_core.stages.runner import Stage
from iopeer_core.stages.tester import test_stage
from iopeer_core.stages.writer import compare_stage, write_stage
from iopeer_core.stages.zipper import Archive, zip_stage
from iopeer_core.tree.compare import Comparison
from iopeer_core.tree.model import Tree
from iopeer_core.tree.store import Written

STAGES = (
    Stage(name="read", takes=(SpecFile,), gives=(Spec,), call=read_stage),
    Stage(name="plan", takes=(Spec,), gives=(Blueprint,), call=plan_stage),
    Stage(name="code", takes=(Blueprint,), gives=(Tree,), call=code_stage),
    Stage(name="compare", takes=(Tree,), gives=(Comparison,), call=compare_stage),
    Stage(name="test", takes=(Blueprint, Tree, Comparison), gives=(Report, Tree), call=test_stage),
    Stage(name="picture", takes=(Blueprint, Tree), gives=(Tree,), call=picture_stage),
    Stage(name="write", takes=(Blueprint, Tree), gives=(Written,), call=write_stage),
    Stage(name="zip", takes=(Tree,), gives=(Archive,), call=zip_stage),
)
