// Two dense layers with bias and ReLU: named products, generic pointwise work, a row-wise maximum.
#rows = affine_map<(d0, d1) -> (d0, d1)>
#column = affine_map<(d0, d1) -> (d1)>
#row = affine_map<(d0, d1) -> (d0)>
#lhs = affine_map<(m, n, k) -> (m, k)>
#rhs_t = affine_map<(m, n, k) -> (n, k)>
#out = affine_map<(m, n, k) -> (m, n)>
module {
  func.func @main(%x: tensor<128x784xf32>, %w0: tensor<784x512xf32>, %b0: tensor<512xf32>, %w1: tensor<10x512xf32>) -> tensor<128xf32> {
    %zero = arith.constant 0.0 : f32
    %lowest = arith.constant -3.40282347E+38 : f32
    %e0 = tensor.empty() : tensor<128x512xf32>
    %f0 = linalg.fill ins(%zero : f32) outs(%e0 : tensor<128x512xf32>) -> tensor<128x512xf32>
    %h0 = linalg.matmul ins(%x, %w0 : tensor<128x784xf32>, tensor<784x512xf32>) outs(%f0 : tensor<128x512xf32>) -> tensor<128x512xf32>
    %h1 = linalg.generic {indexing_maps = [#rows, #column, #rows], iterator_types = ["parallel", "parallel"]} ins(%h0, %b0 : tensor<128x512xf32>, tensor<512xf32>) outs(%e0 : tensor<128x512xf32>) {
    ^bb0(%h: f32, %b: f32, %unused: f32):
      %s = arith.addf %h, %b : f32
      %r = arith.maximumf %s, %zero : f32
      linalg.yield %r : f32
    } -> tensor<128x512xf32>
    %e1 = tensor.empty() : tensor<128x10xf32>
    %f1 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<128x10xf32>) -> tensor<128x10xf32>
    %y = linalg.generic {indexing_maps = [#lhs, #rhs_t, #out], iterator_types = ["parallel", "parallel", "reduction"]} ins(%h1, %w1 : tensor<128x512xf32>, tensor<10x512xf32>) outs(%f1 : tensor<128x10xf32>) {
    ^bb0(%a: f32, %b: f32, %acc: f32):
      %p = arith.mulf %a, %b : f32
      %s = arith.addf %acc, %p : f32
      linalg.yield %s : f32
    } -> tensor<128x10xf32>
    %e2 = tensor.empty() : tensor<128xf32>
    %f2 = linalg.fill ins(%lowest : f32) outs(%e2 : tensor<128xf32>) -> tensor<128xf32>
    %top = linalg.generic {indexing_maps = [#rows, #row], iterator_types = ["parallel", "reduction"]} ins(%y : tensor<128x10xf32>) outs(%f2 : tensor<128xf32>) {
    ^bb0(%v: f32, %acc: f32):
      %m = arith.maximumf %v, %acc : f32
      linalg.yield %m : f32
    } -> tensor<128xf32>
    return %top : tensor<128xf32>
  }
}
