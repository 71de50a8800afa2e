# UNesT. Attribute names are the keys of the reference's state dict. Maps are (N, C, D, H, W); inside a level the tokens are
# (N, blocks, tokens of a block, C), both in raster order.


class Patches(Module):
  def forward(self, x: Tensor) -> Tensor:
    return self.proj.forward(x, 4, 0)


# Half as many voxels along every axis.
class Pool(Module):
  def forward(self, x: Tensor) -> Tensor:
    y = self.norm.forward(self.conv.forward(x, 1, 1))
    return torch.max_pool3d(y, [3, 3, 3], [2, 2, 2], [1, 1, 1])


# Each token among those of its block. The heads are joined with the head fastest.
class Attention(Module):
  def forward(self, x: Tensor) -> Tensor:
    n = torch.size(x, 0)
    b = torch.size(x, 1)
    t = torch.size(x, 2)
    c = torch.size(x, 3)
    width = c // self.heads
    qkv = torch.permute(torch.reshape(self.qkv.forward(x), [n, b, t, 3, self.heads, width]), [3, 0, 4, 1, 2, 5])
    scores = torch.matmul(torch.select(qkv, 0, 0), torch.transpose(torch.select(qkv, 0, 1), 3, 4))
    y = torch.matmul(torch.softmax(scores * torch.pow(width, -0.5), -1), torch.select(qkv, 0, 2))
    return self.proj.forward(torch.reshape(torch.permute(y, [0, 2, 3, 4, 1]), [n, b, t, c]))


class Block(Module):
  def forward(self, x: Tensor) -> Tensor:
    y = x + __torch__.deformux.transformer.branch(self.attn.forward(self.norm1.forward(x)), self.dropped, self.training)
    return y + __torch__.deformux.transformer.branch(self.mlp.forward(self.norm2.forward(y)), self.dropped, self.training)


class Level(Module):
  def forward(self, x: Tensor) -> Tensor:
    y = __torch__.deformux.unest.blocks(x, self.grid)
    return __torch__.deformux.unest.map(self.transformer_encoder.forward(y + self.pos_embed), self.grid, x)


class PooledLevel(Module):
  def forward(self, x: Tensor) -> Tensor:
    p = self.pool.forward(x)
    y = __torch__.deformux.unest.blocks(p, self.grid)
    return __torch__.deformux.unest.map(self.transformer_encoder.forward(y + self.pos_embed), self.grid, p)


# A map cut into a grid of so many blocks along each axis.
def blocks(x: Tensor, grid: int) -> Tensor:
  window = [torch.size(x, 2) // grid, torch.size(x, 3) // grid, torch.size(x, 4) // grid]
  y = __torch__.deformux.windows.partition(__torch__.deformux.transformer.tokens(x), window)
  return torch.reshape(y, [torch.size(x, 0), grid * grid * grid, torch.size(y, 1), torch.size(y, 2)])


# The map, as large as another one, that these blocks make.
def map(x: Tensor, grid: int, like: Tensor) -> Tensor:
  size = [torch.size(like, 2), torch.size(like, 3), torch.size(like, 4)]
  window = [size[0] // grid, size[1] // grid, size[2] // grid]
  y = torch.reshape(x, [-1, torch.size(x, 2), torch.size(x, 3)])
  return __torch__.deformux.transformer.map(__torch__.deformux.windows.merge(y, size, window))


# Four maps, at 1/4, 1/4, 1/8 and 1/16 of the size, and the last one once more behind the norm.
class Transformer(Module):
  def forward(self, x: Tensor) -> List[Tensor]:
    levels = self.levels
    x0 = self.patch_embed.forward(x)
    x1 = (getattr(levels, "0")).forward(x0)
    x2 = (getattr(levels, "1")).forward(x1)
    x3 = (getattr(levels, "2")).forward(x2)
    return [x0, x1, x2, x3, self.norm.forward(x3)]


# Channels mixed voxel by voxel; the weights lie as those of a transposed convolution.
class Mixing(Module):
  def forward(self, x: Tensor) -> Tensor:
    return torch.conv_transpose3d(x, self.weight, None, [1, 1, 1])


class Doubling(Module):
  def forward(self, x: Tensor) -> Tensor:
    return (getattr(self.blocks, "0")).conv.forward(self.transp_conv_init.conv.doubled(x))


# The one slope that all negative values have.
class Slope(Module):
  def forward(self, x: Tensor) -> Tensor:
    return torch.prelu(x, self.weight)


# Half as many voxels along every axis; the activation comes before the norm.
class Bottleneck(Module):
  def forward(self, x: Tensor) -> Tensor:
    return __torch__.deformux.blocks.instance_norm(self.adn.A.forward(self.conv.forward(x, 2, 1)))


# Image (N, in, D, H, W) to logits (N, out, D, H, W), both float32 (float64 if the weights are).
class Unest(Module):
  def forward(self, x: Tensor) -> Tensor:
    image = torch.to(x, ops.prim.dtype(self.out.conv.conv.weight))
    maps = self.nestViT.forward(image)
    y = self.decoder5.forward(self.encoder10.forward(maps[4]), maps[3])
    y = self.decoder4.forward(y, self.encoder4.forward(maps[2]))
    y = self.decoder3.forward(y, self.encoder3.forward(maps[1]))
    y = self.decoder2.forward(y, self.encoder2.forward(maps[0]))
    y = self.decoder1.forward(y, self.encoder1.forward(image))
    return torch.to(self.out.forward(y), ops.prim.dtype(x))
