// A chain of LENGTH operations on INPUTS arrays; ITEMS vectors of VECTOR elements a thread.
#ifndef ELEMENTWISE_CHAIN
#define ELEMENTWISE_CHAIN
template <int KIND>
__device__ __forceinline__ float link(float x, float y) {
  if (KIND == 0) return x + y;
  if (KIND == 1) return x * y;
  if (KIND == 2) return gelu(x) + y;
  if (KIND == 3) return x / (1.0f + exp2_fast(-1.442695f * y));
  if (KIND == 4) return x * rsqrtf(y * y + 1.0f);
  return fmaxf(x, 0.0f) - y;
}
template <int LEFT, int MIX>
__device__ __forceinline__ float chain(float x, float y) {
  if constexpr (LEFT == 0) return x;
  else return chain<LEFT - 1, MIX / 6 + 1>(link<(MIX + LEFT) % 6>(x, y), y);
}
#endif
extern "C" __global__ void __launch_bounds__(THREADS, MINIMUM)
    NAME(const ELEMENT* a, const ELEMENT* b, const ELEMENT* c, const ELEMENT* d, ELEMENT* out,
         u64 count) {
  const u64 first = (u64(blockIdx.x) * THREADS * ITEMS + threadIdx.x) * VECTOR;
  const ELEMENT* from[4] = {a, b, c, d};
  float held[INPUTS][ITEMS][VECTOR];
#pragma unroll
  for (int i = 0; i < ITEMS; ++i)
    if (first + (i + 1) * THREADS * VECTOR <= count)
#pragma unroll
      for (int input = 0; input < INPUTS; ++input)
        load<VECTOR>(from[input] + first + i * THREADS * VECTOR, held[input][i]);
#pragma unroll
  for (int i = 0; i < ITEMS; ++i) {
    float made[VECTOR];
#pragma unroll
    for (int e = 0; e < VECTOR; ++e) {
      made[e] = held[0][i][e];
#pragma unroll
      for (int input = 0; input < INPUTS; ++input)
        made[e] = chain<LENGTH, CODE>(made[e], held[input][i][e]);
    }
    if (first + (i + 1) * THREADS * VECTOR <= count)
      store<VECTOR>(out + first + i * THREADS * VECTOR, made);
  }
}
