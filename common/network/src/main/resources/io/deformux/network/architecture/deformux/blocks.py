# The building blocks of DeformUX-Net: what they compute. Attribute names are the keys of the reference's state dict.
#
# Sizes are never written down here: every module reads them off its weights, so one text serves every configuration.


# Mean and biased variance over the channels of one voxel, eps 1e-6; channels last: (N, D, H, W, C).
class LayerNormChannelsLast(Module):
  def forward(self, x: Tensor) -> Tensor:
    return torch.layer_norm(x, [torch.size(x, -1)], self.weight, self.bias, 1e-6)


# The same for (N, C, D, H, W). The result is laid out like the input: convolutions are slower on channels-last data.
class LayerNorm(Module):
  def forward(self, x: Tensor) -> Tensor:
    last = torch.permute(x, [0, 2, 3, 4, 1])
    y = torch.layer_norm(last, [torch.size(x, 1)], self.weight, self.bias, 1e-6)
    return torch.contiguous(torch.permute(y, [0, 4, 1, 2, 3]))


# A dense convolution with bias; the caller says how it moves.
class Convolution(Module):
  def forward(self, x: Tensor, stride: int, padding: int) -> Tensor:
    return torch.conv3d(x, self.weight, self.bias, [stride, stride, stride], [padding, padding, padding], [1, 1, 1], 1)

  # groups = input channels: output channels 4c .. 4c+3 see input channel c only, or the other way round.
  def per_channel(self, x: Tensor, channels: int) -> Tensor:
    return torch.conv3d(x, self.weight, self.bias, [1, 1, 1], [0, 0, 0], [1, 1, 1], channels)


# Weights without bias, used by the caller as a convolution or as a transposed one.
class Kernel(Module):
  # Stride 1, as many voxels out as in.
  def same(self, x: Tensor) -> Tensor:
    padding = torch.size(self.weight, 2) // 2
    return torch.conv3d(x, self.weight, None, [1, 1, 1], [padding, padding, padding], [1, 1, 1], 1)

  # Twice as many voxels along every axis.
  def doubled(self, x: Tensor) -> Tensor:
    return torch.conv_transpose3d(x, self.weight, None, [2, 2, 2])


# Depthwise deformable convolution with its own offsets; (N, C, D, H, W) to (N, D, H, W, C).
class DepthwiseDeformableConvolution(Module):
  # (N, 81, D, H, W): where each tap samples, in voxels from its place on the grid.
  def offsets(self, x: Tensor) -> Tensor:
    return self.conv_offset.forward(x, 1, torch.size(self.conv_offset.weight, 2) // 2)

  def forward(self, x: Tensor) -> Tensor:
    offset = self.offsets(x)
    # Positions need more digits than a 16-bit float has.
    float16 = 5
    float32 = 6
    bfloat16 = 15
    dtype = ops.prim.dtype(x)
    exact = dtype
    if dtype == float16 or dtype == bfloat16:
      exact = float32
    y = __torch__.deformux.operator.deformable_convolution(
        torch.to(x, exact), torch.to(offset, exact), torch.to(self.weight, exact), torch.to(self.bias, exact))
    return torch.to(y, dtype)


# Deformable convolution, norm, channel-wise scaling (each channel through a 1-4-1 network of its own), residual.
class DeformUxBlock(Module):
  def forward(self, x: Tensor) -> Tensor:
    c = torch.size(x, 1)
    y = self.norm.forward(self.ddc.forward(x))
    y = torch.contiguous(torch.permute(y, [0, 4, 1, 2, 3]))
    y = self.pwconv1.per_channel(y, c)
    y = self.pwconv2.per_channel(torch.gelu(y), c)
    return x + torch.reshape(self.gamma, [1, c, 1, 1, 1]) * y


# Zero mean and unit biased variance per sample and channel, eps 1e-5; nothing learned, nothing remembered.
def instance_norm(x: Tensor) -> Tensor:
  return torch.instance_norm(x, None, None, None, None, True, 0.0, 1e-5, False)


# Two 3x3x3 convolutions and the input itself.
class ResidualBlock(Module):
  def forward(self, x: Tensor) -> Tensor:
    return __torch__.deformux.blocks.residual(x, x, self.conv1.conv, self.conv2.conv)


# Two 3x3x3 convolutions and the input through a 1x1x1 one, because the channel counts differ.
class ProjectedResidualBlock(Module):
  def forward(self, x: Tensor) -> Tensor:
    shortcut = __torch__.deformux.blocks.instance_norm(self.conv3.conv.same(x))
    return __torch__.deformux.blocks.residual(x, shortcut, self.conv1.conv, self.conv2.conv)


def residual(x: Tensor,
    shortcut: Tensor,
    conv1: __torch__.deformux.blocks.Kernel,
    conv2: __torch__.deformux.blocks.Kernel) -> Tensor:
  y = torch.leaky_relu(__torch__.deformux.blocks.instance_norm(conv1.same(x)), 0.01)
  y = __torch__.deformux.blocks.instance_norm(conv2.same(y))
  return torch.leaky_relu(y + shortcut, 0.01)


# One level of the encoder; its block projects or not.
class EncoderLevel(Module):
  def forward(self, x: Tensor) -> Tensor:
    return self.layer.forward(x)


# One level of the decoder: doubled in size, joined by the encoder's map of that size, [upsampled, skip].
class DecoderLevel(Module):
  def forward(self, x: Tensor, skip: Tensor) -> Tensor:
    up = self.transp_conv.conv.doubled(x)
    return self.conv_block.forward(torch.cat([up, skip], 1))
