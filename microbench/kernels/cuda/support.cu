// Not timed: fills memory with a known pattern, so that sums and copies can be checked.
#include WRAPPER

extern "C" __global__ void KERNEL(uint4 *to, u64 count, u32 factor, u32 offset) {
    const u64 step = (u64)gridDim.x * blockDim.x;
    for (u64 i = (u64)blockIdx.x * blockDim.x + threadIdx.x; i < count; i += step) {
        const u32 word = (u32)(4 * i);
        const uint4 value = {word * factor + offset, (word + 1) * factor + offset,
                             (word + 2) * factor + offset, (word + 3) * factor + offset};
        to[i] = value;
    }
}
