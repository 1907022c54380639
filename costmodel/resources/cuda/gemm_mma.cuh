extern "C" __global__ void __launch_bounds__(THREADS, MINIMUM)
    NAME(const ELEMENT* a, const ELEMENT* b, float* c, const float* bias, int m, int n, int k)
#define CONV 0
#include "product_mma.cuh"
#undef CONV
