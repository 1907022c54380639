// Sums of chosen rows of a table (bags of embeddings): a block makes one bag, a thread ITEMS vectors
// of VECTOR columns of it; WEIGHTED: each row counts with a factor, MEAN: over the rows' number.
extern "C" __global__ void __launch_bounds__(THREADS, MINIMUM)
    NAME(const ELEMENT* table, const int* chosen, const float* weights, const int* starts,
         ELEMENT* out, int columns) {
  const int column = (blockIdx.y * THREADS * ITEMS + threadIdx.x) * VECTOR;
  const int first = starts[blockIdx.x], last = starts[blockIdx.x + 1];
  const ELEMENT* from = table + column;
  float sums[ITEMS][VECTOR] = {};
#pragma unroll UNROLL
  for (int at = first; at < last; ++at) {
    const ELEMENT* row = from + u64(chosen[at]) * columns;
    const float weight = WEIGHTED ? weights[at] : 1.0f;
#pragma unroll
    for (int i = 0; i < ITEMS; ++i) {
      float seen[VECTOR];
      load<VECTOR>(row + i * THREADS * VECTOR, seen);
#pragma unroll
      for (int e = 0; e < VECTOR; ++e) sums[i][e] += WEIGHTED ? weight * seen[e] : seen[e];
    }
  }
  const float share = MEAN ? 1.0f / max(last - first, 1) : 1.0f;
  ELEMENT* to = out + u64(blockIdx.x) * columns + column;
#pragma unroll
  for (int i = 0; i < ITEMS; ++i) {
#pragma unroll
    for (int e = 0; e < VECTOR; ++e) sums[i][e] *= share;
    store<VECTOR>(to + i * THREADS * VECTOR, sums[i]);
  }
}
