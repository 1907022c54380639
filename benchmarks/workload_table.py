"""The table of ``docs/workloads.md``: claimed, attainable and measured, from a run of the suite.

    hwprof bench --suite workloads --name workloads
    python benchmarks/workload_table.py --run workloads [--write docs]

``--write`` puts the table between its marks in ``workloads.md`` and every ratio between its marks
on the pages of the papers; a mark whose workload was not measured is an error.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from microbench.store import open_store
from microbench.workloads.speedups import filled, markdown, speedups


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--store", type=Path, default=None)
    parser.add_argument("--run", default="latest")
    parser.add_argument("--write", type=Path, default=None, help="Folder of the documents.")
    arguments = parser.parse_args()
    store = open_store(arguments.store, create=False)
    rows = speedups(store.measurements(store.run(arguments.run)))
    if arguments.write is None:
        print(markdown(rows))
        return
    for page in (arguments.write / "workloads.md", *sorted(arguments.write.glob("papers/*.md"))):
        page.write_text(filled(page.read_text(encoding="utf-8"), rows), encoding="utf-8")


if __name__ == "__main__":
    main()
