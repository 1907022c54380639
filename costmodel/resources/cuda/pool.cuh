// Pooling of images whose channels are neighbours: a thread makes TX neighbouring results of VECTOR
// channels from KERNEL x KERNEL windows, STRIDE apart; PADDED: windows reach over the border.
extern "C" __global__ void __launch_bounds__(THREADS, MINIMUM)
    NAME(const ELEMENT* in, ELEMENT* out, int channels, int h, int w, int w_out) {
  constexpr int WINDOW = (TX - 1) * STRIDE + KERNEL, BEYOND = PADDED ? KERNEL / 2 : 0;
  const int place = blockIdx.x * THREADS + threadIdx.x, groups = channels / VECTOR;
  const int channel = place % groups * VECTOR, x0 = place / groups * TX;
  if (x0 + TX > w_out) return;
  const int left = x0 * STRIDE - BEYOND, top = blockIdx.y * STRIDE - BEYOND;
  const ELEMENT* from = in + u64(blockIdx.z) * h * w * channels + channel;
  float made[TX][VECTOR];
#pragma unroll
  for (int t = 0; t < TX; ++t)
#pragma unroll
    for (int e = 0; e < VECTOR; ++e) made[t][e] = OP::none();
#pragma unroll
  for (int dy = 0; dy < KERNEL; ++dy) {
    const int y = top + dy;
    if (PADDED && (y < 0 || y >= h)) continue;
#pragma unroll
    for (int i = 0; i < WINDOW; ++i) {
      const int x = left + i;
      if (PADDED && (x < 0 || x >= w)) continue;
      float seen[VECTOR];
      load<VECTOR>(from + (u64(y) * w + x) * channels, seen);
#pragma unroll
      for (int t = 0; t < TX; ++t)
        if (i >= t * STRIDE && i < t * STRIDE + KERNEL)
#pragma unroll
          for (int e = 0; e < VECTOR; ++e) made[t][e] = OP::of(made[t][e], seen[e]);
    }
  }
  ELEMENT* to = out + ((u64(blockIdx.z) * gridDim.y + blockIdx.y) * w_out + x0) * channels + channel;
#pragma unroll
  for (int t = 0; t < TX; ++t) store<VECTOR>(to + u64(t) * channels, made[t]);
}
