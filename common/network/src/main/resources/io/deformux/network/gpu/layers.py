# Single layers for the forward pass on a GPU, which calls them one by one on maps that lie channels last, (N, D, H, W, C). They hold no
# weights. Number formats are PyTorch's: 6 is float32, 15 bfloat16.


# weight (out, in, k, k, k), which lies channels last too, bias (out) or empty.
class Convolution(Module):
  def forward(self, x: Tensor, weight: Tensor, bias: Tensor, stride: int, padding: int) -> Tensor:
    strides = [stride, stride, stride]
    paddings = [padding, padding, padding]
    b = annotate(Optional[Tensor], None)
    if torch.numel(bias) > 0:
      b = bias
    y = torch.conv3d(torch.permute(x, [0, 4, 1, 2, 3]), weight, b, strides, paddings, [1, 1, 1], 1)
    return torch.contiguous(torch.permute(y, [0, 2, 3, 4, 1]))


# To twice the size, weight (in, out, 2, 2, 2), and then the channels of a map of that size.
class Joined(Module):
  def forward(self, x: Tensor, weight: Tensor, skip: Tensor) -> Tensor:
    y = torch.conv_transpose3d(torch.permute(x, [0, 4, 1, 2, 3]), weight, None, [2, 2, 2])
    return torch.contiguous(torch.cat([torch.permute(y, [0, 2, 3, 4, 1]), skip], 4))


# Over the channels of each voxel, eps 1e-6.
class Norm(Module):
  def forward(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    return torch.layer_norm(x, [torch.size(x, -1)], weight, bias, 1e-6)


# Memory for a map like another one; its values are not set.
class Blank(Module):
  def forward(self, x: Tensor) -> Tensor:
    return torch.empty_like(x)


# Memory for so many floats on a map's device.
class Floats(Module):
  def forward(self, x: Tensor, count: int) -> Tensor:
    return torch.empty([count], dtype=6, device=ops.prim.device(x))


# The same values in another number format.
class Cast(Module):
  def forward(self, x: Tensor, dtype: int) -> Tensor:
    return torch.to(x, dtype)


# Images (N, C, D, H, W) of floats to a map.
class Image(Module):
  def forward(self, x: Tensor, dtype: int) -> Tensor:
    return torch.contiguous(torch.to(torch.permute(x, [0, 2, 3, 4, 1]), dtype))


# A map to logits (N, C, D, H, W) of floats.
class Logits(Module):
  def forward(self, x: Tensor) -> Tensor:
    return torch.contiguous(torch.to(torch.permute(x, [0, 4, 1, 2, 3]), 6))


# Writes the values of one into the other.
class Copy(Module):
  def forward(self, to: Tensor, x: Tensor) -> Tensor:
    return torch.copy_(to, x)
