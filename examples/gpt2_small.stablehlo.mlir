module @jit_main attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<1x1024x768xf32>, %arg1: tensor<768xf32>, %arg2: tensor<768xf32>, %arg3: tensor<768x2304xf32>, %arg4: tensor<2304xf32>, %arg5: tensor<768x768xf32>, %arg6: tensor<768xf32>, %arg7: tensor<768xf32>, %arg8: tensor<768xf32>, %arg9: tensor<768x3072xf32>, %arg10: tensor<3072xf32>, %arg11: tensor<3072x768xf32>, %arg12: tensor<768xf32>, %arg13: tensor<768xf32>, %arg14: tensor<768xf32>, %arg15: tensor<768x2304xf32>, %arg16: tensor<2304xf32>, %arg17: tensor<768x768xf32>, %arg18: tensor<768xf32>, %arg19: tensor<768xf32>, %arg20: tensor<768xf32>, %arg21: tensor<768x3072xf32>, %arg22: tensor<3072xf32>, %arg23: tensor<3072x768xf32>, %arg24: tensor<768xf32>, %arg25: tensor<768xf32>, %arg26: tensor<768xf32>, %arg27: tensor<768x2304xf32>, %arg28: tensor<2304xf32>, %arg29: tensor<768x768xf32>, %arg30: tensor<768xf32>, %arg31: tensor<768xf32>, %arg32: tensor<768xf32>, %arg33: tensor<768x3072xf32>, %arg34: tensor<3072xf32>, %arg35: tensor<3072x768xf32>, %arg36: tensor<768xf32>, %arg37: tensor<768xf32>, %arg38: tensor<768xf32>, %arg39: tensor<768x2304xf32>, %arg40: tensor<2304xf32>, %arg41: tensor<768x768xf32>, %arg42: tensor<768xf32>, %arg43: tensor<768xf32>, %arg44: tensor<768xf32>, %arg45: tensor<768x3072xf32>, %arg46: tensor<3072xf32>, %arg47: tensor<3072x768xf32>, %arg48: tensor<768xf32>, %arg49: tensor<768xf32>, %arg50: tensor<768xf32>, %arg51: tensor<768x2304xf32>, %arg52: tensor<2304xf32>, %arg53: tensor<768x768xf32>, %arg54: tensor<768xf32>, %arg55: tensor<768xf32>, %arg56: tensor<768xf32>, %arg57: tensor<768x3072xf32>, %arg58: tensor<3072xf32>, %arg59: tensor<3072x768xf32>, %arg60: tensor<768xf32>, %arg61: tensor<768xf32>, %arg62: tensor<768xf32>, %arg63: tensor<768x2304xf32>, %arg64: tensor<2304xf32>, %arg65: tensor<768x768xf32>, %arg66: tensor<768xf32>, %arg67: tensor<768xf32>, %arg68: tensor<768xf32>, %arg69: tensor<768x3072xf32>, %arg70: tensor<3072xf32>, %arg71: tensor<3072x768xf32>, %arg72: tensor<768xf32>, %arg73: tensor<768xf32>, %arg74: tensor<768xf32>, %arg75: tensor<768x2304xf32>, %arg76: tensor<2304xf32>, %arg77: tensor<768x768xf32>, %arg78: tensor<768xf32>, %arg79: tensor<768xf32>, %arg80: tensor<768xf32>, %arg81: tensor<768x3072xf32>, %arg82: tensor<3072xf32>, %arg83: tensor<3072x768xf32>, %arg84: tensor<768xf32>, %arg85: tensor<768xf32>, %arg86: tensor<768xf32>, %arg87: tensor<768x2304xf32>, %arg88: tensor<2304xf32>, %arg89: tensor<768x768xf32>, %arg90: tensor<768xf32>, %arg91: tensor<768xf32>, %arg92: tensor<768xf32>, %arg93: tensor<768x3072xf32>, %arg94: tensor<3072xf32>, %arg95: tensor<3072x768xf32>, %arg96: tensor<768xf32>, %arg97: tensor<768xf32>, %arg98: tensor<768xf32>, %arg99: tensor<768x2304xf32>, %arg100: tensor<2304xf32>, %arg101: tensor<768x768xf32>, %arg102: tensor<768xf32>, %arg103: tensor<768xf32>, %arg104: tensor<768xf32>, %arg105: tensor<768x3072xf32>, %arg106: tensor<3072xf32>, %arg107: tensor<3072x768xf32>, %arg108: tensor<768xf32>, %arg109: tensor<768xf32>, %arg110: tensor<768xf32>, %arg111: tensor<768x2304xf32>, %arg112: tensor<2304xf32>, %arg113: tensor<768x768xf32>, %arg114: tensor<768xf32>, %arg115: tensor<768xf32>, %arg116: tensor<768xf32>, %arg117: tensor<768x3072xf32>, %arg118: tensor<3072xf32>, %arg119: tensor<3072x768xf32>, %arg120: tensor<768xf32>, %arg121: tensor<768xf32>, %arg122: tensor<768xf32>, %arg123: tensor<768x2304xf32>, %arg124: tensor<2304xf32>, %arg125: tensor<768x768xf32>, %arg126: tensor<768xf32>, %arg127: tensor<768xf32>, %arg128: tensor<768xf32>, %arg129: tensor<768x3072xf32>, %arg130: tensor<3072xf32>, %arg131: tensor<3072x768xf32>, %arg132: tensor<768xf32>, %arg133: tensor<768xf32>, %arg134: tensor<768xf32>, %arg135: tensor<768x2304xf32>, %arg136: tensor<2304xf32>, %arg137: tensor<768x768xf32>, %arg138: tensor<768xf32>, %arg139: tensor<768xf32>, %arg140: tensor<768xf32>, %arg141: tensor<768x3072xf32>, %arg142: tensor<3072xf32>, %arg143: tensor<3072x768xf32>, %arg144: tensor<768xf32>, %arg145: tensor<768xf32>, %arg146: tensor<768xf32>, %arg147: tensor<768x50257xf32>) -> (tensor<1x1024x50257xf32> {jax.result_info = "result"}) {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.reduce(%arg0 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_0 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %3 = stablehlo.divide %1, %2 : tensor<1x1024x1xf32>
    %4 = stablehlo.broadcast_in_dim %3, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %5 = stablehlo.subtract %arg0, %4 : tensor<1x1024x768xf32>
    %6 = stablehlo.multiply %5, %5 : tensor<1x1024x768xf32>
    %cst_1 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %7 = stablehlo.reduce(%6 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %8 = stablehlo.broadcast_in_dim %7, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_2 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %9 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %10 = stablehlo.divide %8, %9 : tensor<1x1024x1xf32>
    %11 = stablehlo.broadcast_in_dim %3, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %12 = stablehlo.subtract %arg0, %11 : tensor<1x1024x768xf32>
    %cst_3 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %13 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %14 = stablehlo.add %10, %13 : tensor<1x1024x1xf32>
    %15 = stablehlo.rsqrt %14 : tensor<1x1024x1xf32>
    %16 = stablehlo.broadcast_in_dim %15, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %17 = stablehlo.multiply %12, %16 : tensor<1x1024x768xf32>
    %18 = stablehlo.broadcast_in_dim %arg1, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %19 = stablehlo.broadcast_in_dim %18, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %20 = stablehlo.multiply %17, %19 : tensor<1x1024x768xf32>
    %21 = stablehlo.broadcast_in_dim %arg2, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %22 = stablehlo.broadcast_in_dim %21, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %23 = stablehlo.add %20, %22 : tensor<1x1024x768xf32>
    %24 = stablehlo.dot_general %23, %arg3, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x2304xf32>) -> tensor<1x1024x2304xf32>
    %25 = stablehlo.broadcast_in_dim %arg4, dims = [2] : (tensor<2304xf32>) -> tensor<1x1x2304xf32>
    %26 = stablehlo.broadcast_in_dim %25, dims = [0, 1, 2] : (tensor<1x1x2304xf32>) -> tensor<1x1024x2304xf32>
    %27 = stablehlo.add %24, %26 : tensor<1x1024x2304xf32>
    %28 = stablehlo.slice %27 [0:1, 0:1024, 0:768] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %29 = stablehlo.slice %27 [0:1, 0:1024, 768:1536] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %30 = stablehlo.slice %27 [0:1, 0:1024, 1536:2304] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %31 = stablehlo.reshape %28 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %32 = stablehlo.transpose %31, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %33 = stablehlo.reshape %29 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %34 = stablehlo.transpose %33, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %35 = stablehlo.reshape %30 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %36 = stablehlo.transpose %35, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %37 = stablehlo.dot_general %32, %34, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<1x12x1024x64xf32>, tensor<1x12x1024x64xf32>) -> tensor<1x12x1024x1024xf32>
    %cst_4 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %38 = stablehlo.broadcast_in_dim %cst_4, dims = [] : (tensor<f32>) -> tensor<1x12x1024x1024xf32>
    %39 = stablehlo.divide %37, %38 : tensor<1x12x1024x1024xf32>
    %c = stablehlo.constant dense<true> : tensor<i1>
    %40 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i1>) -> tensor<1024x1024xi1>
    %41 = call @tril(%40) : (tensor<1024x1024xi1>) -> tensor<1024x1024xi1>
    %cst_5 = stablehlo.constant dense<-1.000000e+09> : tensor<f32>
    %42 = call @_where(%41, %39, %cst_5) : (tensor<1024x1024xi1>, tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024x1024xf32>
    %cst_6 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %43 = stablehlo.reduce(%42 init: %cst_6) applies stablehlo.maximum across dimensions = [3] : (tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024xf32>
    %cst_7 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %44 = stablehlo.broadcast_in_dim %cst_7, dims = [] : (tensor<f32>) -> tensor<1x12x1024xf32>
    %45 = stablehlo.maximum %44, %43 : tensor<1x12x1024xf32>
    %46 = stablehlo.broadcast_in_dim %45, dims = [0, 1, 2] : (tensor<1x12x1024xf32>) -> tensor<1x12x1024x1xf32>
    %47 = stablehlo.broadcast_in_dim %46, dims = [0, 1, 2, 3] : (tensor<1x12x1024x1xf32>) -> tensor<1x12x1024x1024xf32>
    %48 = stablehlo.subtract %42, %47 : tensor<1x12x1024x1024xf32>
    %49 = stablehlo.exponential %48 : tensor<1x12x1024x1024xf32>
    %cst_8 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %50 = stablehlo.reduce(%49 init: %cst_8) applies stablehlo.add across dimensions = [3] : (tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024xf32>
    %51 = stablehlo.broadcast_in_dim %50, dims = [0, 1, 2] : (tensor<1x12x1024xf32>) -> tensor<1x12x1024x1xf32>
    %52 = stablehlo.broadcast_in_dim %51, dims = [0, 1, 2, 3] : (tensor<1x12x1024x1xf32>) -> tensor<1x12x1024x1024xf32>
    %53 = stablehlo.divide %49, %52 : tensor<1x12x1024x1024xf32>
    %54 = stablehlo.dot_general %53, %36, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<1x12x1024x1024xf32>, tensor<1x12x1024x64xf32>) -> tensor<1x12x1024x64xf32>
    %55 = stablehlo.transpose %54, dims = [0, 2, 1, 3] : (tensor<1x12x1024x64xf32>) -> tensor<1x1024x12x64xf32>
    %56 = stablehlo.reshape %55 : (tensor<1x1024x12x64xf32>) -> tensor<1x1024x768xf32>
    %57 = stablehlo.dot_general %56, %arg5, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x768xf32>) -> tensor<1x1024x768xf32>
    %58 = stablehlo.add %arg0, %57 : tensor<1x1024x768xf32>
    %59 = stablehlo.broadcast_in_dim %arg6, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %60 = stablehlo.broadcast_in_dim %59, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %61 = stablehlo.add %58, %60 : tensor<1x1024x768xf32>
    %cst_9 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %62 = stablehlo.reduce(%61 init: %cst_9) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %63 = stablehlo.broadcast_in_dim %62, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_10 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %64 = stablehlo.broadcast_in_dim %cst_10, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %65 = stablehlo.divide %63, %64 : tensor<1x1024x1xf32>
    %66 = stablehlo.broadcast_in_dim %65, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %67 = stablehlo.subtract %61, %66 : tensor<1x1024x768xf32>
    %68 = stablehlo.multiply %67, %67 : tensor<1x1024x768xf32>
    %cst_11 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %69 = stablehlo.reduce(%68 init: %cst_11) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %70 = stablehlo.broadcast_in_dim %69, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_12 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %71 = stablehlo.broadcast_in_dim %cst_12, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %72 = stablehlo.divide %70, %71 : tensor<1x1024x1xf32>
    %73 = stablehlo.broadcast_in_dim %65, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %74 = stablehlo.subtract %61, %73 : tensor<1x1024x768xf32>
    %cst_13 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %75 = stablehlo.broadcast_in_dim %cst_13, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %76 = stablehlo.add %72, %75 : tensor<1x1024x1xf32>
    %77 = stablehlo.rsqrt %76 : tensor<1x1024x1xf32>
    %78 = stablehlo.broadcast_in_dim %77, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %79 = stablehlo.multiply %74, %78 : tensor<1x1024x768xf32>
    %80 = stablehlo.broadcast_in_dim %arg7, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %81 = stablehlo.broadcast_in_dim %80, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %82 = stablehlo.multiply %79, %81 : tensor<1x1024x768xf32>
    %83 = stablehlo.broadcast_in_dim %arg8, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %84 = stablehlo.broadcast_in_dim %83, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %85 = stablehlo.add %82, %84 : tensor<1x1024x768xf32>
    %86 = stablehlo.dot_general %85, %arg9, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x3072xf32>) -> tensor<1x1024x3072xf32>
    %87 = stablehlo.broadcast_in_dim %arg10, dims = [2] : (tensor<3072xf32>) -> tensor<1x1x3072xf32>
    %88 = stablehlo.broadcast_in_dim %87, dims = [0, 1, 2] : (tensor<1x1x3072xf32>) -> tensor<1x1024x3072xf32>
    %89 = stablehlo.add %86, %88 : tensor<1x1024x3072xf32>
    %90 = stablehlo.multiply %89, %89 : tensor<1x1024x3072xf32>
    %91 = stablehlo.multiply %90, %89 : tensor<1x1024x3072xf32>
    %cst_14 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %92 = stablehlo.broadcast_in_dim %cst_14, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %93 = stablehlo.multiply %92, %91 : tensor<1x1024x3072xf32>
    %94 = stablehlo.add %89, %93 : tensor<1x1024x3072xf32>
    %cst_15 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %95 = stablehlo.broadcast_in_dim %cst_15, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %96 = stablehlo.multiply %95, %94 : tensor<1x1024x3072xf32>
    %97 = stablehlo.tanh %96 : tensor<1x1024x3072xf32>
    %cst_16 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %98 = stablehlo.broadcast_in_dim %cst_16, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %99 = stablehlo.add %98, %97 : tensor<1x1024x3072xf32>
    %cst_17 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %100 = stablehlo.broadcast_in_dim %cst_17, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %101 = stablehlo.multiply %100, %99 : tensor<1x1024x3072xf32>
    %102 = stablehlo.multiply %89, %101 : tensor<1x1024x3072xf32>
    %103 = stablehlo.dot_general %102, %arg11, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x3072xf32>, tensor<3072x768xf32>) -> tensor<1x1024x768xf32>
    %104 = stablehlo.add %61, %103 : tensor<1x1024x768xf32>
    %105 = stablehlo.broadcast_in_dim %arg12, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %106 = stablehlo.broadcast_in_dim %105, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %107 = stablehlo.add %104, %106 : tensor<1x1024x768xf32>
    %cst_18 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %108 = stablehlo.reduce(%107 init: %cst_18) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %109 = stablehlo.broadcast_in_dim %108, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_19 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %110 = stablehlo.broadcast_in_dim %cst_19, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %111 = stablehlo.divide %109, %110 : tensor<1x1024x1xf32>
    %112 = stablehlo.broadcast_in_dim %111, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %113 = stablehlo.subtract %107, %112 : tensor<1x1024x768xf32>
    %114 = stablehlo.multiply %113, %113 : tensor<1x1024x768xf32>
    %cst_20 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %115 = stablehlo.reduce(%114 init: %cst_20) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %116 = stablehlo.broadcast_in_dim %115, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_21 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %117 = stablehlo.broadcast_in_dim %cst_21, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %118 = stablehlo.divide %116, %117 : tensor<1x1024x1xf32>
    %119 = stablehlo.broadcast_in_dim %111, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %120 = stablehlo.subtract %107, %119 : tensor<1x1024x768xf32>
    %cst_22 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %121 = stablehlo.broadcast_in_dim %cst_22, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %122 = stablehlo.add %118, %121 : tensor<1x1024x1xf32>
    %123 = stablehlo.rsqrt %122 : tensor<1x1024x1xf32>
    %124 = stablehlo.broadcast_in_dim %123, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %125 = stablehlo.multiply %120, %124 : tensor<1x1024x768xf32>
    %126 = stablehlo.broadcast_in_dim %arg13, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %127 = stablehlo.broadcast_in_dim %126, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %128 = stablehlo.multiply %125, %127 : tensor<1x1024x768xf32>
    %129 = stablehlo.broadcast_in_dim %arg14, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %130 = stablehlo.broadcast_in_dim %129, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %131 = stablehlo.add %128, %130 : tensor<1x1024x768xf32>
    %132 = stablehlo.dot_general %131, %arg15, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x2304xf32>) -> tensor<1x1024x2304xf32>
    %133 = stablehlo.broadcast_in_dim %arg16, dims = [2] : (tensor<2304xf32>) -> tensor<1x1x2304xf32>
    %134 = stablehlo.broadcast_in_dim %133, dims = [0, 1, 2] : (tensor<1x1x2304xf32>) -> tensor<1x1024x2304xf32>
    %135 = stablehlo.add %132, %134 : tensor<1x1024x2304xf32>
    %136 = stablehlo.slice %135 [0:1, 0:1024, 0:768] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %137 = stablehlo.slice %135 [0:1, 0:1024, 768:1536] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %138 = stablehlo.slice %135 [0:1, 0:1024, 1536:2304] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %139 = stablehlo.reshape %136 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %140 = stablehlo.transpose %139, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %141 = stablehlo.reshape %137 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %142 = stablehlo.transpose %141, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %143 = stablehlo.reshape %138 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %144 = stablehlo.transpose %143, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %145 = stablehlo.dot_general %140, %142, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<1x12x1024x64xf32>, tensor<1x12x1024x64xf32>) -> tensor<1x12x1024x1024xf32>
    %cst_23 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %146 = stablehlo.broadcast_in_dim %cst_23, dims = [] : (tensor<f32>) -> tensor<1x12x1024x1024xf32>
    %147 = stablehlo.divide %145, %146 : tensor<1x12x1024x1024xf32>
    %c_24 = stablehlo.constant dense<true> : tensor<i1>
    %148 = stablehlo.broadcast_in_dim %c_24, dims = [] : (tensor<i1>) -> tensor<1024x1024xi1>
    %149 = call @tril(%148) : (tensor<1024x1024xi1>) -> tensor<1024x1024xi1>
    %cst_25 = stablehlo.constant dense<-1.000000e+09> : tensor<f32>
    %150 = call @_where(%149, %147, %cst_25) : (tensor<1024x1024xi1>, tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024x1024xf32>
    %cst_26 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %151 = stablehlo.reduce(%150 init: %cst_26) applies stablehlo.maximum across dimensions = [3] : (tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024xf32>
    %cst_27 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %152 = stablehlo.broadcast_in_dim %cst_27, dims = [] : (tensor<f32>) -> tensor<1x12x1024xf32>
    %153 = stablehlo.maximum %152, %151 : tensor<1x12x1024xf32>
    %154 = stablehlo.broadcast_in_dim %153, dims = [0, 1, 2] : (tensor<1x12x1024xf32>) -> tensor<1x12x1024x1xf32>
    %155 = stablehlo.broadcast_in_dim %154, dims = [0, 1, 2, 3] : (tensor<1x12x1024x1xf32>) -> tensor<1x12x1024x1024xf32>
    %156 = stablehlo.subtract %150, %155 : tensor<1x12x1024x1024xf32>
    %157 = stablehlo.exponential %156 : tensor<1x12x1024x1024xf32>
    %cst_28 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %158 = stablehlo.reduce(%157 init: %cst_28) applies stablehlo.add across dimensions = [3] : (tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024xf32>
    %159 = stablehlo.broadcast_in_dim %158, dims = [0, 1, 2] : (tensor<1x12x1024xf32>) -> tensor<1x12x1024x1xf32>
    %160 = stablehlo.broadcast_in_dim %159, dims = [0, 1, 2, 3] : (tensor<1x12x1024x1xf32>) -> tensor<1x12x1024x1024xf32>
    %161 = stablehlo.divide %157, %160 : tensor<1x12x1024x1024xf32>
    %162 = stablehlo.dot_general %161, %144, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<1x12x1024x1024xf32>, tensor<1x12x1024x64xf32>) -> tensor<1x12x1024x64xf32>
    %163 = stablehlo.transpose %162, dims = [0, 2, 1, 3] : (tensor<1x12x1024x64xf32>) -> tensor<1x1024x12x64xf32>
    %164 = stablehlo.reshape %163 : (tensor<1x1024x12x64xf32>) -> tensor<1x1024x768xf32>
    %165 = stablehlo.dot_general %164, %arg17, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x768xf32>) -> tensor<1x1024x768xf32>
    %166 = stablehlo.add %107, %165 : tensor<1x1024x768xf32>
    %167 = stablehlo.broadcast_in_dim %arg18, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %168 = stablehlo.broadcast_in_dim %167, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %169 = stablehlo.add %166, %168 : tensor<1x1024x768xf32>
    %cst_29 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %170 = stablehlo.reduce(%169 init: %cst_29) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %171 = stablehlo.broadcast_in_dim %170, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_30 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %172 = stablehlo.broadcast_in_dim %cst_30, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %173 = stablehlo.divide %171, %172 : tensor<1x1024x1xf32>
    %174 = stablehlo.broadcast_in_dim %173, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %175 = stablehlo.subtract %169, %174 : tensor<1x1024x768xf32>
    %176 = stablehlo.multiply %175, %175 : tensor<1x1024x768xf32>
    %cst_31 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %177 = stablehlo.reduce(%176 init: %cst_31) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %178 = stablehlo.broadcast_in_dim %177, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_32 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %179 = stablehlo.broadcast_in_dim %cst_32, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %180 = stablehlo.divide %178, %179 : tensor<1x1024x1xf32>
    %181 = stablehlo.broadcast_in_dim %173, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %182 = stablehlo.subtract %169, %181 : tensor<1x1024x768xf32>
    %cst_33 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %183 = stablehlo.broadcast_in_dim %cst_33, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %184 = stablehlo.add %180, %183 : tensor<1x1024x1xf32>
    %185 = stablehlo.rsqrt %184 : tensor<1x1024x1xf32>
    %186 = stablehlo.broadcast_in_dim %185, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %187 = stablehlo.multiply %182, %186 : tensor<1x1024x768xf32>
    %188 = stablehlo.broadcast_in_dim %arg19, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %189 = stablehlo.broadcast_in_dim %188, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %190 = stablehlo.multiply %187, %189 : tensor<1x1024x768xf32>
    %191 = stablehlo.broadcast_in_dim %arg20, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %192 = stablehlo.broadcast_in_dim %191, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %193 = stablehlo.add %190, %192 : tensor<1x1024x768xf32>
    %194 = stablehlo.dot_general %193, %arg21, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x3072xf32>) -> tensor<1x1024x3072xf32>
    %195 = stablehlo.broadcast_in_dim %arg22, dims = [2] : (tensor<3072xf32>) -> tensor<1x1x3072xf32>
    %196 = stablehlo.broadcast_in_dim %195, dims = [0, 1, 2] : (tensor<1x1x3072xf32>) -> tensor<1x1024x3072xf32>
    %197 = stablehlo.add %194, %196 : tensor<1x1024x3072xf32>
    %198 = stablehlo.multiply %197, %197 : tensor<1x1024x3072xf32>
    %199 = stablehlo.multiply %198, %197 : tensor<1x1024x3072xf32>
    %cst_34 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %200 = stablehlo.broadcast_in_dim %cst_34, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %201 = stablehlo.multiply %200, %199 : tensor<1x1024x3072xf32>
    %202 = stablehlo.add %197, %201 : tensor<1x1024x3072xf32>
    %cst_35 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %203 = stablehlo.broadcast_in_dim %cst_35, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %204 = stablehlo.multiply %203, %202 : tensor<1x1024x3072xf32>
    %205 = stablehlo.tanh %204 : tensor<1x1024x3072xf32>
    %cst_36 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %206 = stablehlo.broadcast_in_dim %cst_36, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %207 = stablehlo.add %206, %205 : tensor<1x1024x3072xf32>
    %cst_37 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %208 = stablehlo.broadcast_in_dim %cst_37, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %209 = stablehlo.multiply %208, %207 : tensor<1x1024x3072xf32>
    %210 = stablehlo.multiply %197, %209 : tensor<1x1024x3072xf32>
    %211 = stablehlo.dot_general %210, %arg23, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x3072xf32>, tensor<3072x768xf32>) -> tensor<1x1024x768xf32>
    %212 = stablehlo.add %169, %211 : tensor<1x1024x768xf32>
    %213 = stablehlo.broadcast_in_dim %arg24, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %214 = stablehlo.broadcast_in_dim %213, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %215 = stablehlo.add %212, %214 : tensor<1x1024x768xf32>
    %cst_38 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %216 = stablehlo.reduce(%215 init: %cst_38) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %217 = stablehlo.broadcast_in_dim %216, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_39 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %218 = stablehlo.broadcast_in_dim %cst_39, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %219 = stablehlo.divide %217, %218 : tensor<1x1024x1xf32>
    %220 = stablehlo.broadcast_in_dim %219, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %221 = stablehlo.subtract %215, %220 : tensor<1x1024x768xf32>
    %222 = stablehlo.multiply %221, %221 : tensor<1x1024x768xf32>
    %cst_40 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %223 = stablehlo.reduce(%222 init: %cst_40) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %224 = stablehlo.broadcast_in_dim %223, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_41 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %225 = stablehlo.broadcast_in_dim %cst_41, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %226 = stablehlo.divide %224, %225 : tensor<1x1024x1xf32>
    %227 = stablehlo.broadcast_in_dim %219, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %228 = stablehlo.subtract %215, %227 : tensor<1x1024x768xf32>
    %cst_42 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %229 = stablehlo.broadcast_in_dim %cst_42, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %230 = stablehlo.add %226, %229 : tensor<1x1024x1xf32>
    %231 = stablehlo.rsqrt %230 : tensor<1x1024x1xf32>
    %232 = stablehlo.broadcast_in_dim %231, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %233 = stablehlo.multiply %228, %232 : tensor<1x1024x768xf32>
    %234 = stablehlo.broadcast_in_dim %arg25, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %235 = stablehlo.broadcast_in_dim %234, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %236 = stablehlo.multiply %233, %235 : tensor<1x1024x768xf32>
    %237 = stablehlo.broadcast_in_dim %arg26, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %238 = stablehlo.broadcast_in_dim %237, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %239 = stablehlo.add %236, %238 : tensor<1x1024x768xf32>
    %240 = stablehlo.dot_general %239, %arg27, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x2304xf32>) -> tensor<1x1024x2304xf32>
    %241 = stablehlo.broadcast_in_dim %arg28, dims = [2] : (tensor<2304xf32>) -> tensor<1x1x2304xf32>
    %242 = stablehlo.broadcast_in_dim %241, dims = [0, 1, 2] : (tensor<1x1x2304xf32>) -> tensor<1x1024x2304xf32>
    %243 = stablehlo.add %240, %242 : tensor<1x1024x2304xf32>
    %244 = stablehlo.slice %243 [0:1, 0:1024, 0:768] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %245 = stablehlo.slice %243 [0:1, 0:1024, 768:1536] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %246 = stablehlo.slice %243 [0:1, 0:1024, 1536:2304] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %247 = stablehlo.reshape %244 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %248 = stablehlo.transpose %247, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %249 = stablehlo.reshape %245 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %250 = stablehlo.transpose %249, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %251 = stablehlo.reshape %246 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %252 = stablehlo.transpose %251, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %253 = stablehlo.dot_general %248, %250, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<1x12x1024x64xf32>, tensor<1x12x1024x64xf32>) -> tensor<1x12x1024x1024xf32>
    %cst_43 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %254 = stablehlo.broadcast_in_dim %cst_43, dims = [] : (tensor<f32>) -> tensor<1x12x1024x1024xf32>
    %255 = stablehlo.divide %253, %254 : tensor<1x12x1024x1024xf32>
    %c_44 = stablehlo.constant dense<true> : tensor<i1>
    %256 = stablehlo.broadcast_in_dim %c_44, dims = [] : (tensor<i1>) -> tensor<1024x1024xi1>
    %257 = call @tril(%256) : (tensor<1024x1024xi1>) -> tensor<1024x1024xi1>
    %cst_45 = stablehlo.constant dense<-1.000000e+09> : tensor<f32>
    %258 = call @_where(%257, %255, %cst_45) : (tensor<1024x1024xi1>, tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024x1024xf32>
    %cst_46 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %259 = stablehlo.reduce(%258 init: %cst_46) applies stablehlo.maximum across dimensions = [3] : (tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024xf32>
    %cst_47 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %260 = stablehlo.broadcast_in_dim %cst_47, dims = [] : (tensor<f32>) -> tensor<1x12x1024xf32>
    %261 = stablehlo.maximum %260, %259 : tensor<1x12x1024xf32>
    %262 = stablehlo.broadcast_in_dim %261, dims = [0, 1, 2] : (tensor<1x12x1024xf32>) -> tensor<1x12x1024x1xf32>
    %263 = stablehlo.broadcast_in_dim %262, dims = [0, 1, 2, 3] : (tensor<1x12x1024x1xf32>) -> tensor<1x12x1024x1024xf32>
    %264 = stablehlo.subtract %258, %263 : tensor<1x12x1024x1024xf32>
    %265 = stablehlo.exponential %264 : tensor<1x12x1024x1024xf32>
    %cst_48 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %266 = stablehlo.reduce(%265 init: %cst_48) applies stablehlo.add across dimensions = [3] : (tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024xf32>
    %267 = stablehlo.broadcast_in_dim %266, dims = [0, 1, 2] : (tensor<1x12x1024xf32>) -> tensor<1x12x1024x1xf32>
    %268 = stablehlo.broadcast_in_dim %267, dims = [0, 1, 2, 3] : (tensor<1x12x1024x1xf32>) -> tensor<1x12x1024x1024xf32>
    %269 = stablehlo.divide %265, %268 : tensor<1x12x1024x1024xf32>
    %270 = stablehlo.dot_general %269, %252, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<1x12x1024x1024xf32>, tensor<1x12x1024x64xf32>) -> tensor<1x12x1024x64xf32>
    %271 = stablehlo.transpose %270, dims = [0, 2, 1, 3] : (tensor<1x12x1024x64xf32>) -> tensor<1x1024x12x64xf32>
    %272 = stablehlo.reshape %271 : (tensor<1x1024x12x64xf32>) -> tensor<1x1024x768xf32>
    %273 = stablehlo.dot_general %272, %arg29, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x768xf32>) -> tensor<1x1024x768xf32>
    %274 = stablehlo.add %215, %273 : tensor<1x1024x768xf32>
    %275 = stablehlo.broadcast_in_dim %arg30, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %276 = stablehlo.broadcast_in_dim %275, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %277 = stablehlo.add %274, %276 : tensor<1x1024x768xf32>
    %cst_49 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %278 = stablehlo.reduce(%277 init: %cst_49) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %279 = stablehlo.broadcast_in_dim %278, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_50 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %280 = stablehlo.broadcast_in_dim %cst_50, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %281 = stablehlo.divide %279, %280 : tensor<1x1024x1xf32>
    %282 = stablehlo.broadcast_in_dim %281, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %283 = stablehlo.subtract %277, %282 : tensor<1x1024x768xf32>
    %284 = stablehlo.multiply %283, %283 : tensor<1x1024x768xf32>
    %cst_51 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %285 = stablehlo.reduce(%284 init: %cst_51) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %286 = stablehlo.broadcast_in_dim %285, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_52 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %287 = stablehlo.broadcast_in_dim %cst_52, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %288 = stablehlo.divide %286, %287 : tensor<1x1024x1xf32>
    %289 = stablehlo.broadcast_in_dim %281, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %290 = stablehlo.subtract %277, %289 : tensor<1x1024x768xf32>
    %cst_53 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %291 = stablehlo.broadcast_in_dim %cst_53, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %292 = stablehlo.add %288, %291 : tensor<1x1024x1xf32>
    %293 = stablehlo.rsqrt %292 : tensor<1x1024x1xf32>
    %294 = stablehlo.broadcast_in_dim %293, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %295 = stablehlo.multiply %290, %294 : tensor<1x1024x768xf32>
    %296 = stablehlo.broadcast_in_dim %arg31, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %297 = stablehlo.broadcast_in_dim %296, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %298 = stablehlo.multiply %295, %297 : tensor<1x1024x768xf32>
    %299 = stablehlo.broadcast_in_dim %arg32, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %300 = stablehlo.broadcast_in_dim %299, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %301 = stablehlo.add %298, %300 : tensor<1x1024x768xf32>
    %302 = stablehlo.dot_general %301, %arg33, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x3072xf32>) -> tensor<1x1024x3072xf32>
    %303 = stablehlo.broadcast_in_dim %arg34, dims = [2] : (tensor<3072xf32>) -> tensor<1x1x3072xf32>
    %304 = stablehlo.broadcast_in_dim %303, dims = [0, 1, 2] : (tensor<1x1x3072xf32>) -> tensor<1x1024x3072xf32>
    %305 = stablehlo.add %302, %304 : tensor<1x1024x3072xf32>
    %306 = stablehlo.multiply %305, %305 : tensor<1x1024x3072xf32>
    %307 = stablehlo.multiply %306, %305 : tensor<1x1024x3072xf32>
    %cst_54 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %308 = stablehlo.broadcast_in_dim %cst_54, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %309 = stablehlo.multiply %308, %307 : tensor<1x1024x3072xf32>
    %310 = stablehlo.add %305, %309 : tensor<1x1024x3072xf32>
    %cst_55 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %311 = stablehlo.broadcast_in_dim %cst_55, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %312 = stablehlo.multiply %311, %310 : tensor<1x1024x3072xf32>
    %313 = stablehlo.tanh %312 : tensor<1x1024x3072xf32>
    %cst_56 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %314 = stablehlo.broadcast_in_dim %cst_56, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %315 = stablehlo.add %314, %313 : tensor<1x1024x3072xf32>
    %cst_57 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %316 = stablehlo.broadcast_in_dim %cst_57, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %317 = stablehlo.multiply %316, %315 : tensor<1x1024x3072xf32>
    %318 = stablehlo.multiply %305, %317 : tensor<1x1024x3072xf32>
    %319 = stablehlo.dot_general %318, %arg35, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x3072xf32>, tensor<3072x768xf32>) -> tensor<1x1024x768xf32>
    %320 = stablehlo.add %277, %319 : tensor<1x1024x768xf32>
    %321 = stablehlo.broadcast_in_dim %arg36, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %322 = stablehlo.broadcast_in_dim %321, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %323 = stablehlo.add %320, %322 : tensor<1x1024x768xf32>
    %cst_58 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %324 = stablehlo.reduce(%323 init: %cst_58) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %325 = stablehlo.broadcast_in_dim %324, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_59 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %326 = stablehlo.broadcast_in_dim %cst_59, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %327 = stablehlo.divide %325, %326 : tensor<1x1024x1xf32>
    %328 = stablehlo.broadcast_in_dim %327, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %329 = stablehlo.subtract %323, %328 : tensor<1x1024x768xf32>
    %330 = stablehlo.multiply %329, %329 : tensor<1x1024x768xf32>
    %cst_60 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %331 = stablehlo.reduce(%330 init: %cst_60) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %332 = stablehlo.broadcast_in_dim %331, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_61 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %333 = stablehlo.broadcast_in_dim %cst_61, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %334 = stablehlo.divide %332, %333 : tensor<1x1024x1xf32>
    %335 = stablehlo.broadcast_in_dim %327, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %336 = stablehlo.subtract %323, %335 : tensor<1x1024x768xf32>
    %cst_62 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %337 = stablehlo.broadcast_in_dim %cst_62, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %338 = stablehlo.add %334, %337 : tensor<1x1024x1xf32>
    %339 = stablehlo.rsqrt %338 : tensor<1x1024x1xf32>
    %340 = stablehlo.broadcast_in_dim %339, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %341 = stablehlo.multiply %336, %340 : tensor<1x1024x768xf32>
    %342 = stablehlo.broadcast_in_dim %arg37, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %343 = stablehlo.broadcast_in_dim %342, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %344 = stablehlo.multiply %341, %343 : tensor<1x1024x768xf32>
    %345 = stablehlo.broadcast_in_dim %arg38, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %346 = stablehlo.broadcast_in_dim %345, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %347 = stablehlo.add %344, %346 : tensor<1x1024x768xf32>
    %348 = stablehlo.dot_general %347, %arg39, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x2304xf32>) -> tensor<1x1024x2304xf32>
    %349 = stablehlo.broadcast_in_dim %arg40, dims = [2] : (tensor<2304xf32>) -> tensor<1x1x2304xf32>
    %350 = stablehlo.broadcast_in_dim %349, dims = [0, 1, 2] : (tensor<1x1x2304xf32>) -> tensor<1x1024x2304xf32>
    %351 = stablehlo.add %348, %350 : tensor<1x1024x2304xf32>
    %352 = stablehlo.slice %351 [0:1, 0:1024, 0:768] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %353 = stablehlo.slice %351 [0:1, 0:1024, 768:1536] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %354 = stablehlo.slice %351 [0:1, 0:1024, 1536:2304] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %355 = stablehlo.reshape %352 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %356 = stablehlo.transpose %355, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %357 = stablehlo.reshape %353 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %358 = stablehlo.transpose %357, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %359 = stablehlo.reshape %354 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %360 = stablehlo.transpose %359, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %361 = stablehlo.dot_general %356, %358, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<1x12x1024x64xf32>, tensor<1x12x1024x64xf32>) -> tensor<1x12x1024x1024xf32>
    %cst_63 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %362 = stablehlo.broadcast_in_dim %cst_63, dims = [] : (tensor<f32>) -> tensor<1x12x1024x1024xf32>
    %363 = stablehlo.divide %361, %362 : tensor<1x12x1024x1024xf32>
    %c_64 = stablehlo.constant dense<true> : tensor<i1>
    %364 = stablehlo.broadcast_in_dim %c_64, dims = [] : (tensor<i1>) -> tensor<1024x1024xi1>
    %365 = call @tril(%364) : (tensor<1024x1024xi1>) -> tensor<1024x1024xi1>
    %cst_65 = stablehlo.constant dense<-1.000000e+09> : tensor<f32>
    %366 = call @_where(%365, %363, %cst_65) : (tensor<1024x1024xi1>, tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024x1024xf32>
    %cst_66 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %367 = stablehlo.reduce(%366 init: %cst_66) applies stablehlo.maximum across dimensions = [3] : (tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024xf32>
    %cst_67 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %368 = stablehlo.broadcast_in_dim %cst_67, dims = [] : (tensor<f32>) -> tensor<1x12x1024xf32>
    %369 = stablehlo.maximum %368, %367 : tensor<1x12x1024xf32>
    %370 = stablehlo.broadcast_in_dim %369, dims = [0, 1, 2] : (tensor<1x12x1024xf32>) -> tensor<1x12x1024x1xf32>
    %371 = stablehlo.broadcast_in_dim %370, dims = [0, 1, 2, 3] : (tensor<1x12x1024x1xf32>) -> tensor<1x12x1024x1024xf32>
    %372 = stablehlo.subtract %366, %371 : tensor<1x12x1024x1024xf32>
    %373 = stablehlo.exponential %372 : tensor<1x12x1024x1024xf32>
    %cst_68 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %374 = stablehlo.reduce(%373 init: %cst_68) applies stablehlo.add across dimensions = [3] : (tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024xf32>
    %375 = stablehlo.broadcast_in_dim %374, dims = [0, 1, 2] : (tensor<1x12x1024xf32>) -> tensor<1x12x1024x1xf32>
    %376 = stablehlo.broadcast_in_dim %375, dims = [0, 1, 2, 3] : (tensor<1x12x1024x1xf32>) -> tensor<1x12x1024x1024xf32>
    %377 = stablehlo.divide %373, %376 : tensor<1x12x1024x1024xf32>
    %378 = stablehlo.dot_general %377, %360, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<1x12x1024x1024xf32>, tensor<1x12x1024x64xf32>) -> tensor<1x12x1024x64xf32>
    %379 = stablehlo.transpose %378, dims = [0, 2, 1, 3] : (tensor<1x12x1024x64xf32>) -> tensor<1x1024x12x64xf32>
    %380 = stablehlo.reshape %379 : (tensor<1x1024x12x64xf32>) -> tensor<1x1024x768xf32>
    %381 = stablehlo.dot_general %380, %arg41, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x768xf32>) -> tensor<1x1024x768xf32>
    %382 = stablehlo.add %323, %381 : tensor<1x1024x768xf32>
    %383 = stablehlo.broadcast_in_dim %arg42, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %384 = stablehlo.broadcast_in_dim %383, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %385 = stablehlo.add %382, %384 : tensor<1x1024x768xf32>
    %cst_69 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %386 = stablehlo.reduce(%385 init: %cst_69) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %387 = stablehlo.broadcast_in_dim %386, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_70 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %388 = stablehlo.broadcast_in_dim %cst_70, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %389 = stablehlo.divide %387, %388 : tensor<1x1024x1xf32>
    %390 = stablehlo.broadcast_in_dim %389, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %391 = stablehlo.subtract %385, %390 : tensor<1x1024x768xf32>
    %392 = stablehlo.multiply %391, %391 : tensor<1x1024x768xf32>
    %cst_71 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %393 = stablehlo.reduce(%392 init: %cst_71) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %394 = stablehlo.broadcast_in_dim %393, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_72 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %395 = stablehlo.broadcast_in_dim %cst_72, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %396 = stablehlo.divide %394, %395 : tensor<1x1024x1xf32>
    %397 = stablehlo.broadcast_in_dim %389, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %398 = stablehlo.subtract %385, %397 : tensor<1x1024x768xf32>
    %cst_73 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %399 = stablehlo.broadcast_in_dim %cst_73, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %400 = stablehlo.add %396, %399 : tensor<1x1024x1xf32>
    %401 = stablehlo.rsqrt %400 : tensor<1x1024x1xf32>
    %402 = stablehlo.broadcast_in_dim %401, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %403 = stablehlo.multiply %398, %402 : tensor<1x1024x768xf32>
    %404 = stablehlo.broadcast_in_dim %arg43, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %405 = stablehlo.broadcast_in_dim %404, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %406 = stablehlo.multiply %403, %405 : tensor<1x1024x768xf32>
    %407 = stablehlo.broadcast_in_dim %arg44, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %408 = stablehlo.broadcast_in_dim %407, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %409 = stablehlo.add %406, %408 : tensor<1x1024x768xf32>
    %410 = stablehlo.dot_general %409, %arg45, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x3072xf32>) -> tensor<1x1024x3072xf32>
    %411 = stablehlo.broadcast_in_dim %arg46, dims = [2] : (tensor<3072xf32>) -> tensor<1x1x3072xf32>
    %412 = stablehlo.broadcast_in_dim %411, dims = [0, 1, 2] : (tensor<1x1x3072xf32>) -> tensor<1x1024x3072xf32>
    %413 = stablehlo.add %410, %412 : tensor<1x1024x3072xf32>
    %414 = stablehlo.multiply %413, %413 : tensor<1x1024x3072xf32>
    %415 = stablehlo.multiply %414, %413 : tensor<1x1024x3072xf32>
    %cst_74 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %416 = stablehlo.broadcast_in_dim %cst_74, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %417 = stablehlo.multiply %416, %415 : tensor<1x1024x3072xf32>
    %418 = stablehlo.add %413, %417 : tensor<1x1024x3072xf32>
    %cst_75 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %419 = stablehlo.broadcast_in_dim %cst_75, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %420 = stablehlo.multiply %419, %418 : tensor<1x1024x3072xf32>
    %421 = stablehlo.tanh %420 : tensor<1x1024x3072xf32>
    %cst_76 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %422 = stablehlo.broadcast_in_dim %cst_76, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %423 = stablehlo.add %422, %421 : tensor<1x1024x3072xf32>
    %cst_77 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %424 = stablehlo.broadcast_in_dim %cst_77, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %425 = stablehlo.multiply %424, %423 : tensor<1x1024x3072xf32>
    %426 = stablehlo.multiply %413, %425 : tensor<1x1024x3072xf32>
    %427 = stablehlo.dot_general %426, %arg47, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x3072xf32>, tensor<3072x768xf32>) -> tensor<1x1024x768xf32>
    %428 = stablehlo.add %385, %427 : tensor<1x1024x768xf32>
    %429 = stablehlo.broadcast_in_dim %arg48, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %430 = stablehlo.broadcast_in_dim %429, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %431 = stablehlo.add %428, %430 : tensor<1x1024x768xf32>
    %cst_78 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %432 = stablehlo.reduce(%431 init: %cst_78) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %433 = stablehlo.broadcast_in_dim %432, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_79 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %434 = stablehlo.broadcast_in_dim %cst_79, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %435 = stablehlo.divide %433, %434 : tensor<1x1024x1xf32>
    %436 = stablehlo.broadcast_in_dim %435, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %437 = stablehlo.subtract %431, %436 : tensor<1x1024x768xf32>
    %438 = stablehlo.multiply %437, %437 : tensor<1x1024x768xf32>
    %cst_80 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %439 = stablehlo.reduce(%438 init: %cst_80) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %440 = stablehlo.broadcast_in_dim %439, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_81 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %441 = stablehlo.broadcast_in_dim %cst_81, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %442 = stablehlo.divide %440, %441 : tensor<1x1024x1xf32>
    %443 = stablehlo.broadcast_in_dim %435, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %444 = stablehlo.subtract %431, %443 : tensor<1x1024x768xf32>
    %cst_82 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %445 = stablehlo.broadcast_in_dim %cst_82, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %446 = stablehlo.add %442, %445 : tensor<1x1024x1xf32>
    %447 = stablehlo.rsqrt %446 : tensor<1x1024x1xf32>
    %448 = stablehlo.broadcast_in_dim %447, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %449 = stablehlo.multiply %444, %448 : tensor<1x1024x768xf32>
    %450 = stablehlo.broadcast_in_dim %arg49, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %451 = stablehlo.broadcast_in_dim %450, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %452 = stablehlo.multiply %449, %451 : tensor<1x1024x768xf32>
    %453 = stablehlo.broadcast_in_dim %arg50, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %454 = stablehlo.broadcast_in_dim %453, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %455 = stablehlo.add %452, %454 : tensor<1x1024x768xf32>
    %456 = stablehlo.dot_general %455, %arg51, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x2304xf32>) -> tensor<1x1024x2304xf32>
    %457 = stablehlo.broadcast_in_dim %arg52, dims = [2] : (tensor<2304xf32>) -> tensor<1x1x2304xf32>
    %458 = stablehlo.broadcast_in_dim %457, dims = [0, 1, 2] : (tensor<1x1x2304xf32>) -> tensor<1x1024x2304xf32>
    %459 = stablehlo.add %456, %458 : tensor<1x1024x2304xf32>
    %460 = stablehlo.slice %459 [0:1, 0:1024, 0:768] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %461 = stablehlo.slice %459 [0:1, 0:1024, 768:1536] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %462 = stablehlo.slice %459 [0:1, 0:1024, 1536:2304] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %463 = stablehlo.reshape %460 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %464 = stablehlo.transpose %463, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %465 = stablehlo.reshape %461 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %466 = stablehlo.transpose %465, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %467 = stablehlo.reshape %462 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %468 = stablehlo.transpose %467, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %469 = stablehlo.dot_general %464, %466, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<1x12x1024x64xf32>, tensor<1x12x1024x64xf32>) -> tensor<1x12x1024x1024xf32>
    %cst_83 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %470 = stablehlo.broadcast_in_dim %cst_83, dims = [] : (tensor<f32>) -> tensor<1x12x1024x1024xf32>
    %471 = stablehlo.divide %469, %470 : tensor<1x12x1024x1024xf32>
    %c_84 = stablehlo.constant dense<true> : tensor<i1>
    %472 = stablehlo.broadcast_in_dim %c_84, dims = [] : (tensor<i1>) -> tensor<1024x1024xi1>
    %473 = call @tril(%472) : (tensor<1024x1024xi1>) -> tensor<1024x1024xi1>
    %cst_85 = stablehlo.constant dense<-1.000000e+09> : tensor<f32>
    %474 = call @_where(%473, %471, %cst_85) : (tensor<1024x1024xi1>, tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024x1024xf32>
    %cst_86 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %475 = stablehlo.reduce(%474 init: %cst_86) applies stablehlo.maximum across dimensions = [3] : (tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024xf32>
    %cst_87 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %476 = stablehlo.broadcast_in_dim %cst_87, dims = [] : (tensor<f32>) -> tensor<1x12x1024xf32>
    %477 = stablehlo.maximum %476, %475 : tensor<1x12x1024xf32>
    %478 = stablehlo.broadcast_in_dim %477, dims = [0, 1, 2] : (tensor<1x12x1024xf32>) -> tensor<1x12x1024x1xf32>
    %479 = stablehlo.broadcast_in_dim %478, dims = [0, 1, 2, 3] : (tensor<1x12x1024x1xf32>) -> tensor<1x12x1024x1024xf32>
    %480 = stablehlo.subtract %474, %479 : tensor<1x12x1024x1024xf32>
    %481 = stablehlo.exponential %480 : tensor<1x12x1024x1024xf32>
    %cst_88 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %482 = stablehlo.reduce(%481 init: %cst_88) applies stablehlo.add across dimensions = [3] : (tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024xf32>
    %483 = stablehlo.broadcast_in_dim %482, dims = [0, 1, 2] : (tensor<1x12x1024xf32>) -> tensor<1x12x1024x1xf32>
    %484 = stablehlo.broadcast_in_dim %483, dims = [0, 1, 2, 3] : (tensor<1x12x1024x1xf32>) -> tensor<1x12x1024x1024xf32>
    %485 = stablehlo.divide %481, %484 : tensor<1x12x1024x1024xf32>
    %486 = stablehlo.dot_general %485, %468, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<1x12x1024x1024xf32>, tensor<1x12x1024x64xf32>) -> tensor<1x12x1024x64xf32>
    %487 = stablehlo.transpose %486, dims = [0, 2, 1, 3] : (tensor<1x12x1024x64xf32>) -> tensor<1x1024x12x64xf32>
    %488 = stablehlo.reshape %487 : (tensor<1x1024x12x64xf32>) -> tensor<1x1024x768xf32>
    %489 = stablehlo.dot_general %488, %arg53, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x768xf32>) -> tensor<1x1024x768xf32>
    %490 = stablehlo.add %431, %489 : tensor<1x1024x768xf32>
    %491 = stablehlo.broadcast_in_dim %arg54, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %492 = stablehlo.broadcast_in_dim %491, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %493 = stablehlo.add %490, %492 : tensor<1x1024x768xf32>
    %cst_89 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %494 = stablehlo.reduce(%493 init: %cst_89) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %495 = stablehlo.broadcast_in_dim %494, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_90 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %496 = stablehlo.broadcast_in_dim %cst_90, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %497 = stablehlo.divide %495, %496 : tensor<1x1024x1xf32>
    %498 = stablehlo.broadcast_in_dim %497, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %499 = stablehlo.subtract %493, %498 : tensor<1x1024x768xf32>
    %500 = stablehlo.multiply %499, %499 : tensor<1x1024x768xf32>
    %cst_91 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %501 = stablehlo.reduce(%500 init: %cst_91) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %502 = stablehlo.broadcast_in_dim %501, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_92 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %503 = stablehlo.broadcast_in_dim %cst_92, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %504 = stablehlo.divide %502, %503 : tensor<1x1024x1xf32>
    %505 = stablehlo.broadcast_in_dim %497, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %506 = stablehlo.subtract %493, %505 : tensor<1x1024x768xf32>
    %cst_93 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %507 = stablehlo.broadcast_in_dim %cst_93, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %508 = stablehlo.add %504, %507 : tensor<1x1024x1xf32>
    %509 = stablehlo.rsqrt %508 : tensor<1x1024x1xf32>
    %510 = stablehlo.broadcast_in_dim %509, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %511 = stablehlo.multiply %506, %510 : tensor<1x1024x768xf32>
    %512 = stablehlo.broadcast_in_dim %arg55, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %513 = stablehlo.broadcast_in_dim %512, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %514 = stablehlo.multiply %511, %513 : tensor<1x1024x768xf32>
    %515 = stablehlo.broadcast_in_dim %arg56, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %516 = stablehlo.broadcast_in_dim %515, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %517 = stablehlo.add %514, %516 : tensor<1x1024x768xf32>
    %518 = stablehlo.dot_general %517, %arg57, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x3072xf32>) -> tensor<1x1024x3072xf32>
    %519 = stablehlo.broadcast_in_dim %arg58, dims = [2] : (tensor<3072xf32>) -> tensor<1x1x3072xf32>
    %520 = stablehlo.broadcast_in_dim %519, dims = [0, 1, 2] : (tensor<1x1x3072xf32>) -> tensor<1x1024x3072xf32>
    %521 = stablehlo.add %518, %520 : tensor<1x1024x3072xf32>
    %522 = stablehlo.multiply %521, %521 : tensor<1x1024x3072xf32>
    %523 = stablehlo.multiply %522, %521 : tensor<1x1024x3072xf32>
    %cst_94 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %524 = stablehlo.broadcast_in_dim %cst_94, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %525 = stablehlo.multiply %524, %523 : tensor<1x1024x3072xf32>
    %526 = stablehlo.add %521, %525 : tensor<1x1024x3072xf32>
    %cst_95 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %527 = stablehlo.broadcast_in_dim %cst_95, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %528 = stablehlo.multiply %527, %526 : tensor<1x1024x3072xf32>
    %529 = stablehlo.tanh %528 : tensor<1x1024x3072xf32>
    %cst_96 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %530 = stablehlo.broadcast_in_dim %cst_96, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %531 = stablehlo.add %530, %529 : tensor<1x1024x3072xf32>
    %cst_97 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %532 = stablehlo.broadcast_in_dim %cst_97, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %533 = stablehlo.multiply %532, %531 : tensor<1x1024x3072xf32>
    %534 = stablehlo.multiply %521, %533 : tensor<1x1024x3072xf32>
    %535 = stablehlo.dot_general %534, %arg59, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x3072xf32>, tensor<3072x768xf32>) -> tensor<1x1024x768xf32>
    %536 = stablehlo.add %493, %535 : tensor<1x1024x768xf32>
    %537 = stablehlo.broadcast_in_dim %arg60, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %538 = stablehlo.broadcast_in_dim %537, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %539 = stablehlo.add %536, %538 : tensor<1x1024x768xf32>
    %cst_98 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %540 = stablehlo.reduce(%539 init: %cst_98) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %541 = stablehlo.broadcast_in_dim %540, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_99 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %542 = stablehlo.broadcast_in_dim %cst_99, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %543 = stablehlo.divide %541, %542 : tensor<1x1024x1xf32>
    %544 = stablehlo.broadcast_in_dim %543, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %545 = stablehlo.subtract %539, %544 : tensor<1x1024x768xf32>
    %546 = stablehlo.multiply %545, %545 : tensor<1x1024x768xf32>
    %cst_100 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %547 = stablehlo.reduce(%546 init: %cst_100) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %548 = stablehlo.broadcast_in_dim %547, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_101 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %549 = stablehlo.broadcast_in_dim %cst_101, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %550 = stablehlo.divide %548, %549 : tensor<1x1024x1xf32>
    %551 = stablehlo.broadcast_in_dim %543, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %552 = stablehlo.subtract %539, %551 : tensor<1x1024x768xf32>
    %cst_102 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %553 = stablehlo.broadcast_in_dim %cst_102, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %554 = stablehlo.add %550, %553 : tensor<1x1024x1xf32>
    %555 = stablehlo.rsqrt %554 : tensor<1x1024x1xf32>
    %556 = stablehlo.broadcast_in_dim %555, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %557 = stablehlo.multiply %552, %556 : tensor<1x1024x768xf32>
    %558 = stablehlo.broadcast_in_dim %arg61, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %559 = stablehlo.broadcast_in_dim %558, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %560 = stablehlo.multiply %557, %559 : tensor<1x1024x768xf32>
    %561 = stablehlo.broadcast_in_dim %arg62, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %562 = stablehlo.broadcast_in_dim %561, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %563 = stablehlo.add %560, %562 : tensor<1x1024x768xf32>
    %564 = stablehlo.dot_general %563, %arg63, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x2304xf32>) -> tensor<1x1024x2304xf32>
    %565 = stablehlo.broadcast_in_dim %arg64, dims = [2] : (tensor<2304xf32>) -> tensor<1x1x2304xf32>
    %566 = stablehlo.broadcast_in_dim %565, dims = [0, 1, 2] : (tensor<1x1x2304xf32>) -> tensor<1x1024x2304xf32>
    %567 = stablehlo.add %564, %566 : tensor<1x1024x2304xf32>
    %568 = stablehlo.slice %567 [0:1, 0:1024, 0:768] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %569 = stablehlo.slice %567 [0:1, 0:1024, 768:1536] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %570 = stablehlo.slice %567 [0:1, 0:1024, 1536:2304] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %571 = stablehlo.reshape %568 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %572 = stablehlo.transpose %571, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %573 = stablehlo.reshape %569 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %574 = stablehlo.transpose %573, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %575 = stablehlo.reshape %570 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %576 = stablehlo.transpose %575, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %577 = stablehlo.dot_general %572, %574, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<1x12x1024x64xf32>, tensor<1x12x1024x64xf32>) -> tensor<1x12x1024x1024xf32>
    %cst_103 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %578 = stablehlo.broadcast_in_dim %cst_103, dims = [] : (tensor<f32>) -> tensor<1x12x1024x1024xf32>
    %579 = stablehlo.divide %577, %578 : tensor<1x12x1024x1024xf32>
    %c_104 = stablehlo.constant dense<true> : tensor<i1>
    %580 = stablehlo.broadcast_in_dim %c_104, dims = [] : (tensor<i1>) -> tensor<1024x1024xi1>
    %581 = call @tril(%580) : (tensor<1024x1024xi1>) -> tensor<1024x1024xi1>
    %cst_105 = stablehlo.constant dense<-1.000000e+09> : tensor<f32>
    %582 = call @_where(%581, %579, %cst_105) : (tensor<1024x1024xi1>, tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024x1024xf32>
    %cst_106 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %583 = stablehlo.reduce(%582 init: %cst_106) applies stablehlo.maximum across dimensions = [3] : (tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024xf32>
    %cst_107 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %584 = stablehlo.broadcast_in_dim %cst_107, dims = [] : (tensor<f32>) -> tensor<1x12x1024xf32>
    %585 = stablehlo.maximum %584, %583 : tensor<1x12x1024xf32>
    %586 = stablehlo.broadcast_in_dim %585, dims = [0, 1, 2] : (tensor<1x12x1024xf32>) -> tensor<1x12x1024x1xf32>
    %587 = stablehlo.broadcast_in_dim %586, dims = [0, 1, 2, 3] : (tensor<1x12x1024x1xf32>) -> tensor<1x12x1024x1024xf32>
    %588 = stablehlo.subtract %582, %587 : tensor<1x12x1024x1024xf32>
    %589 = stablehlo.exponential %588 : tensor<1x12x1024x1024xf32>
    %cst_108 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %590 = stablehlo.reduce(%589 init: %cst_108) applies stablehlo.add across dimensions = [3] : (tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024xf32>
    %591 = stablehlo.broadcast_in_dim %590, dims = [0, 1, 2] : (tensor<1x12x1024xf32>) -> tensor<1x12x1024x1xf32>
    %592 = stablehlo.broadcast_in_dim %591, dims = [0, 1, 2, 3] : (tensor<1x12x1024x1xf32>) -> tensor<1x12x1024x1024xf32>
    %593 = stablehlo.divide %589, %592 : tensor<1x12x1024x1024xf32>
    %594 = stablehlo.dot_general %593, %576, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<1x12x1024x1024xf32>, tensor<1x12x1024x64xf32>) -> tensor<1x12x1024x64xf32>
    %595 = stablehlo.transpose %594, dims = [0, 2, 1, 3] : (tensor<1x12x1024x64xf32>) -> tensor<1x1024x12x64xf32>
    %596 = stablehlo.reshape %595 : (tensor<1x1024x12x64xf32>) -> tensor<1x1024x768xf32>
    %597 = stablehlo.dot_general %596, %arg65, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x768xf32>) -> tensor<1x1024x768xf32>
    %598 = stablehlo.add %539, %597 : tensor<1x1024x768xf32>
    %599 = stablehlo.broadcast_in_dim %arg66, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %600 = stablehlo.broadcast_in_dim %599, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %601 = stablehlo.add %598, %600 : tensor<1x1024x768xf32>
    %cst_109 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %602 = stablehlo.reduce(%601 init: %cst_109) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %603 = stablehlo.broadcast_in_dim %602, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_110 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %604 = stablehlo.broadcast_in_dim %cst_110, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %605 = stablehlo.divide %603, %604 : tensor<1x1024x1xf32>
    %606 = stablehlo.broadcast_in_dim %605, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %607 = stablehlo.subtract %601, %606 : tensor<1x1024x768xf32>
    %608 = stablehlo.multiply %607, %607 : tensor<1x1024x768xf32>
    %cst_111 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %609 = stablehlo.reduce(%608 init: %cst_111) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %610 = stablehlo.broadcast_in_dim %609, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_112 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %611 = stablehlo.broadcast_in_dim %cst_112, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %612 = stablehlo.divide %610, %611 : tensor<1x1024x1xf32>
    %613 = stablehlo.broadcast_in_dim %605, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %614 = stablehlo.subtract %601, %613 : tensor<1x1024x768xf32>
    %cst_113 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %615 = stablehlo.broadcast_in_dim %cst_113, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %616 = stablehlo.add %612, %615 : tensor<1x1024x1xf32>
    %617 = stablehlo.rsqrt %616 : tensor<1x1024x1xf32>
    %618 = stablehlo.broadcast_in_dim %617, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %619 = stablehlo.multiply %614, %618 : tensor<1x1024x768xf32>
    %620 = stablehlo.broadcast_in_dim %arg67, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %621 = stablehlo.broadcast_in_dim %620, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %622 = stablehlo.multiply %619, %621 : tensor<1x1024x768xf32>
    %623 = stablehlo.broadcast_in_dim %arg68, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %624 = stablehlo.broadcast_in_dim %623, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %625 = stablehlo.add %622, %624 : tensor<1x1024x768xf32>
    %626 = stablehlo.dot_general %625, %arg69, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x3072xf32>) -> tensor<1x1024x3072xf32>
    %627 = stablehlo.broadcast_in_dim %arg70, dims = [2] : (tensor<3072xf32>) -> tensor<1x1x3072xf32>
    %628 = stablehlo.broadcast_in_dim %627, dims = [0, 1, 2] : (tensor<1x1x3072xf32>) -> tensor<1x1024x3072xf32>
    %629 = stablehlo.add %626, %628 : tensor<1x1024x3072xf32>
    %630 = stablehlo.multiply %629, %629 : tensor<1x1024x3072xf32>
    %631 = stablehlo.multiply %630, %629 : tensor<1x1024x3072xf32>
    %cst_114 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %632 = stablehlo.broadcast_in_dim %cst_114, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %633 = stablehlo.multiply %632, %631 : tensor<1x1024x3072xf32>
    %634 = stablehlo.add %629, %633 : tensor<1x1024x3072xf32>
    %cst_115 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %635 = stablehlo.broadcast_in_dim %cst_115, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %636 = stablehlo.multiply %635, %634 : tensor<1x1024x3072xf32>
    %637 = stablehlo.tanh %636 : tensor<1x1024x3072xf32>
    %cst_116 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %638 = stablehlo.broadcast_in_dim %cst_116, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %639 = stablehlo.add %638, %637 : tensor<1x1024x3072xf32>
    %cst_117 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %640 = stablehlo.broadcast_in_dim %cst_117, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %641 = stablehlo.multiply %640, %639 : tensor<1x1024x3072xf32>
    %642 = stablehlo.multiply %629, %641 : tensor<1x1024x3072xf32>
    %643 = stablehlo.dot_general %642, %arg71, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x3072xf32>, tensor<3072x768xf32>) -> tensor<1x1024x768xf32>
    %644 = stablehlo.add %601, %643 : tensor<1x1024x768xf32>
    %645 = stablehlo.broadcast_in_dim %arg72, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %646 = stablehlo.broadcast_in_dim %645, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %647 = stablehlo.add %644, %646 : tensor<1x1024x768xf32>
    %cst_118 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %648 = stablehlo.reduce(%647 init: %cst_118) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %649 = stablehlo.broadcast_in_dim %648, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_119 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %650 = stablehlo.broadcast_in_dim %cst_119, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %651 = stablehlo.divide %649, %650 : tensor<1x1024x1xf32>
    %652 = stablehlo.broadcast_in_dim %651, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %653 = stablehlo.subtract %647, %652 : tensor<1x1024x768xf32>
    %654 = stablehlo.multiply %653, %653 : tensor<1x1024x768xf32>
    %cst_120 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %655 = stablehlo.reduce(%654 init: %cst_120) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %656 = stablehlo.broadcast_in_dim %655, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_121 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %657 = stablehlo.broadcast_in_dim %cst_121, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %658 = stablehlo.divide %656, %657 : tensor<1x1024x1xf32>
    %659 = stablehlo.broadcast_in_dim %651, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %660 = stablehlo.subtract %647, %659 : tensor<1x1024x768xf32>
    %cst_122 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %661 = stablehlo.broadcast_in_dim %cst_122, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %662 = stablehlo.add %658, %661 : tensor<1x1024x1xf32>
    %663 = stablehlo.rsqrt %662 : tensor<1x1024x1xf32>
    %664 = stablehlo.broadcast_in_dim %663, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %665 = stablehlo.multiply %660, %664 : tensor<1x1024x768xf32>
    %666 = stablehlo.broadcast_in_dim %arg73, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %667 = stablehlo.broadcast_in_dim %666, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %668 = stablehlo.multiply %665, %667 : tensor<1x1024x768xf32>
    %669 = stablehlo.broadcast_in_dim %arg74, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %670 = stablehlo.broadcast_in_dim %669, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %671 = stablehlo.add %668, %670 : tensor<1x1024x768xf32>
    %672 = stablehlo.dot_general %671, %arg75, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x2304xf32>) -> tensor<1x1024x2304xf32>
    %673 = stablehlo.broadcast_in_dim %arg76, dims = [2] : (tensor<2304xf32>) -> tensor<1x1x2304xf32>
    %674 = stablehlo.broadcast_in_dim %673, dims = [0, 1, 2] : (tensor<1x1x2304xf32>) -> tensor<1x1024x2304xf32>
    %675 = stablehlo.add %672, %674 : tensor<1x1024x2304xf32>
    %676 = stablehlo.slice %675 [0:1, 0:1024, 0:768] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %677 = stablehlo.slice %675 [0:1, 0:1024, 768:1536] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %678 = stablehlo.slice %675 [0:1, 0:1024, 1536:2304] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %679 = stablehlo.reshape %676 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %680 = stablehlo.transpose %679, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %681 = stablehlo.reshape %677 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %682 = stablehlo.transpose %681, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %683 = stablehlo.reshape %678 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %684 = stablehlo.transpose %683, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %685 = stablehlo.dot_general %680, %682, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<1x12x1024x64xf32>, tensor<1x12x1024x64xf32>) -> tensor<1x12x1024x1024xf32>
    %cst_123 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %686 = stablehlo.broadcast_in_dim %cst_123, dims = [] : (tensor<f32>) -> tensor<1x12x1024x1024xf32>
    %687 = stablehlo.divide %685, %686 : tensor<1x12x1024x1024xf32>
    %c_124 = stablehlo.constant dense<true> : tensor<i1>
    %688 = stablehlo.broadcast_in_dim %c_124, dims = [] : (tensor<i1>) -> tensor<1024x1024xi1>
    %689 = call @tril(%688) : (tensor<1024x1024xi1>) -> tensor<1024x1024xi1>
    %cst_125 = stablehlo.constant dense<-1.000000e+09> : tensor<f32>
    %690 = call @_where(%689, %687, %cst_125) : (tensor<1024x1024xi1>, tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024x1024xf32>
    %cst_126 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %691 = stablehlo.reduce(%690 init: %cst_126) applies stablehlo.maximum across dimensions = [3] : (tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024xf32>
    %cst_127 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %692 = stablehlo.broadcast_in_dim %cst_127, dims = [] : (tensor<f32>) -> tensor<1x12x1024xf32>
    %693 = stablehlo.maximum %692, %691 : tensor<1x12x1024xf32>
    %694 = stablehlo.broadcast_in_dim %693, dims = [0, 1, 2] : (tensor<1x12x1024xf32>) -> tensor<1x12x1024x1xf32>
    %695 = stablehlo.broadcast_in_dim %694, dims = [0, 1, 2, 3] : (tensor<1x12x1024x1xf32>) -> tensor<1x12x1024x1024xf32>
    %696 = stablehlo.subtract %690, %695 : tensor<1x12x1024x1024xf32>
    %697 = stablehlo.exponential %696 : tensor<1x12x1024x1024xf32>
    %cst_128 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %698 = stablehlo.reduce(%697 init: %cst_128) applies stablehlo.add across dimensions = [3] : (tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024xf32>
    %699 = stablehlo.broadcast_in_dim %698, dims = [0, 1, 2] : (tensor<1x12x1024xf32>) -> tensor<1x12x1024x1xf32>
    %700 = stablehlo.broadcast_in_dim %699, dims = [0, 1, 2, 3] : (tensor<1x12x1024x1xf32>) -> tensor<1x12x1024x1024xf32>
    %701 = stablehlo.divide %697, %700 : tensor<1x12x1024x1024xf32>
    %702 = stablehlo.dot_general %701, %684, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<1x12x1024x1024xf32>, tensor<1x12x1024x64xf32>) -> tensor<1x12x1024x64xf32>
    %703 = stablehlo.transpose %702, dims = [0, 2, 1, 3] : (tensor<1x12x1024x64xf32>) -> tensor<1x1024x12x64xf32>
    %704 = stablehlo.reshape %703 : (tensor<1x1024x12x64xf32>) -> tensor<1x1024x768xf32>
    %705 = stablehlo.dot_general %704, %arg77, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x768xf32>) -> tensor<1x1024x768xf32>
    %706 = stablehlo.add %647, %705 : tensor<1x1024x768xf32>
    %707 = stablehlo.broadcast_in_dim %arg78, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %708 = stablehlo.broadcast_in_dim %707, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %709 = stablehlo.add %706, %708 : tensor<1x1024x768xf32>
    %cst_129 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %710 = stablehlo.reduce(%709 init: %cst_129) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %711 = stablehlo.broadcast_in_dim %710, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_130 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %712 = stablehlo.broadcast_in_dim %cst_130, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %713 = stablehlo.divide %711, %712 : tensor<1x1024x1xf32>
    %714 = stablehlo.broadcast_in_dim %713, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %715 = stablehlo.subtract %709, %714 : tensor<1x1024x768xf32>
    %716 = stablehlo.multiply %715, %715 : tensor<1x1024x768xf32>
    %cst_131 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %717 = stablehlo.reduce(%716 init: %cst_131) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %718 = stablehlo.broadcast_in_dim %717, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_132 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %719 = stablehlo.broadcast_in_dim %cst_132, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %720 = stablehlo.divide %718, %719 : tensor<1x1024x1xf32>
    %721 = stablehlo.broadcast_in_dim %713, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %722 = stablehlo.subtract %709, %721 : tensor<1x1024x768xf32>
    %cst_133 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %723 = stablehlo.broadcast_in_dim %cst_133, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %724 = stablehlo.add %720, %723 : tensor<1x1024x1xf32>
    %725 = stablehlo.rsqrt %724 : tensor<1x1024x1xf32>
    %726 = stablehlo.broadcast_in_dim %725, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %727 = stablehlo.multiply %722, %726 : tensor<1x1024x768xf32>
    %728 = stablehlo.broadcast_in_dim %arg79, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %729 = stablehlo.broadcast_in_dim %728, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %730 = stablehlo.multiply %727, %729 : tensor<1x1024x768xf32>
    %731 = stablehlo.broadcast_in_dim %arg80, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %732 = stablehlo.broadcast_in_dim %731, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %733 = stablehlo.add %730, %732 : tensor<1x1024x768xf32>
    %734 = stablehlo.dot_general %733, %arg81, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x3072xf32>) -> tensor<1x1024x3072xf32>
    %735 = stablehlo.broadcast_in_dim %arg82, dims = [2] : (tensor<3072xf32>) -> tensor<1x1x3072xf32>
    %736 = stablehlo.broadcast_in_dim %735, dims = [0, 1, 2] : (tensor<1x1x3072xf32>) -> tensor<1x1024x3072xf32>
    %737 = stablehlo.add %734, %736 : tensor<1x1024x3072xf32>
    %738 = stablehlo.multiply %737, %737 : tensor<1x1024x3072xf32>
    %739 = stablehlo.multiply %738, %737 : tensor<1x1024x3072xf32>
    %cst_134 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %740 = stablehlo.broadcast_in_dim %cst_134, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %741 = stablehlo.multiply %740, %739 : tensor<1x1024x3072xf32>
    %742 = stablehlo.add %737, %741 : tensor<1x1024x3072xf32>
    %cst_135 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %743 = stablehlo.broadcast_in_dim %cst_135, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %744 = stablehlo.multiply %743, %742 : tensor<1x1024x3072xf32>
    %745 = stablehlo.tanh %744 : tensor<1x1024x3072xf32>
    %cst_136 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %746 = stablehlo.broadcast_in_dim %cst_136, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %747 = stablehlo.add %746, %745 : tensor<1x1024x3072xf32>
    %cst_137 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %748 = stablehlo.broadcast_in_dim %cst_137, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %749 = stablehlo.multiply %748, %747 : tensor<1x1024x3072xf32>
    %750 = stablehlo.multiply %737, %749 : tensor<1x1024x3072xf32>
    %751 = stablehlo.dot_general %750, %arg83, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x3072xf32>, tensor<3072x768xf32>) -> tensor<1x1024x768xf32>
    %752 = stablehlo.add %709, %751 : tensor<1x1024x768xf32>
    %753 = stablehlo.broadcast_in_dim %arg84, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %754 = stablehlo.broadcast_in_dim %753, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %755 = stablehlo.add %752, %754 : tensor<1x1024x768xf32>
    %cst_138 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %756 = stablehlo.reduce(%755 init: %cst_138) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %757 = stablehlo.broadcast_in_dim %756, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_139 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %758 = stablehlo.broadcast_in_dim %cst_139, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %759 = stablehlo.divide %757, %758 : tensor<1x1024x1xf32>
    %760 = stablehlo.broadcast_in_dim %759, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %761 = stablehlo.subtract %755, %760 : tensor<1x1024x768xf32>
    %762 = stablehlo.multiply %761, %761 : tensor<1x1024x768xf32>
    %cst_140 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %763 = stablehlo.reduce(%762 init: %cst_140) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %764 = stablehlo.broadcast_in_dim %763, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_141 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %765 = stablehlo.broadcast_in_dim %cst_141, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %766 = stablehlo.divide %764, %765 : tensor<1x1024x1xf32>
    %767 = stablehlo.broadcast_in_dim %759, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %768 = stablehlo.subtract %755, %767 : tensor<1x1024x768xf32>
    %cst_142 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %769 = stablehlo.broadcast_in_dim %cst_142, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %770 = stablehlo.add %766, %769 : tensor<1x1024x1xf32>
    %771 = stablehlo.rsqrt %770 : tensor<1x1024x1xf32>
    %772 = stablehlo.broadcast_in_dim %771, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %773 = stablehlo.multiply %768, %772 : tensor<1x1024x768xf32>
    %774 = stablehlo.broadcast_in_dim %arg85, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %775 = stablehlo.broadcast_in_dim %774, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %776 = stablehlo.multiply %773, %775 : tensor<1x1024x768xf32>
    %777 = stablehlo.broadcast_in_dim %arg86, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %778 = stablehlo.broadcast_in_dim %777, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %779 = stablehlo.add %776, %778 : tensor<1x1024x768xf32>
    %780 = stablehlo.dot_general %779, %arg87, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x2304xf32>) -> tensor<1x1024x2304xf32>
    %781 = stablehlo.broadcast_in_dim %arg88, dims = [2] : (tensor<2304xf32>) -> tensor<1x1x2304xf32>
    %782 = stablehlo.broadcast_in_dim %781, dims = [0, 1, 2] : (tensor<1x1x2304xf32>) -> tensor<1x1024x2304xf32>
    %783 = stablehlo.add %780, %782 : tensor<1x1024x2304xf32>
    %784 = stablehlo.slice %783 [0:1, 0:1024, 0:768] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %785 = stablehlo.slice %783 [0:1, 0:1024, 768:1536] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %786 = stablehlo.slice %783 [0:1, 0:1024, 1536:2304] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %787 = stablehlo.reshape %784 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %788 = stablehlo.transpose %787, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %789 = stablehlo.reshape %785 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %790 = stablehlo.transpose %789, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %791 = stablehlo.reshape %786 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %792 = stablehlo.transpose %791, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %793 = stablehlo.dot_general %788, %790, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<1x12x1024x64xf32>, tensor<1x12x1024x64xf32>) -> tensor<1x12x1024x1024xf32>
    %cst_143 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %794 = stablehlo.broadcast_in_dim %cst_143, dims = [] : (tensor<f32>) -> tensor<1x12x1024x1024xf32>
    %795 = stablehlo.divide %793, %794 : tensor<1x12x1024x1024xf32>
    %c_144 = stablehlo.constant dense<true> : tensor<i1>
    %796 = stablehlo.broadcast_in_dim %c_144, dims = [] : (tensor<i1>) -> tensor<1024x1024xi1>
    %797 = call @tril(%796) : (tensor<1024x1024xi1>) -> tensor<1024x1024xi1>
    %cst_145 = stablehlo.constant dense<-1.000000e+09> : tensor<f32>
    %798 = call @_where(%797, %795, %cst_145) : (tensor<1024x1024xi1>, tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024x1024xf32>
    %cst_146 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %799 = stablehlo.reduce(%798 init: %cst_146) applies stablehlo.maximum across dimensions = [3] : (tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024xf32>
    %cst_147 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %800 = stablehlo.broadcast_in_dim %cst_147, dims = [] : (tensor<f32>) -> tensor<1x12x1024xf32>
    %801 = stablehlo.maximum %800, %799 : tensor<1x12x1024xf32>
    %802 = stablehlo.broadcast_in_dim %801, dims = [0, 1, 2] : (tensor<1x12x1024xf32>) -> tensor<1x12x1024x1xf32>
    %803 = stablehlo.broadcast_in_dim %802, dims = [0, 1, 2, 3] : (tensor<1x12x1024x1xf32>) -> tensor<1x12x1024x1024xf32>
    %804 = stablehlo.subtract %798, %803 : tensor<1x12x1024x1024xf32>
    %805 = stablehlo.exponential %804 : tensor<1x12x1024x1024xf32>
    %cst_148 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %806 = stablehlo.reduce(%805 init: %cst_148) applies stablehlo.add across dimensions = [3] : (tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024xf32>
    %807 = stablehlo.broadcast_in_dim %806, dims = [0, 1, 2] : (tensor<1x12x1024xf32>) -> tensor<1x12x1024x1xf32>
    %808 = stablehlo.broadcast_in_dim %807, dims = [0, 1, 2, 3] : (tensor<1x12x1024x1xf32>) -> tensor<1x12x1024x1024xf32>
    %809 = stablehlo.divide %805, %808 : tensor<1x12x1024x1024xf32>
    %810 = stablehlo.dot_general %809, %792, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<1x12x1024x1024xf32>, tensor<1x12x1024x64xf32>) -> tensor<1x12x1024x64xf32>
    %811 = stablehlo.transpose %810, dims = [0, 2, 1, 3] : (tensor<1x12x1024x64xf32>) -> tensor<1x1024x12x64xf32>
    %812 = stablehlo.reshape %811 : (tensor<1x1024x12x64xf32>) -> tensor<1x1024x768xf32>
    %813 = stablehlo.dot_general %812, %arg89, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x768xf32>) -> tensor<1x1024x768xf32>
    %814 = stablehlo.add %755, %813 : tensor<1x1024x768xf32>
    %815 = stablehlo.broadcast_in_dim %arg90, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %816 = stablehlo.broadcast_in_dim %815, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %817 = stablehlo.add %814, %816 : tensor<1x1024x768xf32>
    %cst_149 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %818 = stablehlo.reduce(%817 init: %cst_149) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %819 = stablehlo.broadcast_in_dim %818, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_150 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %820 = stablehlo.broadcast_in_dim %cst_150, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %821 = stablehlo.divide %819, %820 : tensor<1x1024x1xf32>
    %822 = stablehlo.broadcast_in_dim %821, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %823 = stablehlo.subtract %817, %822 : tensor<1x1024x768xf32>
    %824 = stablehlo.multiply %823, %823 : tensor<1x1024x768xf32>
    %cst_151 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %825 = stablehlo.reduce(%824 init: %cst_151) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %826 = stablehlo.broadcast_in_dim %825, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_152 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %827 = stablehlo.broadcast_in_dim %cst_152, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %828 = stablehlo.divide %826, %827 : tensor<1x1024x1xf32>
    %829 = stablehlo.broadcast_in_dim %821, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %830 = stablehlo.subtract %817, %829 : tensor<1x1024x768xf32>
    %cst_153 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %831 = stablehlo.broadcast_in_dim %cst_153, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %832 = stablehlo.add %828, %831 : tensor<1x1024x1xf32>
    %833 = stablehlo.rsqrt %832 : tensor<1x1024x1xf32>
    %834 = stablehlo.broadcast_in_dim %833, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %835 = stablehlo.multiply %830, %834 : tensor<1x1024x768xf32>
    %836 = stablehlo.broadcast_in_dim %arg91, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %837 = stablehlo.broadcast_in_dim %836, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %838 = stablehlo.multiply %835, %837 : tensor<1x1024x768xf32>
    %839 = stablehlo.broadcast_in_dim %arg92, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %840 = stablehlo.broadcast_in_dim %839, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %841 = stablehlo.add %838, %840 : tensor<1x1024x768xf32>
    %842 = stablehlo.dot_general %841, %arg93, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x3072xf32>) -> tensor<1x1024x3072xf32>
    %843 = stablehlo.broadcast_in_dim %arg94, dims = [2] : (tensor<3072xf32>) -> tensor<1x1x3072xf32>
    %844 = stablehlo.broadcast_in_dim %843, dims = [0, 1, 2] : (tensor<1x1x3072xf32>) -> tensor<1x1024x3072xf32>
    %845 = stablehlo.add %842, %844 : tensor<1x1024x3072xf32>
    %846 = stablehlo.multiply %845, %845 : tensor<1x1024x3072xf32>
    %847 = stablehlo.multiply %846, %845 : tensor<1x1024x3072xf32>
    %cst_154 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %848 = stablehlo.broadcast_in_dim %cst_154, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %849 = stablehlo.multiply %848, %847 : tensor<1x1024x3072xf32>
    %850 = stablehlo.add %845, %849 : tensor<1x1024x3072xf32>
    %cst_155 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %851 = stablehlo.broadcast_in_dim %cst_155, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %852 = stablehlo.multiply %851, %850 : tensor<1x1024x3072xf32>
    %853 = stablehlo.tanh %852 : tensor<1x1024x3072xf32>
    %cst_156 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %854 = stablehlo.broadcast_in_dim %cst_156, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %855 = stablehlo.add %854, %853 : tensor<1x1024x3072xf32>
    %cst_157 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %856 = stablehlo.broadcast_in_dim %cst_157, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %857 = stablehlo.multiply %856, %855 : tensor<1x1024x3072xf32>
    %858 = stablehlo.multiply %845, %857 : tensor<1x1024x3072xf32>
    %859 = stablehlo.dot_general %858, %arg95, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x3072xf32>, tensor<3072x768xf32>) -> tensor<1x1024x768xf32>
    %860 = stablehlo.add %817, %859 : tensor<1x1024x768xf32>
    %861 = stablehlo.broadcast_in_dim %arg96, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %862 = stablehlo.broadcast_in_dim %861, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %863 = stablehlo.add %860, %862 : tensor<1x1024x768xf32>
    %cst_158 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %864 = stablehlo.reduce(%863 init: %cst_158) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %865 = stablehlo.broadcast_in_dim %864, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_159 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %866 = stablehlo.broadcast_in_dim %cst_159, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %867 = stablehlo.divide %865, %866 : tensor<1x1024x1xf32>
    %868 = stablehlo.broadcast_in_dim %867, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %869 = stablehlo.subtract %863, %868 : tensor<1x1024x768xf32>
    %870 = stablehlo.multiply %869, %869 : tensor<1x1024x768xf32>
    %cst_160 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %871 = stablehlo.reduce(%870 init: %cst_160) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %872 = stablehlo.broadcast_in_dim %871, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_161 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %873 = stablehlo.broadcast_in_dim %cst_161, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %874 = stablehlo.divide %872, %873 : tensor<1x1024x1xf32>
    %875 = stablehlo.broadcast_in_dim %867, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %876 = stablehlo.subtract %863, %875 : tensor<1x1024x768xf32>
    %cst_162 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %877 = stablehlo.broadcast_in_dim %cst_162, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %878 = stablehlo.add %874, %877 : tensor<1x1024x1xf32>
    %879 = stablehlo.rsqrt %878 : tensor<1x1024x1xf32>
    %880 = stablehlo.broadcast_in_dim %879, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %881 = stablehlo.multiply %876, %880 : tensor<1x1024x768xf32>
    %882 = stablehlo.broadcast_in_dim %arg97, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %883 = stablehlo.broadcast_in_dim %882, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %884 = stablehlo.multiply %881, %883 : tensor<1x1024x768xf32>
    %885 = stablehlo.broadcast_in_dim %arg98, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %886 = stablehlo.broadcast_in_dim %885, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %887 = stablehlo.add %884, %886 : tensor<1x1024x768xf32>
    %888 = stablehlo.dot_general %887, %arg99, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x2304xf32>) -> tensor<1x1024x2304xf32>
    %889 = stablehlo.broadcast_in_dim %arg100, dims = [2] : (tensor<2304xf32>) -> tensor<1x1x2304xf32>
    %890 = stablehlo.broadcast_in_dim %889, dims = [0, 1, 2] : (tensor<1x1x2304xf32>) -> tensor<1x1024x2304xf32>
    %891 = stablehlo.add %888, %890 : tensor<1x1024x2304xf32>
    %892 = stablehlo.slice %891 [0:1, 0:1024, 0:768] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %893 = stablehlo.slice %891 [0:1, 0:1024, 768:1536] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %894 = stablehlo.slice %891 [0:1, 0:1024, 1536:2304] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %895 = stablehlo.reshape %892 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %896 = stablehlo.transpose %895, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %897 = stablehlo.reshape %893 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %898 = stablehlo.transpose %897, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %899 = stablehlo.reshape %894 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %900 = stablehlo.transpose %899, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %901 = stablehlo.dot_general %896, %898, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<1x12x1024x64xf32>, tensor<1x12x1024x64xf32>) -> tensor<1x12x1024x1024xf32>
    %cst_163 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %902 = stablehlo.broadcast_in_dim %cst_163, dims = [] : (tensor<f32>) -> tensor<1x12x1024x1024xf32>
    %903 = stablehlo.divide %901, %902 : tensor<1x12x1024x1024xf32>
    %c_164 = stablehlo.constant dense<true> : tensor<i1>
    %904 = stablehlo.broadcast_in_dim %c_164, dims = [] : (tensor<i1>) -> tensor<1024x1024xi1>
    %905 = call @tril(%904) : (tensor<1024x1024xi1>) -> tensor<1024x1024xi1>
    %cst_165 = stablehlo.constant dense<-1.000000e+09> : tensor<f32>
    %906 = call @_where(%905, %903, %cst_165) : (tensor<1024x1024xi1>, tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024x1024xf32>
    %cst_166 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %907 = stablehlo.reduce(%906 init: %cst_166) applies stablehlo.maximum across dimensions = [3] : (tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024xf32>
    %cst_167 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %908 = stablehlo.broadcast_in_dim %cst_167, dims = [] : (tensor<f32>) -> tensor<1x12x1024xf32>
    %909 = stablehlo.maximum %908, %907 : tensor<1x12x1024xf32>
    %910 = stablehlo.broadcast_in_dim %909, dims = [0, 1, 2] : (tensor<1x12x1024xf32>) -> tensor<1x12x1024x1xf32>
    %911 = stablehlo.broadcast_in_dim %910, dims = [0, 1, 2, 3] : (tensor<1x12x1024x1xf32>) -> tensor<1x12x1024x1024xf32>
    %912 = stablehlo.subtract %906, %911 : tensor<1x12x1024x1024xf32>
    %913 = stablehlo.exponential %912 : tensor<1x12x1024x1024xf32>
    %cst_168 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %914 = stablehlo.reduce(%913 init: %cst_168) applies stablehlo.add across dimensions = [3] : (tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024xf32>
    %915 = stablehlo.broadcast_in_dim %914, dims = [0, 1, 2] : (tensor<1x12x1024xf32>) -> tensor<1x12x1024x1xf32>
    %916 = stablehlo.broadcast_in_dim %915, dims = [0, 1, 2, 3] : (tensor<1x12x1024x1xf32>) -> tensor<1x12x1024x1024xf32>
    %917 = stablehlo.divide %913, %916 : tensor<1x12x1024x1024xf32>
    %918 = stablehlo.dot_general %917, %900, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<1x12x1024x1024xf32>, tensor<1x12x1024x64xf32>) -> tensor<1x12x1024x64xf32>
    %919 = stablehlo.transpose %918, dims = [0, 2, 1, 3] : (tensor<1x12x1024x64xf32>) -> tensor<1x1024x12x64xf32>
    %920 = stablehlo.reshape %919 : (tensor<1x1024x12x64xf32>) -> tensor<1x1024x768xf32>
    %921 = stablehlo.dot_general %920, %arg101, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x768xf32>) -> tensor<1x1024x768xf32>
    %922 = stablehlo.add %863, %921 : tensor<1x1024x768xf32>
    %923 = stablehlo.broadcast_in_dim %arg102, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %924 = stablehlo.broadcast_in_dim %923, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %925 = stablehlo.add %922, %924 : tensor<1x1024x768xf32>
    %cst_169 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %926 = stablehlo.reduce(%925 init: %cst_169) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %927 = stablehlo.broadcast_in_dim %926, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_170 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %928 = stablehlo.broadcast_in_dim %cst_170, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %929 = stablehlo.divide %927, %928 : tensor<1x1024x1xf32>
    %930 = stablehlo.broadcast_in_dim %929, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %931 = stablehlo.subtract %925, %930 : tensor<1x1024x768xf32>
    %932 = stablehlo.multiply %931, %931 : tensor<1x1024x768xf32>
    %cst_171 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %933 = stablehlo.reduce(%932 init: %cst_171) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %934 = stablehlo.broadcast_in_dim %933, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_172 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %935 = stablehlo.broadcast_in_dim %cst_172, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %936 = stablehlo.divide %934, %935 : tensor<1x1024x1xf32>
    %937 = stablehlo.broadcast_in_dim %929, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %938 = stablehlo.subtract %925, %937 : tensor<1x1024x768xf32>
    %cst_173 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %939 = stablehlo.broadcast_in_dim %cst_173, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %940 = stablehlo.add %936, %939 : tensor<1x1024x1xf32>
    %941 = stablehlo.rsqrt %940 : tensor<1x1024x1xf32>
    %942 = stablehlo.broadcast_in_dim %941, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %943 = stablehlo.multiply %938, %942 : tensor<1x1024x768xf32>
    %944 = stablehlo.broadcast_in_dim %arg103, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %945 = stablehlo.broadcast_in_dim %944, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %946 = stablehlo.multiply %943, %945 : tensor<1x1024x768xf32>
    %947 = stablehlo.broadcast_in_dim %arg104, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %948 = stablehlo.broadcast_in_dim %947, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %949 = stablehlo.add %946, %948 : tensor<1x1024x768xf32>
    %950 = stablehlo.dot_general %949, %arg105, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x3072xf32>) -> tensor<1x1024x3072xf32>
    %951 = stablehlo.broadcast_in_dim %arg106, dims = [2] : (tensor<3072xf32>) -> tensor<1x1x3072xf32>
    %952 = stablehlo.broadcast_in_dim %951, dims = [0, 1, 2] : (tensor<1x1x3072xf32>) -> tensor<1x1024x3072xf32>
    %953 = stablehlo.add %950, %952 : tensor<1x1024x3072xf32>
    %954 = stablehlo.multiply %953, %953 : tensor<1x1024x3072xf32>
    %955 = stablehlo.multiply %954, %953 : tensor<1x1024x3072xf32>
    %cst_174 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %956 = stablehlo.broadcast_in_dim %cst_174, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %957 = stablehlo.multiply %956, %955 : tensor<1x1024x3072xf32>
    %958 = stablehlo.add %953, %957 : tensor<1x1024x3072xf32>
    %cst_175 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %959 = stablehlo.broadcast_in_dim %cst_175, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %960 = stablehlo.multiply %959, %958 : tensor<1x1024x3072xf32>
    %961 = stablehlo.tanh %960 : tensor<1x1024x3072xf32>
    %cst_176 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %962 = stablehlo.broadcast_in_dim %cst_176, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %963 = stablehlo.add %962, %961 : tensor<1x1024x3072xf32>
    %cst_177 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %964 = stablehlo.broadcast_in_dim %cst_177, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %965 = stablehlo.multiply %964, %963 : tensor<1x1024x3072xf32>
    %966 = stablehlo.multiply %953, %965 : tensor<1x1024x3072xf32>
    %967 = stablehlo.dot_general %966, %arg107, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x3072xf32>, tensor<3072x768xf32>) -> tensor<1x1024x768xf32>
    %968 = stablehlo.add %925, %967 : tensor<1x1024x768xf32>
    %969 = stablehlo.broadcast_in_dim %arg108, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %970 = stablehlo.broadcast_in_dim %969, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %971 = stablehlo.add %968, %970 : tensor<1x1024x768xf32>
    %cst_178 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %972 = stablehlo.reduce(%971 init: %cst_178) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %973 = stablehlo.broadcast_in_dim %972, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_179 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %974 = stablehlo.broadcast_in_dim %cst_179, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %975 = stablehlo.divide %973, %974 : tensor<1x1024x1xf32>
    %976 = stablehlo.broadcast_in_dim %975, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %977 = stablehlo.subtract %971, %976 : tensor<1x1024x768xf32>
    %978 = stablehlo.multiply %977, %977 : tensor<1x1024x768xf32>
    %cst_180 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %979 = stablehlo.reduce(%978 init: %cst_180) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %980 = stablehlo.broadcast_in_dim %979, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_181 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %981 = stablehlo.broadcast_in_dim %cst_181, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %982 = stablehlo.divide %980, %981 : tensor<1x1024x1xf32>
    %983 = stablehlo.broadcast_in_dim %975, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %984 = stablehlo.subtract %971, %983 : tensor<1x1024x768xf32>
    %cst_182 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %985 = stablehlo.broadcast_in_dim %cst_182, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %986 = stablehlo.add %982, %985 : tensor<1x1024x1xf32>
    %987 = stablehlo.rsqrt %986 : tensor<1x1024x1xf32>
    %988 = stablehlo.broadcast_in_dim %987, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %989 = stablehlo.multiply %984, %988 : tensor<1x1024x768xf32>
    %990 = stablehlo.broadcast_in_dim %arg109, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %991 = stablehlo.broadcast_in_dim %990, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %992 = stablehlo.multiply %989, %991 : tensor<1x1024x768xf32>
    %993 = stablehlo.broadcast_in_dim %arg110, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %994 = stablehlo.broadcast_in_dim %993, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %995 = stablehlo.add %992, %994 : tensor<1x1024x768xf32>
    %996 = stablehlo.dot_general %995, %arg111, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x2304xf32>) -> tensor<1x1024x2304xf32>
    %997 = stablehlo.broadcast_in_dim %arg112, dims = [2] : (tensor<2304xf32>) -> tensor<1x1x2304xf32>
    %998 = stablehlo.broadcast_in_dim %997, dims = [0, 1, 2] : (tensor<1x1x2304xf32>) -> tensor<1x1024x2304xf32>
    %999 = stablehlo.add %996, %998 : tensor<1x1024x2304xf32>
    %1000 = stablehlo.slice %999 [0:1, 0:1024, 0:768] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %1001 = stablehlo.slice %999 [0:1, 0:1024, 768:1536] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %1002 = stablehlo.slice %999 [0:1, 0:1024, 1536:2304] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %1003 = stablehlo.reshape %1000 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %1004 = stablehlo.transpose %1003, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %1005 = stablehlo.reshape %1001 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %1006 = stablehlo.transpose %1005, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %1007 = stablehlo.reshape %1002 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %1008 = stablehlo.transpose %1007, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %1009 = stablehlo.dot_general %1004, %1006, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<1x12x1024x64xf32>, tensor<1x12x1024x64xf32>) -> tensor<1x12x1024x1024xf32>
    %cst_183 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %1010 = stablehlo.broadcast_in_dim %cst_183, dims = [] : (tensor<f32>) -> tensor<1x12x1024x1024xf32>
    %1011 = stablehlo.divide %1009, %1010 : tensor<1x12x1024x1024xf32>
    %c_184 = stablehlo.constant dense<true> : tensor<i1>
    %1012 = stablehlo.broadcast_in_dim %c_184, dims = [] : (tensor<i1>) -> tensor<1024x1024xi1>
    %1013 = call @tril(%1012) : (tensor<1024x1024xi1>) -> tensor<1024x1024xi1>
    %cst_185 = stablehlo.constant dense<-1.000000e+09> : tensor<f32>
    %1014 = call @_where(%1013, %1011, %cst_185) : (tensor<1024x1024xi1>, tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024x1024xf32>
    %cst_186 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %1015 = stablehlo.reduce(%1014 init: %cst_186) applies stablehlo.maximum across dimensions = [3] : (tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024xf32>
    %cst_187 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %1016 = stablehlo.broadcast_in_dim %cst_187, dims = [] : (tensor<f32>) -> tensor<1x12x1024xf32>
    %1017 = stablehlo.maximum %1016, %1015 : tensor<1x12x1024xf32>
    %1018 = stablehlo.broadcast_in_dim %1017, dims = [0, 1, 2] : (tensor<1x12x1024xf32>) -> tensor<1x12x1024x1xf32>
    %1019 = stablehlo.broadcast_in_dim %1018, dims = [0, 1, 2, 3] : (tensor<1x12x1024x1xf32>) -> tensor<1x12x1024x1024xf32>
    %1020 = stablehlo.subtract %1014, %1019 : tensor<1x12x1024x1024xf32>
    %1021 = stablehlo.exponential %1020 : tensor<1x12x1024x1024xf32>
    %cst_188 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %1022 = stablehlo.reduce(%1021 init: %cst_188) applies stablehlo.add across dimensions = [3] : (tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024xf32>
    %1023 = stablehlo.broadcast_in_dim %1022, dims = [0, 1, 2] : (tensor<1x12x1024xf32>) -> tensor<1x12x1024x1xf32>
    %1024 = stablehlo.broadcast_in_dim %1023, dims = [0, 1, 2, 3] : (tensor<1x12x1024x1xf32>) -> tensor<1x12x1024x1024xf32>
    %1025 = stablehlo.divide %1021, %1024 : tensor<1x12x1024x1024xf32>
    %1026 = stablehlo.dot_general %1025, %1008, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<1x12x1024x1024xf32>, tensor<1x12x1024x64xf32>) -> tensor<1x12x1024x64xf32>
    %1027 = stablehlo.transpose %1026, dims = [0, 2, 1, 3] : (tensor<1x12x1024x64xf32>) -> tensor<1x1024x12x64xf32>
    %1028 = stablehlo.reshape %1027 : (tensor<1x1024x12x64xf32>) -> tensor<1x1024x768xf32>
    %1029 = stablehlo.dot_general %1028, %arg113, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x768xf32>) -> tensor<1x1024x768xf32>
    %1030 = stablehlo.add %971, %1029 : tensor<1x1024x768xf32>
    %1031 = stablehlo.broadcast_in_dim %arg114, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %1032 = stablehlo.broadcast_in_dim %1031, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %1033 = stablehlo.add %1030, %1032 : tensor<1x1024x768xf32>
    %cst_189 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %1034 = stablehlo.reduce(%1033 init: %cst_189) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %1035 = stablehlo.broadcast_in_dim %1034, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_190 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %1036 = stablehlo.broadcast_in_dim %cst_190, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %1037 = stablehlo.divide %1035, %1036 : tensor<1x1024x1xf32>
    %1038 = stablehlo.broadcast_in_dim %1037, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %1039 = stablehlo.subtract %1033, %1038 : tensor<1x1024x768xf32>
    %1040 = stablehlo.multiply %1039, %1039 : tensor<1x1024x768xf32>
    %cst_191 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %1041 = stablehlo.reduce(%1040 init: %cst_191) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %1042 = stablehlo.broadcast_in_dim %1041, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_192 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %1043 = stablehlo.broadcast_in_dim %cst_192, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %1044 = stablehlo.divide %1042, %1043 : tensor<1x1024x1xf32>
    %1045 = stablehlo.broadcast_in_dim %1037, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %1046 = stablehlo.subtract %1033, %1045 : tensor<1x1024x768xf32>
    %cst_193 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %1047 = stablehlo.broadcast_in_dim %cst_193, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %1048 = stablehlo.add %1044, %1047 : tensor<1x1024x1xf32>
    %1049 = stablehlo.rsqrt %1048 : tensor<1x1024x1xf32>
    %1050 = stablehlo.broadcast_in_dim %1049, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %1051 = stablehlo.multiply %1046, %1050 : tensor<1x1024x768xf32>
    %1052 = stablehlo.broadcast_in_dim %arg115, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %1053 = stablehlo.broadcast_in_dim %1052, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %1054 = stablehlo.multiply %1051, %1053 : tensor<1x1024x768xf32>
    %1055 = stablehlo.broadcast_in_dim %arg116, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %1056 = stablehlo.broadcast_in_dim %1055, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %1057 = stablehlo.add %1054, %1056 : tensor<1x1024x768xf32>
    %1058 = stablehlo.dot_general %1057, %arg117, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x3072xf32>) -> tensor<1x1024x3072xf32>
    %1059 = stablehlo.broadcast_in_dim %arg118, dims = [2] : (tensor<3072xf32>) -> tensor<1x1x3072xf32>
    %1060 = stablehlo.broadcast_in_dim %1059, dims = [0, 1, 2] : (tensor<1x1x3072xf32>) -> tensor<1x1024x3072xf32>
    %1061 = stablehlo.add %1058, %1060 : tensor<1x1024x3072xf32>
    %1062 = stablehlo.multiply %1061, %1061 : tensor<1x1024x3072xf32>
    %1063 = stablehlo.multiply %1062, %1061 : tensor<1x1024x3072xf32>
    %cst_194 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %1064 = stablehlo.broadcast_in_dim %cst_194, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %1065 = stablehlo.multiply %1064, %1063 : tensor<1x1024x3072xf32>
    %1066 = stablehlo.add %1061, %1065 : tensor<1x1024x3072xf32>
    %cst_195 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %1067 = stablehlo.broadcast_in_dim %cst_195, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %1068 = stablehlo.multiply %1067, %1066 : tensor<1x1024x3072xf32>
    %1069 = stablehlo.tanh %1068 : tensor<1x1024x3072xf32>
    %cst_196 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %1070 = stablehlo.broadcast_in_dim %cst_196, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %1071 = stablehlo.add %1070, %1069 : tensor<1x1024x3072xf32>
    %cst_197 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %1072 = stablehlo.broadcast_in_dim %cst_197, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %1073 = stablehlo.multiply %1072, %1071 : tensor<1x1024x3072xf32>
    %1074 = stablehlo.multiply %1061, %1073 : tensor<1x1024x3072xf32>
    %1075 = stablehlo.dot_general %1074, %arg119, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x3072xf32>, tensor<3072x768xf32>) -> tensor<1x1024x768xf32>
    %1076 = stablehlo.add %1033, %1075 : tensor<1x1024x768xf32>
    %1077 = stablehlo.broadcast_in_dim %arg120, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %1078 = stablehlo.broadcast_in_dim %1077, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %1079 = stablehlo.add %1076, %1078 : tensor<1x1024x768xf32>
    %cst_198 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %1080 = stablehlo.reduce(%1079 init: %cst_198) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %1081 = stablehlo.broadcast_in_dim %1080, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_199 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %1082 = stablehlo.broadcast_in_dim %cst_199, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %1083 = stablehlo.divide %1081, %1082 : tensor<1x1024x1xf32>
    %1084 = stablehlo.broadcast_in_dim %1083, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %1085 = stablehlo.subtract %1079, %1084 : tensor<1x1024x768xf32>
    %1086 = stablehlo.multiply %1085, %1085 : tensor<1x1024x768xf32>
    %cst_200 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %1087 = stablehlo.reduce(%1086 init: %cst_200) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %1088 = stablehlo.broadcast_in_dim %1087, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_201 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %1089 = stablehlo.broadcast_in_dim %cst_201, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %1090 = stablehlo.divide %1088, %1089 : tensor<1x1024x1xf32>
    %1091 = stablehlo.broadcast_in_dim %1083, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %1092 = stablehlo.subtract %1079, %1091 : tensor<1x1024x768xf32>
    %cst_202 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %1093 = stablehlo.broadcast_in_dim %cst_202, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %1094 = stablehlo.add %1090, %1093 : tensor<1x1024x1xf32>
    %1095 = stablehlo.rsqrt %1094 : tensor<1x1024x1xf32>
    %1096 = stablehlo.broadcast_in_dim %1095, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %1097 = stablehlo.multiply %1092, %1096 : tensor<1x1024x768xf32>
    %1098 = stablehlo.broadcast_in_dim %arg121, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %1099 = stablehlo.broadcast_in_dim %1098, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %1100 = stablehlo.multiply %1097, %1099 : tensor<1x1024x768xf32>
    %1101 = stablehlo.broadcast_in_dim %arg122, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %1102 = stablehlo.broadcast_in_dim %1101, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %1103 = stablehlo.add %1100, %1102 : tensor<1x1024x768xf32>
    %1104 = stablehlo.dot_general %1103, %arg123, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x2304xf32>) -> tensor<1x1024x2304xf32>
    %1105 = stablehlo.broadcast_in_dim %arg124, dims = [2] : (tensor<2304xf32>) -> tensor<1x1x2304xf32>
    %1106 = stablehlo.broadcast_in_dim %1105, dims = [0, 1, 2] : (tensor<1x1x2304xf32>) -> tensor<1x1024x2304xf32>
    %1107 = stablehlo.add %1104, %1106 : tensor<1x1024x2304xf32>
    %1108 = stablehlo.slice %1107 [0:1, 0:1024, 0:768] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %1109 = stablehlo.slice %1107 [0:1, 0:1024, 768:1536] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %1110 = stablehlo.slice %1107 [0:1, 0:1024, 1536:2304] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %1111 = stablehlo.reshape %1108 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %1112 = stablehlo.transpose %1111, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %1113 = stablehlo.reshape %1109 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %1114 = stablehlo.transpose %1113, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %1115 = stablehlo.reshape %1110 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %1116 = stablehlo.transpose %1115, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %1117 = stablehlo.dot_general %1112, %1114, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<1x12x1024x64xf32>, tensor<1x12x1024x64xf32>) -> tensor<1x12x1024x1024xf32>
    %cst_203 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %1118 = stablehlo.broadcast_in_dim %cst_203, dims = [] : (tensor<f32>) -> tensor<1x12x1024x1024xf32>
    %1119 = stablehlo.divide %1117, %1118 : tensor<1x12x1024x1024xf32>
    %c_204 = stablehlo.constant dense<true> : tensor<i1>
    %1120 = stablehlo.broadcast_in_dim %c_204, dims = [] : (tensor<i1>) -> tensor<1024x1024xi1>
    %1121 = call @tril(%1120) : (tensor<1024x1024xi1>) -> tensor<1024x1024xi1>
    %cst_205 = stablehlo.constant dense<-1.000000e+09> : tensor<f32>
    %1122 = call @_where(%1121, %1119, %cst_205) : (tensor<1024x1024xi1>, tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024x1024xf32>
    %cst_206 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %1123 = stablehlo.reduce(%1122 init: %cst_206) applies stablehlo.maximum across dimensions = [3] : (tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024xf32>
    %cst_207 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %1124 = stablehlo.broadcast_in_dim %cst_207, dims = [] : (tensor<f32>) -> tensor<1x12x1024xf32>
    %1125 = stablehlo.maximum %1124, %1123 : tensor<1x12x1024xf32>
    %1126 = stablehlo.broadcast_in_dim %1125, dims = [0, 1, 2] : (tensor<1x12x1024xf32>) -> tensor<1x12x1024x1xf32>
    %1127 = stablehlo.broadcast_in_dim %1126, dims = [0, 1, 2, 3] : (tensor<1x12x1024x1xf32>) -> tensor<1x12x1024x1024xf32>
    %1128 = stablehlo.subtract %1122, %1127 : tensor<1x12x1024x1024xf32>
    %1129 = stablehlo.exponential %1128 : tensor<1x12x1024x1024xf32>
    %cst_208 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %1130 = stablehlo.reduce(%1129 init: %cst_208) applies stablehlo.add across dimensions = [3] : (tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024xf32>
    %1131 = stablehlo.broadcast_in_dim %1130, dims = [0, 1, 2] : (tensor<1x12x1024xf32>) -> tensor<1x12x1024x1xf32>
    %1132 = stablehlo.broadcast_in_dim %1131, dims = [0, 1, 2, 3] : (tensor<1x12x1024x1xf32>) -> tensor<1x12x1024x1024xf32>
    %1133 = stablehlo.divide %1129, %1132 : tensor<1x12x1024x1024xf32>
    %1134 = stablehlo.dot_general %1133, %1116, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<1x12x1024x1024xf32>, tensor<1x12x1024x64xf32>) -> tensor<1x12x1024x64xf32>
    %1135 = stablehlo.transpose %1134, dims = [0, 2, 1, 3] : (tensor<1x12x1024x64xf32>) -> tensor<1x1024x12x64xf32>
    %1136 = stablehlo.reshape %1135 : (tensor<1x1024x12x64xf32>) -> tensor<1x1024x768xf32>
    %1137 = stablehlo.dot_general %1136, %arg125, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x768xf32>) -> tensor<1x1024x768xf32>
    %1138 = stablehlo.add %1079, %1137 : tensor<1x1024x768xf32>
    %1139 = stablehlo.broadcast_in_dim %arg126, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %1140 = stablehlo.broadcast_in_dim %1139, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %1141 = stablehlo.add %1138, %1140 : tensor<1x1024x768xf32>
    %cst_209 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %1142 = stablehlo.reduce(%1141 init: %cst_209) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %1143 = stablehlo.broadcast_in_dim %1142, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_210 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %1144 = stablehlo.broadcast_in_dim %cst_210, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %1145 = stablehlo.divide %1143, %1144 : tensor<1x1024x1xf32>
    %1146 = stablehlo.broadcast_in_dim %1145, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %1147 = stablehlo.subtract %1141, %1146 : tensor<1x1024x768xf32>
    %1148 = stablehlo.multiply %1147, %1147 : tensor<1x1024x768xf32>
    %cst_211 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %1149 = stablehlo.reduce(%1148 init: %cst_211) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %1150 = stablehlo.broadcast_in_dim %1149, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_212 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %1151 = stablehlo.broadcast_in_dim %cst_212, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %1152 = stablehlo.divide %1150, %1151 : tensor<1x1024x1xf32>
    %1153 = stablehlo.broadcast_in_dim %1145, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %1154 = stablehlo.subtract %1141, %1153 : tensor<1x1024x768xf32>
    %cst_213 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %1155 = stablehlo.broadcast_in_dim %cst_213, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %1156 = stablehlo.add %1152, %1155 : tensor<1x1024x1xf32>
    %1157 = stablehlo.rsqrt %1156 : tensor<1x1024x1xf32>
    %1158 = stablehlo.broadcast_in_dim %1157, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %1159 = stablehlo.multiply %1154, %1158 : tensor<1x1024x768xf32>
    %1160 = stablehlo.broadcast_in_dim %arg127, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %1161 = stablehlo.broadcast_in_dim %1160, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %1162 = stablehlo.multiply %1159, %1161 : tensor<1x1024x768xf32>
    %1163 = stablehlo.broadcast_in_dim %arg128, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %1164 = stablehlo.broadcast_in_dim %1163, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %1165 = stablehlo.add %1162, %1164 : tensor<1x1024x768xf32>
    %1166 = stablehlo.dot_general %1165, %arg129, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x3072xf32>) -> tensor<1x1024x3072xf32>
    %1167 = stablehlo.broadcast_in_dim %arg130, dims = [2] : (tensor<3072xf32>) -> tensor<1x1x3072xf32>
    %1168 = stablehlo.broadcast_in_dim %1167, dims = [0, 1, 2] : (tensor<1x1x3072xf32>) -> tensor<1x1024x3072xf32>
    %1169 = stablehlo.add %1166, %1168 : tensor<1x1024x3072xf32>
    %1170 = stablehlo.multiply %1169, %1169 : tensor<1x1024x3072xf32>
    %1171 = stablehlo.multiply %1170, %1169 : tensor<1x1024x3072xf32>
    %cst_214 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %1172 = stablehlo.broadcast_in_dim %cst_214, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %1173 = stablehlo.multiply %1172, %1171 : tensor<1x1024x3072xf32>
    %1174 = stablehlo.add %1169, %1173 : tensor<1x1024x3072xf32>
    %cst_215 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %1175 = stablehlo.broadcast_in_dim %cst_215, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %1176 = stablehlo.multiply %1175, %1174 : tensor<1x1024x3072xf32>
    %1177 = stablehlo.tanh %1176 : tensor<1x1024x3072xf32>
    %cst_216 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %1178 = stablehlo.broadcast_in_dim %cst_216, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %1179 = stablehlo.add %1178, %1177 : tensor<1x1024x3072xf32>
    %cst_217 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %1180 = stablehlo.broadcast_in_dim %cst_217, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %1181 = stablehlo.multiply %1180, %1179 : tensor<1x1024x3072xf32>
    %1182 = stablehlo.multiply %1169, %1181 : tensor<1x1024x3072xf32>
    %1183 = stablehlo.dot_general %1182, %arg131, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x3072xf32>, tensor<3072x768xf32>) -> tensor<1x1024x768xf32>
    %1184 = stablehlo.add %1141, %1183 : tensor<1x1024x768xf32>
    %1185 = stablehlo.broadcast_in_dim %arg132, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %1186 = stablehlo.broadcast_in_dim %1185, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %1187 = stablehlo.add %1184, %1186 : tensor<1x1024x768xf32>
    %cst_218 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %1188 = stablehlo.reduce(%1187 init: %cst_218) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %1189 = stablehlo.broadcast_in_dim %1188, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_219 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %1190 = stablehlo.broadcast_in_dim %cst_219, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %1191 = stablehlo.divide %1189, %1190 : tensor<1x1024x1xf32>
    %1192 = stablehlo.broadcast_in_dim %1191, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %1193 = stablehlo.subtract %1187, %1192 : tensor<1x1024x768xf32>
    %1194 = stablehlo.multiply %1193, %1193 : tensor<1x1024x768xf32>
    %cst_220 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %1195 = stablehlo.reduce(%1194 init: %cst_220) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %1196 = stablehlo.broadcast_in_dim %1195, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_221 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %1197 = stablehlo.broadcast_in_dim %cst_221, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %1198 = stablehlo.divide %1196, %1197 : tensor<1x1024x1xf32>
    %1199 = stablehlo.broadcast_in_dim %1191, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %1200 = stablehlo.subtract %1187, %1199 : tensor<1x1024x768xf32>
    %cst_222 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %1201 = stablehlo.broadcast_in_dim %cst_222, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %1202 = stablehlo.add %1198, %1201 : tensor<1x1024x1xf32>
    %1203 = stablehlo.rsqrt %1202 : tensor<1x1024x1xf32>
    %1204 = stablehlo.broadcast_in_dim %1203, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %1205 = stablehlo.multiply %1200, %1204 : tensor<1x1024x768xf32>
    %1206 = stablehlo.broadcast_in_dim %arg133, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %1207 = stablehlo.broadcast_in_dim %1206, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %1208 = stablehlo.multiply %1205, %1207 : tensor<1x1024x768xf32>
    %1209 = stablehlo.broadcast_in_dim %arg134, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %1210 = stablehlo.broadcast_in_dim %1209, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %1211 = stablehlo.add %1208, %1210 : tensor<1x1024x768xf32>
    %1212 = stablehlo.dot_general %1211, %arg135, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x2304xf32>) -> tensor<1x1024x2304xf32>
    %1213 = stablehlo.broadcast_in_dim %arg136, dims = [2] : (tensor<2304xf32>) -> tensor<1x1x2304xf32>
    %1214 = stablehlo.broadcast_in_dim %1213, dims = [0, 1, 2] : (tensor<1x1x2304xf32>) -> tensor<1x1024x2304xf32>
    %1215 = stablehlo.add %1212, %1214 : tensor<1x1024x2304xf32>
    %1216 = stablehlo.slice %1215 [0:1, 0:1024, 0:768] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %1217 = stablehlo.slice %1215 [0:1, 0:1024, 768:1536] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %1218 = stablehlo.slice %1215 [0:1, 0:1024, 1536:2304] : (tensor<1x1024x2304xf32>) -> tensor<1x1024x768xf32>
    %1219 = stablehlo.reshape %1216 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %1220 = stablehlo.transpose %1219, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %1221 = stablehlo.reshape %1217 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %1222 = stablehlo.transpose %1221, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %1223 = stablehlo.reshape %1218 : (tensor<1x1024x768xf32>) -> tensor<1x1024x12x64xf32>
    %1224 = stablehlo.transpose %1223, dims = [0, 2, 1, 3] : (tensor<1x1024x12x64xf32>) -> tensor<1x12x1024x64xf32>
    %1225 = stablehlo.dot_general %1220, %1222, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<1x12x1024x64xf32>, tensor<1x12x1024x64xf32>) -> tensor<1x12x1024x1024xf32>
    %cst_223 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %1226 = stablehlo.broadcast_in_dim %cst_223, dims = [] : (tensor<f32>) -> tensor<1x12x1024x1024xf32>
    %1227 = stablehlo.divide %1225, %1226 : tensor<1x12x1024x1024xf32>
    %c_224 = stablehlo.constant dense<true> : tensor<i1>
    %1228 = stablehlo.broadcast_in_dim %c_224, dims = [] : (tensor<i1>) -> tensor<1024x1024xi1>
    %1229 = call @tril(%1228) : (tensor<1024x1024xi1>) -> tensor<1024x1024xi1>
    %cst_225 = stablehlo.constant dense<-1.000000e+09> : tensor<f32>
    %1230 = call @_where(%1229, %1227, %cst_225) : (tensor<1024x1024xi1>, tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024x1024xf32>
    %cst_226 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %1231 = stablehlo.reduce(%1230 init: %cst_226) applies stablehlo.maximum across dimensions = [3] : (tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024xf32>
    %cst_227 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %1232 = stablehlo.broadcast_in_dim %cst_227, dims = [] : (tensor<f32>) -> tensor<1x12x1024xf32>
    %1233 = stablehlo.maximum %1232, %1231 : tensor<1x12x1024xf32>
    %1234 = stablehlo.broadcast_in_dim %1233, dims = [0, 1, 2] : (tensor<1x12x1024xf32>) -> tensor<1x12x1024x1xf32>
    %1235 = stablehlo.broadcast_in_dim %1234, dims = [0, 1, 2, 3] : (tensor<1x12x1024x1xf32>) -> tensor<1x12x1024x1024xf32>
    %1236 = stablehlo.subtract %1230, %1235 : tensor<1x12x1024x1024xf32>
    %1237 = stablehlo.exponential %1236 : tensor<1x12x1024x1024xf32>
    %cst_228 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %1238 = stablehlo.reduce(%1237 init: %cst_228) applies stablehlo.add across dimensions = [3] : (tensor<1x12x1024x1024xf32>, tensor<f32>) -> tensor<1x12x1024xf32>
    %1239 = stablehlo.broadcast_in_dim %1238, dims = [0, 1, 2] : (tensor<1x12x1024xf32>) -> tensor<1x12x1024x1xf32>
    %1240 = stablehlo.broadcast_in_dim %1239, dims = [0, 1, 2, 3] : (tensor<1x12x1024x1xf32>) -> tensor<1x12x1024x1024xf32>
    %1241 = stablehlo.divide %1237, %1240 : tensor<1x12x1024x1024xf32>
    %1242 = stablehlo.dot_general %1241, %1224, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<1x12x1024x1024xf32>, tensor<1x12x1024x64xf32>) -> tensor<1x12x1024x64xf32>
    %1243 = stablehlo.transpose %1242, dims = [0, 2, 1, 3] : (tensor<1x12x1024x64xf32>) -> tensor<1x1024x12x64xf32>
    %1244 = stablehlo.reshape %1243 : (tensor<1x1024x12x64xf32>) -> tensor<1x1024x768xf32>
    %1245 = stablehlo.dot_general %1244, %arg137, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x768xf32>) -> tensor<1x1024x768xf32>
    %1246 = stablehlo.add %1187, %1245 : tensor<1x1024x768xf32>
    %1247 = stablehlo.broadcast_in_dim %arg138, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %1248 = stablehlo.broadcast_in_dim %1247, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %1249 = stablehlo.add %1246, %1248 : tensor<1x1024x768xf32>
    %cst_229 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %1250 = stablehlo.reduce(%1249 init: %cst_229) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %1251 = stablehlo.broadcast_in_dim %1250, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_230 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %1252 = stablehlo.broadcast_in_dim %cst_230, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %1253 = stablehlo.divide %1251, %1252 : tensor<1x1024x1xf32>
    %1254 = stablehlo.broadcast_in_dim %1253, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %1255 = stablehlo.subtract %1249, %1254 : tensor<1x1024x768xf32>
    %1256 = stablehlo.multiply %1255, %1255 : tensor<1x1024x768xf32>
    %cst_231 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %1257 = stablehlo.reduce(%1256 init: %cst_231) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %1258 = stablehlo.broadcast_in_dim %1257, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_232 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %1259 = stablehlo.broadcast_in_dim %cst_232, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %1260 = stablehlo.divide %1258, %1259 : tensor<1x1024x1xf32>
    %1261 = stablehlo.broadcast_in_dim %1253, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %1262 = stablehlo.subtract %1249, %1261 : tensor<1x1024x768xf32>
    %cst_233 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %1263 = stablehlo.broadcast_in_dim %cst_233, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %1264 = stablehlo.add %1260, %1263 : tensor<1x1024x1xf32>
    %1265 = stablehlo.rsqrt %1264 : tensor<1x1024x1xf32>
    %1266 = stablehlo.broadcast_in_dim %1265, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %1267 = stablehlo.multiply %1262, %1266 : tensor<1x1024x768xf32>
    %1268 = stablehlo.broadcast_in_dim %arg139, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %1269 = stablehlo.broadcast_in_dim %1268, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %1270 = stablehlo.multiply %1267, %1269 : tensor<1x1024x768xf32>
    %1271 = stablehlo.broadcast_in_dim %arg140, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %1272 = stablehlo.broadcast_in_dim %1271, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %1273 = stablehlo.add %1270, %1272 : tensor<1x1024x768xf32>
    %1274 = stablehlo.dot_general %1273, %arg141, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x3072xf32>) -> tensor<1x1024x3072xf32>
    %1275 = stablehlo.broadcast_in_dim %arg142, dims = [2] : (tensor<3072xf32>) -> tensor<1x1x3072xf32>
    %1276 = stablehlo.broadcast_in_dim %1275, dims = [0, 1, 2] : (tensor<1x1x3072xf32>) -> tensor<1x1024x3072xf32>
    %1277 = stablehlo.add %1274, %1276 : tensor<1x1024x3072xf32>
    %1278 = stablehlo.multiply %1277, %1277 : tensor<1x1024x3072xf32>
    %1279 = stablehlo.multiply %1278, %1277 : tensor<1x1024x3072xf32>
    %cst_234 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %1280 = stablehlo.broadcast_in_dim %cst_234, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %1281 = stablehlo.multiply %1280, %1279 : tensor<1x1024x3072xf32>
    %1282 = stablehlo.add %1277, %1281 : tensor<1x1024x3072xf32>
    %cst_235 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %1283 = stablehlo.broadcast_in_dim %cst_235, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %1284 = stablehlo.multiply %1283, %1282 : tensor<1x1024x3072xf32>
    %1285 = stablehlo.tanh %1284 : tensor<1x1024x3072xf32>
    %cst_236 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %1286 = stablehlo.broadcast_in_dim %cst_236, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %1287 = stablehlo.add %1286, %1285 : tensor<1x1024x3072xf32>
    %cst_237 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %1288 = stablehlo.broadcast_in_dim %cst_237, dims = [] : (tensor<f32>) -> tensor<1x1024x3072xf32>
    %1289 = stablehlo.multiply %1288, %1287 : tensor<1x1024x3072xf32>
    %1290 = stablehlo.multiply %1277, %1289 : tensor<1x1024x3072xf32>
    %1291 = stablehlo.dot_general %1290, %arg143, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x3072xf32>, tensor<3072x768xf32>) -> tensor<1x1024x768xf32>
    %1292 = stablehlo.add %1249, %1291 : tensor<1x1024x768xf32>
    %1293 = stablehlo.broadcast_in_dim %arg144, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %1294 = stablehlo.broadcast_in_dim %1293, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %1295 = stablehlo.add %1292, %1294 : tensor<1x1024x768xf32>
    %cst_238 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %1296 = stablehlo.reduce(%1295 init: %cst_238) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %1297 = stablehlo.broadcast_in_dim %1296, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_239 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %1298 = stablehlo.broadcast_in_dim %cst_239, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %1299 = stablehlo.divide %1297, %1298 : tensor<1x1024x1xf32>
    %1300 = stablehlo.broadcast_in_dim %1299, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %1301 = stablehlo.subtract %1295, %1300 : tensor<1x1024x768xf32>
    %1302 = stablehlo.multiply %1301, %1301 : tensor<1x1024x768xf32>
    %cst_240 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %1303 = stablehlo.reduce(%1302 init: %cst_240) applies stablehlo.add across dimensions = [2] : (tensor<1x1024x768xf32>, tensor<f32>) -> tensor<1x1024xf32>
    %1304 = stablehlo.broadcast_in_dim %1303, dims = [0, 1] : (tensor<1x1024xf32>) -> tensor<1x1024x1xf32>
    %cst_241 = stablehlo.constant dense<7.680000e+02> : tensor<f32>
    %1305 = stablehlo.broadcast_in_dim %cst_241, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %1306 = stablehlo.divide %1304, %1305 : tensor<1x1024x1xf32>
    %1307 = stablehlo.broadcast_in_dim %1299, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %1308 = stablehlo.subtract %1295, %1307 : tensor<1x1024x768xf32>
    %cst_242 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %1309 = stablehlo.broadcast_in_dim %cst_242, dims = [] : (tensor<f32>) -> tensor<1x1024x1xf32>
    %1310 = stablehlo.add %1306, %1309 : tensor<1x1024x1xf32>
    %1311 = stablehlo.rsqrt %1310 : tensor<1x1024x1xf32>
    %1312 = stablehlo.broadcast_in_dim %1311, dims = [0, 1, 2] : (tensor<1x1024x1xf32>) -> tensor<1x1024x768xf32>
    %1313 = stablehlo.multiply %1308, %1312 : tensor<1x1024x768xf32>
    %1314 = stablehlo.broadcast_in_dim %arg145, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %1315 = stablehlo.broadcast_in_dim %1314, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %1316 = stablehlo.multiply %1313, %1315 : tensor<1x1024x768xf32>
    %1317 = stablehlo.broadcast_in_dim %arg146, dims = [2] : (tensor<768xf32>) -> tensor<1x1x768xf32>
    %1318 = stablehlo.broadcast_in_dim %1317, dims = [0, 1, 2] : (tensor<1x1x768xf32>) -> tensor<1x1024x768xf32>
    %1319 = stablehlo.add %1316, %1318 : tensor<1x1024x768xf32>
    %1320 = stablehlo.dot_general %1319, %arg147, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1024x768xf32>, tensor<768x50257xf32>) -> tensor<1x1024x50257xf32>
    return %1320 : tensor<1x1024x50257xf32>
  }
  func.func private @tril(%arg0: tensor<1024x1024xi1>) -> tensor<1024x1024xi1> {
    %0 = stablehlo.iota dim = 0 : tensor<1024x1024xi32>
    %c = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<1024x1024xi32>
    %2 = stablehlo.add %0, %1 : tensor<1024x1024xi32>
    %3 = stablehlo.iota dim = 1 : tensor<1024x1024xi32>
    %4 = stablehlo.compare GE, %2, %3, SIGNED : (tensor<1024x1024xi32>, tensor<1024x1024xi32>) -> tensor<1024x1024xi1>
    %c_0 = stablehlo.constant dense<false> : tensor<i1>
    %5 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i1>) -> tensor<1024x1024xi1>
    %6 = stablehlo.select %4, %arg0, %5 : tensor<1024x1024xi1>, tensor<1024x1024xi1>
    return %6 : tensor<1024x1024xi1>
  }
  func.func private @_where(%arg0: tensor<1024x1024xi1>, %arg1: tensor<1x12x1024x1024xf32>, %arg2: tensor<f32>) -> tensor<1x12x1024x1024xf32> {
    %0 = stablehlo.convert %arg2 : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %arg0, dims = [2, 3] : (tensor<1024x1024xi1>) -> tensor<1x12x1024x1024xi1>
    %2 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<1x12x1024x1024xf32>
    %3 = stablehlo.select %1, %arg1, %2 : tensor<1x12x1024x1024xi1>, tensor<1x12x1024x1024xf32>
    return %3 : tensor<1x12x1024x1024xf32>
  }
}
