// The shipped kernels on the host: every CUDA thread is a fibre, a barrier lets the others run.
// Inline assembly of the sources disappears; the wrappers stand in for what matters of it.
#pragma once
#include <math.h>
#include <stdint.h>
#include <string.h>
#include <ucontext.h>

#include <chrono>
#include <functional>
#include <tuple>
#include <vector>

typedef uint32_t u32;
typedef unsigned long long u64;
typedef uint16_t u16;
struct uint4 { u32 x, y, z, w; };
struct Index { u32 x; };
static Index threadIdx, blockIdx, blockDim, gridDim;
static u32 cluster_size = 1;

#define __CUDACC__ 1
#define __host__
#define __device__
#define __forceinline__ inline
#define __global__
#define __launch_bounds__(...)
#define __align__(n) __attribute__((aligned(n)))
#define __shared__ static
#define __grid_constant__
#define DEVICE static inline

struct Stamp { u64 start, middle, stop, start_ns, stop_ns, sm; };

struct Fibre {
    ucontext_t context;
    u32 block, thread;
    int waiting;  // 1: for its block, 2: for its cluster
    bool done;
};
static Fibre *running;
static ucontext_t scheduler;
static std::function<void()> *body;
static char stacks[4096][32 << 10];

static void start_fibre() { (*body)(); running->done = true; swapcontext(&running->context, &scheduler); }
static void yield() { swapcontext(&running->context, &scheduler); }
static void __syncthreads() { running->waiting = 1; yield(); }
static void cluster_barrier() { running->waiting = 2; yield(); }

static void release(std::vector<Fibre> &fibres, size_t first, size_t count, int barrier) {
    for (size_t i = first; i < first + count; ++i)
        if (!fibres[i].done && fibres[i].waiting != barrier) return;
    for (size_t i = first; i < first + count; ++i) fibres[i].waiting = 0;
}
static void run_blocks(u32 first, u32 count) {
    std::vector<Fibre> fibres((size_t)count * blockDim.x);
    size_t left = fibres.size();
    for (size_t i = 0; i < fibres.size(); ++i) {
        Fibre &one = fibres[i];
        one.block = first + i / blockDim.x;
        one.thread = i % blockDim.x;
        one.waiting = 0;
        one.done = false;
        getcontext(&one.context);
        one.context.uc_stack.ss_sp = stacks[i];
        one.context.uc_stack.ss_size = sizeof stacks[i];
        makecontext(&one.context, start_fibre, 0);
    }
    while (left) {
        for (Fibre &one : fibres) {
            if (one.done || one.waiting) continue;
            running = &one;
            threadIdx.x = one.thread;
            blockIdx.x = one.block;
            swapcontext(&scheduler, &one.context);
            left -= one.done;
        }
        for (u32 block = 0; block < count; ++block)
            release(fibres, (size_t)block * blockDim.x, blockDim.x, 1);
        release(fibres, 0, fibres.size(), 2);
    }
}
extern "C" void run_grid(void *job, u32 grid, u32 block, u32 cluster, u32 cooperative) {
    body = (std::function<void()> *)job;
    gridDim.x = grid;
    blockDim.x = block;
    cluster_size = cluster;
    const u32 together = cooperative ? grid : cluster;
    for (u32 first = 0; first < grid; first += together) run_blocks(first, together);
}
template <class... A, size_t... I>
static void *bound(void (*kernel)(A...), void **p, std::index_sequence<I...>) {
    std::tuple<std::decay_t<A>...> kept{*(std::decay_t<A> *)p[I]...};
    return new std::function<void()>([=] { std::apply(kernel, kept); });
}
template <class... A> static void *bound(void (*kernel)(A...), void **p) {
    return bound(kernel, p, std::index_sequence_for<A...>{});
}

static u64 nanoseconds() {
    using namespace std::chrono;
    return duration_cast<std::chrono::nanoseconds>(steady_clock::now().time_since_epoch()).count();
}
static u64 cycles() { return nanoseconds(); }
static void leave(Stamp *stamps, u64 start, u64 middle, u64 stop, u64 start_ns, u64 stop_ns) {
    if (threadIdx.x == 0)
        stamps[blockIdx.x] = {start, middle, stop, start_ns, stop_ns, blockIdx.x};
}
// Shared memory of each block of a cluster; static arrays of a source serve one block at a time.
static const u32 ROOM = 256 << 10;
static char rooms[16][ROOM] __attribute__((aligned(1024)));
static char *block_shared() { return rooms[blockIdx.x % cluster_size]; }
static u32 shared_address(const void *pointer) { return (u32)((const char *)pointer - rooms[0]); }
static void *at_shared(u32 address) { return rooms[0] + (int32_t)address; }
static u32 atomicAdd(u32 *at, u32 value) { const u32 before = *at; *at += value; return before; }

#define asm
#define volatile(...)
