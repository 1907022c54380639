// Running sums of a row (EXCLUSIVE: without the element itself): ITEMS vectors of VECTOR
// neighbouring elements a thread, carried from thread to thread by shuffles and shared memory.
extern "C" __global__ void __launch_bounds__(THREADS, MINIMUM)
    NAME(const ELEMENT* in, ELEMENT* out, int columns) {
  __shared__ float kept[32];
  constexpr int MINE = ITEMS * VECTOR, WARPS = THREADS / 32;
  const int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
  const u64 first = u64(blockIdx.x) * columns + threadIdx.x * MINE;
  float held[ITEMS][VECTOR], sum = 0.0f;
#pragma unroll
  for (int i = 0; i < ITEMS; ++i) load<VECTOR>(in + first + i * VECTOR, held[i]);
#pragma unroll
  for (int i = 0; i < ITEMS; ++i)
#pragma unroll
    for (int e = 0; e < VECTOR; ++e) {
      const float own = held[i][e];
      if (EXCLUSIVE) held[i][e] = sum;
      sum += own;
      if (!EXCLUSIVE) held[i][e] = sum;
    }
  float before = sum;
#pragma unroll
  for (int step = 1; step < 32; step *= 2) {
    const float left = __shfl_up_sync(~0u, before, step);
    if (lane >= step) before += left;
  }
  if (lane == 31) kept[warp] = before;
  __syncthreads();
  before -= sum;
  if (WARPS > 1) {
    float carried = lane < WARPS ? kept[lane] : 0.0f;
#pragma unroll
    for (int step = 1; step < 32; step *= 2) {
      const float left = __shfl_up_sync(~0u, carried, step);
      if (lane >= step) carried += left;
    }
    const float ahead = __shfl_sync(~0u, carried, warp ? warp - 1 : 0);
    if (warp) before += ahead;
  }
#pragma unroll
  for (int i = 0; i < ITEMS; ++i) {
#pragma unroll
    for (int e = 0; e < VECTOR; ++e) held[i][e] += before;
    store<VECTOR>(out + first + i * VECTOR, held[i]);
  }
}
