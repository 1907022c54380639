module @jit_main attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<1x224x224x3xf32>, %arg1: tensor<4x4x3x96xf32>, %arg2: tensor<96xf32>, %arg3: tensor<96xf32>, %arg4: tensor<7x7x1x96xf32>, %arg5: tensor<96xf32>, %arg6: tensor<96xf32>, %arg7: tensor<96x384xf32>, %arg8: tensor<384xf32>, %arg9: tensor<384x96xf32>, %arg10: tensor<96xf32>, %arg11: tensor<96xf32>, %arg12: tensor<7x7x1x96xf32>, %arg13: tensor<96xf32>, %arg14: tensor<96xf32>, %arg15: tensor<96x384xf32>, %arg16: tensor<384xf32>, %arg17: tensor<384x96xf32>, %arg18: tensor<96xf32>, %arg19: tensor<96xf32>, %arg20: tensor<7x7x1x96xf32>, %arg21: tensor<96xf32>, %arg22: tensor<96xf32>, %arg23: tensor<96x384xf32>, %arg24: tensor<384xf32>, %arg25: tensor<384x96xf32>, %arg26: tensor<96xf32>, %arg27: tensor<96xf32>, %arg28: tensor<96xf32>, %arg29: tensor<96xf32>, %arg30: tensor<2x2x96x192xf32>, %arg31: tensor<7x7x1x192xf32>, %arg32: tensor<192xf32>, %arg33: tensor<192xf32>, %arg34: tensor<192x768xf32>, %arg35: tensor<768xf32>, %arg36: tensor<768x192xf32>, %arg37: tensor<192xf32>, %arg38: tensor<192xf32>, %arg39: tensor<7x7x1x192xf32>, %arg40: tensor<192xf32>, %arg41: tensor<192xf32>, %arg42: tensor<192x768xf32>, %arg43: tensor<768xf32>, %arg44: tensor<768x192xf32>, %arg45: tensor<192xf32>, %arg46: tensor<192xf32>, %arg47: tensor<7x7x1x192xf32>, %arg48: tensor<192xf32>, %arg49: tensor<192xf32>, %arg50: tensor<192x768xf32>, %arg51: tensor<768xf32>, %arg52: tensor<768x192xf32>, %arg53: tensor<192xf32>, %arg54: tensor<192xf32>, %arg55: tensor<192xf32>, %arg56: tensor<192xf32>, %arg57: tensor<2x2x192x384xf32>, %arg58: tensor<7x7x1x384xf32>, %arg59: tensor<384xf32>, %arg60: tensor<384xf32>, %arg61: tensor<384x1536xf32>, %arg62: tensor<1536xf32>, %arg63: tensor<1536x384xf32>, %arg64: tensor<384xf32>, %arg65: tensor<384xf32>, %arg66: tensor<7x7x1x384xf32>, %arg67: tensor<384xf32>, %arg68: tensor<384xf32>, %arg69: tensor<384x1536xf32>, %arg70: tensor<1536xf32>, %arg71: tensor<1536x384xf32>, %arg72: tensor<384xf32>, %arg73: tensor<384xf32>, %arg74: tensor<7x7x1x384xf32>, %arg75: tensor<384xf32>, %arg76: tensor<384xf32>, %arg77: tensor<384x1536xf32>, %arg78: tensor<1536xf32>, %arg79: tensor<1536x384xf32>, %arg80: tensor<384xf32>, %arg81: tensor<384xf32>, %arg82: tensor<7x7x1x384xf32>, %arg83: tensor<384xf32>, %arg84: tensor<384xf32>, %arg85: tensor<384x1536xf32>, %arg86: tensor<1536xf32>, %arg87: tensor<1536x384xf32>, %arg88: tensor<384xf32>, %arg89: tensor<384xf32>, %arg90: tensor<7x7x1x384xf32>, %arg91: tensor<384xf32>, %arg92: tensor<384xf32>, %arg93: tensor<384x1536xf32>, %arg94: tensor<1536xf32>, %arg95: tensor<1536x384xf32>, %arg96: tensor<384xf32>, %arg97: tensor<384xf32>, %arg98: tensor<7x7x1x384xf32>, %arg99: tensor<384xf32>, %arg100: tensor<384xf32>, %arg101: tensor<384x1536xf32>, %arg102: tensor<1536xf32>, %arg103: tensor<1536x384xf32>, %arg104: tensor<384xf32>, %arg105: tensor<384xf32>, %arg106: tensor<7x7x1x384xf32>, %arg107: tensor<384xf32>, %arg108: tensor<384xf32>, %arg109: tensor<384x1536xf32>, %arg110: tensor<1536xf32>, %arg111: tensor<1536x384xf32>, %arg112: tensor<384xf32>, %arg113: tensor<384xf32>, %arg114: tensor<7x7x1x384xf32>, %arg115: tensor<384xf32>, %arg116: tensor<384xf32>, %arg117: tensor<384x1536xf32>, %arg118: tensor<1536xf32>, %arg119: tensor<1536x384xf32>, %arg120: tensor<384xf32>, %arg121: tensor<384xf32>, %arg122: tensor<7x7x1x384xf32>, %arg123: tensor<384xf32>, %arg124: tensor<384xf32>, %arg125: tensor<384x1536xf32>, %arg126: tensor<1536xf32>, %arg127: tensor<1536x384xf32>, %arg128: tensor<384xf32>, %arg129: tensor<384xf32>, %arg130: tensor<384xf32>, %arg131: tensor<384xf32>, %arg132: tensor<2x2x384x768xf32>, %arg133: tensor<7x7x1x768xf32>, %arg134: tensor<768xf32>, %arg135: tensor<768xf32>, %arg136: tensor<768x3072xf32>, %arg137: tensor<3072xf32>, %arg138: tensor<3072x768xf32>, %arg139: tensor<768xf32>, %arg140: tensor<768xf32>, %arg141: tensor<7x7x1x768xf32>, %arg142: tensor<768xf32>, %arg143: tensor<768xf32>, %arg144: tensor<768x3072xf32>, %arg145: tensor<3072xf32>, %arg146: tensor<3072x768xf32>, %arg147: tensor<768xf32>, %arg148: tensor<768xf32>, %arg149: tensor<7x7x1x768xf32>, %arg150: tensor<768xf32>, %arg151: tensor<768xf32>, %arg152: tensor<768x3072xf32>, %arg153: tensor<3072xf32>, %arg154: tensor<3072x768xf32>, %arg155: tensor<768xf32>, %arg156: tensor<768xf32>, %arg157: tensor<768xf32>, %arg158: tensor<768xf32>, %arg159: tensor<768x1000xf32>, %arg160: tensor<1000xf32>) -> (tensor<1x1000xf32> {jax.result_info = "result"}) {
    %0 = stablehlo.convolution(%arg0, %arg1) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [4, 4], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x224x224x3xf32>, tensor<4x4x3x96xf32>) -> tensor<1x56x56x96xf32>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %1 = stablehlo.reduce(%0 init: %cst) applies stablehlo.add across dimensions = [3] : (tensor<1x56x56x96xf32>, tensor<f32>) -> tensor<1x56x56xf32>
    %2 = stablehlo.broadcast_in_dim %1, dims = [0, 1, 2] : (tensor<1x56x56xf32>) -> tensor<1x56x56x1xf32>
    %cst_0 = stablehlo.constant dense<9.600000e+01> : tensor<f32>
    %3 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<1x56x56x1xf32>
    %4 = stablehlo.divide %2, %3 : tensor<1x56x56x1xf32>
    %5 = stablehlo.broadcast_in_dim %4, dims = [0, 1, 2, 3] : (tensor<1x56x56x1xf32>) -> tensor<1x56x56x96xf32>
    %6 = stablehlo.subtract %0, %5 : tensor<1x56x56x96xf32>
    %7 = stablehlo.multiply %6, %6 : tensor<1x56x56x96xf32>
    %cst_1 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %8 = stablehlo.reduce(%7 init: %cst_1) applies stablehlo.add across dimensions = [3] : (tensor<1x56x56x96xf32>, tensor<f32>) -> tensor<1x56x56xf32>
    %9 = stablehlo.broadcast_in_dim %8, dims = [0, 1, 2] : (tensor<1x56x56xf32>) -> tensor<1x56x56x1xf32>
    %cst_2 = stablehlo.constant dense<9.600000e+01> : tensor<f32>
    %10 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<f32>) -> tensor<1x56x56x1xf32>
    %11 = stablehlo.divide %9, %10 : tensor<1x56x56x1xf32>
    %12 = stablehlo.broadcast_in_dim %4, dims = [0, 1, 2, 3] : (tensor<1x56x56x1xf32>) -> tensor<1x56x56x96xf32>
    %13 = stablehlo.subtract %0, %12 : tensor<1x56x56x96xf32>
    %cst_3 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %14 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<f32>) -> tensor<1x56x56x1xf32>
    %15 = stablehlo.add %11, %14 : tensor<1x56x56x1xf32>
    %16 = stablehlo.rsqrt %15 : tensor<1x56x56x1xf32>
    %17 = stablehlo.broadcast_in_dim %16, dims = [0, 1, 2, 3] : (tensor<1x56x56x1xf32>) -> tensor<1x56x56x96xf32>
    %18 = stablehlo.multiply %13, %17 : tensor<1x56x56x96xf32>
    %19 = stablehlo.broadcast_in_dim %arg2, dims = [3] : (tensor<96xf32>) -> tensor<1x1x1x96xf32>
    %20 = stablehlo.broadcast_in_dim %19, dims = [0, 1, 2, 3] : (tensor<1x1x1x96xf32>) -> tensor<1x56x56x96xf32>
    %21 = stablehlo.multiply %18, %20 : tensor<1x56x56x96xf32>
    %22 = stablehlo.broadcast_in_dim %arg3, dims = [3] : (tensor<96xf32>) -> tensor<1x1x1x96xf32>
    %23 = stablehlo.broadcast_in_dim %22, dims = [0, 1, 2, 3] : (tensor<1x1x1x96xf32>) -> tensor<1x56x56x96xf32>
    %24 = stablehlo.add %21, %23 : tensor<1x56x56x96xf32>
    %25 = stablehlo.convolution(%24, %arg4) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[3, 3], [3, 3]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 96 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x56x56x96xf32>, tensor<7x7x1x96xf32>) -> tensor<1x56x56x96xf32>
    %cst_4 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %26 = stablehlo.reduce(%25 init: %cst_4) applies stablehlo.add across dimensions = [3] : (tensor<1x56x56x96xf32>, tensor<f32>) -> tensor<1x56x56xf32>
    %27 = stablehlo.broadcast_in_dim %26, dims = [0, 1, 2] : (tensor<1x56x56xf32>) -> tensor<1x56x56x1xf32>
    %cst_5 = stablehlo.constant dense<9.600000e+01> : tensor<f32>
    %28 = stablehlo.broadcast_in_dim %cst_5, dims = [] : (tensor<f32>) -> tensor<1x56x56x1xf32>
    %29 = stablehlo.divide %27, %28 : tensor<1x56x56x1xf32>
    %30 = stablehlo.broadcast_in_dim %29, dims = [0, 1, 2, 3] : (tensor<1x56x56x1xf32>) -> tensor<1x56x56x96xf32>
    %31 = stablehlo.subtract %25, %30 : tensor<1x56x56x96xf32>
    %32 = stablehlo.multiply %31, %31 : tensor<1x56x56x96xf32>
    %cst_6 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %33 = stablehlo.reduce(%32 init: %cst_6) applies stablehlo.add across dimensions = [3] : (tensor<1x56x56x96xf32>, tensor<f32>) -> tensor<1x56x56xf32>
    %34 = stablehlo.broadcast_in_dim %33, dims = [0, 1, 2] : (tensor<1x56x56xf32>) -> tensor<1x56x56x1xf32>
    %cst_7 = stablehlo.constant dense<9.600000e+01> : tensor<f32>
    %35 = stablehlo.broadcast_in_dim %cst_7, dims = [] : (tensor<f32>) -> tensor<1x56x56x1xf32>
    %36 = stablehlo.divide %34, %35 : tensor<1x56x56x1xf32>
    %37 = stablehlo.broadcast_in_dim %29, dims = [0, 1, 2, 3] : (tensor<1x56x56x1xf32>) -> tensor<1x56x56x96xf32>
    %38 = stablehlo.subtract %25, %37 : tensor<1x56x56x96xf32>
    %cst_8 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %39 = stablehlo.broadcast_in_dim %cst_8, dims = [] : (tensor<f32>) -> tensor<1x56x56x1xf32>
    %40 = stablehlo.add %36, %39 : tensor<1x56x56x1xf32>
    %41 = stablehlo.rsqrt %40 : tensor<1x56x56x1xf32>
    %42 = stablehlo.broadcast_in_dim %41, dims = [0, 1, 2, 3] : (tensor<1x56x56x1xf32>) -> tensor<1x56x56x96xf32>
    %43 = stablehlo.multiply %38, %42 : tensor<1x56x56x96xf32>
    %44 = stablehlo.broadcast_in_dim %arg5, dims = [3] : (tensor<96xf32>) -> tensor<1x1x1x96xf32>
    %45 = stablehlo.broadcast_in_dim %44, dims = [0, 1, 2, 3] : (tensor<1x1x1x96xf32>) -> tensor<1x56x56x96xf32>
    %46 = stablehlo.multiply %43, %45 : tensor<1x56x56x96xf32>
    %47 = stablehlo.broadcast_in_dim %arg6, dims = [3] : (tensor<96xf32>) -> tensor<1x1x1x96xf32>
    %48 = stablehlo.broadcast_in_dim %47, dims = [0, 1, 2, 3] : (tensor<1x1x1x96xf32>) -> tensor<1x56x56x96xf32>
    %49 = stablehlo.add %46, %48 : tensor<1x56x56x96xf32>
    %50 = stablehlo.dot_general %49, %arg7, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x56x56x96xf32>, tensor<96x384xf32>) -> tensor<1x56x56x384xf32>
    %51 = stablehlo.broadcast_in_dim %arg8, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %52 = stablehlo.broadcast_in_dim %51, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x56x56x384xf32>
    %53 = stablehlo.add %50, %52 : tensor<1x56x56x384xf32>
    %54 = stablehlo.multiply %53, %53 : tensor<1x56x56x384xf32>
    %55 = stablehlo.multiply %54, %53 : tensor<1x56x56x384xf32>
    %cst_9 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %56 = stablehlo.broadcast_in_dim %cst_9, dims = [] : (tensor<f32>) -> tensor<1x56x56x384xf32>
    %57 = stablehlo.multiply %56, %55 : tensor<1x56x56x384xf32>
    %58 = stablehlo.add %53, %57 : tensor<1x56x56x384xf32>
    %cst_10 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %59 = stablehlo.broadcast_in_dim %cst_10, dims = [] : (tensor<f32>) -> tensor<1x56x56x384xf32>
    %60 = stablehlo.multiply %59, %58 : tensor<1x56x56x384xf32>
    %61 = stablehlo.tanh %60 : tensor<1x56x56x384xf32>
    %cst_11 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %62 = stablehlo.broadcast_in_dim %cst_11, dims = [] : (tensor<f32>) -> tensor<1x56x56x384xf32>
    %63 = stablehlo.add %62, %61 : tensor<1x56x56x384xf32>
    %cst_12 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %64 = stablehlo.broadcast_in_dim %cst_12, dims = [] : (tensor<f32>) -> tensor<1x56x56x384xf32>
    %65 = stablehlo.multiply %64, %63 : tensor<1x56x56x384xf32>
    %66 = stablehlo.multiply %53, %65 : tensor<1x56x56x384xf32>
    %67 = stablehlo.dot_general %66, %arg9, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x56x56x384xf32>, tensor<384x96xf32>) -> tensor<1x56x56x96xf32>
    %68 = stablehlo.broadcast_in_dim %arg10, dims = [3] : (tensor<96xf32>) -> tensor<1x1x1x96xf32>
    %69 = stablehlo.broadcast_in_dim %68, dims = [0, 1, 2, 3] : (tensor<1x1x1x96xf32>) -> tensor<1x56x56x96xf32>
    %70 = stablehlo.add %67, %69 : tensor<1x56x56x96xf32>
    %71 = stablehlo.broadcast_in_dim %arg11, dims = [3] : (tensor<96xf32>) -> tensor<1x1x1x96xf32>
    %72 = stablehlo.broadcast_in_dim %71, dims = [0, 1, 2, 3] : (tensor<1x1x1x96xf32>) -> tensor<1x56x56x96xf32>
    %73 = stablehlo.multiply %70, %72 : tensor<1x56x56x96xf32>
    %74 = stablehlo.add %24, %73 : tensor<1x56x56x96xf32>
    %75 = stablehlo.convolution(%74, %arg12) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[3, 3], [3, 3]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 96 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x56x56x96xf32>, tensor<7x7x1x96xf32>) -> tensor<1x56x56x96xf32>
    %cst_13 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %76 = stablehlo.reduce(%75 init: %cst_13) applies stablehlo.add across dimensions = [3] : (tensor<1x56x56x96xf32>, tensor<f32>) -> tensor<1x56x56xf32>
    %77 = stablehlo.broadcast_in_dim %76, dims = [0, 1, 2] : (tensor<1x56x56xf32>) -> tensor<1x56x56x1xf32>
    %cst_14 = stablehlo.constant dense<9.600000e+01> : tensor<f32>
    %78 = stablehlo.broadcast_in_dim %cst_14, dims = [] : (tensor<f32>) -> tensor<1x56x56x1xf32>
    %79 = stablehlo.divide %77, %78 : tensor<1x56x56x1xf32>
    %80 = stablehlo.broadcast_in_dim %79, dims = [0, 1, 2, 3] : (tensor<1x56x56x1xf32>) -> tensor<1x56x56x96xf32>
    %81 = stablehlo.subtract %75, %80 : tensor<1x56x56x96xf32>
    %82 = stablehlo.multiply %81, %81 : tensor<1x56x56x96xf32>
    %cst_15 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %83 = stablehlo.reduce(%82 init: %cst_15) applies stablehlo.add across dimensions = [3] : (tensor<1x56x56x96xf32>, tensor<f32>) -> tensor<1x56x56xf32>
    %84 = stablehlo.broadcast_in_dim %83, dims = [0, 1, 2] : (tensor<1x56x56xf32>) -> tensor<1x56x56x1xf32>
    %cst_16 = stablehlo.constant dense<9.600000e+01> : tensor<f32>
    %85 = stablehlo.broadcast_in_dim %cst_16, dims = [] : (tensor<f32>) -> tensor<1x56x56x1xf32>
    %86 = stablehlo.divide %84, %85 : tensor<1x56x56x1xf32>
    %87 = stablehlo.broadcast_in_dim %79, dims = [0, 1, 2, 3] : (tensor<1x56x56x1xf32>) -> tensor<1x56x56x96xf32>
    %88 = stablehlo.subtract %75, %87 : tensor<1x56x56x96xf32>
    %cst_17 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %89 = stablehlo.broadcast_in_dim %cst_17, dims = [] : (tensor<f32>) -> tensor<1x56x56x1xf32>
    %90 = stablehlo.add %86, %89 : tensor<1x56x56x1xf32>
    %91 = stablehlo.rsqrt %90 : tensor<1x56x56x1xf32>
    %92 = stablehlo.broadcast_in_dim %91, dims = [0, 1, 2, 3] : (tensor<1x56x56x1xf32>) -> tensor<1x56x56x96xf32>
    %93 = stablehlo.multiply %88, %92 : tensor<1x56x56x96xf32>
    %94 = stablehlo.broadcast_in_dim %arg13, dims = [3] : (tensor<96xf32>) -> tensor<1x1x1x96xf32>
    %95 = stablehlo.broadcast_in_dim %94, dims = [0, 1, 2, 3] : (tensor<1x1x1x96xf32>) -> tensor<1x56x56x96xf32>
    %96 = stablehlo.multiply %93, %95 : tensor<1x56x56x96xf32>
    %97 = stablehlo.broadcast_in_dim %arg14, dims = [3] : (tensor<96xf32>) -> tensor<1x1x1x96xf32>
    %98 = stablehlo.broadcast_in_dim %97, dims = [0, 1, 2, 3] : (tensor<1x1x1x96xf32>) -> tensor<1x56x56x96xf32>
    %99 = stablehlo.add %96, %98 : tensor<1x56x56x96xf32>
    %100 = stablehlo.dot_general %99, %arg15, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x56x56x96xf32>, tensor<96x384xf32>) -> tensor<1x56x56x384xf32>
    %101 = stablehlo.broadcast_in_dim %arg16, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %102 = stablehlo.broadcast_in_dim %101, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x56x56x384xf32>
    %103 = stablehlo.add %100, %102 : tensor<1x56x56x384xf32>
    %104 = stablehlo.multiply %103, %103 : tensor<1x56x56x384xf32>
    %105 = stablehlo.multiply %104, %103 : tensor<1x56x56x384xf32>
    %cst_18 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %106 = stablehlo.broadcast_in_dim %cst_18, dims = [] : (tensor<f32>) -> tensor<1x56x56x384xf32>
    %107 = stablehlo.multiply %106, %105 : tensor<1x56x56x384xf32>
    %108 = stablehlo.add %103, %107 : tensor<1x56x56x384xf32>
    %cst_19 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %109 = stablehlo.broadcast_in_dim %cst_19, dims = [] : (tensor<f32>) -> tensor<1x56x56x384xf32>
    %110 = stablehlo.multiply %109, %108 : tensor<1x56x56x384xf32>
    %111 = stablehlo.tanh %110 : tensor<1x56x56x384xf32>
    %cst_20 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %112 = stablehlo.broadcast_in_dim %cst_20, dims = [] : (tensor<f32>) -> tensor<1x56x56x384xf32>
    %113 = stablehlo.add %112, %111 : tensor<1x56x56x384xf32>
    %cst_21 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %114 = stablehlo.broadcast_in_dim %cst_21, dims = [] : (tensor<f32>) -> tensor<1x56x56x384xf32>
    %115 = stablehlo.multiply %114, %113 : tensor<1x56x56x384xf32>
    %116 = stablehlo.multiply %103, %115 : tensor<1x56x56x384xf32>
    %117 = stablehlo.dot_general %116, %arg17, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x56x56x384xf32>, tensor<384x96xf32>) -> tensor<1x56x56x96xf32>
    %118 = stablehlo.broadcast_in_dim %arg18, dims = [3] : (tensor<96xf32>) -> tensor<1x1x1x96xf32>
    %119 = stablehlo.broadcast_in_dim %118, dims = [0, 1, 2, 3] : (tensor<1x1x1x96xf32>) -> tensor<1x56x56x96xf32>
    %120 = stablehlo.add %117, %119 : tensor<1x56x56x96xf32>
    %121 = stablehlo.broadcast_in_dim %arg19, dims = [3] : (tensor<96xf32>) -> tensor<1x1x1x96xf32>
    %122 = stablehlo.broadcast_in_dim %121, dims = [0, 1, 2, 3] : (tensor<1x1x1x96xf32>) -> tensor<1x56x56x96xf32>
    %123 = stablehlo.multiply %120, %122 : tensor<1x56x56x96xf32>
    %124 = stablehlo.add %74, %123 : tensor<1x56x56x96xf32>
    %125 = stablehlo.convolution(%124, %arg20) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[3, 3], [3, 3]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 96 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x56x56x96xf32>, tensor<7x7x1x96xf32>) -> tensor<1x56x56x96xf32>
    %cst_22 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %126 = stablehlo.reduce(%125 init: %cst_22) applies stablehlo.add across dimensions = [3] : (tensor<1x56x56x96xf32>, tensor<f32>) -> tensor<1x56x56xf32>
    %127 = stablehlo.broadcast_in_dim %126, dims = [0, 1, 2] : (tensor<1x56x56xf32>) -> tensor<1x56x56x1xf32>
    %cst_23 = stablehlo.constant dense<9.600000e+01> : tensor<f32>
    %128 = stablehlo.broadcast_in_dim %cst_23, dims = [] : (tensor<f32>) -> tensor<1x56x56x1xf32>
    %129 = stablehlo.divide %127, %128 : tensor<1x56x56x1xf32>
    %130 = stablehlo.broadcast_in_dim %129, dims = [0, 1, 2, 3] : (tensor<1x56x56x1xf32>) -> tensor<1x56x56x96xf32>
    %131 = stablehlo.subtract %125, %130 : tensor<1x56x56x96xf32>
    %132 = stablehlo.multiply %131, %131 : tensor<1x56x56x96xf32>
    %cst_24 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %133 = stablehlo.reduce(%132 init: %cst_24) applies stablehlo.add across dimensions = [3] : (tensor<1x56x56x96xf32>, tensor<f32>) -> tensor<1x56x56xf32>
    %134 = stablehlo.broadcast_in_dim %133, dims = [0, 1, 2] : (tensor<1x56x56xf32>) -> tensor<1x56x56x1xf32>
    %cst_25 = stablehlo.constant dense<9.600000e+01> : tensor<f32>
    %135 = stablehlo.broadcast_in_dim %cst_25, dims = [] : (tensor<f32>) -> tensor<1x56x56x1xf32>
    %136 = stablehlo.divide %134, %135 : tensor<1x56x56x1xf32>
    %137 = stablehlo.broadcast_in_dim %129, dims = [0, 1, 2, 3] : (tensor<1x56x56x1xf32>) -> tensor<1x56x56x96xf32>
    %138 = stablehlo.subtract %125, %137 : tensor<1x56x56x96xf32>
    %cst_26 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %139 = stablehlo.broadcast_in_dim %cst_26, dims = [] : (tensor<f32>) -> tensor<1x56x56x1xf32>
    %140 = stablehlo.add %136, %139 : tensor<1x56x56x1xf32>
    %141 = stablehlo.rsqrt %140 : tensor<1x56x56x1xf32>
    %142 = stablehlo.broadcast_in_dim %141, dims = [0, 1, 2, 3] : (tensor<1x56x56x1xf32>) -> tensor<1x56x56x96xf32>
    %143 = stablehlo.multiply %138, %142 : tensor<1x56x56x96xf32>
    %144 = stablehlo.broadcast_in_dim %arg21, dims = [3] : (tensor<96xf32>) -> tensor<1x1x1x96xf32>
    %145 = stablehlo.broadcast_in_dim %144, dims = [0, 1, 2, 3] : (tensor<1x1x1x96xf32>) -> tensor<1x56x56x96xf32>
    %146 = stablehlo.multiply %143, %145 : tensor<1x56x56x96xf32>
    %147 = stablehlo.broadcast_in_dim %arg22, dims = [3] : (tensor<96xf32>) -> tensor<1x1x1x96xf32>
    %148 = stablehlo.broadcast_in_dim %147, dims = [0, 1, 2, 3] : (tensor<1x1x1x96xf32>) -> tensor<1x56x56x96xf32>
    %149 = stablehlo.add %146, %148 : tensor<1x56x56x96xf32>
    %150 = stablehlo.dot_general %149, %arg23, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x56x56x96xf32>, tensor<96x384xf32>) -> tensor<1x56x56x384xf32>
    %151 = stablehlo.broadcast_in_dim %arg24, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %152 = stablehlo.broadcast_in_dim %151, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x56x56x384xf32>
    %153 = stablehlo.add %150, %152 : tensor<1x56x56x384xf32>
    %154 = stablehlo.multiply %153, %153 : tensor<1x56x56x384xf32>
    %155 = stablehlo.multiply %154, %153 : tensor<1x56x56x384xf32>
    %cst_27 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %156 = stablehlo.broadcast_in_dim %cst_27, dims = [] : (tensor<f32>) -> tensor<1x56x56x384xf32>
    %157 = stablehlo.multiply %156, %155 : tensor<1x56x56x384xf32>
    %158 = stablehlo.add %153, %157 : tensor<1x56x56x384xf32>
    %cst_28 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %159 = stablehlo.broadcast_in_dim %cst_28, dims = [] : (tensor<f32>) -> tensor<1x56x56x384xf32>
    %160 = stablehlo.multiply %159, %158 : tensor<1x56x56x384xf32>
    %161 = stablehlo.tanh %160 : tensor<1x56x56x384xf32>
    %cst_29 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %162 = stablehlo.broadcast_in_dim %cst_29, dims = [] : (tensor<f32>) -> tensor<1x56x56x384xf32>
    %163 = stablehlo.add %162, %161 : tensor<1x56x56x384xf32>
    %cst_30 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %164 = stablehlo.broadcast_in_dim %cst_30, dims = [] : (tensor<f32>) -> tensor<1x56x56x384xf32>
    %165 = stablehlo.multiply %164, %163 : tensor<1x56x56x384xf32>
    %166 = stablehlo.multiply %153, %165 : tensor<1x56x56x384xf32>
    %167 = stablehlo.dot_general %166, %arg25, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x56x56x384xf32>, tensor<384x96xf32>) -> tensor<1x56x56x96xf32>
    %168 = stablehlo.broadcast_in_dim %arg26, dims = [3] : (tensor<96xf32>) -> tensor<1x1x1x96xf32>
    %169 = stablehlo.broadcast_in_dim %168, dims = [0, 1, 2, 3] : (tensor<1x1x1x96xf32>) -> tensor<1x56x56x96xf32>
    %170 = stablehlo.add %167, %169 : tensor<1x56x56x96xf32>
    %171 = stablehlo.broadcast_in_dim %arg27, dims = [3] : (tensor<96xf32>) -> tensor<1x1x1x96xf32>
    %172 = stablehlo.broadcast_in_dim %171, dims = [0, 1, 2, 3] : (tensor<1x1x1x96xf32>) -> tensor<1x56x56x96xf32>
    %173 = stablehlo.multiply %170, %172 : tensor<1x56x56x96xf32>
    %174 = stablehlo.add %124, %173 : tensor<1x56x56x96xf32>
    %cst_31 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %175 = stablehlo.reduce(%174 init: %cst_31) applies stablehlo.add across dimensions = [3] : (tensor<1x56x56x96xf32>, tensor<f32>) -> tensor<1x56x56xf32>
    %176 = stablehlo.broadcast_in_dim %175, dims = [0, 1, 2] : (tensor<1x56x56xf32>) -> tensor<1x56x56x1xf32>
    %cst_32 = stablehlo.constant dense<9.600000e+01> : tensor<f32>
    %177 = stablehlo.broadcast_in_dim %cst_32, dims = [] : (tensor<f32>) -> tensor<1x56x56x1xf32>
    %178 = stablehlo.divide %176, %177 : tensor<1x56x56x1xf32>
    %179 = stablehlo.broadcast_in_dim %178, dims = [0, 1, 2, 3] : (tensor<1x56x56x1xf32>) -> tensor<1x56x56x96xf32>
    %180 = stablehlo.subtract %174, %179 : tensor<1x56x56x96xf32>
    %181 = stablehlo.multiply %180, %180 : tensor<1x56x56x96xf32>
    %cst_33 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %182 = stablehlo.reduce(%181 init: %cst_33) applies stablehlo.add across dimensions = [3] : (tensor<1x56x56x96xf32>, tensor<f32>) -> tensor<1x56x56xf32>
    %183 = stablehlo.broadcast_in_dim %182, dims = [0, 1, 2] : (tensor<1x56x56xf32>) -> tensor<1x56x56x1xf32>
    %cst_34 = stablehlo.constant dense<9.600000e+01> : tensor<f32>
    %184 = stablehlo.broadcast_in_dim %cst_34, dims = [] : (tensor<f32>) -> tensor<1x56x56x1xf32>
    %185 = stablehlo.divide %183, %184 : tensor<1x56x56x1xf32>
    %186 = stablehlo.broadcast_in_dim %178, dims = [0, 1, 2, 3] : (tensor<1x56x56x1xf32>) -> tensor<1x56x56x96xf32>
    %187 = stablehlo.subtract %174, %186 : tensor<1x56x56x96xf32>
    %cst_35 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %188 = stablehlo.broadcast_in_dim %cst_35, dims = [] : (tensor<f32>) -> tensor<1x56x56x1xf32>
    %189 = stablehlo.add %185, %188 : tensor<1x56x56x1xf32>
    %190 = stablehlo.rsqrt %189 : tensor<1x56x56x1xf32>
    %191 = stablehlo.broadcast_in_dim %190, dims = [0, 1, 2, 3] : (tensor<1x56x56x1xf32>) -> tensor<1x56x56x96xf32>
    %192 = stablehlo.multiply %187, %191 : tensor<1x56x56x96xf32>
    %193 = stablehlo.broadcast_in_dim %arg28, dims = [3] : (tensor<96xf32>) -> tensor<1x1x1x96xf32>
    %194 = stablehlo.broadcast_in_dim %193, dims = [0, 1, 2, 3] : (tensor<1x1x1x96xf32>) -> tensor<1x56x56x96xf32>
    %195 = stablehlo.multiply %192, %194 : tensor<1x56x56x96xf32>
    %196 = stablehlo.broadcast_in_dim %arg29, dims = [3] : (tensor<96xf32>) -> tensor<1x1x1x96xf32>
    %197 = stablehlo.broadcast_in_dim %196, dims = [0, 1, 2, 3] : (tensor<1x1x1x96xf32>) -> tensor<1x56x56x96xf32>
    %198 = stablehlo.add %195, %197 : tensor<1x56x56x96xf32>
    %199 = stablehlo.convolution(%198, %arg30) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 2], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x56x56x96xf32>, tensor<2x2x96x192xf32>) -> tensor<1x28x28x192xf32>
    %200 = stablehlo.convolution(%199, %arg31) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[3, 3], [3, 3]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 192 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x28x28x192xf32>, tensor<7x7x1x192xf32>) -> tensor<1x28x28x192xf32>
    %cst_36 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %201 = stablehlo.reduce(%200 init: %cst_36) applies stablehlo.add across dimensions = [3] : (tensor<1x28x28x192xf32>, tensor<f32>) -> tensor<1x28x28xf32>
    %202 = stablehlo.broadcast_in_dim %201, dims = [0, 1, 2] : (tensor<1x28x28xf32>) -> tensor<1x28x28x1xf32>
    %cst_37 = stablehlo.constant dense<1.920000e+02> : tensor<f32>
    %203 = stablehlo.broadcast_in_dim %cst_37, dims = [] : (tensor<f32>) -> tensor<1x28x28x1xf32>
    %204 = stablehlo.divide %202, %203 : tensor<1x28x28x1xf32>
    %205 = stablehlo.broadcast_in_dim %204, dims = [0, 1, 2, 3] : (tensor<1x28x28x1xf32>) -> tensor<1x28x28x192xf32>
    %206 = stablehlo.subtract %200, %205 : tensor<1x28x28x192xf32>
    %207 = stablehlo.multiply %206, %206 : tensor<1x28x28x192xf32>
    %cst_38 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %208 = stablehlo.reduce(%207 init: %cst_38) applies stablehlo.add across dimensions = [3] : (tensor<1x28x28x192xf32>, tensor<f32>) -> tensor<1x28x28xf32>
    %209 = stablehlo.broadcast_in_dim %208, dims = [0, 1, 2] : (tensor<1x28x28xf32>) -> tensor<1x28x28x1xf32>
    %cst_39 = stablehlo.constant dense<1.920000e+02> : tensor<f32>
    %210 = stablehlo.broadcast_in_dim %cst_39, dims = [] : (tensor<f32>) -> tensor<1x28x28x1xf32>
    %211 = stablehlo.divide %209, %210 : tensor<1x28x28x1xf32>
    %212 = stablehlo.broadcast_in_dim %204, dims = [0, 1, 2, 3] : (tensor<1x28x28x1xf32>) -> tensor<1x28x28x192xf32>
    %213 = stablehlo.subtract %200, %212 : tensor<1x28x28x192xf32>
    %cst_40 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %214 = stablehlo.broadcast_in_dim %cst_40, dims = [] : (tensor<f32>) -> tensor<1x28x28x1xf32>
    %215 = stablehlo.add %211, %214 : tensor<1x28x28x1xf32>
    %216 = stablehlo.rsqrt %215 : tensor<1x28x28x1xf32>
    %217 = stablehlo.broadcast_in_dim %216, dims = [0, 1, 2, 3] : (tensor<1x28x28x1xf32>) -> tensor<1x28x28x192xf32>
    %218 = stablehlo.multiply %213, %217 : tensor<1x28x28x192xf32>
    %219 = stablehlo.broadcast_in_dim %arg32, dims = [3] : (tensor<192xf32>) -> tensor<1x1x1x192xf32>
    %220 = stablehlo.broadcast_in_dim %219, dims = [0, 1, 2, 3] : (tensor<1x1x1x192xf32>) -> tensor<1x28x28x192xf32>
    %221 = stablehlo.multiply %218, %220 : tensor<1x28x28x192xf32>
    %222 = stablehlo.broadcast_in_dim %arg33, dims = [3] : (tensor<192xf32>) -> tensor<1x1x1x192xf32>
    %223 = stablehlo.broadcast_in_dim %222, dims = [0, 1, 2, 3] : (tensor<1x1x1x192xf32>) -> tensor<1x28x28x192xf32>
    %224 = stablehlo.add %221, %223 : tensor<1x28x28x192xf32>
    %225 = stablehlo.dot_general %224, %arg34, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x28x28x192xf32>, tensor<192x768xf32>) -> tensor<1x28x28x768xf32>
    %226 = stablehlo.broadcast_in_dim %arg35, dims = [3] : (tensor<768xf32>) -> tensor<1x1x1x768xf32>
    %227 = stablehlo.broadcast_in_dim %226, dims = [0, 1, 2, 3] : (tensor<1x1x1x768xf32>) -> tensor<1x28x28x768xf32>
    %228 = stablehlo.add %225, %227 : tensor<1x28x28x768xf32>
    %229 = stablehlo.multiply %228, %228 : tensor<1x28x28x768xf32>
    %230 = stablehlo.multiply %229, %228 : tensor<1x28x28x768xf32>
    %cst_41 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %231 = stablehlo.broadcast_in_dim %cst_41, dims = [] : (tensor<f32>) -> tensor<1x28x28x768xf32>
    %232 = stablehlo.multiply %231, %230 : tensor<1x28x28x768xf32>
    %233 = stablehlo.add %228, %232 : tensor<1x28x28x768xf32>
    %cst_42 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %234 = stablehlo.broadcast_in_dim %cst_42, dims = [] : (tensor<f32>) -> tensor<1x28x28x768xf32>
    %235 = stablehlo.multiply %234, %233 : tensor<1x28x28x768xf32>
    %236 = stablehlo.tanh %235 : tensor<1x28x28x768xf32>
    %cst_43 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %237 = stablehlo.broadcast_in_dim %cst_43, dims = [] : (tensor<f32>) -> tensor<1x28x28x768xf32>
    %238 = stablehlo.add %237, %236 : tensor<1x28x28x768xf32>
    %cst_44 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %239 = stablehlo.broadcast_in_dim %cst_44, dims = [] : (tensor<f32>) -> tensor<1x28x28x768xf32>
    %240 = stablehlo.multiply %239, %238 : tensor<1x28x28x768xf32>
    %241 = stablehlo.multiply %228, %240 : tensor<1x28x28x768xf32>
    %242 = stablehlo.dot_general %241, %arg36, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x28x28x768xf32>, tensor<768x192xf32>) -> tensor<1x28x28x192xf32>
    %243 = stablehlo.broadcast_in_dim %arg37, dims = [3] : (tensor<192xf32>) -> tensor<1x1x1x192xf32>
    %244 = stablehlo.broadcast_in_dim %243, dims = [0, 1, 2, 3] : (tensor<1x1x1x192xf32>) -> tensor<1x28x28x192xf32>
    %245 = stablehlo.add %242, %244 : tensor<1x28x28x192xf32>
    %246 = stablehlo.broadcast_in_dim %arg38, dims = [3] : (tensor<192xf32>) -> tensor<1x1x1x192xf32>
    %247 = stablehlo.broadcast_in_dim %246, dims = [0, 1, 2, 3] : (tensor<1x1x1x192xf32>) -> tensor<1x28x28x192xf32>
    %248 = stablehlo.multiply %245, %247 : tensor<1x28x28x192xf32>
    %249 = stablehlo.add %199, %248 : tensor<1x28x28x192xf32>
    %250 = stablehlo.convolution(%249, %arg39) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[3, 3], [3, 3]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 192 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x28x28x192xf32>, tensor<7x7x1x192xf32>) -> tensor<1x28x28x192xf32>
    %cst_45 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %251 = stablehlo.reduce(%250 init: %cst_45) applies stablehlo.add across dimensions = [3] : (tensor<1x28x28x192xf32>, tensor<f32>) -> tensor<1x28x28xf32>
    %252 = stablehlo.broadcast_in_dim %251, dims = [0, 1, 2] : (tensor<1x28x28xf32>) -> tensor<1x28x28x1xf32>
    %cst_46 = stablehlo.constant dense<1.920000e+02> : tensor<f32>
    %253 = stablehlo.broadcast_in_dim %cst_46, dims = [] : (tensor<f32>) -> tensor<1x28x28x1xf32>
    %254 = stablehlo.divide %252, %253 : tensor<1x28x28x1xf32>
    %255 = stablehlo.broadcast_in_dim %254, dims = [0, 1, 2, 3] : (tensor<1x28x28x1xf32>) -> tensor<1x28x28x192xf32>
    %256 = stablehlo.subtract %250, %255 : tensor<1x28x28x192xf32>
    %257 = stablehlo.multiply %256, %256 : tensor<1x28x28x192xf32>
    %cst_47 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %258 = stablehlo.reduce(%257 init: %cst_47) applies stablehlo.add across dimensions = [3] : (tensor<1x28x28x192xf32>, tensor<f32>) -> tensor<1x28x28xf32>
    %259 = stablehlo.broadcast_in_dim %258, dims = [0, 1, 2] : (tensor<1x28x28xf32>) -> tensor<1x28x28x1xf32>
    %cst_48 = stablehlo.constant dense<1.920000e+02> : tensor<f32>
    %260 = stablehlo.broadcast_in_dim %cst_48, dims = [] : (tensor<f32>) -> tensor<1x28x28x1xf32>
    %261 = stablehlo.divide %259, %260 : tensor<1x28x28x1xf32>
    %262 = stablehlo.broadcast_in_dim %254, dims = [0, 1, 2, 3] : (tensor<1x28x28x1xf32>) -> tensor<1x28x28x192xf32>
    %263 = stablehlo.subtract %250, %262 : tensor<1x28x28x192xf32>
    %cst_49 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %264 = stablehlo.broadcast_in_dim %cst_49, dims = [] : (tensor<f32>) -> tensor<1x28x28x1xf32>
    %265 = stablehlo.add %261, %264 : tensor<1x28x28x1xf32>
    %266 = stablehlo.rsqrt %265 : tensor<1x28x28x1xf32>
    %267 = stablehlo.broadcast_in_dim %266, dims = [0, 1, 2, 3] : (tensor<1x28x28x1xf32>) -> tensor<1x28x28x192xf32>
    %268 = stablehlo.multiply %263, %267 : tensor<1x28x28x192xf32>
    %269 = stablehlo.broadcast_in_dim %arg40, dims = [3] : (tensor<192xf32>) -> tensor<1x1x1x192xf32>
    %270 = stablehlo.broadcast_in_dim %269, dims = [0, 1, 2, 3] : (tensor<1x1x1x192xf32>) -> tensor<1x28x28x192xf32>
    %271 = stablehlo.multiply %268, %270 : tensor<1x28x28x192xf32>
    %272 = stablehlo.broadcast_in_dim %arg41, dims = [3] : (tensor<192xf32>) -> tensor<1x1x1x192xf32>
    %273 = stablehlo.broadcast_in_dim %272, dims = [0, 1, 2, 3] : (tensor<1x1x1x192xf32>) -> tensor<1x28x28x192xf32>
    %274 = stablehlo.add %271, %273 : tensor<1x28x28x192xf32>
    %275 = stablehlo.dot_general %274, %arg42, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x28x28x192xf32>, tensor<192x768xf32>) -> tensor<1x28x28x768xf32>
    %276 = stablehlo.broadcast_in_dim %arg43, dims = [3] : (tensor<768xf32>) -> tensor<1x1x1x768xf32>
    %277 = stablehlo.broadcast_in_dim %276, dims = [0, 1, 2, 3] : (tensor<1x1x1x768xf32>) -> tensor<1x28x28x768xf32>
    %278 = stablehlo.add %275, %277 : tensor<1x28x28x768xf32>
    %279 = stablehlo.multiply %278, %278 : tensor<1x28x28x768xf32>
    %280 = stablehlo.multiply %279, %278 : tensor<1x28x28x768xf32>
    %cst_50 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %281 = stablehlo.broadcast_in_dim %cst_50, dims = [] : (tensor<f32>) -> tensor<1x28x28x768xf32>
    %282 = stablehlo.multiply %281, %280 : tensor<1x28x28x768xf32>
    %283 = stablehlo.add %278, %282 : tensor<1x28x28x768xf32>
    %cst_51 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %284 = stablehlo.broadcast_in_dim %cst_51, dims = [] : (tensor<f32>) -> tensor<1x28x28x768xf32>
    %285 = stablehlo.multiply %284, %283 : tensor<1x28x28x768xf32>
    %286 = stablehlo.tanh %285 : tensor<1x28x28x768xf32>
    %cst_52 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %287 = stablehlo.broadcast_in_dim %cst_52, dims = [] : (tensor<f32>) -> tensor<1x28x28x768xf32>
    %288 = stablehlo.add %287, %286 : tensor<1x28x28x768xf32>
    %cst_53 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %289 = stablehlo.broadcast_in_dim %cst_53, dims = [] : (tensor<f32>) -> tensor<1x28x28x768xf32>
    %290 = stablehlo.multiply %289, %288 : tensor<1x28x28x768xf32>
    %291 = stablehlo.multiply %278, %290 : tensor<1x28x28x768xf32>
    %292 = stablehlo.dot_general %291, %arg44, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x28x28x768xf32>, tensor<768x192xf32>) -> tensor<1x28x28x192xf32>
    %293 = stablehlo.broadcast_in_dim %arg45, dims = [3] : (tensor<192xf32>) -> tensor<1x1x1x192xf32>
    %294 = stablehlo.broadcast_in_dim %293, dims = [0, 1, 2, 3] : (tensor<1x1x1x192xf32>) -> tensor<1x28x28x192xf32>
    %295 = stablehlo.add %292, %294 : tensor<1x28x28x192xf32>
    %296 = stablehlo.broadcast_in_dim %arg46, dims = [3] : (tensor<192xf32>) -> tensor<1x1x1x192xf32>
    %297 = stablehlo.broadcast_in_dim %296, dims = [0, 1, 2, 3] : (tensor<1x1x1x192xf32>) -> tensor<1x28x28x192xf32>
    %298 = stablehlo.multiply %295, %297 : tensor<1x28x28x192xf32>
    %299 = stablehlo.add %249, %298 : tensor<1x28x28x192xf32>
    %300 = stablehlo.convolution(%299, %arg47) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[3, 3], [3, 3]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 192 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x28x28x192xf32>, tensor<7x7x1x192xf32>) -> tensor<1x28x28x192xf32>
    %cst_54 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %301 = stablehlo.reduce(%300 init: %cst_54) applies stablehlo.add across dimensions = [3] : (tensor<1x28x28x192xf32>, tensor<f32>) -> tensor<1x28x28xf32>
    %302 = stablehlo.broadcast_in_dim %301, dims = [0, 1, 2] : (tensor<1x28x28xf32>) -> tensor<1x28x28x1xf32>
    %cst_55 = stablehlo.constant dense<1.920000e+02> : tensor<f32>
    %303 = stablehlo.broadcast_in_dim %cst_55, dims = [] : (tensor<f32>) -> tensor<1x28x28x1xf32>
    %304 = stablehlo.divide %302, %303 : tensor<1x28x28x1xf32>
    %305 = stablehlo.broadcast_in_dim %304, dims = [0, 1, 2, 3] : (tensor<1x28x28x1xf32>) -> tensor<1x28x28x192xf32>
    %306 = stablehlo.subtract %300, %305 : tensor<1x28x28x192xf32>
    %307 = stablehlo.multiply %306, %306 : tensor<1x28x28x192xf32>
    %cst_56 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %308 = stablehlo.reduce(%307 init: %cst_56) applies stablehlo.add across dimensions = [3] : (tensor<1x28x28x192xf32>, tensor<f32>) -> tensor<1x28x28xf32>
    %309 = stablehlo.broadcast_in_dim %308, dims = [0, 1, 2] : (tensor<1x28x28xf32>) -> tensor<1x28x28x1xf32>
    %cst_57 = stablehlo.constant dense<1.920000e+02> : tensor<f32>
    %310 = stablehlo.broadcast_in_dim %cst_57, dims = [] : (tensor<f32>) -> tensor<1x28x28x1xf32>
    %311 = stablehlo.divide %309, %310 : tensor<1x28x28x1xf32>
    %312 = stablehlo.broadcast_in_dim %304, dims = [0, 1, 2, 3] : (tensor<1x28x28x1xf32>) -> tensor<1x28x28x192xf32>
    %313 = stablehlo.subtract %300, %312 : tensor<1x28x28x192xf32>
    %cst_58 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %314 = stablehlo.broadcast_in_dim %cst_58, dims = [] : (tensor<f32>) -> tensor<1x28x28x1xf32>
    %315 = stablehlo.add %311, %314 : tensor<1x28x28x1xf32>
    %316 = stablehlo.rsqrt %315 : tensor<1x28x28x1xf32>
    %317 = stablehlo.broadcast_in_dim %316, dims = [0, 1, 2, 3] : (tensor<1x28x28x1xf32>) -> tensor<1x28x28x192xf32>
    %318 = stablehlo.multiply %313, %317 : tensor<1x28x28x192xf32>
    %319 = stablehlo.broadcast_in_dim %arg48, dims = [3] : (tensor<192xf32>) -> tensor<1x1x1x192xf32>
    %320 = stablehlo.broadcast_in_dim %319, dims = [0, 1, 2, 3] : (tensor<1x1x1x192xf32>) -> tensor<1x28x28x192xf32>
    %321 = stablehlo.multiply %318, %320 : tensor<1x28x28x192xf32>
    %322 = stablehlo.broadcast_in_dim %arg49, dims = [3] : (tensor<192xf32>) -> tensor<1x1x1x192xf32>
    %323 = stablehlo.broadcast_in_dim %322, dims = [0, 1, 2, 3] : (tensor<1x1x1x192xf32>) -> tensor<1x28x28x192xf32>
    %324 = stablehlo.add %321, %323 : tensor<1x28x28x192xf32>
    %325 = stablehlo.dot_general %324, %arg50, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x28x28x192xf32>, tensor<192x768xf32>) -> tensor<1x28x28x768xf32>
    %326 = stablehlo.broadcast_in_dim %arg51, dims = [3] : (tensor<768xf32>) -> tensor<1x1x1x768xf32>
    %327 = stablehlo.broadcast_in_dim %326, dims = [0, 1, 2, 3] : (tensor<1x1x1x768xf32>) -> tensor<1x28x28x768xf32>
    %328 = stablehlo.add %325, %327 : tensor<1x28x28x768xf32>
    %329 = stablehlo.multiply %328, %328 : tensor<1x28x28x768xf32>
    %330 = stablehlo.multiply %329, %328 : tensor<1x28x28x768xf32>
    %cst_59 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %331 = stablehlo.broadcast_in_dim %cst_59, dims = [] : (tensor<f32>) -> tensor<1x28x28x768xf32>
    %332 = stablehlo.multiply %331, %330 : tensor<1x28x28x768xf32>
    %333 = stablehlo.add %328, %332 : tensor<1x28x28x768xf32>
    %cst_60 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %334 = stablehlo.broadcast_in_dim %cst_60, dims = [] : (tensor<f32>) -> tensor<1x28x28x768xf32>
    %335 = stablehlo.multiply %334, %333 : tensor<1x28x28x768xf32>
    %336 = stablehlo.tanh %335 : tensor<1x28x28x768xf32>
    %cst_61 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %337 = stablehlo.broadcast_in_dim %cst_61, dims = [] : (tensor<f32>) -> tensor<1x28x28x768xf32>
    %338 = stablehlo.add %337, %336 : tensor<1x28x28x768xf32>
    %cst_62 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %339 = stablehlo.broadcast_in_dim %cst_62, dims = [] : (tensor<f32>) -> tensor<1x28x28x768xf32>
    %340 = stablehlo.multiply %339, %338 : tensor<1x28x28x768xf32>
    %341 = stablehlo.multiply %328, %340 : tensor<1x28x28x768xf32>
    %342 = stablehlo.dot_general %341, %arg52, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x28x28x768xf32>, tensor<768x192xf32>) -> tensor<1x28x28x192xf32>
    %343 = stablehlo.broadcast_in_dim %arg53, dims = [3] : (tensor<192xf32>) -> tensor<1x1x1x192xf32>
    %344 = stablehlo.broadcast_in_dim %343, dims = [0, 1, 2, 3] : (tensor<1x1x1x192xf32>) -> tensor<1x28x28x192xf32>
    %345 = stablehlo.add %342, %344 : tensor<1x28x28x192xf32>
    %346 = stablehlo.broadcast_in_dim %arg54, dims = [3] : (tensor<192xf32>) -> tensor<1x1x1x192xf32>
    %347 = stablehlo.broadcast_in_dim %346, dims = [0, 1, 2, 3] : (tensor<1x1x1x192xf32>) -> tensor<1x28x28x192xf32>
    %348 = stablehlo.multiply %345, %347 : tensor<1x28x28x192xf32>
    %349 = stablehlo.add %299, %348 : tensor<1x28x28x192xf32>
    %cst_63 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %350 = stablehlo.reduce(%349 init: %cst_63) applies stablehlo.add across dimensions = [3] : (tensor<1x28x28x192xf32>, tensor<f32>) -> tensor<1x28x28xf32>
    %351 = stablehlo.broadcast_in_dim %350, dims = [0, 1, 2] : (tensor<1x28x28xf32>) -> tensor<1x28x28x1xf32>
    %cst_64 = stablehlo.constant dense<1.920000e+02> : tensor<f32>
    %352 = stablehlo.broadcast_in_dim %cst_64, dims = [] : (tensor<f32>) -> tensor<1x28x28x1xf32>
    %353 = stablehlo.divide %351, %352 : tensor<1x28x28x1xf32>
    %354 = stablehlo.broadcast_in_dim %353, dims = [0, 1, 2, 3] : (tensor<1x28x28x1xf32>) -> tensor<1x28x28x192xf32>
    %355 = stablehlo.subtract %349, %354 : tensor<1x28x28x192xf32>
    %356 = stablehlo.multiply %355, %355 : tensor<1x28x28x192xf32>
    %cst_65 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %357 = stablehlo.reduce(%356 init: %cst_65) applies stablehlo.add across dimensions = [3] : (tensor<1x28x28x192xf32>, tensor<f32>) -> tensor<1x28x28xf32>
    %358 = stablehlo.broadcast_in_dim %357, dims = [0, 1, 2] : (tensor<1x28x28xf32>) -> tensor<1x28x28x1xf32>
    %cst_66 = stablehlo.constant dense<1.920000e+02> : tensor<f32>
    %359 = stablehlo.broadcast_in_dim %cst_66, dims = [] : (tensor<f32>) -> tensor<1x28x28x1xf32>
    %360 = stablehlo.divide %358, %359 : tensor<1x28x28x1xf32>
    %361 = stablehlo.broadcast_in_dim %353, dims = [0, 1, 2, 3] : (tensor<1x28x28x1xf32>) -> tensor<1x28x28x192xf32>
    %362 = stablehlo.subtract %349, %361 : tensor<1x28x28x192xf32>
    %cst_67 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %363 = stablehlo.broadcast_in_dim %cst_67, dims = [] : (tensor<f32>) -> tensor<1x28x28x1xf32>
    %364 = stablehlo.add %360, %363 : tensor<1x28x28x1xf32>
    %365 = stablehlo.rsqrt %364 : tensor<1x28x28x1xf32>
    %366 = stablehlo.broadcast_in_dim %365, dims = [0, 1, 2, 3] : (tensor<1x28x28x1xf32>) -> tensor<1x28x28x192xf32>
    %367 = stablehlo.multiply %362, %366 : tensor<1x28x28x192xf32>
    %368 = stablehlo.broadcast_in_dim %arg55, dims = [3] : (tensor<192xf32>) -> tensor<1x1x1x192xf32>
    %369 = stablehlo.broadcast_in_dim %368, dims = [0, 1, 2, 3] : (tensor<1x1x1x192xf32>) -> tensor<1x28x28x192xf32>
    %370 = stablehlo.multiply %367, %369 : tensor<1x28x28x192xf32>
    %371 = stablehlo.broadcast_in_dim %arg56, dims = [3] : (tensor<192xf32>) -> tensor<1x1x1x192xf32>
    %372 = stablehlo.broadcast_in_dim %371, dims = [0, 1, 2, 3] : (tensor<1x1x1x192xf32>) -> tensor<1x28x28x192xf32>
    %373 = stablehlo.add %370, %372 : tensor<1x28x28x192xf32>
    %374 = stablehlo.convolution(%373, %arg57) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 2], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x28x28x192xf32>, tensor<2x2x192x384xf32>) -> tensor<1x14x14x384xf32>
    %375 = stablehlo.convolution(%374, %arg58) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[3, 3], [3, 3]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 384 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x384xf32>, tensor<7x7x1x384xf32>) -> tensor<1x14x14x384xf32>
    %cst_68 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %376 = stablehlo.reduce(%375 init: %cst_68) applies stablehlo.add across dimensions = [3] : (tensor<1x14x14x384xf32>, tensor<f32>) -> tensor<1x14x14xf32>
    %377 = stablehlo.broadcast_in_dim %376, dims = [0, 1, 2] : (tensor<1x14x14xf32>) -> tensor<1x14x14x1xf32>
    %cst_69 = stablehlo.constant dense<3.840000e+02> : tensor<f32>
    %378 = stablehlo.broadcast_in_dim %cst_69, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %379 = stablehlo.divide %377, %378 : tensor<1x14x14x1xf32>
    %380 = stablehlo.broadcast_in_dim %379, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %381 = stablehlo.subtract %375, %380 : tensor<1x14x14x384xf32>
    %382 = stablehlo.multiply %381, %381 : tensor<1x14x14x384xf32>
    %cst_70 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %383 = stablehlo.reduce(%382 init: %cst_70) applies stablehlo.add across dimensions = [3] : (tensor<1x14x14x384xf32>, tensor<f32>) -> tensor<1x14x14xf32>
    %384 = stablehlo.broadcast_in_dim %383, dims = [0, 1, 2] : (tensor<1x14x14xf32>) -> tensor<1x14x14x1xf32>
    %cst_71 = stablehlo.constant dense<3.840000e+02> : tensor<f32>
    %385 = stablehlo.broadcast_in_dim %cst_71, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %386 = stablehlo.divide %384, %385 : tensor<1x14x14x1xf32>
    %387 = stablehlo.broadcast_in_dim %379, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %388 = stablehlo.subtract %375, %387 : tensor<1x14x14x384xf32>
    %cst_72 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %389 = stablehlo.broadcast_in_dim %cst_72, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %390 = stablehlo.add %386, %389 : tensor<1x14x14x1xf32>
    %391 = stablehlo.rsqrt %390 : tensor<1x14x14x1xf32>
    %392 = stablehlo.broadcast_in_dim %391, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %393 = stablehlo.multiply %388, %392 : tensor<1x14x14x384xf32>
    %394 = stablehlo.broadcast_in_dim %arg59, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %395 = stablehlo.broadcast_in_dim %394, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %396 = stablehlo.multiply %393, %395 : tensor<1x14x14x384xf32>
    %397 = stablehlo.broadcast_in_dim %arg60, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %398 = stablehlo.broadcast_in_dim %397, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %399 = stablehlo.add %396, %398 : tensor<1x14x14x384xf32>
    %400 = stablehlo.dot_general %399, %arg61, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x14x14x384xf32>, tensor<384x1536xf32>) -> tensor<1x14x14x1536xf32>
    %401 = stablehlo.broadcast_in_dim %arg62, dims = [3] : (tensor<1536xf32>) -> tensor<1x1x1x1536xf32>
    %402 = stablehlo.broadcast_in_dim %401, dims = [0, 1, 2, 3] : (tensor<1x1x1x1536xf32>) -> tensor<1x14x14x1536xf32>
    %403 = stablehlo.add %400, %402 : tensor<1x14x14x1536xf32>
    %404 = stablehlo.multiply %403, %403 : tensor<1x14x14x1536xf32>
    %405 = stablehlo.multiply %404, %403 : tensor<1x14x14x1536xf32>
    %cst_73 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %406 = stablehlo.broadcast_in_dim %cst_73, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %407 = stablehlo.multiply %406, %405 : tensor<1x14x14x1536xf32>
    %408 = stablehlo.add %403, %407 : tensor<1x14x14x1536xf32>
    %cst_74 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %409 = stablehlo.broadcast_in_dim %cst_74, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %410 = stablehlo.multiply %409, %408 : tensor<1x14x14x1536xf32>
    %411 = stablehlo.tanh %410 : tensor<1x14x14x1536xf32>
    %cst_75 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %412 = stablehlo.broadcast_in_dim %cst_75, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %413 = stablehlo.add %412, %411 : tensor<1x14x14x1536xf32>
    %cst_76 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %414 = stablehlo.broadcast_in_dim %cst_76, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %415 = stablehlo.multiply %414, %413 : tensor<1x14x14x1536xf32>
    %416 = stablehlo.multiply %403, %415 : tensor<1x14x14x1536xf32>
    %417 = stablehlo.dot_general %416, %arg63, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x14x14x1536xf32>, tensor<1536x384xf32>) -> tensor<1x14x14x384xf32>
    %418 = stablehlo.broadcast_in_dim %arg64, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %419 = stablehlo.broadcast_in_dim %418, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %420 = stablehlo.add %417, %419 : tensor<1x14x14x384xf32>
    %421 = stablehlo.broadcast_in_dim %arg65, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %422 = stablehlo.broadcast_in_dim %421, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %423 = stablehlo.multiply %420, %422 : tensor<1x14x14x384xf32>
    %424 = stablehlo.add %374, %423 : tensor<1x14x14x384xf32>
    %425 = stablehlo.convolution(%424, %arg66) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[3, 3], [3, 3]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 384 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x384xf32>, tensor<7x7x1x384xf32>) -> tensor<1x14x14x384xf32>
    %cst_77 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %426 = stablehlo.reduce(%425 init: %cst_77) applies stablehlo.add across dimensions = [3] : (tensor<1x14x14x384xf32>, tensor<f32>) -> tensor<1x14x14xf32>
    %427 = stablehlo.broadcast_in_dim %426, dims = [0, 1, 2] : (tensor<1x14x14xf32>) -> tensor<1x14x14x1xf32>
    %cst_78 = stablehlo.constant dense<3.840000e+02> : tensor<f32>
    %428 = stablehlo.broadcast_in_dim %cst_78, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %429 = stablehlo.divide %427, %428 : tensor<1x14x14x1xf32>
    %430 = stablehlo.broadcast_in_dim %429, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %431 = stablehlo.subtract %425, %430 : tensor<1x14x14x384xf32>
    %432 = stablehlo.multiply %431, %431 : tensor<1x14x14x384xf32>
    %cst_79 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %433 = stablehlo.reduce(%432 init: %cst_79) applies stablehlo.add across dimensions = [3] : (tensor<1x14x14x384xf32>, tensor<f32>) -> tensor<1x14x14xf32>
    %434 = stablehlo.broadcast_in_dim %433, dims = [0, 1, 2] : (tensor<1x14x14xf32>) -> tensor<1x14x14x1xf32>
    %cst_80 = stablehlo.constant dense<3.840000e+02> : tensor<f32>
    %435 = stablehlo.broadcast_in_dim %cst_80, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %436 = stablehlo.divide %434, %435 : tensor<1x14x14x1xf32>
    %437 = stablehlo.broadcast_in_dim %429, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %438 = stablehlo.subtract %425, %437 : tensor<1x14x14x384xf32>
    %cst_81 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %439 = stablehlo.broadcast_in_dim %cst_81, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %440 = stablehlo.add %436, %439 : tensor<1x14x14x1xf32>
    %441 = stablehlo.rsqrt %440 : tensor<1x14x14x1xf32>
    %442 = stablehlo.broadcast_in_dim %441, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %443 = stablehlo.multiply %438, %442 : tensor<1x14x14x384xf32>
    %444 = stablehlo.broadcast_in_dim %arg67, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %445 = stablehlo.broadcast_in_dim %444, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %446 = stablehlo.multiply %443, %445 : tensor<1x14x14x384xf32>
    %447 = stablehlo.broadcast_in_dim %arg68, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %448 = stablehlo.broadcast_in_dim %447, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %449 = stablehlo.add %446, %448 : tensor<1x14x14x384xf32>
    %450 = stablehlo.dot_general %449, %arg69, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x14x14x384xf32>, tensor<384x1536xf32>) -> tensor<1x14x14x1536xf32>
    %451 = stablehlo.broadcast_in_dim %arg70, dims = [3] : (tensor<1536xf32>) -> tensor<1x1x1x1536xf32>
    %452 = stablehlo.broadcast_in_dim %451, dims = [0, 1, 2, 3] : (tensor<1x1x1x1536xf32>) -> tensor<1x14x14x1536xf32>
    %453 = stablehlo.add %450, %452 : tensor<1x14x14x1536xf32>
    %454 = stablehlo.multiply %453, %453 : tensor<1x14x14x1536xf32>
    %455 = stablehlo.multiply %454, %453 : tensor<1x14x14x1536xf32>
    %cst_82 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %456 = stablehlo.broadcast_in_dim %cst_82, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %457 = stablehlo.multiply %456, %455 : tensor<1x14x14x1536xf32>
    %458 = stablehlo.add %453, %457 : tensor<1x14x14x1536xf32>
    %cst_83 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %459 = stablehlo.broadcast_in_dim %cst_83, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %460 = stablehlo.multiply %459, %458 : tensor<1x14x14x1536xf32>
    %461 = stablehlo.tanh %460 : tensor<1x14x14x1536xf32>
    %cst_84 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %462 = stablehlo.broadcast_in_dim %cst_84, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %463 = stablehlo.add %462, %461 : tensor<1x14x14x1536xf32>
    %cst_85 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %464 = stablehlo.broadcast_in_dim %cst_85, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %465 = stablehlo.multiply %464, %463 : tensor<1x14x14x1536xf32>
    %466 = stablehlo.multiply %453, %465 : tensor<1x14x14x1536xf32>
    %467 = stablehlo.dot_general %466, %arg71, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x14x14x1536xf32>, tensor<1536x384xf32>) -> tensor<1x14x14x384xf32>
    %468 = stablehlo.broadcast_in_dim %arg72, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %469 = stablehlo.broadcast_in_dim %468, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %470 = stablehlo.add %467, %469 : tensor<1x14x14x384xf32>
    %471 = stablehlo.broadcast_in_dim %arg73, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %472 = stablehlo.broadcast_in_dim %471, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %473 = stablehlo.multiply %470, %472 : tensor<1x14x14x384xf32>
    %474 = stablehlo.add %424, %473 : tensor<1x14x14x384xf32>
    %475 = stablehlo.convolution(%474, %arg74) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[3, 3], [3, 3]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 384 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x384xf32>, tensor<7x7x1x384xf32>) -> tensor<1x14x14x384xf32>
    %cst_86 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %476 = stablehlo.reduce(%475 init: %cst_86) applies stablehlo.add across dimensions = [3] : (tensor<1x14x14x384xf32>, tensor<f32>) -> tensor<1x14x14xf32>
    %477 = stablehlo.broadcast_in_dim %476, dims = [0, 1, 2] : (tensor<1x14x14xf32>) -> tensor<1x14x14x1xf32>
    %cst_87 = stablehlo.constant dense<3.840000e+02> : tensor<f32>
    %478 = stablehlo.broadcast_in_dim %cst_87, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %479 = stablehlo.divide %477, %478 : tensor<1x14x14x1xf32>
    %480 = stablehlo.broadcast_in_dim %479, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %481 = stablehlo.subtract %475, %480 : tensor<1x14x14x384xf32>
    %482 = stablehlo.multiply %481, %481 : tensor<1x14x14x384xf32>
    %cst_88 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %483 = stablehlo.reduce(%482 init: %cst_88) applies stablehlo.add across dimensions = [3] : (tensor<1x14x14x384xf32>, tensor<f32>) -> tensor<1x14x14xf32>
    %484 = stablehlo.broadcast_in_dim %483, dims = [0, 1, 2] : (tensor<1x14x14xf32>) -> tensor<1x14x14x1xf32>
    %cst_89 = stablehlo.constant dense<3.840000e+02> : tensor<f32>
    %485 = stablehlo.broadcast_in_dim %cst_89, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %486 = stablehlo.divide %484, %485 : tensor<1x14x14x1xf32>
    %487 = stablehlo.broadcast_in_dim %479, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %488 = stablehlo.subtract %475, %487 : tensor<1x14x14x384xf32>
    %cst_90 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %489 = stablehlo.broadcast_in_dim %cst_90, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %490 = stablehlo.add %486, %489 : tensor<1x14x14x1xf32>
    %491 = stablehlo.rsqrt %490 : tensor<1x14x14x1xf32>
    %492 = stablehlo.broadcast_in_dim %491, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %493 = stablehlo.multiply %488, %492 : tensor<1x14x14x384xf32>
    %494 = stablehlo.broadcast_in_dim %arg75, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %495 = stablehlo.broadcast_in_dim %494, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %496 = stablehlo.multiply %493, %495 : tensor<1x14x14x384xf32>
    %497 = stablehlo.broadcast_in_dim %arg76, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %498 = stablehlo.broadcast_in_dim %497, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %499 = stablehlo.add %496, %498 : tensor<1x14x14x384xf32>
    %500 = stablehlo.dot_general %499, %arg77, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x14x14x384xf32>, tensor<384x1536xf32>) -> tensor<1x14x14x1536xf32>
    %501 = stablehlo.broadcast_in_dim %arg78, dims = [3] : (tensor<1536xf32>) -> tensor<1x1x1x1536xf32>
    %502 = stablehlo.broadcast_in_dim %501, dims = [0, 1, 2, 3] : (tensor<1x1x1x1536xf32>) -> tensor<1x14x14x1536xf32>
    %503 = stablehlo.add %500, %502 : tensor<1x14x14x1536xf32>
    %504 = stablehlo.multiply %503, %503 : tensor<1x14x14x1536xf32>
    %505 = stablehlo.multiply %504, %503 : tensor<1x14x14x1536xf32>
    %cst_91 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %506 = stablehlo.broadcast_in_dim %cst_91, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %507 = stablehlo.multiply %506, %505 : tensor<1x14x14x1536xf32>
    %508 = stablehlo.add %503, %507 : tensor<1x14x14x1536xf32>
    %cst_92 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %509 = stablehlo.broadcast_in_dim %cst_92, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %510 = stablehlo.multiply %509, %508 : tensor<1x14x14x1536xf32>
    %511 = stablehlo.tanh %510 : tensor<1x14x14x1536xf32>
    %cst_93 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %512 = stablehlo.broadcast_in_dim %cst_93, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %513 = stablehlo.add %512, %511 : tensor<1x14x14x1536xf32>
    %cst_94 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %514 = stablehlo.broadcast_in_dim %cst_94, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %515 = stablehlo.multiply %514, %513 : tensor<1x14x14x1536xf32>
    %516 = stablehlo.multiply %503, %515 : tensor<1x14x14x1536xf32>
    %517 = stablehlo.dot_general %516, %arg79, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x14x14x1536xf32>, tensor<1536x384xf32>) -> tensor<1x14x14x384xf32>
    %518 = stablehlo.broadcast_in_dim %arg80, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %519 = stablehlo.broadcast_in_dim %518, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %520 = stablehlo.add %517, %519 : tensor<1x14x14x384xf32>
    %521 = stablehlo.broadcast_in_dim %arg81, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %522 = stablehlo.broadcast_in_dim %521, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %523 = stablehlo.multiply %520, %522 : tensor<1x14x14x384xf32>
    %524 = stablehlo.add %474, %523 : tensor<1x14x14x384xf32>
    %525 = stablehlo.convolution(%524, %arg82) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[3, 3], [3, 3]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 384 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x384xf32>, tensor<7x7x1x384xf32>) -> tensor<1x14x14x384xf32>
    %cst_95 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %526 = stablehlo.reduce(%525 init: %cst_95) applies stablehlo.add across dimensions = [3] : (tensor<1x14x14x384xf32>, tensor<f32>) -> tensor<1x14x14xf32>
    %527 = stablehlo.broadcast_in_dim %526, dims = [0, 1, 2] : (tensor<1x14x14xf32>) -> tensor<1x14x14x1xf32>
    %cst_96 = stablehlo.constant dense<3.840000e+02> : tensor<f32>
    %528 = stablehlo.broadcast_in_dim %cst_96, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %529 = stablehlo.divide %527, %528 : tensor<1x14x14x1xf32>
    %530 = stablehlo.broadcast_in_dim %529, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %531 = stablehlo.subtract %525, %530 : tensor<1x14x14x384xf32>
    %532 = stablehlo.multiply %531, %531 : tensor<1x14x14x384xf32>
    %cst_97 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %533 = stablehlo.reduce(%532 init: %cst_97) applies stablehlo.add across dimensions = [3] : (tensor<1x14x14x384xf32>, tensor<f32>) -> tensor<1x14x14xf32>
    %534 = stablehlo.broadcast_in_dim %533, dims = [0, 1, 2] : (tensor<1x14x14xf32>) -> tensor<1x14x14x1xf32>
    %cst_98 = stablehlo.constant dense<3.840000e+02> : tensor<f32>
    %535 = stablehlo.broadcast_in_dim %cst_98, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %536 = stablehlo.divide %534, %535 : tensor<1x14x14x1xf32>
    %537 = stablehlo.broadcast_in_dim %529, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %538 = stablehlo.subtract %525, %537 : tensor<1x14x14x384xf32>
    %cst_99 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %539 = stablehlo.broadcast_in_dim %cst_99, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %540 = stablehlo.add %536, %539 : tensor<1x14x14x1xf32>
    %541 = stablehlo.rsqrt %540 : tensor<1x14x14x1xf32>
    %542 = stablehlo.broadcast_in_dim %541, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %543 = stablehlo.multiply %538, %542 : tensor<1x14x14x384xf32>
    %544 = stablehlo.broadcast_in_dim %arg83, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %545 = stablehlo.broadcast_in_dim %544, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %546 = stablehlo.multiply %543, %545 : tensor<1x14x14x384xf32>
    %547 = stablehlo.broadcast_in_dim %arg84, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %548 = stablehlo.broadcast_in_dim %547, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %549 = stablehlo.add %546, %548 : tensor<1x14x14x384xf32>
    %550 = stablehlo.dot_general %549, %arg85, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x14x14x384xf32>, tensor<384x1536xf32>) -> tensor<1x14x14x1536xf32>
    %551 = stablehlo.broadcast_in_dim %arg86, dims = [3] : (tensor<1536xf32>) -> tensor<1x1x1x1536xf32>
    %552 = stablehlo.broadcast_in_dim %551, dims = [0, 1, 2, 3] : (tensor<1x1x1x1536xf32>) -> tensor<1x14x14x1536xf32>
    %553 = stablehlo.add %550, %552 : tensor<1x14x14x1536xf32>
    %554 = stablehlo.multiply %553, %553 : tensor<1x14x14x1536xf32>
    %555 = stablehlo.multiply %554, %553 : tensor<1x14x14x1536xf32>
    %cst_100 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %556 = stablehlo.broadcast_in_dim %cst_100, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %557 = stablehlo.multiply %556, %555 : tensor<1x14x14x1536xf32>
    %558 = stablehlo.add %553, %557 : tensor<1x14x14x1536xf32>
    %cst_101 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %559 = stablehlo.broadcast_in_dim %cst_101, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %560 = stablehlo.multiply %559, %558 : tensor<1x14x14x1536xf32>
    %561 = stablehlo.tanh %560 : tensor<1x14x14x1536xf32>
    %cst_102 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %562 = stablehlo.broadcast_in_dim %cst_102, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %563 = stablehlo.add %562, %561 : tensor<1x14x14x1536xf32>
    %cst_103 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %564 = stablehlo.broadcast_in_dim %cst_103, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %565 = stablehlo.multiply %564, %563 : tensor<1x14x14x1536xf32>
    %566 = stablehlo.multiply %553, %565 : tensor<1x14x14x1536xf32>
    %567 = stablehlo.dot_general %566, %arg87, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x14x14x1536xf32>, tensor<1536x384xf32>) -> tensor<1x14x14x384xf32>
    %568 = stablehlo.broadcast_in_dim %arg88, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %569 = stablehlo.broadcast_in_dim %568, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %570 = stablehlo.add %567, %569 : tensor<1x14x14x384xf32>
    %571 = stablehlo.broadcast_in_dim %arg89, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %572 = stablehlo.broadcast_in_dim %571, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %573 = stablehlo.multiply %570, %572 : tensor<1x14x14x384xf32>
    %574 = stablehlo.add %524, %573 : tensor<1x14x14x384xf32>
    %575 = stablehlo.convolution(%574, %arg90) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[3, 3], [3, 3]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 384 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x384xf32>, tensor<7x7x1x384xf32>) -> tensor<1x14x14x384xf32>
    %cst_104 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %576 = stablehlo.reduce(%575 init: %cst_104) applies stablehlo.add across dimensions = [3] : (tensor<1x14x14x384xf32>, tensor<f32>) -> tensor<1x14x14xf32>
    %577 = stablehlo.broadcast_in_dim %576, dims = [0, 1, 2] : (tensor<1x14x14xf32>) -> tensor<1x14x14x1xf32>
    %cst_105 = stablehlo.constant dense<3.840000e+02> : tensor<f32>
    %578 = stablehlo.broadcast_in_dim %cst_105, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %579 = stablehlo.divide %577, %578 : tensor<1x14x14x1xf32>
    %580 = stablehlo.broadcast_in_dim %579, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %581 = stablehlo.subtract %575, %580 : tensor<1x14x14x384xf32>
    %582 = stablehlo.multiply %581, %581 : tensor<1x14x14x384xf32>
    %cst_106 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %583 = stablehlo.reduce(%582 init: %cst_106) applies stablehlo.add across dimensions = [3] : (tensor<1x14x14x384xf32>, tensor<f32>) -> tensor<1x14x14xf32>
    %584 = stablehlo.broadcast_in_dim %583, dims = [0, 1, 2] : (tensor<1x14x14xf32>) -> tensor<1x14x14x1xf32>
    %cst_107 = stablehlo.constant dense<3.840000e+02> : tensor<f32>
    %585 = stablehlo.broadcast_in_dim %cst_107, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %586 = stablehlo.divide %584, %585 : tensor<1x14x14x1xf32>
    %587 = stablehlo.broadcast_in_dim %579, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %588 = stablehlo.subtract %575, %587 : tensor<1x14x14x384xf32>
    %cst_108 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %589 = stablehlo.broadcast_in_dim %cst_108, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %590 = stablehlo.add %586, %589 : tensor<1x14x14x1xf32>
    %591 = stablehlo.rsqrt %590 : tensor<1x14x14x1xf32>
    %592 = stablehlo.broadcast_in_dim %591, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %593 = stablehlo.multiply %588, %592 : tensor<1x14x14x384xf32>
    %594 = stablehlo.broadcast_in_dim %arg91, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %595 = stablehlo.broadcast_in_dim %594, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %596 = stablehlo.multiply %593, %595 : tensor<1x14x14x384xf32>
    %597 = stablehlo.broadcast_in_dim %arg92, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %598 = stablehlo.broadcast_in_dim %597, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %599 = stablehlo.add %596, %598 : tensor<1x14x14x384xf32>
    %600 = stablehlo.dot_general %599, %arg93, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x14x14x384xf32>, tensor<384x1536xf32>) -> tensor<1x14x14x1536xf32>
    %601 = stablehlo.broadcast_in_dim %arg94, dims = [3] : (tensor<1536xf32>) -> tensor<1x1x1x1536xf32>
    %602 = stablehlo.broadcast_in_dim %601, dims = [0, 1, 2, 3] : (tensor<1x1x1x1536xf32>) -> tensor<1x14x14x1536xf32>
    %603 = stablehlo.add %600, %602 : tensor<1x14x14x1536xf32>
    %604 = stablehlo.multiply %603, %603 : tensor<1x14x14x1536xf32>
    %605 = stablehlo.multiply %604, %603 : tensor<1x14x14x1536xf32>
    %cst_109 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %606 = stablehlo.broadcast_in_dim %cst_109, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %607 = stablehlo.multiply %606, %605 : tensor<1x14x14x1536xf32>
    %608 = stablehlo.add %603, %607 : tensor<1x14x14x1536xf32>
    %cst_110 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %609 = stablehlo.broadcast_in_dim %cst_110, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %610 = stablehlo.multiply %609, %608 : tensor<1x14x14x1536xf32>
    %611 = stablehlo.tanh %610 : tensor<1x14x14x1536xf32>
    %cst_111 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %612 = stablehlo.broadcast_in_dim %cst_111, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %613 = stablehlo.add %612, %611 : tensor<1x14x14x1536xf32>
    %cst_112 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %614 = stablehlo.broadcast_in_dim %cst_112, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %615 = stablehlo.multiply %614, %613 : tensor<1x14x14x1536xf32>
    %616 = stablehlo.multiply %603, %615 : tensor<1x14x14x1536xf32>
    %617 = stablehlo.dot_general %616, %arg95, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x14x14x1536xf32>, tensor<1536x384xf32>) -> tensor<1x14x14x384xf32>
    %618 = stablehlo.broadcast_in_dim %arg96, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %619 = stablehlo.broadcast_in_dim %618, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %620 = stablehlo.add %617, %619 : tensor<1x14x14x384xf32>
    %621 = stablehlo.broadcast_in_dim %arg97, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %622 = stablehlo.broadcast_in_dim %621, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %623 = stablehlo.multiply %620, %622 : tensor<1x14x14x384xf32>
    %624 = stablehlo.add %574, %623 : tensor<1x14x14x384xf32>
    %625 = stablehlo.convolution(%624, %arg98) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[3, 3], [3, 3]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 384 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x384xf32>, tensor<7x7x1x384xf32>) -> tensor<1x14x14x384xf32>
    %cst_113 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %626 = stablehlo.reduce(%625 init: %cst_113) applies stablehlo.add across dimensions = [3] : (tensor<1x14x14x384xf32>, tensor<f32>) -> tensor<1x14x14xf32>
    %627 = stablehlo.broadcast_in_dim %626, dims = [0, 1, 2] : (tensor<1x14x14xf32>) -> tensor<1x14x14x1xf32>
    %cst_114 = stablehlo.constant dense<3.840000e+02> : tensor<f32>
    %628 = stablehlo.broadcast_in_dim %cst_114, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %629 = stablehlo.divide %627, %628 : tensor<1x14x14x1xf32>
    %630 = stablehlo.broadcast_in_dim %629, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %631 = stablehlo.subtract %625, %630 : tensor<1x14x14x384xf32>
    %632 = stablehlo.multiply %631, %631 : tensor<1x14x14x384xf32>
    %cst_115 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %633 = stablehlo.reduce(%632 init: %cst_115) applies stablehlo.add across dimensions = [3] : (tensor<1x14x14x384xf32>, tensor<f32>) -> tensor<1x14x14xf32>
    %634 = stablehlo.broadcast_in_dim %633, dims = [0, 1, 2] : (tensor<1x14x14xf32>) -> tensor<1x14x14x1xf32>
    %cst_116 = stablehlo.constant dense<3.840000e+02> : tensor<f32>
    %635 = stablehlo.broadcast_in_dim %cst_116, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %636 = stablehlo.divide %634, %635 : tensor<1x14x14x1xf32>
    %637 = stablehlo.broadcast_in_dim %629, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %638 = stablehlo.subtract %625, %637 : tensor<1x14x14x384xf32>
    %cst_117 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %639 = stablehlo.broadcast_in_dim %cst_117, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %640 = stablehlo.add %636, %639 : tensor<1x14x14x1xf32>
    %641 = stablehlo.rsqrt %640 : tensor<1x14x14x1xf32>
    %642 = stablehlo.broadcast_in_dim %641, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %643 = stablehlo.multiply %638, %642 : tensor<1x14x14x384xf32>
    %644 = stablehlo.broadcast_in_dim %arg99, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %645 = stablehlo.broadcast_in_dim %644, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %646 = stablehlo.multiply %643, %645 : tensor<1x14x14x384xf32>
    %647 = stablehlo.broadcast_in_dim %arg100, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %648 = stablehlo.broadcast_in_dim %647, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %649 = stablehlo.add %646, %648 : tensor<1x14x14x384xf32>
    %650 = stablehlo.dot_general %649, %arg101, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x14x14x384xf32>, tensor<384x1536xf32>) -> tensor<1x14x14x1536xf32>
    %651 = stablehlo.broadcast_in_dim %arg102, dims = [3] : (tensor<1536xf32>) -> tensor<1x1x1x1536xf32>
    %652 = stablehlo.broadcast_in_dim %651, dims = [0, 1, 2, 3] : (tensor<1x1x1x1536xf32>) -> tensor<1x14x14x1536xf32>
    %653 = stablehlo.add %650, %652 : tensor<1x14x14x1536xf32>
    %654 = stablehlo.multiply %653, %653 : tensor<1x14x14x1536xf32>
    %655 = stablehlo.multiply %654, %653 : tensor<1x14x14x1536xf32>
    %cst_118 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %656 = stablehlo.broadcast_in_dim %cst_118, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %657 = stablehlo.multiply %656, %655 : tensor<1x14x14x1536xf32>
    %658 = stablehlo.add %653, %657 : tensor<1x14x14x1536xf32>
    %cst_119 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %659 = stablehlo.broadcast_in_dim %cst_119, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %660 = stablehlo.multiply %659, %658 : tensor<1x14x14x1536xf32>
    %661 = stablehlo.tanh %660 : tensor<1x14x14x1536xf32>
    %cst_120 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %662 = stablehlo.broadcast_in_dim %cst_120, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %663 = stablehlo.add %662, %661 : tensor<1x14x14x1536xf32>
    %cst_121 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %664 = stablehlo.broadcast_in_dim %cst_121, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %665 = stablehlo.multiply %664, %663 : tensor<1x14x14x1536xf32>
    %666 = stablehlo.multiply %653, %665 : tensor<1x14x14x1536xf32>
    %667 = stablehlo.dot_general %666, %arg103, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x14x14x1536xf32>, tensor<1536x384xf32>) -> tensor<1x14x14x384xf32>
    %668 = stablehlo.broadcast_in_dim %arg104, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %669 = stablehlo.broadcast_in_dim %668, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %670 = stablehlo.add %667, %669 : tensor<1x14x14x384xf32>
    %671 = stablehlo.broadcast_in_dim %arg105, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %672 = stablehlo.broadcast_in_dim %671, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %673 = stablehlo.multiply %670, %672 : tensor<1x14x14x384xf32>
    %674 = stablehlo.add %624, %673 : tensor<1x14x14x384xf32>
    %675 = stablehlo.convolution(%674, %arg106) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[3, 3], [3, 3]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 384 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x384xf32>, tensor<7x7x1x384xf32>) -> tensor<1x14x14x384xf32>
    %cst_122 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %676 = stablehlo.reduce(%675 init: %cst_122) applies stablehlo.add across dimensions = [3] : (tensor<1x14x14x384xf32>, tensor<f32>) -> tensor<1x14x14xf32>
    %677 = stablehlo.broadcast_in_dim %676, dims = [0, 1, 2] : (tensor<1x14x14xf32>) -> tensor<1x14x14x1xf32>
    %cst_123 = stablehlo.constant dense<3.840000e+02> : tensor<f32>
    %678 = stablehlo.broadcast_in_dim %cst_123, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %679 = stablehlo.divide %677, %678 : tensor<1x14x14x1xf32>
    %680 = stablehlo.broadcast_in_dim %679, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %681 = stablehlo.subtract %675, %680 : tensor<1x14x14x384xf32>
    %682 = stablehlo.multiply %681, %681 : tensor<1x14x14x384xf32>
    %cst_124 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %683 = stablehlo.reduce(%682 init: %cst_124) applies stablehlo.add across dimensions = [3] : (tensor<1x14x14x384xf32>, tensor<f32>) -> tensor<1x14x14xf32>
    %684 = stablehlo.broadcast_in_dim %683, dims = [0, 1, 2] : (tensor<1x14x14xf32>) -> tensor<1x14x14x1xf32>
    %cst_125 = stablehlo.constant dense<3.840000e+02> : tensor<f32>
    %685 = stablehlo.broadcast_in_dim %cst_125, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %686 = stablehlo.divide %684, %685 : tensor<1x14x14x1xf32>
    %687 = stablehlo.broadcast_in_dim %679, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %688 = stablehlo.subtract %675, %687 : tensor<1x14x14x384xf32>
    %cst_126 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %689 = stablehlo.broadcast_in_dim %cst_126, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %690 = stablehlo.add %686, %689 : tensor<1x14x14x1xf32>
    %691 = stablehlo.rsqrt %690 : tensor<1x14x14x1xf32>
    %692 = stablehlo.broadcast_in_dim %691, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %693 = stablehlo.multiply %688, %692 : tensor<1x14x14x384xf32>
    %694 = stablehlo.broadcast_in_dim %arg107, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %695 = stablehlo.broadcast_in_dim %694, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %696 = stablehlo.multiply %693, %695 : tensor<1x14x14x384xf32>
    %697 = stablehlo.broadcast_in_dim %arg108, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %698 = stablehlo.broadcast_in_dim %697, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %699 = stablehlo.add %696, %698 : tensor<1x14x14x384xf32>
    %700 = stablehlo.dot_general %699, %arg109, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x14x14x384xf32>, tensor<384x1536xf32>) -> tensor<1x14x14x1536xf32>
    %701 = stablehlo.broadcast_in_dim %arg110, dims = [3] : (tensor<1536xf32>) -> tensor<1x1x1x1536xf32>
    %702 = stablehlo.broadcast_in_dim %701, dims = [0, 1, 2, 3] : (tensor<1x1x1x1536xf32>) -> tensor<1x14x14x1536xf32>
    %703 = stablehlo.add %700, %702 : tensor<1x14x14x1536xf32>
    %704 = stablehlo.multiply %703, %703 : tensor<1x14x14x1536xf32>
    %705 = stablehlo.multiply %704, %703 : tensor<1x14x14x1536xf32>
    %cst_127 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %706 = stablehlo.broadcast_in_dim %cst_127, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %707 = stablehlo.multiply %706, %705 : tensor<1x14x14x1536xf32>
    %708 = stablehlo.add %703, %707 : tensor<1x14x14x1536xf32>
    %cst_128 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %709 = stablehlo.broadcast_in_dim %cst_128, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %710 = stablehlo.multiply %709, %708 : tensor<1x14x14x1536xf32>
    %711 = stablehlo.tanh %710 : tensor<1x14x14x1536xf32>
    %cst_129 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %712 = stablehlo.broadcast_in_dim %cst_129, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %713 = stablehlo.add %712, %711 : tensor<1x14x14x1536xf32>
    %cst_130 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %714 = stablehlo.broadcast_in_dim %cst_130, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %715 = stablehlo.multiply %714, %713 : tensor<1x14x14x1536xf32>
    %716 = stablehlo.multiply %703, %715 : tensor<1x14x14x1536xf32>
    %717 = stablehlo.dot_general %716, %arg111, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x14x14x1536xf32>, tensor<1536x384xf32>) -> tensor<1x14x14x384xf32>
    %718 = stablehlo.broadcast_in_dim %arg112, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %719 = stablehlo.broadcast_in_dim %718, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %720 = stablehlo.add %717, %719 : tensor<1x14x14x384xf32>
    %721 = stablehlo.broadcast_in_dim %arg113, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %722 = stablehlo.broadcast_in_dim %721, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %723 = stablehlo.multiply %720, %722 : tensor<1x14x14x384xf32>
    %724 = stablehlo.add %674, %723 : tensor<1x14x14x384xf32>
    %725 = stablehlo.convolution(%724, %arg114) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[3, 3], [3, 3]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 384 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x384xf32>, tensor<7x7x1x384xf32>) -> tensor<1x14x14x384xf32>
    %cst_131 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %726 = stablehlo.reduce(%725 init: %cst_131) applies stablehlo.add across dimensions = [3] : (tensor<1x14x14x384xf32>, tensor<f32>) -> tensor<1x14x14xf32>
    %727 = stablehlo.broadcast_in_dim %726, dims = [0, 1, 2] : (tensor<1x14x14xf32>) -> tensor<1x14x14x1xf32>
    %cst_132 = stablehlo.constant dense<3.840000e+02> : tensor<f32>
    %728 = stablehlo.broadcast_in_dim %cst_132, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %729 = stablehlo.divide %727, %728 : tensor<1x14x14x1xf32>
    %730 = stablehlo.broadcast_in_dim %729, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %731 = stablehlo.subtract %725, %730 : tensor<1x14x14x384xf32>
    %732 = stablehlo.multiply %731, %731 : tensor<1x14x14x384xf32>
    %cst_133 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %733 = stablehlo.reduce(%732 init: %cst_133) applies stablehlo.add across dimensions = [3] : (tensor<1x14x14x384xf32>, tensor<f32>) -> tensor<1x14x14xf32>
    %734 = stablehlo.broadcast_in_dim %733, dims = [0, 1, 2] : (tensor<1x14x14xf32>) -> tensor<1x14x14x1xf32>
    %cst_134 = stablehlo.constant dense<3.840000e+02> : tensor<f32>
    %735 = stablehlo.broadcast_in_dim %cst_134, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %736 = stablehlo.divide %734, %735 : tensor<1x14x14x1xf32>
    %737 = stablehlo.broadcast_in_dim %729, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %738 = stablehlo.subtract %725, %737 : tensor<1x14x14x384xf32>
    %cst_135 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %739 = stablehlo.broadcast_in_dim %cst_135, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %740 = stablehlo.add %736, %739 : tensor<1x14x14x1xf32>
    %741 = stablehlo.rsqrt %740 : tensor<1x14x14x1xf32>
    %742 = stablehlo.broadcast_in_dim %741, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %743 = stablehlo.multiply %738, %742 : tensor<1x14x14x384xf32>
    %744 = stablehlo.broadcast_in_dim %arg115, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %745 = stablehlo.broadcast_in_dim %744, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %746 = stablehlo.multiply %743, %745 : tensor<1x14x14x384xf32>
    %747 = stablehlo.broadcast_in_dim %arg116, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %748 = stablehlo.broadcast_in_dim %747, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %749 = stablehlo.add %746, %748 : tensor<1x14x14x384xf32>
    %750 = stablehlo.dot_general %749, %arg117, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x14x14x384xf32>, tensor<384x1536xf32>) -> tensor<1x14x14x1536xf32>
    %751 = stablehlo.broadcast_in_dim %arg118, dims = [3] : (tensor<1536xf32>) -> tensor<1x1x1x1536xf32>
    %752 = stablehlo.broadcast_in_dim %751, dims = [0, 1, 2, 3] : (tensor<1x1x1x1536xf32>) -> tensor<1x14x14x1536xf32>
    %753 = stablehlo.add %750, %752 : tensor<1x14x14x1536xf32>
    %754 = stablehlo.multiply %753, %753 : tensor<1x14x14x1536xf32>
    %755 = stablehlo.multiply %754, %753 : tensor<1x14x14x1536xf32>
    %cst_136 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %756 = stablehlo.broadcast_in_dim %cst_136, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %757 = stablehlo.multiply %756, %755 : tensor<1x14x14x1536xf32>
    %758 = stablehlo.add %753, %757 : tensor<1x14x14x1536xf32>
    %cst_137 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %759 = stablehlo.broadcast_in_dim %cst_137, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %760 = stablehlo.multiply %759, %758 : tensor<1x14x14x1536xf32>
    %761 = stablehlo.tanh %760 : tensor<1x14x14x1536xf32>
    %cst_138 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %762 = stablehlo.broadcast_in_dim %cst_138, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %763 = stablehlo.add %762, %761 : tensor<1x14x14x1536xf32>
    %cst_139 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %764 = stablehlo.broadcast_in_dim %cst_139, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %765 = stablehlo.multiply %764, %763 : tensor<1x14x14x1536xf32>
    %766 = stablehlo.multiply %753, %765 : tensor<1x14x14x1536xf32>
    %767 = stablehlo.dot_general %766, %arg119, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x14x14x1536xf32>, tensor<1536x384xf32>) -> tensor<1x14x14x384xf32>
    %768 = stablehlo.broadcast_in_dim %arg120, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %769 = stablehlo.broadcast_in_dim %768, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %770 = stablehlo.add %767, %769 : tensor<1x14x14x384xf32>
    %771 = stablehlo.broadcast_in_dim %arg121, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %772 = stablehlo.broadcast_in_dim %771, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %773 = stablehlo.multiply %770, %772 : tensor<1x14x14x384xf32>
    %774 = stablehlo.add %724, %773 : tensor<1x14x14x384xf32>
    %775 = stablehlo.convolution(%774, %arg122) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[3, 3], [3, 3]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 384 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x384xf32>, tensor<7x7x1x384xf32>) -> tensor<1x14x14x384xf32>
    %cst_140 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %776 = stablehlo.reduce(%775 init: %cst_140) applies stablehlo.add across dimensions = [3] : (tensor<1x14x14x384xf32>, tensor<f32>) -> tensor<1x14x14xf32>
    %777 = stablehlo.broadcast_in_dim %776, dims = [0, 1, 2] : (tensor<1x14x14xf32>) -> tensor<1x14x14x1xf32>
    %cst_141 = stablehlo.constant dense<3.840000e+02> : tensor<f32>
    %778 = stablehlo.broadcast_in_dim %cst_141, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %779 = stablehlo.divide %777, %778 : tensor<1x14x14x1xf32>
    %780 = stablehlo.broadcast_in_dim %779, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %781 = stablehlo.subtract %775, %780 : tensor<1x14x14x384xf32>
    %782 = stablehlo.multiply %781, %781 : tensor<1x14x14x384xf32>
    %cst_142 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %783 = stablehlo.reduce(%782 init: %cst_142) applies stablehlo.add across dimensions = [3] : (tensor<1x14x14x384xf32>, tensor<f32>) -> tensor<1x14x14xf32>
    %784 = stablehlo.broadcast_in_dim %783, dims = [0, 1, 2] : (tensor<1x14x14xf32>) -> tensor<1x14x14x1xf32>
    %cst_143 = stablehlo.constant dense<3.840000e+02> : tensor<f32>
    %785 = stablehlo.broadcast_in_dim %cst_143, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %786 = stablehlo.divide %784, %785 : tensor<1x14x14x1xf32>
    %787 = stablehlo.broadcast_in_dim %779, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %788 = stablehlo.subtract %775, %787 : tensor<1x14x14x384xf32>
    %cst_144 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %789 = stablehlo.broadcast_in_dim %cst_144, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %790 = stablehlo.add %786, %789 : tensor<1x14x14x1xf32>
    %791 = stablehlo.rsqrt %790 : tensor<1x14x14x1xf32>
    %792 = stablehlo.broadcast_in_dim %791, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %793 = stablehlo.multiply %788, %792 : tensor<1x14x14x384xf32>
    %794 = stablehlo.broadcast_in_dim %arg123, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %795 = stablehlo.broadcast_in_dim %794, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %796 = stablehlo.multiply %793, %795 : tensor<1x14x14x384xf32>
    %797 = stablehlo.broadcast_in_dim %arg124, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %798 = stablehlo.broadcast_in_dim %797, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %799 = stablehlo.add %796, %798 : tensor<1x14x14x384xf32>
    %800 = stablehlo.dot_general %799, %arg125, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x14x14x384xf32>, tensor<384x1536xf32>) -> tensor<1x14x14x1536xf32>
    %801 = stablehlo.broadcast_in_dim %arg126, dims = [3] : (tensor<1536xf32>) -> tensor<1x1x1x1536xf32>
    %802 = stablehlo.broadcast_in_dim %801, dims = [0, 1, 2, 3] : (tensor<1x1x1x1536xf32>) -> tensor<1x14x14x1536xf32>
    %803 = stablehlo.add %800, %802 : tensor<1x14x14x1536xf32>
    %804 = stablehlo.multiply %803, %803 : tensor<1x14x14x1536xf32>
    %805 = stablehlo.multiply %804, %803 : tensor<1x14x14x1536xf32>
    %cst_145 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %806 = stablehlo.broadcast_in_dim %cst_145, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %807 = stablehlo.multiply %806, %805 : tensor<1x14x14x1536xf32>
    %808 = stablehlo.add %803, %807 : tensor<1x14x14x1536xf32>
    %cst_146 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %809 = stablehlo.broadcast_in_dim %cst_146, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %810 = stablehlo.multiply %809, %808 : tensor<1x14x14x1536xf32>
    %811 = stablehlo.tanh %810 : tensor<1x14x14x1536xf32>
    %cst_147 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %812 = stablehlo.broadcast_in_dim %cst_147, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %813 = stablehlo.add %812, %811 : tensor<1x14x14x1536xf32>
    %cst_148 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %814 = stablehlo.broadcast_in_dim %cst_148, dims = [] : (tensor<f32>) -> tensor<1x14x14x1536xf32>
    %815 = stablehlo.multiply %814, %813 : tensor<1x14x14x1536xf32>
    %816 = stablehlo.multiply %803, %815 : tensor<1x14x14x1536xf32>
    %817 = stablehlo.dot_general %816, %arg127, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x14x14x1536xf32>, tensor<1536x384xf32>) -> tensor<1x14x14x384xf32>
    %818 = stablehlo.broadcast_in_dim %arg128, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %819 = stablehlo.broadcast_in_dim %818, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %820 = stablehlo.add %817, %819 : tensor<1x14x14x384xf32>
    %821 = stablehlo.broadcast_in_dim %arg129, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %822 = stablehlo.broadcast_in_dim %821, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %823 = stablehlo.multiply %820, %822 : tensor<1x14x14x384xf32>
    %824 = stablehlo.add %774, %823 : tensor<1x14x14x384xf32>
    %cst_149 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %825 = stablehlo.reduce(%824 init: %cst_149) applies stablehlo.add across dimensions = [3] : (tensor<1x14x14x384xf32>, tensor<f32>) -> tensor<1x14x14xf32>
    %826 = stablehlo.broadcast_in_dim %825, dims = [0, 1, 2] : (tensor<1x14x14xf32>) -> tensor<1x14x14x1xf32>
    %cst_150 = stablehlo.constant dense<3.840000e+02> : tensor<f32>
    %827 = stablehlo.broadcast_in_dim %cst_150, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %828 = stablehlo.divide %826, %827 : tensor<1x14x14x1xf32>
    %829 = stablehlo.broadcast_in_dim %828, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %830 = stablehlo.subtract %824, %829 : tensor<1x14x14x384xf32>
    %831 = stablehlo.multiply %830, %830 : tensor<1x14x14x384xf32>
    %cst_151 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %832 = stablehlo.reduce(%831 init: %cst_151) applies stablehlo.add across dimensions = [3] : (tensor<1x14x14x384xf32>, tensor<f32>) -> tensor<1x14x14xf32>
    %833 = stablehlo.broadcast_in_dim %832, dims = [0, 1, 2] : (tensor<1x14x14xf32>) -> tensor<1x14x14x1xf32>
    %cst_152 = stablehlo.constant dense<3.840000e+02> : tensor<f32>
    %834 = stablehlo.broadcast_in_dim %cst_152, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %835 = stablehlo.divide %833, %834 : tensor<1x14x14x1xf32>
    %836 = stablehlo.broadcast_in_dim %828, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %837 = stablehlo.subtract %824, %836 : tensor<1x14x14x384xf32>
    %cst_153 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %838 = stablehlo.broadcast_in_dim %cst_153, dims = [] : (tensor<f32>) -> tensor<1x14x14x1xf32>
    %839 = stablehlo.add %835, %838 : tensor<1x14x14x1xf32>
    %840 = stablehlo.rsqrt %839 : tensor<1x14x14x1xf32>
    %841 = stablehlo.broadcast_in_dim %840, dims = [0, 1, 2, 3] : (tensor<1x14x14x1xf32>) -> tensor<1x14x14x384xf32>
    %842 = stablehlo.multiply %837, %841 : tensor<1x14x14x384xf32>
    %843 = stablehlo.broadcast_in_dim %arg130, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %844 = stablehlo.broadcast_in_dim %843, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %845 = stablehlo.multiply %842, %844 : tensor<1x14x14x384xf32>
    %846 = stablehlo.broadcast_in_dim %arg131, dims = [3] : (tensor<384xf32>) -> tensor<1x1x1x384xf32>
    %847 = stablehlo.broadcast_in_dim %846, dims = [0, 1, 2, 3] : (tensor<1x1x1x384xf32>) -> tensor<1x14x14x384xf32>
    %848 = stablehlo.add %845, %847 : tensor<1x14x14x384xf32>
    %849 = stablehlo.convolution(%848, %arg132) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 2], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x384xf32>, tensor<2x2x384x768xf32>) -> tensor<1x7x7x768xf32>
    %850 = stablehlo.convolution(%849, %arg133) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[3, 3], [3, 3]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 768 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x7x7x768xf32>, tensor<7x7x1x768xf32>) -> tensor<1x7x7x768xf32>
    %cst_154 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %851 = stablehlo.reduce(%850 init: %cst_154) applies stablehlo.add across dimensions = [3] : (tensor<1x7x7x768xf32>, tensor<f32>) -> tensor<1x7x7xf32>
    %852 = stablehlo.broadcast_in_dim %851, dims = [0, 1, 2] : (tensor<1x7x7xf32>) -> tensor<1x7x7x1xf32>
    %cst_155 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %853 = stablehlo.broadcast_in_dim %cst_155, dims = [] : (tensor<f32>) -> tensor<1x7x7x1xf32>
    %854 = stablehlo.divide %852, %853 : tensor<1x7x7x1xf32>
    %855 = stablehlo.broadcast_in_dim %854, dims = [0, 1, 2, 3] : (tensor<1x7x7x1xf32>) -> tensor<1x7x7x768xf32>
    %856 = stablehlo.subtract %850, %855 : tensor<1x7x7x768xf32>
    %857 = stablehlo.multiply %856, %856 : tensor<1x7x7x768xf32>
    %cst_156 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %858 = stablehlo.reduce(%857 init: %cst_156) applies stablehlo.add across dimensions = [3] : (tensor<1x7x7x768xf32>, tensor<f32>) -> tensor<1x7x7xf32>
    %859 = stablehlo.broadcast_in_dim %858, dims = [0, 1, 2] : (tensor<1x7x7xf32>) -> tensor<1x7x7x1xf32>
    %cst_157 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %860 = stablehlo.broadcast_in_dim %cst_157, dims = [] : (tensor<f32>) -> tensor<1x7x7x1xf32>
    %861 = stablehlo.divide %859, %860 : tensor<1x7x7x1xf32>
    %862 = stablehlo.broadcast_in_dim %854, dims = [0, 1, 2, 3] : (tensor<1x7x7x1xf32>) -> tensor<1x7x7x768xf32>
    %863 = stablehlo.subtract %850, %862 : tensor<1x7x7x768xf32>
    %cst_158 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %864 = stablehlo.broadcast_in_dim %cst_158, dims = [] : (tensor<f32>) -> tensor<1x7x7x1xf32>
    %865 = stablehlo.add %861, %864 : tensor<1x7x7x1xf32>
    %866 = stablehlo.rsqrt %865 : tensor<1x7x7x1xf32>
    %867 = stablehlo.broadcast_in_dim %866, dims = [0, 1, 2, 3] : (tensor<1x7x7x1xf32>) -> tensor<1x7x7x768xf32>
    %868 = stablehlo.multiply %863, %867 : tensor<1x7x7x768xf32>
    %869 = stablehlo.broadcast_in_dim %arg134, dims = [3] : (tensor<768xf32>) -> tensor<1x1x1x768xf32>
    %870 = stablehlo.broadcast_in_dim %869, dims = [0, 1, 2, 3] : (tensor<1x1x1x768xf32>) -> tensor<1x7x7x768xf32>
    %871 = stablehlo.multiply %868, %870 : tensor<1x7x7x768xf32>
    %872 = stablehlo.broadcast_in_dim %arg135, dims = [3] : (tensor<768xf32>) -> tensor<1x1x1x768xf32>
    %873 = stablehlo.broadcast_in_dim %872, dims = [0, 1, 2, 3] : (tensor<1x1x1x768xf32>) -> tensor<1x7x7x768xf32>
    %874 = stablehlo.add %871, %873 : tensor<1x7x7x768xf32>
    %875 = stablehlo.dot_general %874, %arg136, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x7x7x768xf32>, tensor<768x3072xf32>) -> tensor<1x7x7x3072xf32>
    %876 = stablehlo.broadcast_in_dim %arg137, dims = [3] : (tensor<3072xf32>) -> tensor<1x1x1x3072xf32>
    %877 = stablehlo.broadcast_in_dim %876, dims = [0, 1, 2, 3] : (tensor<1x1x1x3072xf32>) -> tensor<1x7x7x3072xf32>
    %878 = stablehlo.add %875, %877 : tensor<1x7x7x3072xf32>
    %879 = stablehlo.multiply %878, %878 : tensor<1x7x7x3072xf32>
    %880 = stablehlo.multiply %879, %878 : tensor<1x7x7x3072xf32>
    %cst_159 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %881 = stablehlo.broadcast_in_dim %cst_159, dims = [] : (tensor<f32>) -> tensor<1x7x7x3072xf32>
    %882 = stablehlo.multiply %881, %880 : tensor<1x7x7x3072xf32>
    %883 = stablehlo.add %878, %882 : tensor<1x7x7x3072xf32>
    %cst_160 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %884 = stablehlo.broadcast_in_dim %cst_160, dims = [] : (tensor<f32>) -> tensor<1x7x7x3072xf32>
    %885 = stablehlo.multiply %884, %883 : tensor<1x7x7x3072xf32>
    %886 = stablehlo.tanh %885 : tensor<1x7x7x3072xf32>
    %cst_161 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %887 = stablehlo.broadcast_in_dim %cst_161, dims = [] : (tensor<f32>) -> tensor<1x7x7x3072xf32>
    %888 = stablehlo.add %887, %886 : tensor<1x7x7x3072xf32>
    %cst_162 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %889 = stablehlo.broadcast_in_dim %cst_162, dims = [] : (tensor<f32>) -> tensor<1x7x7x3072xf32>
    %890 = stablehlo.multiply %889, %888 : tensor<1x7x7x3072xf32>
    %891 = stablehlo.multiply %878, %890 : tensor<1x7x7x3072xf32>
    %892 = stablehlo.dot_general %891, %arg138, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x7x7x3072xf32>, tensor<3072x768xf32>) -> tensor<1x7x7x768xf32>
    %893 = stablehlo.broadcast_in_dim %arg139, dims = [3] : (tensor<768xf32>) -> tensor<1x1x1x768xf32>
    %894 = stablehlo.broadcast_in_dim %893, dims = [0, 1, 2, 3] : (tensor<1x1x1x768xf32>) -> tensor<1x7x7x768xf32>
    %895 = stablehlo.add %892, %894 : tensor<1x7x7x768xf32>
    %896 = stablehlo.broadcast_in_dim %arg140, dims = [3] : (tensor<768xf32>) -> tensor<1x1x1x768xf32>
    %897 = stablehlo.broadcast_in_dim %896, dims = [0, 1, 2, 3] : (tensor<1x1x1x768xf32>) -> tensor<1x7x7x768xf32>
    %898 = stablehlo.multiply %895, %897 : tensor<1x7x7x768xf32>
    %899 = stablehlo.add %849, %898 : tensor<1x7x7x768xf32>
    %900 = stablehlo.convolution(%899, %arg141) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[3, 3], [3, 3]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 768 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x7x7x768xf32>, tensor<7x7x1x768xf32>) -> tensor<1x7x7x768xf32>
    %cst_163 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %901 = stablehlo.reduce(%900 init: %cst_163) applies stablehlo.add across dimensions = [3] : (tensor<1x7x7x768xf32>, tensor<f32>) -> tensor<1x7x7xf32>
    %902 = stablehlo.broadcast_in_dim %901, dims = [0, 1, 2] : (tensor<1x7x7xf32>) -> tensor<1x7x7x1xf32>
    %cst_164 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %903 = stablehlo.broadcast_in_dim %cst_164, dims = [] : (tensor<f32>) -> tensor<1x7x7x1xf32>
    %904 = stablehlo.divide %902, %903 : tensor<1x7x7x1xf32>
    %905 = stablehlo.broadcast_in_dim %904, dims = [0, 1, 2, 3] : (tensor<1x7x7x1xf32>) -> tensor<1x7x7x768xf32>
    %906 = stablehlo.subtract %900, %905 : tensor<1x7x7x768xf32>
    %907 = stablehlo.multiply %906, %906 : tensor<1x7x7x768xf32>
    %cst_165 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %908 = stablehlo.reduce(%907 init: %cst_165) applies stablehlo.add across dimensions = [3] : (tensor<1x7x7x768xf32>, tensor<f32>) -> tensor<1x7x7xf32>
    %909 = stablehlo.broadcast_in_dim %908, dims = [0, 1, 2] : (tensor<1x7x7xf32>) -> tensor<1x7x7x1xf32>
    %cst_166 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %910 = stablehlo.broadcast_in_dim %cst_166, dims = [] : (tensor<f32>) -> tensor<1x7x7x1xf32>
    %911 = stablehlo.divide %909, %910 : tensor<1x7x7x1xf32>
    %912 = stablehlo.broadcast_in_dim %904, dims = [0, 1, 2, 3] : (tensor<1x7x7x1xf32>) -> tensor<1x7x7x768xf32>
    %913 = stablehlo.subtract %900, %912 : tensor<1x7x7x768xf32>
    %cst_167 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %914 = stablehlo.broadcast_in_dim %cst_167, dims = [] : (tensor<f32>) -> tensor<1x7x7x1xf32>
    %915 = stablehlo.add %911, %914 : tensor<1x7x7x1xf32>
    %916 = stablehlo.rsqrt %915 : tensor<1x7x7x1xf32>
    %917 = stablehlo.broadcast_in_dim %916, dims = [0, 1, 2, 3] : (tensor<1x7x7x1xf32>) -> tensor<1x7x7x768xf32>
    %918 = stablehlo.multiply %913, %917 : tensor<1x7x7x768xf32>
    %919 = stablehlo.broadcast_in_dim %arg142, dims = [3] : (tensor<768xf32>) -> tensor<1x1x1x768xf32>
    %920 = stablehlo.broadcast_in_dim %919, dims = [0, 1, 2, 3] : (tensor<1x1x1x768xf32>) -> tensor<1x7x7x768xf32>
    %921 = stablehlo.multiply %918, %920 : tensor<1x7x7x768xf32>
    %922 = stablehlo.broadcast_in_dim %arg143, dims = [3] : (tensor<768xf32>) -> tensor<1x1x1x768xf32>
    %923 = stablehlo.broadcast_in_dim %922, dims = [0, 1, 2, 3] : (tensor<1x1x1x768xf32>) -> tensor<1x7x7x768xf32>
    %924 = stablehlo.add %921, %923 : tensor<1x7x7x768xf32>
    %925 = stablehlo.dot_general %924, %arg144, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x7x7x768xf32>, tensor<768x3072xf32>) -> tensor<1x7x7x3072xf32>
    %926 = stablehlo.broadcast_in_dim %arg145, dims = [3] : (tensor<3072xf32>) -> tensor<1x1x1x3072xf32>
    %927 = stablehlo.broadcast_in_dim %926, dims = [0, 1, 2, 3] : (tensor<1x1x1x3072xf32>) -> tensor<1x7x7x3072xf32>
    %928 = stablehlo.add %925, %927 : tensor<1x7x7x3072xf32>
    %929 = stablehlo.multiply %928, %928 : tensor<1x7x7x3072xf32>
    %930 = stablehlo.multiply %929, %928 : tensor<1x7x7x3072xf32>
    %cst_168 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %931 = stablehlo.broadcast_in_dim %cst_168, dims = [] : (tensor<f32>) -> tensor<1x7x7x3072xf32>
    %932 = stablehlo.multiply %931, %930 : tensor<1x7x7x3072xf32>
    %933 = stablehlo.add %928, %932 : tensor<1x7x7x3072xf32>
    %cst_169 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %934 = stablehlo.broadcast_in_dim %cst_169, dims = [] : (tensor<f32>) -> tensor<1x7x7x3072xf32>
    %935 = stablehlo.multiply %934, %933 : tensor<1x7x7x3072xf32>
    %936 = stablehlo.tanh %935 : tensor<1x7x7x3072xf32>
    %cst_170 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %937 = stablehlo.broadcast_in_dim %cst_170, dims = [] : (tensor<f32>) -> tensor<1x7x7x3072xf32>
    %938 = stablehlo.add %937, %936 : tensor<1x7x7x3072xf32>
    %cst_171 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %939 = stablehlo.broadcast_in_dim %cst_171, dims = [] : (tensor<f32>) -> tensor<1x7x7x3072xf32>
    %940 = stablehlo.multiply %939, %938 : tensor<1x7x7x3072xf32>
    %941 = stablehlo.multiply %928, %940 : tensor<1x7x7x3072xf32>
    %942 = stablehlo.dot_general %941, %arg146, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x7x7x3072xf32>, tensor<3072x768xf32>) -> tensor<1x7x7x768xf32>
    %943 = stablehlo.broadcast_in_dim %arg147, dims = [3] : (tensor<768xf32>) -> tensor<1x1x1x768xf32>
    %944 = stablehlo.broadcast_in_dim %943, dims = [0, 1, 2, 3] : (tensor<1x1x1x768xf32>) -> tensor<1x7x7x768xf32>
    %945 = stablehlo.add %942, %944 : tensor<1x7x7x768xf32>
    %946 = stablehlo.broadcast_in_dim %arg148, dims = [3] : (tensor<768xf32>) -> tensor<1x1x1x768xf32>
    %947 = stablehlo.broadcast_in_dim %946, dims = [0, 1, 2, 3] : (tensor<1x1x1x768xf32>) -> tensor<1x7x7x768xf32>
    %948 = stablehlo.multiply %945, %947 : tensor<1x7x7x768xf32>
    %949 = stablehlo.add %899, %948 : tensor<1x7x7x768xf32>
    %950 = stablehlo.convolution(%949, %arg149) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[3, 3], [3, 3]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 768 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x7x7x768xf32>, tensor<7x7x1x768xf32>) -> tensor<1x7x7x768xf32>
    %cst_172 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %951 = stablehlo.reduce(%950 init: %cst_172) applies stablehlo.add across dimensions = [3] : (tensor<1x7x7x768xf32>, tensor<f32>) -> tensor<1x7x7xf32>
    %952 = stablehlo.broadcast_in_dim %951, dims = [0, 1, 2] : (tensor<1x7x7xf32>) -> tensor<1x7x7x1xf32>
    %cst_173 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %953 = stablehlo.broadcast_in_dim %cst_173, dims = [] : (tensor<f32>) -> tensor<1x7x7x1xf32>
    %954 = stablehlo.divide %952, %953 : tensor<1x7x7x1xf32>
    %955 = stablehlo.broadcast_in_dim %954, dims = [0, 1, 2, 3] : (tensor<1x7x7x1xf32>) -> tensor<1x7x7x768xf32>
    %956 = stablehlo.subtract %950, %955 : tensor<1x7x7x768xf32>
    %957 = stablehlo.multiply %956, %956 : tensor<1x7x7x768xf32>
    %cst_174 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %958 = stablehlo.reduce(%957 init: %cst_174) applies stablehlo.add across dimensions = [3] : (tensor<1x7x7x768xf32>, tensor<f32>) -> tensor<1x7x7xf32>
    %959 = stablehlo.broadcast_in_dim %958, dims = [0, 1, 2] : (tensor<1x7x7xf32>) -> tensor<1x7x7x1xf32>
    %cst_175 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %960 = stablehlo.broadcast_in_dim %cst_175, dims = [] : (tensor<f32>) -> tensor<1x7x7x1xf32>
    %961 = stablehlo.divide %959, %960 : tensor<1x7x7x1xf32>
    %962 = stablehlo.broadcast_in_dim %954, dims = [0, 1, 2, 3] : (tensor<1x7x7x1xf32>) -> tensor<1x7x7x768xf32>
    %963 = stablehlo.subtract %950, %962 : tensor<1x7x7x768xf32>
    %cst_176 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %964 = stablehlo.broadcast_in_dim %cst_176, dims = [] : (tensor<f32>) -> tensor<1x7x7x1xf32>
    %965 = stablehlo.add %961, %964 : tensor<1x7x7x1xf32>
    %966 = stablehlo.rsqrt %965 : tensor<1x7x7x1xf32>
    %967 = stablehlo.broadcast_in_dim %966, dims = [0, 1, 2, 3] : (tensor<1x7x7x1xf32>) -> tensor<1x7x7x768xf32>
    %968 = stablehlo.multiply %963, %967 : tensor<1x7x7x768xf32>
    %969 = stablehlo.broadcast_in_dim %arg150, dims = [3] : (tensor<768xf32>) -> tensor<1x1x1x768xf32>
    %970 = stablehlo.broadcast_in_dim %969, dims = [0, 1, 2, 3] : (tensor<1x1x1x768xf32>) -> tensor<1x7x7x768xf32>
    %971 = stablehlo.multiply %968, %970 : tensor<1x7x7x768xf32>
    %972 = stablehlo.broadcast_in_dim %arg151, dims = [3] : (tensor<768xf32>) -> tensor<1x1x1x768xf32>
    %973 = stablehlo.broadcast_in_dim %972, dims = [0, 1, 2, 3] : (tensor<1x1x1x768xf32>) -> tensor<1x7x7x768xf32>
    %974 = stablehlo.add %971, %973 : tensor<1x7x7x768xf32>
    %975 = stablehlo.dot_general %974, %arg152, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x7x7x768xf32>, tensor<768x3072xf32>) -> tensor<1x7x7x3072xf32>
    %976 = stablehlo.broadcast_in_dim %arg153, dims = [3] : (tensor<3072xf32>) -> tensor<1x1x1x3072xf32>
    %977 = stablehlo.broadcast_in_dim %976, dims = [0, 1, 2, 3] : (tensor<1x1x1x3072xf32>) -> tensor<1x7x7x3072xf32>
    %978 = stablehlo.add %975, %977 : tensor<1x7x7x3072xf32>
    %979 = stablehlo.multiply %978, %978 : tensor<1x7x7x3072xf32>
    %980 = stablehlo.multiply %979, %978 : tensor<1x7x7x3072xf32>
    %cst_177 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %981 = stablehlo.broadcast_in_dim %cst_177, dims = [] : (tensor<f32>) -> tensor<1x7x7x3072xf32>
    %982 = stablehlo.multiply %981, %980 : tensor<1x7x7x3072xf32>
    %983 = stablehlo.add %978, %982 : tensor<1x7x7x3072xf32>
    %cst_178 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %984 = stablehlo.broadcast_in_dim %cst_178, dims = [] : (tensor<f32>) -> tensor<1x7x7x3072xf32>
    %985 = stablehlo.multiply %984, %983 : tensor<1x7x7x3072xf32>
    %986 = stablehlo.tanh %985 : tensor<1x7x7x3072xf32>
    %cst_179 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %987 = stablehlo.broadcast_in_dim %cst_179, dims = [] : (tensor<f32>) -> tensor<1x7x7x3072xf32>
    %988 = stablehlo.add %987, %986 : tensor<1x7x7x3072xf32>
    %cst_180 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %989 = stablehlo.broadcast_in_dim %cst_180, dims = [] : (tensor<f32>) -> tensor<1x7x7x3072xf32>
    %990 = stablehlo.multiply %989, %988 : tensor<1x7x7x3072xf32>
    %991 = stablehlo.multiply %978, %990 : tensor<1x7x7x3072xf32>
    %992 = stablehlo.dot_general %991, %arg154, contracting_dims = [3] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x7x7x3072xf32>, tensor<3072x768xf32>) -> tensor<1x7x7x768xf32>
    %993 = stablehlo.broadcast_in_dim %arg155, dims = [3] : (tensor<768xf32>) -> tensor<1x1x1x768xf32>
    %994 = stablehlo.broadcast_in_dim %993, dims = [0, 1, 2, 3] : (tensor<1x1x1x768xf32>) -> tensor<1x7x7x768xf32>
    %995 = stablehlo.add %992, %994 : tensor<1x7x7x768xf32>
    %996 = stablehlo.broadcast_in_dim %arg156, dims = [3] : (tensor<768xf32>) -> tensor<1x1x1x768xf32>
    %997 = stablehlo.broadcast_in_dim %996, dims = [0, 1, 2, 3] : (tensor<1x1x1x768xf32>) -> tensor<1x7x7x768xf32>
    %998 = stablehlo.multiply %995, %997 : tensor<1x7x7x768xf32>
    %999 = stablehlo.add %949, %998 : tensor<1x7x7x768xf32>
    %cst_181 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %1000 = stablehlo.reduce(%999 init: %cst_181) applies stablehlo.add across dimensions = [1, 2] : (tensor<1x7x7x768xf32>, tensor<f32>) -> tensor<1x768xf32>
    %cst_182 = stablehlo.constant dense<4.900000e+01> : tensor<f32>
    %1001 = stablehlo.broadcast_in_dim %cst_182, dims = [] : (tensor<f32>) -> tensor<1x768xf32>
    %1002 = stablehlo.divide %1000, %1001 : tensor<1x768xf32>
    %cst_183 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %1003 = stablehlo.reduce(%1002 init: %cst_183) applies stablehlo.add across dimensions = [1] : (tensor<1x768xf32>, tensor<f32>) -> tensor<1xf32>
    %1004 = stablehlo.broadcast_in_dim %1003, dims = [0] : (tensor<1xf32>) -> tensor<1x1xf32>
    %cst_184 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %1005 = stablehlo.broadcast_in_dim %cst_184, dims = [] : (tensor<f32>) -> tensor<1x1xf32>
    %1006 = stablehlo.divide %1004, %1005 : tensor<1x1xf32>
    %1007 = stablehlo.broadcast_in_dim %1006, dims = [0, 1] : (tensor<1x1xf32>) -> tensor<1x768xf32>
    %1008 = stablehlo.subtract %1002, %1007 : tensor<1x768xf32>
    %1009 = stablehlo.multiply %1008, %1008 : tensor<1x768xf32>
    %cst_185 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %1010 = stablehlo.reduce(%1009 init: %cst_185) applies stablehlo.add across dimensions = [1] : (tensor<1x768xf32>, tensor<f32>) -> tensor<1xf32>
    %1011 = stablehlo.broadcast_in_dim %1010, dims = [0] : (tensor<1xf32>) -> tensor<1x1xf32>
    %cst_186 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %1012 = stablehlo.broadcast_in_dim %cst_186, dims = [] : (tensor<f32>) -> tensor<1x1xf32>
    %1013 = stablehlo.divide %1011, %1012 : tensor<1x1xf32>
    %1014 = stablehlo.broadcast_in_dim %1006, dims = [0, 1] : (tensor<1x1xf32>) -> tensor<1x768xf32>
    %1015 = stablehlo.subtract %1002, %1014 : tensor<1x768xf32>
    %cst_187 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %1016 = stablehlo.broadcast_in_dim %cst_187, dims = [] : (tensor<f32>) -> tensor<1x1xf32>
    %1017 = stablehlo.add %1013, %1016 : tensor<1x1xf32>
    %1018 = stablehlo.rsqrt %1017 : tensor<1x1xf32>
    %1019 = stablehlo.broadcast_in_dim %1018, dims = [0, 1] : (tensor<1x1xf32>) -> tensor<1x768xf32>
    %1020 = stablehlo.multiply %1015, %1019 : tensor<1x768xf32>
    %1021 = stablehlo.broadcast_in_dim %arg157, dims = [1] : (tensor<768xf32>) -> tensor<1x768xf32>
    %1022 = stablehlo.multiply %1020, %1021 : tensor<1x768xf32>
    %1023 = stablehlo.broadcast_in_dim %arg158, dims = [1] : (tensor<768xf32>) -> tensor<1x768xf32>
    %1024 = stablehlo.add %1022, %1023 : tensor<1x768xf32>
    %1025 = stablehlo.dot_general %1024, %arg159, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x768xf32>, tensor<768x1000xf32>) -> tensor<1x1000xf32>
    %1026 = stablehlo.broadcast_in_dim %arg160, dims = [1] : (tensor<1000xf32>) -> tensor<1x1000xf32>
    %1027 = stablehlo.add %1025, %1026 : tensor<1x1000xf32>
    return %1027 : tensor<1x1000xf32>
  }
}
