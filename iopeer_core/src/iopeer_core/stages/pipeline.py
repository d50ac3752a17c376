"""The stages in their order: one row each."""

from __future__ import annotations

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.model.spec import Spec
from iopeer_core.runs.report import Report
from iopeer_core.stages.coder import code_stage
from iopeer_core.stages.merger import merge_stage
from iopeer_core.stages.photographer import picture_stage
from iopeer_core.stages.planner import plan_stage
from iopeer_core.stages.reader import SpecFile, read_stage
from iopeer_core.stages.runner import Stage
from iopeer_core.stages.tester import test_stage
from iopeer_core.stages.writer import write_stage
from iopeer_core.stages.zipper import Archive, zip_stage
from iopeer_core.tree.merge import Merge
from iopeer_core.tree.model import Tree
from iopeer_core.tree.store import Written

STAGES = (
    Stage(name="read", takes=(SpecFile,), gives=(Spec,), call=read_stage),
    Stage(name="plan", takes=(Spec,), gives=(Blueprint,), call=plan_stage),
    Stage(name="code", takes=(Blueprint,), gives=(Tree,), call=code_stage),
    Stage(name="merge", takes=(Tree,), gives=(Merge, Tree), call=merge_stage),
    Stage(name="test", takes=(Blueprint, Tree, Merge), gives=(Report, Tree), call=test_stage),
    Stage(name="picture", takes=(Blueprint, Tree), gives=(Tree,), call=picture_stage),
    Stage(name="write", takes=(Blueprint, Merge, Tree), gives=(Written, Tree), call=write_stage),
    Stage(name="zip", takes=(Tree, Written), gives=(Archive,), call=zip_stage),
)
