# Single layers for the forward pass on a CPU, which calls them one by one on maps that lie channels last. They hold no
# weights. Number formats are PyTorch's: 6 is float32, 15 bfloat16.


# x (1, D, H, W, in), weight (out, in, k, k, k), bias (out) or empty: (1, D', H', W', out).
class Convolution(Module):
  def forward(self, x: Tensor, weight: Tensor, bias: Tensor, stride: int, padding: int) -> Tensor:
    last = torch.permute(x, [0, 4, 1, 2, 3])
    strides = [stride, stride, stride]
    paddings = [padding, padding, padding]
    if torch.numel(bias) == 0:
      y = torch.conv3d(last, weight, None, strides, paddings, [1, 1, 1], 1)
    else:
      y = torch.conv3d(last, weight, bias, strides, paddings, [1, 1, 1], 1)
    return torch.contiguous(torch.permute(y, [0, 2, 3, 4, 1]))


# Each channel by a kernel of its own, as many voxels out as in: x (1, c, D, H, W) however it lies, weight (c, 1, k, k, k), bias (c).
class Depthwise(Module):
  def forward(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    padding = torch.size(weight, 2) // 2
    return torch.conv3d(x, weight, bias, [1, 1, 1], [padding, padding, padding], [1, 1, 1], torch.size(x, 1))


# The same values channels last in memory.
class ChannelsLast(Module):
  def forward(self, x: Tensor) -> Tensor:
    return torch.contiguous(x, memory_format=3)


# Memory for a map (1, d, h, w, c); its values are not set.
class Blank(Module):
  def forward(self, d: int, h: int, w: int, c: int, dtype: int) -> Tensor:
    return torch.empty([1, d, h, w, c], dtype=dtype)


# The same values in another number format.
class Cast(Module):
  def forward(self, x: Tensor, dtype: int) -> Tensor:
    return torch.to(x, dtype)
