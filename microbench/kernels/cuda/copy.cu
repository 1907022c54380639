// Asynchronous copies from global to shared memory. GROUPS: cp.async of 16 bytes a thread, STAGES
// groups under way. Otherwise one thread starts bulk copies (BULK: a run of bytes, TENSOR: a tile of
// a two-dimensional tensor map), STAGES under way, each awaited on its own barrier.
#include WRAPPER

struct __align__(64) TensorMap {
    u64 words[16];
};

DEVICE void barrier_init(u32 barrier) {
    asm volatile("mbarrier.init.shared::cta.b64 [%0], 1;" ::"r"(barrier) : "memory");
}
DEVICE void barrier_expect(u32 barrier, u32 bytes) {
    asm volatile("mbarrier.arrive.expect_tx.shared::cta.b64 _, [%0], %1;" ::"r"(barrier), "r"(bytes)
                 : "memory");
}
DEVICE void barrier_wait(u32 barrier, u32 phase) {
    asm volatile(
        "{.reg .pred done;\n"
        "again: mbarrier.try_wait.parity.shared::cta.b64 done, [%0], %1;\n"
        "@!done bra again;}" ::"r"(barrier), "r"(phase) : "memory");
}

extern "C" __global__ void __launch_bounds__(1024, 1)
KERNEL(Stamp *stamps, const char *source, u32 slice_bytes, u32 copy_bytes, u32 rows, u32 trips,
       u32 *sum, const __grid_constant__ TensorMap map) {
    extern __shared__ __align__(1024) char landing[];
    __shared__ __align__(8) u64 barriers[STAGES];
    const u32 base = shared_address(landing);
    const char *slice = source + (u64)blockIdx.x * slice_bytes;
#ifdef GROUPS
    const u32 tile_bytes = blockDim.x * 16;
    __syncthreads();
    const u64 start_ns = nanoseconds();
    const u64 start = cycles();
    u32 at = threadIdx.x * 16;
#pragma unroll 1
    for (u32 trip = 0; trip < trips; ++trip) {
#pragma unroll
        for (int stage = 0; stage < STAGES; ++stage) {
            copy(base + stage * tile_bytes + threadIdx.x * 16, slice + at);
            asm volatile("cp.async.commit_group;" ::: "memory");
            asm volatile("cp.async.wait_group %0;" ::"n"(STAGES - 1) : "memory");
            at += tile_bytes;
            if (at >= slice_bytes) at = threadIdx.x * 16;
        }
    }
    asm volatile("cp.async.wait_group 0;" ::: "memory");
#else
    const u32 first_barrier = shared_address(barriers);
    if (threadIdx.x == 0) {
#pragma unroll
        for (int stage = 0; stage < STAGES; ++stage) barrier_init(first_barrier + 8 * stage);
        asm volatile("fence.mbarrier_init.release.cluster;" ::: "memory");
    }
    __syncthreads();
    const u64 start_ns = nanoseconds();
    const u64 start = cycles();
    if (threadIdx.x == 0) {
        u32 at = 0;
#pragma unroll 1
        for (u32 trip = 0; trip < trips; ++trip) {
            const u32 phase = (trip - 1) & 1;
#pragma unroll
            for (int stage = 0; stage < STAGES; ++stage) {
                const u32 barrier = first_barrier + 8 * stage;
                if (trip > 0) barrier_wait(barrier, phase);
                barrier_expect(barrier, copy_bytes);
#ifdef TENSOR
                copy(base + stage * copy_bytes, &map, 0, blockIdx.x * slice_bytes + at, barrier);
                at += rows;
                if (at >= slice_bytes) at = 0;
#else
                copy(base + stage * copy_bytes, slice + at, copy_bytes, barrier);
                at += copy_bytes;
                if (at >= slice_bytes) at = 0;
#endif
            }
        }
#pragma unroll 1
        for (int stage = 0; stage < STAGES; ++stage)
            barrier_wait(first_barrier + 8 * stage, (trips - 1) & 1);
    }
#endif
    __syncthreads();
    const u64 stop = cycles();
    const u64 stop_ns = nanoseconds();
    // What the last STAGES copies brought: proof that bytes arrived where they should.
    u32 total = 0;
    for (u32 i = threadIdx.x; i < STAGES * copy_bytes / 4; i += blockDim.x)
        total += ((const u32 *)landing)[i];
    atomicAdd(sum + blockIdx.x, total);
    leave(stamps, start, start, stop, start_ns, stop_ns);
}
