// Layer norm or RMS norm (CENTRED 0) of rows that stay in registers: ITEMS vectors a thread.
extern "C" __global__ void __launch_bounds__(THREADS, MINIMUM)
    NAME(const ELEMENT* in, const ELEMENT* more, const float* gain, const float* shift,
         ELEMENT* out, int columns, float epsilon) {
  __shared__ float kept[32];
  const u64 row = u64(blockIdx.x) * columns;
  float held[ITEMS][VECTOR];
  float sum = 0.0f, square = 0.0f;
#pragma unroll
  for (int i = 0; i < ITEMS; ++i) {
    const int at = (i * THREADS + threadIdx.x) * VECTOR;
    load<VECTOR>(in + row + at, held[i]);
#if RESIDUAL
    float other[VECTOR];
    load<VECTOR>(more + row + at, other);
#pragma unroll
    for (int e = 0; e < VECTOR; ++e) held[i][e] += other[e];
#endif
#pragma unroll
    for (int e = 0; e < VECTOR; ++e) sum += held[i][e];
  }
  const float mean = CENTRED ? over_block<Add, THREADS>(sum, kept) / columns : 0.0f;
#pragma unroll
  for (int i = 0; i < ITEMS; ++i)
#pragma unroll
    for (int e = 0; e < VECTOR; ++e) square += (held[i][e] - mean) * (held[i][e] - mean);
  square = over_block<Add, THREADS>(square, kept);
  const float scale = rsqrtf(square / columns + epsilon);
#pragma unroll
  for (int i = 0; i < ITEMS; ++i) {
    const int at = (i * THREADS + threadIdx.x) * VECTOR;
    float gains[VECTOR], shifts[VECTOR];
    load<VECTOR>(gain + at, gains);
    if (CENTRED) load<VECTOR>(shift + at, shifts);
#pragma unroll
    for (int e = 0; e < VECTOR; ++e)
      held[i][e] = (held[i][e] - mean) * scale * gains[e] + (CENTRED ? shifts[e] : 0.0f);
    store<VECTOR>(out + row + at, held[i]);
  }
}
