// The KEPT largest numbers of a row and their places: a warp takes a row, each lane keeps its own
// sorted in registers, and the lanes' best meet at the end. GUARDED: most numbers are passed over.
extern "C" __global__ void __launch_bounds__(THREADS, MINIMUM)
    NAME(const ELEMENT* in, float* values, int* places, int rows, int columns) {
  const int lane = threadIdx.x % 32;
  const int row = blockIdx.x * (THREADS / 32) + threadIdx.x / 32;
  if (row >= rows) return;
  const ELEMENT* from = in + u64(row) * columns;
  float best[KEPT];
  int where[KEPT];
#pragma unroll
  for (int k = 0; k < KEPT; ++k) best[k] = Most::none(), where[k] = -1;
#pragma unroll 1
  for (int at = lane * VECTOR; at < columns; at += 32 * VECTOR * ITEMS) {
    float seen[ITEMS][VECTOR];
#pragma unroll
    for (int i = 0; i < ITEMS; ++i) load<VECTOR>(from + at + i * 32 * VECTOR, seen[i]);
#pragma unroll
    for (int i = 0; i < ITEMS; ++i)
#pragma unroll
      for (int e = 0; e < VECTOR; ++e) {
        float x = seen[i][e];
        int place = at + i * 32 * VECTOR + e;
        if (GUARDED && !(x > best[KEPT - 1])) continue;
#pragma unroll
        for (int k = 0; k < KEPT; ++k)
          if (x > best[k]) {
            const float smaller = best[k];
            const int its = where[k];
            best[k] = x, where[k] = place;
            x = smaller, place = its;
          }
      }
  }
#pragma unroll
  for (int k = 0; k < KEPT; ++k) {
    float top = best[0];
    int of = where[0];
#pragma unroll
    for (int step = 16; step; step /= 2) {
      const float other = __shfl_xor_sync(~0u, top, step);
      const int its = __shfl_xor_sync(~0u, of, step);
      if (other > top || (other == top && its > of)) top = other, of = its;
    }
    if (of == where[0])
#pragma unroll
      for (int j = 0; j + 1 < KEPT; ++j) best[j] = best[j + 1], where[j] = where[j + 1];
    if (lane == 0) {
      values[u64(row) * KEPT + k] = top;
      places[u64(row) * KEPT + k] = of;
    }
  }
}
