// Convolution as a product with patches gathered on the way (implicit GEMM); images are NHWC.
extern "C" __global__ void __launch_bounds__(THREADS, MINIMUM)
    NAME(const ELEMENT* a, const ELEMENT* b, float* c, const float* bias, int m, int n, int k,
         int h_in, int w_in, int c_in, int h_out, int w_out)
#define CONV 1
#include "product_mma.cuh"
#undef CONV
