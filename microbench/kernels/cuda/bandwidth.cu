// Bytes per second through one level: each block walks tiles, IN_FLIGHT accesses of 16 bytes per
// thread before the first is used. READ leaves a sum of all words, so a lost or repeated line shows.
#include WRAPPER

extern "C" __global__ void __launch_bounds__(THREADS)
KERNEL(Stamp *stamps, const uint4 *a, const uint4 *b, uint4 *c, u32 tiles, u32 passes, u32 factor,
       u32 *sum) {
    const u64 start_ns = nanoseconds();
    const u64 start = cycles();
    uint4 total = {0, 0, 0, 0};
#pragma unroll 1
    for (u32 pass = 0; pass < passes; ++pass) {
#pragma unroll 1
        for (u32 tile = blockIdx.x; tile < tiles; tile += gridDim.x) {
            const u64 at = (u64)tile * (THREADS * IN_FLIGHT) + threadIdx.x;
#if defined(READ) || defined(COPY) || defined(TRIAD)
            uint4 x[IN_FLIGHT];
#pragma unroll
            for (int i = 0; i < IN_FLIGHT; ++i) x[i] = load(a + at + i * THREADS);
#endif
#ifdef TRIAD
            uint4 y[IN_FLIGHT];
#pragma unroll
            for (int i = 0; i < IN_FLIGHT; ++i) y[i] = load(b + at + i * THREADS);
#endif
#pragma unroll
            for (int i = 0; i < IN_FLIGHT; ++i) {
#ifdef READ
                total.x += x[i].x; total.y += x[i].y; total.z += x[i].z; total.w += x[i].w;
#elif defined(COPY)
                store(c + at + i * THREADS, x[i]);
#elif defined(TRIAD)
                x[i].x += factor * y[i].x; x[i].y += factor * y[i].y;
                x[i].z += factor * y[i].z; x[i].w += factor * y[i].w;
                store(c + at + i * THREADS, x[i]);
#else
                const uint4 value = {factor, factor, factor, factor};
                store(c + at + i * THREADS, value);
#endif
            }
        }
    }
#ifdef READ
    atomicAdd(sum, total.x + total.y + total.z + total.w);
#endif
    __syncthreads();
    const u64 stop = cycles();
    const u64 stop_ns = nanoseconds();
    leave(stamps, start, start, stop, start_ns, stop_ns);
}
