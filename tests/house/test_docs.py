"""What the papers of the project promise is there: targets, commands, a lock that can be trusted."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions

from tests.house.rooms import ALLOWED
from tests.house.tree import ROOT, none_of, sources

READ = {
    name: (ROOT / name) for name in ("README.md", "CHANGELOG.md", "LICENSE", "Makefile", "requirements.lock", ".ci/run")
}
TARGETS = frozenset({"help", "setup", "run", "test", "tour", "bench", "lint", "lock", "words", "build", "clean"})


def read(name: str) -> str:
    return READ[name].read_text(encoding="utf-8")


def make_targets(makefile: str) -> set[str]:
    return set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))


def code_of(markdown: str) -> str:
    """What a page shows as code."""
    return "\n".join(re.findall(r"```.*?\n(.*?)```", markdown, re.DOTALL) + re.findall(r"`([^`\n]+)`", markdown))


def promised_but_missing(readme: str, targets: set[str], command_line: str) -> Iterator[str]:
    code = code_of(readme)
    for target in sorted(set(re.findall(r"\bmake ([a-z]+)", code)) - targets):
        yield f"README.md: `make {target}` is no target of the Makefile"
    for command in sorted(set(re.findall(r"(?:^|[\s/])hms ([a-z]+)", code, re.MULTILINE))):
        if f'"{command}"' not in command_line:
            yield f"README.md: `hms {command}` is no command"


def untrusted(lock: str) -> Iterator[str]:
    """Packages without a hash; lines that name an index or a place."""
    for entry in re.split(r"\n(?=\S)", lock):
        line = entry.splitlines()[0] if entry else ""
        if "://" in entry or line.startswith("-"):
            yield f"requirements.lock: names a place: {line}"
        elif line and not line.startswith("#") and "--hash=sha256:" not in entry:
            yield f"requirements.lock: {line} has no hash"


def test_the_readme_keeps_its_promises() -> None:
    command_line = "".join(s.text for s in sources("hms_desktop") if s.room == "cli")
    none_of(promised_but_missing(read("README.md"), make_targets(read("Makefile")), command_line))


def test_the_makefile_has_its_targets() -> None:
    assert make_targets(read("Makefile")) >= TARGETS


def test_integration_runs_every_test() -> None:
    assert re.search(r"^make test$", read(".ci/run"), re.MULTILINE)


def test_the_lock_can_be_trusted() -> None:
    none_of(untrusted(read("requirements.lock")))


def test_the_lock_holds_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["dev"]]
    wanted += project["build-system"]["requires"]
    locked = set(re.findall(r"^([a-z0-9.-]+)(?:\[\w+\])?==", read("requirements.lock"), re.MULTILINE))
    names = [re.match(r"[\w.-]+", each) for each in wanted]
    none_of(
        f"{found[0]} is not in requirements.lock: run make lock"
        for found in names
        if found and re.sub(r"[-_.]+", "-", found[0]).lower() not in locked
    )


def test_every_library_in_use_is_a_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.sub(r"[-_.]+", "-", re.split(r"[\[<>=; ]", each)[0]).lower() for each in project["dependencies"]}
    brought = packages_distributions()
    for name in frozenset().union(*ALLOWED.values()) - {"hms_desktop", "shiboken6"}:
        dists = {re.sub(r"[-_.]+", "-", each).lower() for each in brought.get(name, [])}
        assert dists & declared, f"{name}: add its package to the dependencies in pyproject.toml, then run make lock"


def test_changes_and_licence_are_written_down() -> None:
    assert "## [Unreleased]" in read("CHANGELOG.md")
    assert "Apache License" in read("LICENSE")


def test_the_document_rules_can_fail() -> None:
    page = "```\nmake coffee\nhms sing\n```"
    assert len(list(promised_but_missing(page, {"setup"}, '"run"'))) == 2
    assert not list(promised_but_missing("`make setup` and `.venv/bin/hms run`", {"setup"}, '"run"'))
    assert list(untrusted("ruff==1.0\n"))
    assert list(untrusted("--find-links x\nruff==1.0 \\\n    --hash=sha256:00\n"))
    assert not list(untrusted("ruff==1.0 \\\n    --hash=sha256:00\n    # via hms-desktop\n"))
