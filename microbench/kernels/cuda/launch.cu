// Launch costs: a kernel that does nothing, and one whose blocks meet at a barrier over the grid.
#include WRAPPER

#ifdef EMPTY
extern "C" __global__ void KERNEL(u32 *counter) {}
#else
extern "C" __global__ void __launch_bounds__(1024)
KERNEL(Stamp *stamps, u32 trips, u32 *counter) {
    const u64 start_ns = nanoseconds();
    const u64 start = cycles();
#pragma unroll 1
    for (u32 trip = 1; trip <= trips; ++trip) {
        __syncthreads();
        if (threadIdx.x == 0) {
            add_release(counter);
            while (load_acquire(counter) < trip * gridDim.x) {}
        }
        __syncthreads();
    }
    const u64 stop = cycles();
    const u64 stop_ns = nanoseconds();
    leave(stamps, start, start, stop, start_ns, stop_ns);
}
#endif
