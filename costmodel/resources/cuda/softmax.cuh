// Softmax of rows that stay in registers (HELD) or are read again for the second pass.
extern "C" __global__ void __launch_bounds__(THREADS, MINIMUM)
    NAME(const ELEMENT* in, ELEMENT* out, int columns, float scale) {
  __shared__ float kept[32];
  const u64 row = u64(blockIdx.x) * columns;
#if HELD
  float held[ITEMS][VECTOR], most = -1e30f, total = 0.0f;
#pragma unroll
  for (int i = 0; i < ITEMS; ++i) {
    load<VECTOR>(in + row + (i * THREADS + threadIdx.x) * VECTOR, held[i]);
#pragma unroll
    for (int e = 0; e < VECTOR; ++e) most = fmaxf(most, held[i][e]);
  }
  most = over_block<Most, THREADS>(most, kept);
#pragma unroll
  for (int i = 0; i < ITEMS; ++i)
#pragma unroll
    for (int e = 0; e < VECTOR; ++e) {
      held[i][e] = exp2_fast((held[i][e] - most) * scale);
      total += held[i][e];
    }
  const float share = 1.0f / over_block<Add, THREADS>(total, kept);
#pragma unroll
  for (int i = 0; i < ITEMS; ++i) {
#pragma unroll
    for (int e = 0; e < VECTOR; ++e) held[i][e] *= share;
    store<VECTOR>(out + row + (i * THREADS + threadIdx.x) * VECTOR, held[i]);
  }
#else
  float most = -1e30f, total = 0.0f;
#pragma unroll ITEMS
  for (int at = threadIdx.x * VECTOR; at < columns; at += THREADS * VECTOR) {
    float seen[VECTOR], high = most;
    load<VECTOR>(in + row + at, seen);
#pragma unroll
    for (int e = 0; e < VECTOR; ++e) high = fmaxf(high, seen[e]);
    total *= exp2_fast((most - high) * scale);
    most = high;
#pragma unroll
    for (int e = 0; e < VECTOR; ++e) total += exp2_fast((seen[e] - most) * scale);
  }
  const float high = over_block<Most, THREADS>(most, kept);
  total = over_block<Add, THREADS>(total * exp2_fast((most - high) * scale), kept);
  const float share = 1.0f / total;
#pragma unroll ITEMS
  for (int at = threadIdx.x * VECTOR; at < columns; at += THREADS * VECTOR) {
    float seen[VECTOR];
    load<VECTOR>(in + row + at, seen);
#pragma unroll
    for (int e = 0; e < VECTOR; ++e) seen[e] = exp2_fast((seen[e] - high) * scale) * share;
    store<VECTOR>(out + row + at, seen);
  }
#endif
}
