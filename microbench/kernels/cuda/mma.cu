// Matrix multiply-add of one warp. LATENCY (SHORT_STEPS set) chains through one accumulator;
// otherwise CHAINS accumulators per warp, and SETS pairs of A and B take turns, so that no product
// reads what the one before it read. Operands come from memory, so the host can check the sums.
// Where the assembler emulates the instruction, A changes before each multiply instead: it would
// fold equal products into sums.
#include WRAPPER

extern "C" __global__ void __launch_bounds__(512, 1)
KERNEL(Stamp *stamps, u32 trips, const part_t *a_in, const part_t *b_in, const u32 *meta, u32 flip,
       acc_t *out) {
    part_t a[SETS][A_PARTS], b[SETS][B_PARTS];
    acc_t c[CHAINS][C_PARTS];
    const u32 lane = threadIdx.x % 32;
#pragma unroll
    for (int s = 0; s < SETS; ++s) {
#pragma unroll
        for (int i = 0; i < A_PARTS; ++i) a[s][i] = a_in[(s * 32 + lane) * A_PARTS + i];
#pragma unroll
        for (int i = 0; i < B_PARTS; ++i) b[s][i] = b_in[(s * 32 + lane) * B_PARTS + i];
    }
    const u32 e = meta[lane];
#pragma unroll
    for (int k = 0; k < CHAINS; ++k)
#pragma unroll
        for (int i = 0; i < C_PARTS; ++i) c[k][i] = 0;
    __syncthreads();
    const u64 start_ns = nanoseconds();
    const u64 start = cycles();
    u64 middle = start;
#ifdef SHORT_STEPS
#pragma unroll 1
    for (u32 trip = 0; trip < trips; ++trip) {
#ifdef EMULATED
#pragma unroll
        for (int step = 0; step < SHORT_STEPS; ++step) {
#pragma unroll
            for (int i = 0; i < A_PARTS; ++i) a[0][i] += flip;
            multiply(c[0], a[0], b[0], e);
        }
#else
        multiply_short(c, a, b, e);
#endif
    }
    out[(u64)gridDim.x * blockDim.x * CHAINS * C_PARTS] = c[0][0];
    __syncthreads();
    middle = cycles();
#endif
#pragma unroll 1
    for (u32 trip = 0; trip < trips; ++trip) {
#ifdef EMULATED
#pragma unroll
        for (int step = 0; step < STEPS; ++step) {
#pragma unroll
            for (int k = 0; k < CHAINS; ++k) {
#pragma unroll
                for (int i = 0; i < A_PARTS; ++i) a[0][i] += flip;
                multiply(c[k], a[0], b[0], e);
            }
        }
#else
        multiply_long(c, a, b, e);
#endif
    }
    const u64 thread = (u64)blockIdx.x * blockDim.x + threadIdx.x;
#pragma unroll
    for (int k = 0; k < CHAINS; ++k)
#pragma unroll
        for (int i = 0; i < C_PARTS; ++i) out[(thread * CHAINS + k) * C_PARTS + i] = c[k][i];
    __syncthreads();
    const u64 stop = cycles();
    const u64 stop_ns = nanoseconds();
    leave(stamps, start, middle, stop, start_ns, stop_ns);
}
