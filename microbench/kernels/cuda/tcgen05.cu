// Matrix multiply-add of Blackwell's fifth generation: A and B in shared memory, the sum in tensor
// memory. One thread issues STEPS products a trip into one accumulator and waits once at the end.
#include WRAPPER

extern "C" __global__ void __launch_bounds__(128, 1)
KERNEL(Stamp *stamps, u32 trips, const uint4 *tiles, u32 *out) {
    __shared__ __align__(1024) uint4 room[(A_BYTES + B_BYTES) / 16];
    __shared__ u32 tensor_memory;
    __shared__ __align__(8) u64 barrier_word;
    for (u32 i = threadIdx.x; i < (A_BYTES + B_BYTES) / 16; i += blockDim.x) room[i] = tiles[i];
    const u32 barrier = shared_address(&barrier_word);
    if (threadIdx.x < 32)
        asm volatile("tcgen05.alloc.cta_group::1.sync.aligned.shared::cta.b32 [%0], 256;" ::"r"(
            shared_address(&tensor_memory)) : "memory");
    if (threadIdx.x == 0)
        asm volatile("mbarrier.init.shared::cta.b64 [%0], 1;" ::"r"(barrier) : "memory");
    asm volatile("fence.proxy.async.shared::cta;" ::: "memory");
    __syncthreads();
    asm volatile("tcgen05.fence::after_thread_sync;" ::: "memory");
    const u32 sum = tensor_memory;
    const u64 a = tcgen05_descriptor(shared_address(room), ROWS * 16, 128);
    const u64 b = tcgen05_descriptor(shared_address(room) + A_BYTES, COLUMNS * 16, 128);
    const u32 kind = tcgen05_instruction(C_FORMAT, AB_FORMAT, AB_FORMAT, ROWS, COLUMNS);
    const u64 start_ns = nanoseconds();
    const u64 start = cycles();
    if (threadIdx.x < 32) {
        u32 chosen;
        asm volatile("{.reg .pred p; elect.sync _|p, -1; selp.u32 %0, 1, 0, p;}" : "=r"(chosen));
        if (chosen) {
            multiply(sum, a, b, kind, 0);
#pragma unroll 1
            for (u32 trip = 0; trip < trips; ++trip) {
#pragma unroll
                for (int step = 0; step < STEPS; ++step) multiply(sum, a, b, kind, 1);
            }
            asm volatile("tcgen05.commit.cta_group::1.mbarrier::arrive::one.shared::cluster.b64 [%0];" ::
                             "r"(barrier) : "memory");
        }
    }
    asm volatile(
        "{.reg .pred done;\n"
        "again: mbarrier.try_wait.parity.shared::cta.b64 done, [%0], 0;\n"
        "@!done bra again;}" ::"r"(barrier) : "memory");
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
    __syncthreads();
    if (threadIdx.x < 32) {
        asm volatile("tcgen05.dealloc.cta_group::1.sync.aligned.b32 %0, 256;" ::"r"(sum));
        asm volatile("tcgen05.relinquish_alloc_permit.cta_group::1.sync.aligned;");
    }
    leave(stamps, start, start, stop, start_ns, stop_ns);
}
