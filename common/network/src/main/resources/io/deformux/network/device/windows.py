# What a sliding window does beside the network, on the device that the network is on. Numbers of voxels come as integers in
# tensors on the CPU, since a device is asked for no value of its own: that would wait until it has done all before.


def number(numbers: Tensor, at: int) -> int:
  return int(torch.select(torch.reshape(numbers, [-1]), 0, at))


# From first to last - 1 of an axis.
def part(x: Tensor, axis: int, first: int, last: int) -> Tensor:
  return torch.slice(x, axis, first, last, 1)


# One window of an image (d, h, w) whose first voxel may lie outside, zeros there: (1, d, h, w).
def window(image: Tensor, place: Tensor, roi: Tensor) -> Tensor:
  y = image
  rim = [0, 0, 0, 0, 0, 0]
  for axis in range(3):
    first = __torch__.deformux.windows_on_device.number(place, axis)
    length = __torch__.deformux.windows_on_device.number(roi, axis)
    low = ops.prim.max(first, 0)
    high = ops.prim.min(first + length, torch.size(image, axis))
    y = __torch__.deformux.windows_on_device.part(y, axis, low, high)
    rim[2 * (2 - axis)] = low - first
    rim[2 * (2 - axis) + 1] = first + length - high
  return torch.unsqueeze(torch.constant_pad_nd(y, rim, 0.0), 0)


# A volume (n, c, d, h, w) reversed along the axes that have their bit set.
def mirrored(x: Tensor, axes: int) -> Tensor:
  reversed = annotate(List[int], [])
  for axis in range(3):
    if axes // (1 + axis + axis // 2) % 2 == 1:
      _a = torch.append(reversed, axis + 2)
  return torch.flip(x, reversed)


# Adds values (planes, c, h, w) times weights (planes, h, w) to the planes from first on of sums.
def add_planes(sums: Tensor, first: int, values: Tensor, weights: Tensor) -> int:
  planes = __torch__.deformux.windows_on_device.part(sums, 0, first, first + torch.size(values, 0))
  _a = torch.add_(planes, torch.to(values * torch.unsqueeze(weights, 1), ops.prim.dtype(sums)))
  return 0


class Windows(Module):
  def forward(self, x: Tensor) -> Tensor:
    return x

  # Floats of that shape in the machine's memory, values not set: what a GPU copies from or to has to stay where it is, else it is
  # waited for.
  def on_host(self, device: Tensor, shape: Tensor) -> Tensor:
    size = annotate(List[int], [])
    for axis in range(torch.size(shape, 0)):
      _a = torch.append(size, __torch__.deformux.windows_on_device.number(shape, axis))
    return torch.empty(size, dtype=6, device=torch.device("cpu"), pin_memory=ops.prim.is_cuda(device))

  # The same floats beside another tensor.
  def upload(self, host: Tensor, device: Tensor) -> Tensor:
    return torch.to(host, ops.prim.device(device), 6, True)

  # Windows (n, 1, d, h, w) of a slab of an image (planes, h, w), at places (n, 3).
  def cut(self, slab: Tensor, places: Tensor, roi: Tensor) -> Tensor:
    windows = annotate(List[Tensor], [])
    for n in range(torch.size(places, 0)):
      _a = torch.append(windows, __torch__.deformux.windows_on_device.window(slab, torch.select(places, 0, n), roi))
    return torch.stack(windows)

  def mirror(self, x: Tensor, axes: Tensor) -> Tensor:
    return __torch__.deformux.windows_on_device.mirrored(x, __torch__.deformux.windows_on_device.number(axes, 0))

  # What one of eight mirrorings adds to the mean of probabilities.
  def add_mirrored(self, mean: Tensor, logits: Tensor, axes: Tensor) -> Tensor:
    p = __torch__.deformux.windows_on_device.mirrored(torch.softmax(logits, 1), __torch__.deformux.windows_on_device.number(axes, 0))
    return torch.add_(mean, p / 8)

  # Logits whose softmax is that mean.
  def logarithms(self, mean: Tensor) -> Tensor:
    return torch.log(torch.clamp_min(mean, 1e-30))

  # Adds a member's logits (n, c, d, h, w) to the ring: sums (planes, members * c, h, w) and covers (planes, 1, h, w), plane p of the
  # image at p % planes; finite (members) turns 0 where logits are not. Places (n, 3) in the image; numbers are the image's planes and
  # which member it is, of which the first lets covers grow.
  def add(self, sums: Tensor, covers: Tensor, finite: Tensor, logits: Tensor, profile: Tensor, places: Tensor, numbers: Tensor) -> Tensor:
    depth = __torch__.deformux.windows_on_device.number(numbers, 0)
    member = __torch__.deformux.windows_on_device.number(numbers, 1)
    channel = member * torch.size(logits, 1)
    ring = torch.size(sums, 0)
    size = [depth, torch.size(sums, 2), torch.size(sums, 3)]
    for n in range(torch.size(logits, 0)):
      place = torch.select(places, 0, n)
      values = torch.permute(torch.select(logits, 0, n), [1, 0, 2, 3])
      weights = profile
      lows = [0, 0, 0]
      highs = [0, 0, 0]
      for axis in range(3):
        first = __torch__.deformux.windows_on_device.number(place, axis)
        lows[axis] = ops.prim.max(first, 0)
        highs[axis] = ops.prim.min(first + torch.size(profile, axis), size[axis])
        behind = axis
        if axis > 0:
          behind = axis + 1
        values = __torch__.deformux.windows_on_device.part(values, behind, lows[axis] - first, highs[axis] - first)
        weights = __torch__.deformux.windows_on_device.part(weights, axis, lows[axis] - first, highs[axis] - first)
      under = __torch__.deformux.windows_on_device.part(sums, 1, channel, channel + torch.size(values, 1))
      under = __torch__.deformux.windows_on_device.part(__torch__.deformux.windows_on_device.part(under, 2, lows[1], highs[1]), 3, lows[2], highs[2])
      covered = __torch__.deformux.windows_on_device.part(__torch__.deformux.windows_on_device.part(covers, 2, lows[1], highs[1]), 3, lows[2], highs[2])
      slot = lows[0] % ring
      planes = highs[0] - lows[0]
      straight = ops.prim.min(planes, ring - slot)
      # What goes over the end of the ring goes on at its start.
      for run in range(2):
        low = 0
        high = straight
        at = slot
        if run == 1:
          low = straight
          high = planes
          at = 0
        if high > low:
          w = __torch__.deformux.windows_on_device.part(weights, 0, low, high)
          _a = __torch__.deformux.windows_on_device.add_planes(under, at, __torch__.deformux.windows_on_device.part(values, 0, low, high), w)
          if member == 0:
            _b = __torch__.deformux.windows_on_device.add_planes(covered, at, torch.ones_like(torch.unsqueeze(w, 1)), w)
    return torch.mul_(torch.select(finite, 0, member), torch.to(torch.all(torch.isfinite(logits)), 6))

  # Blends planes of the ring, which are empty afterwards, and begins to copy them to the machine's memory, (planes, classes, h, w):
  # logits of one member, of several the mean of their probabilities and behind the classes that of their entropies in nats; and what
  # is finite. Numbers are the first plane's place in the ring, and minus the logit of every class but the first where nothing was added.
  def fetch(self, sums: Tensor, covers: Tensor, finite: Tensor, to: Tensor, finite_to: Tensor, numbers: Tensor) -> Tensor:
    first = __torch__.deformux.windows_on_device.number(numbers, 0)
    last = first + torch.size(to, 0)
    members = torch.size(finite, 0)
    float32 = 6
    planes = __torch__.deformux.windows_on_device.part(sums, 0, first, last)
    cover = __torch__.deformux.windows_on_device.part(covers, 0, first, last)
    channels = torch.size(sums, 1)
    classes = channels // members
    background = torch.full([1, channels, 1, 1], 0 - __torch__.deformux.windows_on_device.number(numbers, 1), dtype=float32, device=ops.prim.device(sums))
    _a = torch.fill_(torch.slice(background, 1, 0, channels, classes), 0)
    y = torch.where(torch.eq(cover, 0), background, torch.to(planes, float32) / cover)
    if members > 1:
      size = [last - first, members, classes, torch.size(sums, 2), torch.size(sums, 3)]
      y = torch.log_softmax(torch.reshape(y, size), 2)
      p = torch.exp(y)
      entropies = torch.neg(torch.mean(torch.sum(torch.mul_(y, p), [2], False), [1], False))
      y = torch.cat([torch.mean(p, [1], False), torch.unsqueeze(entropies, 1)], 1)
    _b = torch.zero_(planes)
    _c = torch.zero_(cover)
    _d = torch.copy_(finite_to, finite, True)
    return torch.copy_(to, y, True)
