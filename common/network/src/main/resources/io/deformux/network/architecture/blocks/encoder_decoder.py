# A backbone of four stages of blocks, and the convolutional encoder and decoder around it.
#
# Only what is computed stands here: what each module holds is said by EncoderDecoder, and written into the archive. BACKBONE
# is what the reference calls the backbone.


# Four maps, at 1/2, 1/4, 1/8 and 1/16 of the size. The norm belongs to the map handed out; the next stage goes on
# from the map before it.
class Backbone(Module):
  def forward(self, x: Tensor) -> List[Tensor]:
    down = self.downsample_layers
    stages = self.stages
    x0 = (getattr(stages, "0")).forward((getattr(down, "0")).forward(x))
    x1 = (getattr(stages, "1")).forward((getattr(down, "1")).forward(x0))
    x2 = (getattr(stages, "2")).forward((getattr(down, "2")).forward(x1))
    x3 = (getattr(stages, "3")).forward((getattr(down, "3")).forward(x2))
    return [self.norm0.forward(x0), self.norm1.forward(x1), self.norm2.forward(x2), self.norm3.forward(x3)]


# Image (N, in, D, H, W) to logits (N, out, D, H, W), both float32 (float64 if the weights are).
class EncoderDecoder(Module):
  def forward(self, x: Tensor) -> Tensor:
    image = torch.to(x, ops.prim.dtype(self.out.conv.conv.weight))
    logits = self.decode(image, self.BACKBONE.forward(image))
    return torch.to(logits, ops.prim.dtype(x))

  # What follows the backbone, whoever computed its four maps. Large maps are made as late as possible.
  def decode(self, image: Tensor, maps: List[Tensor]) -> Tensor:
    x = self.encoder5.forward(maps[3])
    x = self.decoder5.forward(x, self.encoder4.forward(maps[2]))
    x = self.decoder4.forward(x, self.encoder3.forward(maps[1]))
    x = self.decoder3.forward(x, self.encoder2.forward(maps[0]))
    x = self.decoder2.forward(x, self.encoder1.forward(image))
    x = self.decoder1.forward(x)
    return self.out.forward(x)
