module @jit_main attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<256x1024xf32>, %arg1: tensor<32x1024x1024xf32>) -> (tensor<256x1024xf32> {jax.result_info = "result"}) {
    %0 = stablehlo.slice %arg1 [0:1, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %1 = stablehlo.reshape %0 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %2 = stablehlo.dot_general %arg0, %1, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %3 = stablehlo.tanh %2 : tensor<256x1024xf32>
    %4 = stablehlo.slice %arg1 [1:2, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %5 = stablehlo.reshape %4 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %6 = stablehlo.dot_general %3, %5, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %7 = stablehlo.tanh %6 : tensor<256x1024xf32>
    %8 = stablehlo.slice %arg1 [2:3, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %9 = stablehlo.reshape %8 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %10 = stablehlo.dot_general %7, %9, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %11 = stablehlo.tanh %10 : tensor<256x1024xf32>
    %12 = stablehlo.slice %arg1 [3:4, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %13 = stablehlo.reshape %12 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %14 = stablehlo.dot_general %11, %13, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %15 = stablehlo.tanh %14 : tensor<256x1024xf32>
    %16 = stablehlo.slice %arg1 [4:5, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %17 = stablehlo.reshape %16 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %18 = stablehlo.dot_general %15, %17, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %19 = stablehlo.tanh %18 : tensor<256x1024xf32>
    %20 = stablehlo.slice %arg1 [5:6, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %21 = stablehlo.reshape %20 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %22 = stablehlo.dot_general %19, %21, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %23 = stablehlo.tanh %22 : tensor<256x1024xf32>
    %24 = stablehlo.slice %arg1 [6:7, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %25 = stablehlo.reshape %24 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %26 = stablehlo.dot_general %23, %25, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %27 = stablehlo.tanh %26 : tensor<256x1024xf32>
    %28 = stablehlo.slice %arg1 [7:8, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %29 = stablehlo.reshape %28 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %30 = stablehlo.dot_general %27, %29, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %31 = stablehlo.tanh %30 : tensor<256x1024xf32>
    %32 = stablehlo.slice %arg1 [8:9, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %33 = stablehlo.reshape %32 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %34 = stablehlo.dot_general %31, %33, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %35 = stablehlo.tanh %34 : tensor<256x1024xf32>
    %36 = stablehlo.slice %arg1 [9:10, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %37 = stablehlo.reshape %36 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %38 = stablehlo.dot_general %35, %37, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %39 = stablehlo.tanh %38 : tensor<256x1024xf32>
    %40 = stablehlo.slice %arg1 [10:11, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %41 = stablehlo.reshape %40 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %42 = stablehlo.dot_general %39, %41, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %43 = stablehlo.tanh %42 : tensor<256x1024xf32>
    %44 = stablehlo.slice %arg1 [11:12, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %45 = stablehlo.reshape %44 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %46 = stablehlo.dot_general %43, %45, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %47 = stablehlo.tanh %46 : tensor<256x1024xf32>
    %48 = stablehlo.slice %arg1 [12:13, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %49 = stablehlo.reshape %48 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %50 = stablehlo.dot_general %47, %49, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %51 = stablehlo.tanh %50 : tensor<256x1024xf32>
    %52 = stablehlo.slice %arg1 [13:14, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %53 = stablehlo.reshape %52 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %54 = stablehlo.dot_general %51, %53, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %55 = stablehlo.tanh %54 : tensor<256x1024xf32>
    %56 = stablehlo.slice %arg1 [14:15, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %57 = stablehlo.reshape %56 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %58 = stablehlo.dot_general %55, %57, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %59 = stablehlo.tanh %58 : tensor<256x1024xf32>
    %60 = stablehlo.slice %arg1 [15:16, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %61 = stablehlo.reshape %60 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %62 = stablehlo.dot_general %59, %61, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %63 = stablehlo.tanh %62 : tensor<256x1024xf32>
    %64 = stablehlo.slice %arg1 [16:17, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %65 = stablehlo.reshape %64 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %66 = stablehlo.dot_general %63, %65, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %67 = stablehlo.tanh %66 : tensor<256x1024xf32>
    %68 = stablehlo.slice %arg1 [17:18, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %69 = stablehlo.reshape %68 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %70 = stablehlo.dot_general %67, %69, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %71 = stablehlo.tanh %70 : tensor<256x1024xf32>
    %72 = stablehlo.slice %arg1 [18:19, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %73 = stablehlo.reshape %72 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %74 = stablehlo.dot_general %71, %73, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %75 = stablehlo.tanh %74 : tensor<256x1024xf32>
    %76 = stablehlo.slice %arg1 [19:20, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %77 = stablehlo.reshape %76 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %78 = stablehlo.dot_general %75, %77, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %79 = stablehlo.tanh %78 : tensor<256x1024xf32>
    %80 = stablehlo.slice %arg1 [20:21, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %81 = stablehlo.reshape %80 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %82 = stablehlo.dot_general %79, %81, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %83 = stablehlo.tanh %82 : tensor<256x1024xf32>
    %84 = stablehlo.slice %arg1 [21:22, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %85 = stablehlo.reshape %84 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %86 = stablehlo.dot_general %83, %85, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %87 = stablehlo.tanh %86 : tensor<256x1024xf32>
    %88 = stablehlo.slice %arg1 [22:23, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %89 = stablehlo.reshape %88 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %90 = stablehlo.dot_general %87, %89, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %91 = stablehlo.tanh %90 : tensor<256x1024xf32>
    %92 = stablehlo.slice %arg1 [23:24, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %93 = stablehlo.reshape %92 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %94 = stablehlo.dot_general %91, %93, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %95 = stablehlo.tanh %94 : tensor<256x1024xf32>
    %96 = stablehlo.slice %arg1 [24:25, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %97 = stablehlo.reshape %96 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %98 = stablehlo.dot_general %95, %97, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %99 = stablehlo.tanh %98 : tensor<256x1024xf32>
    %100 = stablehlo.slice %arg1 [25:26, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %101 = stablehlo.reshape %100 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %102 = stablehlo.dot_general %99, %101, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %103 = stablehlo.tanh %102 : tensor<256x1024xf32>
    %104 = stablehlo.slice %arg1 [26:27, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %105 = stablehlo.reshape %104 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %106 = stablehlo.dot_general %103, %105, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %107 = stablehlo.tanh %106 : tensor<256x1024xf32>
    %108 = stablehlo.slice %arg1 [27:28, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %109 = stablehlo.reshape %108 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %110 = stablehlo.dot_general %107, %109, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %111 = stablehlo.tanh %110 : tensor<256x1024xf32>
    %112 = stablehlo.slice %arg1 [28:29, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %113 = stablehlo.reshape %112 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %114 = stablehlo.dot_general %111, %113, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %115 = stablehlo.tanh %114 : tensor<256x1024xf32>
    %116 = stablehlo.slice %arg1 [29:30, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %117 = stablehlo.reshape %116 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %118 = stablehlo.dot_general %115, %117, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %119 = stablehlo.tanh %118 : tensor<256x1024xf32>
    %120 = stablehlo.slice %arg1 [30:31, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %121 = stablehlo.reshape %120 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %122 = stablehlo.dot_general %119, %121, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %123 = stablehlo.tanh %122 : tensor<256x1024xf32>
    %124 = stablehlo.slice %arg1 [31:32, 0:1024, 0:1024] : (tensor<32x1024x1024xf32>) -> tensor<1x1024x1024xf32>
    %125 = stablehlo.reshape %124 : (tensor<1x1024x1024xf32>) -> tensor<1024x1024xf32>
    %126 = stablehlo.dot_general %123, %125, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<256x1024xf32>, tensor<1024x1024xf32>) -> tensor<256x1024xf32>
    %127 = stablehlo.tanh %126 : tensor<256x1024xf32>
    return %127 : tensor<256x1024xf32>
  }
}
