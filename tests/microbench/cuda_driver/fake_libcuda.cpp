// A CUDA driver for tests: libcuda.so.1 with one GPU whose memory is the host's and whose kernels
// are host builds of the shipped sources (host_cuda.h). It keeps the promises that bite: streams run
// beside the host, uploads from pageable memory arrive late, and the first launch of a function that
// was not loaded waits for the stream to be idle, as lazy loading may.
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

enum { OK = 0, INVALID = 1, NO_MEMORY = 2, BUSY = 46, BAD_IMAGE = 200, NOT_FOUND = 500,
       ILLEGAL_ADDRESS = 700, UNKNOWN = 999 };
static const uint64_t MEMORY = 2ull << 30;
static const int SMS = 2, L2 = 1 << 20;

struct Stream {
    std::mutex lock;
    std::condition_variable changed;
    std::deque<std::function<void()>> work;
    bool busy = false, started = false;
    void add(std::function<void()> job) {
        std::unique_lock<std::mutex> hold(lock);
        if (!started) std::thread([this] { run(); }).detach();
        started = true;
        work.push_back(job);
        changed.notify_all();
    }
    void run() {
        for (;;) {
            std::unique_lock<std::mutex> hold(lock);
            changed.wait(hold, [this] { return !work.empty(); });
            auto job = work.front();
            work.pop_front();
            busy = true;
            hold.unlock();
            job();
            hold.lock();
            busy = false;
            changed.notify_all();
        }
    }
    void wait() {
        std::unique_lock<std::mutex> hold(lock);
        changed.wait(hold, [this] { return work.empty() && !busy; });
    }
};
struct Event { double at_ms = 0; Stream *stream = nullptr; };
struct Function { std::string name; bool loaded = false; int most_shared = 48 << 10; bool wide = false; };
struct Attribute { int id, padding; uint32_t value[16]; };
struct Config {
    uint32_t grid[3], block[3], shared;
    Stream *stream;
    Attribute *attributes;
    uint32_t count;
};
struct Map { uint64_t address, width, rows, stride; uint32_t box_width, box_rows, rank, check; };

static Stream &uploads = *new Stream;  // never destroyed: its thread waits on it until the end
static int broken = OK;
static uint64_t used = 0;
static std::map<uint64_t, uint64_t> blocks;
static std::vector<std::function<void()>> *capture = nullptr;
static void *kernels() {
    static void *found = dlopen(getenv("FAKE_CUDA_KERNELS"), RTLD_NOW | RTLD_LOCAL);
    if (!found) fprintf(stderr, "fake driver: %s\n", dlerror());
    return found;
}
static void log_line(const std::string &text) {
    if (!getenv("FAKE_CUDA_LOG")) return;
    FILE *file = fopen(getenv("FAKE_CUDA_LOG"), "a");
    fprintf(file, "%s\n", text.c_str());
    fclose(file);
}
// FAKE_CUDA_FAULT is "kind" or "kind:kernel".
static bool fault(const char *kind, const std::string &name = "") {
    const char *asked = getenv("FAKE_CUDA_FAULT");
    if (!asked) return false;
    std::string text = asked, all = kind;
    return text == all || (!name.empty() && text == all + ":" + name);
}
static double now_ms() {
    using namespace std::chrono;
    return duration<double, std::milli>(steady_clock::now().time_since_epoch()).count();
}
static bool within(uint64_t address, uint64_t size) {
    auto next = blocks.upper_bound(address);
    if (next == blocks.begin()) return false;
    --next;
    return address + size <= next->first + next->second;
}

extern "C" {
int cuInit(unsigned) { return OK; }
// NVRTC looks for hidden tables of a driver it finds.
int cuGetExportTable(const void **table, const void *) { *table = nullptr; return NOT_FOUND; }
int cuDriverGetVersion(int *version) { *version = 13000; return OK; }
int cuDeviceGet(int *device, int index) { *device = index; return index ? 101 : OK; }
int cuDeviceGetCount(int *count) { *count = 1; return OK; }
int cuDeviceGetName(char *name, int size, int) { snprintf(name, size, "Made of C++"); return OK; }
int cuDeviceGetUuid(char *uuid, int) { for (int i = 0; i < 16; ++i) uuid[i] = i; return OK; }
int cuDeviceTotalMem(size_t *size, int) { *size = MEMORY; return OK; }
int cuDeviceGetAttribute(int *value, int kind, int) {
    static const std::map<int, int> known = {
        {75, 9}, {76, 0}, {16, SMS}, {38, L2}, {13, 1000000}, {97, 227 << 10}};
    auto found = known.find(kind);
    *value = found == known.end() ? 0 : found->second;
    return found == known.end() ? INVALID : OK;
}
int cuDevicePrimaryCtxRetain(void **context, int) {
    *context = (void *)1;
    return fault("busy") ? BUSY : OK;
}
int cuCtxSetCurrent(void *) { return OK; }
int cuStreamCreate(void **stream, unsigned flags) { *stream = new Stream; return flags == 1 ? OK : INVALID; }
int cuEventCreate(void **event, unsigned) { *event = new Event; return OK; }
int cuMemAlloc(uint64_t *address, size_t size) {
    if (used + size > MEMORY || (fault("memory") && size > (64 << 10))) return NO_MEMORY;
    *address = (uint64_t)aligned_alloc(512, (size + 511) / 512 * 512);
    memset((void *)*address, 0xa5, size);
    blocks[*address] = size;
    used += size;
    return OK;
}
int cuMemFree(uint64_t address) {
    if (!blocks.count(address)) return INVALID;
    used -= blocks[address];
    blocks.erase(address);
    free((void *)address);
    return OK;
}
int cuMemHostAlloc(void **host, size_t size, unsigned) { *host = calloc(1, size); return OK; }
int cuMemHostGetDevicePointer(uint64_t *device, void *host, unsigned) {
    *device = (uint64_t)host;
    return OK;
}
// The copy has left the caller's memory when this returns; it reaches the GPU later.
int cuMemcpyHtoD(uint64_t to, const void *from, size_t size) {
    if (broken) return broken;
    if (!within(to, size)) return INVALID;
    std::vector<char> staged((const char *)from, (const char *)from + size);
    uploads.add([=] { usleep(2000); memcpy((void *)to, staged.data(), size); });
    return OK;
}
int cuMemcpyDtoH(void *to, uint64_t from, size_t size) {
    if (broken) return broken;
    if (!within(from, size)) return INVALID;
    if (uploads.started) uploads.wait();
    memcpy(to, (void *)from, size);
    return OK;
}
int cuMemsetD8Async(uint64_t at, unsigned char value, size_t size, void *stream) {
    if (!within(at, size)) return INVALID;
    ((Stream *)stream)->add([=] { memset((void *)at, value, size); });
    return OK;
}
int cuModuleLoadData(void **module, const void *image) {
    *module = (void *)image;
    return memcmp(image, "\177ELF", 4) ? BAD_IMAGE : OK;
}
int cuModuleGetFunction(void **function, void *, const char *name) {
    if (!dlsym(kernels(), ("bind_" + std::string(name)).c_str())) return NOT_FOUND;
    static std::map<std::string, Function *> known;
    Function *&found = known[name];
    if (!found) found = new Function{name};
    *function = found;
    return OK;
}
int cuFuncLoad(void *function) { ((Function *)function)->loaded = true; return OK; }
int cuFuncSetAttribute(void *function, int kind, int value) {
    if (kind == 8) ((Function *)function)->most_shared = value;
    if (kind == 14) ((Function *)function)->wide = value;
    return kind == 8 || kind == 14 ? OK : INVALID;
}
int cuLaunchKernelEx(const Config *config, void *function, void **parameters, void **) {
    if (broken) return broken;
    Function *kernel = (Function *)function;
    uint32_t cluster = 1, cooperative = 0;
    for (uint32_t i = 0; i < config->count; ++i) {
        if (config->attributes[i].id == 4) cluster = config->attributes[i].value[0];
        if (config->attributes[i].id == 2) cooperative = config->attributes[i].value[0];
    }
    const uint32_t grid = config->grid[0], block = config->block[0], shared = config->shared;
    char text[256];
    snprintf(text, sizeof text, "%s grid=%u block=%u shared=%u cluster=%u cooperative=%u",
             kernel->name.c_str(), grid, block, shared, cluster, cooperative);
    log_line(text);
    if (!grid || !block || block > 1024 || grid % cluster || (cluster > 8 && !kernel->wide) ||
        (int)shared > kernel->most_shared || config->grid[1] != 1 || config->block[2] != 1)
        return INVALID;
    if (!kernel->loaded) {
        log_line("loading " + kernel->name + " waits for the stream");
        config->stream->wait();
    }
    kernel->loaded = true;
    auto bind = (void *(*)(void **))dlsym(kernels(), ("bind_" + kernel->name).c_str());
    auto run = (void (*)(void *, uint32_t, uint32_t, uint32_t, uint32_t))dlsym(kernels(), "run_grid");
    void *job = bind(parameters);
    const std::string name = kernel->name;
    auto go = [=] {
        if (fault("illegal", name)) broken = ILLEGAL_ADDRESS;
        else if (fault("lost", name)) broken = UNKNOWN;
        else if (fault("hang", name)) for (;;) sleep(1);
        else run(job, grid, block, cluster, cooperative);
    };
    if (capture) capture->push_back(go);
    else config->stream->add(go);
    return OK;
}
int cuStreamSynchronize(void *stream) {
    if (stream) ((Stream *)stream)->wait();
    else if (uploads.started) uploads.wait();
    return broken;
}
int cuEventRecord(void *event, void *stream) {
    Event *mark = (Event *)event;
    mark->stream = (Stream *)stream;
    mark->stream->add([mark] { mark->at_ms = now_ms(); });
    return broken;
}
int cuEventSynchronize(void *event) { ((Event *)event)->stream->wait(); return broken; }
int cuEventElapsedTime(float *ms, void *start, void *stop) {
    *ms = (float)(((Event *)stop)->at_ms - ((Event *)start)->at_ms);
    return broken;
}
int cuStreamBeginCapture(void *, int) { capture = new std::vector<std::function<void()>>; return OK; }
int cuStreamEndCapture(void *, void **graph) { *graph = capture; capture = nullptr; return OK; }
int cuGraphInstantiateWithFlags(void **made, void *graph, uint64_t) { *made = graph; return OK; }
int cuGraphLaunch(void *graph, void *stream) {
    for (auto &node : *(std::vector<std::function<void()>> *)graph) ((Stream *)stream)->add(node);
    return broken;
}
int cuTensorMapEncodeTiled(void *map, int type, uint32_t rank, void *address, const uint64_t *sizes,
                           const uint64_t *strides, const uint32_t *box, const uint32_t *steps,
                           int interleave, int swizzle, int, int) {
    // CUDA driver API, cuTensorMapEncodeTiled: what it refuses.
    if (type != 0 || rank != 2 || (uint64_t)address % 16 || strides[0] % 16 || box[0] > 256 ||
        box[1] > 256 || !box[0] || !box[1] || box[0] % 16 || steps[0] != 1 || steps[1] != 1 ||
        interleave || swizzle || (uint64_t)map % 64)
        return INVALID;
    Map *found = (Map *)map;
    *found = {(uint64_t)address, sizes[0], sizes[1], strides[0], box[0], box[1], rank, 0x7e4507};
    return OK;
}
int cuGetProcAddress_v2(const char *name, void **pointer, int, uint64_t, int *status) {
    Dl_info own;
    dladdr((void *)cuInit, &own);
    static void *self = dlopen(own.dli_fname, RTLD_NOW | RTLD_NOLOAD);
    *pointer = strcmp(name, "cuGetProcAddress") ? dlsym(self, name) : dlsym(self, "cuGetProcAddress_v2");
    if (status) *status = *pointer ? 0 : 1;
    return *pointer ? OK : NOT_FOUND;
}
}
