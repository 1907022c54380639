// softmax(Q K^T) V on scalar lanes: SPLIT threads share a query row, each DIM / SPLIT of its head.
extern "C" __global__ void __launch_bounds__(THREADS, MINIMUM)
    NAME(const ELEMENT* q, const ELEMENT* k, const ELEMENT* v, ELEMENT* out, int seq, int kv_len,
         float scale) {
  constexpr int MINE = DIM / SPLIT, V = MINE < 4 ? MINE : 4;
  const int row = (blockIdx.x * THREADS + threadIdx.x) / SPLIT;
  const int part = threadIdx.x % SPLIT * MINE;
  const u64 head = blockIdx.y;
  if (row >= seq) return;
  float query[MINE], sums[MINE] = {}, most = -1e30f, total = 0.0f;
  load<MINE>(q + (head * seq + row) * DIM + part, query);
  const int last = CAUSAL ? row + 1 : kv_len;
  for (int first = 0; first + BN <= last; first += BN) {
    float scores[BN];
#pragma unroll
    for (int j = 0; j < BN; ++j) {
      scores[j] = 0.0f;
#pragma unroll
      for (int d = 0; d < MINE; d += V) {
        float key[V];
        load<V>(k + (head * kv_len + first + j) * DIM + part + d, key);
#pragma unroll
        for (int e = 0; e < V; ++e) scores[j] += query[d + e] * key[e];
      }
      scores[j] = over_warp<Add, SPLIT>(scores[j]) * scale;
    }
    float high = most;
#pragma unroll
    for (int j = 0; j < BN; ++j) high = fmaxf(high, scores[j]);
    const float shrink = exp2_fast(most - high);
    most = high;
    total *= shrink;
#pragma unroll
    for (int d = 0; d < MINE; ++d) sums[d] *= shrink;
#pragma unroll
    for (int j = 0; j < BN; ++j) {
      const float weight = exp2_fast(scores[j] - high);
      total += weight;
#pragma unroll
      for (int d = 0; d < MINE; d += V) {
        float value[V];
        load<V>(v + (head * kv_len + first + j) * DIM + part + d, value);
#pragma unroll
        for (int e = 0; e < V; ++e) sums[d + e] += weight * value[e];
      }
    }
  }
#pragma unroll
  for (int d = 0; d < MINE; ++d) sums[d] /= total;
  store<MINE>(out + (head * seq + row) * DIM + part, sums);
}
