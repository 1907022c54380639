// Not timed: holds the stream until the host writes the flag, at most a second.
#include WRAPPER

extern "C" __global__ void KERNEL(const volatile u32 *flag) {
    const u64 start = nanoseconds();
    while (*flag == 0 && nanoseconds() - start < 1000000000ull) {}
}
