// A depthwise separable convolution block with a classifier behind it (NHWC, OHWI).
module {
  func.func @main(%x: tensor<1x56x56x64xf32>, %dw: tensor<3x3x64x1xf32>, %db: tensor<64xf32>, %pw: tensor<128x1x1x64xf32>, %pb: tensor<128xf32>, %w: tensor<1x128x1000xf32>) -> tensor<1x1x1000xf32> {
    %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
    %0 = "tosa.depthwise_conv2d"(%x, %dw, %db, %zp, %zp) <{acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 1, 1, 1, 1>, stride = array<i64: 1, 1>}> : (tensor<1x56x56x64xf32>, tensor<3x3x64x1xf32>, tensor<64xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x56x56x64xf32>
    %1 = "tosa.clamp"(%0) <{max_val = 6.0 : f32, min_val = 0.0 : f32}> : (tensor<1x56x56x64xf32>) -> tensor<1x56x56x64xf32>
    %2 = "tosa.conv2d"(%1, %pw, %pb, %zp, %zp) <{acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}> : (tensor<1x56x56x64xf32>, tensor<128x1x1x64xf32>, tensor<128xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x56x56x128xf32>
    %3 = "tosa.clamp"(%2) <{max_val = 6.0 : f32, min_val = 0.0 : f32}> : (tensor<1x56x56x128xf32>) -> tensor<1x56x56x128xf32>
    %4 = "tosa.avg_pool2d"(%3, %zp, %zp) <{acc_type = f32, kernel = array<i64: 56, 56>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 56, 56>}> : (tensor<1x56x56x128xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x128xf32>
    %s = "tosa.const_shape"() <{values = dense<[1, 1, 128]> : tensor<3xindex>}> : () -> !tosa.shape<3>
    %5 = tosa.reshape %4, %s : (tensor<1x1x1x128xf32>, !tosa.shape<3>) -> tensor<1x1x128xf32>
    %6 = tosa.matmul %5, %w, %zp, %zp : (tensor<1x1x128xf32>, tensor<1x128x1000xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1000xf32>
    return %6 : tensor<1x1x1000xf32>
  }
}
