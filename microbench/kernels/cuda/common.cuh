// Clocks, stamps and sinks shared by every kernel. Included by name; never from the file system.
#pragma once

typedef unsigned int u32;
typedef unsigned long long u64;
typedef unsigned short u16;

#ifdef __CUDACC__
#define DEVICE static __device__ __forceinline__

// What the first thread of each block leaves behind: SM cycles around each loop, device
// nanoseconds around the whole, and the SM it ran on. Six 64-bit words.
struct Stamp {
    u64 start, middle, stop, start_ns, stop_ns, sm;
};

DEVICE u64 cycles() {
    u64 value;
    asm volatile("mov.u64 %0, %%clock64;" : "=l"(value)::"memory");
    return value;
}

DEVICE u64 nanoseconds() {
    u64 value;
    asm volatile("mov.u64 %0, %%globaltimer;" : "=l"(value)::"memory");
    return value;
}

DEVICE u32 multiprocessor() {
    u32 value;
    asm volatile("mov.u32 %0, %%smid;" : "=r"(value));
    return value;
}

DEVICE void leave(Stamp *stamps, u64 start, u64 middle, u64 stop, u64 start_ns, u64 stop_ns) {
    if (threadIdx.x == 0) {
        const u32 block = blockIdx.x;
        stamps[block] = {start, middle, stop, start_ns, stop_ns, (u64)multiprocessor()};
    }
}

// Address of shared memory as 32-bit load instructions take it.
DEVICE u32 shared_address(const void *pointer) {
    return (u32)__cvta_generic_to_shared(pointer);
}
#endif
