"""The `hms` command: what a person or a script may ask for, and the words of the answer. The work is in `services`.

Exit codes: 0 done; 1 `check` found something; 2 wrong usage or a file that can't be used; 3 the store or the screen
can't be opened; 130 interrupted. What goes wrong is one sentence on stderr.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from getpass import getpass
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from hms_desktop import app
from hms_desktop.domain.errors import CanNotWrite, ClinicError, InvalidValue, StationUnknown, StoreFailed
from hms_desktop.system import paths
from hms_desktop.words.language import tr, trn

if TYPE_CHECKING:
    from hms_desktop.services.clinic import Clinic

DONE, FOUND, WRONG, CLOSED, INTERRUPTED = 0, 1, 2, 3, 130

LEAST_GUESTS = 5
"""With fewer patients the tour's day has no story for every desk."""

Arguments = argparse.Namespace


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit code."""
    app.speak(paths.home())
    asked = sys.argv[1:] if arguments is None else list(arguments)
    given = _parser(only_windows=asked[:1] in ([], ["run"])).parse_args(asked)
    command: Callable[[Arguments], int] = given.command
    try:
        return command(given)
    except ClinicError as error:
        from hms_desktop.words.errors import sentence

        option = _INIT_OPTIONS.get(error.field or "", "") if isinstance(error, InvalidValue) else ""
        _say_wrong(f"{option}: {sentence(error.code, error.facts)}" if option else sentence(error.code, error.facts))
        return CLOSED if isinstance(error, StoreFailed | StationUnknown) else WRONG
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


_INIT_OPTIONS = {"name": "--name", "code": "--code", "currency": "--currency", "time_zone": "--time-zone"}
"""Which option of `init` a value came from."""


def _say_wrong(text: str) -> None:
    print(f"hms: {text}", file=sys.stderr)


# --- what can be asked -----------------------------------------------------------------------------------------------


def _parser(*, only_windows: bool = False) -> argparse.ArgumentParser:
    """What can be asked. Somebody who opens the windows waits for nothing else to be described."""
    parser = argparse.ArgumentParser(prog="hms", description=tr("The clinic on this PC."), epilog=_codes())
    parser.add_argument("--version", action=_Version, nargs=0, help=_Version.HELP)
    _home(parser)
    parser.set_defaults(command=_run, store=None, role="")
    commands = parser.add_subparsers(title=tr("commands"), metavar="COMMAND")
    _window_commands(commands)
    if not only_windows:
        _store_commands(commands)
        _import_commands(commands)
    return parser


class _Version(argparse.Action):
    """Prints the version, which is looked up only when somebody asks."""

    HELP = "show program's version number and exit"

    def __call__(self, parser: argparse.ArgumentParser, *_given: object) -> None:
        print(f"hms {app.program_version()}")
        parser.exit()


def _codes() -> str:
    return tr(
        "Exit codes: 0 done; 1 check found something; 2 wrong usage or a file that can't be used; 3 the store or the"
        " screen can't be opened; 130 interrupted. Without a command the windows open."
    )


def _home(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--home", type=Path, metavar="DIR", default=argparse.SUPPRESS, help=tr("this PC's folder (else HMS_HOME)")
    )


def _add(commands: Any, name: str, about: str, command: Callable[[Arguments], int]) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about, epilog=_codes())
    parser.set_defaults(command=command)
    _home(parser)
    return parser


def _store(parser: argparse.ArgumentParser) -> None:
    about = tr("a file or a postgresql:// address (else HMS_STORE, else the file in this PC's folder)")
    parser.add_argument("--store", metavar=tr("PATH|URL"), help=about)


def _seed(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help=tr("which made-up clinic; the same N, the same")
    )


def _role(parser: argparse.ArgumentParser) -> None:
    from hms_desktop.domain.rights import WINDOWS

    parser.add_argument("--role", choices=WINDOWS, default="", help=tr("the window to open after signing in"))


def _guests(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < LEAST_GUESTS:
        raise argparse.ArgumentTypeError(tr("the day needs at least {least} patients", least=LEAST_GUESTS))
    return number


def _window_commands(commands: Any) -> None:
    run = _add(commands, "run", tr("Open the windows of the clinic."), _run)
    _store(run)
    _role(run)
    demo = _add(commands, "demo", tr("Open the training clinic: made-up people, everything else is real."), _demo)
    _role(demo)
    _seed(demo)
    demo.add_argument("--dir", type=Path, metavar="DIR", help=tr("where the training clinic lives"))
    tour = _add(commands, "tour", tr("Walk a whole day through the real windows and keep pictures and papers."), _tour)
    tour.add_argument("--out", type=Path, required=True, metavar="DIR", help=tr("where pictures and papers go"))
    _store(tour)
    _seed(tour)
    about = tr("how many patients come that day, at least {least}", least=LEAST_GUESTS)
    tour.add_argument("--patients", type=_guests, default=6, metavar="N", help=about)


def _store_commands(commands: Any) -> None:
    init = _add(commands, "init", tr("Make a new clinic on an empty store."), _init)
    _store(init)
    init.add_argument("--demo", action="store_true", help=tr("make the training clinic"))
    _seed(init)
    init.add_argument("--name", default="", help=tr("the clinic's name"))
    init.add_argument("--code", default="", help=tr("two to six capital letters that begin every number"))
    init.add_argument("--currency", default="KES", help=tr("three letters, such as KES"))
    init.add_argument("--time-zone", default="", help=tr("such as Africa/Nairobi"))
    check = _add(commands, "check", tr("Prove that stock, books, numbers, audit trail and store are sound."), _check)
    _store(check)
    check.add_argument("--json", action="store_true", help=tr("print one JSON object"))


def _import_commands(commands: Any) -> None:
    about = tr("Bring in patients from another program; a second run adds nothing.")
    into = _add(commands, "import", about, lambda _given: into.error(tr("say what to import: synthea or patients")))
    kinds = into.add_subparsers(title=tr("what"), metavar="WHAT")
    synthea = _add(kinds, "synthea", tr("A folder of Synthea's CSV files, whole."), _import)
    synthea.add_argument("source", type=Path, metavar="DIR")
    synthea.set_defaults(what="synthea")
    people = _add(kinds, "patients", tr("People from a CSV file."), _import)
    people.add_argument("source", type=Path, metavar="FILE.csv")
    people.set_defaults(what="patients")
    people.add_argument("--map", type=Path, metavar="FILE.json", help=tr("which column is what: JSON, column to field"))
    people.add_argument("--dry-run", action="store_true", help=tr("judge every row and keep nothing"))
    for parser in (synthea, people):
        _store(parser)
        about = tr("where refused rows are listed with their reasons (else a new file here, named after the source)")
        parser.add_argument("--refused", type=Path, metavar="FILE.csv", help=about)


# --- windows ---------------------------------------------------------------------------------------------------------


def _home_of(given: Arguments) -> Path:
    return paths.home(getattr(given, "home", None))


def _location(given: Arguments) -> str:
    return given.store or app.default_store(_home_of(given))


def _no_display() -> bool:
    """Whether windows can't open here; says so."""
    wanted = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform != "linux" or any(os.environ.get(name) for name in wanted):
        return False
    _say_wrong(tr("There is no screen here. Start it on a desktop, or walk a day without one: hms tour --out DIR"))
    return True


def _windows(location: str, home: Path, role: str, seed: int) -> int:
    from hms_desktop.ui.shell.program import Opening
    from hms_desktop.ui.shell.start import run

    def training() -> "Clinic":
        return app.make_training(location, home, seed)

    return run(Opening(location=location, machine=app.machine(home), role=role, make_training=training))


def _run(given: Arguments) -> int:
    if _no_display():
        return CLOSED
    return _windows(_location(given), _home_of(given), given.role, 1)


def _demo(given: Arguments) -> int:
    if _no_display():
        return CLOSED
    folder = (given.dir or _home_of(given) / "training").expanduser().resolve()
    location = app.training_at(folder, given.seed)
    print(tr("The training clinic is in {folder}. Everybody's password there is: training", folder=folder), flush=True)
    return _windows(location, folder, given.role, given.seed)


def _tour(given: Arguments) -> int:
    """Without --store the tour has a clinic of its own, made anew, in the folder of its pictures; with it, it is this
    PC's station there.
    """
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    out = _folder_for(given.out)
    home = _home_of(given) if hasattr(given, "home") or given.store is not None else out / "home"
    if given.store is None:
        location = app.fresh_training_at(out, home, given.seed)
    else:
        location = given.store
        app.training_if_empty(location, home, given.seed)
    from hms_desktop.ui.tour.start import run_tour  # every window: loaded only when it is asked for

    return run_tour(out, location, app.machine(home), patients=given.patients, seed=given.seed)


def _folder_for(named: Path) -> Path:
    """The folder, made where it is missing. Raises CanNotWrite."""
    folder = named.expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            return folder
    except OSError:
        raise CanNotWrite(target=str(folder)) from None


# --- the store -------------------------------------------------------------------------------------------------------


def _init(given: Arguments) -> int:
    location, home = _location(given), _home_of(given)
    if given.demo:
        training = app.make_training(location, home, given.seed)
        training.store.close()
        print(tr("The training clinic is at {store}. Everybody's password is: training", store=training.store.shown))
        return DONE
    from hms_desktop.domain.money import currency_of
    from hms_desktop.services.setup import CreateClinic, create_clinic

    asks = sys.stdin.isatty()
    name = given.name or (_ask(tr("Name of the clinic"), tr("New clinic")) if asks else tr("New clinic"))
    code = given.code or (_ask(tr("Letters that begin every number"), "HC") if asks else "HC")
    typed = getpass(tr("Password of the administrator (empty: one is made): ")) if asks else ""
    password = typed or app.one_time_password()
    command = CreateClinic(
        name=name, code=code.upper(), currency=currency_of(given.currency),
        time_zone=given.time_zone or app.local_zone(), admin_password=password, admin_must_change=not typed,
    )  # fmt: skip
    clinic = create_clinic(location, app.machine(home), command)
    print(tr("{name} is at {store}.", name=name, store=clinic.store.shown))
    print(tr("Administrator: {user}", user=command.admin_username))
    if not typed:
        print(tr("One-time password: {password}", password=password))
    clinic.store.close()
    return DONE


def _ask(question: str, default: str) -> str:
    return input(f"{question} [{default}]: ").strip() or default


def _check(given: Arguments) -> int:
    from hms_desktop.domain.plain import to_plain
    from hms_desktop.services.checking import check_location
    from hms_desktop.words.facts import in_words
    from hms_desktop.words.labels import label

    def on_step(step: str) -> None:
        if not given.json and sys.stderr.isatty():
            print(f"{label('check', step)} …", file=sys.stderr)

    report = check_location(_location(given), on_step)
    if given.json:
        whole = {"ok": report.ok, "counts": report.counts, "digest": report.digest, "findings": report.findings}
        print(json.dumps(to_plain(whole), ensure_ascii=False, indent=1, sort_keys=True))
        return DONE if report.ok else FOUND
    for finding in report.findings:
        text = label("finding", finding.what).format_map(in_words(finding.facts))
        print(
            f"{label('check', finding.check)}: {' '.join(part for part in (finding.table, finding.id) if part)} {text}"
        )
    if report.ok:
        total = sum(report.counts.values())
        print(
            trn(
                "Sound: {n} row in {tables} tables.",
                "Sound: {n} rows in {tables} tables.",
                total,
                tables=len(report.counts),
            )
        )
        return DONE
    print(trn("{n} finding.", "{n} findings.", len(report.findings)))
    return FOUND


def _import(given: Arguments) -> int:
    from hms_desktop.cli_imports import bring_in

    bring_in(given, _location(given), app.machine(_home_of(given)))
    return DONE
