# The deformable convolution by itself, for benchmarks: (x, offset, weight, bias) to (N, D, H, W, C).
class Operator(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def forward(self, x: Tensor, offset: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    return __torch__.deformux.operator.deformable_convolution(x, offset, weight, bias)
