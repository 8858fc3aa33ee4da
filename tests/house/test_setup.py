"""The set-up runs on a machine that has nothing but Python, and installs exactly what was tried."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
INSTALLER = ROOT / "installer"


@pytest.fixture
def bootstrap(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(INSTALLER))
    monkeypatch.setenv("LANG", "C.UTF-8")
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    import bootstrap

    return bootstrap


def pinned(name: str) -> dict[str, str]:
    """Return package -> exact version of a list."""
    lines = [line.strip() for line in (INSTALLER / name).read_text().splitlines()]
    pairs = [line.split("==") for line in lines if line and not line.startswith(("#", "-r "))]
    assert all(len(pair) == 2 and re.fullmatch(r"[0-9][0-9a-z.+]*", pair[1]) for pair in pairs), "every line names one exact version"
    return {canonicalize_name(package): version for package, version in pairs}


def asked(extra: str = "") -> list[Requirement]:
    """Return what pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = project["optional-dependencies"][extra] if extra else project["dependencies"]
    return [need for need in map(Requirement, lines) if need.marker is None or need.marker.evaluate()]


def test_what_the_project_asks_for_is_pinned_within_its_bounds() -> None:
    pins = pinned("requirements.txt")
    for requirement in asked():
        assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)]), requirement


def test_what_the_tests_ask_for_is_pinned_within_its_bounds() -> None:
    pins = pinned("requirements-tests.txt")
    for requirement in asked("tests"):
        assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)]), requirement


def test_no_package_is_pinned_twice() -> None:
    assert not pinned("requirements.txt").keys() & pinned("requirements-tests.txt").keys()


@pytest.mark.parametrize("listing", ["requirements.txt", "requirements-tests.txt"])
def test_the_pinned_packages_bring_nothing_unpinned(listing: str) -> None:
    everything = pinned("requirements.txt") | pinned("requirements-tests.txt")
    allowed = pinned("requirements.txt") if listing == "requirements.txt" else everything
    for package in pinned(listing):
        for line in importlib.metadata.requires(package) or []:
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                assert canonicalize_name(requirement.name) in allowed, f"{package} needs {requirement}"


def test_qt_is_the_version_that_is_sound_here() -> None:
    pins = pinned("requirements.txt")
    assert pins["pyside6-essentials"] == pins["shiboken6"] == "6.8.0.2"


@pytest.mark.parametrize("name", ["bootstrap.py", "bootstrap_words.py"])
def test_the_set_up_imports_the_standard_library_only(name: str) -> None:
    imported: set[str] = set()
    for node in ast.walk(ast.parse((INSTALLER / name).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])
    assert imported <= sys.stdlib_module_names | {"bootstrap_words"}


def test_every_sentence_of_the_set_up_is_there_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(INSTALLER))
    import bootstrap_words

    places = re.compile(r"{(\w+)}")
    for english, chinese in bootstrap_words.WORDS.values():
        assert set(places.findall(english)) == set(places.findall(chinese))
        assert re.search("[\u4e00-\u9fff]", chinese)


def test_the_set_up_speaks_the_users_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(INSTALLER))
    import bootstrap_words

    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert bootstrap_words.text("again") == "未成功，再试一次。"
    monkeypatch.setenv("LANG", "C.UTF-8")
    assert bootstrap_words.text("again") == "That did not work; trying once more."


def test_where_apt_is_not_there_the_missing_libraries_are_named(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "can_load", lambda library: library != "libxcb-cursor.so.0")
    monkeypatch.setattr(bootstrap, "on_path", lambda program: False)
    with pytest.raises(bootstrap.SetUpFailed, match="libxcb-cursor0"):
        bootstrap.provide_system_packages()


def test_a_step_that_fails_twice_ends_with_its_sentence(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[list[str]] = []
    monkeypatch.setattr(bootstrap, "run", lambda command, **_: tries.append(command) or 1)
    with pytest.raises(bootstrap.SetUpFailed, match="Check the network"):
        bootstrap.twice(["pip"], failed="Check the network.")
    assert tries == [["pip"], ["pip"]]


@pytest.fixture
def called(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Keep every command line that would be run, and let it succeed."""
    lines: list[str] = []
    monkeypatch.setattr(bootstrap, "run", lambda command, **_: lines.append(" ".join(command)) or 0)
    return lines


def test_where_there_is_a_display_the_demo_city_is_opened(
    bootstrap: ModuleType, called: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "has_display", lambda: True)
    assert bootstrap.open_desk([]) == 0
    assert called[-1].endswith("-m emergency_desk demo")


def test_where_there_is_none_it_says_so_and_saves_pictures(
    bootstrap: ModuleType, called: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "has_display", lambda: False)
    assert bootstrap.open_desk([]) == 0
    assert called[-1].endswith(f"demo --pictures {bootstrap.PICTURES}")
    assert "There is no display here" in capsys.readouterr().out


def test_an_offscreen_platform_is_no_display(bootstrap: ModuleType, called: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert not bootstrap.has_display()
    monkeypatch.delenv("QT_QPA_PLATFORM")
    assert bootstrap.has_display()
    assert "QGuiApplication" in called[-1]


def test_a_finding_of_one_check_fails_the_whole_run(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "run", lambda command, **_: 1 if "ruff" in command else 0)
    assert bootstrap.run_checks([]) == 1
    monkeypatch.setattr(bootstrap, "run", lambda command, **_: 2 if "pytest" in command else 0)
    assert bootstrap.run_checks([]) == 2
    monkeypatch.setattr(bootstrap, "run", lambda command, **_: 0)
    assert bootstrap.run_checks([]) == 0


def test_without_root_and_sudo_the_line_for_root_is_given(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "can_load", lambda library: library != "libEGL.so.1")
    monkeypatch.setattr(bootstrap, "on_path", lambda program: program == "apt-get")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(bootstrap.SetUpFailed, match=r"apt-get install .*libegl1"):
        bootstrap.provide_system_packages()


def test_where_everything_is_there_apt_is_not_called(bootstrap: ModuleType, called: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("has_fontconfig", "has_keyboard_tables", "can_make_venv"):
        monkeypatch.setattr(bootstrap, name, lambda: True)
    monkeypatch.setattr(bootstrap, "can_load", lambda library: True)
    bootstrap.provide_system_packages()
    assert called == []
