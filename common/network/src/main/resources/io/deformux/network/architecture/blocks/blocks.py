# Building blocks that several networks share: what they compute. Attribute names are the keys of the references' state dicts.
#
# Sizes are never written down here: every module reads them off its weights, so one text serves every configuration.


# Mean and biased variance over the channels of one voxel, eps 1e-6; channels last: (N, D, H, W, C).
class LayerNormChannelsLast(Module):
  def forward(self, x: Tensor) -> Tensor:
    return torch.layer_norm(x, [torch.size(x, -1)], self.weight, self.bias, 1e-6)


# The same for (N, C, D, H, W). The result is laid out as the convolutions behind it want it.
class LayerNorm(Module):
  def forward(self, x: Tensor) -> Tensor:
    last = torch.permute(x, [0, 2, 3, 4, 1])
    y = torch.layer_norm(last, [torch.size(x, 1)], self.weight, self.bias, 1e-6)
    return __torch__.deformux.device.laid_out(torch.permute(y, [0, 4, 1, 2, 3]))


# Mean and biased variance per channel, eps 1e-5: of the batch in training, gathered with momentum 0.1 (the variance unbiased),
# as gathered afterwards.
class BatchNorm(Module):
  def forward(self, x: Tensor) -> Tensor:
    return torch.batch_norm(x, self.weight, self.bias, self.running_mean, self.running_var, self.training, 0.1, 1e-5, True)


# A dense convolution with bias; the caller says how it moves.
class Convolution(Module):
  def forward(self, x: Tensor, stride: int, padding: int) -> Tensor:
    return torch.conv3d(x, self.weight, self.bias, [stride, stride, stride], [padding, padding, padding], [1, 1, 1], 1)

  # As many voxels out as in, in as many groups as the channels of the input (depthwise) or of the output have.
  def per_channel(self, x: Tensor, channels: int) -> Tensor:
    padding = torch.size(self.weight, 2) // 2
    return torch.conv3d(x, self.weight, self.bias, [1, 1, 1], [padding, padding, padding], [1, 1, 1], channels)


# The same, and it says itself how it moves.
class StridedConvolution(Module):
  def forward(self, x: Tensor) -> Tensor:
    stride = [self.stride, self.stride, self.stride]
    padding = [self.padding, self.padding, self.padding]
    return torch.conv3d(x, self.weight, self.bias, stride, padding, [1, 1, 1], 1)


# Weights without bias, used by the caller as a convolution or as a transposed one.
class Kernel(Module):
  # Stride 1, as many voxels out as in.
  def same(self, x: Tensor) -> Tensor:
    padding = torch.size(self.weight, 2) // 2
    return torch.conv3d(x, self.weight, None, [1, 1, 1], [padding, padding, padding], [1, 1, 1], 1)

  # Twice as many voxels along every axis.
  def doubled(self, x: Tensor) -> Tensor:
    return torch.conv_transpose3d(x, self.weight, None, [2, 2, 2])


# Zero mean and unit biased variance per sample and channel, eps 1e-5; nothing learned, nothing remembered.
def instance_norm(x: Tensor) -> Tensor:
  return __torch__.deformux.device.instance_norm(x, None, None)


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


# Features to logits.
class Head(Module):
  def forward(self, x: Tensor) -> Tensor:
    return self.conv.conv.forward(x, 1, 0)


# Over the last axis.
class Linear(Module):
  def forward(self, x: Tensor) -> Tensor:
    return torch.linear(x, self.weight, self.bias)


class LinearWithoutBias(Module):
  def forward(self, x: Tensor) -> Tensor:
    return torch.linear(x, self.weight, None)


# Mean and biased variance over the channels of one token, eps 1e-5; channels last.
class LayerNormOfTokens(Module):
  def forward(self, x: Tensor) -> Tensor:
    return torch.layer_norm(x, [torch.size(x, -1)], self.weight, self.bias, 1e-5)
