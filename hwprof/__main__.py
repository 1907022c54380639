"""Entry point of ``hwprof`` and ``python -m hwprof``: guard, run, turn errors into one line."""

from __future__ import annotations

import io
import sys
from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("microbench", "costmodel", "reports")


def shadowing(home: Path, packages: tuple[str, ...] = PACKAGES) -> list[str]:
    """Name each foreign package that hides one of ours: ``microbench at /other/place``."""
    found = []
    for name in packages:
        spec = find_spec(name)
        where = Path(spec.origin).resolve().parent if spec and spec.origin else None
        if where is None or where.parent != home:
            found.append(f"{name} at {where}" if where else f"{name} is not installed")
    return found


def main() -> None:
    """Run the command line and exit with its code."""
    try:
        _main()
    except KeyboardInterrupt:
        print("hwprof: interrupted", file=sys.stderr)  # noqa: T201 - nothing is imported yet
        raise SystemExit(130) from None


def _main() -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a locale without µ still gets its table
    foreign = shadowing(Path(__file__).resolve().parents[1])
    if foreign:
        print(  # noqa: T201 - the console is one of the packages that may be shadowed
            f"hwprof: another package hides one of hwprof's own: {'; '.join(foreign)}. "
            "Run from another folder, or uninstall it.",
            file=sys.stderr,
        )
        raise SystemExit(1)
    from hwprof.cli import run

    raise SystemExit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
