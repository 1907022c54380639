// Matrix multiply-add of Blackwell's fifth generation: A and B in shared memory, the sum in tensor
// memory. One thread issues all products into one accumulator, SETS pairs of A and B in turn.
// Throughput waits once, at the end; LATENCY waits for each product. Block scales and sparse indices
// are one and the same word everywhere (EXTRA set), so their layout does not matter. PAIR: two blocks
// of a cluster hold half of the rows of A and of the columns of B each, the first issues.
#include WRAPPER

#define SET_WORDS ((A_BYTES + B_BYTES) / 16)
#ifdef PAIR
#define GROUP "2"
#else
#define GROUP "1"
#endif

DEVICE void commit(u32 barrier) {
#ifdef PAIR
    asm volatile("tcgen05.commit.cta_group::2.mbarrier::arrive::one.shared::cluster"
                 ".multicast::cluster.b64 [%0], %1;" ::"r"(barrier), "h"((u16)3) : "memory");
#else
    asm volatile("tcgen05.commit.cta_group::1.mbarrier::arrive::one.shared::cluster.b64 [%0];" ::"r"(
        barrier) : "memory");
#endif
}
DEVICE void await(u32 barrier, u32 phase) {
    asm volatile(
        "{.reg .pred done;\n"
        "again: mbarrier.try_wait.parity.shared::cta.b64 done, [%0], %1;\n"
        "@!done bra again;}" ::"r"(barrier), "r"(phase) : "memory");
}
DEVICE void meet() {
#ifdef PAIR
    asm volatile("barrier.cluster.arrive.aligned;\nbarrier.cluster.wait.aligned;" ::: "memory");
#else
    __syncthreads();
#endif
}

extern "C" __global__ void __launch_bounds__(128, 1)
KERNEL(Stamp *stamps, u32 trips, const uint4 *tiles, u32 word, u32 *out) {
    __shared__ __align__(1024) uint4 room[SETS * SET_WORDS];
    __shared__ u32 tensor_memory;
    __shared__ __align__(8) u64 barrier_word;
    __shared__ u64 between;
    u32 rank = 0;
#ifdef PAIR
    asm volatile("mov.u32 %0, %%cluster_ctarank;" : "=r"(rank));
#endif
    const uint4 *mine = tiles + rank * SETS * SET_WORDS;
    for (u32 i = threadIdx.x; i < SETS * SET_WORDS; i += blockDim.x) room[i] = mine[i];
    const u32 barrier = shared_address(&barrier_word);
    if (threadIdx.x < 32) {
        asm volatile("tcgen05.alloc.cta_group::" GROUP ".sync.aligned.shared::cta.b32 [%0], 512;" ::"r"(
            shared_address(&tensor_memory)) : "memory");
        asm volatile("tcgen05.relinquish_alloc_permit.cta_group::" GROUP ".sync.aligned;");
    }
    if (threadIdx.x == 0) {
        asm volatile("mbarrier.init.shared::cta.b64 [%0], 1;" ::"r"(barrier) : "memory");
        asm volatile("fence.mbarrier_init.release.cluster;" ::: "memory");
    }
    asm volatile("fence.proxy.async.shared::cta;" ::: "memory");
    asm volatile("tcgen05.fence::before_thread_sync;" ::: "memory");
    __syncthreads();
    asm volatile("tcgen05.fence::after_thread_sync;" ::: "memory");
    const u32 sum = tensor_memory, extra = sum + 256;
#ifdef EXTRA
    // Each warp writes its 32 lanes of 64 columns.
#pragma unroll 1
    for (u32 column = 0; column < 64; ++column)
        asm volatile("tcgen05.st.sync.aligned.32x32b.x1.b32 [%0], {%1};" ::"r"(
            extra + ((threadIdx.x / 32) << 21) + column), "r"(word) : "memory");
    asm volatile("tcgen05.wait::st.sync.aligned;" ::: "memory");
    asm volatile("tcgen05.fence::before_thread_sync;" ::: "memory");
#endif
    meet();
    asm volatile("tcgen05.fence::after_thread_sync;" ::: "memory");
    u64 a[SETS], b[SETS];
    a[0] = tcgen05_descriptor(shared_address(room), ROWS * 16, 128);
    b[0] = tcgen05_descriptor(shared_address(room) + A_BYTES, B_ROWS * 16, 128);
#pragma unroll
    for (int s = 1; s < SETS; ++s) {
        a[s] = a[0] + s * SET_WORDS;
        b[s] = b[0] + s * SET_WORDS;
    }
    const u32 kind = INSTRUCTION;
    const u64 start_ns = nanoseconds();
    const u64 start = cycles();
    u32 phase = 0;
    if (threadIdx.x < 32 && rank == 0) {
        u32 chosen;
        asm volatile("{.reg .pred p; elect.sync _|p, -1; selp.u32 %0, 1, 0, p;}" : "=r"(chosen));
        if (chosen) {
            multiply_first(sum, a, b, kind, extra);
#ifdef LATENCY
#pragma unroll 1
            for (u32 trip = 0; trip < trips; ++trip) {
#pragma unroll
                for (int step = 0; step < SHORT_STEPS; ++step) {
                    multiply_long(sum, a, b, kind, extra);
                    commit(barrier);
                    await(barrier, phase);
                    phase ^= 1;
                }
            }
            between = cycles();
#pragma unroll 1
            for (u32 trip = 0; trip < trips; ++trip) {
#pragma unroll
                for (int step = 0; step < LONG_STEPS; ++step) {
                    multiply_long(sum, a, b, kind, extra);
                    commit(barrier);
                    await(barrier, phase);
                    phase ^= 1;
                }
            }
#else
#pragma unroll 1
            for (u32 trip = 0; trip < trips; ++trip) multiply_long(sum, a, b, kind, extra);
            commit(barrier);
#endif
        }
    }
#ifdef LATENCY
    __syncthreads();
    const u64 middle = between;
#else
    await(barrier, phase);
    const u64 middle = start;
#endif
    const u64 stop = cycles();
    const u64 stop_ns = nanoseconds();
    asm volatile("tcgen05.fence::after_thread_sync;" ::: "memory");
    // Row 32 * warp + lane of the sum, eight columns at a time.
#pragma unroll 1
    for (u32 column = 0; column < COLUMNS; column += 8) {
        u32 v[8];
        const u32 from = sum + ((threadIdx.x / 32) << 21) + column;
        asm volatile("tcgen05.ld.sync.aligned.32x32b.x8.b32 {%0, %1, %2, %3, %4, %5, %6, %7}, [%8];"
                     : "=r"(v[0]), "=r"(v[1]), "=r"(v[2]), "=r"(v[3]), "=r"(v[4]), "=r"(v[5]),
                       "=r"(v[6]), "=r"(v[7]) : "r"(from));
        asm volatile("tcgen05.wait::ld.sync.aligned;" ::: "memory");
#pragma unroll
        for (int i = 0; i < 8; ++i)
            out[((u64)blockIdx.x * ROWS + threadIdx.x) * COLUMNS + column + i] = v[i];
    }
    asm volatile("tcgen05.fence::before_thread_sync;" ::: "memory");
    meet();
    if (threadIdx.x < 32)
        asm volatile("tcgen05.dealloc.cta_group::" GROUP ".sync.aligned.b32 %0, 512;" ::"r"(sum));
    leave(stamps, start, middle, stop, start_ns, stop_ns);
}
