// y = A x, A row-major: a warp makes ROWS results, its lanes share the columns, VECTOR at once.
extern "C" __global__ void __launch_bounds__(THREADS, MINIMUM)
    NAME(const ELEMENT* a, const ELEMENT* x, float* y, int rows, int columns) {
  const int lane = threadIdx.x % 32;
  const int row = (blockIdx.x * (THREADS / 32) + threadIdx.x / 32) * ROWS;
  if (row + ROWS > rows) return;
  const ELEMENT* from = a + u64(row) * columns;
  float sums[ROWS] = {};
#pragma unroll UNROLL
  for (int at = lane * VECTOR; at < columns; at += 32 * VECTOR) {
    float seen[VECTOR];
    load<VECTOR>(x + at, seen);
#pragma unroll
    for (int r = 0; r < ROWS; ++r) {
      float mine[VECTOR];
      load<VECTOR>(from + u64(r) * columns + at, mine);
#pragma unroll
      for (int e = 0; e < VECTOR; ++e) sums[r] += mine[e] * seen[e];
    }
  }
#pragma unroll
  for (int r = 0; r < ROWS; ++r) {
    const float whole = over_warp<Add>(sums[r]);
    if (lane == 0) y[row + r] = whole;
  }
}
