// softmax(Q K^T) V without the scores ever in memory; a warp makes ROWS x DIM of the result.
// HELD: Q stays in registers. STAGES 2: the next K and V arrive while this one is used.
extern "C" __global__ void __launch_bounds__(THREADS, MINIMUM)
    NAME(const ELEMENT* q, const ELEMENT* k, const ELEMENT* v, ELEMENT* out, int seq, int kv_len,
         float scale) {
  constexpr int PITCH = DIM + 8, WARPS = THREADS / 32, BM = WARPS * ROWS, MT = ROWS / 16;
  constexpr int DT = DIM / 8, ST = BN / 8, ROW = DIM / 8, STAGE = 2 * BN * PITCH;
  const int warp = threadIdx.x / 32, lane = threadIdx.x % 32;
  const int row0 = blockIdx.x * BM, mine = row0 + warp * ROWS;
  ELEMENT* q_tile = reinterpret_cast<ELEMENT*>(pool);
  ELEMENT* kv_tile = q_tile + BM * PITCH;
  q += u64(blockIdx.y) * seq * DIM;
  k += u64(blockIdx.y) * kv_len * DIM;
  v += u64(blockIdx.y) * kv_len * DIM;
  for (int i = threadIdx.x; i < BM * ROW; i += THREADS)
    copy16(q_tile + i / ROW * PITCH + i % ROW * 8, q + u64(row0 + i / ROW) * DIM + i % ROW * 8,
           row0 + i / ROW < seq);
  auto fetch = [&](int stage, int first) {
    ELEMENT* to = kv_tile + stage * STAGE;
#pragma unroll
    for (int i = threadIdx.x; i < BN * ROW; i += THREADS) {
      const int at = first + i / ROW;
      copy16(to + i / ROW * PITCH + i % ROW * 8, k + u64(at) * DIM + i % ROW * 8, at < kv_len);
      copy16(to + (BN + i / ROW) * PITCH + i % ROW * 8, v + u64(at) * DIM + i % ROW * 8,
             at < kv_len);
    }
  };
  auto q_part = [&](u32 (&to)[4], int i, int part) {
    matrix4(to, q_tile + (warp * ROWS + i * 16 + lane % 16) * PITCH + part * 16 + lane / 16 * 8);
  };
  fetch(0, 0);
  commit();
  wait<0>();
  __syncthreads();
#if HELD
  u32 queries[MT][DIM / 16][4];
#pragma unroll
  for (int i = 0; i < MT; ++i)
#pragma unroll
    for (int part = 0; part < DIM / 16; ++part) q_part(queries[i][part], i, part);
#endif
  float sums[MT][DT][4] = {}, most[MT][2], total[MT][2] = {};
#pragma unroll
  for (int i = 0; i < MT; ++i) most[i][0] = most[i][1] = -1e30f;
  const int last = CAUSAL ? min(kv_len, row0 + BM) : kv_len;
  int stage = 0;
  for (int first = 0; first < last; first += BN) {
#if STAGES == 2
    if (first + BN < last) fetch(stage ^ 1, first + BN);
    commit();
#endif
    const ELEMENT* k_tile = kv_tile + stage * STAGE;
    const ELEMENT* v_tile = k_tile + BN * PITCH;
    float scores[MT][ST][4] = {};
#pragma unroll
    for (int part = 0; part < DIM / 16; ++part) {
      u32 left[MT][4];
#pragma unroll
      for (int i = 0; i < MT; ++i) {
#if HELD
#pragma unroll
        for (int r = 0; r < 4; ++r) left[i][r] = queries[i][part][r];
#else
        q_part(left[i], i, part);
#endif
      }
#pragma unroll
      for (int j = 0; j < ST; ++j) {
        u32 right[2];
        matrix2(right, k_tile + (j * 8 + lane % 8) * PITCH + part * 16 + lane / 8 % 2 * 8);
#pragma unroll
        for (int i = 0; i < MT; ++i) mma(scores[i][j], left[i], right, ELEMENT());
      }
    }
    u32 weights[MT][ST / 2][4];
#pragma unroll
    for (int i = 0; i < MT; ++i)
#pragma unroll
      for (int half = 0; half < 2; ++half) {
        float high = most[i][half];
#pragma unroll
        for (int j = 0; j < ST; ++j)
#pragma unroll
          for (int r = 0; r < 2; ++r) {
            float& score = scores[i][j][half * 2 + r];
#if CAUSAL
            if (first + j * 8 + lane % 4 * 2 + r > mine + i * 16 + half * 8 + lane / 4)
              score = -1e30f;
#endif
            high = fmaxf(high, score);
          }
        high = over_warp<Most, 4>(high);
        const float shrink = exp2_fast((most[i][half] - high) * scale);
        most[i][half] = high;
        total[i][half] *= shrink;
#pragma unroll
        for (int j = 0; j < ST; ++j)
#pragma unroll
          for (int r = 0; r < 2; ++r) {
            float& score = scores[i][j][half * 2 + r];
            score = exp2_fast((score - high) * scale);
            total[i][half] += score;
          }
#pragma unroll
        for (int d = 0; d < DT; ++d) {
          sums[i][d][half * 2] *= shrink;
          sums[i][d][half * 2 + 1] *= shrink;
        }
#pragma unroll
        for (int j = 0; j < ST; ++j)
          weights[i][j / 2][j % 2 * 2 + half] =
              pair(scores[i][j][half * 2], scores[i][j][half * 2 + 1], ELEMENT());
      }
#pragma unroll
    for (int part = 0; part < BN / 16; ++part)
#pragma unroll
      for (int d = 0; d < DT; ++d) {
        u32 right[2];
        matrix2t(right, v_tile + (part * 16 + lane % 16) * PITCH + d * 8);
#pragma unroll
        for (int i = 0; i < MT; ++i) mma(sums[i][d], weights[i][part], right, ELEMENT());
      }
#if STAGES == 2
    wait<0>();
    __syncthreads();
    stage ^= 1;
#else
    __syncthreads();
    if (first + BN < last) fetch(0, first + BN);
    commit();
    wait<0>();
    __syncthreads();
#endif
  }
#pragma unroll
  for (int i = 0; i < MT; ++i)
#pragma unroll
    for (int half = 0; half < 2; ++half) {
      const float scaled = 1.0f / over_warp<Add, 4>(total[i][half]);
      const int row = mine + i * 16 + half * 8 + lane / 4;
      if (row >= seq) continue;
#pragma unroll
      for (int d = 0; d < DT; ++d)
        *reinterpret_cast<u32*>(out + (u64(blockIdx.y) * seq + row) * DIM + d * 8 + lane % 4 * 2) =
            pair(sums[i][d][half * 2] * scaled, sums[i][d][half * 2 + 1] * scaled, ELEMENT());
    }
}
