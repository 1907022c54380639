"""Every benchmark, found by file name: ``cpu_*.py`` and ``gpu_*.py`` each hold ``BENCHMARKS``.

Listing imports descriptions only; what a benchmark needs to run it imports when it runs.
"""

from __future__ import annotations

import difflib
import fnmatch
import functools
import pkgutil
from collections.abc import Iterable, Sequence
from importlib import import_module

from microbench.benchmark import Benchmark
from microbench.devices.spec import DeviceKind
from microbench.errors import InputError

PREFIXES = ("cpu_", "gpu_")


@functools.cache
def all_benchmarks() -> tuple[Benchmark, ...]:
    """Return every benchmark that ships, by file name, in each file's own order."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    return load(f"{__name__}.{name}" for name in names if name.startswith(PREFIXES))


def load(modules: Iterable[str]) -> tuple[Benchmark, ...]:
    """Return the ``BENCHMARKS`` of each module; ``InputError`` when a name is taken twice."""
    found: dict[str, tuple[Benchmark, str]] = {}
    for module in modules:
        for benchmark in _benchmarks_of(module):
            if benchmark.name in found:
                raise InputError(
                    f"benchmark {benchmark.name!r} is in both {found[benchmark.name][1]} "
                    f"and {module}: rename one"
                )
            found[benchmark.name] = (benchmark, module)
    return tuple(benchmark for benchmark, _ in found.values())


def find(name: str, among: Sequence[Benchmark] | None = None) -> Benchmark:
    """Return the benchmark of exactly this name; ``InputError`` with near names otherwise."""
    known = {benchmark.name: benchmark for benchmark in among or all_benchmarks()}
    if name not in known:
        raise InputError(_unknown("benchmark", name, known))
    return known[name]


def select(
    only: Iterable[str] = (),
    skip: Iterable[str] = (),
    kind: DeviceKind | None = None,
    suite: Iterable[str] = (),
    among: Sequence[Benchmark] | None = None,
    listing: bool = False,
) -> tuple[Benchmark, ...]:
    """Return the benchmarks asked for, in listing order.

    ``only`` and ``skip`` take names, dotted beginnings (``cpu.memory``) and wildcards
    (``*.latency``); ``suite`` takes suite names; each may hold commas. A text that fits no
    benchmark of this kind is an ``InputError``: a typing mistake never measures less than meant.
    A benchmark that runs ``on_request`` is chosen by its exact name or its suite alone, unless this
    is for ``listing``.
    """
    known = among if among is not None else all_benchmarks()
    pool = [benchmark for benchmark in known if kind is None or benchmark.kind is kind]
    suites, wanted, unwanted = _words(suite), _words(only), _words(skip)
    asked = {*suites, *wanted}
    names = [benchmark.name for benchmark in pool]
    where = "" if kind is None else f" for a {kind}"
    for text in (*wanted, *unwanted):
        if not any(matches(text, name) for name in names):
            raise InputError(_unknown("benchmark", text, names, where))
    for text in suites:
        if text not in {benchmark.suite for benchmark in pool}:
            known_suites = {benchmark.suite for benchmark in pool}
            raise InputError(_unknown("suite", text, known_suites, where))
    chosen = tuple(
        benchmark
        for benchmark in pool
        if (listing or not benchmark.on_request or {benchmark.name, benchmark.suite} & asked)
        and (not suites or benchmark.suite in suites)
        and (not wanted or any(matches(text, benchmark.name) for text in wanted))
        and not any(matches(text, benchmark.name) for text in unwanted)
    )
    if not chosen:
        raise InputError("nothing is left to measure: --only, --skip and --suite exclude it all")
    return chosen


def matches(text: str, name: str) -> bool:
    """Say whether ``text`` stands for ``name``: equal, a dotted beginning, or a wildcard."""
    return name == text or name.startswith(f"{text}.") or fnmatch.fnmatchcase(name, text)


def _benchmarks_of(module: str) -> tuple[Benchmark, ...]:
    own = module.startswith(f"{__name__}.")
    try:
        found = getattr(import_module(module), "BENCHMARKS", None)
    except (Exception, SystemExit) as error:  # whatever another's code raises while it loads
        if own:
            raise
        what = "" if isinstance(error, ModuleNotFoundError) else f"{type(error).__name__}: "
        raise InputError(f"benchmark module {module}: {what}{error}") from error
    if found is None:
        raise InputError(f"benchmark module {module} has no BENCHMARKS")
    if not isinstance(found, tuple | list) or not all(isinstance(b, Benchmark) for b in found):
        raise InputError(f"benchmark module {module}: BENCHMARKS is no tuple of Benchmark")
    return tuple(found)


def _words(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for text in texts for word in text.replace(",", " ").split())


def _unknown(what: str, text: str, known: Iterable[str], where: str = "") -> str:
    names = sorted(known)
    near = difflib.get_close_matches(text, names, n=3, cutoff=0.5)
    near += [name for name in names if text and text in name and name not in near]
    advice = f"did you mean {', '.join(near[:4])}? " if near else ""
    return f"no {what} {text!r}{where}: {advice}`hwprof list` shows all"
