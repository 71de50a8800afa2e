# nnFormer. Attribute names are the keys of the reference's state dict. Maps of tokens are (N, D, H, W, C), those that are
# convolved (N, C, D, H, W).


# GELU, then the norm over the channels that lie second.
def settled(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  y = __torch__.deformux.transformer.tokens(torch.gelu(x))
  y = torch.layer_norm(y, [torch.size(y, 4)], weight, bias, 1e-5)
  return __torch__.deformux.transformer.map(y)


# Half as many voxels along every axis.
class FirstProjection(Module):
  def forward(self, x: Tensor) -> Tensor:
    y = self.conv1.forward(x, 2, 1)
    y = __torch__.deformux.nnformer.settled(y, self.norm1.weight, self.norm1.bias)
    y = self.conv2.forward(y, 1, 1)
    return __torch__.deformux.nnformer.settled(y, self.norm2.weight, self.norm2.bias)


# Half as many along H and W.
class SecondProjection(Module):
  def forward(self, x: Tensor) -> Tensor:
    y = torch.conv3d(x, self.conv1.weight, self.conv1.bias, [1, 2, 2], [1, 1, 1], [1, 1, 1], 1)
    y = __torch__.deformux.nnformer.settled(y, self.norm1.weight, self.norm1.bias)
    return self.conv2.forward(y, 1, 1)


class Patches(Module):
  def forward(self, x: Tensor) -> Tensor:
    y = self.proj2.forward(self.proj1.forward(x))
    return self.norm.forward(__torch__.deformux.transformer.tokens(y))


class Block(Module):
  def forward(self, x: Tensor) -> Tensor:
    window = [self.window, self.window, self.window]
    shift = [self.shift, self.shift, self.shift]
    y = __torch__.deformux.windows.split(self.norm1.forward(x), window, shift)
    y = self.attn.forward(y, __torch__.deformux.windows.mask(x, window, shift))
    y = __torch__.deformux.windows.join(y, x, window, shift)
    y = x + __torch__.deformux.transformer.branch(y, self.dropped, self.training)
    return y + __torch__.deformux.transformer.branch(self.mlp.forward(self.norm2.forward(y)), self.dropped, self.training)


# Each token of one map among those of its window in another, (N * windows, tokens, C); the queries are the tokens themselves.
class CrossAttention(Module):
  def forward(self, x: Tensor, other: Tensor) -> Tensor:
    t = torch.size(x, 1)
    c = torch.size(x, 2)
    heads = torch.size(self.relative_position_bias_table, 1)
    q = torch.permute(torch.reshape(x, [-1, t, heads, c // heads]), [0, 2, 1, 3]) * torch.pow(c // heads, -0.5)
    kv = torch.permute(torch.reshape(self.kv.forward(other), [-1, t, 2, heads, c // heads]), [2, 0, 3, 1, 4])
    scores = torch.matmul(q, torch.transpose(torch.select(kv, 0, 0), 2, 3))
    p = __torch__.deformux.windows.probabilities(scores, self.relative_position_bias_table, self.relative_position_index, None)
    y = torch.matmul(p, torch.select(kv, 0, 1))
    return self.proj.forward(torch.reshape(torch.transpose(y, 1, 2), [-1, t, c]))


# Takes two maps, stacked: the one from below and the one that the way down saw.
class CrossBlock(Module):
  def forward(self, x: Tensor) -> Tensor:
    window = [self.window, self.window, self.window]
    shift = [self.shift, self.shift, self.shift]
    up = torch.select(x, 0, 0)
    skip = torch.select(x, 0, 1)
    y = __torch__.deformux.windows.split(self.norm1.forward(up), window, shift)
    y = self.attn.forward(y, __torch__.deformux.windows.split(self.norm1.forward(skip), window, shift))
    y = __torch__.deformux.windows.join(y, up, window, shift)
    y = up + skip + __torch__.deformux.transformer.branch(y, self.dropped, self.training)
    return y + __torch__.deformux.transformer.branch(self.mlp.forward(self.norm2.forward(y)), self.dropped, self.training)


# Half as many tokens along every axis; the activation comes before the norm.
class Downsample(Module):
  def forward(self, x: Tensor) -> Tensor:
    y = self.norm.forward(torch.gelu(x))
    return __torch__.deformux.transformer.tokens(self.reduction.forward(__torch__.deformux.transformer.map(y), 2, 1))


class Descent(Module):
  def forward(self, x: Tensor) -> Tensor:
    return self.blocks.forward(x)

  def below(self, x: Tensor) -> Tensor:
    return self.downsample.forward(x)


class LastDescent(Module):
  def forward(self, x: Tensor) -> Tensor:
    return self.blocks.forward(x)


# Four maps, each normalised when it is handed out; the next level goes on from the map before it.
class Encoder(Module):
  def forward(self, image: Tensor) -> List[Tensor]:
    levels = self.layers
    x0 = (getattr(levels, "0")).forward(self.patch_embed.forward(image))
    x1 = (getattr(levels, "1")).forward((getattr(levels, "0")).below(x0))
    x2 = (getattr(levels, "2")).forward((getattr(levels, "1")).below(x1))
    x3 = (getattr(levels, "3")).forward((getattr(levels, "2")).below(x2))
    return [self.norm0.forward(x0), self.norm1.forward(x1), self.norm2.forward(x2), self.norm3.forward(x3)]


# A transposed convolution whose windows do not meet.
class Transposed(Module):
  def forward(self, x: Tensor) -> Tensor:
    stride = [torch.size(self.weight, 2), torch.size(self.weight, 3), torch.size(self.weight, 4)]
    return torch.conv_transpose3d(__torch__.deformux.transformer.map(x), self.weight, self.bias, stride)


class Upsample(Module):
  def forward(self, x: Tensor) -> Tensor:
    return __torch__.deformux.transformer.tokens(self.up.forward(self.norm.forward(x)))


class Ascent(Module):
  def forward(self, x: Tensor, skip: Tensor) -> Tensor:
    return self.blocks.forward(torch.stack([self.Upsample.forward(x), skip]))


# Three maps, the finest first.
class Decoder(Module):
  def forward(self, maps: List[Tensor]) -> List[Tensor]:
    levels = self.layers
    x2 = (getattr(levels, "2")).forward(maps[3], maps[2])
    x1 = (getattr(levels, "1")).forward(x2, maps[1])
    x0 = (getattr(levels, "0")).forward(x1, maps[0])
    return [x0, x1, x2]


class Head(Module):
  def forward(self, x: Tensor) -> Tensor:
    return self.up.forward(x)


# Image (N, in, D, H, W) to logits (N, out, D, H, W), both float32 (float64 if the weights are).
class NnFormer(Module):
  def forward(self, x: Tensor) -> Tensor:
    image = torch.to(x, ops.prim.dtype(self.model_down.patch_embed.proj1.conv1.weight))
    maps = self.decoder.forward(self.model_down.forward(image))
    return torch.to((getattr(self.final, "0")).forward(maps[0]), ops.prim.dtype(x))


# The same, and in training the logits of the coarser maps too.
class DeeplySupervised(Module):
  def forward(self, x: Tensor) -> Tensor:
    return torch.to((getattr(self.final, "0")).forward((self.maps(x))[0]), ops.prim.dtype(x))

  def outputs(self, x: Tensor) -> List[Tensor]:
    heads = self.final
    m = self.maps(x)
    y0 = torch.to((getattr(heads, "0")).forward(m[0]), ops.prim.dtype(x))
    y1 = torch.to((getattr(heads, "1")).forward(m[1]), ops.prim.dtype(x))
    y2 = torch.to((getattr(heads, "2")).forward(m[2]), ops.prim.dtype(x))
    return [y0, y1, y2]

  def maps(self, x: Tensor) -> List[Tensor]:
    image = torch.to(x, ops.prim.dtype(self.model_down.patch_embed.proj1.conv1.weight))
    return self.decoder.forward(self.model_down.forward(image))
