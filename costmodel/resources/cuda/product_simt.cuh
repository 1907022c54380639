// C = A B on scalar lanes; a thread makes TM x TN; A is [k, m] (or patches, CONV), B [k, n].
// STAGES 1: one buffer; 2: the next tile waits in registers; 3 and more: cp.async.
{
  constexpr int ACROSS = BN / TN, A_CHUNKS = BM * BK / 4 / THREADS, B_CHUNKS = BN * BK / 4 / THREADS;
  constexpr int BUFFERS = STAGES, STAGE = (BM + BN) * BK;
  float* tiles = reinterpret_cast<float*>(pool);
  const int row0 = blockIdx.y * BM, column0 = blockIdx.x * BN;
  const int ty = threadIdx.x / ACROSS * TM, tx = threadIdx.x % ACROSS * TN;

#if CONV
  int image[A_CHUNKS], y0[A_CHUNKS], x0[A_CHUNKS];
#pragma unroll
  for (int i = 0; i < A_CHUNKS; ++i) {
    const int at = row0 + (threadIdx.x + i * THREADS) * 4 % BM;
    const int pixel = at % (h_out * w_out);
    image[i] = at / (h_out * w_out);
    y0[i] = pixel / w_out * STRIDE - KERNEL / 2;
    x0[i] = pixel % w_out * STRIDE - KERNEL / 2;
  }
#endif
  auto a_chunk = [&](int i, int step, bool& valid) -> const float* {
    const int chunk = threadIdx.x + i * THREADS, at_k = step * BK + chunk * 4 / BM;
#if CONV
    const int channel = at_k / (KERNEL * KERNEL), tap = at_k % (KERNEL * KERNEL);
    const int y = y0[i] + tap / KERNEL, x = x0[i] + tap % KERNEL;
    valid = y >= 0 && y < h_in && x >= 0 && x + 3 < w_in;
    return a + ((u64(image[i]) * c_in + channel) * h_in + y) * w_in + x;
#else
    valid = at_k < k;
    return a + u64(at_k) * m + row0 + chunk * 4 % BM;
#endif
  };
  auto b_chunk = [&](int i, int step) -> const float* {
    const int chunk = threadIdx.x + i * THREADS;
    return b + u64(step * BK + chunk * 4 / BN) * n + column0 + chunk * 4 % BN;
  };
  float sums[TM][TN] = {};
  auto multiply = [&](int stage) {
    const float* left = tiles + stage * STAGE + ty;
    const float* right = tiles + stage * STAGE + BM * BK + tx;
#pragma unroll UNROLL
    for (int kk = 0; kk < BK; ++kk) {
      float x[TM], y[TN];
#pragma unroll
      for (int i = 0; i < TM; ++i) x[i] = left[kk * BM + i];
#pragma unroll
      for (int j = 0; j < TN; ++j) y[j] = right[kk * BN + j];
#pragma unroll
      for (int i = 0; i < TM; ++i)
#pragma unroll
        for (int j = 0; j < TN; ++j) sums[i][j] += x[i] * y[j];
    }
  };
  auto slot = [&](int stage, int i, int operand) -> float* {
    return tiles + stage * STAGE + operand * BM * BK + (threadIdx.x + i * THREADS) * 4;
  };
  const int steps = k / BK;
#if STAGES <= 2
  float4 passing[A_CHUNKS + B_CHUNKS];
  auto take = [&](int step) {
    bool valid = true;
#pragma unroll
    for (int i = 0; i < A_CHUNKS; ++i) {
      const float* from = a_chunk(i, step, valid);
      passing[i] = valid ? *reinterpret_cast<const float4*>(from) : make_float4(0, 0, 0, 0);
    }
#pragma unroll
    for (int i = 0; i < B_CHUNKS; ++i)
      passing[A_CHUNKS + i] = *reinterpret_cast<const float4*>(b_chunk(i, step));
  };
  auto put = [&](int stage) {
#pragma unroll
    for (int i = 0; i < A_CHUNKS; ++i) *reinterpret_cast<float4*>(slot(stage, i, 0)) = passing[i];
#pragma unroll
    for (int i = 0; i < B_CHUNKS; ++i)
      *reinterpret_cast<float4*>(slot(stage, i, 1)) = passing[A_CHUNKS + i];
  };
#if STAGES == 1
  for (int step = 0; step < steps; ++step) {
    take(step);
    __syncthreads();
    put(0);
    __syncthreads();
    multiply(0);
  }
#else
  take(0);
  put(0);
  __syncthreads();
  for (int step = 0; step < steps; ++step) {
    if (step + 1 < steps) take(step + 1);
    multiply(step % 2);
    if (step + 1 < steps) put((step + 1) % 2);
    __syncthreads();
  }
#endif
#else
  auto fetch = [&](int stage, int step) {
    bool valid = true;
#pragma unroll
    for (int i = 0; i < A_CHUNKS; ++i) {
      const float* from = a_chunk(i, step, valid);
      copy16(slot(stage, i, 0), from, valid);
    }
#pragma unroll
    for (int i = 0; i < B_CHUNKS; ++i) copy16(slot(stage, i, 1), b_chunk(i, step));
  };
#pragma unroll
  for (int stage = 0; stage < STAGES - 1; ++stage) {
    if (stage < steps) fetch(stage, stage);
    commit();
  }
  int now = 0, next = STAGES - 1;
  for (int step = 0; step < steps; ++step) {
    wait<STAGES - 2>();
    __syncthreads();
    if (step + STAGES - 1 < steps) fetch(next, step + STAGES - 1);
    commit();
    multiply(now);
    now = now + 1 == STAGES ? 0 : now + 1;
    next = next + 1 == STAGES ? 0 : next + 1;
  }
#endif
#pragma unroll
  for (int i = 0; i < TM; ++i)
#pragma unroll
    for (int j = 0; j < TN; ++j) {
      const int row = row0 + ty + i, column = column0 + tx + j;
      float out = sums[i][j];
#if EPILOGUE
      out = gelu(out + bias[column]);
#endif
      if (row < m && column < n) c[u64(row) * n + column] = out;
    }
}
