# Convolutions in slabs, for PyTorch without oneDNN: its own loops copy the inputs of every output voxel into a buffer, kernel
# volume x channels x voxels. Of few planes at a time, or of few rows where one plane is too large, that buffer is small.
# They take what PyTorch's functions of the same names take, all of it; forwards and backwards.


# How many planes or rows fit, of so many values in the buffer each.
def fitting(values: int) -> int:
  return ops.prim.max(BUFFER // ops.prim.max(values, 1), 1)


# What the outputs first to last - 1 along an axis see of x, zeros outside.
def seen(x: Tensor, axis: int, first: int, last: int, reach: int, stride: int, padding: int) -> Tensor:
  start = first * stride - padding
  end = (last - 1) * stride - padding + reach
  low = ops.prim.min(ops.prim.max(start, 0), torch.size(x, axis))
  high = ops.prim.max(ops.prim.min(end, torch.size(x, axis)), low)
  part = torch.slice(x, axis, low, high, 1)
  if high - low == end - start:
    return part
  rim = [0, 0, 0, 0, 0, 0]
  before = ops.prim.min(ops.prim.max(0 - start, 0), end - start)
  rim[2 * (4 - axis)] = before
  rim[2 * (4 - axis) + 1] = end - start - (high - low) - before
  return torch.constant_pad_nd(part, rim, 0.0)


def joined(parts: List[Tensor], axis: int) -> Tensor:
  if torch.len(parts) == 1:
    return parts[0]
  return torch.cat(parts, axis)


# How many outputs there are along an axis.
def outputs(x: Tensor, axis: int, reach: int, stride: int, padding: int) -> int:
  return (torch.size(x, axis) + 2 * padding - reach) // stride + 1


# (N, C, D, H, W) to (N, O, D', H', W').
def conv3d(x: Tensor, weight: Tensor, bias: Optional[Tensor], stride: List[int], padding: List[int], dilation: List[int], groups: int) -> Tensor:
  reach = [0, 0, 0]
  out = [0, 0, 0]
  values = torch.size(weight, 1)
  for i in range(3):
    reach[i] = (torch.size(weight, i + 2) - 1) * dilation[i] + 1
    out[i] = __torch__.deformux.slabs.outputs(x, i + 2, reach[i], stride[i], padding[i])
    values = values * torch.size(weight, i + 2)
  planes = __torch__.deformux.slabs.fitting(values * out[1] * out[2])
  rows = out[1]
  if planes == 1:
    rows = __torch__.deformux.slabs.fitting(values * out[2])
  samples = annotate(List[Tensor], [])
  for n in range(torch.size(x, 0)):
    slabs = annotate(List[Tensor], [])
    for i in range((out[0] + planes - 1) // planes):
      slab = __torch__.deformux.slabs.seen(torch.slice(x, 0, n, n + 1, 1), 2, i * planes, ops.prim.min((i + 1) * planes, out[0]), reach[0], stride[0], padding[0])
      strips = annotate(List[Tensor], [])
      for j in range((out[1] + rows - 1) // rows):
        strip = __torch__.deformux.slabs.seen(slab, 3, j * rows, ops.prim.min((j + 1) * rows, out[1]), reach[1], stride[1], padding[1])
        _a = torch.append(strips, torch.conv3d(strip, weight, bias, stride, [0, 0, padding[2]], dilation, groups))
      _b = torch.append(slabs, __torch__.deformux.slabs.joined(strips, 3))
    _c = torch.append(samples, __torch__.deformux.slabs.joined(slabs, 2))
  return __torch__.deformux.slabs.joined(samples, 0)


# (N, C, D, H, W) to as many times the size as the kernel is large, which the stride is too.
def conv_transpose3d(x: Tensor, weight: Tensor, bias: Optional[Tensor], stride: List[int]) -> Tensor:
  values = torch.size(weight, 1) * torch.size(weight, 2) * torch.size(weight, 3) * torch.size(weight, 4)
  planes = __torch__.deformux.slabs.fitting(values * torch.size(x, 3) * torch.size(x, 4))
  rows = torch.size(x, 3)
  if planes == 1:
    rows = __torch__.deformux.slabs.fitting(values * torch.size(x, 4))
  samples = annotate(List[Tensor], [])
  for n in range(torch.size(x, 0)):
    slabs = annotate(List[Tensor], [])
    for i in range((torch.size(x, 2) + planes - 1) // planes):
      slab = torch.slice(torch.slice(x, 0, n, n + 1, 1), 2, i * planes, (i + 1) * planes, 1)
      strips = annotate(List[Tensor], [])
      for j in range((torch.size(x, 3) + rows - 1) // rows):
        _a = torch.append(strips, torch.conv_transpose3d(torch.slice(slab, 3, j * rows, (j + 1) * rows, 1), weight, bias, stride))
      _b = torch.append(slabs, __torch__.deformux.slabs.joined(strips, 3))
    _c = torch.append(samples, __torch__.deformux.slabs.joined(slabs, 2))
  return __torch__.deformux.slabs.joined(samples, 0)
