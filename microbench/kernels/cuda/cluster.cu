// Distributed shared memory: block 0 of each cluster chases a ring that lies in another block's
// shared memory (LATENCY), or every block reads its neighbour's over and over.
#include WRAPPER

extern "C" __global__ void __launch_bounds__(1024, 1)
KERNEL(Stamp *stamps, const u32 *ring, u32 words, u32 target, u32 tiles, u32 trips, u32 *result) {
    extern __shared__ uint4 room[];
    const u32 own = shared_address(room);
#ifdef LATENCY
    const u32 base = address_in(own, target);
    if (rank_in_cluster() == target)
        for (u32 i = threadIdx.x; i < words; i += blockDim.x)
            ((u32 *)room)[i] = base + 4 * ring[i];
    cluster_barrier();
    u32 node = base;
    const u64 start_ns = nanoseconds();
    const u64 start = cycles();
    if (rank_in_cluster() == 0) {
#pragma unroll 1
        for (u32 trip = 0; trip < trips; ++trip) {
#pragma unroll
            for (int step = 0; step < STEPS; ++step) node = load(node);
        }
    }
    result[blockIdx.x] = node - base;
#else
    for (u32 i = threadIdx.x; i < words; i += blockDim.x) ((u32 *)room)[i] = ring[i];
    cluster_barrier();
    const u32 neighbour = (rank_in_cluster() + target) % blocks_in_cluster();
    const u32 base = address_in(own, neighbour) + 16 * threadIdx.x;
    uint4 total = {0, 0, 0, 0};
    const u64 start_ns = nanoseconds();
    const u64 start = cycles();
#pragma unroll 1
    for (u32 trip = 0; trip < trips; ++trip) {
#pragma unroll 1
        for (u32 tile = 0; tile < tiles; ++tile) {
            const u32 at = base + tile * 16 * IN_FLIGHT * blockDim.x;
            uint4 x[IN_FLIGHT];
#pragma unroll
            for (int i = 0; i < IN_FLIGHT; ++i) x[i] = load(at + i * 16 * blockDim.x);
#pragma unroll
            for (int i = 0; i < IN_FLIGHT; ++i) {
                total.x += x[i].x; total.y += x[i].y; total.z += x[i].z; total.w += x[i].w;
            }
        }
    }
    atomicAdd(result, total.x + total.y + total.z + total.w);
#endif
    __syncthreads();
    const u64 stop = cycles();
    const u64 stop_ns = nanoseconds();
    cluster_barrier();  // a block may not end while others read its shared memory
    leave(stamps, start, start, stop, start_ns, stop_ns);
}
