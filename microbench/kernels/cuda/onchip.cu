// Bytes per cycle of one SM from its own L1 or shared memory: every block reads its own slice over
// and over, IN_FLIGHT accesses of 16 bytes per thread before the first is used.
#include WRAPPER

extern "C" __global__ void __launch_bounds__(1024, 1)
KERNEL(Stamp *stamps, const uint4 *slices, u32 slice_bytes, u32 tiles, u32 passes, u32 *sum) {
    extern __shared__ uint4 room[];
    const u32 words = slice_bytes / 16;
#ifdef SHARED
    for (u32 i = threadIdx.x; i < words; i += blockDim.x)
        room[i] = slices[(u64)blockIdx.x * words + i];
    const address_t base = shared_address(room) + 16 * threadIdx.x;
#else
    const address_t base = (address_t)(slices + (u64)blockIdx.x * words + threadIdx.x);
#endif
    uint4 total = {0, 0, 0, 0};
    __syncthreads();
    const u64 start_ns = nanoseconds();
    const u64 start = cycles();
    const u32 tile_bytes = 16 * IN_FLIGHT * blockDim.x;
#pragma unroll 1
    for (u32 pass = 0; pass < passes; ++pass) {
#pragma unroll 1
        for (u32 tile = 0; tile < tiles; ++tile) {
            const address_t at = base + tile * tile_bytes;
            uint4 x[IN_FLIGHT];
#pragma unroll
            for (int i = 0; i < IN_FLIGHT; ++i) x[i] = load(at + i * 16 * blockDim.x);
#pragma unroll
            for (int i = 0; i < IN_FLIGHT; ++i) {
                total.x += x[i].x; total.y += x[i].y; total.z += x[i].z; total.w += x[i].w;
            }
        }
    }
    atomicAdd(sum, total.x + total.y + total.z + total.w);
    __syncthreads();
    const u64 stop = cycles();
    const u64 stop_ns = nanoseconds();
    leave(stamps, start, start, stop, start_ns, stop_ns);
}
