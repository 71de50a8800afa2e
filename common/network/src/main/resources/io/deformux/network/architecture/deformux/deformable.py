# The block of DeformUX-Net. Attribute names are the keys of the reference's state dict.


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
    if ops.prim.is_cuda(x):
      # Its sums are in float whatever it gathers; only the gradient of a gather is not to be had in 16 bits.
      maps = x
      if self.training:
        maps = torch.to(x, exact)
      y = __torch__.deformux.operator.at_once(maps, torch.to(offset, exact), self.weight, self.bias)
    else:
      y = __torch__.deformux.operator.deformable_convolution(
          torch.to(x, exact), torch.to(offset, exact), torch.to(self.weight, exact), torch.to(self.bias, exact))
    return torch.to(y, dtype)


# Deformable convolution, norm, channel-wise scaling (each channel through a 1-4-1 network of its own), residual.
class DeformUxBlock(Module):
  def forward(self, x: Tensor) -> Tensor:
    c = torch.size(x, 1)
    y = self.norm.forward(self.ddc.forward(x))
    y = __torch__.deformux.device.laid_out(torch.permute(y, [0, 4, 1, 2, 3]))
    if ops.prim.is_cuda(x):
      y = __torch__.deformux.device.channel_networks(y, self.pwconv1.weight, self.pwconv1.bias, self.pwconv2.weight, self.pwconv2.bias)
    else:
      y = self.pwconv1.per_channel(y, c)
      y = self.pwconv2.per_channel(torch.gelu(y), c)
    return x + torch.reshape(self.gamma, [1, c, 1, 1, 1]) * y
