"""Defaults of options from the environment and from files: flag > HWPROF_* > files > built in.

Files, nearest first: ``hwprof.toml`` in this folder or one above, ``[tool.hwprof]`` of
``pyproject.toml`` likewise, then ``hwprof/config.toml`` in the user's configuration folder. A key
is an option's long name; keys of one command stand in a table of its name.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from microbench.errors import InputError, plainly

GENERAL = ("device", "store", "no-color")
"""Keys that may stand outside a command's table and hold for every command that has them."""
FURTHER = ("DEBUG", "LOCK_FOLDER", "CACHE", "STRICT_PYTHON")
"""Variables read elsewhere: here, in the runner, by the kernels' compiler and by ``--strict``."""
OF_TESTS = ("SHARED_DATA", "JAX_PYTHON", "TEST_POSTGRES")
"""Variables of the tests and the benchmarks folder."""
NEVER = frozenset({"help", "version"})


@dataclass(frozen=True, slots=True)
class Source:
    """Settings of one place: general ones and those of one command."""

    name: str
    general: Mapping[str, object]
    command: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Defaults:
    """What takes the place of built-in defaults, by parameter name, and where each came from."""

    values: dict[str, object]
    origins: dict[str, str]


def defaults_for(
    command: str,
    options: Sequence[Any],
    commands: Iterable[str],
    environ: Mapping[str, str] | None = None,
    folder: Path | None = None,
    options_of: Callable[[str], Sequence[Any]] | None = None,
) -> Defaults:
    """Return defaults for one command, the strongest source winning.

    ``options`` are the command's parameters as typer made them; they convert the values.
    ``options_of`` tells those of another command, asked only where a variable is named after it.
    Raises ``InputError`` naming file and key when a file cannot be read or names what is not there.
    """
    environ = os.environ if environ is None else environ
    known = _option_names(options)
    found = Defaults({}, {})
    _refuse_unknown_variables(command, set(commands), known, environ, options_of)
    for source in _sources(command, set(commands), known, environ, folder or _here()):
        for key, value in (*source.general.items(), *source.command.items()):
            if key in known:
                where = f"{source.name}: {key}"
                found.values[known[key].name] = _plain(known[key], value, where)
                found.origins[known[key].name] = where
    return found


def _sources(
    command: str,
    commands: set[str],
    known: Mapping[str, Any],
    environ: Mapping[str, str],
    folder: Path,
) -> list[Source]:
    """Return the sources, weakest first."""
    found = []
    for file, table in _tables(environ, folder):
        general = {key.replace("_", "-"): value for key, value in table.items()}
        tables = {key: general.pop(key) for key in list(general) if key in commands}
        own = tables.get(command, {})
        if not isinstance(own, dict):
            raise InputError(f"{file}: {command} must be a table: [{command}]")
        own = {key.replace("_", "-"): value for key, value in own.items()}
        _refuse_unknown(general, (*GENERAL, *commands), str(file))
        _refuse_unknown(own, known, f"{file}: [{command}]")
        found.append(Source(str(file), general, own))
    return [*found, _from_environment(command, known, environ)]


def _from_environment(command: str, known: Mapping[str, Any], environ: Mapping[str, str]) -> Source:
    def chosen(prefix: str, keys: Iterable[str]) -> dict[str, object]:
        names = {key: prefix + key.upper().replace("-", "_") for key in keys}
        return {key: environ[name] for key, name in names.items() if environ.get(name)}

    own = chosen(f"HWPROF_{command.upper()}_", known)
    return Source("environment", chosen("HWPROF_", GENERAL), own)


def _refuse_unknown_variables(
    command: str,
    commands: Iterable[str],
    known: Iterable[str],
    environ: Mapping[str, str],
    options_of: Callable[[str], Sequence[Any]] | None,
) -> None:
    """Refuse misspelt names, of this command and of every other."""
    names = {
        name: name.removeprefix("HWPROF_").replace("_", "-").lower()
        for name in environ
        if name.startswith("HWPROF_") and environ[name]
    }
    allowed = [*GENERAL, *(name.replace("_", "-").lower() for name in (*FURTHER, *OF_TESTS))]
    allowed += [f"{command}-{key}" for key in known]
    for other in commands:
        if other != command and any(key.startswith(f"{other}-") for key in names.values()):
            keys = _option_names(options_of(other)) if options_of is not None else ()
            allowed += [f"{other}-{key}" for key in keys]
    for name, key in names.items():
        if key not in allowed or name != name.upper():
            near = difflib.get_close_matches(key, allowed, n=1)
            like = f": did you mean HWPROF_{near[0].upper().replace('-', '_')}?" if near else ""
            raise InputError(f"environment: no variable {name} is known{like or '; unset it'}")


def _tables(environ: Mapping[str, str], folder: Path) -> list[tuple[Path, dict[str, object]]]:
    """Return each file that exists with its table, weakest first."""
    home = environ.get("XDG_CONFIG_HOME") or str(Path(environ.get("HOME", "~")) / ".config")
    user = Path(home).expanduser() / "hwprof" / "config.toml"
    found = [(user, _read(user))] if _is_file(user) else []
    places = (folder, *folder.parents)
    for place in places:
        project = place / "pyproject.toml"
        if _is_file(project):
            tool = _read(project).get("tool")
            table = tool.get("hwprof") if isinstance(tool, dict) else None
            if isinstance(table, dict):
                found.append((project, table))
                break
    own = next((file for place in places if _is_file(file := place / "hwprof.toml")), None)
    return [*found, (own, _read(own))] if own else found


def _is_file(file: Path) -> bool:
    """Say whether a file is there; one in a folder that may not be looked into is not."""
    try:
        return file.is_file()
    except OSError:
        return False


def _here() -> Path:
    """Return the current folder, or the root where it was deleted."""
    try:
        return Path.cwd()
    except OSError:
        return Path("/")


def _read(file: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"cannot read {file}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{file} is not TOML: {plainly(error)}") from error


def _option_names(options: Sequence[Any]) -> dict[str, Any]:
    """Return the command's options by long name without dashes."""
    names = {}
    for option in options:
        if option.param_type_name == "option":
            longest = max(option.opts, key=len).lstrip("-")
            if longest not in NEVER:
                names[longest] = option
    return names


def _refuse_unknown(found: Mapping[str, object], known: Iterable[str], where: str) -> None:
    names = list(known)
    for key in found:
        if key not in names:
            near = difflib.get_close_matches(key, names, n=2)
            advice = (
                f": did you mean {' or '.join(near)}?" if near else f"; known: {', '.join(names)}"
            )
            raise InputError(f"{where}: no setting {key!r}{advice}")


def _plain(option: Any, value: object, where: str) -> object:
    """Return a value in the form the option takes: a list, true or false, or text."""
    if option.multiple:
        parts = value.split(",") if isinstance(value, str) else value
        if not isinstance(parts, list):
            raise InputError(f"{where}: expected a list")
        return [str(part) for part in parts]
    if option.is_flag:
        word = str(value).lower()
        if word not in _TRUTH:
            raise InputError(f"{where}: expected true or false, not {value!r}")
        return _TRUTH[word]
    if isinstance(value, list | dict | bool):
        raise InputError(f"{where}: expected one value, not {value!r}")
    return str(value)


_TRUTH = {
    **dict.fromkeys(("true", "1", "yes", "on"), True),
    **dict.fromkeys(("false", "0", "no", "off"), False),
}
