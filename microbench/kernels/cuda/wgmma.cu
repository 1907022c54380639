// Matrix multiply-add of a warpgroup. A comes from shared memory, or from registers (A_PARTS set);
// B always from shared memory. Throughput issues its products in one piece a trip, SETS pairs of A
// and B in turn, and waits once, after the loop; latency (LATENCY set) waits for each product.
#include WRAPPER

#define SET_WORDS ((A_BYTES + B_BYTES) / 16)

extern "C" __global__ void __launch_bounds__(MAX_THREADS, 1)
KERNEL(Stamp *stamps, u32 trips, const uint4 *tiles, const u32 *a_in, const u32 *meta,
       acc_t *out) {
    __shared__ __align__(1024) uint4 room[SETS * SET_WORDS];
    for (u32 i = threadIdx.x; i < SETS * SET_WORDS; i += blockDim.x) room[i] = tiles[i];
    asm volatile("fence.proxy.async.shared::cta;" ::: "memory");
    __syncthreads();
    // Descriptors of later pairs are sums, not made anew: the assembler makes them again each trip.
    u64 b[SETS];
    b[0] = wgmma_descriptor(shared_address(room) + A_BYTES, COLUMNS * 16, 128);
    const u32 e = meta[threadIdx.x % 128];
#ifdef A_PARTS
    u32 a[SETS][A_PARTS];
#else
    u64 a[SETS];
    a[0] = wgmma_descriptor(shared_address(room), 64 * 16, 128);
#endif
#pragma unroll
    for (int s = 0; s < SETS; ++s) {
        b[s] = b[0] + s * SET_WORDS;
#ifdef A_PARTS
#pragma unroll
        for (int i = 0; i < A_PARTS; ++i)
            a[s][i] = a_in[(s * 128 + threadIdx.x % 128) * A_PARTS + i];
#else
        a[s] = a[0] + s * SET_WORDS;
#endif
    }
    acc_t c[C_PARTS];
#pragma unroll
    for (int i = 0; i < C_PARTS; ++i) c[i] = 0;
    __syncthreads();
    const u64 start_ns = nanoseconds();
    const u64 start = cycles();
    u64 middle = start;
#ifdef LATENCY
#pragma unroll 1
    for (u32 trip = 0; trip < trips; ++trip) multiply_short(c, a, b, e);
    middle = cycles();
#endif
    // A throughput body arrives and commits once a trip: where they stand outside, the assembler of
    // CUDA 13.0 adds an arrival and an empty product of its own to carry the commit.
#pragma unroll 1
    for (u32 trip = 0; trip < trips; ++trip) multiply_long(c, a, b, e);
    asm volatile("wgmma.wait_group.sync.aligned 0;" ::: "memory");
    __syncthreads();
    const u64 stop = cycles();
    const u64 stop_ns = nanoseconds();
    const u64 thread = (u64)blockIdx.x * blockDim.x + threadIdx.x;
#pragma unroll
    for (int i = 0; i < C_PARTS; ++i) out[thread * C_PARTS + i] = c[i];
    leave(stamps, start, middle, stop, start_ns, stop_ns);
}
