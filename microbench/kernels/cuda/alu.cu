// Arithmetic: chains of one instruction. LATENCY (set) times a short and a long body of one chain, so
// that the difference holds no loop; otherwise CHAINS independent chains per thread fill the pipe.
#include WRAPPER

extern "C" __global__ void __launch_bounds__(1024)
KERNEL(Stamp *stamps, u32 trips, const value_t *in, value_t *out) {
    value_t x[CHAINS];
    const u32 lane = threadIdx.x % 32;
#pragma unroll
    for (int c = 0; c < CHAINS; ++c) x[c] = in[lane + 32 * c];
    const value_t a = in[lane + 32 * CHAINS], b = in[lane + 32 * (CHAINS + 1)];
    __syncthreads();
    const u64 start_ns = nanoseconds();
    const u64 start = cycles();
    u64 middle = start;
#ifdef LATENCY
#pragma unroll 1
    for (u32 trip = 0; trip < trips; ++trip) operate_short(x, a, b);
    out[1024 * gridDim.x * CHAINS + threadIdx.x] = x[0];  // the clock must not be read early
    __syncthreads();
    middle = cycles();
#endif
#pragma unroll 1
    for (u32 trip = 0; trip < trips; ++trip) operate_long(x, a, b);
#pragma unroll
    for (int c = 0; c < CHAINS; ++c)
        out[(blockIdx.x * CHAINS + c) * blockDim.x + threadIdx.x] = x[c];
    __syncthreads();
    const u64 stop = cycles();
    const u64 stop_ns = nanoseconds();
    leave(stamps, start, middle, stop, start_ns, stop_ns);
}
