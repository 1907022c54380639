"""One call on a machine with a GPU: check every kernel, measure everything, compare with published.

    python benchmarks/gpu_session.py --out session --seconds 570

1. compiles every kernel for this GPU, in parallel;
2. prepares each point of our own kernels once, checks machine code and result, times nothing; each
   benchmark in a process of its own, a new one after a fault (``checks.json``);
3. ``hwprof bench --device 0 --thorough`` in the time that is left (``measured.tar.gz``);
4. ``hwprof report``: this GPU beside published figures and the datasheet (``report/``).

Nothing is skipped for a failed check: the thorough run makes the same checks and gives no number.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from microbench import suites
from microbench.benchmark import Benchmark, Effort
from microbench.devices.spec import DeviceKind, DeviceSpec

CHECK_S, REPORT_S = 110.0, 40.0
"""Most seconds for the checks, and seconds kept for packing and the report."""
CHILD_S = 40.0
"""Most seconds of one process of checks: a kernel that hangs costs no more."""
LIBRARY_SUITES = frozenset({"gemm", "library", "fusion", "workloads"})
"""Calls of torch: the thorough run checks them, and their first call takes long."""


def main() -> int:
    options = _options()
    if options.check:
        return check_points(options.check, options.skip)
    out = options.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    end = time.monotonic() + options.seconds
    started = time.monotonic()
    _say(started, f"compiled {compile_all()} modules")
    checks = check_all(out, min(time.monotonic() + CHECK_S, end))
    wrong = {key: text for key, text in checks.items() if text not in {"ok", "emulated"}}
    _say(started, f"{len(checks)} points checked, {len(wrong)} of them wrong")
    for key, text in wrong.items():
        print(f"  {key}: {text}")
    left_s = end - time.monotonic() - REPORT_S
    store, measured = out / "store.sqlite", out / "measured"
    code = _hwprof(
        *("bench", "--device", "0", "--thorough", "--timeout", f"{left_s:.0f}"),
        *("--store", str(store), "--out", str(measured)),
    )
    _say(started, f"measured, exit code {code}")
    if measured.exists():
        shutil.make_archive(str(measured), "gztar", out, "measured")
    _hwprof(
        *("report", "--store", str(store), "--format", "html,json,md"),
        *("--out", str(out / "report"), "--force"),
    )
    _say(started, f"done: {out}")
    return code


def compile_all() -> int:
    """Compile and disassemble every module for this GPU; return how many."""
    from microbench.kernels.architectures import supported_arch
    from microbench.kernels.cuda_module import modules

    arch = supported_arch(_device().compute_capability)
    if arch is None:
        raise SystemExit("no kernels are declared for this GPU")
    names = sorted(modules(arch))
    with ProcessPoolExecutor() as pool:
        list(pool.map(_compile, names, [arch] * len(names)))
    return len(names)


def _compile(name: str, arch: str) -> None:
    from microbench.kernels.cuda_module import load_module

    assert load_module(name, arch).functions, f"{name} holds no kernel"


def check_all(out: Path, end: float) -> dict[str, str]:
    """Check every point of our own kernels; a fault costs the point in flight."""
    found: dict[str, str] = {}
    for benchmark in _own(_device()):
        count, done = len(_points(benchmark, _device())), 0
        while done < count and time.monotonic() < end:
            left_s = max(1.0, end - time.monotonic())
            lines = _child(benchmark.name, done, min(CHILD_S, left_s))
            for line in lines:
                key, _, text = line.partition("\t")
                found[key] = text
            if not lines:
                key = _points(benchmark, _device())[done].key
                found[key] = "the process died or hung"
            done += max(1, len(lines))
    (out / "checks.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    return found


def _child(name: str, done: int, limit_s: float) -> list[str]:
    command = [sys.executable, __file__, "--check", name, "--skip", str(done)]
    try:
        ended = subprocess.run(
            command, capture_output=True, text=True, timeout=limit_s, check=False
        )
        text = ended.stdout
    except subprocess.TimeoutExpired as error:
        printed = error.stdout or b""
        text = printed.decode() if isinstance(printed, bytes) else printed
    return [line for line in text.splitlines() if "\t" in line]


def check_points(name: str, skip: int) -> int:
    """Check a benchmark's points from one on, a line each; end at the first that raises."""
    device = _device()
    benchmark = suites.find(name, suites.all_benchmarks())
    for point in _points(benchmark, device)[skip:]:
        try:
            prepared = benchmark.prepare(point, device, 0)
            code = prepared.check_code() if prepared.check_code else None
            wrong = prepared.check_result() if prepared.check_result else ""
            if code is not None and not code.ok:
                wrong = f"wrong code: {code.signature}"
            said = wrong or ("emulated" if code is not None and code.emulated else "ok")
            print(f"{point.key}\t{said}", flush=True)
        except Exception as error:  # whatever a device does becomes a line
            print(f"{point.key}\t{type(error).__name__}: {error}", flush=True)
            return 1
    return 0


def _own(device: DeviceSpec) -> list[Benchmark]:
    return [
        one
        for one in suites.all_benchmarks()
        if one.kind is DeviceKind.GPU
        and one.suite not in LIBRARY_SUITES
        and one.name != "gpu.transfer"
        and _points(one, device)
    ]


def _points(benchmark: Benchmark, device: DeviceSpec):  # type: ignore[no-untyped-def]
    return benchmark.points(device, Effort.DEFAULT)


def _device() -> DeviceSpec:
    from microbench.devices.detect import resolve

    return resolve("0")[0]


def _hwprof(*arguments: str) -> int:
    start = [sys.executable, "-m", "hwprof"]
    return subprocess.run([*start, *arguments], check=False, env=os.environ).returncode


def _say(started: float, text: str) -> None:
    print(f"[{time.monotonic() - started:5.0f} s] {text}", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--out", type=Path, default=Path("session"))
    parser.add_argument("--seconds", type=float, default=570.0)
    parser.add_argument("--check", default="", help=argparse.SUPPRESS)
    parser.add_argument("--skip", type=int, default=0, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
