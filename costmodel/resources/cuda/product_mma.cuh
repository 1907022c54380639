// C = A B on matrix units; A is [m, k] (or patches of an image, CONV), B is [n, k].
// BM x BN x BK (BK in bytes), a warp makes WM x WN, STAGES of cp.async (1: through registers),
// AHEAD: the next step's fragments are loaded before this one's products.
{
  constexpr int PITCH = BK + 16, WARPS_N = BN / WN, MT = WM / 16, NT = WN / 8, STEPS = BK / 32;
  constexpr int A_CHUNKS = BM * BK / 16 / THREADS, B_CHUNKS = BN * BK / 16 / THREADS;
  constexpr int STAGE = (BM + BN) * PITCH, ROW = BK / 16;
  const int warp = threadIdx.x / 32, lane = threadIdx.x % 32;
  const int row0 = blockIdx.y * BM, column0 = blockIdx.x * BN;
  const int warp_row = warp / WARPS_N * WM, warp_column = warp % WARPS_N * WN;
  const u8* a8 = reinterpret_cast<const u8*>(a);
  const u8* b8 = reinterpret_cast<const u8*>(b);
  const u64 k_bytes = u64(k) * sizeof(ELEMENT);

#if CONV
  int image[A_CHUNKS], y0[A_CHUNKS], x0[A_CHUNKS];
#pragma unroll
  for (int i = 0; i < A_CHUNKS; ++i) {
    const int at = row0 + (threadIdx.x + i * THREADS) / ROW;
    const int pixel = at % (h_out * w_out);
    image[i] = at / (h_out * w_out);
    y0[i] = pixel / w_out * STRIDE - KERNEL / 2;
    x0[i] = pixel % w_out * STRIDE - KERNEL / 2;
  }
#endif
  auto a_chunk = [&](int i, int step, bool& valid) -> const u8* {
    const int chunk = threadIdx.x + i * THREADS;
#if CONV
    const int per_tap = c_in * int(sizeof(ELEMENT)) / BK;
    const int tap = step / per_tap, y = y0[i] + tap / KERNEL, x = x0[i] + tap % KERNEL;
    valid = y >= 0 && y < h_in && x >= 0 && x < w_in;
    const u64 pixel = (u64(image[i]) * h_in + y) * w_in + x;
    return a8 + pixel * c_in * sizeof(ELEMENT) + (step % per_tap) * BK + chunk % ROW * 16;
#else
    valid = row0 + chunk / ROW < m;
    return a8 + (row0 + chunk / ROW) * k_bytes + u64(step) * BK + chunk % ROW * 16;
#endif
  };
  auto b_chunk = [&](int i, int step) -> const u8* {
    const int chunk = threadIdx.x + i * THREADS;
    return b8 + (column0 + chunk / ROW) * k_bytes + u64(step) * BK + chunk % ROW * 16;
  };
  auto place = [&](int stage, int i, int operand) -> u8* {
    const int chunk = threadIdx.x + i * THREADS;
    return pool + stage * STAGE + (operand * BM + chunk / ROW) * PITCH + chunk % ROW * 16;
  };
  auto fetch = [&](int stage, int step) {
    bool valid = true;
#pragma unroll
    for (int i = 0; i < A_CHUNKS; ++i) {
      const u8* from = a_chunk(i, step, valid);
      copy16(place(stage, i, 0), from, valid);
    }
#pragma unroll
    for (int i = 0; i < B_CHUNKS; ++i) copy16(place(stage, i, 1), b_chunk(i, step));
  };

  float sums[MT][NT][4] = {};
  u32 left[AHEAD + 1][MT][4], right[AHEAD + 1][NT][2];
  auto fragments = [&](int slot, int stage, int part) {
    const u8* base = pool + stage * STAGE + part * 32;
#pragma unroll
    for (int i = 0; i < MT; ++i)
      matrix4(left[slot][i],
              base + (warp_row + i * 16 + lane % 16) * PITCH + lane / 16 * 16);
#pragma unroll
    for (int j = 0; j < NT; ++j)
      matrix2(right[slot][j],
              base + (BM + warp_column + j * 8 + lane % 8) * PITCH + lane / 8 % 2 * 16);
  };
  auto multiply = [&](int stage) {
    if (AHEAD) fragments(0, stage, 0);
#pragma unroll
    for (int part = 0; part < STEPS; ++part) {
      if (!AHEAD) fragments(0, stage, part);
      if (AHEAD && part + 1 < STEPS) fragments((part + 1) % 2, stage, part + 1);
#pragma unroll
      for (int i = 0; i < MT; ++i)
#pragma unroll
        for (int j = 0; j < NT; ++j)
          mma(sums[i][j], left[AHEAD ? part % 2 : 0][i], right[AHEAD ? part % 2 : 0][j],
              ELEMENT());
    }
  };

  const int steps = int(k_bytes / BK);
#if STAGES == 1
  uint4 passing[A_CHUNKS + B_CHUNKS];
  for (int step = 0; step < steps; ++step) {
    bool valid = true;
#pragma unroll
    for (int i = 0; i < A_CHUNKS; ++i) {
      const u8* from = a_chunk(i, step, valid);
      passing[i] = valid ? *reinterpret_cast<const uint4*>(from) : make_uint4(0, 0, 0, 0);
    }
#pragma unroll
    for (int i = 0; i < B_CHUNKS; ++i)
      passing[A_CHUNKS + i] = *reinterpret_cast<const uint4*>(b_chunk(i, step));
    __syncthreads();
#pragma unroll
    for (int i = 0; i < A_CHUNKS; ++i)
      *reinterpret_cast<uint4*>(place(0, i, 0)) = passing[i];
#pragma unroll
    for (int i = 0; i < B_CHUNKS; ++i)
      *reinterpret_cast<uint4*>(place(0, i, 1)) = passing[A_CHUNKS + i];
    __syncthreads();
    multiply(0);
  }
#else
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
  for (int i = 0; i < MT; ++i)
#pragma unroll
    for (int j = 0; j < NT; ++j)
#pragma unroll
      for (int half = 0; half < 2; ++half) {
        const int row = row0 + warp_row + i * 16 + half * 8 + lane / 4;
        const int column = column0 + warp_column + j * 8 + lane % 4 * 2;
        float2 out = make_float2(sums[i][j][half * 2], sums[i][j][half * 2 + 1]);
#if EPILOGUE
        out.x = gelu(out.x + bias[column]);
        out.y = gelu(out.y + bias[column + 1]);
#endif
        if (row < m) *reinterpret_cast<float2*>(c + u64(row) * n + column) = out;
      }
}
