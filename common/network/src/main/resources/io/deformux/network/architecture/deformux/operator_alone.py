# The deformable convolution by itself, for benchmarks: (x, offset, weight, bias) to (N, D, H, W, C).
class Operator(Module):
  def forward(self, x: Tensor, offset: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    return __torch__.deformux.operator.deformable_convolution(x, offset, weight, bias)
