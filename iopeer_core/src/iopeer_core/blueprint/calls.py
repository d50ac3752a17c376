"""Functions that plugins name as data, as `package.module:function`."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from iopeer_core.errors import PluginError, UserError


def call(name: str, *arguments: Any) -> Any:
    """Call a function that a plugin names as `module:function`.

    Raises:
        PluginError: there is none, or it fails.
    """
    module, _, attribute = name.partition(":")
    try:
        return getattr(import_module(module), attribute)(*arguments)
    except UserError:
        raise
    except (Exception, SystemExit) as error:
        text = " ".join(str(error).split())
        raise PluginError(f"{name} fails: {type(error).__name__}: {text:.300}") from error
