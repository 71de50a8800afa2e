# The block of 3D RepUX-Net. Attribute names are the keys of the reference's state dict.


# A depthwise convolution, batch norm, GELU; no residual.
class RepUxBlock(Module):
  def forward(self, x: Tensor) -> Tensor:
    y = self.dwconv.per_channel(x, torch.size(x, 1))
    return torch.gelu(self.norm.forward(y))
