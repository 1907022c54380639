module @jit_main attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<1x224x224x3xf32>, %arg1: tensor<7x7x3x64xf32>, %arg2: tensor<64xf32>, %arg3: tensor<64xf32>, %arg4: tensor<1x1x64x256xf32>, %arg5: tensor<256xf32>, %arg6: tensor<256xf32>, %arg7: tensor<1x1x64x64xf32>, %arg8: tensor<64xf32>, %arg9: tensor<64xf32>, %arg10: tensor<3x3x64x64xf32>, %arg11: tensor<64xf32>, %arg12: tensor<64xf32>, %arg13: tensor<1x1x64x256xf32>, %arg14: tensor<256xf32>, %arg15: tensor<256xf32>, %arg16: tensor<1x1x256x64xf32>, %arg17: tensor<64xf32>, %arg18: tensor<64xf32>, %arg19: tensor<3x3x64x64xf32>, %arg20: tensor<64xf32>, %arg21: tensor<64xf32>, %arg22: tensor<1x1x64x256xf32>, %arg23: tensor<256xf32>, %arg24: tensor<256xf32>, %arg25: tensor<1x1x256x64xf32>, %arg26: tensor<64xf32>, %arg27: tensor<64xf32>, %arg28: tensor<3x3x64x64xf32>, %arg29: tensor<64xf32>, %arg30: tensor<64xf32>, %arg31: tensor<1x1x64x256xf32>, %arg32: tensor<256xf32>, %arg33: tensor<256xf32>, %arg34: tensor<1x1x256x512xf32>, %arg35: tensor<512xf32>, %arg36: tensor<512xf32>, %arg37: tensor<1x1x256x128xf32>, %arg38: tensor<128xf32>, %arg39: tensor<128xf32>, %arg40: tensor<3x3x128x128xf32>, %arg41: tensor<128xf32>, %arg42: tensor<128xf32>, %arg43: tensor<1x1x128x512xf32>, %arg44: tensor<512xf32>, %arg45: tensor<512xf32>, %arg46: tensor<1x1x512x128xf32>, %arg47: tensor<128xf32>, %arg48: tensor<128xf32>, %arg49: tensor<3x3x128x128xf32>, %arg50: tensor<128xf32>, %arg51: tensor<128xf32>, %arg52: tensor<1x1x128x512xf32>, %arg53: tensor<512xf32>, %arg54: tensor<512xf32>, %arg55: tensor<1x1x512x128xf32>, %arg56: tensor<128xf32>, %arg57: tensor<128xf32>, %arg58: tensor<3x3x128x128xf32>, %arg59: tensor<128xf32>, %arg60: tensor<128xf32>, %arg61: tensor<1x1x128x512xf32>, %arg62: tensor<512xf32>, %arg63: tensor<512xf32>, %arg64: tensor<1x1x512x128xf32>, %arg65: tensor<128xf32>, %arg66: tensor<128xf32>, %arg67: tensor<3x3x128x128xf32>, %arg68: tensor<128xf32>, %arg69: tensor<128xf32>, %arg70: tensor<1x1x128x512xf32>, %arg71: tensor<512xf32>, %arg72: tensor<512xf32>, %arg73: tensor<1x1x512x1024xf32>, %arg74: tensor<1024xf32>, %arg75: tensor<1024xf32>, %arg76: tensor<1x1x512x256xf32>, %arg77: tensor<256xf32>, %arg78: tensor<256xf32>, %arg79: tensor<3x3x256x256xf32>, %arg80: tensor<256xf32>, %arg81: tensor<256xf32>, %arg82: tensor<1x1x256x1024xf32>, %arg83: tensor<1024xf32>, %arg84: tensor<1024xf32>, %arg85: tensor<1x1x1024x256xf32>, %arg86: tensor<256xf32>, %arg87: tensor<256xf32>, %arg88: tensor<3x3x256x256xf32>, %arg89: tensor<256xf32>, %arg90: tensor<256xf32>, %arg91: tensor<1x1x256x1024xf32>, %arg92: tensor<1024xf32>, %arg93: tensor<1024xf32>, %arg94: tensor<1x1x1024x256xf32>, %arg95: tensor<256xf32>, %arg96: tensor<256xf32>, %arg97: tensor<3x3x256x256xf32>, %arg98: tensor<256xf32>, %arg99: tensor<256xf32>, %arg100: tensor<1x1x256x1024xf32>, %arg101: tensor<1024xf32>, %arg102: tensor<1024xf32>, %arg103: tensor<1x1x1024x256xf32>, %arg104: tensor<256xf32>, %arg105: tensor<256xf32>, %arg106: tensor<3x3x256x256xf32>, %arg107: tensor<256xf32>, %arg108: tensor<256xf32>, %arg109: tensor<1x1x256x1024xf32>, %arg110: tensor<1024xf32>, %arg111: tensor<1024xf32>, %arg112: tensor<1x1x1024x256xf32>, %arg113: tensor<256xf32>, %arg114: tensor<256xf32>, %arg115: tensor<3x3x256x256xf32>, %arg116: tensor<256xf32>, %arg117: tensor<256xf32>, %arg118: tensor<1x1x256x1024xf32>, %arg119: tensor<1024xf32>, %arg120: tensor<1024xf32>, %arg121: tensor<1x1x1024x256xf32>, %arg122: tensor<256xf32>, %arg123: tensor<256xf32>, %arg124: tensor<3x3x256x256xf32>, %arg125: tensor<256xf32>, %arg126: tensor<256xf32>, %arg127: tensor<1x1x256x1024xf32>, %arg128: tensor<1024xf32>, %arg129: tensor<1024xf32>, %arg130: tensor<1x1x1024x2048xf32>, %arg131: tensor<2048xf32>, %arg132: tensor<2048xf32>, %arg133: tensor<1x1x1024x512xf32>, %arg134: tensor<512xf32>, %arg135: tensor<512xf32>, %arg136: tensor<3x3x512x512xf32>, %arg137: tensor<512xf32>, %arg138: tensor<512xf32>, %arg139: tensor<1x1x512x2048xf32>, %arg140: tensor<2048xf32>, %arg141: tensor<2048xf32>, %arg142: tensor<1x1x2048x512xf32>, %arg143: tensor<512xf32>, %arg144: tensor<512xf32>, %arg145: tensor<3x3x512x512xf32>, %arg146: tensor<512xf32>, %arg147: tensor<512xf32>, %arg148: tensor<1x1x512x2048xf32>, %arg149: tensor<2048xf32>, %arg150: tensor<2048xf32>, %arg151: tensor<1x1x2048x512xf32>, %arg152: tensor<512xf32>, %arg153: tensor<512xf32>, %arg154: tensor<3x3x512x512xf32>, %arg155: tensor<512xf32>, %arg156: tensor<512xf32>, %arg157: tensor<1x1x512x2048xf32>, %arg158: tensor<2048xf32>, %arg159: tensor<2048xf32>, %arg160: tensor<2048x1000xf32>, %arg161: tensor<1000xf32>) -> (tensor<1x1000xf32> {jax.result_info = "result"}) {
    %0 = stablehlo.convolution(%arg0, %arg1) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 2], pad = [[2, 3], [2, 3]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x224x224x3xf32>, tensor<7x7x3x64xf32>) -> tensor<1x112x112x64xf32>
    %1 = stablehlo.broadcast_in_dim %arg2, dims = [3] : (tensor<64xf32>) -> tensor<1x1x1x64xf32>
    %2 = stablehlo.broadcast_in_dim %1, dims = [0, 1, 2, 3] : (tensor<1x1x1x64xf32>) -> tensor<1x112x112x64xf32>
    %3 = stablehlo.multiply %0, %2 : tensor<1x112x112x64xf32>
    %4 = stablehlo.broadcast_in_dim %arg3, dims = [3] : (tensor<64xf32>) -> tensor<1x1x1x64xf32>
    %5 = stablehlo.broadcast_in_dim %4, dims = [0, 1, 2, 3] : (tensor<1x1x1x64xf32>) -> tensor<1x112x112x64xf32>
    %6 = stablehlo.add %3, %5 : tensor<1x112x112x64xf32>
    %7 = call @relu(%6) : (tensor<1x112x112x64xf32>) -> tensor<1x112x112x64xf32>
    %cst = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %8 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<f32>
    %9 = "stablehlo.reduce_window"(%7, %8) <{base_dilations = array<i64: 1, 1, 1, 1>, padding = dense<[[0, 0], [0, 1], [0, 1], [0, 0]]> : tensor<4x2xi64>, window_dilations = array<i64: 1, 1, 1, 1>, window_dimensions = array<i64: 1, 3, 3, 1>, window_strides = array<i64: 1, 2, 2, 1>}> ({
    ^bb0(%arg162: tensor<f32>, %arg163: tensor<f32>):
      %444 = stablehlo.maximum %arg162, %arg163 : tensor<f32>
      stablehlo.return %444 : tensor<f32>
    }) : (tensor<1x112x112x64xf32>, tensor<f32>) -> tensor<1x56x56x64xf32>
    %10 = stablehlo.convolution(%9, %arg4) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x56x56x64xf32>, tensor<1x1x64x256xf32>) -> tensor<1x56x56x256xf32>
    %11 = stablehlo.broadcast_in_dim %arg5, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %12 = stablehlo.broadcast_in_dim %11, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x56x56x256xf32>
    %13 = stablehlo.multiply %10, %12 : tensor<1x56x56x256xf32>
    %14 = stablehlo.broadcast_in_dim %arg6, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %15 = stablehlo.broadcast_in_dim %14, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x56x56x256xf32>
    %16 = stablehlo.add %13, %15 : tensor<1x56x56x256xf32>
    %17 = stablehlo.convolution(%9, %arg7) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x56x56x64xf32>, tensor<1x1x64x64xf32>) -> tensor<1x56x56x64xf32>
    %18 = stablehlo.broadcast_in_dim %arg8, dims = [3] : (tensor<64xf32>) -> tensor<1x1x1x64xf32>
    %19 = stablehlo.broadcast_in_dim %18, dims = [0, 1, 2, 3] : (tensor<1x1x1x64xf32>) -> tensor<1x56x56x64xf32>
    %20 = stablehlo.multiply %17, %19 : tensor<1x56x56x64xf32>
    %21 = stablehlo.broadcast_in_dim %arg9, dims = [3] : (tensor<64xf32>) -> tensor<1x1x1x64xf32>
    %22 = stablehlo.broadcast_in_dim %21, dims = [0, 1, 2, 3] : (tensor<1x1x1x64xf32>) -> tensor<1x56x56x64xf32>
    %23 = stablehlo.add %20, %22 : tensor<1x56x56x64xf32>
    %24 = call @relu_0(%23) : (tensor<1x56x56x64xf32>) -> tensor<1x56x56x64xf32>
    %25 = stablehlo.convolution(%24, %arg10) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x56x56x64xf32>, tensor<3x3x64x64xf32>) -> tensor<1x56x56x64xf32>
    %26 = stablehlo.broadcast_in_dim %arg11, dims = [3] : (tensor<64xf32>) -> tensor<1x1x1x64xf32>
    %27 = stablehlo.broadcast_in_dim %26, dims = [0, 1, 2, 3] : (tensor<1x1x1x64xf32>) -> tensor<1x56x56x64xf32>
    %28 = stablehlo.multiply %25, %27 : tensor<1x56x56x64xf32>
    %29 = stablehlo.broadcast_in_dim %arg12, dims = [3] : (tensor<64xf32>) -> tensor<1x1x1x64xf32>
    %30 = stablehlo.broadcast_in_dim %29, dims = [0, 1, 2, 3] : (tensor<1x1x1x64xf32>) -> tensor<1x56x56x64xf32>
    %31 = stablehlo.add %28, %30 : tensor<1x56x56x64xf32>
    %32 = call @relu_0(%31) : (tensor<1x56x56x64xf32>) -> tensor<1x56x56x64xf32>
    %33 = stablehlo.convolution(%32, %arg13) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x56x56x64xf32>, tensor<1x1x64x256xf32>) -> tensor<1x56x56x256xf32>
    %34 = stablehlo.broadcast_in_dim %arg14, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %35 = stablehlo.broadcast_in_dim %34, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x56x56x256xf32>
    %36 = stablehlo.multiply %33, %35 : tensor<1x56x56x256xf32>
    %37 = stablehlo.broadcast_in_dim %arg15, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %38 = stablehlo.broadcast_in_dim %37, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x56x56x256xf32>
    %39 = stablehlo.add %36, %38 : tensor<1x56x56x256xf32>
    %40 = stablehlo.add %39, %16 : tensor<1x56x56x256xf32>
    %41 = call @relu_1(%40) : (tensor<1x56x56x256xf32>) -> tensor<1x56x56x256xf32>
    %42 = stablehlo.convolution(%41, %arg16) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x56x56x256xf32>, tensor<1x1x256x64xf32>) -> tensor<1x56x56x64xf32>
    %43 = stablehlo.broadcast_in_dim %arg17, dims = [3] : (tensor<64xf32>) -> tensor<1x1x1x64xf32>
    %44 = stablehlo.broadcast_in_dim %43, dims = [0, 1, 2, 3] : (tensor<1x1x1x64xf32>) -> tensor<1x56x56x64xf32>
    %45 = stablehlo.multiply %42, %44 : tensor<1x56x56x64xf32>
    %46 = stablehlo.broadcast_in_dim %arg18, dims = [3] : (tensor<64xf32>) -> tensor<1x1x1x64xf32>
    %47 = stablehlo.broadcast_in_dim %46, dims = [0, 1, 2, 3] : (tensor<1x1x1x64xf32>) -> tensor<1x56x56x64xf32>
    %48 = stablehlo.add %45, %47 : tensor<1x56x56x64xf32>
    %49 = call @relu_0(%48) : (tensor<1x56x56x64xf32>) -> tensor<1x56x56x64xf32>
    %50 = stablehlo.convolution(%49, %arg19) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x56x56x64xf32>, tensor<3x3x64x64xf32>) -> tensor<1x56x56x64xf32>
    %51 = stablehlo.broadcast_in_dim %arg20, dims = [3] : (tensor<64xf32>) -> tensor<1x1x1x64xf32>
    %52 = stablehlo.broadcast_in_dim %51, dims = [0, 1, 2, 3] : (tensor<1x1x1x64xf32>) -> tensor<1x56x56x64xf32>
    %53 = stablehlo.multiply %50, %52 : tensor<1x56x56x64xf32>
    %54 = stablehlo.broadcast_in_dim %arg21, dims = [3] : (tensor<64xf32>) -> tensor<1x1x1x64xf32>
    %55 = stablehlo.broadcast_in_dim %54, dims = [0, 1, 2, 3] : (tensor<1x1x1x64xf32>) -> tensor<1x56x56x64xf32>
    %56 = stablehlo.add %53, %55 : tensor<1x56x56x64xf32>
    %57 = call @relu_0(%56) : (tensor<1x56x56x64xf32>) -> tensor<1x56x56x64xf32>
    %58 = stablehlo.convolution(%57, %arg22) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x56x56x64xf32>, tensor<1x1x64x256xf32>) -> tensor<1x56x56x256xf32>
    %59 = stablehlo.broadcast_in_dim %arg23, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %60 = stablehlo.broadcast_in_dim %59, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x56x56x256xf32>
    %61 = stablehlo.multiply %58, %60 : tensor<1x56x56x256xf32>
    %62 = stablehlo.broadcast_in_dim %arg24, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %63 = stablehlo.broadcast_in_dim %62, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x56x56x256xf32>
    %64 = stablehlo.add %61, %63 : tensor<1x56x56x256xf32>
    %65 = stablehlo.add %64, %41 : tensor<1x56x56x256xf32>
    %66 = call @relu_1(%65) : (tensor<1x56x56x256xf32>) -> tensor<1x56x56x256xf32>
    %67 = stablehlo.convolution(%66, %arg25) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x56x56x256xf32>, tensor<1x1x256x64xf32>) -> tensor<1x56x56x64xf32>
    %68 = stablehlo.broadcast_in_dim %arg26, dims = [3] : (tensor<64xf32>) -> tensor<1x1x1x64xf32>
    %69 = stablehlo.broadcast_in_dim %68, dims = [0, 1, 2, 3] : (tensor<1x1x1x64xf32>) -> tensor<1x56x56x64xf32>
    %70 = stablehlo.multiply %67, %69 : tensor<1x56x56x64xf32>
    %71 = stablehlo.broadcast_in_dim %arg27, dims = [3] : (tensor<64xf32>) -> tensor<1x1x1x64xf32>
    %72 = stablehlo.broadcast_in_dim %71, dims = [0, 1, 2, 3] : (tensor<1x1x1x64xf32>) -> tensor<1x56x56x64xf32>
    %73 = stablehlo.add %70, %72 : tensor<1x56x56x64xf32>
    %74 = call @relu_0(%73) : (tensor<1x56x56x64xf32>) -> tensor<1x56x56x64xf32>
    %75 = stablehlo.convolution(%74, %arg28) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x56x56x64xf32>, tensor<3x3x64x64xf32>) -> tensor<1x56x56x64xf32>
    %76 = stablehlo.broadcast_in_dim %arg29, dims = [3] : (tensor<64xf32>) -> tensor<1x1x1x64xf32>
    %77 = stablehlo.broadcast_in_dim %76, dims = [0, 1, 2, 3] : (tensor<1x1x1x64xf32>) -> tensor<1x56x56x64xf32>
    %78 = stablehlo.multiply %75, %77 : tensor<1x56x56x64xf32>
    %79 = stablehlo.broadcast_in_dim %arg30, dims = [3] : (tensor<64xf32>) -> tensor<1x1x1x64xf32>
    %80 = stablehlo.broadcast_in_dim %79, dims = [0, 1, 2, 3] : (tensor<1x1x1x64xf32>) -> tensor<1x56x56x64xf32>
    %81 = stablehlo.add %78, %80 : tensor<1x56x56x64xf32>
    %82 = call @relu_0(%81) : (tensor<1x56x56x64xf32>) -> tensor<1x56x56x64xf32>
    %83 = stablehlo.convolution(%82, %arg31) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x56x56x64xf32>, tensor<1x1x64x256xf32>) -> tensor<1x56x56x256xf32>
    %84 = stablehlo.broadcast_in_dim %arg32, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %85 = stablehlo.broadcast_in_dim %84, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x56x56x256xf32>
    %86 = stablehlo.multiply %83, %85 : tensor<1x56x56x256xf32>
    %87 = stablehlo.broadcast_in_dim %arg33, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %88 = stablehlo.broadcast_in_dim %87, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x56x56x256xf32>
    %89 = stablehlo.add %86, %88 : tensor<1x56x56x256xf32>
    %90 = stablehlo.add %89, %66 : tensor<1x56x56x256xf32>
    %91 = call @relu_1(%90) : (tensor<1x56x56x256xf32>) -> tensor<1x56x56x256xf32>
    %92 = stablehlo.convolution(%91, %arg34) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 2], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x56x56x256xf32>, tensor<1x1x256x512xf32>) -> tensor<1x28x28x512xf32>
    %93 = stablehlo.broadcast_in_dim %arg35, dims = [3] : (tensor<512xf32>) -> tensor<1x1x1x512xf32>
    %94 = stablehlo.broadcast_in_dim %93, dims = [0, 1, 2, 3] : (tensor<1x1x1x512xf32>) -> tensor<1x28x28x512xf32>
    %95 = stablehlo.multiply %92, %94 : tensor<1x28x28x512xf32>
    %96 = stablehlo.broadcast_in_dim %arg36, dims = [3] : (tensor<512xf32>) -> tensor<1x1x1x512xf32>
    %97 = stablehlo.broadcast_in_dim %96, dims = [0, 1, 2, 3] : (tensor<1x1x1x512xf32>) -> tensor<1x28x28x512xf32>
    %98 = stablehlo.add %95, %97 : tensor<1x28x28x512xf32>
    %99 = stablehlo.convolution(%91, %arg37) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x56x56x256xf32>, tensor<1x1x256x128xf32>) -> tensor<1x56x56x128xf32>
    %100 = stablehlo.broadcast_in_dim %arg38, dims = [3] : (tensor<128xf32>) -> tensor<1x1x1x128xf32>
    %101 = stablehlo.broadcast_in_dim %100, dims = [0, 1, 2, 3] : (tensor<1x1x1x128xf32>) -> tensor<1x56x56x128xf32>
    %102 = stablehlo.multiply %99, %101 : tensor<1x56x56x128xf32>
    %103 = stablehlo.broadcast_in_dim %arg39, dims = [3] : (tensor<128xf32>) -> tensor<1x1x1x128xf32>
    %104 = stablehlo.broadcast_in_dim %103, dims = [0, 1, 2, 3] : (tensor<1x1x1x128xf32>) -> tensor<1x56x56x128xf32>
    %105 = stablehlo.add %102, %104 : tensor<1x56x56x128xf32>
    %106 = call @relu_2(%105) : (tensor<1x56x56x128xf32>) -> tensor<1x56x56x128xf32>
    %107 = stablehlo.convolution(%106, %arg40) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 2], pad = [[0, 1], [0, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x56x56x128xf32>, tensor<3x3x128x128xf32>) -> tensor<1x28x28x128xf32>
    %108 = stablehlo.broadcast_in_dim %arg41, dims = [3] : (tensor<128xf32>) -> tensor<1x1x1x128xf32>
    %109 = stablehlo.broadcast_in_dim %108, dims = [0, 1, 2, 3] : (tensor<1x1x1x128xf32>) -> tensor<1x28x28x128xf32>
    %110 = stablehlo.multiply %107, %109 : tensor<1x28x28x128xf32>
    %111 = stablehlo.broadcast_in_dim %arg42, dims = [3] : (tensor<128xf32>) -> tensor<1x1x1x128xf32>
    %112 = stablehlo.broadcast_in_dim %111, dims = [0, 1, 2, 3] : (tensor<1x1x1x128xf32>) -> tensor<1x28x28x128xf32>
    %113 = stablehlo.add %110, %112 : tensor<1x28x28x128xf32>
    %114 = call @relu_3(%113) : (tensor<1x28x28x128xf32>) -> tensor<1x28x28x128xf32>
    %115 = stablehlo.convolution(%114, %arg43) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x28x28x128xf32>, tensor<1x1x128x512xf32>) -> tensor<1x28x28x512xf32>
    %116 = stablehlo.broadcast_in_dim %arg44, dims = [3] : (tensor<512xf32>) -> tensor<1x1x1x512xf32>
    %117 = stablehlo.broadcast_in_dim %116, dims = [0, 1, 2, 3] : (tensor<1x1x1x512xf32>) -> tensor<1x28x28x512xf32>
    %118 = stablehlo.multiply %115, %117 : tensor<1x28x28x512xf32>
    %119 = stablehlo.broadcast_in_dim %arg45, dims = [3] : (tensor<512xf32>) -> tensor<1x1x1x512xf32>
    %120 = stablehlo.broadcast_in_dim %119, dims = [0, 1, 2, 3] : (tensor<1x1x1x512xf32>) -> tensor<1x28x28x512xf32>
    %121 = stablehlo.add %118, %120 : tensor<1x28x28x512xf32>
    %122 = stablehlo.add %121, %98 : tensor<1x28x28x512xf32>
    %123 = call @relu_4(%122) : (tensor<1x28x28x512xf32>) -> tensor<1x28x28x512xf32>
    %124 = stablehlo.convolution(%123, %arg46) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x28x28x512xf32>, tensor<1x1x512x128xf32>) -> tensor<1x28x28x128xf32>
    %125 = stablehlo.broadcast_in_dim %arg47, dims = [3] : (tensor<128xf32>) -> tensor<1x1x1x128xf32>
    %126 = stablehlo.broadcast_in_dim %125, dims = [0, 1, 2, 3] : (tensor<1x1x1x128xf32>) -> tensor<1x28x28x128xf32>
    %127 = stablehlo.multiply %124, %126 : tensor<1x28x28x128xf32>
    %128 = stablehlo.broadcast_in_dim %arg48, dims = [3] : (tensor<128xf32>) -> tensor<1x1x1x128xf32>
    %129 = stablehlo.broadcast_in_dim %128, dims = [0, 1, 2, 3] : (tensor<1x1x1x128xf32>) -> tensor<1x28x28x128xf32>
    %130 = stablehlo.add %127, %129 : tensor<1x28x28x128xf32>
    %131 = call @relu_3(%130) : (tensor<1x28x28x128xf32>) -> tensor<1x28x28x128xf32>
    %132 = stablehlo.convolution(%131, %arg49) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x28x28x128xf32>, tensor<3x3x128x128xf32>) -> tensor<1x28x28x128xf32>
    %133 = stablehlo.broadcast_in_dim %arg50, dims = [3] : (tensor<128xf32>) -> tensor<1x1x1x128xf32>
    %134 = stablehlo.broadcast_in_dim %133, dims = [0, 1, 2, 3] : (tensor<1x1x1x128xf32>) -> tensor<1x28x28x128xf32>
    %135 = stablehlo.multiply %132, %134 : tensor<1x28x28x128xf32>
    %136 = stablehlo.broadcast_in_dim %arg51, dims = [3] : (tensor<128xf32>) -> tensor<1x1x1x128xf32>
    %137 = stablehlo.broadcast_in_dim %136, dims = [0, 1, 2, 3] : (tensor<1x1x1x128xf32>) -> tensor<1x28x28x128xf32>
    %138 = stablehlo.add %135, %137 : tensor<1x28x28x128xf32>
    %139 = call @relu_3(%138) : (tensor<1x28x28x128xf32>) -> tensor<1x28x28x128xf32>
    %140 = stablehlo.convolution(%139, %arg52) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x28x28x128xf32>, tensor<1x1x128x512xf32>) -> tensor<1x28x28x512xf32>
    %141 = stablehlo.broadcast_in_dim %arg53, dims = [3] : (tensor<512xf32>) -> tensor<1x1x1x512xf32>
    %142 = stablehlo.broadcast_in_dim %141, dims = [0, 1, 2, 3] : (tensor<1x1x1x512xf32>) -> tensor<1x28x28x512xf32>
    %143 = stablehlo.multiply %140, %142 : tensor<1x28x28x512xf32>
    %144 = stablehlo.broadcast_in_dim %arg54, dims = [3] : (tensor<512xf32>) -> tensor<1x1x1x512xf32>
    %145 = stablehlo.broadcast_in_dim %144, dims = [0, 1, 2, 3] : (tensor<1x1x1x512xf32>) -> tensor<1x28x28x512xf32>
    %146 = stablehlo.add %143, %145 : tensor<1x28x28x512xf32>
    %147 = stablehlo.add %146, %123 : tensor<1x28x28x512xf32>
    %148 = call @relu_4(%147) : (tensor<1x28x28x512xf32>) -> tensor<1x28x28x512xf32>
    %149 = stablehlo.convolution(%148, %arg55) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x28x28x512xf32>, tensor<1x1x512x128xf32>) -> tensor<1x28x28x128xf32>
    %150 = stablehlo.broadcast_in_dim %arg56, dims = [3] : (tensor<128xf32>) -> tensor<1x1x1x128xf32>
    %151 = stablehlo.broadcast_in_dim %150, dims = [0, 1, 2, 3] : (tensor<1x1x1x128xf32>) -> tensor<1x28x28x128xf32>
    %152 = stablehlo.multiply %149, %151 : tensor<1x28x28x128xf32>
    %153 = stablehlo.broadcast_in_dim %arg57, dims = [3] : (tensor<128xf32>) -> tensor<1x1x1x128xf32>
    %154 = stablehlo.broadcast_in_dim %153, dims = [0, 1, 2, 3] : (tensor<1x1x1x128xf32>) -> tensor<1x28x28x128xf32>
    %155 = stablehlo.add %152, %154 : tensor<1x28x28x128xf32>
    %156 = call @relu_3(%155) : (tensor<1x28x28x128xf32>) -> tensor<1x28x28x128xf32>
    %157 = stablehlo.convolution(%156, %arg58) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x28x28x128xf32>, tensor<3x3x128x128xf32>) -> tensor<1x28x28x128xf32>
    %158 = stablehlo.broadcast_in_dim %arg59, dims = [3] : (tensor<128xf32>) -> tensor<1x1x1x128xf32>
    %159 = stablehlo.broadcast_in_dim %158, dims = [0, 1, 2, 3] : (tensor<1x1x1x128xf32>) -> tensor<1x28x28x128xf32>
    %160 = stablehlo.multiply %157, %159 : tensor<1x28x28x128xf32>
    %161 = stablehlo.broadcast_in_dim %arg60, dims = [3] : (tensor<128xf32>) -> tensor<1x1x1x128xf32>
    %162 = stablehlo.broadcast_in_dim %161, dims = [0, 1, 2, 3] : (tensor<1x1x1x128xf32>) -> tensor<1x28x28x128xf32>
    %163 = stablehlo.add %160, %162 : tensor<1x28x28x128xf32>
    %164 = call @relu_3(%163) : (tensor<1x28x28x128xf32>) -> tensor<1x28x28x128xf32>
    %165 = stablehlo.convolution(%164, %arg61) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x28x28x128xf32>, tensor<1x1x128x512xf32>) -> tensor<1x28x28x512xf32>
    %166 = stablehlo.broadcast_in_dim %arg62, dims = [3] : (tensor<512xf32>) -> tensor<1x1x1x512xf32>
    %167 = stablehlo.broadcast_in_dim %166, dims = [0, 1, 2, 3] : (tensor<1x1x1x512xf32>) -> tensor<1x28x28x512xf32>
    %168 = stablehlo.multiply %165, %167 : tensor<1x28x28x512xf32>
    %169 = stablehlo.broadcast_in_dim %arg63, dims = [3] : (tensor<512xf32>) -> tensor<1x1x1x512xf32>
    %170 = stablehlo.broadcast_in_dim %169, dims = [0, 1, 2, 3] : (tensor<1x1x1x512xf32>) -> tensor<1x28x28x512xf32>
    %171 = stablehlo.add %168, %170 : tensor<1x28x28x512xf32>
    %172 = stablehlo.add %171, %148 : tensor<1x28x28x512xf32>
    %173 = call @relu_4(%172) : (tensor<1x28x28x512xf32>) -> tensor<1x28x28x512xf32>
    %174 = stablehlo.convolution(%173, %arg64) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x28x28x512xf32>, tensor<1x1x512x128xf32>) -> tensor<1x28x28x128xf32>
    %175 = stablehlo.broadcast_in_dim %arg65, dims = [3] : (tensor<128xf32>) -> tensor<1x1x1x128xf32>
    %176 = stablehlo.broadcast_in_dim %175, dims = [0, 1, 2, 3] : (tensor<1x1x1x128xf32>) -> tensor<1x28x28x128xf32>
    %177 = stablehlo.multiply %174, %176 : tensor<1x28x28x128xf32>
    %178 = stablehlo.broadcast_in_dim %arg66, dims = [3] : (tensor<128xf32>) -> tensor<1x1x1x128xf32>
    %179 = stablehlo.broadcast_in_dim %178, dims = [0, 1, 2, 3] : (tensor<1x1x1x128xf32>) -> tensor<1x28x28x128xf32>
    %180 = stablehlo.add %177, %179 : tensor<1x28x28x128xf32>
    %181 = call @relu_3(%180) : (tensor<1x28x28x128xf32>) -> tensor<1x28x28x128xf32>
    %182 = stablehlo.convolution(%181, %arg67) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x28x28x128xf32>, tensor<3x3x128x128xf32>) -> tensor<1x28x28x128xf32>
    %183 = stablehlo.broadcast_in_dim %arg68, dims = [3] : (tensor<128xf32>) -> tensor<1x1x1x128xf32>
    %184 = stablehlo.broadcast_in_dim %183, dims = [0, 1, 2, 3] : (tensor<1x1x1x128xf32>) -> tensor<1x28x28x128xf32>
    %185 = stablehlo.multiply %182, %184 : tensor<1x28x28x128xf32>
    %186 = stablehlo.broadcast_in_dim %arg69, dims = [3] : (tensor<128xf32>) -> tensor<1x1x1x128xf32>
    %187 = stablehlo.broadcast_in_dim %186, dims = [0, 1, 2, 3] : (tensor<1x1x1x128xf32>) -> tensor<1x28x28x128xf32>
    %188 = stablehlo.add %185, %187 : tensor<1x28x28x128xf32>
    %189 = call @relu_3(%188) : (tensor<1x28x28x128xf32>) -> tensor<1x28x28x128xf32>
    %190 = stablehlo.convolution(%189, %arg70) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x28x28x128xf32>, tensor<1x1x128x512xf32>) -> tensor<1x28x28x512xf32>
    %191 = stablehlo.broadcast_in_dim %arg71, dims = [3] : (tensor<512xf32>) -> tensor<1x1x1x512xf32>
    %192 = stablehlo.broadcast_in_dim %191, dims = [0, 1, 2, 3] : (tensor<1x1x1x512xf32>) -> tensor<1x28x28x512xf32>
    %193 = stablehlo.multiply %190, %192 : tensor<1x28x28x512xf32>
    %194 = stablehlo.broadcast_in_dim %arg72, dims = [3] : (tensor<512xf32>) -> tensor<1x1x1x512xf32>
    %195 = stablehlo.broadcast_in_dim %194, dims = [0, 1, 2, 3] : (tensor<1x1x1x512xf32>) -> tensor<1x28x28x512xf32>
    %196 = stablehlo.add %193, %195 : tensor<1x28x28x512xf32>
    %197 = stablehlo.add %196, %173 : tensor<1x28x28x512xf32>
    %198 = call @relu_4(%197) : (tensor<1x28x28x512xf32>) -> tensor<1x28x28x512xf32>
    %199 = stablehlo.convolution(%198, %arg73) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 2], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x28x28x512xf32>, tensor<1x1x512x1024xf32>) -> tensor<1x14x14x1024xf32>
    %200 = stablehlo.broadcast_in_dim %arg74, dims = [3] : (tensor<1024xf32>) -> tensor<1x1x1x1024xf32>
    %201 = stablehlo.broadcast_in_dim %200, dims = [0, 1, 2, 3] : (tensor<1x1x1x1024xf32>) -> tensor<1x14x14x1024xf32>
    %202 = stablehlo.multiply %199, %201 : tensor<1x14x14x1024xf32>
    %203 = stablehlo.broadcast_in_dim %arg75, dims = [3] : (tensor<1024xf32>) -> tensor<1x1x1x1024xf32>
    %204 = stablehlo.broadcast_in_dim %203, dims = [0, 1, 2, 3] : (tensor<1x1x1x1024xf32>) -> tensor<1x14x14x1024xf32>
    %205 = stablehlo.add %202, %204 : tensor<1x14x14x1024xf32>
    %206 = stablehlo.convolution(%198, %arg76) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x28x28x512xf32>, tensor<1x1x512x256xf32>) -> tensor<1x28x28x256xf32>
    %207 = stablehlo.broadcast_in_dim %arg77, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %208 = stablehlo.broadcast_in_dim %207, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x28x28x256xf32>
    %209 = stablehlo.multiply %206, %208 : tensor<1x28x28x256xf32>
    %210 = stablehlo.broadcast_in_dim %arg78, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %211 = stablehlo.broadcast_in_dim %210, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x28x28x256xf32>
    %212 = stablehlo.add %209, %211 : tensor<1x28x28x256xf32>
    %213 = call @relu_5(%212) : (tensor<1x28x28x256xf32>) -> tensor<1x28x28x256xf32>
    %214 = stablehlo.convolution(%213, %arg79) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 2], pad = [[0, 1], [0, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x28x28x256xf32>, tensor<3x3x256x256xf32>) -> tensor<1x14x14x256xf32>
    %215 = stablehlo.broadcast_in_dim %arg80, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %216 = stablehlo.broadcast_in_dim %215, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x14x14x256xf32>
    %217 = stablehlo.multiply %214, %216 : tensor<1x14x14x256xf32>
    %218 = stablehlo.broadcast_in_dim %arg81, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %219 = stablehlo.broadcast_in_dim %218, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x14x14x256xf32>
    %220 = stablehlo.add %217, %219 : tensor<1x14x14x256xf32>
    %221 = call @relu_6(%220) : (tensor<1x14x14x256xf32>) -> tensor<1x14x14x256xf32>
    %222 = stablehlo.convolution(%221, %arg82) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x256xf32>, tensor<1x1x256x1024xf32>) -> tensor<1x14x14x1024xf32>
    %223 = stablehlo.broadcast_in_dim %arg83, dims = [3] : (tensor<1024xf32>) -> tensor<1x1x1x1024xf32>
    %224 = stablehlo.broadcast_in_dim %223, dims = [0, 1, 2, 3] : (tensor<1x1x1x1024xf32>) -> tensor<1x14x14x1024xf32>
    %225 = stablehlo.multiply %222, %224 : tensor<1x14x14x1024xf32>
    %226 = stablehlo.broadcast_in_dim %arg84, dims = [3] : (tensor<1024xf32>) -> tensor<1x1x1x1024xf32>
    %227 = stablehlo.broadcast_in_dim %226, dims = [0, 1, 2, 3] : (tensor<1x1x1x1024xf32>) -> tensor<1x14x14x1024xf32>
    %228 = stablehlo.add %225, %227 : tensor<1x14x14x1024xf32>
    %229 = stablehlo.add %228, %205 : tensor<1x14x14x1024xf32>
    %230 = call @relu_7(%229) : (tensor<1x14x14x1024xf32>) -> tensor<1x14x14x1024xf32>
    %231 = stablehlo.convolution(%230, %arg85) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x1024xf32>, tensor<1x1x1024x256xf32>) -> tensor<1x14x14x256xf32>
    %232 = stablehlo.broadcast_in_dim %arg86, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %233 = stablehlo.broadcast_in_dim %232, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x14x14x256xf32>
    %234 = stablehlo.multiply %231, %233 : tensor<1x14x14x256xf32>
    %235 = stablehlo.broadcast_in_dim %arg87, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %236 = stablehlo.broadcast_in_dim %235, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x14x14x256xf32>
    %237 = stablehlo.add %234, %236 : tensor<1x14x14x256xf32>
    %238 = call @relu_6(%237) : (tensor<1x14x14x256xf32>) -> tensor<1x14x14x256xf32>
    %239 = stablehlo.convolution(%238, %arg88) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x256xf32>, tensor<3x3x256x256xf32>) -> tensor<1x14x14x256xf32>
    %240 = stablehlo.broadcast_in_dim %arg89, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %241 = stablehlo.broadcast_in_dim %240, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x14x14x256xf32>
    %242 = stablehlo.multiply %239, %241 : tensor<1x14x14x256xf32>
    %243 = stablehlo.broadcast_in_dim %arg90, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %244 = stablehlo.broadcast_in_dim %243, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x14x14x256xf32>
    %245 = stablehlo.add %242, %244 : tensor<1x14x14x256xf32>
    %246 = call @relu_6(%245) : (tensor<1x14x14x256xf32>) -> tensor<1x14x14x256xf32>
    %247 = stablehlo.convolution(%246, %arg91) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x256xf32>, tensor<1x1x256x1024xf32>) -> tensor<1x14x14x1024xf32>
    %248 = stablehlo.broadcast_in_dim %arg92, dims = [3] : (tensor<1024xf32>) -> tensor<1x1x1x1024xf32>
    %249 = stablehlo.broadcast_in_dim %248, dims = [0, 1, 2, 3] : (tensor<1x1x1x1024xf32>) -> tensor<1x14x14x1024xf32>
    %250 = stablehlo.multiply %247, %249 : tensor<1x14x14x1024xf32>
    %251 = stablehlo.broadcast_in_dim %arg93, dims = [3] : (tensor<1024xf32>) -> tensor<1x1x1x1024xf32>
    %252 = stablehlo.broadcast_in_dim %251, dims = [0, 1, 2, 3] : (tensor<1x1x1x1024xf32>) -> tensor<1x14x14x1024xf32>
    %253 = stablehlo.add %250, %252 : tensor<1x14x14x1024xf32>
    %254 = stablehlo.add %253, %230 : tensor<1x14x14x1024xf32>
    %255 = call @relu_7(%254) : (tensor<1x14x14x1024xf32>) -> tensor<1x14x14x1024xf32>
    %256 = stablehlo.convolution(%255, %arg94) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x1024xf32>, tensor<1x1x1024x256xf32>) -> tensor<1x14x14x256xf32>
    %257 = stablehlo.broadcast_in_dim %arg95, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %258 = stablehlo.broadcast_in_dim %257, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x14x14x256xf32>
    %259 = stablehlo.multiply %256, %258 : tensor<1x14x14x256xf32>
    %260 = stablehlo.broadcast_in_dim %arg96, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %261 = stablehlo.broadcast_in_dim %260, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x14x14x256xf32>
    %262 = stablehlo.add %259, %261 : tensor<1x14x14x256xf32>
    %263 = call @relu_6(%262) : (tensor<1x14x14x256xf32>) -> tensor<1x14x14x256xf32>
    %264 = stablehlo.convolution(%263, %arg97) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x256xf32>, tensor<3x3x256x256xf32>) -> tensor<1x14x14x256xf32>
    %265 = stablehlo.broadcast_in_dim %arg98, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %266 = stablehlo.broadcast_in_dim %265, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x14x14x256xf32>
    %267 = stablehlo.multiply %264, %266 : tensor<1x14x14x256xf32>
    %268 = stablehlo.broadcast_in_dim %arg99, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %269 = stablehlo.broadcast_in_dim %268, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x14x14x256xf32>
    %270 = stablehlo.add %267, %269 : tensor<1x14x14x256xf32>
    %271 = call @relu_6(%270) : (tensor<1x14x14x256xf32>) -> tensor<1x14x14x256xf32>
    %272 = stablehlo.convolution(%271, %arg100) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x256xf32>, tensor<1x1x256x1024xf32>) -> tensor<1x14x14x1024xf32>
    %273 = stablehlo.broadcast_in_dim %arg101, dims = [3] : (tensor<1024xf32>) -> tensor<1x1x1x1024xf32>
    %274 = stablehlo.broadcast_in_dim %273, dims = [0, 1, 2, 3] : (tensor<1x1x1x1024xf32>) -> tensor<1x14x14x1024xf32>
    %275 = stablehlo.multiply %272, %274 : tensor<1x14x14x1024xf32>
    %276 = stablehlo.broadcast_in_dim %arg102, dims = [3] : (tensor<1024xf32>) -> tensor<1x1x1x1024xf32>
    %277 = stablehlo.broadcast_in_dim %276, dims = [0, 1, 2, 3] : (tensor<1x1x1x1024xf32>) -> tensor<1x14x14x1024xf32>
    %278 = stablehlo.add %275, %277 : tensor<1x14x14x1024xf32>
    %279 = stablehlo.add %278, %255 : tensor<1x14x14x1024xf32>
    %280 = call @relu_7(%279) : (tensor<1x14x14x1024xf32>) -> tensor<1x14x14x1024xf32>
    %281 = stablehlo.convolution(%280, %arg103) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x1024xf32>, tensor<1x1x1024x256xf32>) -> tensor<1x14x14x256xf32>
    %282 = stablehlo.broadcast_in_dim %arg104, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %283 = stablehlo.broadcast_in_dim %282, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x14x14x256xf32>
    %284 = stablehlo.multiply %281, %283 : tensor<1x14x14x256xf32>
    %285 = stablehlo.broadcast_in_dim %arg105, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %286 = stablehlo.broadcast_in_dim %285, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x14x14x256xf32>
    %287 = stablehlo.add %284, %286 : tensor<1x14x14x256xf32>
    %288 = call @relu_6(%287) : (tensor<1x14x14x256xf32>) -> tensor<1x14x14x256xf32>
    %289 = stablehlo.convolution(%288, %arg106) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x256xf32>, tensor<3x3x256x256xf32>) -> tensor<1x14x14x256xf32>
    %290 = stablehlo.broadcast_in_dim %arg107, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %291 = stablehlo.broadcast_in_dim %290, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x14x14x256xf32>
    %292 = stablehlo.multiply %289, %291 : tensor<1x14x14x256xf32>
    %293 = stablehlo.broadcast_in_dim %arg108, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %294 = stablehlo.broadcast_in_dim %293, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x14x14x256xf32>
    %295 = stablehlo.add %292, %294 : tensor<1x14x14x256xf32>
    %296 = call @relu_6(%295) : (tensor<1x14x14x256xf32>) -> tensor<1x14x14x256xf32>
    %297 = stablehlo.convolution(%296, %arg109) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x256xf32>, tensor<1x1x256x1024xf32>) -> tensor<1x14x14x1024xf32>
    %298 = stablehlo.broadcast_in_dim %arg110, dims = [3] : (tensor<1024xf32>) -> tensor<1x1x1x1024xf32>
    %299 = stablehlo.broadcast_in_dim %298, dims = [0, 1, 2, 3] : (tensor<1x1x1x1024xf32>) -> tensor<1x14x14x1024xf32>
    %300 = stablehlo.multiply %297, %299 : tensor<1x14x14x1024xf32>
    %301 = stablehlo.broadcast_in_dim %arg111, dims = [3] : (tensor<1024xf32>) -> tensor<1x1x1x1024xf32>
    %302 = stablehlo.broadcast_in_dim %301, dims = [0, 1, 2, 3] : (tensor<1x1x1x1024xf32>) -> tensor<1x14x14x1024xf32>
    %303 = stablehlo.add %300, %302 : tensor<1x14x14x1024xf32>
    %304 = stablehlo.add %303, %280 : tensor<1x14x14x1024xf32>
    %305 = call @relu_7(%304) : (tensor<1x14x14x1024xf32>) -> tensor<1x14x14x1024xf32>
    %306 = stablehlo.convolution(%305, %arg112) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x1024xf32>, tensor<1x1x1024x256xf32>) -> tensor<1x14x14x256xf32>
    %307 = stablehlo.broadcast_in_dim %arg113, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %308 = stablehlo.broadcast_in_dim %307, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x14x14x256xf32>
    %309 = stablehlo.multiply %306, %308 : tensor<1x14x14x256xf32>
    %310 = stablehlo.broadcast_in_dim %arg114, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %311 = stablehlo.broadcast_in_dim %310, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x14x14x256xf32>
    %312 = stablehlo.add %309, %311 : tensor<1x14x14x256xf32>
    %313 = call @relu_6(%312) : (tensor<1x14x14x256xf32>) -> tensor<1x14x14x256xf32>
    %314 = stablehlo.convolution(%313, %arg115) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x256xf32>, tensor<3x3x256x256xf32>) -> tensor<1x14x14x256xf32>
    %315 = stablehlo.broadcast_in_dim %arg116, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %316 = stablehlo.broadcast_in_dim %315, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x14x14x256xf32>
    %317 = stablehlo.multiply %314, %316 : tensor<1x14x14x256xf32>
    %318 = stablehlo.broadcast_in_dim %arg117, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %319 = stablehlo.broadcast_in_dim %318, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x14x14x256xf32>
    %320 = stablehlo.add %317, %319 : tensor<1x14x14x256xf32>
    %321 = call @relu_6(%320) : (tensor<1x14x14x256xf32>) -> tensor<1x14x14x256xf32>
    %322 = stablehlo.convolution(%321, %arg118) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x256xf32>, tensor<1x1x256x1024xf32>) -> tensor<1x14x14x1024xf32>
    %323 = stablehlo.broadcast_in_dim %arg119, dims = [3] : (tensor<1024xf32>) -> tensor<1x1x1x1024xf32>
    %324 = stablehlo.broadcast_in_dim %323, dims = [0, 1, 2, 3] : (tensor<1x1x1x1024xf32>) -> tensor<1x14x14x1024xf32>
    %325 = stablehlo.multiply %322, %324 : tensor<1x14x14x1024xf32>
    %326 = stablehlo.broadcast_in_dim %arg120, dims = [3] : (tensor<1024xf32>) -> tensor<1x1x1x1024xf32>
    %327 = stablehlo.broadcast_in_dim %326, dims = [0, 1, 2, 3] : (tensor<1x1x1x1024xf32>) -> tensor<1x14x14x1024xf32>
    %328 = stablehlo.add %325, %327 : tensor<1x14x14x1024xf32>
    %329 = stablehlo.add %328, %305 : tensor<1x14x14x1024xf32>
    %330 = call @relu_7(%329) : (tensor<1x14x14x1024xf32>) -> tensor<1x14x14x1024xf32>
    %331 = stablehlo.convolution(%330, %arg121) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x1024xf32>, tensor<1x1x1024x256xf32>) -> tensor<1x14x14x256xf32>
    %332 = stablehlo.broadcast_in_dim %arg122, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %333 = stablehlo.broadcast_in_dim %332, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x14x14x256xf32>
    %334 = stablehlo.multiply %331, %333 : tensor<1x14x14x256xf32>
    %335 = stablehlo.broadcast_in_dim %arg123, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %336 = stablehlo.broadcast_in_dim %335, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x14x14x256xf32>
    %337 = stablehlo.add %334, %336 : tensor<1x14x14x256xf32>
    %338 = call @relu_6(%337) : (tensor<1x14x14x256xf32>) -> tensor<1x14x14x256xf32>
    %339 = stablehlo.convolution(%338, %arg124) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x256xf32>, tensor<3x3x256x256xf32>) -> tensor<1x14x14x256xf32>
    %340 = stablehlo.broadcast_in_dim %arg125, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %341 = stablehlo.broadcast_in_dim %340, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x14x14x256xf32>
    %342 = stablehlo.multiply %339, %341 : tensor<1x14x14x256xf32>
    %343 = stablehlo.broadcast_in_dim %arg126, dims = [3] : (tensor<256xf32>) -> tensor<1x1x1x256xf32>
    %344 = stablehlo.broadcast_in_dim %343, dims = [0, 1, 2, 3] : (tensor<1x1x1x256xf32>) -> tensor<1x14x14x256xf32>
    %345 = stablehlo.add %342, %344 : tensor<1x14x14x256xf32>
    %346 = call @relu_6(%345) : (tensor<1x14x14x256xf32>) -> tensor<1x14x14x256xf32>
    %347 = stablehlo.convolution(%346, %arg127) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x256xf32>, tensor<1x1x256x1024xf32>) -> tensor<1x14x14x1024xf32>
    %348 = stablehlo.broadcast_in_dim %arg128, dims = [3] : (tensor<1024xf32>) -> tensor<1x1x1x1024xf32>
    %349 = stablehlo.broadcast_in_dim %348, dims = [0, 1, 2, 3] : (tensor<1x1x1x1024xf32>) -> tensor<1x14x14x1024xf32>
    %350 = stablehlo.multiply %347, %349 : tensor<1x14x14x1024xf32>
    %351 = stablehlo.broadcast_in_dim %arg129, dims = [3] : (tensor<1024xf32>) -> tensor<1x1x1x1024xf32>
    %352 = stablehlo.broadcast_in_dim %351, dims = [0, 1, 2, 3] : (tensor<1x1x1x1024xf32>) -> tensor<1x14x14x1024xf32>
    %353 = stablehlo.add %350, %352 : tensor<1x14x14x1024xf32>
    %354 = stablehlo.add %353, %330 : tensor<1x14x14x1024xf32>
    %355 = call @relu_7(%354) : (tensor<1x14x14x1024xf32>) -> tensor<1x14x14x1024xf32>
    %356 = stablehlo.convolution(%355, %arg130) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 2], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x1024xf32>, tensor<1x1x1024x2048xf32>) -> tensor<1x7x7x2048xf32>
    %357 = stablehlo.broadcast_in_dim %arg131, dims = [3] : (tensor<2048xf32>) -> tensor<1x1x1x2048xf32>
    %358 = stablehlo.broadcast_in_dim %357, dims = [0, 1, 2, 3] : (tensor<1x1x1x2048xf32>) -> tensor<1x7x7x2048xf32>
    %359 = stablehlo.multiply %356, %358 : tensor<1x7x7x2048xf32>
    %360 = stablehlo.broadcast_in_dim %arg132, dims = [3] : (tensor<2048xf32>) -> tensor<1x1x1x2048xf32>
    %361 = stablehlo.broadcast_in_dim %360, dims = [0, 1, 2, 3] : (tensor<1x1x1x2048xf32>) -> tensor<1x7x7x2048xf32>
    %362 = stablehlo.add %359, %361 : tensor<1x7x7x2048xf32>
    %363 = stablehlo.convolution(%355, %arg133) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x1024xf32>, tensor<1x1x1024x512xf32>) -> tensor<1x14x14x512xf32>
    %364 = stablehlo.broadcast_in_dim %arg134, dims = [3] : (tensor<512xf32>) -> tensor<1x1x1x512xf32>
    %365 = stablehlo.broadcast_in_dim %364, dims = [0, 1, 2, 3] : (tensor<1x1x1x512xf32>) -> tensor<1x14x14x512xf32>
    %366 = stablehlo.multiply %363, %365 : tensor<1x14x14x512xf32>
    %367 = stablehlo.broadcast_in_dim %arg135, dims = [3] : (tensor<512xf32>) -> tensor<1x1x1x512xf32>
    %368 = stablehlo.broadcast_in_dim %367, dims = [0, 1, 2, 3] : (tensor<1x1x1x512xf32>) -> tensor<1x14x14x512xf32>
    %369 = stablehlo.add %366, %368 : tensor<1x14x14x512xf32>
    %370 = call @relu_8(%369) : (tensor<1x14x14x512xf32>) -> tensor<1x14x14x512xf32>
    %371 = stablehlo.convolution(%370, %arg136) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 2], pad = [[0, 1], [0, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x512xf32>, tensor<3x3x512x512xf32>) -> tensor<1x7x7x512xf32>
    %372 = stablehlo.broadcast_in_dim %arg137, dims = [3] : (tensor<512xf32>) -> tensor<1x1x1x512xf32>
    %373 = stablehlo.broadcast_in_dim %372, dims = [0, 1, 2, 3] : (tensor<1x1x1x512xf32>) -> tensor<1x7x7x512xf32>
    %374 = stablehlo.multiply %371, %373 : tensor<1x7x7x512xf32>
    %375 = stablehlo.broadcast_in_dim %arg138, dims = [3] : (tensor<512xf32>) -> tensor<1x1x1x512xf32>
    %376 = stablehlo.broadcast_in_dim %375, dims = [0, 1, 2, 3] : (tensor<1x1x1x512xf32>) -> tensor<1x7x7x512xf32>
    %377 = stablehlo.add %374, %376 : tensor<1x7x7x512xf32>
    %378 = call @relu_9(%377) : (tensor<1x7x7x512xf32>) -> tensor<1x7x7x512xf32>
    %379 = stablehlo.convolution(%378, %arg139) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x7x7x512xf32>, tensor<1x1x512x2048xf32>) -> tensor<1x7x7x2048xf32>
    %380 = stablehlo.broadcast_in_dim %arg140, dims = [3] : (tensor<2048xf32>) -> tensor<1x1x1x2048xf32>
    %381 = stablehlo.broadcast_in_dim %380, dims = [0, 1, 2, 3] : (tensor<1x1x1x2048xf32>) -> tensor<1x7x7x2048xf32>
    %382 = stablehlo.multiply %379, %381 : tensor<1x7x7x2048xf32>
    %383 = stablehlo.broadcast_in_dim %arg141, dims = [3] : (tensor<2048xf32>) -> tensor<1x1x1x2048xf32>
    %384 = stablehlo.broadcast_in_dim %383, dims = [0, 1, 2, 3] : (tensor<1x1x1x2048xf32>) -> tensor<1x7x7x2048xf32>
    %385 = stablehlo.add %382, %384 : tensor<1x7x7x2048xf32>
    %386 = stablehlo.add %385, %362 : tensor<1x7x7x2048xf32>
    %387 = call @relu_10(%386) : (tensor<1x7x7x2048xf32>) -> tensor<1x7x7x2048xf32>
    %388 = stablehlo.convolution(%387, %arg142) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x7x7x2048xf32>, tensor<1x1x2048x512xf32>) -> tensor<1x7x7x512xf32>
    %389 = stablehlo.broadcast_in_dim %arg143, dims = [3] : (tensor<512xf32>) -> tensor<1x1x1x512xf32>
    %390 = stablehlo.broadcast_in_dim %389, dims = [0, 1, 2, 3] : (tensor<1x1x1x512xf32>) -> tensor<1x7x7x512xf32>
    %391 = stablehlo.multiply %388, %390 : tensor<1x7x7x512xf32>
    %392 = stablehlo.broadcast_in_dim %arg144, dims = [3] : (tensor<512xf32>) -> tensor<1x1x1x512xf32>
    %393 = stablehlo.broadcast_in_dim %392, dims = [0, 1, 2, 3] : (tensor<1x1x1x512xf32>) -> tensor<1x7x7x512xf32>
    %394 = stablehlo.add %391, %393 : tensor<1x7x7x512xf32>
    %395 = call @relu_9(%394) : (tensor<1x7x7x512xf32>) -> tensor<1x7x7x512xf32>
    %396 = stablehlo.convolution(%395, %arg145) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x7x7x512xf32>, tensor<3x3x512x512xf32>) -> tensor<1x7x7x512xf32>
    %397 = stablehlo.broadcast_in_dim %arg146, dims = [3] : (tensor<512xf32>) -> tensor<1x1x1x512xf32>
    %398 = stablehlo.broadcast_in_dim %397, dims = [0, 1, 2, 3] : (tensor<1x1x1x512xf32>) -> tensor<1x7x7x512xf32>
    %399 = stablehlo.multiply %396, %398 : tensor<1x7x7x512xf32>
    %400 = stablehlo.broadcast_in_dim %arg147, dims = [3] : (tensor<512xf32>) -> tensor<1x1x1x512xf32>
    %401 = stablehlo.broadcast_in_dim %400, dims = [0, 1, 2, 3] : (tensor<1x1x1x512xf32>) -> tensor<1x7x7x512xf32>
    %402 = stablehlo.add %399, %401 : tensor<1x7x7x512xf32>
    %403 = call @relu_9(%402) : (tensor<1x7x7x512xf32>) -> tensor<1x7x7x512xf32>
    %404 = stablehlo.convolution(%403, %arg148) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x7x7x512xf32>, tensor<1x1x512x2048xf32>) -> tensor<1x7x7x2048xf32>
    %405 = stablehlo.broadcast_in_dim %arg149, dims = [3] : (tensor<2048xf32>) -> tensor<1x1x1x2048xf32>
    %406 = stablehlo.broadcast_in_dim %405, dims = [0, 1, 2, 3] : (tensor<1x1x1x2048xf32>) -> tensor<1x7x7x2048xf32>
    %407 = stablehlo.multiply %404, %406 : tensor<1x7x7x2048xf32>
    %408 = stablehlo.broadcast_in_dim %arg150, dims = [3] : (tensor<2048xf32>) -> tensor<1x1x1x2048xf32>
    %409 = stablehlo.broadcast_in_dim %408, dims = [0, 1, 2, 3] : (tensor<1x1x1x2048xf32>) -> tensor<1x7x7x2048xf32>
    %410 = stablehlo.add %407, %409 : tensor<1x7x7x2048xf32>
    %411 = stablehlo.add %410, %387 : tensor<1x7x7x2048xf32>
    %412 = call @relu_10(%411) : (tensor<1x7x7x2048xf32>) -> tensor<1x7x7x2048xf32>
    %413 = stablehlo.convolution(%412, %arg151) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x7x7x2048xf32>, tensor<1x1x2048x512xf32>) -> tensor<1x7x7x512xf32>
    %414 = stablehlo.broadcast_in_dim %arg152, dims = [3] : (tensor<512xf32>) -> tensor<1x1x1x512xf32>
    %415 = stablehlo.broadcast_in_dim %414, dims = [0, 1, 2, 3] : (tensor<1x1x1x512xf32>) -> tensor<1x7x7x512xf32>
    %416 = stablehlo.multiply %413, %415 : tensor<1x7x7x512xf32>
    %417 = stablehlo.broadcast_in_dim %arg153, dims = [3] : (tensor<512xf32>) -> tensor<1x1x1x512xf32>
    %418 = stablehlo.broadcast_in_dim %417, dims = [0, 1, 2, 3] : (tensor<1x1x1x512xf32>) -> tensor<1x7x7x512xf32>
    %419 = stablehlo.add %416, %418 : tensor<1x7x7x512xf32>
    %420 = call @relu_9(%419) : (tensor<1x7x7x512xf32>) -> tensor<1x7x7x512xf32>
    %421 = stablehlo.convolution(%420, %arg154) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x7x7x512xf32>, tensor<3x3x512x512xf32>) -> tensor<1x7x7x512xf32>
    %422 = stablehlo.broadcast_in_dim %arg155, dims = [3] : (tensor<512xf32>) -> tensor<1x1x1x512xf32>
    %423 = stablehlo.broadcast_in_dim %422, dims = [0, 1, 2, 3] : (tensor<1x1x1x512xf32>) -> tensor<1x7x7x512xf32>
    %424 = stablehlo.multiply %421, %423 : tensor<1x7x7x512xf32>
    %425 = stablehlo.broadcast_in_dim %arg156, dims = [3] : (tensor<512xf32>) -> tensor<1x1x1x512xf32>
    %426 = stablehlo.broadcast_in_dim %425, dims = [0, 1, 2, 3] : (tensor<1x1x1x512xf32>) -> tensor<1x7x7x512xf32>
    %427 = stablehlo.add %424, %426 : tensor<1x7x7x512xf32>
    %428 = call @relu_9(%427) : (tensor<1x7x7x512xf32>) -> tensor<1x7x7x512xf32>
    %429 = stablehlo.convolution(%428, %arg157) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x7x7x512xf32>, tensor<1x1x512x2048xf32>) -> tensor<1x7x7x2048xf32>
    %430 = stablehlo.broadcast_in_dim %arg158, dims = [3] : (tensor<2048xf32>) -> tensor<1x1x1x2048xf32>
    %431 = stablehlo.broadcast_in_dim %430, dims = [0, 1, 2, 3] : (tensor<1x1x1x2048xf32>) -> tensor<1x7x7x2048xf32>
    %432 = stablehlo.multiply %429, %431 : tensor<1x7x7x2048xf32>
    %433 = stablehlo.broadcast_in_dim %arg159, dims = [3] : (tensor<2048xf32>) -> tensor<1x1x1x2048xf32>
    %434 = stablehlo.broadcast_in_dim %433, dims = [0, 1, 2, 3] : (tensor<1x1x1x2048xf32>) -> tensor<1x7x7x2048xf32>
    %435 = stablehlo.add %432, %434 : tensor<1x7x7x2048xf32>
    %436 = stablehlo.add %435, %412 : tensor<1x7x7x2048xf32>
    %437 = call @relu_10(%436) : (tensor<1x7x7x2048xf32>) -> tensor<1x7x7x2048xf32>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %438 = stablehlo.reduce(%437 init: %cst_0) applies stablehlo.add across dimensions = [1, 2] : (tensor<1x7x7x2048xf32>, tensor<f32>) -> tensor<1x2048xf32>
    %cst_1 = stablehlo.constant dense<4.900000e+01> : tensor<f32>
    %439 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<1x2048xf32>
    %440 = stablehlo.divide %438, %439 : tensor<1x2048xf32>
    %441 = stablehlo.dot_general %440, %arg160, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x2048xf32>, tensor<2048x1000xf32>) -> tensor<1x1000xf32>
    %442 = stablehlo.broadcast_in_dim %arg161, dims = [1] : (tensor<1000xf32>) -> tensor<1x1000xf32>
    %443 = stablehlo.add %441, %442 : tensor<1x1000xf32>
    return %443 : tensor<1x1000xf32>
  }
  func.func private @relu(%arg0: tensor<1x112x112x64xf32>) -> tensor<1x112x112x64xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x112x112x64xf32>
    %1 = stablehlo.maximum %arg0, %0 : tensor<1x112x112x64xf32>
    return %1 : tensor<1x112x112x64xf32>
  }
  func.func private @relu_0(%arg0: tensor<1x56x56x64xf32>) -> tensor<1x56x56x64xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x56x56x64xf32>
    %1 = stablehlo.maximum %arg0, %0 : tensor<1x56x56x64xf32>
    return %1 : tensor<1x56x56x64xf32>
  }
  func.func private @relu_1(%arg0: tensor<1x56x56x256xf32>) -> tensor<1x56x56x256xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x56x56x256xf32>
    %1 = stablehlo.maximum %arg0, %0 : tensor<1x56x56x256xf32>
    return %1 : tensor<1x56x56x256xf32>
  }
  func.func private @relu_2(%arg0: tensor<1x56x56x128xf32>) -> tensor<1x56x56x128xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x56x56x128xf32>
    %1 = stablehlo.maximum %arg0, %0 : tensor<1x56x56x128xf32>
    return %1 : tensor<1x56x56x128xf32>
  }
  func.func private @relu_3(%arg0: tensor<1x28x28x128xf32>) -> tensor<1x28x28x128xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x28x28x128xf32>
    %1 = stablehlo.maximum %arg0, %0 : tensor<1x28x28x128xf32>
    return %1 : tensor<1x28x28x128xf32>
  }
  func.func private @relu_4(%arg0: tensor<1x28x28x512xf32>) -> tensor<1x28x28x512xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x28x28x512xf32>
    %1 = stablehlo.maximum %arg0, %0 : tensor<1x28x28x512xf32>
    return %1 : tensor<1x28x28x512xf32>
  }
  func.func private @relu_5(%arg0: tensor<1x28x28x256xf32>) -> tensor<1x28x28x256xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x28x28x256xf32>
    %1 = stablehlo.maximum %arg0, %0 : tensor<1x28x28x256xf32>
    return %1 : tensor<1x28x28x256xf32>
  }
  func.func private @relu_6(%arg0: tensor<1x14x14x256xf32>) -> tensor<1x14x14x256xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x14x14x256xf32>
    %1 = stablehlo.maximum %arg0, %0 : tensor<1x14x14x256xf32>
    return %1 : tensor<1x14x14x256xf32>
  }
  func.func private @relu_7(%arg0: tensor<1x14x14x1024xf32>) -> tensor<1x14x14x1024xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x14x14x1024xf32>
    %1 = stablehlo.maximum %arg0, %0 : tensor<1x14x14x1024xf32>
    return %1 : tensor<1x14x14x1024xf32>
  }
  func.func private @relu_8(%arg0: tensor<1x14x14x512xf32>) -> tensor<1x14x14x512xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x14x14x512xf32>
    %1 = stablehlo.maximum %arg0, %0 : tensor<1x14x14x512xf32>
    return %1 : tensor<1x14x14x512xf32>
  }
  func.func private @relu_9(%arg0: tensor<1x7x7x512xf32>) -> tensor<1x7x7x512xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x7x7x512xf32>
    %1 = stablehlo.maximum %arg0, %0 : tensor<1x7x7x512xf32>
    return %1 : tensor<1x7x7x512xf32>
  }
  func.func private @relu_10(%arg0: tensor<1x7x7x2048xf32>) -> tensor<1x7x7x2048xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x7x7x2048xf32>
    %1 = stablehlo.maximum %arg0, %0 : tensor<1x7x7x2048xf32>
    return %1 : tensor<1x7x7x2048xf32>
  }
}
