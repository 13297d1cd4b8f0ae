"""Faults that nobody caught: written down, then told in one calm dialog with a number."""

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from hms_desktop.domain.errors import ClinicError
from hms_desktop.system.crashes import write_crash
from hms_desktop.system.version import installed
from hms_desktop.ui.kit.messages import Messages


class CrashWatch(QObject):
    """Takes over `sys.excepthook` and `threading.excepthook` from `install` to `remove`."""

    crashed = Signal(str)
    """The reference number of a new fault."""
    _told = Signal(object)

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home = home
        self.station = ""
        self.messages: Messages | None = None
        self._before: tuple[Callable[..., object], Callable[..., object]] | None = None
        self._told.connect(self._on_told)

    def install(self) -> None:
        """From now on faults come here."""
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def remove(self) -> None:
        """Give the hooks back."""
        if self._before is not None:
            sys.excepthook, threading.excepthook = self._before
            self._before = None

    def report(self, error: BaseException) -> None:
        """A fault that somebody caught without knowing what to do about it."""
        self._on_exception(type(error), error, error.__traceback__)

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        elif isinstance(error, ClinicError) and self.messages is not None:
            self._told.emit(error)
        else:
            number = write_crash(self._home, error, trace, version=installed(), station=self.station)
            self._told.emit(number)

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._on_exception(args.exc_type, args.exc_value, args.exc_traceback)

    def _on_told(self, what: object) -> None:
        if isinstance(what, ClinicError):
            assert self.messages is not None
            self.messages.failed(what)
        else:
            self.crashed.emit(str(what))
