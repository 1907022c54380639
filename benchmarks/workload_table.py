"""The table of ``docs/workloads.md``: claimed, attainable and measured, from a run of the suite.

hwprof bench --suite workloads --name workloads
python benchmarks/workload_table.py --run workloads
"""

from __future__ import annotations

import argparse
from pathlib import Path

from microbench.store import open_store
from microbench.workloads.speedups import markdown, speedups


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--store", type=Path, default=None)
    parser.add_argument("--run", default="latest")
    arguments = parser.parse_args()
    store = open_store(arguments.store, create=False)
    print(markdown(speedups(store.measurements(store.run(arguments.run)))))


if __name__ == "__main__":
    main()
