// Convolution without a product: a thread makes TX neighbouring pixels of TC output channels.
extern "C" __global__ void __launch_bounds__(THREADS, MINIMUM)
    NAME(const ELEMENT* image, const ELEMENT* filter, ELEMENT* out, int c_in, int c_out, int h,
         int w) {
  constexpr int WINDOW = (TX - 1) * STRIDE + KERNEL;
  const int x0 = (blockIdx.x * THREADS + threadIdx.x) * TX, y0 = blockIdx.y;
  const int per_image = c_out / TC, first = blockIdx.z % per_image * TC;
  const ELEMENT* from = image + u64(blockIdx.z / per_image) * c_in * h * w;
  if (x0 * STRIDE + WINDOW > w) return;
  float sums[TC][TX] = {};
#pragma unroll UNROLL
  for (int channel = 0; channel < c_in; ++channel) {
#pragma unroll
    for (int dy = 0; dy < KERNEL; ++dy) {
      const ELEMENT* row = from + (u64(channel) * h + y0 * STRIDE + dy) * w + x0 * STRIDE;
      float seen[WINDOW];
#pragma unroll
      for (int i = 0; i < WINDOW; ++i) seen[i] = widen(row[i]);
#pragma unroll
      for (int o = 0; o < TC; ++o)
#pragma unroll
        for (int dx = 0; dx < KERNEL; ++dx) {
          const float weight =
              widen(filter[((u64(first + o) * c_in + channel) * KERNEL + dy) * KERNEL + dx]);
#pragma unroll
          for (int i = 0; i < TX; ++i) sums[o][i] += weight * seen[i * STRIDE + dx];
        }
    }
  }
  const int w_out = (w - KERNEL) / STRIDE + 1, h_out = (h - KERNEL) / STRIDE + 1;
#pragma unroll
  for (int o = 0; o < TC; ++o)
#pragma unroll
    for (int i = 0; i < TX; ++i) {
      const u64 plane = u64(blockIdx.z / per_image) * c_out + first + o;
      narrow(sums[o][i], out[(plane * h_out + y0) * w_out + x0 + i]);
    }
}
