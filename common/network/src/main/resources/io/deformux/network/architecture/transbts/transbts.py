# TransBTS. Attribute names are the keys of the reference's state dict.


# Mean and biased variance over the voxels of each of eight groups of channels, eps 1e-5.
class GroupNorm(Module):
  def forward(self, x: Tensor) -> Tensor:
    return torch.group_norm(x, 8, self.weight, self.bias, 1e-5)


# A transposed convolution with bias: twice as many voxels along every axis.
class Doubling(Module):
  def forward(self, x: Tensor) -> Tensor:
    return torch.conv_transpose3d(x, self.weight, self.bias, [2, 2, 2])


# Training leaves out whole channels; the reference does so in inference too, which is read as a mistake.
class InitConv(Module):
  def forward(self, x: Tensor) -> Tensor:
    return torch.feature_dropout(self.conv.forward(x, 1, 1), 0.2, self.training)


# Norm and activation before each convolution, and the input itself.
class EnBlock(Module):
  def forward(self, x: Tensor) -> Tensor:
    y = self.conv1.forward(torch.relu(self.bn1.forward(x)), 1, 1)
    y = self.conv2.forward(torch.relu(self.bn2.forward(y)), 1, 1)
    return y + x


# A convolution to half the size.
class EnDown(Module):
  def forward(self, x: Tensor) -> Tensor:
    return self.conv.forward(x, 2, 1)


# Four maps, at full size, 1/2, 1/4 and 1/8 of it.
class Unet(Module):
  def forward(self, x: Tensor) -> List[Tensor]:
    x1 = self.EnBlock1.forward(self.InitConv.forward(x))
    x2 = self.EnBlock2_2.forward(self.EnBlock2_1.forward(self.EnDown1.forward(x1)))
    x3 = self.EnBlock3_2.forward(self.EnBlock3_1.forward(self.EnDown2.forward(x2)))
    x4 = self.EnBlock4_2.forward(self.EnBlock4_1.forward(self.EnDown3.forward(x3)))
    x4 = self.EnBlock4_4.forward(self.EnBlock4_3.forward(x4))
    return [x1, x2, x3, x4]


# Each token among all of its image, (N, tokens, E).
class Attention(Module):
  def forward(self, x: Tensor) -> Tensor:
    n = torch.size(x, 0)
    t = torch.size(x, 1)
    e = torch.size(x, 2)
    width = e // self.heads
    qkv = torch.permute(torch.reshape(self.qkv.forward(x), [n, t, 3, self.heads, width]), [2, 0, 3, 1, 4])
    scores = torch.matmul(torch.select(qkv, 0, 0), torch.transpose(torch.select(qkv, 0, 1), 2, 3))
    shares = torch.dropout(torch.softmax(scores * torch.pow(width, -0.5), -1), 0.1, self.training)
    y = torch.matmul(shares, torch.select(qkv, 0, 2))
    y = self.proj.forward(torch.reshape(torch.transpose(y, 1, 2), [n, t, e]))
    return torch.dropout(y, 0.1, self.training)


class AttentionLayer(Module):
  def forward(self, x: Tensor) -> Tensor:
    y = self.fn.fn.forward(self.fn.norm.forward(x))
    return x + torch.dropout(y, 0.1, self.training)


class PerceptronLayer(Module):
  def forward(self, x: Tensor) -> Tensor:
    net = self.fn.fn.net
    y = torch.gelu((getattr(net, "0")).forward(self.fn.norm.forward(x)))
    y = (getattr(net, "3")).forward(torch.dropout(y, 0.1, self.training))
    return x + torch.dropout(y, 0.1, self.training)


# Four layers, each attention and perceptron; the reference takes what the fourth gives, however many there are.
class Transformer(Module):
  def forward(self, x: Tensor) -> Tensor:
    net = self.net
    y = (getattr(net, "1")).forward((getattr(net, "0")).forward(x))
    y = (getattr(net, "3")).forward((getattr(net, "2")).forward(y))
    y = (getattr(net, "5")).forward((getattr(net, "4")).forward(y))
    return (getattr(net, "7")).forward((getattr(net, "6")).forward(y))


# Each convolution, then norm and activation.
class Pair(Module):
  def forward(self, x: Tensor) -> Tensor:
    y = torch.relu(self.bn1.forward(self.conv1.forward(x, 1, 1)))
    return torch.relu(self.bn2.forward(self.conv2.forward(y, 1, 1)))


# The same and the input itself, behind the last activation.
class ResidualPair(Module):
  def forward(self, x: Tensor) -> Tensor:
    y = torch.relu(self.bn1.forward(self.conv1.forward(x, 1, 1)))
    return torch.relu(self.bn2.forward(self.conv2.forward(y, 1, 1))) + x


# Twice the size, joined by the encoder's map of that size, [skip, upsampled].
class DeUp(Module):
  def forward(self, x: Tensor, skip: Tensor) -> Tensor:
    up = self.conv2.forward(self.conv1.forward(x, 1, 0))
    return self.conv3.forward(torch.cat([skip, up], 1), 1, 0)


# Image (N, in, D, H, W) to logits (N, out, D, H, W), both float32 (float64 if the weights are).
class TransBts(Module):
  def forward(self, x: Tensor) -> Tensor:
    maps = self.Unet.forward(torch.to(x, ops.prim.dtype(self.endconv.weight)))
    y = self.conv_x.forward(torch.relu(self.bn.forward(maps[3])), 1, 1)
    size = torch.size(y)
    y = torch.transpose(torch.reshape(y, [size[0], size[1], -1]), 1, 2)
    y = torch.dropout(self.position_encoding.forward(y), 0.1, self.training)
    y = torch.transpose(self.transformer.forward(y), 1, 2)
    y = self.Enblock8_1.forward(torch.reshape(torch.contiguous(y), size))
    y = self.DeUp4.forward(self.Enblock8_2.forward(y), maps[2])
    y = self.DeUp3.forward(self.DeBlock4.forward(y), maps[1])
    y = self.DeUp2.forward(self.DeBlock3.forward(y), maps[0])
    y = self.endconv.forward(self.DeBlock2.forward(y), 1, 0)
    return torch.to(y, ops.prim.dtype(x))


# Tells each token its place.
class Positions(Module):
  def forward(self, x: Tensor) -> Tensor:
    return x + self.position_embeddings
