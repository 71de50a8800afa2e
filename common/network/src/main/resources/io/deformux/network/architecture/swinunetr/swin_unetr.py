# SwinUNETR. Attribute names are the keys of the reference's state dict. Maps of the transformer are (N, D, H, W, C).


# Each patch of two voxels along each axis as one token.
class Patches(Module):
  def forward(self, x: Tensor) -> Tensor:
    return __torch__.deformux.transformer.tokens(self.proj.forward(x, 2, 0))


# Windows of 7 tokens along each axis, of all of them where there are no more; only what is larger is shifted.
class Block(Module):
  def forward(self, x: Tensor) -> Tensor:
    window = [7, 7, 7]
    shift = [0, 0, 0]
    for i in range(3):
      if torch.size(x, i + 1) <= 7:
        window[i] = torch.size(x, i + 1)
      else:
        if self.shifted:
          shift[i] = 3
    y = __torch__.deformux.windows.split(self.norm1.forward(x), window, shift)
    y = self.attn.forward(y, __torch__.deformux.windows.mask(x, window, shift))
    y = x + __torch__.deformux.windows.join(y, x, window, shift)
    return y + self.mlp.forward(self.norm2.forward(y))


# Half as many tokens along each axis. As published, two of the eight parts stand twice and two never.
class Downsample(Module):
  def forward(self, x: Tensor) -> Tensor:
    parts = [__torch__.deformux.swin_unetr.part(x, 0, 0, 0), __torch__.deformux.swin_unetr.part(x, 1, 0, 0),
        __torch__.deformux.swin_unetr.part(x, 0, 1, 0), __torch__.deformux.swin_unetr.part(x, 0, 0, 1),
        __torch__.deformux.swin_unetr.part(x, 1, 0, 1), __torch__.deformux.swin_unetr.part(x, 0, 1, 0),
        __torch__.deformux.swin_unetr.part(x, 0, 0, 1), __torch__.deformux.swin_unetr.part(x, 1, 1, 1)]
    return self.reduction.forward(self.norm.forward(torch.cat(parts, -1)))


# Every second token from a place on.
def part(x: Tensor, d: int, h: int, w: int) -> Tensor:
  y = torch.slice(x, 1, d, torch.size(x, 1), 2)
  y = torch.slice(y, 2, h, torch.size(x, 2), 2)
  return torch.slice(y, 3, w, torch.size(x, 3), 2)


class Layer(Module):
  def forward(self, x: Tensor) -> Tensor:
    return self.downsample.forward(self.blocks.forward(x))


# Five maps, at 1/2 to 1/32 of the size, each normalised when it is handed out; the next layer goes on from the map before it.
class Transformer(Module):
  def tokens(self, x: Tensor) -> List[Tensor]:
    x0 = self.patch_embed.forward(x)
    x1 = self.layers1.forward(x0)
    x2 = self.layers2.forward(x1)
    x3 = self.layers3.forward(x2)
    x4 = self.layers4.forward(x3)
    maps = annotate(List[Tensor], [])
    for y in [x0, x1, x2, x3, x4]:
      _a = torch.append(maps, torch.layer_norm(y, [torch.size(y, 4)], None, None, 1e-5))
    return maps

  def forward(self, x: Tensor) -> List[Tensor]:
    maps = annotate(List[Tensor], [])
    for y in self.tokens(x):
      _a = torch.append(maps, __torch__.deformux.transformer.map(y))
    return maps


# The transformer alone.
class States(Module):
  def states(self, x: Tensor) -> List[Tensor]:
    image = torch.to(x, ops.prim.dtype(self.swinViT.patch_embed.proj.weight))
    maps = annotate(List[Tensor], [])
    for y in self.swinViT.tokens(image):
      _a = torch.append(maps, torch.contiguous(y))
    return maps

  def forward(self, x: Tensor) -> Tensor:
    return __torch__.deformux.transformer.in_a_row(self.states(x))


# Image (N, in, D, H, W) to logits (N, out, D, H, W), both float32 (float64 if the weights are).
class SwinUnetr(Module):
  def forward(self, x: Tensor) -> Tensor:
    image = torch.to(x, ops.prim.dtype(self.out.conv.conv.weight))
    maps = self.swinViT.forward(image)
    y = self.decoder5.forward(self.encoder10.forward(maps[4]), maps[3])
    y = self.decoder4.forward(y, self.encoder4.forward(maps[2]))
    y = self.decoder3.forward(y, self.encoder3.forward(maps[1]))
    y = self.decoder2.forward(y, self.encoder2.forward(maps[0]))
    y = self.decoder1.forward(y, self.encoder1.forward(image))
    return torch.to(self.out.forward(y), ops.prim.dtype(x))
