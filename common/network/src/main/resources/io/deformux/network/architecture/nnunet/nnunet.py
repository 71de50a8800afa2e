# Layers of the U-Net of nnU-Net. Attribute names are the keys of the references' state dicts. The class of the whole, which
# calls them one after the other, is written by UNetText.


# A convolution with bias, or a transposed one.
class Convolution(Module):
  def forward(self, x: Tensor, stride: List[int], padding: List[int]) -> Tensor:
    return torch.conv3d(x, self.weight, self.bias, stride, padding, [1, 1, 1], 1)

  # As many voxels for each as the kernel has.
  def spread(self, x: Tensor, stride: List[int]) -> Tensor:
    return torch.conv_transpose3d(x, self.weight, self.bias, stride)


# The same without bias.
class Kernel(Module):
  def forward(self, x: Tensor, stride: List[int], padding: List[int]) -> Tensor:
    return torch.conv3d(x, self.weight, None, stride, padding, [1, 1, 1], 1)

  def spread(self, x: Tensor, stride: List[int]) -> Tensor:
    return torch.conv_transpose3d(x, self.weight, None, stride)


# Zero mean and unit biased variance per sample and channel, eps 1e-5, then a factor and an offset per channel.
class Norm(Module):
  def forward(self, x: Tensor) -> Tensor:
    return __torch__.deformux.device.instance_norm(x, self.weight, self.bias)


# The same with nothing learned.
class NormAlone(Module):
  def forward(self, x: Tensor) -> Tensor:
    return __torch__.deformux.device.instance_norm(x, None, None)


