// Atomic operations: LATENCY chains one thread's through the returned value; otherwise every thread
// adds STEPS times without waiting for an answer. The sums are checked by the host.
#include WRAPPER

extern "C" __global__ void __launch_bounds__(1024)
KERNEL(Stamp *stamps, u32 trips, u32 *cells, u32 spread, u32 *result) {
    __shared__ u32 own[1024];
    own[threadIdx.x] = 0;
    __syncthreads();
#ifdef SHARED
    const address_t at = shared_address(own) + 4 * (threadIdx.x * spread % 1024);
#else
    const u64 thread = (u64)blockIdx.x * blockDim.x + threadIdx.x;
    const address_t at = (address_t)(cells + thread * spread);
#endif
    const u64 start_ns = nanoseconds();
    const u64 start = cycles();
    u64 middle = start;
    u32 value = 1;
#ifdef SHORT_STEPS
#pragma unroll 1
    for (u32 trip = 0; trip < trips; ++trip) {
#pragma unroll
        for (int step = 0; step < SHORT_STEPS; ++step) value = operate(at, value);
    }
    result[1024 * gridDim.x + threadIdx.x] = value;
    middle = cycles();
#endif
#pragma unroll 1
    for (u32 trip = 0; trip < trips; ++trip) {
#pragma unroll
        for (int step = 0; step < STEPS; ++step) value = operate(at, value);
    }
    result[blockIdx.x * blockDim.x + threadIdx.x] = value;
    __syncthreads();
    const u64 stop = cycles();
    const u64 stop_ns = nanoseconds();
#ifdef SHARED
    atomicAdd(cells, own[threadIdx.x]);
#endif
    leave(stamps, start, middle, stop, start_ns, stop_ns);
}
