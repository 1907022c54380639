"""The GPU of this process, through the driver: memory, modules, launches, events.

The only module here that talks to a driver. Everything else takes the ``Gpu`` it describes, so that
all logic runs in tests with one made of Python. A fault of the device becomes ``DeviceError`` with
the driver's own name for it; memory that is not there becomes ``MemoryError``.
"""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Protocol

from microbench.errors import DeviceError

if TYPE_CHECKING:
    import numpy as np

U32, U64 = ctypes.c_uint32, ctypes.c_uint64
Argument = tuple[Any, Any]
"""A kernel argument: its value and ctypes type (``None`` for a driver structure)."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the driver says of the GPU."""

    name: str
    uuid: str
    compute_capability: str
    sm_count: int
    l2_bytes: int
    memory_bytes: int
    clock_hz: float
    shared_bytes_per_block: int
    """Most dynamic shared memory a block may ask for."""


@dataclass(frozen=True, slots=True)
class Launch:
    """Shape of a launch."""

    grid: int
    block: int
    shared_bytes: int = 0
    cluster: int = 1
    cooperative: bool = False


class AlignedMap:
    """128 bytes for a tensor map, aligned as cuda.h declares ``CUtensorMap``; zeros at first."""

    ALIGNMENT = SIZE_BYTES = 128

    def __init__(self) -> None:
        self._room = ctypes.create_string_buffer(self.SIZE_BYTES + self.ALIGNMENT)

    def getPtr(self) -> int:  # noqa: N802 - the name cuda.bindings asks structures for
        """Return the address of the map."""
        return -(-ctypes.addressof(self._room) // self.ALIGNMENT) * self.ALIGNMENT


class Gpu(Protocol):
    """What measuring needs of a GPU."""

    @property
    def facts(self) -> Facts:
        """What the driver says of it."""

    def function(self, code: bytes, entry: str) -> Any:
        """Load machine code and return one of its kernels."""

    def allocate(self, size_bytes: int) -> int:
        """Return the address of new device memory."""

    def upload(self, address: int, data: np.ndarray[Any, Any]) -> None:
        """Copy an array to the device."""

    def download(self, address: int, data: np.ndarray[Any, Any]) -> None:
        """Fill an array from the device."""

    def clear(self, address: int, size_bytes: int) -> None:
        """Write zeros."""

    def launch(self, function: Any, launch: Launch, arguments: Sequence[Argument]) -> None:
        """Queue a kernel."""

    def clusters_at_once(self, function: Any, launch: Launch) -> int | None:
        """Return how many clusters run at once; ``None`` where the driver does not tell."""

    def timed(self, work: Sequence[tuple[Any, Launch, Sequence[Argument]]]) -> float:
        """Return the seconds between events around launches queued together."""

    def synchronize(self) -> None:
        """Wait until all queued work ended."""

    def graph(self, work: Sequence[tuple[Any, Launch, Sequence[Argument]]]) -> Any:
        """Record launches as a graph ready to be replayed."""

    def replay(self, graph: Any) -> None:
        """Queue a recorded graph."""

    def tensor_map(self, address: int, rows: int, row_bytes: int, box_rows: int) -> Argument:
        """Return a kernel argument that describes a matrix of bytes."""


def fresh_gpu() -> CudaGpu:
    """Return the first GPU this process may see, with the memory of the last point given back.

    ``DeviceError`` says what is missing.
    """
    gpu = _open_gpu()
    gpu.release()
    return gpu


@cache
def _open_gpu() -> CudaGpu:
    return CudaGpu()


class CudaGpu:
    """A GPU behind the CUDA driver, in its primary context (which torch shares)."""

    def __init__(self) -> None:
        self._driver = _driver()
        self._ask("cuInit", 0)
        self._device = self._ask("cuDeviceGet", 0)
        self._context = self._ask("cuDevicePrimaryCtxRetain", self._device)
        self._ask("cuCtxSetCurrent", self._context)
        self._stream = self._ask("cuStreamCreate", 1)  # CU_STREAM_NON_BLOCKING
        self._events = (self._ask("cuEventCreate", 0), self._ask("cuEventCreate", 0))
        self._modules: dict[bytes, Any] = {}
        self._kept: list[Any] = []
        self._allocated: list[int] = []
        self._gate = _Gate(self)
        self._facts = self._read_facts()

    @property
    def facts(self) -> Facts:
        """What the driver says of this GPU."""
        return self._facts

    def function(self, code: bytes, entry: str) -> Any:
        """Load machine code (once) and return one of its kernels, ready to start.

        A driver may put off loading to the first launch and then wait for running kernels to end
        (CUDA C++ Programming Guide, lazy loading): behind a closed gate that takes a second.
        """
        if code not in self._modules:
            image = ctypes.create_string_buffer(code, len(code))
            self._modules[code] = self._ask("cuModuleLoadData", ctypes.addressof(image))
        function = self._ask("cuModuleGetFunction", self._modules[code], entry.encode())
        with contextlib.suppress(RuntimeError):  # a driver before CUDA 12.4 has no such call
            self._ask("cuFuncLoad", function)
        return function

    def allocate(self, size_bytes: int) -> int:
        """Return the address of device memory. ``MemoryError`` when there is not enough."""
        address = int(self._ask("cuMemAlloc", size_bytes))
        self._allocated.append(address)
        return address

    def release(self) -> None:
        """Give all memory back that was allocated here."""
        while self._allocated:
            self._ask("cuMemFree", self._allocated.pop())

    def upload(self, address: int, data: np.ndarray[Any, Any]) -> None:
        """Copy an array to the device; it has arrived when this returns.

        A copy from pageable memory may still be under way when the driver's call returns (CUDA
        driver API, synchronisation behaviour), and our stream does not wait for the default one.
        """
        self._ask("cuMemcpyHtoD", address, data.ctypes.data, data.nbytes)
        self._ask("cuStreamSynchronize", 0)

    def download(self, address: int, data: np.ndarray[Any, Any]) -> None:
        """Fill an array from the device."""
        self._ask("cuMemcpyDtoH", data.ctypes.data, address, data.nbytes)

    def clear(self, address: int, size_bytes: int) -> None:
        """Write zeros, on the stream of the launches."""
        self._ask("cuMemsetD8Async", address, 0, size_bytes, self._stream)

    def launch(self, function: Any, launch: Launch, arguments: Sequence[Argument]) -> None:
        """Queue a kernel."""
        values = tuple(value for value, _ in arguments)
        kinds = tuple(kind for _, kind in arguments)
        self._ask("cuLaunchKernelEx", self._config(function, launch), function, (values, kinds), 0)

    def clusters_at_once(self, function: Any, launch: Launch) -> int | None:
        """Return how many clusters of a launch run at once, each within one group of SMs."""
        with contextlib.suppress(RuntimeError):  # a driver that has no such call
            return int(
                self._ask("cuOccupancyMaxActiveClusters", function, self._config(function, launch))
            )
        return None

    def _config(self, function: Any, launch: Launch) -> Any:
        config = self._driver.CUlaunchConfig()
        config.gridDimX, config.gridDimY, config.gridDimZ = launch.grid, 1, 1
        config.blockDimX, config.blockDimY, config.blockDimZ = launch.block, 1, 1
        config.sharedMemBytes = launch.shared_bytes
        config.hStream = self._stream
        attributes = self._attributes(function, launch)
        config.attrs, config.numAttrs = attributes, len(attributes)
        return config

    def timed(self, work: Sequence[tuple[Any, Launch, Sequence[Argument]]]) -> float:
        """Queue launches behind a closed gate, open it and return the seconds between events.

        Everything is queued before the first runs, so no gap of the host is timed.
        """
        start, stop = self._events
        self._gate.close()
        self._ask("cuEventRecord", start, self._stream)
        for function, launch, arguments in work:
            self.launch(function, launch, arguments)
        self._ask("cuEventRecord", stop, self._stream)
        self._gate.open()
        self._ask("cuEventSynchronize", stop)
        return float(self._ask("cuEventElapsedTime", start, stop)) * 1e-3

    def synchronize(self) -> None:
        """Wait until all queued work ended; a fault of a kernel is raised here."""
        self._ask("cuStreamSynchronize", self._stream)

    def graph(self, work: Sequence[tuple[Any, Launch, Sequence[Argument]]]) -> Any:
        """Record launches as a graph ready to be replayed."""
        self._ask("cuStreamBeginCapture", self._stream, self._enum("CUstreamCaptureMode", 2))
        for function, launch, arguments in work:
            self.launch(function, launch, arguments)
        graph = self._ask("cuStreamEndCapture", self._stream)
        return self._ask("cuGraphInstantiate", graph, 0)

    def replay(self, graph: Any) -> None:
        """Queue a recorded graph."""
        self._ask("cuGraphLaunch", graph, self._stream)

    def tensor_map(self, address: int, rows: int, row_bytes: int, box_rows: int) -> Argument:
        """Return a kernel argument: a matrix of bytes, copied ``box_rows`` whole rows at a time."""
        found = AlignedMap()
        sizes, strides = (ctypes.c_uint64 * 2)(row_bytes, rows), (ctypes.c_uint64 * 1)(row_bytes)
        box, steps = (ctypes.c_uint32 * 2)(row_bytes, box_rows), (ctypes.c_uint32 * 2)(1, 1)
        # Data type 0 is UINT8; no interleaving, swizzling or promotion, zeros outside (cuda.h).
        status = self._encode(found.getPtr(), 0, 2, address, sizes, strides, box, steps, 0, 0, 0, 0)
        if status:
            name = self._driver.CUresult(status).name
            raise DeviceError(f"cuTensorMapEncodeTiled: {name}")
        self._kept.append(found)
        return found, None

    @cached_property
    def _encode(self) -> Any:
        """The driver's function itself: cuda.bindings hands it a map aligned to 16 bytes.

        The driver wants 64 and answers CUDA_ERROR_INVALID_VALUE (cuda.h; NVIDIA/cuda-python 1692).
        """
        address, _ = self._ask("cuGetProcAddress", b"cuTensorMapEncodeTiled", 12000, 0)
        number, at = ctypes.c_uint32, ctypes.c_void_p
        kinds = (at, number, number, U64, at, at, at, at, number, number, number, number)
        return ctypes.CFUNCTYPE(ctypes.c_int, *kinds)(int(address))

    def pinned(self, size_bytes: int) -> int:
        """Return the address of page-locked host memory that the device sees under it too."""
        address = int(self._ask("cuMemHostAlloc", size_bytes, 2))  # CU_MEMHOSTALLOC_DEVICEMAP
        return int(self._ask("cuMemHostGetDevicePointer", address, 0))

    def _attributes(self, function: Any, launch: Launch) -> list[Any]:
        driver, found = self._driver, []
        kinds = driver.CUlaunchAttributeID
        limit = driver.CUfunction_attribute
        if launch.shared_bytes > 48 * 1024:
            name = limit.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES
            self._ask("cuFuncSetAttribute", function, name, launch.shared_bytes)
        if launch.cluster > 8:
            name = limit.CU_FUNC_ATTRIBUTE_NON_PORTABLE_CLUSTER_SIZE_ALLOWED
            self._ask("cuFuncSetAttribute", function, name, 1)
        if launch.cluster > 1:
            attribute = driver.CUlaunchAttribute()
            attribute.id = kinds.CU_LAUNCH_ATTRIBUTE_CLUSTER_DIMENSION
            shape = attribute.value.clusterDim
            shape.x, shape.y, shape.z = launch.cluster, 1, 1
            found.append(attribute)
        if launch.cooperative:
            attribute = driver.CUlaunchAttribute()
            attribute.id = kinds.CU_LAUNCH_ATTRIBUTE_COOPERATIVE
            attribute.value.cooperative = 1
            found.append(attribute)
        return found

    def _read_facts(self) -> Facts:
        def attribute(name: str) -> int:
            kind = getattr(self._driver.CUdevice_attribute, f"CU_DEVICE_ATTRIBUTE_{name}")
            return int(self._ask("cuDeviceGetAttribute", kind, self._device))

        name = self._ask("cuDeviceGetName", 256, self._device)
        major, minor = (attribute(f"COMPUTE_CAPABILITY_{part}") for part in ("MAJOR", "MINOR"))
        return Facts(
            name=name.decode().strip("\0 "),
            uuid=bytes(self._ask("cuDeviceGetUuid", self._device).bytes).hex(),
            compute_capability=f"{major}.{minor}",
            sm_count=attribute("MULTIPROCESSOR_COUNT"),
            l2_bytes=attribute("L2_CACHE_SIZE"),
            memory_bytes=int(self._ask("cuDeviceTotalMem", self._device)),
            clock_hz=1e3 * attribute("CLOCK_RATE"),
            shared_bytes_per_block=attribute("MAX_SHARED_MEMORY_PER_BLOCK_OPTIN"),
        )

    def _enum(self, name: str, value: int) -> Any:
        return getattr(self._driver, name)(value)

    def _ask(self, name: str, *arguments: Any) -> Any:
        """Call the driver; return its answer, or raise what the status means."""
        status, *values = getattr(self._driver, name)(*arguments)
        if int(status) != 0:
            if status.name == "CUDA_ERROR_OUT_OF_MEMORY":
                raise MemoryError(f"{name}: {status.name}")
            raise DeviceError(f"{name}: {status.name}")
        return values[0] if len(values) == 1 else tuple(values) or None


class _Gate:
    """Holds the stream until the host lets go, so that queueing is over before work begins."""

    def __init__(self, gpu: CudaGpu) -> None:
        from microbench.kernels.architectures import arch_of
        from microbench.kernels.cuda_module import module_of

        self._gpu = gpu
        self._address = gpu.pinned(4)
        self._flag = ctypes.c_uint32.from_address(self._address)
        driver = _driver()
        kinds = driver.CUdevice_attribute
        device = driver.cuDeviceGet(0)[1]
        parts = [
            driver.cuDeviceGetAttribute(kind, device)[1]
            for kind in (
                kinds.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR,
                kinds.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR,
            )
        ]
        arch = arch_of(f"{parts[0]}.{parts[1]}")
        code = module_of("support.memory.gate", arch).cubin.code
        self._function = gpu.function(code, "support_memory_gate")

    def close(self) -> None:
        """Queue the kernel that waits for ``open``, at most a second."""
        self._flag.value = 0
        self._gpu.launch(self._function, Launch(1, 1), [(self._address, U64)])

    def open(self) -> None:
        """Let the stream go on."""
        self._flag.value = 1


@cache
def _driver() -> Any:
    try:
        from cuda.bindings import driver
    except ImportError as error:
        raise DeviceError(
            'CUDA bindings are missing: pip install "hwprof[kernels]", or use --device cpu'
        ) from error
    try:
        driver.cuInit(0)
    except (RuntimeError, ImportError) as error:
        reason = str(error).splitlines()[0]
        raise DeviceError(f"no NVIDIA driver ({reason}): use --device cpu") from error
    return driver
