// Pieces that all labelled kernels share: copies, fragments, conversions, reductions.
#pragma once

using u8 = unsigned char;
using u16 = unsigned short;
using u32 = unsigned int;
using u64 = unsigned long long;

extern __shared__ __align__(128) u8 pool[];

struct f16 {
  u16 bits;
};
struct bf16 {
  u16 bits;
};

__device__ __forceinline__ float widen(float x) { return x; }
__device__ __forceinline__ float widen(f16 x) {
  float y;
  asm("cvt.f32.f16 %0, %1;" : "=f"(y) : "h"(x.bits));
  return y;
}
__device__ __forceinline__ float widen(bf16 x) { return __uint_as_float(u32(x.bits) << 16); }

__device__ __forceinline__ void narrow(float x, float& y) { y = x; }
__device__ __forceinline__ void narrow(float x, f16& y) {
  asm("cvt.rn.f16.f32 %0, %1;" : "=h"(y.bits) : "f"(x));
}
__device__ __forceinline__ void narrow(float x, bf16& y) {
  asm("cvt.rn.bf16.f32 %0, %1;" : "=h"(y.bits) : "f"(x));
}

// Two results in one register, the lower one first.
__device__ __forceinline__ u32 pair(float low, float high, f16) {
  u32 y;
  asm("cvt.rn.f16x2.f32 %0, %1, %2;" : "=r"(y) : "f"(high), "f"(low));
  return y;
}
__device__ __forceinline__ u32 pair(float low, float high, bf16) {
  u32 y;
  asm("cvt.rn.bf16x2.f32 %0, %1, %2;" : "=r"(y) : "f"(high), "f"(low));
  return y;
}

template <int BYTES>
struct Words;
template <>
struct Words<2> {
  using type = u16;
};
template <>
struct Words<4> {
  using type = u32;
};
template <>
struct Words<8> {
  using type = uint2;
};
template <>
struct Words<16> {
  using type = uint4;
};

// V neighbouring elements in as few loads as they take (16 bytes each at most).
template <int V, class T>
__device__ __forceinline__ void load(const T* from, float (&to)[V]) {
  constexpr int BYTES = V * sizeof(T) > 16 ? 16 : V * sizeof(T);
  constexpr int EACH = BYTES / sizeof(T);
  using Word = typename Words<BYTES>::type;
#pragma unroll
  for (int part = 0; part < V / EACH; ++part) {
    union {
      Word word;
      T at[EACH];
    } seen;
    seen.word = reinterpret_cast<const Word*>(from)[part];
#pragma unroll
    for (int i = 0; i < EACH; ++i) to[part * EACH + i] = widen(seen.at[i]);
  }
}

template <int V, class T>
__device__ __forceinline__ void store(T* to, const float (&from)[V]) {
  constexpr int BYTES = V * sizeof(T) > 16 ? 16 : V * sizeof(T);
  constexpr int EACH = BYTES / sizeof(T);
  using Word = typename Words<BYTES>::type;
#pragma unroll
  for (int part = 0; part < V / EACH; ++part) {
    union {
      Word word;
      T at[EACH];
    } made;
#pragma unroll
    for (int i = 0; i < EACH; ++i) narrow(from[part * EACH + i], made.at[i]);
    reinterpret_cast<Word*>(to)[part] = made.word;
  }
}

__device__ __forceinline__ u32 address(const void* at) { return u32(__cvta_generic_to_shared(at)); }

// 16 bytes from global to shared memory without a register; zeros where not `valid`.
__device__ __forceinline__ void copy16(void* to, const void* from, bool valid = true) {
  int size = valid ? 16 : 0;
  asm volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;" ::"r"(address(to)), "l"(from),
               "r"(size)
               : "memory");
}
__device__ __forceinline__ void commit() { asm volatile("cp.async.commit_group;" ::: "memory"); }
template <int LEFT>
__device__ __forceinline__ void wait() {
  asm volatile("cp.async.wait_group %0;" ::"n"(LEFT) : "memory");
}

__device__ __forceinline__ void matrix4(u32 (&to)[4], const void* at) {
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0,%1,%2,%3}, [%4];"
               : "=r"(to[0]), "=r"(to[1]), "=r"(to[2]), "=r"(to[3])
               : "r"(address(at)));
}
__device__ __forceinline__ void matrix2(u32 (&to)[2], const void* at) {
  asm volatile("ldmatrix.sync.aligned.m8n8.x2.shared.b16 {%0,%1}, [%2];"
               : "=r"(to[0]), "=r"(to[1])
               : "r"(address(at)));
}
__device__ __forceinline__ void matrix2t(u32 (&to)[2], const void* at) {
  asm volatile("ldmatrix.sync.aligned.m8n8.x2.trans.shared.b16 {%0,%1}, [%2];"
               : "=r"(to[0]), "=r"(to[1])
               : "r"(address(at)));
}

struct tf32 {
  u32 bits;
};
struct s8 {
  signed char bits;
};

// D += A B on 16 x 8 results; 32 bytes of k in each operand, whatever the format.
__device__ __forceinline__ void mma(float (&d)[4], const u32 (&a)[4], const u32 (&b)[2], f16) {
  asm volatile(
      "mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, "
      "{%0,%1,%2,%3};"
      : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
}
__device__ __forceinline__ void mma(float (&d)[4], const u32 (&a)[4], const u32 (&b)[2], bf16) {
  asm volatile(
      "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, "
      "{%0,%1,%2,%3};"
      : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
}
__device__ __forceinline__ void mma(float (&d)[4], const u32 (&a)[4], const u32 (&b)[2], tf32) {
  asm volatile(
      "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, "
      "{%0,%1,%2,%3};"
      : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
}
__device__ __forceinline__ void mma(float (&d)[4], const u32 (&a)[4], const u32 (&b)[2], s8) {
  int e[4] = {__float_as_int(d[0]), __float_as_int(d[1]), __float_as_int(d[2]),
              __float_as_int(d[3])};
  asm volatile(
      "mma.sync.aligned.m16n8k32.row.col.s32.s8.s8.s32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, "
      "{%0,%1,%2,%3};"
      : "+r"(e[0]), "+r"(e[1]), "+r"(e[2]), "+r"(e[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
#pragma unroll
  for (int i = 0; i < 4; ++i) d[i] = __int_as_float(e[i]);
}

__device__ __forceinline__ float exp2_fast(float x) {
  float y;
  asm("ex2.approx.ftz.f32 %0, %1;" : "=f"(y) : "f"(x));
  return y;
}
__device__ __forceinline__ float tanh_fast(float x) {
  float y;
  asm("tanh.approx.f32 %0, %1;" : "=f"(y) : "f"(x));
  return y;
}
__device__ __forceinline__ float gelu(float x) {
  return 0.5f * x * (1.0f + tanh_fast(0.7978845608f * (x + 0.044715f * x * x * x)));
}

struct Add {
  static __device__ __forceinline__ float none() { return 0.0f; }
  static __device__ __forceinline__ float of(float a, float b) { return a + b; }
};
struct Most {
  static __device__ __forceinline__ float none() { return -1e30f; }
  static __device__ __forceinline__ float of(float a, float b) { return fmaxf(a, b); }
};

template <class Op, int LANES = 32>
__device__ __forceinline__ float over_warp(float x) {
#pragma unroll
  for (int step = LANES / 2; step; step /= 2) x = Op::of(x, __shfl_xor_sync(~0u, x, step));
  return x;
}

// The same value in every thread; `kept` holds one slot a warp.
template <class Op, int THREADS>
__device__ __forceinline__ float over_block(float x, float* kept) {
  x = over_warp<Op>(x);
  if (THREADS <= 32) return x;
  __syncthreads();
  if (threadIdx.x % 32 == 0) kept[threadIdx.x / 32] = x;
  __syncthreads();
  x = threadIdx.x % 32 < THREADS / 32 ? kept[threadIdx.x % 32] : Op::none();
  return over_warp<Op>(x);
}
