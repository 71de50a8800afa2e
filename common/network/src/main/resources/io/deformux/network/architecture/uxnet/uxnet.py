# The block of 3D UX-Net. Attribute names are the keys of the reference's state dict.


# A depthwise convolution, norm, channel-wise scaling (each channel through a 1-4-1 network of its own), residual.
class UxBlock(Module):
  def forward(self, x: Tensor) -> Tensor:
    c = torch.size(x, 1)
    y = self.norm.forward(self.dwconv.per_channel(x, c))
    if ops.prim.is_cuda(x):
      y = __torch__.deformux.device.channel_networks(y, self.pwconv1.weight, self.pwconv1.bias, self.pwconv2.weight, self.pwconv2.bias)
    else:
      y = self.pwconv1.per_channel(y, c)
      y = self.pwconv2.per_channel(torch.gelu(y), c)
    return x + torch.reshape(self.gamma, [1, c, 1, 1, 1]) * y
