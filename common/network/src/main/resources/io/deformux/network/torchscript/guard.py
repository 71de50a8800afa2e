# What takes the place of PyTorch's convolutions, linear layers and matrix products in a guarded archive: it computes them and
# keeps, of each, some outputs and all that they were computed from, so that somebody else can compute them again. Only for
# proofs; no model has it.
#
# A record is five tensors: values (samples, outputs), inputs (samples, groups * terms), weight (outputs, terms),
# bias (outputs) or empty, groups (1). Each value should be the dot product of a row of weight and of its group's part of
# the inputs, plus bias.


# The places of a sample along three axes: corners first, then anywhere.
def place(sample: int, seed: int, size: List[int]) -> List[int]:
    if sample < 8:
        return [sample // 4 * (size[0] - 1), sample // 2 % 2 * (size[1] - 1), sample % 2 * (size[2] - 1)]
    voxel = ((sample + 31 * seed) * 7919 + sample * sample * 104729) % (size[0] * size[1] * size[2])
    return [voxel // (size[1] * size[2]), voxel // size[2] % size[1], voxel % size[2]]


# x (C, D, H, W) around a window that may reach over the rim: (C, k, k, k).
def window(x: Tensor, start: List[int], size: List[int]) -> Tensor:
    y = x
    rim = annotate(List[int], [])
    for i in range(3):
        axis = 3 - i
        first = start[axis - 1]
        last = first + size[axis - 1]
        length = torch.size(x, axis)
        low = ops.prim.min(ops.prim.max(first, 0), length)
        high = ops.prim.max(ops.prim.min(last, length), low)
        y = torch.slice(y, axis, low, high, 1)
        before = ops.prim.min(ops.prim.max(0 - first, 0), last - first)
        _a = torch.append(rim, before)
        _b = torch.append(rim, last - first - (high - low) - before)
    return torch.constant_pad_nd(y, rim, 0.0)


# (O, C, k, k, k) with its axes of space turned round, as the gradient of the input sees it.
def turned(weight: Tensor, groups: int) -> Tensor:
    o = torch.size(weight, 0) // groups
    c = torch.size(weight, 1)
    k = [torch.size(weight, 2), torch.size(weight, 3), torch.size(weight, 4)]
    parts = torch.reshape(torch.flip(weight, [2, 3, 4]), [groups, o, c, k[0], k[1], k[2]])
    return torch.reshape(torch.permute(parts, [0, 2, 1, 3, 4, 5]), [groups * c, o * k[0] * k[1] * k[2]])


# As large as another one: uneven values between -1 and 1, the same every time.
def waves(like: Tensor) -> Tensor:
    n = torch.arange(torch.numel(like), dtype=6, device=ops.prim.device(like))
    return torch.to(torch.reshape(torch.sin(n * 2.39996), torch.size(like)), ops.prim.dtype(like))


# (C, D, H, W) with stride - 1 zeros between two voxels.
def spread(x: Tensor, stride: List[int]) -> Tensor:
    if stride[0] * stride[1] * stride[2] == 1:
        return x
    size = [torch.size(x, 0), 1, 1, 1]
    for axis in range(3):
        size[axis + 1] = (torch.size(x, axis + 1) - 1) * stride[axis] + 1
    y = torch.zeros(size, dtype=ops.prim.dtype(x), device=ops.prim.device(x))
    places = torch.slice(torch.slice(torch.slice(y, 1, 0, size[1], stride[0]), 2, 0, size[2], stride[1]), 3, 0, size[3], stride[2])
    _a = torch.copy_(places, x)
    return y


# As many axes as another one that begins with the same batch, (batch, rows, columns).
def batched(x: Tensor, product: Tensor) -> Tensor:
    size = torch.size(product)
    size[-2] = torch.size(x, -2)
    size[-1] = torch.size(x, -1)
    return torch.reshape(torch.expand(x, size), [-1, size[-2], size[-1]])


# One that gradients are asked of.
def leaf(x: Tensor) -> Tensor:
    return torch.requires_grad_(torch.detach(x))


class Guard(Module):
  def record(self, values: List[Tensor], inputs: List[Tensor], weight: Tensor, bias: Tensor, groups: int) -> int:
    rows = torch.reshape(torch.stack(inputs), [torch.len(inputs), -1])
    columns = torch.reshape(torch.stack(values), [torch.len(values), -1])
    for t in [columns, rows, torch.reshape(weight, [torch.size(columns, 1), -1]), bias, torch.tensor([groups])]:
      _a = torch.append(self.records, torch.to(torch.contiguous(torch.detach(t)), 6))
    return 0

  # (N, C, D, H, W) to (N, O, D', H', W'); dilation 1.
  def conv3d(self, x: Tensor, weight: Tensor, bias: Optional[Tensor], stride: List[int], padding: List[int], dilation: List[int], groups: int) -> Tensor:
    y = torch.conv3d(x, weight, bias, stride, padding, [1, 1, 1], groups)
    n = torch.size(x, 0)
    b = torch.zeros([0])
    if bias is not None:
      b = torch.to(bias, 6)
    size = [torch.size(weight, 2), torch.size(weight, 3), torch.size(weight, 4)]
    values = annotate(List[Tensor], [])
    inputs = annotate(List[Tensor], [])
    for sample in range(24):
      p = __torch__.deformux.guard.place(sample, self.seed + torch.len(self.records), [torch.size(y, 2), torch.size(y, 3), torch.size(y, 4)])
      start = [p[0] * stride[0] - padding[0], p[1] * stride[1] - padding[1], p[2] * stride[2] - padding[2]]
      _a = torch.append(inputs, __torch__.deformux.guard.window(torch.select(x, 0, sample % n), start, size))
      _b = torch.append(values, __torch__.deformux.guard.window(torch.select(y, 0, sample % n), p, [1, 1, 1]))
    _c = self.record(values, inputs, weight, b, groups)
    if self.backward:
      _d = self.gradients(x, weight, bias, stride, padding, groups)
    return y

  # The gradients of a sum of random multiples of the outputs.
  def gradients(self, x: Tensor, weight: Tensor, bias: Optional[Tensor], stride: List[int], padding: List[int], groups: int) -> int:
    xx = torch.requires_grad_(torch.detach(torch.clone(x)))
    ww = torch.requires_grad_(torch.detach(torch.clone(weight)))
    y = torch.conv3d(xx, ww, bias, stride, padding, [1, 1, 1], groups)
    g = __torch__.deformux.guard.waves(y)
    gr = torch.autograd.grad([torch.sum(y * g)], [xx, ww])
    gx = gr[0]
    gw = gr[1]
    n = torch.size(x, 0)
    if gx is not None and gw is not None:
      size = [torch.size(weight, 2), torch.size(weight, 3), torch.size(weight, 4)]
      values = annotate(List[Tensor], [])
      inputs = annotate(List[Tensor], [])
      for sample in range(24):
        p = __torch__.deformux.guard.place(sample, self.seed + torch.len(self.records), [torch.size(x, 2), torch.size(x, 3), torch.size(x, 4)])
        start = [p[0] + padding[0] - size[0] + 1, p[1] + padding[1] - size[1] + 1, p[2] + padding[2] - size[2] + 1]
        _a = torch.append(inputs, __torch__.deformux.guard.window(__torch__.deformux.guard.spread(torch.select(g, 0, sample % n), stride), start, size))
        _b = torch.append(values, __torch__.deformux.guard.window(torch.select(gx, 0, sample % n), p, [1, 1, 1]))
      _c = self.record(values, inputs, __torch__.deformux.guard.turned(weight, groups), torch.zeros([0]), groups)
      _d = self.weightGradients(x, g, gw, stride, padding, groups)
    return 0

  # Some of the weights' gradients, all outputs' of one group: sums over all voxels of all images.
  def weightGradients(self, x: Tensor, g: Tensor, gw: Tensor, stride: List[int], padding: List[int], groups: int) -> int:
    c = torch.size(gw, 1)
    size = [torch.size(gw, 2), torch.size(gw, 3), torch.size(gw, 4)]
    padded = torch.constant_pad_nd(x, [padding[2], padding[2], padding[1], padding[1], padding[0], padding[0]], 0.0)
    group = (self.seed + torch.len(self.records)) % groups
    outputs = ops.prim.min(torch.size(gw, 0) // groups, 4)
    first = group * (torch.size(gw, 0) // groups)
    values = annotate(List[Tensor], [])
    inputs = annotate(List[Tensor], [])
    for sample in range(4):
      p = __torch__.deformux.guard.place(sample, self.seed, size)
      channel = (sample * 5 + self.seed) % c
      moved = torch.select(padded, 1, group * c + channel)
      for i in range(3):
        moved = torch.slice(moved, i + 1, p[i], p[i] + (torch.size(g, i + 2) - 1) * stride[i] + 1, stride[i])
      _a = torch.append(inputs, torch.contiguous(moved))
      own = torch.select(torch.select(torch.select(torch.select(gw, 1, channel), 1, p[0]), 1, p[1]), 1, p[2])
      _b = torch.append(values, torch.slice(own, 0, first, first + outputs, 1))
    from_ = torch.transpose(torch.slice(g, 1, first, first + outputs, 1), 0, 1)
    return self.record(values, inputs, torch.contiguous(from_), torch.zeros([0]), 1)

  # (N, C, D, H, W) to as many times the size as the kernel is large; windows do not meet.
  def conv_transpose3d(self, x: Tensor, weight: Tensor, bias: Optional[Tensor], stride: List[int]) -> Tensor:
    y = torch.conv_transpose3d(x, weight, bias, stride)
    n = torch.size(x, 0)
    b = torch.zeros([0])
    cells = torch.reshape(torch.permute(weight, [1, 2, 3, 4, 0]), [-1, torch.size(weight, 0)])
    if bias is not None:
      b = torch.repeat_interleave(torch.to(bias, 6), stride[0] * stride[1] * stride[2])
    values = annotate(List[Tensor], [])
    inputs = annotate(List[Tensor], [])
    for sample in range(24):
      p = __torch__.deformux.guard.place(sample, self.seed + torch.len(self.records), [torch.size(x, 2), torch.size(x, 3), torch.size(x, 4)])
      _a = torch.append(inputs, __torch__.deformux.guard.window(torch.select(x, 0, sample % n), p, [1, 1, 1]))
      start = [p[0] * stride[0], p[1] * stride[1], p[2] * stride[2]]
      _b = torch.append(values, __torch__.deformux.guard.window(torch.select(y, 0, sample % n), start, stride))
    _c = self.record(values, inputs, cells, b, 1)
    if self.backward:
      _d = self.transposedGradients(x, weight, bias, stride)
    return y

  # As above. The gradient of the input is a convolution of that of the output, that of the weights a sum over all voxels.
  def transposedGradients(self, x: Tensor, weight: Tensor, bias: Optional[Tensor], stride: List[int]) -> int:
    xx = torch.requires_grad_(torch.detach(torch.clone(x)))
    ww = torch.requires_grad_(torch.detach(torch.clone(weight)))
    y = torch.conv_transpose3d(xx, ww, bias, stride)
    g = __torch__.deformux.guard.waves(y)
    gr = torch.autograd.grad([torch.sum(y * g)], [xx, ww])
    gx = gr[0]
    gw = gr[1]
    n = torch.size(x, 0)
    if gx is not None and gw is not None:
      values = annotate(List[Tensor], [])
      inputs = annotate(List[Tensor], [])
      for sample in range(24):
        p = __torch__.deformux.guard.place(sample, self.seed + torch.len(self.records), [torch.size(x, 2), torch.size(x, 3), torch.size(x, 4)])
        start = [p[0] * stride[0], p[1] * stride[1], p[2] * stride[2]]
        _a = torch.append(inputs, __torch__.deformux.guard.window(torch.select(g, 0, sample % n), start, stride))
        _b = torch.append(values, __torch__.deformux.guard.window(torch.select(gx, 0, sample % n), p, [1, 1, 1]))
      _c = self.record(values, inputs, weight, torch.zeros([0]), 1)
      _d = self.weightGradients(g, x, gw, stride, [0, 0, 0], 1)
    return 0


  # (..., I) to (..., O).
  def linear(self, x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
    y = torch.linear(x, weight, bias)
    rows = torch.reshape(x, [1, -1, torch.size(weight, 1)])
    b = torch.zeros([0])
    if bias is not None:
      b = torch.to(bias, 6)
    matrix = torch.unsqueeze(torch.transpose(weight, 0, 1), 0)
    _a = self.product(rows, matrix, torch.reshape(y, [1, -1, torch.size(weight, 0)]), b)
    if self.backward:
      xx = __torch__.deformux.guard.leaf(x)
      ww = __torch__.deformux.guard.leaf(weight)
      z = torch.linear(xx, ww, bias)
      g = __torch__.deformux.guard.waves(z)
      gr = torch.autograd.grad([torch.sum(z * g)], [xx, ww])
      gx = gr[0]
      gw = gr[1]
      if gx is not None and gw is not None:
        gg = torch.reshape(g, [1, -1, torch.size(weight, 0)])
        _b = self.product(gg, torch.unsqueeze(weight, 0), torch.reshape(gx, [1, -1, torch.size(weight, 1)]), torch.zeros([0]))
        _c = self.product(torch.transpose(gg, 1, 2), rows, torch.unsqueeze(gw, 0), torch.zeros([0]))
    return y

  # (..., M, K) times (..., K, N), the axes before them as PyTorch broadcasts them.
  def matmul(self, x: Tensor, y: Tensor) -> Tensor:
    z = torch.matmul(x, y)
    _a = self.products(x, y, z)
    return z

  # (B, M, K) times (B, K, N).
  def bmm(self, x: Tensor, y: Tensor) -> Tensor:
    z = torch.bmm(x, y)
    _a = self.products(x, y, z)
    return z

  def products(self, x: Tensor, y: Tensor, z: Tensor) -> int:
    xb = __torch__.deformux.guard.batched(x, z)
    yb = __torch__.deformux.guard.batched(y, z)
    _a = self.product(xb, yb, __torch__.deformux.guard.batched(z, z), torch.zeros([0]))
    if self.backward:
      xx = __torch__.deformux.guard.leaf(xb)
      yy = __torch__.deformux.guard.leaf(yb)
      zz = torch.bmm(xx, yy)
      g = __torch__.deformux.guard.waves(zz)
      gr = torch.autograd.grad([torch.sum(zz * g)], [xx, yy])
      gx = gr[0]
      gy = gr[1]
      if gx is not None and gy is not None:
        _b = self.product(g, torch.transpose(yb, 1, 2), gx, torch.zeros([0]))
        _c = self.product(torch.transpose(xb, 1, 2), g, gy, torch.zeros([0]))
    return 0

  # Rows of z (batch, M, N), which should be x (batch, M, K) times y (batch, K, N), in some of the batch; where one row has very
  # many terms, of few columns.
  def product(self, x: Tensor, y: Tensor, z: Tensor, bias: Tensor) -> int:
    batch = torch.size(z, 0)
    m = torch.size(z, 1)
    columns = torch.size(z, 2)
    rows = 24
    if torch.size(x, 2) > 8192:
      columns = ops.prim.min(columns, 4)
      rows = 4
    first = (self.seed + torch.len(self.records)) % (torch.size(z, 2) - columns + 1)
    chosen = ops.prim.min(batch, 4)
    matrices = annotate(List[Tensor], [])
    values = annotate(List[Tensor], [])
    inputs = annotate(List[Tensor], [])
    for part in range(chosen):
      b = ((part + self.seed) * 7919 + part * batch // chosen) % batch
      if part == 0:
        b = batch - 1
      _a = torch.append(matrices, torch.transpose(torch.slice(torch.select(y, 0, b), 1, first, first + columns, 1), 0, 1))
    for sample in range(rows):
      row = ((sample + 31 * self.seed) * 7919 + sample * sample * 104729) % m
      if sample == 0:
        row = 0
      if sample == 1:
        row = m - 1
      ins = annotate(List[Tensor], [])
      outs = annotate(List[Tensor], [])
      for part in range(chosen):
        b = ((part + self.seed) * 7919 + part * batch // chosen) % batch
        if part == 0:
          b = batch - 1
        _b = torch.append(ins, torch.select(torch.select(x, 0, b), 0, row))
        _c = torch.append(outs, torch.slice(torch.select(torch.select(z, 0, b), 0, row), 0, first, first + columns, 1))
      _d = torch.append(inputs, torch.cat(ins, 0))
      _e = torch.append(values, torch.cat(outs, 0))
    offsets = bias
    if torch.numel(bias) > 0:
      offsets = torch.slice(bias, 0, first, first + columns, 1)
    return self.record(values, inputs, torch.cat(matrices, 0), offsets, chosen)


# A whole network between guards: its records, and its output as the last one.
class Guarded(Module):
  def forward(self, x: Tensor) -> List[Tensor]:
    y = self.network.forward(x)
    _a = torch.append(self.guard.records, torch.detach(y))
    return self.guard.records
