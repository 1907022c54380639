// Star stencil of RADIUS in three dimensions: a thread walks along z with 2 RADIUS + 1 planes of
// its COLUMNS neighbouring points in registers; points beside and before come from memory.
extern "C" __global__ void __launch_bounds__(THREADS, MINIMUM)
    NAME(const ELEMENT* in, ELEMENT* out, float centre, float side, int nx, int ny, int nz) {
  constexpr int PLANES = 2 * RADIUS + 1;
  const int x = (blockIdx.x * THREADS + threadIdx.x) * COLUMNS + RADIUS;
  const int y = blockIdx.y + RADIUS;
  if (x + COLUMNS + RADIUS > nx) return;
  const u64 plane = u64(nx) * ny;
  const ELEMENT* from = in + u64(y) * nx + x;
  ELEMENT* to = out + u64(y) * nx + x;
  float queue[PLANES][COLUMNS];
#pragma unroll
  for (int p = 0; p + 1 < PLANES; ++p)
#pragma unroll
    for (int c = 0; c < COLUMNS; ++c) queue[p + 1][c] = widen(from[p * plane + c]);
#pragma unroll 1
  for (int z = RADIUS; z + RADIUS < nz; ++z) {
#pragma unroll
    for (int p = 0; p + 1 < PLANES; ++p)
#pragma unroll
      for (int c = 0; c < COLUMNS; ++c) queue[p][c] = queue[p + 1][c];
    const ELEMENT* here = from + z * plane;
#pragma unroll
    for (int c = 0; c < COLUMNS; ++c)
      queue[PLANES - 1][c] = widen(here[RADIUS * plane + c]);
    float row[COLUMNS + 2 * RADIUS];
#pragma unroll
    for (int i = 0; i < RADIUS; ++i) {
      row[i] = widen(here[i - RADIUS]);
      row[RADIUS + COLUMNS + i] = widen(here[COLUMNS + i]);
    }
#pragma unroll
    for (int c = 0; c < COLUMNS; ++c) row[RADIUS + c] = queue[RADIUS][c];
#pragma unroll
    for (int c = 0; c < COLUMNS; ++c) {
      float sum = centre * queue[RADIUS][c];
#pragma unroll
      for (int r = 1; r <= RADIUS; ++r) {
        const float beside = row[RADIUS + c - r] + row[RADIUS + c + r];
        const float across = widen(here[c - r * nx]) + widen(here[c + r * nx]);
        const float along = queue[RADIUS - r][c] + queue[RADIUS + r][c];
        sum += side / r * (beside + across + along);
      }
      narrow(sum, to[z * plane + c]);
    }
  }
}
