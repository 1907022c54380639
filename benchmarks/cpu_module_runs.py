"""Modules of StableHLO under XLA-CPU and IREE-CPU on one thread: compiled, called and timed.

Needs jax, iree-base-compiler and iree-base-runtime.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SAMPLES, SAMPLE_S, LONGEST_S, ROUNDS = 5, 5e-3, 2.0, 2


def one_thread() -> None:
    """Let XLA run on the calling thread alone; before its first use."""
    flags = " --xla_cpu_multi_thread_eigen=false"
    os.environ["XLA_FLAGS"] = os.environ.get("XLA_FLAGS", "") + flags
    import jax

    jax.config.update("jax_cpu_enable_async_dispatch", False)


def arguments(path: Path) -> list[Any]:
    """Draw the arguments of a module's entry: small normal numbers, or zero indices."""
    import numpy as np

    from costmodel.graph.functions import Survey
    from costmodel.graph.functions import arguments as declared
    from costmodel.mlir.reader import read_file
    from costmodel.mlir.types import parse_type

    generator = np.random.default_rng(0)
    found = []
    for _, text in declared(Survey.of(read_file(path)).functions["main"]):
        kind = parse_type(text)
        if kind is None or kind.dynamic:
            raise ValueError(f"argument of type {text}")
        shape = [size or 0 for size in kind.shape]
        if kind.floating:
            found.append((0.1 * generator.standard_normal(shape)).astype(np.float32))
        else:
            found.append(np.zeros(shape, {"i1": np.bool_}.get(text[-3:-1], np.int32)))
    return found


def xla_call(path: Path) -> Callable[[], Any]:
    """Compile a module's text with XLA for CPU and return a call that waits for its results."""
    import jax
    from jax._src import xla_bridge
    from jax._src.interpreters import mlir
    from jaxlib import xla_client
    from jaxlib.mlir import ir

    backend = xla_bridge.get_backend("cpu")
    devices = xla_client._xla.DeviceList(tuple(backend.local_devices()[:1]))
    with mlir.make_ir_context():
        code = mlir.module_to_bytecode(ir.Module.parse(path.read_text()))
        done = backend.compile_and_load(code, devices, xla_client.CompileOptions())
    given = [jax.device_put(argument) for argument in arguments(path)]
    return lambda: [one.block_until_ready() for one in done.execute(given)]


def iree_call(path: Path) -> Callable[[], Any]:
    """Compile a module with IREE for this CPU and return a call of its synchronous driver."""
    import iree.runtime as runtime

    with tempfile.TemporaryDirectory() as folder:
        compiled = Path(folder, "module.vmfb")
        compiler = Path(sys.executable).parent / "iree-compile"
        options = ["--iree-input-type=stablehlo", "--iree-hal-target-backends=llvm-cpu"]
        options += ["--iree-llvmcpu-target-cpu=host", "-o", str(compiled)]
        done = subprocess.run(
            [compiler, path, *options], capture_output=True, text=True, check=False, timeout=900
        )
        if done.returncode:
            raise ValueError(done.stderr.strip()[-200:])
        config = runtime.Config("local-sync")
        module = runtime.load_vm_module(
            runtime.VmModule.copy_buffer(config.vm_instance, compiled.read_bytes()), config
        )
    given = [runtime.asdevicearray(config.device, argument) for argument in arguments(path)]
    return lambda: module.main(*given)


def seconds(call: Callable[[], Any]) -> float:
    """Return CPU seconds of a call: the least of several medians, as neighbours only add.

    A median is over samples of several calls each.
    """
    return min(_median_s(call) for _ in range(ROUNDS))


def _median_s(call: Callable[[], Any]) -> float:
    call()
    start_s = time.process_time()
    call()
    once_s = max(time.process_time() - start_s, 1e-6)
    if once_s > LONGEST_S:
        return once_s
    count = max(1, int(SAMPLE_S / once_s))
    samples = []
    for _ in range(SAMPLES):
        start_s = time.process_time()
        for _ in range(count):
            call()
        samples.append((time.process_time() - start_s) / count)
    return statistics.median(samples)


def control_s() -> float:
    """Return the CPU seconds of a fixed product and pass over memory: how fast the core is now."""
    import numpy as np

    square = np.ones((256, 256), np.float32)
    samples = []
    for _ in range(SAMPLES):
        start_s = time.process_time()
        for _ in range(4):
            np.tanh(square @ square)
        samples.append(time.process_time() - start_s)
    return statistics.median(samples)
