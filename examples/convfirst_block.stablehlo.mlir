module @jit_main attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<128x56x56x64xf32>, %arg1: tensor<3x3x8x64xf32>, %arg2: tensor<64xf32>, %arg3: tensor<64xf32>, %arg4: tensor<1x1x64x256xf32>, %arg5: tensor<256xf32>, %arg6: tensor<256xf32>, %arg7: tensor<1x1x256x64xf32>, %arg8: tensor<64xf32>, %arg9: tensor<64xf32>) -> (tensor<128x56x56x64xf32> {jax.result_info = "result"}) {
    %0 = stablehlo.convolution(%arg0, %arg1) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 8 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<128x56x56x64xf32>, tensor<3x3x8x64xf32>) -> tensor<128x56x56x64xf32>
    %1 = stablehlo.broadcast_in_dim %arg2, dims = [3] : (tensor<64xf32>) -> tensor<1x1x1x64xf32>
    %2 = stablehlo.broadcast_in_dim %1, dims = [0, 1, 2, 3] : (tensor<1x1x1x64xf32>) -> tensor<128x56x56x64xf32>
    %3 = stablehlo.multiply %0, %2 : tensor<128x56x56x64xf32>
    %4 = stablehlo.broadcast_in_dim %arg3, dims = [3] : (tensor<64xf32>) -> tensor<1x1x1x64xf32>
    %5 = stablehlo.broadcast_in_dim %4, dims = [0, 1, 2, 3] : (tensor<1x1x1x64xf32>) -> tensor<128x56x56x64xf32>
    %6 = stablehlo.add %3, %5 : tensor<128x56x56x64xf32>
    %7 = stablehlo.convolution(%6, %arg4) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<128x56x56x64xf32>, tensor<1x1x64x256xf32>) -> tensor<128x56x56x256xf32>
    %8 = stablehlo.broadcast_in_dim %arg5, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %9 = stablehlo.broadcast_in_dim %8, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<128x56x56x256xf32>
    %10 = stablehlo.multiply %7, %9 : tensor<128x56x56x256xf32>
    %11 = stablehlo.broadcast_in_dim %arg6, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %12 = stablehlo.broadcast_in_dim %11, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<128x56x56x256xf32>
    %13 = stablehlo.add %10, %12 : tensor<128x56x56x256xf32>
    %14 = call @silu(%13) : (tensor<128x56x56x256xf32>) -> tensor<128x56x56x256xf32>
    %15 = stablehlo.convolution(%14, %arg7) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<128x56x56x256xf32>, tensor<1x1x256x64xf32>) -> tensor<128x56x56x64xf32>
    %16 = stablehlo.broadcast_in_dim %arg8, dims = [3] : (tensor<64xf32>) -> tensor<1x1x1x64xf32>
    %17 = stablehlo.broadcast_in_dim %16, dims = [0, 1, 2, 3] : (tensor<1x1x1x64xf32>) -> tensor<128x56x56x64xf32>
    %18 = stablehlo.multiply %15, %17 : tensor<128x56x56x64xf32>
    %19 = stablehlo.broadcast_in_dim %arg9, dims = [3] : (tensor<64xf32>) -> tensor<1x1x1x64xf32>
    %20 = stablehlo.broadcast_in_dim %19, dims = [0, 1, 2, 3] : (tensor<1x1x1x64xf32>) -> tensor<128x56x56x64xf32>
    %21 = stablehlo.add %18, %20 : tensor<128x56x56x64xf32>
    %22 = stablehlo.add %arg0, %21 : tensor<128x56x56x64xf32>
    return %22 : tensor<128x56x56x64xf32>
  }
  func.func private @silu(%arg0: tensor<128x56x56x256xf32>) -> tensor<128x56x56x256xf32> {
    %0 = stablehlo.negate %arg0 : tensor<128x56x56x256xf32>
    %1 = stablehlo.exponential %0 : tensor<128x56x56x256xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<128x56x56x256xf32>
    %3 = stablehlo.add %2, %1 : tensor<128x56x56x256xf32>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<128x56x56x256xf32>
    %5 = stablehlo.divide %4, %3 : tensor<128x56x56x256xf32>
    %6 = stablehlo.multiply %arg0, %5 : tensor<128x56x56x256xf32>
    return %6 : tensor<128x56x56x256xf32>
  }
}
