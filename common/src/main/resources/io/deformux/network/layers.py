# Single layers for the forward pass on a CPU, which calls them one by one on maps that lie channels last. They hold no
# weights.


# x (1, D, H, W, in), weight (out, in, k, k, k), bias (out) or empty: (1, D', H', W', out).
class Convolution(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def forward(self, x: Tensor, weight: Tensor, bias: Tensor, stride: int, padding: int) -> Tensor:
    last = torch.permute(x, [0, 4, 1, 2, 3])
    strides = [stride, stride, stride]
    paddings = [padding, padding, padding]
    if torch.numel(bias) == 0:
      y = torch.conv3d(last, weight, None, strides, paddings)
    else:
      y = torch.conv3d(last, weight, bias, strides, paddings)
    return torch.contiguous(torch.permute(y, [0, 2, 3, 4, 1]))


# Memory for a map (1, d, h, w, c) of the number format of another tensor; its values are not set.
class Blank(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def forward(self, like: Tensor, d: int, h: int, w: int, c: int) -> Tensor:
    return torch.empty([1, d, h, w, c], dtype=ops.prim.dtype(like))
