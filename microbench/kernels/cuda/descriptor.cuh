// Shared-memory matrix descriptors and the layout they describe. Plain C++: tests build it for the
// host. Source: PTX ISA, sections "Matrix descriptor format" of wgmma and of tcgen05.
#pragma once

#ifdef __CUDACC__
#define ANYWHERE static __host__ __device__ __forceinline__
#else
#define ANYWHERE static inline
typedef unsigned int u32;
typedef unsigned long long u64;
#endif

// Without swizzling a matrix is cut into core matrices: 8 rows of 16 bytes, 128 bytes in one piece.
// Here those of one column of pieces follow each other, so the next 8 rows are 128 bytes on.
ANYWHERE u32 core_offset(u32 row, u32 byte_in_row, u32 rows) {
    return (byte_in_row / 16) * rows * 16 + (row / 8) * 128 + (row % 8) * 16 + byte_in_row % 16;
}

// wgmma, no swizzling: address, distance along K, distance along M or N, all in units of 16 bytes.
ANYWHERE u64 wgmma_descriptor(u32 address, u32 k_step_bytes, u32 row_step_bytes) {
    return (u64)((address & 0x3ffff) >> 4) | (u64)(k_step_bytes >> 4) << 16 |
           (u64)(row_step_bytes >> 4) << 32;
}

// tcgen05: as above, with the fixed constant 0b001 in bits 46 to 48.
ANYWHERE u64 tcgen05_descriptor(u32 address, u32 k_step_bytes, u32 row_step_bytes) {
    return wgmma_descriptor(address, k_step_bytes, row_step_bytes) | (u64)1 << 46;
}

// tcgen05 instruction descriptor, dense: accumulator, A and B formats, N / 8 and M / 16.
ANYWHERE u32 tcgen05_instruction(u32 c_format, u32 a_format, u32 b_format, u32 m, u32 n) {
    return c_format << 4 | a_format << 7 | b_format << 10 | (n / 8) << 17 | (m / 16) << 24;
}

// tcgen05 instruction descriptor with block scales: formats of A and B, scales as exponents (ue8m0)
// or not (ue4m3), N / 8 and M / 128; the sum is fp32.
ANYWHERE u32 tcgen05_scaled_instruction(u32 ab_format, u32 exponents, u32 m, u32 n) {
    return ab_format << 7 | ab_format << 10 | (n / 8) << 17 | exponents << 23 | (m / 128) << 27;
}
