from __future__ import annotations

from pathlib import Path

import pytest
from iopeer_core.errors import PluginError, UserError
from iopeer_core.plugins.config import ProjectConfig, read_config, validate
from iopeer_core.plugins.discovery import default_plugins
from pydantic import BaseModel, ConfigDict, Field, field_validator

from .conftest import Made


def write(folder: Path, text: str, name: str = "iopeer.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_without_a_file_the_defaults_are_enabled(tmp_path: Path) -> None:
    assert read_config(tmp_path) == ProjectConfig(plugins=default_plugins())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("iopeer.toml", 'plugins = ["b", "a"]\nallow_unbuilt_guards = true\n[a]\nx = 1'),
        ("iopeer.json", '{"plugins": ["b", "a"], "allow_unbuilt_guards": true, "a": {"x": 1}}'),
    ],
)
def test_toml_and_json_say_the_same(made: Made, tmp_path: Path, name: str, text: str) -> None:
    made("a")
    made("b")
    config = read_config(write(tmp_path, text, name))
    assert config == ProjectConfig(
        plugins=("a", "b"), allow_unbuilt_guards=True, tables={"a": {"x": 1}}, path=tmp_path / name
    )


def test_a_file_without_plugins_keeps_the_defaults(tmp_path: Path) -> None:
    assert read_config(write(tmp_path, "allow_unbuilt_guards = true")).plugins == default_plugins()


@pytest.mark.parametrize(
    ("text", "told", "how"),
    [
        ('pluggins = ["a"]', "'pluggins' is no setting", "did you mean 'plugins'?"),
        ("allow_unbuilt_guard = true", "'allow_unbuilt_guard' is no setting", "did you mean 'allow_unbuilt_guards'?"),
        (
            "allow_unbuilt_guards = 1",
            "'allow_unbuilt_guards' must be true or false",
            "write allow_unbuilt_guards = true",
        ),
        ('plugins = "audit"', "'plugins' must be a list of names", 'write plugins = ["audit"]'),
        ('plugins = ["audti"]', "the plugin 'audti' is not installed", "did you mean 'audit'?"),
        ('plugins = ["audit", "audit"]', "'plugins' names 'audit' twice", "take one out"),
        ("[audti]\nx = 1", "'audti' is neither a setting nor an installed plugin", "did you mean 'audit'?"),
        ("plugins = [", "this is not TOML", ""),
        (f"plugins = {'9' * 5000}", "a number in it is too long", ""),
    ],
)
def test_every_mistake_says_where_and_how(made: Made, tmp_path: Path, text: str, told: str, how: str) -> None:
    made("audit")
    with pytest.raises(UserError) as error:
        read_config(write(tmp_path, text))
    assert error.value.what.startswith(told)
    assert error.value.how == how
    assert error.value.where.startswith(str(tmp_path / "iopeer.toml"))


@pytest.mark.parametrize(("name", "text"), [("iopeer.toml", "plugins = []"), ("iopeer.json", '{"plugins": []}')])
def test_the_mark_of_some_editors_is_no_mistake(tmp_path: Path, name: str, text: str) -> None:
    assert read_config(write(tmp_path, f"\ufeff{text}", name)).plugins == ()


def test_both_files_are_a_mistake(tmp_path: Path) -> None:
    write(tmp_path, "")
    with pytest.raises(UserError, match=r"there is iopeer\.toml and iopeer\.json"):
        read_config(write(tmp_path, "{}", "iopeer.json"))


@pytest.mark.parametrize(
    ("text", "told"),
    [("[]", "must be an object"), ("{", "not JSON"), ("[" * 100_000, "nested"), ("9" * 5000, "too long")],
)
def test_json_that_is_none(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        read_config(write(tmp_path, text, "iopeer.json"))


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")
    port: int = 1


class Config(BaseModel):
    model_config = ConfigDict(extra="forbid")
    key: str = "x"
    inner: Inner = Field(default_factory=Inner)

    @field_validator("key")
    @classmethod
    def short(cls, key: str) -> str:
        if len(key) > 5:
            raise ValueError(f"{key} is too long")
        return key


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"key": "sk-secret"}, "[made] key: … is too long"),
        ({"key": 3}, "[made] key: Input should be a valid string"),
        ({"inner": {"port": "sk-secret"}}, "[made] inner.port: Input should be a valid integer"),
        ({"kay": 1}, "[made] kay: is unknown; did you mean 'key'?"),
        ({"inner": {"prt": 1}}, "[made] inner.prt: is unknown"),
    ],
)
def test_a_plugins_table_is_validated_without_echoing_values(
    tmp_path: Path, table: dict[str, object], told: str
) -> None:
    config = ProjectConfig(plugins=("made",), tables={"made": table}, path=tmp_path / "iopeer.toml")
    with pytest.raises(PluginError) as error:
        validate(Config, "made", config)
    assert error.value.what.startswith(told)
    assert "sk-secret" not in str(error.value)
    assert error.value.where == str(tmp_path / "iopeer.toml")


def test_a_plugins_table_without_mistakes() -> None:
    config = ProjectConfig(tables={"made": {"inner": {"port": 3}}})
    assert validate(Config, "made", config) == Config(inner=Inner(port=3))
