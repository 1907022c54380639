module @jit_main attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<128x512xf32>, %arg1: tensor<512x8xf32>, %arg2: tensor<8x512x2048xf32>, %arg3: tensor<8x2048x512xf32>) -> (tensor<128x512xf32> {jax.result_info = "result"}) {
    %0 = stablehlo.dot_general %arg0, %arg1, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<128x512xf32>, tensor<512x8xf32>) -> tensor<128x8xf32>
    %values, %indices = chlo.top_k(%0, k = 2) : tensor<128x8xf32> -> (tensor<128x2xf32>, tensor<128x2xi32>)
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<128x8xf32>
    %2 = stablehlo.iota dim = 0 : tensor<128xi32>
    %3 = stablehlo.broadcast_in_dim %2, dims = [0] : (tensor<128xi32>) -> tensor<128x1xi32>
    %cst_0 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %4 = stablehlo.reduce(%values init: %cst_0) applies stablehlo.maximum across dimensions = [1] : (tensor<128x2xf32>, tensor<f32>) -> tensor<128xf32>
    %cst_1 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %5 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<128xf32>
    %6 = stablehlo.maximum %5, %4 : tensor<128xf32>
    %7 = stablehlo.broadcast_in_dim %6, dims = [0] : (tensor<128xf32>) -> tensor<128x1xf32>
    %8 = stablehlo.broadcast_in_dim %7, dims = [0, 1] : (tensor<128x1xf32>) -> tensor<128x2xf32>
    %9 = stablehlo.subtract %values, %8 : tensor<128x2xf32>
    %10 = stablehlo.exponential %9 : tensor<128x2xf32>
    %cst_2 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %11 = stablehlo.reduce(%10 init: %cst_2) applies stablehlo.add across dimensions = [1] : (tensor<128x2xf32>, tensor<f32>) -> tensor<128xf32>
    %12 = stablehlo.broadcast_in_dim %11, dims = [0] : (tensor<128xf32>) -> tensor<128x1xf32>
    %13 = stablehlo.broadcast_in_dim %12, dims = [0, 1] : (tensor<128x1xf32>) -> tensor<128x2xf32>
    %14 = stablehlo.divide %10, %13 : tensor<128x2xf32>
    %c = stablehlo.constant dense<0> : tensor<i32>
    %15 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<128x1xi32>
    %16 = stablehlo.compare LT, %3, %15, SIGNED : (tensor<128x1xi32>, tensor<128x1xi32>) -> tensor<128x1xi1>
    %c_3 = stablehlo.constant dense<128> : tensor<i32>
    %17 = stablehlo.broadcast_in_dim %c_3, dims = [] : (tensor<i32>) -> tensor<128x1xi32>
    %18 = stablehlo.add %3, %17 : tensor<128x1xi32>
    %19 = stablehlo.select %16, %18, %3 : tensor<128x1xi1>, tensor<128x1xi32>
    %c_4 = stablehlo.constant dense<0> : tensor<i32>
    %20 = stablehlo.broadcast_in_dim %c_4, dims = [] : (tensor<i32>) -> tensor<128x2xi32>
    %21 = stablehlo.compare LT, %indices, %20, SIGNED : (tensor<128x2xi32>, tensor<128x2xi32>) -> tensor<128x2xi1>
    %c_5 = stablehlo.constant dense<8> : tensor<i32>
    %22 = stablehlo.broadcast_in_dim %c_5, dims = [] : (tensor<i32>) -> tensor<128x2xi32>
    %23 = stablehlo.add %indices, %22 : tensor<128x2xi32>
    %24 = stablehlo.select %21, %23, %indices : tensor<128x2xi1>, tensor<128x2xi32>
    %25 = stablehlo.broadcast_in_dim %19, dims = [0, 1] : (tensor<128x1xi32>) -> tensor<128x2xi32>
    %26 = stablehlo.broadcast_in_dim %25, dims = [0, 1] : (tensor<128x2xi32>) -> tensor<128x2x1xi32>
    %27 = stablehlo.broadcast_in_dim %24, dims = [0, 1] : (tensor<128x2xi32>) -> tensor<128x2x1xi32>
    %28 = stablehlo.concatenate %26, %27, dim = 2 : (tensor<128x2x1xi32>, tensor<128x2x1xi32>) -> tensor<128x2x2xi32>
    %29 = "stablehlo.scatter"(%1, %28, %14) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0, 1], scatter_dims_to_operand_dims = [0, 1], index_vector_dim = 2>, unique_indices = false}> ({
    ^bb0(%arg4: tensor<f32>, %arg5: tensor<f32>):
      stablehlo.return %arg5 : tensor<f32>
    }) : (tensor<128x8xf32>, tensor<128x2x2xi32>, tensor<128x2xf32>) -> tensor<128x8xf32>
    %30 = stablehlo.dot_general %arg0, %arg2, contracting_dims = [1] x [1], precision = [DEFAULT, DEFAULT] : (tensor<128x512xf32>, tensor<8x512x2048xf32>) -> tensor<128x8x2048xf32>
    %31 = call @silu(%30) : (tensor<128x8x2048xf32>) -> tensor<128x8x2048xf32>
    %32 = stablehlo.dot_general %arg3, %31, batching_dims = [0] x [1], contracting_dims = [1] x [2], precision = [DEFAULT, DEFAULT] : (tensor<8x2048x512xf32>, tensor<128x8x2048xf32>) -> tensor<8x512x128xf32>
    %33 = stablehlo.dot_general %29, %32, batching_dims = [0] x [2], contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<128x8xf32>, tensor<8x512x128xf32>) -> tensor<128x512xf32>
    return %33 : tensor<128x512xf32>
  }
  func.func private @silu(%arg0: tensor<128x8x2048xf32>) -> tensor<128x8x2048xf32> {
    %0 = stablehlo.negate %arg0 : tensor<128x8x2048xf32>
    %1 = stablehlo.exponential %0 : tensor<128x8x2048xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<128x8x2048xf32>
    %3 = stablehlo.add %2, %1 : tensor<128x8x2048xf32>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<128x8x2048xf32>
    %5 = stablehlo.divide %4, %3 : tensor<128x8x2048xf32>
    %6 = stablehlo.multiply %arg0, %5 : tensor<128x8x2048xf32>
    return %6 : tensor<128x8x2048xf32>
  }
}
