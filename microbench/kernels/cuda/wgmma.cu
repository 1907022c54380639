// Matrix multiply-add of a warpgroup. A comes from shared memory, or from registers (A_PARTS set);
// B always from shared memory. Throughput issues STEPS products a trip and waits once, after the
// loop; latency (SHORT_STEPS set) waits for each product.
#include WRAPPER

DEVICE void arrive() { asm volatile("wgmma.fence.sync.aligned;" ::: "memory"); }
DEVICE void commit() { asm volatile("wgmma.commit_group.sync.aligned;" ::: "memory"); }
DEVICE void wait() { asm volatile("wgmma.wait_group.sync.aligned 0;" ::: "memory"); }

extern "C" __global__ void __launch_bounds__(MAX_THREADS, 1)
KERNEL(Stamp *stamps, u32 trips, const uint4 *tiles, const u32 *a_in, const u32 *meta,
       acc_t *out) {
    __shared__ __align__(1024) uint4 room[(A_BYTES + B_BYTES) / 16];
    for (u32 i = threadIdx.x; i < (A_BYTES + B_BYTES) / 16; i += blockDim.x) room[i] = tiles[i];
    asm volatile("fence.proxy.async.shared::cta;" ::: "memory");
    __syncthreads();
    const u64 b = wgmma_descriptor(shared_address(room) + A_BYTES, COLUMNS * 16, 128);
    const u32 e = meta[threadIdx.x % 128];
#ifdef A_PARTS
    u32 a[A_PARTS];
#pragma unroll
    for (int i = 0; i < A_PARTS; ++i) a[i] = a_in[(threadIdx.x % 128) * A_PARTS + i];
#else
    const u64 a = wgmma_descriptor(shared_address(room), 64 * 16, 128);
#endif
    acc_t c[C_PARTS];
#pragma unroll
    for (int i = 0; i < C_PARTS; ++i) c[i] = 0;
    __syncthreads();
    const u64 start_ns = nanoseconds();
    const u64 start = cycles();
    u64 middle = start;
#ifdef SHORT_STEPS
#pragma unroll 1
    for (u32 trip = 0; trip < trips; ++trip) {
#pragma unroll
        for (int step = 0; step < SHORT_STEPS; ++step) {
            arrive();
            multiply(c, a, b, e);
            commit();
            wait();
        }
    }
    middle = cycles();
#pragma unroll 1
    for (u32 trip = 0; trip < trips; ++trip) {
#pragma unroll
        for (int step = 0; step < STEPS; ++step) {
            arrive();
            multiply(c, a, b, e);
            commit();
            wait();
        }
    }
#else
#pragma unroll 1
    for (u32 trip = 0; trip < trips; ++trip) {
        // Arrive and commit once a trip: where they stand outside, the assembler of CUDA 13.0 adds
        // an arrival and an empty product of its own to carry the commit.
        arrive();
#pragma unroll
        for (int step = 0; step < STEPS; ++step) multiply(c, a, b, e);
        commit();
    }
    wait();
#endif
    __syncthreads();
    const u64 stop = cycles();
    const u64 stop_ns = nanoseconds();
    const u64 thread = (u64)blockIdx.x * blockDim.x + threadIdx.x;
#pragma unroll
    for (int i = 0; i < C_PARTS; ++i) out[thread * C_PARTS + i] = c[i];
    leave(stamps, start, middle, stop, start_ns, stop_ns);
}
