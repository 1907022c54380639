module @jit_main attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<1x2048x4096xf32>, %arg1: tensor<4096xf32>, %arg2: tensor<4096x4096xf32>, %arg3: tensor<4096x1024xf32>, %arg4: tensor<4096x1024xf32>, %arg5: tensor<4096x4096xf32>, %arg6: tensor<4096xf32>, %arg7: tensor<4096x14336xf32>, %arg8: tensor<4096x14336xf32>, %arg9: tensor<14336x4096xf32>) -> (tensor<1x2048x4096xf32> {jax.result_info = "result"}) {
    %0 = stablehlo.multiply %arg0, %arg0 : tensor<1x2048x4096xf32>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %1 = stablehlo.reduce(%0 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<1x2048x4096xf32>, tensor<f32>) -> tensor<1x2048xf32>
    %2 = stablehlo.broadcast_in_dim %1, dims = [0, 1] : (tensor<1x2048xf32>) -> tensor<1x2048x1xf32>
    %cst_0 = stablehlo.constant dense<4.096000e+03> : tensor<f32>
    %3 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<1x2048x1xf32>
    %4 = stablehlo.divide %2, %3 : tensor<1x2048x1xf32>
    %cst_1 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %5 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<1x2048x1xf32>
    %6 = stablehlo.add %4, %5 : tensor<1x2048x1xf32>
    %7 = stablehlo.rsqrt %6 : tensor<1x2048x1xf32>
    %8 = stablehlo.broadcast_in_dim %7, dims = [0, 1, 2] : (tensor<1x2048x1xf32>) -> tensor<1x2048x4096xf32>
    %9 = stablehlo.multiply %arg0, %8 : tensor<1x2048x4096xf32>
    %10 = stablehlo.broadcast_in_dim %arg1, dims = [2] : (tensor<4096xf32>) -> tensor<1x1x4096xf32>
    %11 = stablehlo.broadcast_in_dim %10, dims = [0, 1, 2] : (tensor<1x1x4096xf32>) -> tensor<1x2048x4096xf32>
    %12 = stablehlo.multiply %9, %11 : tensor<1x2048x4096xf32>
    %13 = stablehlo.dot_general %12, %arg2, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x2048x4096xf32>, tensor<4096x4096xf32>) -> tensor<1x2048x4096xf32>
    %14 = stablehlo.reshape %13 : (tensor<1x2048x4096xf32>) -> tensor<1x2048x32x128xf32>
    %15 = stablehlo.transpose %14, dims = [0, 2, 1, 3] : (tensor<1x2048x32x128xf32>) -> tensor<1x32x2048x128xf32>
    %16 = stablehlo.dot_general %12, %arg3, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x2048x4096xf32>, tensor<4096x1024xf32>) -> tensor<1x2048x1024xf32>
    %17 = stablehlo.reshape %16 : (tensor<1x2048x1024xf32>) -> tensor<1x2048x8x128xf32>
    %18 = stablehlo.transpose %17, dims = [0, 2, 1, 3] : (tensor<1x2048x8x128xf32>) -> tensor<1x8x2048x128xf32>
    %19 = stablehlo.dot_general %12, %arg4, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x2048x4096xf32>, tensor<4096x1024xf32>) -> tensor<1x2048x1024xf32>
    %20 = stablehlo.reshape %19 : (tensor<1x2048x1024xf32>) -> tensor<1x2048x8x128xf32>
    %21 = stablehlo.transpose %20, dims = [0, 2, 1, 3] : (tensor<1x2048x8x128xf32>) -> tensor<1x8x2048x128xf32>
    %22 = stablehlo.broadcast_in_dim %18, dims = [0, 1, 3, 4] : (tensor<1x8x2048x128xf32>) -> tensor<1x8x4x2048x128xf32>
    %23 = stablehlo.reshape %22 : (tensor<1x8x4x2048x128xf32>) -> tensor<1x32x2048x128xf32>
    %24 = stablehlo.broadcast_in_dim %21, dims = [0, 1, 3, 4] : (tensor<1x8x2048x128xf32>) -> tensor<1x8x4x2048x128xf32>
    %25 = stablehlo.reshape %24 : (tensor<1x8x4x2048x128xf32>) -> tensor<1x32x2048x128xf32>
    %26 = stablehlo.dot_general %15, %23, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<1x32x2048x128xf32>, tensor<1x32x2048x128xf32>) -> tensor<1x32x2048x2048xf32>
    %cst_2 = stablehlo.constant dense<11.3137083> : tensor<f32>
    %27 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<f32>) -> tensor<1x32x2048x2048xf32>
    %28 = stablehlo.divide %26, %27 : tensor<1x32x2048x2048xf32>
    %c = stablehlo.constant dense<true> : tensor<i1>
    %29 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i1>) -> tensor<2048x2048xi1>
    %30 = call @tril(%29) : (tensor<2048x2048xi1>) -> tensor<2048x2048xi1>
    %cst_3 = stablehlo.constant dense<-1.000000e+09> : tensor<f32>
    %31 = call @_where(%30, %28, %cst_3) : (tensor<2048x2048xi1>, tensor<1x32x2048x2048xf32>, tensor<f32>) -> tensor<1x32x2048x2048xf32>
    %cst_4 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %32 = stablehlo.reduce(%31 init: %cst_4) applies stablehlo.maximum across dimensions = [3] : (tensor<1x32x2048x2048xf32>, tensor<f32>) -> tensor<1x32x2048xf32>
    %cst_5 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %33 = stablehlo.broadcast_in_dim %cst_5, dims = [] : (tensor<f32>) -> tensor<1x32x2048xf32>
    %34 = stablehlo.maximum %33, %32 : tensor<1x32x2048xf32>
    %35 = stablehlo.broadcast_in_dim %34, dims = [0, 1, 2] : (tensor<1x32x2048xf32>) -> tensor<1x32x2048x1xf32>
    %36 = stablehlo.broadcast_in_dim %35, dims = [0, 1, 2, 3] : (tensor<1x32x2048x1xf32>) -> tensor<1x32x2048x2048xf32>
    %37 = stablehlo.subtract %31, %36 : tensor<1x32x2048x2048xf32>
    %38 = stablehlo.exponential %37 : tensor<1x32x2048x2048xf32>
    %cst_6 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %39 = stablehlo.reduce(%38 init: %cst_6) applies stablehlo.add across dimensions = [3] : (tensor<1x32x2048x2048xf32>, tensor<f32>) -> tensor<1x32x2048xf32>
    %40 = stablehlo.broadcast_in_dim %39, dims = [0, 1, 2] : (tensor<1x32x2048xf32>) -> tensor<1x32x2048x1xf32>
    %41 = stablehlo.broadcast_in_dim %40, dims = [0, 1, 2, 3] : (tensor<1x32x2048x1xf32>) -> tensor<1x32x2048x2048xf32>
    %42 = stablehlo.divide %38, %41 : tensor<1x32x2048x2048xf32>
    %43 = stablehlo.dot_general %42, %25, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<1x32x2048x2048xf32>, tensor<1x32x2048x128xf32>) -> tensor<1x32x2048x128xf32>
    %44 = stablehlo.transpose %43, dims = [0, 2, 1, 3] : (tensor<1x32x2048x128xf32>) -> tensor<1x2048x32x128xf32>
    %45 = stablehlo.reshape %44 : (tensor<1x2048x32x128xf32>) -> tensor<1x2048x4096xf32>
    %46 = stablehlo.dot_general %45, %arg5, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x2048x4096xf32>, tensor<4096x4096xf32>) -> tensor<1x2048x4096xf32>
    %47 = stablehlo.add %arg0, %46 : tensor<1x2048x4096xf32>
    %48 = stablehlo.multiply %47, %47 : tensor<1x2048x4096xf32>
    %cst_7 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %49 = stablehlo.reduce(%48 init: %cst_7) applies stablehlo.add across dimensions = [2] : (tensor<1x2048x4096xf32>, tensor<f32>) -> tensor<1x2048xf32>
    %50 = stablehlo.broadcast_in_dim %49, dims = [0, 1] : (tensor<1x2048xf32>) -> tensor<1x2048x1xf32>
    %cst_8 = stablehlo.constant dense<4.096000e+03> : tensor<f32>
    %51 = stablehlo.broadcast_in_dim %cst_8, dims = [] : (tensor<f32>) -> tensor<1x2048x1xf32>
    %52 = stablehlo.divide %50, %51 : tensor<1x2048x1xf32>
    %cst_9 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %53 = stablehlo.broadcast_in_dim %cst_9, dims = [] : (tensor<f32>) -> tensor<1x2048x1xf32>
    %54 = stablehlo.add %52, %53 : tensor<1x2048x1xf32>
    %55 = stablehlo.rsqrt %54 : tensor<1x2048x1xf32>
    %56 = stablehlo.broadcast_in_dim %55, dims = [0, 1, 2] : (tensor<1x2048x1xf32>) -> tensor<1x2048x4096xf32>
    %57 = stablehlo.multiply %47, %56 : tensor<1x2048x4096xf32>
    %58 = stablehlo.broadcast_in_dim %arg6, dims = [2] : (tensor<4096xf32>) -> tensor<1x1x4096xf32>
    %59 = stablehlo.broadcast_in_dim %58, dims = [0, 1, 2] : (tensor<1x1x4096xf32>) -> tensor<1x2048x4096xf32>
    %60 = stablehlo.multiply %57, %59 : tensor<1x2048x4096xf32>
    %61 = stablehlo.dot_general %60, %arg7, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x2048x4096xf32>, tensor<4096x14336xf32>) -> tensor<1x2048x14336xf32>
    %62 = call @silu(%61) : (tensor<1x2048x14336xf32>) -> tensor<1x2048x14336xf32>
    %63 = stablehlo.dot_general %60, %arg8, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x2048x4096xf32>, tensor<4096x14336xf32>) -> tensor<1x2048x14336xf32>
    %64 = stablehlo.multiply %62, %63 : tensor<1x2048x14336xf32>
    %65 = stablehlo.dot_general %64, %arg9, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x2048x14336xf32>, tensor<14336x4096xf32>) -> tensor<1x2048x4096xf32>
    %66 = stablehlo.add %47, %65 : tensor<1x2048x4096xf32>
    return %66 : tensor<1x2048x4096xf32>
  }
  func.func private @tril(%arg0: tensor<2048x2048xi1>) -> tensor<2048x2048xi1> {
    %0 = stablehlo.iota dim = 0 : tensor<2048x2048xi32>
    %c = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<2048x2048xi32>
    %2 = stablehlo.add %0, %1 : tensor<2048x2048xi32>
    %3 = stablehlo.iota dim = 1 : tensor<2048x2048xi32>
    %4 = stablehlo.compare GE, %2, %3, SIGNED : (tensor<2048x2048xi32>, tensor<2048x2048xi32>) -> tensor<2048x2048xi1>
    %c_0 = stablehlo.constant dense<false> : tensor<i1>
    %5 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i1>) -> tensor<2048x2048xi1>
    %6 = stablehlo.select %4, %arg0, %5 : tensor<2048x2048xi1>, tensor<2048x2048xi1>
    return %6 : tensor<2048x2048xi1>
  }
  func.func private @_where(%arg0: tensor<2048x2048xi1>, %arg1: tensor<1x32x2048x2048xf32>, %arg2: tensor<f32>) -> tensor<1x32x2048x2048xf32> {
    %0 = stablehlo.convert %arg2 : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %arg0, dims = [2, 3] : (tensor<2048x2048xi1>) -> tensor<1x32x2048x2048xi1>
    %2 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<1x32x2048x2048xf32>
    %3 = stablehlo.select %1, %arg1, %2 : tensor<1x32x2048x2048xi1>, tensor<1x32x2048x2048xf32>
    return %3 : tensor<1x32x2048x2048xf32>
  }
  func.func private @silu(%arg0: tensor<1x2048x14336xf32>) -> tensor<1x2048x14336xf32> {
    %0 = stablehlo.negate %arg0 : tensor<1x2048x14336xf32>
    %1 = stablehlo.exponential %0 : tensor<1x2048x14336xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x2048x14336xf32>
    %3 = stablehlo.add %2, %1 : tensor<1x2048x14336xf32>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<1x2048x14336xf32>
    %5 = stablehlo.divide %4, %3 : tensor<1x2048x14336xf32>
    %6 = stablehlo.multiply %arg0, %5 : tensor<1x2048x14336xf32>
    return %6 : tensor<1x2048x14336xf32>
  }
}
