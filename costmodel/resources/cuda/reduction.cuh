// One number from each row (OVER_COLUMNS 0) or each column (1): sum, maximum, or both moments.
// ITEMS vectors of VECTOR elements are in flight in each thread.
extern "C" __global__ void __launch_bounds__(THREADS, MINIMUM)
    NAME(const ELEMENT* in, float* out, int rows, int columns) {
  __shared__ float kept[32];
#if OVER_COLUMNS
  const int column = (blockIdx.x * THREADS + threadIdx.x) * VECTOR;
  if (column + VECTOR > columns) return;
  float sums[VECTOR] = {}, squares[VECTOR] = {};
  for (int row = 0; row + ITEMS <= rows; row += ITEMS) {
    float seen[ITEMS][VECTOR];
#pragma unroll
    for (int i = 0; i < ITEMS; ++i) load<VECTOR>(in + u64(row + i) * columns + column, seen[i]);
#pragma unroll
    for (int i = 0; i < ITEMS; ++i)
#pragma unroll
      for (int e = 0; e < VECTOR; ++e) {
        sums[e] = OP::of(sums[e], seen[i][e]);
        if (MOMENTS == 2) squares[e] += seen[i][e] * seen[i][e];
      }
  }
#pragma unroll
  for (int e = 0; e < VECTOR; ++e) {
    out[column + e] = sums[e];
    if (MOMENTS == 2) out[columns + column + e] = squares[e];
  }
#else
  const ELEMENT* row = in + u64(blockIdx.x) * columns;
  float sum = OP::none(), square = 0.0f;
  for (int at = threadIdx.x * VECTOR; at + VECTOR <= columns; at += THREADS * VECTOR * ITEMS) {
    float seen[ITEMS][VECTOR];
#pragma unroll
    for (int i = 0; i < ITEMS; ++i)
      if (at + i * THREADS * VECTOR + VECTOR <= columns) {
        load<VECTOR>(row + at + i * THREADS * VECTOR, seen[i]);
      } else {
#pragma unroll
        for (int e = 0; e < VECTOR; ++e) seen[i][e] = OP::none();
      }
#pragma unroll
    for (int i = 0; i < ITEMS; ++i)
#pragma unroll
      for (int e = 0; e < VECTOR; ++e) {
        sum = OP::of(sum, seen[i][e]);
        if (MOMENTS == 2) square += seen[i][e] * seen[i][e];
      }
  }
  sum = over_block<OP, THREADS>(sum, kept);
  if (MOMENTS == 2) square = over_block<Add, THREADS>(square, kept);
  if (threadIdx.x == 0) {
    out[blockIdx.x] = sum;
    if (MOMENTS == 2) out[rows + blockIdx.x] = square;
  }
#endif
}
