# UNETR. Attribute names are the keys of the reference's state dict.


# (N, C, D, H, W) to (N, tokens, E): each patch of 16 voxels along each axis as one row, its channels fastest.
class Patches(Module):
  def forward(self, x: Tensor) -> Tensor:
    c = torch.size(x, 1)
    y = torch.reshape(x, [torch.size(x, 0), c, torch.size(x, 2) // 16, 16, torch.size(x, 3) // 16, 16, torch.size(x, 4) // 16, 16])
    y = torch.reshape(torch.permute(y, [0, 2, 4, 6, 3, 5, 7, 1]), [torch.size(x, 0), -1, 4096 * c])
    return (getattr(self.patch_embeddings, "1")).forward(y) + self.position_embeddings


# The same by a convolution.
class ConvolvedPatches(Module):
  def forward(self, x: Tensor) -> Tensor:
    y = self.patch_embeddings.forward(x, 16, 0)
    y = torch.transpose(torch.reshape(y, [torch.size(y, 0), torch.size(y, 1), -1]), 1, 2)
    return y + self.position_embeddings


# Each token among all of its image, (N, tokens, E).
class Attention(Module):
  def forward(self, x: Tensor) -> Tensor:
    n = torch.size(x, 0)
    t = torch.size(x, 1)
    e = torch.size(x, 2)
    width = e // self.heads
    qkv = torch.permute(torch.reshape(self.qkv.forward(x), [n, t, 3, self.heads, width]), [2, 0, 3, 1, 4])
    scores = torch.matmul(torch.select(qkv, 0, 0), torch.transpose(torch.select(qkv, 0, 1), 2, 3))
    y = torch.matmul(torch.softmax(scores * torch.pow(width, -0.5), -1), torch.select(qkv, 0, 2))
    return self.out_proj.forward(torch.reshape(torch.transpose(y, 1, 2), [n, t, e]))


class Block(Module):
  def forward(self, x: Tensor) -> Tensor:
    y = x + self.attn.forward(self.norm1.forward(x))
    return y + self.mlp.forward(self.norm2.forward(y))


# The tokens behind the fourth, seventh and tenth block, and behind the norm at the end.
class Transformer(Module):
  def forward(self, image: Tensor) -> List[Tensor]:
    b = self.blocks
    x = self.patch_embedding.forward(image)
    x = (getattr(b, "0")).forward(x)
    x = (getattr(b, "1")).forward(x)
    x = (getattr(b, "2")).forward(x)
    x3 = (getattr(b, "3")).forward(x)
    x = (getattr(b, "4")).forward(x3)
    x = (getattr(b, "5")).forward(x)
    x6 = (getattr(b, "6")).forward(x)
    x = (getattr(b, "7")).forward(x6)
    x = (getattr(b, "8")).forward(x)
    x9 = (getattr(b, "9")).forward(x)
    x = (getattr(b, "10")).forward(x9)
    x = (getattr(b, "11")).forward(x)
    return [x3, x6, x9, self.norm.forward(x)]


# Twice as many voxels along every axis, then a residual block.
class Step(Module):
  def forward(self, x: Tensor) -> Tensor:
    return (getattr(self, "1")).forward((getattr(self, "0")).conv.doubled(x))


class Climb(Module):
  def forward(self, x: Tensor) -> Tensor:
    return self.blocks.forward(self.transp_conv_init.conv.doubled(x))


# The transformer alone.
class States(Module):
  # The tokens as maps (N, D/16, H/16, W/16, E).
  def states(self, x: Tensor) -> List[Tensor]:
    maps = annotate(List[Tensor], [])
    for tokens in self.vit.forward(torch.to(x, ops.prim.dtype(self.vit.norm.weight))):
      _a = torch.append(maps, torch.contiguous(__torch__.deformux.unetr.grid(tokens, x)))
    return maps

  def forward(self, x: Tensor) -> Tensor:
    return __torch__.deformux.transformer.in_a_row(self.states(x))


# (N, tokens, E) to (N, D/16, H/16, W/16, E).
def grid(tokens: Tensor, image: Tensor) -> Tensor:
  size = [torch.size(tokens, 0), torch.size(image, 2) // 16, torch.size(image, 3) // 16, torch.size(image, 4) // 16, torch.size(tokens, 2)]
  return torch.reshape(tokens, size)


# Image (N, in, D, H, W) to logits (N, out, D, H, W), both float32 (float64 if the weights are).
class Unetr(Module):
  def forward(self, x: Tensor) -> Tensor:
    image = torch.to(x, ops.prim.dtype(self.out.conv.conv.weight))
    states = self.vit.forward(image)
    y = self.decoder5.forward(self.map(states[3], x), self.encoder4.forward(self.map(states[2], x)))
    y = self.decoder4.forward(y, self.encoder3.forward(self.map(states[1], x)))
    y = self.decoder3.forward(y, self.encoder2.forward(self.map(states[0], x)))
    y = self.decoder2.forward(y, self.encoder1.forward(image))
    return torch.to(self.out.forward(y), ops.prim.dtype(x))

  # (N, tokens, E) to (N, E, D/16, H/16, W/16).
  def map(self, tokens: Tensor, image: Tensor) -> Tensor:
    return __torch__.deformux.transformer.map(__torch__.deformux.unetr.grid(tokens, image))
