extern "C" __global__ void __launch_bounds__(THREADS, MINIMUM)
    NAME(const float* a, const float* b, float* c, const float* bias, int m, int n, int k)
#define CONV 0
#include "product_simt.cuh"
#undef CONV
