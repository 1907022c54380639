module @jit_main attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<1x224x224x3xf32>, %arg1: tensor<3x3x3x32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<3x3x1x32xf32>, %arg5: tensor<32xf32>, %arg6: tensor<32xf32>, %arg7: tensor<32x8xf32>, %arg8: tensor<8xf32>, %arg9: tensor<8x32xf32>, %arg10: tensor<32xf32>, %arg11: tensor<1x1x32x16xf32>, %arg12: tensor<16xf32>, %arg13: tensor<16xf32>, %arg14: tensor<1x1x16x96xf32>, %arg15: tensor<96xf32>, %arg16: tensor<96xf32>, %arg17: tensor<3x3x1x96xf32>, %arg18: tensor<96xf32>, %arg19: tensor<96xf32>, %arg20: tensor<96x4xf32>, %arg21: tensor<4xf32>, %arg22: tensor<4x96xf32>, %arg23: tensor<96xf32>, %arg24: tensor<1x1x96x24xf32>, %arg25: tensor<24xf32>, %arg26: tensor<24xf32>, %arg27: tensor<1x1x24x144xf32>, %arg28: tensor<144xf32>, %arg29: tensor<144xf32>, %arg30: tensor<3x3x1x144xf32>, %arg31: tensor<144xf32>, %arg32: tensor<144xf32>, %arg33: tensor<144x6xf32>, %arg34: tensor<6xf32>, %arg35: tensor<6x144xf32>, %arg36: tensor<144xf32>, %arg37: tensor<1x1x144x24xf32>, %arg38: tensor<24xf32>, %arg39: tensor<24xf32>, %arg40: tensor<1x1x24x144xf32>, %arg41: tensor<144xf32>, %arg42: tensor<144xf32>, %arg43: tensor<5x5x1x144xf32>, %arg44: tensor<144xf32>, %arg45: tensor<144xf32>, %arg46: tensor<144x6xf32>, %arg47: tensor<6xf32>, %arg48: tensor<6x144xf32>, %arg49: tensor<144xf32>, %arg50: tensor<1x1x144x40xf32>, %arg51: tensor<40xf32>, %arg52: tensor<40xf32>, %arg53: tensor<1x1x40x240xf32>, %arg54: tensor<240xf32>, %arg55: tensor<240xf32>, %arg56: tensor<5x5x1x240xf32>, %arg57: tensor<240xf32>, %arg58: tensor<240xf32>, %arg59: tensor<240x10xf32>, %arg60: tensor<10xf32>, %arg61: tensor<10x240xf32>, %arg62: tensor<240xf32>, %arg63: tensor<1x1x240x40xf32>, %arg64: tensor<40xf32>, %arg65: tensor<40xf32>, %arg66: tensor<1x1x40x240xf32>, %arg67: tensor<240xf32>, %arg68: tensor<240xf32>, %arg69: tensor<3x3x1x240xf32>, %arg70: tensor<240xf32>, %arg71: tensor<240xf32>, %arg72: tensor<240x10xf32>, %arg73: tensor<10xf32>, %arg74: tensor<10x240xf32>, %arg75: tensor<240xf32>, %arg76: tensor<1x1x240x80xf32>, %arg77: tensor<80xf32>, %arg78: tensor<80xf32>, %arg79: tensor<1x1x80x480xf32>, %arg80: tensor<480xf32>, %arg81: tensor<480xf32>, %arg82: tensor<3x3x1x480xf32>, %arg83: tensor<480xf32>, %arg84: tensor<480xf32>, %arg85: tensor<480x20xf32>, %arg86: tensor<20xf32>, %arg87: tensor<20x480xf32>, %arg88: tensor<480xf32>, %arg89: tensor<1x1x480x80xf32>, %arg90: tensor<80xf32>, %arg91: tensor<80xf32>, %arg92: tensor<1x1x80x480xf32>, %arg93: tensor<480xf32>, %arg94: tensor<480xf32>, %arg95: tensor<3x3x1x480xf32>, %arg96: tensor<480xf32>, %arg97: tensor<480xf32>, %arg98: tensor<480x20xf32>, %arg99: tensor<20xf32>, %arg100: tensor<20x480xf32>, %arg101: tensor<480xf32>, %arg102: tensor<1x1x480x80xf32>, %arg103: tensor<80xf32>, %arg104: tensor<80xf32>, %arg105: tensor<1x1x80x480xf32>, %arg106: tensor<480xf32>, %arg107: tensor<480xf32>, %arg108: tensor<5x5x1x480xf32>, %arg109: tensor<480xf32>, %arg110: tensor<480xf32>, %arg111: tensor<480x20xf32>, %arg112: tensor<20xf32>, %arg113: tensor<20x480xf32>, %arg114: tensor<480xf32>, %arg115: tensor<1x1x480x112xf32>, %arg116: tensor<112xf32>, %arg117: tensor<112xf32>, %arg118: tensor<1x1x112x672xf32>, %arg119: tensor<672xf32>, %arg120: tensor<672xf32>, %arg121: tensor<5x5x1x672xf32>, %arg122: tensor<672xf32>, %arg123: tensor<672xf32>, %arg124: tensor<672x28xf32>, %arg125: tensor<28xf32>, %arg126: tensor<28x672xf32>, %arg127: tensor<672xf32>, %arg128: tensor<1x1x672x112xf32>, %arg129: tensor<112xf32>, %arg130: tensor<112xf32>, %arg131: tensor<1x1x112x672xf32>, %arg132: tensor<672xf32>, %arg133: tensor<672xf32>, %arg134: tensor<5x5x1x672xf32>, %arg135: tensor<672xf32>, %arg136: tensor<672xf32>, %arg137: tensor<672x28xf32>, %arg138: tensor<28xf32>, %arg139: tensor<28x672xf32>, %arg140: tensor<672xf32>, %arg141: tensor<1x1x672x112xf32>, %arg142: tensor<112xf32>, %arg143: tensor<112xf32>, %arg144: tensor<1x1x112x672xf32>, %arg145: tensor<672xf32>, %arg146: tensor<672xf32>, %arg147: tensor<5x5x1x672xf32>, %arg148: tensor<672xf32>, %arg149: tensor<672xf32>, %arg150: tensor<672x28xf32>, %arg151: tensor<28xf32>, %arg152: tensor<28x672xf32>, %arg153: tensor<672xf32>, %arg154: tensor<1x1x672x192xf32>, %arg155: tensor<192xf32>, %arg156: tensor<192xf32>, %arg157: tensor<1x1x192x1152xf32>, %arg158: tensor<1152xf32>, %arg159: tensor<1152xf32>, %arg160: tensor<5x5x1x1152xf32>, %arg161: tensor<1152xf32>, %arg162: tensor<1152xf32>, %arg163: tensor<1152x48xf32>, %arg164: tensor<48xf32>, %arg165: tensor<48x1152xf32>, %arg166: tensor<1152xf32>, %arg167: tensor<1x1x1152x192xf32>, %arg168: tensor<192xf32>, %arg169: tensor<192xf32>, %arg170: tensor<1x1x192x1152xf32>, %arg171: tensor<1152xf32>, %arg172: tensor<1152xf32>, %arg173: tensor<5x5x1x1152xf32>, %arg174: tensor<1152xf32>, %arg175: tensor<1152xf32>, %arg176: tensor<1152x48xf32>, %arg177: tensor<48xf32>, %arg178: tensor<48x1152xf32>, %arg179: tensor<1152xf32>, %arg180: tensor<1x1x1152x192xf32>, %arg181: tensor<192xf32>, %arg182: tensor<192xf32>, %arg183: tensor<1x1x192x1152xf32>, %arg184: tensor<1152xf32>, %arg185: tensor<1152xf32>, %arg186: tensor<5x5x1x1152xf32>, %arg187: tensor<1152xf32>, %arg188: tensor<1152xf32>, %arg189: tensor<1152x48xf32>, %arg190: tensor<48xf32>, %arg191: tensor<48x1152xf32>, %arg192: tensor<1152xf32>, %arg193: tensor<1x1x1152x192xf32>, %arg194: tensor<192xf32>, %arg195: tensor<192xf32>, %arg196: tensor<1x1x192x1152xf32>, %arg197: tensor<1152xf32>, %arg198: tensor<1152xf32>, %arg199: tensor<3x3x1x1152xf32>, %arg200: tensor<1152xf32>, %arg201: tensor<1152xf32>, %arg202: tensor<1152x48xf32>, %arg203: tensor<48xf32>, %arg204: tensor<48x1152xf32>, %arg205: tensor<1152xf32>, %arg206: tensor<1x1x1152x320xf32>, %arg207: tensor<320xf32>, %arg208: tensor<320xf32>, %arg209: tensor<1x1x320x1280xf32>, %arg210: tensor<1280xf32>, %arg211: tensor<1280xf32>, %arg212: tensor<1280x1000xf32>, %arg213: tensor<1000xf32>) -> (tensor<1x1000xf32> {jax.result_info = "result"}) {
    %0 = stablehlo.convolution(%arg0, %arg1) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 2], pad = [[0, 1], [0, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x224x224x3xf32>, tensor<3x3x3x32xf32>) -> tensor<1x112x112x32xf32>
    %1 = stablehlo.broadcast_in_dim %arg2, dims = [3] : (tensor<32xf32>) -> tensor<1x1x1x32xf32>
    %2 = stablehlo.broadcast_in_dim %1, dims = [0, 1, 2, 3] : (tensor<1x1x1x32xf32>) -> tensor<1x112x112x32xf32>
    %3 = stablehlo.multiply %0, %2 : tensor<1x112x112x32xf32>
    %4 = stablehlo.broadcast_in_dim %arg3, dims = [3] : (tensor<32xf32>) -> tensor<1x1x1x32xf32>
    %5 = stablehlo.broadcast_in_dim %4, dims = [0, 1, 2, 3] : (tensor<1x1x1x32xf32>) -> tensor<1x112x112x32xf32>
    %6 = stablehlo.add %3, %5 : tensor<1x112x112x32xf32>
    %7 = call @silu(%6) : (tensor<1x112x112x32xf32>) -> tensor<1x112x112x32xf32>
    %8 = stablehlo.convolution(%7, %arg4) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 32 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x112x112x32xf32>, tensor<3x3x1x32xf32>) -> tensor<1x112x112x32xf32>
    %9 = stablehlo.broadcast_in_dim %arg5, dims = [3] : (tensor<32xf32>) -> tensor<1x1x1x32xf32>
    %10 = stablehlo.broadcast_in_dim %9, dims = [0, 1, 2, 3] : (tensor<1x1x1x32xf32>) -> tensor<1x112x112x32xf32>
    %11 = stablehlo.multiply %8, %10 : tensor<1x112x112x32xf32>
    %12 = stablehlo.broadcast_in_dim %arg6, dims = [3] : (tensor<32xf32>) -> tensor<1x1x1x32xf32>
    %13 = stablehlo.broadcast_in_dim %12, dims = [0, 1, 2, 3] : (tensor<1x1x1x32xf32>) -> tensor<1x112x112x32xf32>
    %14 = stablehlo.add %11, %13 : tensor<1x112x112x32xf32>
    %15 = call @silu(%14) : (tensor<1x112x112x32xf32>) -> tensor<1x112x112x32xf32>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %16 = stablehlo.reduce(%15 init: %cst) applies stablehlo.add across dimensions = [1, 2] : (tensor<1x112x112x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %cst_0 = stablehlo.constant dense<1.254400e+04> : tensor<f32>
    %17 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<1x32xf32>
    %18 = stablehlo.divide %16, %17 : tensor<1x32xf32>
    %19 = stablehlo.dot_general %18, %arg7, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x32xf32>, tensor<32x8xf32>) -> tensor<1x8xf32>
    %20 = stablehlo.broadcast_in_dim %arg8, dims = [1] : (tensor<8xf32>) -> tensor<1x8xf32>
    %21 = stablehlo.add %19, %20 : tensor<1x8xf32>
    %22 = call @silu_0(%21) : (tensor<1x8xf32>) -> tensor<1x8xf32>
    %23 = stablehlo.dot_general %22, %arg9, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x8xf32>, tensor<8x32xf32>) -> tensor<1x32xf32>
    %24 = stablehlo.broadcast_in_dim %arg10, dims = [1] : (tensor<32xf32>) -> tensor<1x32xf32>
    %25 = stablehlo.add %23, %24 : tensor<1x32xf32>
    %26 = stablehlo.negate %25 : tensor<1x32xf32>
    %27 = stablehlo.exponential %26 : tensor<1x32xf32>
    %cst_1 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %28 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<1x32xf32>
    %29 = stablehlo.add %28, %27 : tensor<1x32xf32>
    %cst_2 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %30 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<f32>) -> tensor<1x32xf32>
    %31 = stablehlo.divide %30, %29 : tensor<1x32xf32>
    %32 = stablehlo.broadcast_in_dim %31, dims = [0, 3] : (tensor<1x32xf32>) -> tensor<1x1x1x32xf32>
    %33 = stablehlo.broadcast_in_dim %32, dims = [0, 1, 2, 3] : (tensor<1x1x1x32xf32>) -> tensor<1x112x112x32xf32>
    %34 = stablehlo.multiply %15, %33 : tensor<1x112x112x32xf32>
    %35 = stablehlo.convolution(%34, %arg11) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x112x112x32xf32>, tensor<1x1x32x16xf32>) -> tensor<1x112x112x16xf32>
    %36 = stablehlo.broadcast_in_dim %arg12, dims = [3] : (tensor<16xf32>) -> tensor<1x1x1x16xf32>
    %37 = stablehlo.broadcast_in_dim %36, dims = [0, 1, 2, 3] : (tensor<1x1x1x16xf32>) -> tensor<1x112x112x16xf32>
    %38 = stablehlo.multiply %35, %37 : tensor<1x112x112x16xf32>
    %39 = stablehlo.broadcast_in_dim %arg13, dims = [3] : (tensor<16xf32>) -> tensor<1x1x1x16xf32>
    %40 = stablehlo.broadcast_in_dim %39, dims = [0, 1, 2, 3] : (tensor<1x1x1x16xf32>) -> tensor<1x112x112x16xf32>
    %41 = stablehlo.add %38, %40 : tensor<1x112x112x16xf32>
    %42 = stablehlo.convolution(%41, %arg14) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x112x112x16xf32>, tensor<1x1x16x96xf32>) -> tensor<1x112x112x96xf32>
    %43 = stablehlo.broadcast_in_dim %arg15, dims = [3] : (tensor<96xf32>) -> tensor<1x1x1x96xf32>
    %44 = stablehlo.broadcast_in_dim %43, dims = [0, 1, 2, 3] : (tensor<1x1x1x96xf32>) -> tensor<1x112x112x96xf32>
    %45 = stablehlo.multiply %42, %44 : tensor<1x112x112x96xf32>
    %46 = stablehlo.broadcast_in_dim %arg16, dims = [3] : (tensor<96xf32>) -> tensor<1x1x1x96xf32>
    %47 = stablehlo.broadcast_in_dim %46, dims = [0, 1, 2, 3] : (tensor<1x1x1x96xf32>) -> tensor<1x112x112x96xf32>
    %48 = stablehlo.add %45, %47 : tensor<1x112x112x96xf32>
    %49 = call @silu_1(%48) : (tensor<1x112x112x96xf32>) -> tensor<1x112x112x96xf32>
    %50 = stablehlo.convolution(%49, %arg17) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 2], pad = [[0, 1], [0, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 96 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x112x112x96xf32>, tensor<3x3x1x96xf32>) -> tensor<1x56x56x96xf32>
    %51 = stablehlo.broadcast_in_dim %arg18, dims = [3] : (tensor<96xf32>) -> tensor<1x1x1x96xf32>
    %52 = stablehlo.broadcast_in_dim %51, dims = [0, 1, 2, 3] : (tensor<1x1x1x96xf32>) -> tensor<1x56x56x96xf32>
    %53 = stablehlo.multiply %50, %52 : tensor<1x56x56x96xf32>
    %54 = stablehlo.broadcast_in_dim %arg19, dims = [3] : (tensor<96xf32>) -> tensor<1x1x1x96xf32>
    %55 = stablehlo.broadcast_in_dim %54, dims = [0, 1, 2, 3] : (tensor<1x1x1x96xf32>) -> tensor<1x56x56x96xf32>
    %56 = stablehlo.add %53, %55 : tensor<1x56x56x96xf32>
    %57 = call @silu_2(%56) : (tensor<1x56x56x96xf32>) -> tensor<1x56x56x96xf32>
    %cst_3 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %58 = stablehlo.reduce(%57 init: %cst_3) applies stablehlo.add across dimensions = [1, 2] : (tensor<1x56x56x96xf32>, tensor<f32>) -> tensor<1x96xf32>
    %cst_4 = stablehlo.constant dense<3.136000e+03> : tensor<f32>
    %59 = stablehlo.broadcast_in_dim %cst_4, dims = [] : (tensor<f32>) -> tensor<1x96xf32>
    %60 = stablehlo.divide %58, %59 : tensor<1x96xf32>
    %61 = stablehlo.dot_general %60, %arg20, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x96xf32>, tensor<96x4xf32>) -> tensor<1x4xf32>
    %62 = stablehlo.broadcast_in_dim %arg21, dims = [1] : (tensor<4xf32>) -> tensor<1x4xf32>
    %63 = stablehlo.add %61, %62 : tensor<1x4xf32>
    %64 = call @silu_3(%63) : (tensor<1x4xf32>) -> tensor<1x4xf32>
    %65 = stablehlo.dot_general %64, %arg22, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x4xf32>, tensor<4x96xf32>) -> tensor<1x96xf32>
    %66 = stablehlo.broadcast_in_dim %arg23, dims = [1] : (tensor<96xf32>) -> tensor<1x96xf32>
    %67 = stablehlo.add %65, %66 : tensor<1x96xf32>
    %68 = stablehlo.negate %67 : tensor<1x96xf32>
    %69 = stablehlo.exponential %68 : tensor<1x96xf32>
    %cst_5 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %70 = stablehlo.broadcast_in_dim %cst_5, dims = [] : (tensor<f32>) -> tensor<1x96xf32>
    %71 = stablehlo.add %70, %69 : tensor<1x96xf32>
    %cst_6 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %72 = stablehlo.broadcast_in_dim %cst_6, dims = [] : (tensor<f32>) -> tensor<1x96xf32>
    %73 = stablehlo.divide %72, %71 : tensor<1x96xf32>
    %74 = stablehlo.broadcast_in_dim %73, dims = [0, 3] : (tensor<1x96xf32>) -> tensor<1x1x1x96xf32>
    %75 = stablehlo.broadcast_in_dim %74, dims = [0, 1, 2, 3] : (tensor<1x1x1x96xf32>) -> tensor<1x56x56x96xf32>
    %76 = stablehlo.multiply %57, %75 : tensor<1x56x56x96xf32>
    %77 = stablehlo.convolution(%76, %arg24) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x56x56x96xf32>, tensor<1x1x96x24xf32>) -> tensor<1x56x56x24xf32>
    %78 = stablehlo.broadcast_in_dim %arg25, dims = [3] : (tensor<24xf32>) -> tensor<1x1x1x24xf32>
    %79 = stablehlo.broadcast_in_dim %78, dims = [0, 1, 2, 3] : (tensor<1x1x1x24xf32>) -> tensor<1x56x56x24xf32>
    %80 = stablehlo.multiply %77, %79 : tensor<1x56x56x24xf32>
    %81 = stablehlo.broadcast_in_dim %arg26, dims = [3] : (tensor<24xf32>) -> tensor<1x1x1x24xf32>
    %82 = stablehlo.broadcast_in_dim %81, dims = [0, 1, 2, 3] : (tensor<1x1x1x24xf32>) -> tensor<1x56x56x24xf32>
    %83 = stablehlo.add %80, %82 : tensor<1x56x56x24xf32>
    %84 = stablehlo.convolution(%83, %arg27) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x56x56x24xf32>, tensor<1x1x24x144xf32>) -> tensor<1x56x56x144xf32>
    %85 = stablehlo.broadcast_in_dim %arg28, dims = [3] : (tensor<144xf32>) -> tensor<1x1x1x144xf32>
    %86 = stablehlo.broadcast_in_dim %85, dims = [0, 1, 2, 3] : (tensor<1x1x1x144xf32>) -> tensor<1x56x56x144xf32>
    %87 = stablehlo.multiply %84, %86 : tensor<1x56x56x144xf32>
    %88 = stablehlo.broadcast_in_dim %arg29, dims = [3] : (tensor<144xf32>) -> tensor<1x1x1x144xf32>
    %89 = stablehlo.broadcast_in_dim %88, dims = [0, 1, 2, 3] : (tensor<1x1x1x144xf32>) -> tensor<1x56x56x144xf32>
    %90 = stablehlo.add %87, %89 : tensor<1x56x56x144xf32>
    %91 = call @silu_4(%90) : (tensor<1x56x56x144xf32>) -> tensor<1x56x56x144xf32>
    %92 = stablehlo.convolution(%91, %arg30) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 144 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x56x56x144xf32>, tensor<3x3x1x144xf32>) -> tensor<1x56x56x144xf32>
    %93 = stablehlo.broadcast_in_dim %arg31, dims = [3] : (tensor<144xf32>) -> tensor<1x1x1x144xf32>
    %94 = stablehlo.broadcast_in_dim %93, dims = [0, 1, 2, 3] : (tensor<1x1x1x144xf32>) -> tensor<1x56x56x144xf32>
    %95 = stablehlo.multiply %92, %94 : tensor<1x56x56x144xf32>
    %96 = stablehlo.broadcast_in_dim %arg32, dims = [3] : (tensor<144xf32>) -> tensor<1x1x1x144xf32>
    %97 = stablehlo.broadcast_in_dim %96, dims = [0, 1, 2, 3] : (tensor<1x1x1x144xf32>) -> tensor<1x56x56x144xf32>
    %98 = stablehlo.add %95, %97 : tensor<1x56x56x144xf32>
    %99 = call @silu_4(%98) : (tensor<1x56x56x144xf32>) -> tensor<1x56x56x144xf32>
    %cst_7 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %100 = stablehlo.reduce(%99 init: %cst_7) applies stablehlo.add across dimensions = [1, 2] : (tensor<1x56x56x144xf32>, tensor<f32>) -> tensor<1x144xf32>
    %cst_8 = stablehlo.constant dense<3.136000e+03> : tensor<f32>
    %101 = stablehlo.broadcast_in_dim %cst_8, dims = [] : (tensor<f32>) -> tensor<1x144xf32>
    %102 = stablehlo.divide %100, %101 : tensor<1x144xf32>
    %103 = stablehlo.dot_general %102, %arg33, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x144xf32>, tensor<144x6xf32>) -> tensor<1x6xf32>
    %104 = stablehlo.broadcast_in_dim %arg34, dims = [1] : (tensor<6xf32>) -> tensor<1x6xf32>
    %105 = stablehlo.add %103, %104 : tensor<1x6xf32>
    %106 = call @silu_5(%105) : (tensor<1x6xf32>) -> tensor<1x6xf32>
    %107 = stablehlo.dot_general %106, %arg35, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x6xf32>, tensor<6x144xf32>) -> tensor<1x144xf32>
    %108 = stablehlo.broadcast_in_dim %arg36, dims = [1] : (tensor<144xf32>) -> tensor<1x144xf32>
    %109 = stablehlo.add %107, %108 : tensor<1x144xf32>
    %110 = stablehlo.negate %109 : tensor<1x144xf32>
    %111 = stablehlo.exponential %110 : tensor<1x144xf32>
    %cst_9 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %112 = stablehlo.broadcast_in_dim %cst_9, dims = [] : (tensor<f32>) -> tensor<1x144xf32>
    %113 = stablehlo.add %112, %111 : tensor<1x144xf32>
    %cst_10 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %114 = stablehlo.broadcast_in_dim %cst_10, dims = [] : (tensor<f32>) -> tensor<1x144xf32>
    %115 = stablehlo.divide %114, %113 : tensor<1x144xf32>
    %116 = stablehlo.broadcast_in_dim %115, dims = [0, 3] : (tensor<1x144xf32>) -> tensor<1x1x1x144xf32>
    %117 = stablehlo.broadcast_in_dim %116, dims = [0, 1, 2, 3] : (tensor<1x1x1x144xf32>) -> tensor<1x56x56x144xf32>
    %118 = stablehlo.multiply %99, %117 : tensor<1x56x56x144xf32>
    %119 = stablehlo.convolution(%118, %arg37) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x56x56x144xf32>, tensor<1x1x144x24xf32>) -> tensor<1x56x56x24xf32>
    %120 = stablehlo.broadcast_in_dim %arg38, dims = [3] : (tensor<24xf32>) -> tensor<1x1x1x24xf32>
    %121 = stablehlo.broadcast_in_dim %120, dims = [0, 1, 2, 3] : (tensor<1x1x1x24xf32>) -> tensor<1x56x56x24xf32>
    %122 = stablehlo.multiply %119, %121 : tensor<1x56x56x24xf32>
    %123 = stablehlo.broadcast_in_dim %arg39, dims = [3] : (tensor<24xf32>) -> tensor<1x1x1x24xf32>
    %124 = stablehlo.broadcast_in_dim %123, dims = [0, 1, 2, 3] : (tensor<1x1x1x24xf32>) -> tensor<1x56x56x24xf32>
    %125 = stablehlo.add %122, %124 : tensor<1x56x56x24xf32>
    %126 = stablehlo.add %83, %125 : tensor<1x56x56x24xf32>
    %127 = stablehlo.convolution(%126, %arg40) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x56x56x24xf32>, tensor<1x1x24x144xf32>) -> tensor<1x56x56x144xf32>
    %128 = stablehlo.broadcast_in_dim %arg41, dims = [3] : (tensor<144xf32>) -> tensor<1x1x1x144xf32>
    %129 = stablehlo.broadcast_in_dim %128, dims = [0, 1, 2, 3] : (tensor<1x1x1x144xf32>) -> tensor<1x56x56x144xf32>
    %130 = stablehlo.multiply %127, %129 : tensor<1x56x56x144xf32>
    %131 = stablehlo.broadcast_in_dim %arg42, dims = [3] : (tensor<144xf32>) -> tensor<1x1x1x144xf32>
    %132 = stablehlo.broadcast_in_dim %131, dims = [0, 1, 2, 3] : (tensor<1x1x1x144xf32>) -> tensor<1x56x56x144xf32>
    %133 = stablehlo.add %130, %132 : tensor<1x56x56x144xf32>
    %134 = call @silu_4(%133) : (tensor<1x56x56x144xf32>) -> tensor<1x56x56x144xf32>
    %135 = stablehlo.convolution(%134, %arg43) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 2], pad = [[1, 2], [1, 2]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 144 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x56x56x144xf32>, tensor<5x5x1x144xf32>) -> tensor<1x28x28x144xf32>
    %136 = stablehlo.broadcast_in_dim %arg44, dims = [3] : (tensor<144xf32>) -> tensor<1x1x1x144xf32>
    %137 = stablehlo.broadcast_in_dim %136, dims = [0, 1, 2, 3] : (tensor<1x1x1x144xf32>) -> tensor<1x28x28x144xf32>
    %138 = stablehlo.multiply %135, %137 : tensor<1x28x28x144xf32>
    %139 = stablehlo.broadcast_in_dim %arg45, dims = [3] : (tensor<144xf32>) -> tensor<1x1x1x144xf32>
    %140 = stablehlo.broadcast_in_dim %139, dims = [0, 1, 2, 3] : (tensor<1x1x1x144xf32>) -> tensor<1x28x28x144xf32>
    %141 = stablehlo.add %138, %140 : tensor<1x28x28x144xf32>
    %142 = call @silu_6(%141) : (tensor<1x28x28x144xf32>) -> tensor<1x28x28x144xf32>
    %cst_11 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %143 = stablehlo.reduce(%142 init: %cst_11) applies stablehlo.add across dimensions = [1, 2] : (tensor<1x28x28x144xf32>, tensor<f32>) -> tensor<1x144xf32>
    %cst_12 = stablehlo.constant dense<7.840000e+02> : tensor<f32>
    %144 = stablehlo.broadcast_in_dim %cst_12, dims = [] : (tensor<f32>) -> tensor<1x144xf32>
    %145 = stablehlo.divide %143, %144 : tensor<1x144xf32>
    %146 = stablehlo.dot_general %145, %arg46, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x144xf32>, tensor<144x6xf32>) -> tensor<1x6xf32>
    %147 = stablehlo.broadcast_in_dim %arg47, dims = [1] : (tensor<6xf32>) -> tensor<1x6xf32>
    %148 = stablehlo.add %146, %147 : tensor<1x6xf32>
    %149 = call @silu_5(%148) : (tensor<1x6xf32>) -> tensor<1x6xf32>
    %150 = stablehlo.dot_general %149, %arg48, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x6xf32>, tensor<6x144xf32>) -> tensor<1x144xf32>
    %151 = stablehlo.broadcast_in_dim %arg49, dims = [1] : (tensor<144xf32>) -> tensor<1x144xf32>
    %152 = stablehlo.add %150, %151 : tensor<1x144xf32>
    %153 = stablehlo.negate %152 : tensor<1x144xf32>
    %154 = stablehlo.exponential %153 : tensor<1x144xf32>
    %cst_13 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %155 = stablehlo.broadcast_in_dim %cst_13, dims = [] : (tensor<f32>) -> tensor<1x144xf32>
    %156 = stablehlo.add %155, %154 : tensor<1x144xf32>
    %cst_14 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %157 = stablehlo.broadcast_in_dim %cst_14, dims = [] : (tensor<f32>) -> tensor<1x144xf32>
    %158 = stablehlo.divide %157, %156 : tensor<1x144xf32>
    %159 = stablehlo.broadcast_in_dim %158, dims = [0, 3] : (tensor<1x144xf32>) -> tensor<1x1x1x144xf32>
    %160 = stablehlo.broadcast_in_dim %159, dims = [0, 1, 2, 3] : (tensor<1x1x1x144xf32>) -> tensor<1x28x28x144xf32>
    %161 = stablehlo.multiply %142, %160 : tensor<1x28x28x144xf32>
    %162 = stablehlo.convolution(%161, %arg50) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x28x28x144xf32>, tensor<1x1x144x40xf32>) -> tensor<1x28x28x40xf32>
    %163 = stablehlo.broadcast_in_dim %arg51, dims = [3] : (tensor<40xf32>) -> tensor<1x1x1x40xf32>
    %164 = stablehlo.broadcast_in_dim %163, dims = [0, 1, 2, 3] : (tensor<1x1x1x40xf32>) -> tensor<1x28x28x40xf32>
    %165 = stablehlo.multiply %162, %164 : tensor<1x28x28x40xf32>
    %166 = stablehlo.broadcast_in_dim %arg52, dims = [3] : (tensor<40xf32>) -> tensor<1x1x1x40xf32>
    %167 = stablehlo.broadcast_in_dim %166, dims = [0, 1, 2, 3] : (tensor<1x1x1x40xf32>) -> tensor<1x28x28x40xf32>
    %168 = stablehlo.add %165, %167 : tensor<1x28x28x40xf32>
    %169 = stablehlo.convolution(%168, %arg53) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x28x28x40xf32>, tensor<1x1x40x240xf32>) -> tensor<1x28x28x240xf32>
    %170 = stablehlo.broadcast_in_dim %arg54, dims = [3] : (tensor<240xf32>) -> tensor<1x1x1x240xf32>
    %171 = stablehlo.broadcast_in_dim %170, dims = [0, 1, 2, 3] : (tensor<1x1x1x240xf32>) -> tensor<1x28x28x240xf32>
    %172 = stablehlo.multiply %169, %171 : tensor<1x28x28x240xf32>
    %173 = stablehlo.broadcast_in_dim %arg55, dims = [3] : (tensor<240xf32>) -> tensor<1x1x1x240xf32>
    %174 = stablehlo.broadcast_in_dim %173, dims = [0, 1, 2, 3] : (tensor<1x1x1x240xf32>) -> tensor<1x28x28x240xf32>
    %175 = stablehlo.add %172, %174 : tensor<1x28x28x240xf32>
    %176 = call @silu_7(%175) : (tensor<1x28x28x240xf32>) -> tensor<1x28x28x240xf32>
    %177 = stablehlo.convolution(%176, %arg56) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[2, 2], [2, 2]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 240 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x28x28x240xf32>, tensor<5x5x1x240xf32>) -> tensor<1x28x28x240xf32>
    %178 = stablehlo.broadcast_in_dim %arg57, dims = [3] : (tensor<240xf32>) -> tensor<1x1x1x240xf32>
    %179 = stablehlo.broadcast_in_dim %178, dims = [0, 1, 2, 3] : (tensor<1x1x1x240xf32>) -> tensor<1x28x28x240xf32>
    %180 = stablehlo.multiply %177, %179 : tensor<1x28x28x240xf32>
    %181 = stablehlo.broadcast_in_dim %arg58, dims = [3] : (tensor<240xf32>) -> tensor<1x1x1x240xf32>
    %182 = stablehlo.broadcast_in_dim %181, dims = [0, 1, 2, 3] : (tensor<1x1x1x240xf32>) -> tensor<1x28x28x240xf32>
    %183 = stablehlo.add %180, %182 : tensor<1x28x28x240xf32>
    %184 = call @silu_7(%183) : (tensor<1x28x28x240xf32>) -> tensor<1x28x28x240xf32>
    %cst_15 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %185 = stablehlo.reduce(%184 init: %cst_15) applies stablehlo.add across dimensions = [1, 2] : (tensor<1x28x28x240xf32>, tensor<f32>) -> tensor<1x240xf32>
    %cst_16 = stablehlo.constant dense<7.840000e+02> : tensor<f32>
    %186 = stablehlo.broadcast_in_dim %cst_16, dims = [] : (tensor<f32>) -> tensor<1x240xf32>
    %187 = stablehlo.divide %185, %186 : tensor<1x240xf32>
    %188 = stablehlo.dot_general %187, %arg59, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x240xf32>, tensor<240x10xf32>) -> tensor<1x10xf32>
    %189 = stablehlo.broadcast_in_dim %arg60, dims = [1] : (tensor<10xf32>) -> tensor<1x10xf32>
    %190 = stablehlo.add %188, %189 : tensor<1x10xf32>
    %191 = call @silu_8(%190) : (tensor<1x10xf32>) -> tensor<1x10xf32>
    %192 = stablehlo.dot_general %191, %arg61, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x10xf32>, tensor<10x240xf32>) -> tensor<1x240xf32>
    %193 = stablehlo.broadcast_in_dim %arg62, dims = [1] : (tensor<240xf32>) -> tensor<1x240xf32>
    %194 = stablehlo.add %192, %193 : tensor<1x240xf32>
    %195 = stablehlo.negate %194 : tensor<1x240xf32>
    %196 = stablehlo.exponential %195 : tensor<1x240xf32>
    %cst_17 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %197 = stablehlo.broadcast_in_dim %cst_17, dims = [] : (tensor<f32>) -> tensor<1x240xf32>
    %198 = stablehlo.add %197, %196 : tensor<1x240xf32>
    %cst_18 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %199 = stablehlo.broadcast_in_dim %cst_18, dims = [] : (tensor<f32>) -> tensor<1x240xf32>
    %200 = stablehlo.divide %199, %198 : tensor<1x240xf32>
    %201 = stablehlo.broadcast_in_dim %200, dims = [0, 3] : (tensor<1x240xf32>) -> tensor<1x1x1x240xf32>
    %202 = stablehlo.broadcast_in_dim %201, dims = [0, 1, 2, 3] : (tensor<1x1x1x240xf32>) -> tensor<1x28x28x240xf32>
    %203 = stablehlo.multiply %184, %202 : tensor<1x28x28x240xf32>
    %204 = stablehlo.convolution(%203, %arg63) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x28x28x240xf32>, tensor<1x1x240x40xf32>) -> tensor<1x28x28x40xf32>
    %205 = stablehlo.broadcast_in_dim %arg64, dims = [3] : (tensor<40xf32>) -> tensor<1x1x1x40xf32>
    %206 = stablehlo.broadcast_in_dim %205, dims = [0, 1, 2, 3] : (tensor<1x1x1x40xf32>) -> tensor<1x28x28x40xf32>
    %207 = stablehlo.multiply %204, %206 : tensor<1x28x28x40xf32>
    %208 = stablehlo.broadcast_in_dim %arg65, dims = [3] : (tensor<40xf32>) -> tensor<1x1x1x40xf32>
    %209 = stablehlo.broadcast_in_dim %208, dims = [0, 1, 2, 3] : (tensor<1x1x1x40xf32>) -> tensor<1x28x28x40xf32>
    %210 = stablehlo.add %207, %209 : tensor<1x28x28x40xf32>
    %211 = stablehlo.add %168, %210 : tensor<1x28x28x40xf32>
    %212 = stablehlo.convolution(%211, %arg66) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x28x28x40xf32>, tensor<1x1x40x240xf32>) -> tensor<1x28x28x240xf32>
    %213 = stablehlo.broadcast_in_dim %arg67, dims = [3] : (tensor<240xf32>) -> tensor<1x1x1x240xf32>
    %214 = stablehlo.broadcast_in_dim %213, dims = [0, 1, 2, 3] : (tensor<1x1x1x240xf32>) -> tensor<1x28x28x240xf32>
    %215 = stablehlo.multiply %212, %214 : tensor<1x28x28x240xf32>
    %216 = stablehlo.broadcast_in_dim %arg68, dims = [3] : (tensor<240xf32>) -> tensor<1x1x1x240xf32>
    %217 = stablehlo.broadcast_in_dim %216, dims = [0, 1, 2, 3] : (tensor<1x1x1x240xf32>) -> tensor<1x28x28x240xf32>
    %218 = stablehlo.add %215, %217 : tensor<1x28x28x240xf32>
    %219 = call @silu_7(%218) : (tensor<1x28x28x240xf32>) -> tensor<1x28x28x240xf32>
    %220 = stablehlo.convolution(%219, %arg69) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 2], pad = [[0, 1], [0, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 240 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x28x28x240xf32>, tensor<3x3x1x240xf32>) -> tensor<1x14x14x240xf32>
    %221 = stablehlo.broadcast_in_dim %arg70, dims = [3] : (tensor<240xf32>) -> tensor<1x1x1x240xf32>
    %222 = stablehlo.broadcast_in_dim %221, dims = [0, 1, 2, 3] : (tensor<1x1x1x240xf32>) -> tensor<1x14x14x240xf32>
    %223 = stablehlo.multiply %220, %222 : tensor<1x14x14x240xf32>
    %224 = stablehlo.broadcast_in_dim %arg71, dims = [3] : (tensor<240xf32>) -> tensor<1x1x1x240xf32>
    %225 = stablehlo.broadcast_in_dim %224, dims = [0, 1, 2, 3] : (tensor<1x1x1x240xf32>) -> tensor<1x14x14x240xf32>
    %226 = stablehlo.add %223, %225 : tensor<1x14x14x240xf32>
    %227 = call @silu_9(%226) : (tensor<1x14x14x240xf32>) -> tensor<1x14x14x240xf32>
    %cst_19 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %228 = stablehlo.reduce(%227 init: %cst_19) applies stablehlo.add across dimensions = [1, 2] : (tensor<1x14x14x240xf32>, tensor<f32>) -> tensor<1x240xf32>
    %cst_20 = stablehlo.constant dense<1.960000e+02> : tensor<f32>
    %229 = stablehlo.broadcast_in_dim %cst_20, dims = [] : (tensor<f32>) -> tensor<1x240xf32>
    %230 = stablehlo.divide %228, %229 : tensor<1x240xf32>
    %231 = stablehlo.dot_general %230, %arg72, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x240xf32>, tensor<240x10xf32>) -> tensor<1x10xf32>
    %232 = stablehlo.broadcast_in_dim %arg73, dims = [1] : (tensor<10xf32>) -> tensor<1x10xf32>
    %233 = stablehlo.add %231, %232 : tensor<1x10xf32>
    %234 = call @silu_8(%233) : (tensor<1x10xf32>) -> tensor<1x10xf32>
    %235 = stablehlo.dot_general %234, %arg74, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x10xf32>, tensor<10x240xf32>) -> tensor<1x240xf32>
    %236 = stablehlo.broadcast_in_dim %arg75, dims = [1] : (tensor<240xf32>) -> tensor<1x240xf32>
    %237 = stablehlo.add %235, %236 : tensor<1x240xf32>
    %238 = stablehlo.negate %237 : tensor<1x240xf32>
    %239 = stablehlo.exponential %238 : tensor<1x240xf32>
    %cst_21 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %240 = stablehlo.broadcast_in_dim %cst_21, dims = [] : (tensor<f32>) -> tensor<1x240xf32>
    %241 = stablehlo.add %240, %239 : tensor<1x240xf32>
    %cst_22 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %242 = stablehlo.broadcast_in_dim %cst_22, dims = [] : (tensor<f32>) -> tensor<1x240xf32>
    %243 = stablehlo.divide %242, %241 : tensor<1x240xf32>
    %244 = stablehlo.broadcast_in_dim %243, dims = [0, 3] : (tensor<1x240xf32>) -> tensor<1x1x1x240xf32>
    %245 = stablehlo.broadcast_in_dim %244, dims = [0, 1, 2, 3] : (tensor<1x1x1x240xf32>) -> tensor<1x14x14x240xf32>
    %246 = stablehlo.multiply %227, %245 : tensor<1x14x14x240xf32>
    %247 = stablehlo.convolution(%246, %arg76) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x240xf32>, tensor<1x1x240x80xf32>) -> tensor<1x14x14x80xf32>
    %248 = stablehlo.broadcast_in_dim %arg77, dims = [3] : (tensor<80xf32>) -> tensor<1x1x1x80xf32>
    %249 = stablehlo.broadcast_in_dim %248, dims = [0, 1, 2, 3] : (tensor<1x1x1x80xf32>) -> tensor<1x14x14x80xf32>
    %250 = stablehlo.multiply %247, %249 : tensor<1x14x14x80xf32>
    %251 = stablehlo.broadcast_in_dim %arg78, dims = [3] : (tensor<80xf32>) -> tensor<1x1x1x80xf32>
    %252 = stablehlo.broadcast_in_dim %251, dims = [0, 1, 2, 3] : (tensor<1x1x1x80xf32>) -> tensor<1x14x14x80xf32>
    %253 = stablehlo.add %250, %252 : tensor<1x14x14x80xf32>
    %254 = stablehlo.convolution(%253, %arg79) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x80xf32>, tensor<1x1x80x480xf32>) -> tensor<1x14x14x480xf32>
    %255 = stablehlo.broadcast_in_dim %arg80, dims = [3] : (tensor<480xf32>) -> tensor<1x1x1x480xf32>
    %256 = stablehlo.broadcast_in_dim %255, dims = [0, 1, 2, 3] : (tensor<1x1x1x480xf32>) -> tensor<1x14x14x480xf32>
    %257 = stablehlo.multiply %254, %256 : tensor<1x14x14x480xf32>
    %258 = stablehlo.broadcast_in_dim %arg81, dims = [3] : (tensor<480xf32>) -> tensor<1x1x1x480xf32>
    %259 = stablehlo.broadcast_in_dim %258, dims = [0, 1, 2, 3] : (tensor<1x1x1x480xf32>) -> tensor<1x14x14x480xf32>
    %260 = stablehlo.add %257, %259 : tensor<1x14x14x480xf32>
    %261 = call @silu_10(%260) : (tensor<1x14x14x480xf32>) -> tensor<1x14x14x480xf32>
    %262 = stablehlo.convolution(%261, %arg82) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 480 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x480xf32>, tensor<3x3x1x480xf32>) -> tensor<1x14x14x480xf32>
    %263 = stablehlo.broadcast_in_dim %arg83, dims = [3] : (tensor<480xf32>) -> tensor<1x1x1x480xf32>
    %264 = stablehlo.broadcast_in_dim %263, dims = [0, 1, 2, 3] : (tensor<1x1x1x480xf32>) -> tensor<1x14x14x480xf32>
    %265 = stablehlo.multiply %262, %264 : tensor<1x14x14x480xf32>
    %266 = stablehlo.broadcast_in_dim %arg84, dims = [3] : (tensor<480xf32>) -> tensor<1x1x1x480xf32>
    %267 = stablehlo.broadcast_in_dim %266, dims = [0, 1, 2, 3] : (tensor<1x1x1x480xf32>) -> tensor<1x14x14x480xf32>
    %268 = stablehlo.add %265, %267 : tensor<1x14x14x480xf32>
    %269 = call @silu_10(%268) : (tensor<1x14x14x480xf32>) -> tensor<1x14x14x480xf32>
    %cst_23 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %270 = stablehlo.reduce(%269 init: %cst_23) applies stablehlo.add across dimensions = [1, 2] : (tensor<1x14x14x480xf32>, tensor<f32>) -> tensor<1x480xf32>
    %cst_24 = stablehlo.constant dense<1.960000e+02> : tensor<f32>
    %271 = stablehlo.broadcast_in_dim %cst_24, dims = [] : (tensor<f32>) -> tensor<1x480xf32>
    %272 = stablehlo.divide %270, %271 : tensor<1x480xf32>
    %273 = stablehlo.dot_general %272, %arg85, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x480xf32>, tensor<480x20xf32>) -> tensor<1x20xf32>
    %274 = stablehlo.broadcast_in_dim %arg86, dims = [1] : (tensor<20xf32>) -> tensor<1x20xf32>
    %275 = stablehlo.add %273, %274 : tensor<1x20xf32>
    %276 = call @silu_11(%275) : (tensor<1x20xf32>) -> tensor<1x20xf32>
    %277 = stablehlo.dot_general %276, %arg87, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x20xf32>, tensor<20x480xf32>) -> tensor<1x480xf32>
    %278 = stablehlo.broadcast_in_dim %arg88, dims = [1] : (tensor<480xf32>) -> tensor<1x480xf32>
    %279 = stablehlo.add %277, %278 : tensor<1x480xf32>
    %280 = stablehlo.negate %279 : tensor<1x480xf32>
    %281 = stablehlo.exponential %280 : tensor<1x480xf32>
    %cst_25 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %282 = stablehlo.broadcast_in_dim %cst_25, dims = [] : (tensor<f32>) -> tensor<1x480xf32>
    %283 = stablehlo.add %282, %281 : tensor<1x480xf32>
    %cst_26 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %284 = stablehlo.broadcast_in_dim %cst_26, dims = [] : (tensor<f32>) -> tensor<1x480xf32>
    %285 = stablehlo.divide %284, %283 : tensor<1x480xf32>
    %286 = stablehlo.broadcast_in_dim %285, dims = [0, 3] : (tensor<1x480xf32>) -> tensor<1x1x1x480xf32>
    %287 = stablehlo.broadcast_in_dim %286, dims = [0, 1, 2, 3] : (tensor<1x1x1x480xf32>) -> tensor<1x14x14x480xf32>
    %288 = stablehlo.multiply %269, %287 : tensor<1x14x14x480xf32>
    %289 = stablehlo.convolution(%288, %arg89) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x480xf32>, tensor<1x1x480x80xf32>) -> tensor<1x14x14x80xf32>
    %290 = stablehlo.broadcast_in_dim %arg90, dims = [3] : (tensor<80xf32>) -> tensor<1x1x1x80xf32>
    %291 = stablehlo.broadcast_in_dim %290, dims = [0, 1, 2, 3] : (tensor<1x1x1x80xf32>) -> tensor<1x14x14x80xf32>
    %292 = stablehlo.multiply %289, %291 : tensor<1x14x14x80xf32>
    %293 = stablehlo.broadcast_in_dim %arg91, dims = [3] : (tensor<80xf32>) -> tensor<1x1x1x80xf32>
    %294 = stablehlo.broadcast_in_dim %293, dims = [0, 1, 2, 3] : (tensor<1x1x1x80xf32>) -> tensor<1x14x14x80xf32>
    %295 = stablehlo.add %292, %294 : tensor<1x14x14x80xf32>
    %296 = stablehlo.add %253, %295 : tensor<1x14x14x80xf32>
    %297 = stablehlo.convolution(%296, %arg92) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x80xf32>, tensor<1x1x80x480xf32>) -> tensor<1x14x14x480xf32>
    %298 = stablehlo.broadcast_in_dim %arg93, dims = [3] : (tensor<480xf32>) -> tensor<1x1x1x480xf32>
    %299 = stablehlo.broadcast_in_dim %298, dims = [0, 1, 2, 3] : (tensor<1x1x1x480xf32>) -> tensor<1x14x14x480xf32>
    %300 = stablehlo.multiply %297, %299 : tensor<1x14x14x480xf32>
    %301 = stablehlo.broadcast_in_dim %arg94, dims = [3] : (tensor<480xf32>) -> tensor<1x1x1x480xf32>
    %302 = stablehlo.broadcast_in_dim %301, dims = [0, 1, 2, 3] : (tensor<1x1x1x480xf32>) -> tensor<1x14x14x480xf32>
    %303 = stablehlo.add %300, %302 : tensor<1x14x14x480xf32>
    %304 = call @silu_10(%303) : (tensor<1x14x14x480xf32>) -> tensor<1x14x14x480xf32>
    %305 = stablehlo.convolution(%304, %arg95) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 480 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x480xf32>, tensor<3x3x1x480xf32>) -> tensor<1x14x14x480xf32>
    %306 = stablehlo.broadcast_in_dim %arg96, dims = [3] : (tensor<480xf32>) -> tensor<1x1x1x480xf32>
    %307 = stablehlo.broadcast_in_dim %306, dims = [0, 1, 2, 3] : (tensor<1x1x1x480xf32>) -> tensor<1x14x14x480xf32>
    %308 = stablehlo.multiply %305, %307 : tensor<1x14x14x480xf32>
    %309 = stablehlo.broadcast_in_dim %arg97, dims = [3] : (tensor<480xf32>) -> tensor<1x1x1x480xf32>
    %310 = stablehlo.broadcast_in_dim %309, dims = [0, 1, 2, 3] : (tensor<1x1x1x480xf32>) -> tensor<1x14x14x480xf32>
    %311 = stablehlo.add %308, %310 : tensor<1x14x14x480xf32>
    %312 = call @silu_10(%311) : (tensor<1x14x14x480xf32>) -> tensor<1x14x14x480xf32>
    %cst_27 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %313 = stablehlo.reduce(%312 init: %cst_27) applies stablehlo.add across dimensions = [1, 2] : (tensor<1x14x14x480xf32>, tensor<f32>) -> tensor<1x480xf32>
    %cst_28 = stablehlo.constant dense<1.960000e+02> : tensor<f32>
    %314 = stablehlo.broadcast_in_dim %cst_28, dims = [] : (tensor<f32>) -> tensor<1x480xf32>
    %315 = stablehlo.divide %313, %314 : tensor<1x480xf32>
    %316 = stablehlo.dot_general %315, %arg98, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x480xf32>, tensor<480x20xf32>) -> tensor<1x20xf32>
    %317 = stablehlo.broadcast_in_dim %arg99, dims = [1] : (tensor<20xf32>) -> tensor<1x20xf32>
    %318 = stablehlo.add %316, %317 : tensor<1x20xf32>
    %319 = call @silu_11(%318) : (tensor<1x20xf32>) -> tensor<1x20xf32>
    %320 = stablehlo.dot_general %319, %arg100, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x20xf32>, tensor<20x480xf32>) -> tensor<1x480xf32>
    %321 = stablehlo.broadcast_in_dim %arg101, dims = [1] : (tensor<480xf32>) -> tensor<1x480xf32>
    %322 = stablehlo.add %320, %321 : tensor<1x480xf32>
    %323 = stablehlo.negate %322 : tensor<1x480xf32>
    %324 = stablehlo.exponential %323 : tensor<1x480xf32>
    %cst_29 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %325 = stablehlo.broadcast_in_dim %cst_29, dims = [] : (tensor<f32>) -> tensor<1x480xf32>
    %326 = stablehlo.add %325, %324 : tensor<1x480xf32>
    %cst_30 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %327 = stablehlo.broadcast_in_dim %cst_30, dims = [] : (tensor<f32>) -> tensor<1x480xf32>
    %328 = stablehlo.divide %327, %326 : tensor<1x480xf32>
    %329 = stablehlo.broadcast_in_dim %328, dims = [0, 3] : (tensor<1x480xf32>) -> tensor<1x1x1x480xf32>
    %330 = stablehlo.broadcast_in_dim %329, dims = [0, 1, 2, 3] : (tensor<1x1x1x480xf32>) -> tensor<1x14x14x480xf32>
    %331 = stablehlo.multiply %312, %330 : tensor<1x14x14x480xf32>
    %332 = stablehlo.convolution(%331, %arg102) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x480xf32>, tensor<1x1x480x80xf32>) -> tensor<1x14x14x80xf32>
    %333 = stablehlo.broadcast_in_dim %arg103, dims = [3] : (tensor<80xf32>) -> tensor<1x1x1x80xf32>
    %334 = stablehlo.broadcast_in_dim %333, dims = [0, 1, 2, 3] : (tensor<1x1x1x80xf32>) -> tensor<1x14x14x80xf32>
    %335 = stablehlo.multiply %332, %334 : tensor<1x14x14x80xf32>
    %336 = stablehlo.broadcast_in_dim %arg104, dims = [3] : (tensor<80xf32>) -> tensor<1x1x1x80xf32>
    %337 = stablehlo.broadcast_in_dim %336, dims = [0, 1, 2, 3] : (tensor<1x1x1x80xf32>) -> tensor<1x14x14x80xf32>
    %338 = stablehlo.add %335, %337 : tensor<1x14x14x80xf32>
    %339 = stablehlo.add %296, %338 : tensor<1x14x14x80xf32>
    %340 = stablehlo.convolution(%339, %arg105) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x80xf32>, tensor<1x1x80x480xf32>) -> tensor<1x14x14x480xf32>
    %341 = stablehlo.broadcast_in_dim %arg106, dims = [3] : (tensor<480xf32>) -> tensor<1x1x1x480xf32>
    %342 = stablehlo.broadcast_in_dim %341, dims = [0, 1, 2, 3] : (tensor<1x1x1x480xf32>) -> tensor<1x14x14x480xf32>
    %343 = stablehlo.multiply %340, %342 : tensor<1x14x14x480xf32>
    %344 = stablehlo.broadcast_in_dim %arg107, dims = [3] : (tensor<480xf32>) -> tensor<1x1x1x480xf32>
    %345 = stablehlo.broadcast_in_dim %344, dims = [0, 1, 2, 3] : (tensor<1x1x1x480xf32>) -> tensor<1x14x14x480xf32>
    %346 = stablehlo.add %343, %345 : tensor<1x14x14x480xf32>
    %347 = call @silu_10(%346) : (tensor<1x14x14x480xf32>) -> tensor<1x14x14x480xf32>
    %348 = stablehlo.convolution(%347, %arg108) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[2, 2], [2, 2]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 480 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x480xf32>, tensor<5x5x1x480xf32>) -> tensor<1x14x14x480xf32>
    %349 = stablehlo.broadcast_in_dim %arg109, dims = [3] : (tensor<480xf32>) -> tensor<1x1x1x480xf32>
    %350 = stablehlo.broadcast_in_dim %349, dims = [0, 1, 2, 3] : (tensor<1x1x1x480xf32>) -> tensor<1x14x14x480xf32>
    %351 = stablehlo.multiply %348, %350 : tensor<1x14x14x480xf32>
    %352 = stablehlo.broadcast_in_dim %arg110, dims = [3] : (tensor<480xf32>) -> tensor<1x1x1x480xf32>
    %353 = stablehlo.broadcast_in_dim %352, dims = [0, 1, 2, 3] : (tensor<1x1x1x480xf32>) -> tensor<1x14x14x480xf32>
    %354 = stablehlo.add %351, %353 : tensor<1x14x14x480xf32>
    %355 = call @silu_10(%354) : (tensor<1x14x14x480xf32>) -> tensor<1x14x14x480xf32>
    %cst_31 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %356 = stablehlo.reduce(%355 init: %cst_31) applies stablehlo.add across dimensions = [1, 2] : (tensor<1x14x14x480xf32>, tensor<f32>) -> tensor<1x480xf32>
    %cst_32 = stablehlo.constant dense<1.960000e+02> : tensor<f32>
    %357 = stablehlo.broadcast_in_dim %cst_32, dims = [] : (tensor<f32>) -> tensor<1x480xf32>
    %358 = stablehlo.divide %356, %357 : tensor<1x480xf32>
    %359 = stablehlo.dot_general %358, %arg111, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x480xf32>, tensor<480x20xf32>) -> tensor<1x20xf32>
    %360 = stablehlo.broadcast_in_dim %arg112, dims = [1] : (tensor<20xf32>) -> tensor<1x20xf32>
    %361 = stablehlo.add %359, %360 : tensor<1x20xf32>
    %362 = call @silu_11(%361) : (tensor<1x20xf32>) -> tensor<1x20xf32>
    %363 = stablehlo.dot_general %362, %arg113, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x20xf32>, tensor<20x480xf32>) -> tensor<1x480xf32>
    %364 = stablehlo.broadcast_in_dim %arg114, dims = [1] : (tensor<480xf32>) -> tensor<1x480xf32>
    %365 = stablehlo.add %363, %364 : tensor<1x480xf32>
    %366 = stablehlo.negate %365 : tensor<1x480xf32>
    %367 = stablehlo.exponential %366 : tensor<1x480xf32>
    %cst_33 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %368 = stablehlo.broadcast_in_dim %cst_33, dims = [] : (tensor<f32>) -> tensor<1x480xf32>
    %369 = stablehlo.add %368, %367 : tensor<1x480xf32>
    %cst_34 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %370 = stablehlo.broadcast_in_dim %cst_34, dims = [] : (tensor<f32>) -> tensor<1x480xf32>
    %371 = stablehlo.divide %370, %369 : tensor<1x480xf32>
    %372 = stablehlo.broadcast_in_dim %371, dims = [0, 3] : (tensor<1x480xf32>) -> tensor<1x1x1x480xf32>
    %373 = stablehlo.broadcast_in_dim %372, dims = [0, 1, 2, 3] : (tensor<1x1x1x480xf32>) -> tensor<1x14x14x480xf32>
    %374 = stablehlo.multiply %355, %373 : tensor<1x14x14x480xf32>
    %375 = stablehlo.convolution(%374, %arg115) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x480xf32>, tensor<1x1x480x112xf32>) -> tensor<1x14x14x112xf32>
    %376 = stablehlo.broadcast_in_dim %arg116, dims = [3] : (tensor<112xf32>) -> tensor<1x1x1x112xf32>
    %377 = stablehlo.broadcast_in_dim %376, dims = [0, 1, 2, 3] : (tensor<1x1x1x112xf32>) -> tensor<1x14x14x112xf32>
    %378 = stablehlo.multiply %375, %377 : tensor<1x14x14x112xf32>
    %379 = stablehlo.broadcast_in_dim %arg117, dims = [3] : (tensor<112xf32>) -> tensor<1x1x1x112xf32>
    %380 = stablehlo.broadcast_in_dim %379, dims = [0, 1, 2, 3] : (tensor<1x1x1x112xf32>) -> tensor<1x14x14x112xf32>
    %381 = stablehlo.add %378, %380 : tensor<1x14x14x112xf32>
    %382 = stablehlo.convolution(%381, %arg118) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x112xf32>, tensor<1x1x112x672xf32>) -> tensor<1x14x14x672xf32>
    %383 = stablehlo.broadcast_in_dim %arg119, dims = [3] : (tensor<672xf32>) -> tensor<1x1x1x672xf32>
    %384 = stablehlo.broadcast_in_dim %383, dims = [0, 1, 2, 3] : (tensor<1x1x1x672xf32>) -> tensor<1x14x14x672xf32>
    %385 = stablehlo.multiply %382, %384 : tensor<1x14x14x672xf32>
    %386 = stablehlo.broadcast_in_dim %arg120, dims = [3] : (tensor<672xf32>) -> tensor<1x1x1x672xf32>
    %387 = stablehlo.broadcast_in_dim %386, dims = [0, 1, 2, 3] : (tensor<1x1x1x672xf32>) -> tensor<1x14x14x672xf32>
    %388 = stablehlo.add %385, %387 : tensor<1x14x14x672xf32>
    %389 = call @silu_12(%388) : (tensor<1x14x14x672xf32>) -> tensor<1x14x14x672xf32>
    %390 = stablehlo.convolution(%389, %arg121) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[2, 2], [2, 2]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 672 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x672xf32>, tensor<5x5x1x672xf32>) -> tensor<1x14x14x672xf32>
    %391 = stablehlo.broadcast_in_dim %arg122, dims = [3] : (tensor<672xf32>) -> tensor<1x1x1x672xf32>
    %392 = stablehlo.broadcast_in_dim %391, dims = [0, 1, 2, 3] : (tensor<1x1x1x672xf32>) -> tensor<1x14x14x672xf32>
    %393 = stablehlo.multiply %390, %392 : tensor<1x14x14x672xf32>
    %394 = stablehlo.broadcast_in_dim %arg123, dims = [3] : (tensor<672xf32>) -> tensor<1x1x1x672xf32>
    %395 = stablehlo.broadcast_in_dim %394, dims = [0, 1, 2, 3] : (tensor<1x1x1x672xf32>) -> tensor<1x14x14x672xf32>
    %396 = stablehlo.add %393, %395 : tensor<1x14x14x672xf32>
    %397 = call @silu_12(%396) : (tensor<1x14x14x672xf32>) -> tensor<1x14x14x672xf32>
    %cst_35 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %398 = stablehlo.reduce(%397 init: %cst_35) applies stablehlo.add across dimensions = [1, 2] : (tensor<1x14x14x672xf32>, tensor<f32>) -> tensor<1x672xf32>
    %cst_36 = stablehlo.constant dense<1.960000e+02> : tensor<f32>
    %399 = stablehlo.broadcast_in_dim %cst_36, dims = [] : (tensor<f32>) -> tensor<1x672xf32>
    %400 = stablehlo.divide %398, %399 : tensor<1x672xf32>
    %401 = stablehlo.dot_general %400, %arg124, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x672xf32>, tensor<672x28xf32>) -> tensor<1x28xf32>
    %402 = stablehlo.broadcast_in_dim %arg125, dims = [1] : (tensor<28xf32>) -> tensor<1x28xf32>
    %403 = stablehlo.add %401, %402 : tensor<1x28xf32>
    %404 = call @silu_13(%403) : (tensor<1x28xf32>) -> tensor<1x28xf32>
    %405 = stablehlo.dot_general %404, %arg126, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x28xf32>, tensor<28x672xf32>) -> tensor<1x672xf32>
    %406 = stablehlo.broadcast_in_dim %arg127, dims = [1] : (tensor<672xf32>) -> tensor<1x672xf32>
    %407 = stablehlo.add %405, %406 : tensor<1x672xf32>
    %408 = stablehlo.negate %407 : tensor<1x672xf32>
    %409 = stablehlo.exponential %408 : tensor<1x672xf32>
    %cst_37 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %410 = stablehlo.broadcast_in_dim %cst_37, dims = [] : (tensor<f32>) -> tensor<1x672xf32>
    %411 = stablehlo.add %410, %409 : tensor<1x672xf32>
    %cst_38 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %412 = stablehlo.broadcast_in_dim %cst_38, dims = [] : (tensor<f32>) -> tensor<1x672xf32>
    %413 = stablehlo.divide %412, %411 : tensor<1x672xf32>
    %414 = stablehlo.broadcast_in_dim %413, dims = [0, 3] : (tensor<1x672xf32>) -> tensor<1x1x1x672xf32>
    %415 = stablehlo.broadcast_in_dim %414, dims = [0, 1, 2, 3] : (tensor<1x1x1x672xf32>) -> tensor<1x14x14x672xf32>
    %416 = stablehlo.multiply %397, %415 : tensor<1x14x14x672xf32>
    %417 = stablehlo.convolution(%416, %arg128) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x672xf32>, tensor<1x1x672x112xf32>) -> tensor<1x14x14x112xf32>
    %418 = stablehlo.broadcast_in_dim %arg129, dims = [3] : (tensor<112xf32>) -> tensor<1x1x1x112xf32>
    %419 = stablehlo.broadcast_in_dim %418, dims = [0, 1, 2, 3] : (tensor<1x1x1x112xf32>) -> tensor<1x14x14x112xf32>
    %420 = stablehlo.multiply %417, %419 : tensor<1x14x14x112xf32>
    %421 = stablehlo.broadcast_in_dim %arg130, dims = [3] : (tensor<112xf32>) -> tensor<1x1x1x112xf32>
    %422 = stablehlo.broadcast_in_dim %421, dims = [0, 1, 2, 3] : (tensor<1x1x1x112xf32>) -> tensor<1x14x14x112xf32>
    %423 = stablehlo.add %420, %422 : tensor<1x14x14x112xf32>
    %424 = stablehlo.add %381, %423 : tensor<1x14x14x112xf32>
    %425 = stablehlo.convolution(%424, %arg131) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x112xf32>, tensor<1x1x112x672xf32>) -> tensor<1x14x14x672xf32>
    %426 = stablehlo.broadcast_in_dim %arg132, dims = [3] : (tensor<672xf32>) -> tensor<1x1x1x672xf32>
    %427 = stablehlo.broadcast_in_dim %426, dims = [0, 1, 2, 3] : (tensor<1x1x1x672xf32>) -> tensor<1x14x14x672xf32>
    %428 = stablehlo.multiply %425, %427 : tensor<1x14x14x672xf32>
    %429 = stablehlo.broadcast_in_dim %arg133, dims = [3] : (tensor<672xf32>) -> tensor<1x1x1x672xf32>
    %430 = stablehlo.broadcast_in_dim %429, dims = [0, 1, 2, 3] : (tensor<1x1x1x672xf32>) -> tensor<1x14x14x672xf32>
    %431 = stablehlo.add %428, %430 : tensor<1x14x14x672xf32>
    %432 = call @silu_12(%431) : (tensor<1x14x14x672xf32>) -> tensor<1x14x14x672xf32>
    %433 = stablehlo.convolution(%432, %arg134) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[2, 2], [2, 2]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 672 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x672xf32>, tensor<5x5x1x672xf32>) -> tensor<1x14x14x672xf32>
    %434 = stablehlo.broadcast_in_dim %arg135, dims = [3] : (tensor<672xf32>) -> tensor<1x1x1x672xf32>
    %435 = stablehlo.broadcast_in_dim %434, dims = [0, 1, 2, 3] : (tensor<1x1x1x672xf32>) -> tensor<1x14x14x672xf32>
    %436 = stablehlo.multiply %433, %435 : tensor<1x14x14x672xf32>
    %437 = stablehlo.broadcast_in_dim %arg136, dims = [3] : (tensor<672xf32>) -> tensor<1x1x1x672xf32>
    %438 = stablehlo.broadcast_in_dim %437, dims = [0, 1, 2, 3] : (tensor<1x1x1x672xf32>) -> tensor<1x14x14x672xf32>
    %439 = stablehlo.add %436, %438 : tensor<1x14x14x672xf32>
    %440 = call @silu_12(%439) : (tensor<1x14x14x672xf32>) -> tensor<1x14x14x672xf32>
    %cst_39 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %441 = stablehlo.reduce(%440 init: %cst_39) applies stablehlo.add across dimensions = [1, 2] : (tensor<1x14x14x672xf32>, tensor<f32>) -> tensor<1x672xf32>
    %cst_40 = stablehlo.constant dense<1.960000e+02> : tensor<f32>
    %442 = stablehlo.broadcast_in_dim %cst_40, dims = [] : (tensor<f32>) -> tensor<1x672xf32>
    %443 = stablehlo.divide %441, %442 : tensor<1x672xf32>
    %444 = stablehlo.dot_general %443, %arg137, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x672xf32>, tensor<672x28xf32>) -> tensor<1x28xf32>
    %445 = stablehlo.broadcast_in_dim %arg138, dims = [1] : (tensor<28xf32>) -> tensor<1x28xf32>
    %446 = stablehlo.add %444, %445 : tensor<1x28xf32>
    %447 = call @silu_13(%446) : (tensor<1x28xf32>) -> tensor<1x28xf32>
    %448 = stablehlo.dot_general %447, %arg139, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x28xf32>, tensor<28x672xf32>) -> tensor<1x672xf32>
    %449 = stablehlo.broadcast_in_dim %arg140, dims = [1] : (tensor<672xf32>) -> tensor<1x672xf32>
    %450 = stablehlo.add %448, %449 : tensor<1x672xf32>
    %451 = stablehlo.negate %450 : tensor<1x672xf32>
    %452 = stablehlo.exponential %451 : tensor<1x672xf32>
    %cst_41 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %453 = stablehlo.broadcast_in_dim %cst_41, dims = [] : (tensor<f32>) -> tensor<1x672xf32>
    %454 = stablehlo.add %453, %452 : tensor<1x672xf32>
    %cst_42 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %455 = stablehlo.broadcast_in_dim %cst_42, dims = [] : (tensor<f32>) -> tensor<1x672xf32>
    %456 = stablehlo.divide %455, %454 : tensor<1x672xf32>
    %457 = stablehlo.broadcast_in_dim %456, dims = [0, 3] : (tensor<1x672xf32>) -> tensor<1x1x1x672xf32>
    %458 = stablehlo.broadcast_in_dim %457, dims = [0, 1, 2, 3] : (tensor<1x1x1x672xf32>) -> tensor<1x14x14x672xf32>
    %459 = stablehlo.multiply %440, %458 : tensor<1x14x14x672xf32>
    %460 = stablehlo.convolution(%459, %arg141) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x672xf32>, tensor<1x1x672x112xf32>) -> tensor<1x14x14x112xf32>
    %461 = stablehlo.broadcast_in_dim %arg142, dims = [3] : (tensor<112xf32>) -> tensor<1x1x1x112xf32>
    %462 = stablehlo.broadcast_in_dim %461, dims = [0, 1, 2, 3] : (tensor<1x1x1x112xf32>) -> tensor<1x14x14x112xf32>
    %463 = stablehlo.multiply %460, %462 : tensor<1x14x14x112xf32>
    %464 = stablehlo.broadcast_in_dim %arg143, dims = [3] : (tensor<112xf32>) -> tensor<1x1x1x112xf32>
    %465 = stablehlo.broadcast_in_dim %464, dims = [0, 1, 2, 3] : (tensor<1x1x1x112xf32>) -> tensor<1x14x14x112xf32>
    %466 = stablehlo.add %463, %465 : tensor<1x14x14x112xf32>
    %467 = stablehlo.add %424, %466 : tensor<1x14x14x112xf32>
    %468 = stablehlo.convolution(%467, %arg144) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x112xf32>, tensor<1x1x112x672xf32>) -> tensor<1x14x14x672xf32>
    %469 = stablehlo.broadcast_in_dim %arg145, dims = [3] : (tensor<672xf32>) -> tensor<1x1x1x672xf32>
    %470 = stablehlo.broadcast_in_dim %469, dims = [0, 1, 2, 3] : (tensor<1x1x1x672xf32>) -> tensor<1x14x14x672xf32>
    %471 = stablehlo.multiply %468, %470 : tensor<1x14x14x672xf32>
    %472 = stablehlo.broadcast_in_dim %arg146, dims = [3] : (tensor<672xf32>) -> tensor<1x1x1x672xf32>
    %473 = stablehlo.broadcast_in_dim %472, dims = [0, 1, 2, 3] : (tensor<1x1x1x672xf32>) -> tensor<1x14x14x672xf32>
    %474 = stablehlo.add %471, %473 : tensor<1x14x14x672xf32>
    %475 = call @silu_12(%474) : (tensor<1x14x14x672xf32>) -> tensor<1x14x14x672xf32>
    %476 = stablehlo.convolution(%475, %arg147) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 2], pad = [[1, 2], [1, 2]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 672 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x14x14x672xf32>, tensor<5x5x1x672xf32>) -> tensor<1x7x7x672xf32>
    %477 = stablehlo.broadcast_in_dim %arg148, dims = [3] : (tensor<672xf32>) -> tensor<1x1x1x672xf32>
    %478 = stablehlo.broadcast_in_dim %477, dims = [0, 1, 2, 3] : (tensor<1x1x1x672xf32>) -> tensor<1x7x7x672xf32>
    %479 = stablehlo.multiply %476, %478 : tensor<1x7x7x672xf32>
    %480 = stablehlo.broadcast_in_dim %arg149, dims = [3] : (tensor<672xf32>) -> tensor<1x1x1x672xf32>
    %481 = stablehlo.broadcast_in_dim %480, dims = [0, 1, 2, 3] : (tensor<1x1x1x672xf32>) -> tensor<1x7x7x672xf32>
    %482 = stablehlo.add %479, %481 : tensor<1x7x7x672xf32>
    %483 = call @silu_14(%482) : (tensor<1x7x7x672xf32>) -> tensor<1x7x7x672xf32>
    %cst_43 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %484 = stablehlo.reduce(%483 init: %cst_43) applies stablehlo.add across dimensions = [1, 2] : (tensor<1x7x7x672xf32>, tensor<f32>) -> tensor<1x672xf32>
    %cst_44 = stablehlo.constant dense<4.900000e+01> : tensor<f32>
    %485 = stablehlo.broadcast_in_dim %cst_44, dims = [] : (tensor<f32>) -> tensor<1x672xf32>
    %486 = stablehlo.divide %484, %485 : tensor<1x672xf32>
    %487 = stablehlo.dot_general %486, %arg150, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x672xf32>, tensor<672x28xf32>) -> tensor<1x28xf32>
    %488 = stablehlo.broadcast_in_dim %arg151, dims = [1] : (tensor<28xf32>) -> tensor<1x28xf32>
    %489 = stablehlo.add %487, %488 : tensor<1x28xf32>
    %490 = call @silu_13(%489) : (tensor<1x28xf32>) -> tensor<1x28xf32>
    %491 = stablehlo.dot_general %490, %arg152, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x28xf32>, tensor<28x672xf32>) -> tensor<1x672xf32>
    %492 = stablehlo.broadcast_in_dim %arg153, dims = [1] : (tensor<672xf32>) -> tensor<1x672xf32>
    %493 = stablehlo.add %491, %492 : tensor<1x672xf32>
    %494 = stablehlo.negate %493 : tensor<1x672xf32>
    %495 = stablehlo.exponential %494 : tensor<1x672xf32>
    %cst_45 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %496 = stablehlo.broadcast_in_dim %cst_45, dims = [] : (tensor<f32>) -> tensor<1x672xf32>
    %497 = stablehlo.add %496, %495 : tensor<1x672xf32>
    %cst_46 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %498 = stablehlo.broadcast_in_dim %cst_46, dims = [] : (tensor<f32>) -> tensor<1x672xf32>
    %499 = stablehlo.divide %498, %497 : tensor<1x672xf32>
    %500 = stablehlo.broadcast_in_dim %499, dims = [0, 3] : (tensor<1x672xf32>) -> tensor<1x1x1x672xf32>
    %501 = stablehlo.broadcast_in_dim %500, dims = [0, 1, 2, 3] : (tensor<1x1x1x672xf32>) -> tensor<1x7x7x672xf32>
    %502 = stablehlo.multiply %483, %501 : tensor<1x7x7x672xf32>
    %503 = stablehlo.convolution(%502, %arg154) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x7x7x672xf32>, tensor<1x1x672x192xf32>) -> tensor<1x7x7x192xf32>
    %504 = stablehlo.broadcast_in_dim %arg155, dims = [3] : (tensor<192xf32>) -> tensor<1x1x1x192xf32>
    %505 = stablehlo.broadcast_in_dim %504, dims = [0, 1, 2, 3] : (tensor<1x1x1x192xf32>) -> tensor<1x7x7x192xf32>
    %506 = stablehlo.multiply %503, %505 : tensor<1x7x7x192xf32>
    %507 = stablehlo.broadcast_in_dim %arg156, dims = [3] : (tensor<192xf32>) -> tensor<1x1x1x192xf32>
    %508 = stablehlo.broadcast_in_dim %507, dims = [0, 1, 2, 3] : (tensor<1x1x1x192xf32>) -> tensor<1x7x7x192xf32>
    %509 = stablehlo.add %506, %508 : tensor<1x7x7x192xf32>
    %510 = stablehlo.convolution(%509, %arg157) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x7x7x192xf32>, tensor<1x1x192x1152xf32>) -> tensor<1x7x7x1152xf32>
    %511 = stablehlo.broadcast_in_dim %arg158, dims = [3] : (tensor<1152xf32>) -> tensor<1x1x1x1152xf32>
    %512 = stablehlo.broadcast_in_dim %511, dims = [0, 1, 2, 3] : (tensor<1x1x1x1152xf32>) -> tensor<1x7x7x1152xf32>
    %513 = stablehlo.multiply %510, %512 : tensor<1x7x7x1152xf32>
    %514 = stablehlo.broadcast_in_dim %arg159, dims = [3] : (tensor<1152xf32>) -> tensor<1x1x1x1152xf32>
    %515 = stablehlo.broadcast_in_dim %514, dims = [0, 1, 2, 3] : (tensor<1x1x1x1152xf32>) -> tensor<1x7x7x1152xf32>
    %516 = stablehlo.add %513, %515 : tensor<1x7x7x1152xf32>
    %517 = call @silu_15(%516) : (tensor<1x7x7x1152xf32>) -> tensor<1x7x7x1152xf32>
    %518 = stablehlo.convolution(%517, %arg160) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[2, 2], [2, 2]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1152 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x7x7x1152xf32>, tensor<5x5x1x1152xf32>) -> tensor<1x7x7x1152xf32>
    %519 = stablehlo.broadcast_in_dim %arg161, dims = [3] : (tensor<1152xf32>) -> tensor<1x1x1x1152xf32>
    %520 = stablehlo.broadcast_in_dim %519, dims = [0, 1, 2, 3] : (tensor<1x1x1x1152xf32>) -> tensor<1x7x7x1152xf32>
    %521 = stablehlo.multiply %518, %520 : tensor<1x7x7x1152xf32>
    %522 = stablehlo.broadcast_in_dim %arg162, dims = [3] : (tensor<1152xf32>) -> tensor<1x1x1x1152xf32>
    %523 = stablehlo.broadcast_in_dim %522, dims = [0, 1, 2, 3] : (tensor<1x1x1x1152xf32>) -> tensor<1x7x7x1152xf32>
    %524 = stablehlo.add %521, %523 : tensor<1x7x7x1152xf32>
    %525 = call @silu_15(%524) : (tensor<1x7x7x1152xf32>) -> tensor<1x7x7x1152xf32>
    %cst_47 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %526 = stablehlo.reduce(%525 init: %cst_47) applies stablehlo.add across dimensions = [1, 2] : (tensor<1x7x7x1152xf32>, tensor<f32>) -> tensor<1x1152xf32>
    %cst_48 = stablehlo.constant dense<4.900000e+01> : tensor<f32>
    %527 = stablehlo.broadcast_in_dim %cst_48, dims = [] : (tensor<f32>) -> tensor<1x1152xf32>
    %528 = stablehlo.divide %526, %527 : tensor<1x1152xf32>
    %529 = stablehlo.dot_general %528, %arg163, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1152xf32>, tensor<1152x48xf32>) -> tensor<1x48xf32>
    %530 = stablehlo.broadcast_in_dim %arg164, dims = [1] : (tensor<48xf32>) -> tensor<1x48xf32>
    %531 = stablehlo.add %529, %530 : tensor<1x48xf32>
    %532 = call @silu_16(%531) : (tensor<1x48xf32>) -> tensor<1x48xf32>
    %533 = stablehlo.dot_general %532, %arg165, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x48xf32>, tensor<48x1152xf32>) -> tensor<1x1152xf32>
    %534 = stablehlo.broadcast_in_dim %arg166, dims = [1] : (tensor<1152xf32>) -> tensor<1x1152xf32>
    %535 = stablehlo.add %533, %534 : tensor<1x1152xf32>
    %536 = stablehlo.negate %535 : tensor<1x1152xf32>
    %537 = stablehlo.exponential %536 : tensor<1x1152xf32>
    %cst_49 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %538 = stablehlo.broadcast_in_dim %cst_49, dims = [] : (tensor<f32>) -> tensor<1x1152xf32>
    %539 = stablehlo.add %538, %537 : tensor<1x1152xf32>
    %cst_50 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %540 = stablehlo.broadcast_in_dim %cst_50, dims = [] : (tensor<f32>) -> tensor<1x1152xf32>
    %541 = stablehlo.divide %540, %539 : tensor<1x1152xf32>
    %542 = stablehlo.broadcast_in_dim %541, dims = [0, 3] : (tensor<1x1152xf32>) -> tensor<1x1x1x1152xf32>
    %543 = stablehlo.broadcast_in_dim %542, dims = [0, 1, 2, 3] : (tensor<1x1x1x1152xf32>) -> tensor<1x7x7x1152xf32>
    %544 = stablehlo.multiply %525, %543 : tensor<1x7x7x1152xf32>
    %545 = stablehlo.convolution(%544, %arg167) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x7x7x1152xf32>, tensor<1x1x1152x192xf32>) -> tensor<1x7x7x192xf32>
    %546 = stablehlo.broadcast_in_dim %arg168, dims = [3] : (tensor<192xf32>) -> tensor<1x1x1x192xf32>
    %547 = stablehlo.broadcast_in_dim %546, dims = [0, 1, 2, 3] : (tensor<1x1x1x192xf32>) -> tensor<1x7x7x192xf32>
    %548 = stablehlo.multiply %545, %547 : tensor<1x7x7x192xf32>
    %549 = stablehlo.broadcast_in_dim %arg169, dims = [3] : (tensor<192xf32>) -> tensor<1x1x1x192xf32>
    %550 = stablehlo.broadcast_in_dim %549, dims = [0, 1, 2, 3] : (tensor<1x1x1x192xf32>) -> tensor<1x7x7x192xf32>
    %551 = stablehlo.add %548, %550 : tensor<1x7x7x192xf32>
    %552 = stablehlo.add %509, %551 : tensor<1x7x7x192xf32>
    %553 = stablehlo.convolution(%552, %arg170) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x7x7x192xf32>, tensor<1x1x192x1152xf32>) -> tensor<1x7x7x1152xf32>
    %554 = stablehlo.broadcast_in_dim %arg171, dims = [3] : (tensor<1152xf32>) -> tensor<1x1x1x1152xf32>
    %555 = stablehlo.broadcast_in_dim %554, dims = [0, 1, 2, 3] : (tensor<1x1x1x1152xf32>) -> tensor<1x7x7x1152xf32>
    %556 = stablehlo.multiply %553, %555 : tensor<1x7x7x1152xf32>
    %557 = stablehlo.broadcast_in_dim %arg172, dims = [3] : (tensor<1152xf32>) -> tensor<1x1x1x1152xf32>
    %558 = stablehlo.broadcast_in_dim %557, dims = [0, 1, 2, 3] : (tensor<1x1x1x1152xf32>) -> tensor<1x7x7x1152xf32>
    %559 = stablehlo.add %556, %558 : tensor<1x7x7x1152xf32>
    %560 = call @silu_15(%559) : (tensor<1x7x7x1152xf32>) -> tensor<1x7x7x1152xf32>
    %561 = stablehlo.convolution(%560, %arg173) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[2, 2], [2, 2]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1152 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x7x7x1152xf32>, tensor<5x5x1x1152xf32>) -> tensor<1x7x7x1152xf32>
    %562 = stablehlo.broadcast_in_dim %arg174, dims = [3] : (tensor<1152xf32>) -> tensor<1x1x1x1152xf32>
    %563 = stablehlo.broadcast_in_dim %562, dims = [0, 1, 2, 3] : (tensor<1x1x1x1152xf32>) -> tensor<1x7x7x1152xf32>
    %564 = stablehlo.multiply %561, %563 : tensor<1x7x7x1152xf32>
    %565 = stablehlo.broadcast_in_dim %arg175, dims = [3] : (tensor<1152xf32>) -> tensor<1x1x1x1152xf32>
    %566 = stablehlo.broadcast_in_dim %565, dims = [0, 1, 2, 3] : (tensor<1x1x1x1152xf32>) -> tensor<1x7x7x1152xf32>
    %567 = stablehlo.add %564, %566 : tensor<1x7x7x1152xf32>
    %568 = call @silu_15(%567) : (tensor<1x7x7x1152xf32>) -> tensor<1x7x7x1152xf32>
    %cst_51 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %569 = stablehlo.reduce(%568 init: %cst_51) applies stablehlo.add across dimensions = [1, 2] : (tensor<1x7x7x1152xf32>, tensor<f32>) -> tensor<1x1152xf32>
    %cst_52 = stablehlo.constant dense<4.900000e+01> : tensor<f32>
    %570 = stablehlo.broadcast_in_dim %cst_52, dims = [] : (tensor<f32>) -> tensor<1x1152xf32>
    %571 = stablehlo.divide %569, %570 : tensor<1x1152xf32>
    %572 = stablehlo.dot_general %571, %arg176, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1152xf32>, tensor<1152x48xf32>) -> tensor<1x48xf32>
    %573 = stablehlo.broadcast_in_dim %arg177, dims = [1] : (tensor<48xf32>) -> tensor<1x48xf32>
    %574 = stablehlo.add %572, %573 : tensor<1x48xf32>
    %575 = call @silu_16(%574) : (tensor<1x48xf32>) -> tensor<1x48xf32>
    %576 = stablehlo.dot_general %575, %arg178, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x48xf32>, tensor<48x1152xf32>) -> tensor<1x1152xf32>
    %577 = stablehlo.broadcast_in_dim %arg179, dims = [1] : (tensor<1152xf32>) -> tensor<1x1152xf32>
    %578 = stablehlo.add %576, %577 : tensor<1x1152xf32>
    %579 = stablehlo.negate %578 : tensor<1x1152xf32>
    %580 = stablehlo.exponential %579 : tensor<1x1152xf32>
    %cst_53 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %581 = stablehlo.broadcast_in_dim %cst_53, dims = [] : (tensor<f32>) -> tensor<1x1152xf32>
    %582 = stablehlo.add %581, %580 : tensor<1x1152xf32>
    %cst_54 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %583 = stablehlo.broadcast_in_dim %cst_54, dims = [] : (tensor<f32>) -> tensor<1x1152xf32>
    %584 = stablehlo.divide %583, %582 : tensor<1x1152xf32>
    %585 = stablehlo.broadcast_in_dim %584, dims = [0, 3] : (tensor<1x1152xf32>) -> tensor<1x1x1x1152xf32>
    %586 = stablehlo.broadcast_in_dim %585, dims = [0, 1, 2, 3] : (tensor<1x1x1x1152xf32>) -> tensor<1x7x7x1152xf32>
    %587 = stablehlo.multiply %568, %586 : tensor<1x7x7x1152xf32>
    %588 = stablehlo.convolution(%587, %arg180) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x7x7x1152xf32>, tensor<1x1x1152x192xf32>) -> tensor<1x7x7x192xf32>
    %589 = stablehlo.broadcast_in_dim %arg181, dims = [3] : (tensor<192xf32>) -> tensor<1x1x1x192xf32>
    %590 = stablehlo.broadcast_in_dim %589, dims = [0, 1, 2, 3] : (tensor<1x1x1x192xf32>) -> tensor<1x7x7x192xf32>
    %591 = stablehlo.multiply %588, %590 : tensor<1x7x7x192xf32>
    %592 = stablehlo.broadcast_in_dim %arg182, dims = [3] : (tensor<192xf32>) -> tensor<1x1x1x192xf32>
    %593 = stablehlo.broadcast_in_dim %592, dims = [0, 1, 2, 3] : (tensor<1x1x1x192xf32>) -> tensor<1x7x7x192xf32>
    %594 = stablehlo.add %591, %593 : tensor<1x7x7x192xf32>
    %595 = stablehlo.add %552, %594 : tensor<1x7x7x192xf32>
    %596 = stablehlo.convolution(%595, %arg183) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x7x7x192xf32>, tensor<1x1x192x1152xf32>) -> tensor<1x7x7x1152xf32>
    %597 = stablehlo.broadcast_in_dim %arg184, dims = [3] : (tensor<1152xf32>) -> tensor<1x1x1x1152xf32>
    %598 = stablehlo.broadcast_in_dim %597, dims = [0, 1, 2, 3] : (tensor<1x1x1x1152xf32>) -> tensor<1x7x7x1152xf32>
    %599 = stablehlo.multiply %596, %598 : tensor<1x7x7x1152xf32>
    %600 = stablehlo.broadcast_in_dim %arg185, dims = [3] : (tensor<1152xf32>) -> tensor<1x1x1x1152xf32>
    %601 = stablehlo.broadcast_in_dim %600, dims = [0, 1, 2, 3] : (tensor<1x1x1x1152xf32>) -> tensor<1x7x7x1152xf32>
    %602 = stablehlo.add %599, %601 : tensor<1x7x7x1152xf32>
    %603 = call @silu_15(%602) : (tensor<1x7x7x1152xf32>) -> tensor<1x7x7x1152xf32>
    %604 = stablehlo.convolution(%603, %arg186) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[2, 2], [2, 2]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1152 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x7x7x1152xf32>, tensor<5x5x1x1152xf32>) -> tensor<1x7x7x1152xf32>
    %605 = stablehlo.broadcast_in_dim %arg187, dims = [3] : (tensor<1152xf32>) -> tensor<1x1x1x1152xf32>
    %606 = stablehlo.broadcast_in_dim %605, dims = [0, 1, 2, 3] : (tensor<1x1x1x1152xf32>) -> tensor<1x7x7x1152xf32>
    %607 = stablehlo.multiply %604, %606 : tensor<1x7x7x1152xf32>
    %608 = stablehlo.broadcast_in_dim %arg188, dims = [3] : (tensor<1152xf32>) -> tensor<1x1x1x1152xf32>
    %609 = stablehlo.broadcast_in_dim %608, dims = [0, 1, 2, 3] : (tensor<1x1x1x1152xf32>) -> tensor<1x7x7x1152xf32>
    %610 = stablehlo.add %607, %609 : tensor<1x7x7x1152xf32>
    %611 = call @silu_15(%610) : (tensor<1x7x7x1152xf32>) -> tensor<1x7x7x1152xf32>
    %cst_55 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %612 = stablehlo.reduce(%611 init: %cst_55) applies stablehlo.add across dimensions = [1, 2] : (tensor<1x7x7x1152xf32>, tensor<f32>) -> tensor<1x1152xf32>
    %cst_56 = stablehlo.constant dense<4.900000e+01> : tensor<f32>
    %613 = stablehlo.broadcast_in_dim %cst_56, dims = [] : (tensor<f32>) -> tensor<1x1152xf32>
    %614 = stablehlo.divide %612, %613 : tensor<1x1152xf32>
    %615 = stablehlo.dot_general %614, %arg189, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1152xf32>, tensor<1152x48xf32>) -> tensor<1x48xf32>
    %616 = stablehlo.broadcast_in_dim %arg190, dims = [1] : (tensor<48xf32>) -> tensor<1x48xf32>
    %617 = stablehlo.add %615, %616 : tensor<1x48xf32>
    %618 = call @silu_16(%617) : (tensor<1x48xf32>) -> tensor<1x48xf32>
    %619 = stablehlo.dot_general %618, %arg191, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x48xf32>, tensor<48x1152xf32>) -> tensor<1x1152xf32>
    %620 = stablehlo.broadcast_in_dim %arg192, dims = [1] : (tensor<1152xf32>) -> tensor<1x1152xf32>
    %621 = stablehlo.add %619, %620 : tensor<1x1152xf32>
    %622 = stablehlo.negate %621 : tensor<1x1152xf32>
    %623 = stablehlo.exponential %622 : tensor<1x1152xf32>
    %cst_57 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %624 = stablehlo.broadcast_in_dim %cst_57, dims = [] : (tensor<f32>) -> tensor<1x1152xf32>
    %625 = stablehlo.add %624, %623 : tensor<1x1152xf32>
    %cst_58 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %626 = stablehlo.broadcast_in_dim %cst_58, dims = [] : (tensor<f32>) -> tensor<1x1152xf32>
    %627 = stablehlo.divide %626, %625 : tensor<1x1152xf32>
    %628 = stablehlo.broadcast_in_dim %627, dims = [0, 3] : (tensor<1x1152xf32>) -> tensor<1x1x1x1152xf32>
    %629 = stablehlo.broadcast_in_dim %628, dims = [0, 1, 2, 3] : (tensor<1x1x1x1152xf32>) -> tensor<1x7x7x1152xf32>
    %630 = stablehlo.multiply %611, %629 : tensor<1x7x7x1152xf32>
    %631 = stablehlo.convolution(%630, %arg193) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x7x7x1152xf32>, tensor<1x1x1152x192xf32>) -> tensor<1x7x7x192xf32>
    %632 = stablehlo.broadcast_in_dim %arg194, dims = [3] : (tensor<192xf32>) -> tensor<1x1x1x192xf32>
    %633 = stablehlo.broadcast_in_dim %632, dims = [0, 1, 2, 3] : (tensor<1x1x1x192xf32>) -> tensor<1x7x7x192xf32>
    %634 = stablehlo.multiply %631, %633 : tensor<1x7x7x192xf32>
    %635 = stablehlo.broadcast_in_dim %arg195, dims = [3] : (tensor<192xf32>) -> tensor<1x1x1x192xf32>
    %636 = stablehlo.broadcast_in_dim %635, dims = [0, 1, 2, 3] : (tensor<1x1x1x192xf32>) -> tensor<1x7x7x192xf32>
    %637 = stablehlo.add %634, %636 : tensor<1x7x7x192xf32>
    %638 = stablehlo.add %595, %637 : tensor<1x7x7x192xf32>
    %639 = stablehlo.convolution(%638, %arg196) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x7x7x192xf32>, tensor<1x1x192x1152xf32>) -> tensor<1x7x7x1152xf32>
    %640 = stablehlo.broadcast_in_dim %arg197, dims = [3] : (tensor<1152xf32>) -> tensor<1x1x1x1152xf32>
    %641 = stablehlo.broadcast_in_dim %640, dims = [0, 1, 2, 3] : (tensor<1x1x1x1152xf32>) -> tensor<1x7x7x1152xf32>
    %642 = stablehlo.multiply %639, %641 : tensor<1x7x7x1152xf32>
    %643 = stablehlo.broadcast_in_dim %arg198, dims = [3] : (tensor<1152xf32>) -> tensor<1x1x1x1152xf32>
    %644 = stablehlo.broadcast_in_dim %643, dims = [0, 1, 2, 3] : (tensor<1x1x1x1152xf32>) -> tensor<1x7x7x1152xf32>
    %645 = stablehlo.add %642, %644 : tensor<1x7x7x1152xf32>
    %646 = call @silu_15(%645) : (tensor<1x7x7x1152xf32>) -> tensor<1x7x7x1152xf32>
    %647 = stablehlo.convolution(%646, %arg199) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1152 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x7x7x1152xf32>, tensor<3x3x1x1152xf32>) -> tensor<1x7x7x1152xf32>
    %648 = stablehlo.broadcast_in_dim %arg200, dims = [3] : (tensor<1152xf32>) -> tensor<1x1x1x1152xf32>
    %649 = stablehlo.broadcast_in_dim %648, dims = [0, 1, 2, 3] : (tensor<1x1x1x1152xf32>) -> tensor<1x7x7x1152xf32>
    %650 = stablehlo.multiply %647, %649 : tensor<1x7x7x1152xf32>
    %651 = stablehlo.broadcast_in_dim %arg201, dims = [3] : (tensor<1152xf32>) -> tensor<1x1x1x1152xf32>
    %652 = stablehlo.broadcast_in_dim %651, dims = [0, 1, 2, 3] : (tensor<1x1x1x1152xf32>) -> tensor<1x7x7x1152xf32>
    %653 = stablehlo.add %650, %652 : tensor<1x7x7x1152xf32>
    %654 = call @silu_15(%653) : (tensor<1x7x7x1152xf32>) -> tensor<1x7x7x1152xf32>
    %cst_59 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %655 = stablehlo.reduce(%654 init: %cst_59) applies stablehlo.add across dimensions = [1, 2] : (tensor<1x7x7x1152xf32>, tensor<f32>) -> tensor<1x1152xf32>
    %cst_60 = stablehlo.constant dense<4.900000e+01> : tensor<f32>
    %656 = stablehlo.broadcast_in_dim %cst_60, dims = [] : (tensor<f32>) -> tensor<1x1152xf32>
    %657 = stablehlo.divide %655, %656 : tensor<1x1152xf32>
    %658 = stablehlo.dot_general %657, %arg202, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1152xf32>, tensor<1152x48xf32>) -> tensor<1x48xf32>
    %659 = stablehlo.broadcast_in_dim %arg203, dims = [1] : (tensor<48xf32>) -> tensor<1x48xf32>
    %660 = stablehlo.add %658, %659 : tensor<1x48xf32>
    %661 = call @silu_16(%660) : (tensor<1x48xf32>) -> tensor<1x48xf32>
    %662 = stablehlo.dot_general %661, %arg204, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x48xf32>, tensor<48x1152xf32>) -> tensor<1x1152xf32>
    %663 = stablehlo.broadcast_in_dim %arg205, dims = [1] : (tensor<1152xf32>) -> tensor<1x1152xf32>
    %664 = stablehlo.add %662, %663 : tensor<1x1152xf32>
    %665 = stablehlo.negate %664 : tensor<1x1152xf32>
    %666 = stablehlo.exponential %665 : tensor<1x1152xf32>
    %cst_61 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %667 = stablehlo.broadcast_in_dim %cst_61, dims = [] : (tensor<f32>) -> tensor<1x1152xf32>
    %668 = stablehlo.add %667, %666 : tensor<1x1152xf32>
    %cst_62 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %669 = stablehlo.broadcast_in_dim %cst_62, dims = [] : (tensor<f32>) -> tensor<1x1152xf32>
    %670 = stablehlo.divide %669, %668 : tensor<1x1152xf32>
    %671 = stablehlo.broadcast_in_dim %670, dims = [0, 3] : (tensor<1x1152xf32>) -> tensor<1x1x1x1152xf32>
    %672 = stablehlo.broadcast_in_dim %671, dims = [0, 1, 2, 3] : (tensor<1x1x1x1152xf32>) -> tensor<1x7x7x1152xf32>
    %673 = stablehlo.multiply %654, %672 : tensor<1x7x7x1152xf32>
    %674 = stablehlo.convolution(%673, %arg206) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x7x7x1152xf32>, tensor<1x1x1152x320xf32>) -> tensor<1x7x7x320xf32>
    %675 = stablehlo.broadcast_in_dim %arg207, dims = [3] : (tensor<320xf32>) -> tensor<1x1x1x320xf32>
    %676 = stablehlo.broadcast_in_dim %675, dims = [0, 1, 2, 3] : (tensor<1x1x1x320xf32>) -> tensor<1x7x7x320xf32>
    %677 = stablehlo.multiply %674, %676 : tensor<1x7x7x320xf32>
    %678 = stablehlo.broadcast_in_dim %arg208, dims = [3] : (tensor<320xf32>) -> tensor<1x1x1x320xf32>
    %679 = stablehlo.broadcast_in_dim %678, dims = [0, 1, 2, 3] : (tensor<1x1x1x320xf32>) -> tensor<1x7x7x320xf32>
    %680 = stablehlo.add %677, %679 : tensor<1x7x7x320xf32>
    %681 = stablehlo.convolution(%680, %arg209) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x7x7x320xf32>, tensor<1x1x320x1280xf32>) -> tensor<1x7x7x1280xf32>
    %682 = stablehlo.broadcast_in_dim %arg210, dims = [3] : (tensor<1280xf32>) -> tensor<1x1x1x1280xf32>
    %683 = stablehlo.broadcast_in_dim %682, dims = [0, 1, 2, 3] : (tensor<1x1x1x1280xf32>) -> tensor<1x7x7x1280xf32>
    %684 = stablehlo.multiply %681, %683 : tensor<1x7x7x1280xf32>
    %685 = stablehlo.broadcast_in_dim %arg211, dims = [3] : (tensor<1280xf32>) -> tensor<1x1x1x1280xf32>
    %686 = stablehlo.broadcast_in_dim %685, dims = [0, 1, 2, 3] : (tensor<1x1x1x1280xf32>) -> tensor<1x7x7x1280xf32>
    %687 = stablehlo.add %684, %686 : tensor<1x7x7x1280xf32>
    %688 = call @silu_17(%687) : (tensor<1x7x7x1280xf32>) -> tensor<1x7x7x1280xf32>
    %cst_63 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %689 = stablehlo.reduce(%688 init: %cst_63) applies stablehlo.add across dimensions = [1, 2] : (tensor<1x7x7x1280xf32>, tensor<f32>) -> tensor<1x1280xf32>
    %cst_64 = stablehlo.constant dense<4.900000e+01> : tensor<f32>
    %690 = stablehlo.broadcast_in_dim %cst_64, dims = [] : (tensor<f32>) -> tensor<1x1280xf32>
    %691 = stablehlo.divide %689, %690 : tensor<1x1280xf32>
    %692 = stablehlo.dot_general %691, %arg212, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x1280xf32>, tensor<1280x1000xf32>) -> tensor<1x1000xf32>
    %693 = stablehlo.broadcast_in_dim %arg213, dims = [1] : (tensor<1000xf32>) -> tensor<1x1000xf32>
    %694 = stablehlo.add %692, %693 : tensor<1x1000xf32>
    return %694 : tensor<1x1000xf32>
  }
  func.func private @silu(%arg0: tensor<1x112x112x32xf32>) -> tensor<1x112x112x32xf32> {
    %0 = stablehlo.negate %arg0 : tensor<1x112x112x32xf32>
    %1 = stablehlo.exponential %0 : tensor<1x112x112x32xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x112x112x32xf32>
    %3 = stablehlo.add %2, %1 : tensor<1x112x112x32xf32>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<1x112x112x32xf32>
    %5 = stablehlo.divide %4, %3 : tensor<1x112x112x32xf32>
    %6 = stablehlo.multiply %arg0, %5 : tensor<1x112x112x32xf32>
    return %6 : tensor<1x112x112x32xf32>
  }
  func.func private @silu_0(%arg0: tensor<1x8xf32>) -> tensor<1x8xf32> {
    %0 = stablehlo.negate %arg0 : tensor<1x8xf32>
    %1 = stablehlo.exponential %0 : tensor<1x8xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x8xf32>
    %3 = stablehlo.add %2, %1 : tensor<1x8xf32>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<1x8xf32>
    %5 = stablehlo.divide %4, %3 : tensor<1x8xf32>
    %6 = stablehlo.multiply %arg0, %5 : tensor<1x8xf32>
    return %6 : tensor<1x8xf32>
  }
  func.func private @silu_1(%arg0: tensor<1x112x112x96xf32>) -> tensor<1x112x112x96xf32> {
    %0 = stablehlo.negate %arg0 : tensor<1x112x112x96xf32>
    %1 = stablehlo.exponential %0 : tensor<1x112x112x96xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x112x112x96xf32>
    %3 = stablehlo.add %2, %1 : tensor<1x112x112x96xf32>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<1x112x112x96xf32>
    %5 = stablehlo.divide %4, %3 : tensor<1x112x112x96xf32>
    %6 = stablehlo.multiply %arg0, %5 : tensor<1x112x112x96xf32>
    return %6 : tensor<1x112x112x96xf32>
  }
  func.func private @silu_2(%arg0: tensor<1x56x56x96xf32>) -> tensor<1x56x56x96xf32> {
    %0 = stablehlo.negate %arg0 : tensor<1x56x56x96xf32>
    %1 = stablehlo.exponential %0 : tensor<1x56x56x96xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x56x56x96xf32>
    %3 = stablehlo.add %2, %1 : tensor<1x56x56x96xf32>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<1x56x56x96xf32>
    %5 = stablehlo.divide %4, %3 : tensor<1x56x56x96xf32>
    %6 = stablehlo.multiply %arg0, %5 : tensor<1x56x56x96xf32>
    return %6 : tensor<1x56x56x96xf32>
  }
  func.func private @silu_3(%arg0: tensor<1x4xf32>) -> tensor<1x4xf32> {
    %0 = stablehlo.negate %arg0 : tensor<1x4xf32>
    %1 = stablehlo.exponential %0 : tensor<1x4xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x4xf32>
    %3 = stablehlo.add %2, %1 : tensor<1x4xf32>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<1x4xf32>
    %5 = stablehlo.divide %4, %3 : tensor<1x4xf32>
    %6 = stablehlo.multiply %arg0, %5 : tensor<1x4xf32>
    return %6 : tensor<1x4xf32>
  }
  func.func private @silu_4(%arg0: tensor<1x56x56x144xf32>) -> tensor<1x56x56x144xf32> {
    %0 = stablehlo.negate %arg0 : tensor<1x56x56x144xf32>
    %1 = stablehlo.exponential %0 : tensor<1x56x56x144xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x56x56x144xf32>
    %3 = stablehlo.add %2, %1 : tensor<1x56x56x144xf32>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<1x56x56x144xf32>
    %5 = stablehlo.divide %4, %3 : tensor<1x56x56x144xf32>
    %6 = stablehlo.multiply %arg0, %5 : tensor<1x56x56x144xf32>
    return %6 : tensor<1x56x56x144xf32>
  }
  func.func private @silu_5(%arg0: tensor<1x6xf32>) -> tensor<1x6xf32> {
    %0 = stablehlo.negate %arg0 : tensor<1x6xf32>
    %1 = stablehlo.exponential %0 : tensor<1x6xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x6xf32>
    %3 = stablehlo.add %2, %1 : tensor<1x6xf32>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<1x6xf32>
    %5 = stablehlo.divide %4, %3 : tensor<1x6xf32>
    %6 = stablehlo.multiply %arg0, %5 : tensor<1x6xf32>
    return %6 : tensor<1x6xf32>
  }
  func.func private @silu_6(%arg0: tensor<1x28x28x144xf32>) -> tensor<1x28x28x144xf32> {
    %0 = stablehlo.negate %arg0 : tensor<1x28x28x144xf32>
    %1 = stablehlo.exponential %0 : tensor<1x28x28x144xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x28x28x144xf32>
    %3 = stablehlo.add %2, %1 : tensor<1x28x28x144xf32>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<1x28x28x144xf32>
    %5 = stablehlo.divide %4, %3 : tensor<1x28x28x144xf32>
    %6 = stablehlo.multiply %arg0, %5 : tensor<1x28x28x144xf32>
    return %6 : tensor<1x28x28x144xf32>
  }
  func.func private @silu_7(%arg0: tensor<1x28x28x240xf32>) -> tensor<1x28x28x240xf32> {
    %0 = stablehlo.negate %arg0 : tensor<1x28x28x240xf32>
    %1 = stablehlo.exponential %0 : tensor<1x28x28x240xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x28x28x240xf32>
    %3 = stablehlo.add %2, %1 : tensor<1x28x28x240xf32>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<1x28x28x240xf32>
    %5 = stablehlo.divide %4, %3 : tensor<1x28x28x240xf32>
    %6 = stablehlo.multiply %arg0, %5 : tensor<1x28x28x240xf32>
    return %6 : tensor<1x28x28x240xf32>
  }
  func.func private @silu_8(%arg0: tensor<1x10xf32>) -> tensor<1x10xf32> {
    %0 = stablehlo.negate %arg0 : tensor<1x10xf32>
    %1 = stablehlo.exponential %0 : tensor<1x10xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x10xf32>
    %3 = stablehlo.add %2, %1 : tensor<1x10xf32>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<1x10xf32>
    %5 = stablehlo.divide %4, %3 : tensor<1x10xf32>
    %6 = stablehlo.multiply %arg0, %5 : tensor<1x10xf32>
    return %6 : tensor<1x10xf32>
  }
  func.func private @silu_9(%arg0: tensor<1x14x14x240xf32>) -> tensor<1x14x14x240xf32> {
    %0 = stablehlo.negate %arg0 : tensor<1x14x14x240xf32>
    %1 = stablehlo.exponential %0 : tensor<1x14x14x240xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x14x14x240xf32>
    %3 = stablehlo.add %2, %1 : tensor<1x14x14x240xf32>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<1x14x14x240xf32>
    %5 = stablehlo.divide %4, %3 : tensor<1x14x14x240xf32>
    %6 = stablehlo.multiply %arg0, %5 : tensor<1x14x14x240xf32>
    return %6 : tensor<1x14x14x240xf32>
  }
  func.func private @silu_10(%arg0: tensor<1x14x14x480xf32>) -> tensor<1x14x14x480xf32> {
    %0 = stablehlo.negate %arg0 : tensor<1x14x14x480xf32>
    %1 = stablehlo.exponential %0 : tensor<1x14x14x480xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x14x14x480xf32>
    %3 = stablehlo.add %2, %1 : tensor<1x14x14x480xf32>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<1x14x14x480xf32>
    %5 = stablehlo.divide %4, %3 : tensor<1x14x14x480xf32>
    %6 = stablehlo.multiply %arg0, %5 : tensor<1x14x14x480xf32>
    return %6 : tensor<1x14x14x480xf32>
  }
  func.func private @silu_11(%arg0: tensor<1x20xf32>) -> tensor<1x20xf32> {
    %0 = stablehlo.negate %arg0 : tensor<1x20xf32>
    %1 = stablehlo.exponential %0 : tensor<1x20xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x20xf32>
    %3 = stablehlo.add %2, %1 : tensor<1x20xf32>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<1x20xf32>
    %5 = stablehlo.divide %4, %3 : tensor<1x20xf32>
    %6 = stablehlo.multiply %arg0, %5 : tensor<1x20xf32>
    return %6 : tensor<1x20xf32>
  }
  func.func private @silu_12(%arg0: tensor<1x14x14x672xf32>) -> tensor<1x14x14x672xf32> {
    %0 = stablehlo.negate %arg0 : tensor<1x14x14x672xf32>
    %1 = stablehlo.exponential %0 : tensor<1x14x14x672xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x14x14x672xf32>
    %3 = stablehlo.add %2, %1 : tensor<1x14x14x672xf32>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<1x14x14x672xf32>
    %5 = stablehlo.divide %4, %3 : tensor<1x14x14x672xf32>
    %6 = stablehlo.multiply %arg0, %5 : tensor<1x14x14x672xf32>
    return %6 : tensor<1x14x14x672xf32>
  }
  func.func private @silu_13(%arg0: tensor<1x28xf32>) -> tensor<1x28xf32> {
    %0 = stablehlo.negate %arg0 : tensor<1x28xf32>
    %1 = stablehlo.exponential %0 : tensor<1x28xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x28xf32>
    %3 = stablehlo.add %2, %1 : tensor<1x28xf32>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<1x28xf32>
    %5 = stablehlo.divide %4, %3 : tensor<1x28xf32>
    %6 = stablehlo.multiply %arg0, %5 : tensor<1x28xf32>
    return %6 : tensor<1x28xf32>
  }
  func.func private @silu_14(%arg0: tensor<1x7x7x672xf32>) -> tensor<1x7x7x672xf32> {
    %0 = stablehlo.negate %arg0 : tensor<1x7x7x672xf32>
    %1 = stablehlo.exponential %0 : tensor<1x7x7x672xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x7x7x672xf32>
    %3 = stablehlo.add %2, %1 : tensor<1x7x7x672xf32>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<1x7x7x672xf32>
    %5 = stablehlo.divide %4, %3 : tensor<1x7x7x672xf32>
    %6 = stablehlo.multiply %arg0, %5 : tensor<1x7x7x672xf32>
    return %6 : tensor<1x7x7x672xf32>
  }
  func.func private @silu_15(%arg0: tensor<1x7x7x1152xf32>) -> tensor<1x7x7x1152xf32> {
    %0 = stablehlo.negate %arg0 : tensor<1x7x7x1152xf32>
    %1 = stablehlo.exponential %0 : tensor<1x7x7x1152xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x7x7x1152xf32>
    %3 = stablehlo.add %2, %1 : tensor<1x7x7x1152xf32>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<1x7x7x1152xf32>
    %5 = stablehlo.divide %4, %3 : tensor<1x7x7x1152xf32>
    %6 = stablehlo.multiply %arg0, %5 : tensor<1x7x7x1152xf32>
    return %6 : tensor<1x7x7x1152xf32>
  }
  func.func private @silu_16(%arg0: tensor<1x48xf32>) -> tensor<1x48xf32> {
    %0 = stablehlo.negate %arg0 : tensor<1x48xf32>
    %1 = stablehlo.exponential %0 : tensor<1x48xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x48xf32>
    %3 = stablehlo.add %2, %1 : tensor<1x48xf32>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<1x48xf32>
    %5 = stablehlo.divide %4, %3 : tensor<1x48xf32>
    %6 = stablehlo.multiply %arg0, %5 : tensor<1x48xf32>
    return %6 : tensor<1x48xf32>
  }
  func.func private @silu_17(%arg0: tensor<1x7x7x1280xf32>) -> tensor<1x7x7x1280xf32> {
    %0 = stablehlo.negate %arg0 : tensor<1x7x7x1280xf32>
    %1 = stablehlo.exponential %0 : tensor<1x7x7x1280xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x7x7x1280xf32>
    %3 = stablehlo.add %2, %1 : tensor<1x7x7x1280xf32>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<1x7x7x1280xf32>
    %5 = stablehlo.divide %4, %3 : tensor<1x7x7x1280xf32>
    %6 = stablehlo.multiply %arg0, %5 : tensor<1x7x7x1280xf32>
    return %6 : tensor<1x7x7x1280xf32>
  }
}
