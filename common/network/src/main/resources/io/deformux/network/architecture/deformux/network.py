# DeformUX-Net (arXiv 2310.00199): the backbone of deformable blocks, the convolutional encoder and decoder around it.
#
# A template: the words in ${...} are filled in from the configuration, since how many blocks a stage has and whether
# a level projects its input decide the types of attributes. Everything else follows from the weights.


# 7x7x7 convolution to half the size, then the norm.
class Stem(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  __annotations__["0"] = __torch__.deformux.blocks.Convolution
  __annotations__["1"] = __torch__.deformux.blocks.LayerNorm

  def forward(self, x: Tensor) -> Tensor:
    y = (getattr(self, "0")).forward(x, 2, 3)
    return (getattr(self, "1")).forward(y)


# The norm, then a 2x2x2 convolution to half the size.
class Downsample(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  __annotations__["0"] = __torch__.deformux.blocks.LayerNorm
  __annotations__["1"] = __torch__.deformux.blocks.Convolution

  def forward(self, x: Tensor) -> Tensor:
    y = (getattr(self, "0")).forward(x)
    return (getattr(self, "1")).forward(y, 2, 0)


class DownsampleLayers(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  __annotations__["0"] = __torch__.deformux.network.Stem
  __annotations__["1"] = __torch__.deformux.network.Downsample
  __annotations__["2"] = __torch__.deformux.network.Downsample
  __annotations__["3"] = __torch__.deformux.network.Downsample

${stageClasses}
class Stages(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  __annotations__["0"] = __torch__.deformux.network.${stage0}
  __annotations__["1"] = __torch__.deformux.network.${stage1}
  __annotations__["2"] = __torch__.deformux.network.${stage2}
  __annotations__["3"] = __torch__.deformux.network.${stage3}


# Four maps, at 1/2, 1/4, 1/8 and 1/16 of the size. The norm belongs to the map handed out; the next stage goes on
# from the map before it.
class Backbone(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  downsample_layers : __torch__.deformux.network.DownsampleLayers
  stages : __torch__.deformux.network.Stages
  norm0 : __torch__.deformux.blocks.LayerNorm
  norm1 : __torch__.deformux.blocks.LayerNorm
  norm2 : __torch__.deformux.blocks.LayerNorm
  norm3 : __torch__.deformux.blocks.LayerNorm

  def forward(self, x: Tensor) -> List[Tensor]:
    down = self.downsample_layers
    stages = self.stages
    x0 = (getattr(stages, "0")).forward((getattr(down, "0")).forward(x))
    x1 = (getattr(stages, "1")).forward((getattr(down, "1")).forward(x0))
    x2 = (getattr(stages, "2")).forward((getattr(down, "2")).forward(x1))
    x3 = (getattr(stages, "3")).forward((getattr(down, "3")).forward(x2))
    return [self.norm0.forward(x0), self.norm1.forward(x1), self.norm2.forward(x2), self.norm3.forward(x3)]


class Head(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  conv : __torch__.deformux.blocks.WrappedConvolution

  def forward(self, x: Tensor) -> Tensor:
    return self.conv.conv.forward(x, 1, 0)


# Image (N, in, D, H, W) to logits (N, out, D, H, W), both float32 (float64 if the weights are).
class DeformUxNet(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  deformuxnet_3d : __torch__.deformux.network.Backbone
  encoder1 : __torch__.deformux.blocks.${encoder1}
  encoder2 : __torch__.deformux.blocks.${encoder2}
  encoder3 : __torch__.deformux.blocks.${encoder3}
  encoder4 : __torch__.deformux.blocks.${encoder4}
  encoder5 : __torch__.deformux.blocks.${encoder5}
  decoder5 : __torch__.deformux.blocks.DecoderLevel
  decoder4 : __torch__.deformux.blocks.DecoderLevel
  decoder3 : __torch__.deformux.blocks.DecoderLevel
  decoder2 : __torch__.deformux.blocks.DecoderLevel
  decoder1 : __torch__.deformux.blocks.EncoderLevel
  out : __torch__.deformux.network.Head

  def forward(self, x: Tensor) -> Tensor:
    image = torch.to(x, ops.prim.dtype(self.out.conv.conv.weight))
    logits = self.decode(image, self.deformuxnet_3d.forward(image))
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
