// Latency of one load: a chain through a ring of pointers in random order.
//
// Every node of the ring holds the address of the next, so a load cannot start before the one
// before it ended. The ring is walked untimed first (cache and TLB state as the host asked for),
// then timed. The last address is left behind: the host knows where the walk must end. One block may
// be chosen to walk alone, so that SMs near and far from a line can be told apart.
#include WRAPPER

extern "C" __global__ void KERNEL(Stamp *stamps, u64 first, u32 warm_trips, u32 trips, u64 *last,
                                  const u32 *shared_ring, u32 shared_words, u32 alone) {
    if (gridDim.x > 1 && blockIdx.x != alone) return;
#ifdef SHARED
    extern __shared__ u32 ring[];
    for (u32 i = threadIdx.x; i < shared_words; i += blockDim.x)
        ring[i] = shared_address(ring) + 4 * shared_ring[i];
    __syncthreads();
    address_t node = shared_address(ring) + (u32)first;
#else
    address_t node = first;
#endif
#pragma unroll 1
    for (u32 trip = 0; trip < warm_trips; ++trip) {
#pragma unroll
        for (int step = 0; step < STEPS; ++step) node = load(node);
    }
    last[2 * blockIdx.x] = (u64)node;  // the clock below must not start before the walk ended
    const u64 start_ns = nanoseconds();
    const u64 start = cycles();
#pragma unroll 1
    for (u32 trip = 0; trip < trips; ++trip) {
#pragma unroll
        for (int step = 0; step < STEPS; ++step) node = load(node);
    }
    last[2 * blockIdx.x + 1] = (u64)node;
    const u64 stop = cycles();
    const u64 stop_ns = nanoseconds();
    leave(stamps, start, start, stop, start_ns, stop_ns);
}
