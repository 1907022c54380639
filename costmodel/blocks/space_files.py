"""Space files: the auto-tuning community's T1 JSON (Kernel Tuner, KTT, BAT), and a plain form.

T1 holds more than a space: ``KernelSpecification`` (source, arguments, grid), ``Search``,
``Budget``, ``General``, each parameter's ``Default``. What is read is written back, whatever it is.
Fields: T1 ``input-schema.json`` 1.0.0 of Kernel Tuner, and TuningSchema of the same authors.
"""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from costmodel.blocks.expression import Expression
from costmodel.blocks.problems import FORMS
from costmodel.blocks.space import Space, Value, build
from costmodel.blocks.values import values_of
from microbench.errors import InputError, plainly

__all__ = ["read_space", "write_t1"]

T = TypeVar("T")
PLAIN = ("parameters", "constraints", "derived")
"""Entries of a plain space file; others are notes."""
ALIKE = {"restrictions": ["constraints"], "conditions": ["constraints"]}
"""What other tools call them."""
NEEDED = "ConfigurationSpace.TuningParameters, a list of objects with Name and Values"


def read_space(path: Path) -> Space:
    """Read a space file: T1 JSON, or an object with ``parameters`` and ``constraints``.

    The second form may name ``derived`` quantities, an object of expressions; a list there is taken
    for notes.
    """
    document = _load(path)
    if not isinstance(document, dict):
        raise InputError(
            f"{path}: a space is a JSON object, not {_kind(document)}: T1 with ConfigurationSpace, "
            "or parameters and constraints"
        )
    try:
        return _plain(path, document) if "parameters" in document else _t1(path, document)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error


def _load(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=_once)
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file, and no kernel of {', '.join(FORMS)}") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: not JSON: {plainly(error)}") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object; of two entries with one name, JSON would keep the last."""
    _refuse_repeated(name for name, _ in pairs)
    return dict(pairs)


def _refuse_repeated(names: Any) -> None:
    repeated = [name for name, count in Counter(names).items() if count > 1]
    if repeated:
        raise InputError(f"{repeated[0]!r} stands there twice")


def _kind(value: Any) -> str:
    """Return what JSON calls a value."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    names = {list: "a list", dict: "an object", str: "a text", int: "a number", float: "a number"}
    return names[type(value)]


def _plain(path: Path, document: dict[str, Any]) -> Space:
    parameters = _of(document, "parameters", dict)
    texts = _of(document, "constraints", list)
    _refuse_misspelt(document)
    notes = isinstance(document.get("derived"), list)
    derived = {} if notes else _of(document, "derived", dict)
    titled = [("a constraint", text) for text in texts]
    titled += [(f"derived quantity {name}", text) for name, text in derived.items()]
    for what, text in titled:
        if not isinstance(text, str):
            raise InputError(f"{what} is {_kind(text)}, {str(text)[:60]}: write it as a text")
    values = {name: _values(name, given) for name, given in parameters.items()}
    return build(str(document.get("space", path.stem)), values, texts, derived)


def _refuse_misspelt(document: Mapping[str, Any]) -> None:
    """Refuse an entry that is read by nothing and looks like one that is."""
    for key in document.keys() - set(PLAIN):
        meant = get_close_matches(key.lower(), PLAIN, 1, 0.8) or ALIKE.get(key.lower())
        if meant:
            raise InputError(f"{key!r} is not read: write {meant[0]}")


def _of(document: Mapping[str, Any], key: str, kind: type[T]) -> T:
    """Return an entry of the right kind, an empty one where it is missing."""
    found = document.get(key, kind())
    if not isinstance(found, kind):
        raise InputError(f"{key} must be {_kind(kind())}, not {_kind(found)}")
    return found


def _values(name: str, given: Any) -> list[Value]:
    try:
        return values_of(given)
    except InputError as error:
        raise InputError(f"parameter {name}: {error}") from error


def _t1(path: Path, document: dict[str, Any]) -> Space:
    space = _of(document, "ConfigurationSpace", dict)
    listed = _of(space, "TuningParameters", list)
    if not listed or any(not _has(entry, "Name", "Values") for entry in listed):
        raise InputError(f"not a T1 tuning space: {NEEDED} is needed")
    conditions = _of(space, "Conditions", list)
    for entry in conditions:
        if not _has(entry, "Expression") or not isinstance(entry["Expression"], str):
            raise InputError(f"the condition {entry!r} lacks an Expression that is a text")
    names = [str(entry["Name"]) for entry in listed]
    _refuse_repeated(names)
    parameters = {
        name: _values(name, entry["Values"]) for name, entry in zip(names, listed, strict=True)
    }
    name = _of(document, "General", dict).get("BenchmarkName", path.stem)
    found = build(str(name), parameters, [entry["Expression"] for entry in conditions])
    return replace(found, document=document)


def _has(entry: Any, *keys: str) -> bool:
    return isinstance(entry, dict) and all(key in entry for key in keys)


def write_t1(space: Space) -> dict[str, Any]:
    """Return the T1 document of a space: what it was read from, with the space as it is now.

    A space that comes from no T1 file has no ``KernelSpecification``, which T1 asks for: no kernel
    source goes with it.
    """
    document = copy.deepcopy(dict(space.document)) or {"General": {"BenchmarkName": space.name}}
    written = document.setdefault("ConfigurationSpace", {})
    known = {entry["Name"]: entry for entry in written.get("TuningParameters", ())}
    written["TuningParameters"] = [
        _parameter(name, values, known.get(name, {})) for name, values in space.parameters.items()
    ]
    stated = list(written.get("Conditions", ()))
    if space.constraints or stated:
        written["Conditions"] = [_condition(one, stated) for one in space.inlined()]
    return document


def _condition(constraint: Expression, stated: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a T1 condition: the next of the stated ones that says it, else a new one."""
    for index, entry in enumerate(stated):
        if entry["Expression"] == constraint.text:
            return stated.pop(index)
    return {"Expression": constraint.text, "Parameters": sorted(constraint.names)}


def _parameter(name: str, values: Sequence[Value], known: Mapping[str, Any]) -> dict[str, Any]:
    """Return a T1 parameter; what is known of it stays, its values too where they are the same."""
    if known and tuple(dict.fromkeys(values_of(known["Values"]))) == tuple(values):
        return dict(known)
    return {"Name": name, "Type": _type(values), **known, "Values": str(list(values))}


def _type(values: Sequence[Value]) -> str:
    if all(isinstance(value, bool) for value in values):
        return "bool"
    if all(isinstance(value, int) for value in values):
        return "int"
    return "float" if all(isinstance(value, int | float) for value in values) else "string"
