"""The commands of ``hwprof`` and the exit code each ending means.

Command modules are imported only when their command runs, so that ``hwprof --help`` stays
instant. Each module holds a function named as its command.
"""

from __future__ import annotations

import difflib
import errno
import os
import re
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from hwprof import __version__
from hwprof.config import defaults_for
from microbench.errors import HwprofError, InputError

COMMANDS = {
    "bench": "Measure a device: latency, bandwidth, arithmetic, GEMM, fused against unfused.",
    "predict": "Predict run time, interval and block sizes of each kernel of an MLIR file.",
    "tune": "Choose block sizes from constraints, a cost model and a few measurements.",
    "report": "Draw waterline, efficiency gap, roofline and memory ladder; write one HTML page.",
    "inspect": "Show what is in an MLIR file: ops, kernels, work, loops, coverage.",
    "fit": "Fit a cost model on measured data.",
    "evaluate": "Measure a cost model's accuracy on rows kept away from its training.",
    "compare": "Compare two runs: faster, slower, same or cannot tell.",
    "devices": "List the devices of the catalogue and of this machine.",
    "doctor": "Check drivers, libraries and machine settings; say what to fix.",
    "list": "List benchmarks with the question each one answers.",
    "export": "Write a run to Parquet, CSV or JSON, and read one back.",
}


USAGE_ERROR: Any = typer.BadParameter.__mro__[2]
"""The base of usage errors: typer carries its own copy of click, so it is reached through typer."""


REFUSALS = (
    (r"Input should be a valid integer, .*", "no whole number"),
    (r"Input should be a valid number, .*", "no number"),
    (r"Input should be greater than or equal to (\S+)", r"below \1"),
    (r"Input should be less than or equal to (\S+)", r"above \1"),
)
"""Texts of pydantic's that typer passes on, and what follows the value in ours."""


REFUSED_PLACES = frozenset((errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOSPC))
"""What the file system says of a place that cannot be written: no fault of ours."""


def _only_if_needed(option: Any, convert: Callable[..., Any], context: Any, value: Any) -> Any:
    """Convert a value where that does anything: typer imports pydantic even to see it does not."""
    if value is None and not option.required:
        ready: Any = () if option.multiple or option.nargs == -1 else None
    elif _needs_conversion(option, value):
        try:
            return convert(context, value)
        except USAGE_ERROR as error:
            error.message = _in_words(value, error.message)
            raise
    else:
        ready = Path(value) if _kind(option) is Path else value
    return option.callback(context, option, ready) if option.callback else ready


def _needs_conversion(option: Any, value: Any) -> bool:
    """Say whether a value is neither the option's own default nor plain text or a path."""
    if value is not None and value is option.default:
        return False
    if option.multiple or option.nargs != 1 or not isinstance(value, str):
        return True
    kind = _kind(option)
    unreadable = kind is Path and Path(value).exists() and not os.access(value, os.R_OK)
    return unreadable or kind not in (str, Path)


def _in_words(value: Any, message: str) -> str:
    """Return pydantic's words for a value it refuses as ours."""
    shown = ", ".join(map(repr, value)) if isinstance(value, list | tuple) else repr(value)
    for theirs, ours in REFUSALS:
        if found := re.fullmatch(theirs, message):
            return f"{shown} is {found.expand(ours)}"
    return message.removeprefix("Value error, ")


def _kind(option: Any) -> Any:
    """Return the type of an option's value, or ``None`` where this typer does not tell."""
    return getattr(getattr(option, "type_descriptor", None), "annotation", None)


def _quick(options: list[Any]) -> list[Any]:
    """Let values that are ready skip conversion."""
    for option in options:
        if not isinstance(option.process_value, partial):
            option.process_value = partial(_only_if_needed, option, option.process_value)
    return options


class QuickCommand(TyperCommand):
    """A command that converts only the values that need it."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return options and arguments, ``--help`` too."""
        return _quick(super().get_params(ctx))


def _built(name: str) -> Any:
    """Import ``hwprof.commands.<name>`` and build its command, without defaults from outside."""
    module = import_module(f"hwprof.commands.{name}")
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    function = getattr(module, "list_" if name == "list" else name)
    app.command(name=name, cls=QuickCommand)(function)
    return get_command(app)


class LazyGroup(TyperGroup):
    """A command group that imports a command's module when the command is looked up."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the group's own options, ``--help`` too."""
        return _quick(super().get_params(ctx))

    def list_commands(self, _ctx: Any) -> list[str]:
        """Names in the order people meet them."""
        return list(COMMANDS)

    def get_command(self, _ctx: Any, name: str) -> Any:
        """Import ``hwprof.commands.<name>`` and build its command."""
        if name not in COMMANDS:
            near = difflib.get_close_matches(name, COMMANDS, 1)
            if near:
                raise InputError(f"no command {name!r}: did you mean hwprof {near[0]}?")
            return None
        command = _built(name)
        defaults = defaults_for(
            name, command.params, COMMANDS, options_of=lambda other: _built(other).params
        )
        command.context_settings.update(default_map=defaults.values, obj=defaults.origins)
        return command

    def invoke(self, ctx: Any) -> Any:
        """Run the command; an interrupt is told apart from a command that returned 130."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            raise typer.Abort from error

    def format_commands(self, _ctx: Any, formatter: Any) -> None:
        """List commands from the table above, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


app = typer.Typer(cls=LazyGroup, add_completion=False, rich_markup_mode=None)


def _print_version(value: bool) -> None:
    if value:
        typer.echo(f"hwprof {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: bool = typer.Option(
        False, "--version", callback=_print_version, is_eager=True, help="Print the version."
    ),
) -> None:
    """Tell where the time goes on this hardware, and what it would take to get it back.

    Example: hwprof bench --device cpu --quick
    """


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; faults become one line on stderr."""
    code = _run(arguments)
    fault = _output_fault()
    if fault is None or fault.errno == errno.EPIPE:
        return code
    return _fail(f"cannot write to standard output: {fault.strerror}", 1)


def _output_fault(probe: str = "") -> OSError | None:
    """Flush what was printed; where that fails, let Python's own end not fail over it again.

    What failed to be written once may be forgotten: ``probe`` is one more text to try.
    """
    try:
        sys.stdout.write(probe)
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return error
    return None


def _run(arguments: Sequence[str]) -> int:
    try:
        result: Any = get_command(app).main(
            args=list(arguments) or ["--help"], prog_name="hwprof", standalone_mode=False
        )
    except HwprofError as error:
        return _fail(str(error), error.exit_code)
    except USAGE_ERROR as error:
        where = getattr(getattr(error, "ctx", None), "command_path", None) or "hwprof"
        return _fail(f"{_usage_text(error).rstrip('.')}. See: {where} --help", 2)
    except (KeyboardInterrupt, typer.Abort):
        return _fail("interrupted", 130)
    except Exception as error:
        full = isinstance(error, OSError) and error.errno == errno.ENOSPC
        fault = _output_fault("\n") if full else None
        if fault is not None:
            return _fail(f"cannot write to standard output: {fault.strerror}", 1)
        if isinstance(error, OSError) and error.filename and error.errno in REFUSED_PLACES:
            code = 1 if full else 2
            return _fail(f"{error.filename}: {error.strerror}", code)
        if os.environ.get("HWPROF_DEBUG"):
            raise
        what = f"{type(error).__name__}: {error}"
        return _fail(f"internal error: {what}; set HWPROF_DEBUG=1 to see where", 1)
    return result if isinstance(result, int) else 0


def _usage_text(error: Any) -> str:
    """Return what is wrong with an option, and the file or variable a bad default came from."""
    context, option = getattr(error, "ctx", None), getattr(error, "param", None)
    text = str(error.format_message())
    if context is None or option is None or not isinstance(context.obj, dict):
        return text
    source = getattr(context.get_parameter_source(option.name), "name", "")
    origin = context.obj.get(option.name) if source == "DEFAULT_MAP" else None
    return f"{origin}: {text}" if origin else text


def _fail(message: str, code: int) -> int:
    sys.stderr.write(f"hwprof: {' '.join(message.split())}\n")
    return code
