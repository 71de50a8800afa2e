# Attention inside windows of a map of tokens, (N, D, H, W, C). A window has its own number of tokens along each axis; a shift
# moves all windows along an axis, those at the end continue at the start.


# How many there are along the axes once each is a multiple of the window.
def whole(x: Tensor, window: List[int]) -> List[int]:
  size = [0, 0, 0]
  for i in range(3):
    size[i] = (torch.size(x, i + 1) + window[i] - 1) // window[i] * window[i]
  return size


# (N, D, H, W, C) to (N * windows, tokens, C), both in raster order; the sizes are multiples of the window.
def partition(x: Tensor, window: List[int]) -> Tensor:
  c = torch.size(x, 4)
  d = torch.size(x, 1) // window[0]
  h = torch.size(x, 2) // window[1]
  w = torch.size(x, 3) // window[2]
  y = torch.reshape(x, [torch.size(x, 0), d, window[0], h, window[1], w, window[2], c])
  return torch.reshape(torch.permute(y, [0, 1, 3, 5, 2, 4, 6, 7]), [-1, window[0] * window[1] * window[2], c])


# And back to a map of that size.
def merge(x: Tensor, size: List[int], window: List[int]) -> Tensor:
  c = torch.size(x, 2)
  y = torch.reshape(x, [-1, size[0] // window[0], size[1] // window[1], size[2] // window[2], window[0], window[1], window[2], c])
  return torch.reshape(torch.permute(y, [0, 1, 4, 2, 5, 3, 6, 7]), [-1, size[0], size[1], size[2], c])


# The windows of a map that gets zeros behind the end of each axis, and is shifted.
def split(x: Tensor, window: List[int], shift: List[int]) -> Tensor:
  size = __torch__.deformux.windows.whole(x, window)
  y = torch.constant_pad_nd(x, [0, 0, 0, size[2] - torch.size(x, 3), 0, size[1] - torch.size(x, 2), 0, size[0] - torch.size(x, 1)], 0.0)
  if shift[0] + shift[1] + shift[2] > 0:
    y = torch.roll(y, [0 - shift[0], 0 - shift[1], 0 - shift[2]], [1, 2, 3])
  return __torch__.deformux.windows.partition(y, window)


# The map, as large as another one, that these windows make.
def join(x: Tensor, like: Tensor, window: List[int], shift: List[int]) -> Tensor:
  y = __torch__.deformux.windows.merge(x, __torch__.deformux.windows.whole(like, window), window)
  if shift[0] + shift[1] + shift[2] > 0:
    y = torch.roll(y, shift, [1, 2, 3])
  for i in range(3):
    y = torch.slice(y, i + 1, 0, torch.size(like, i + 1), 1)
  return y


# The parts of a shifted axis that were not neighbours before: 0, 1 or 2 for each place.
def regions(like: Tensor, n: int, window: int, shift: int) -> Tensor:
  places = torch.arange(n, dtype=6, device=ops.prim.device(like))
  if shift == 0:
    return torch.mul(places, 0.0)
  return torch.to(torch.ge(places, n - window), 6) + torch.to(torch.ge(places, n - shift), 6)


# What is added between two tokens of a window, (windows, tokens, tokens): -100 where the shift brought them together. No mask
# without a shift.
def mask(x: Tensor, window: List[int], shift: List[int]) -> Optional[Tensor]:
  if shift[0] + shift[1] + shift[2] == 0:
    return None
  size = __torch__.deformux.windows.whole(x, window)
  d = torch.reshape(__torch__.deformux.windows.regions(x, size[0], window[0], shift[0]), [1, size[0], 1, 1, 1])
  h = torch.reshape(__torch__.deformux.windows.regions(x, size[1], window[1], shift[1]), [1, 1, size[1], 1, 1])
  w = torch.reshape(__torch__.deformux.windows.regions(x, size[2], window[2], shift[2]), [1, 1, 1, size[2], 1])
  all = __torch__.deformux.windows.partition(torch.mul(d, 9.0) + torch.mul(h, 3.0) + w, window)
  apart = torch.to(torch.ne(all, torch.transpose(all, 1, 2)), ops.prim.dtype(x))
  return torch.mul(apart, -100.0)


# Scores (N * windows, heads, tokens, tokens) to probabilities. A window with fewer tokens than the index has takes its first
# ones, as the references do.
def probabilities(scores: Tensor, table: Tensor, index: Tensor, mask: Optional[Tensor]) -> Tensor:
  t = torch.size(scores, 2)
  heads = torch.size(scores, 1)
  rows = torch.reshape(torch.slice(torch.slice(index, 0, 0, t, 1), 1, 0, t, 1), [-1])
  bias = torch.permute(torch.reshape(torch.index_select(table, 0, rows), [t, t, heads]), [2, 0, 1])
  y = scores + bias
  if mask is not None:
    apart = torch.unsqueeze(torch.unsqueeze(mask, 1), 0)
    y = torch.reshape(y, [-1, torch.size(mask, 0), heads, t, t]) + apart
    y = torch.reshape(y, [-1, heads, t, t])
  return torch.softmax(y, -1)


# Each token among those of its window, (N * windows, tokens, C).
class WindowAttention(Module):
  def forward(self, x: Tensor, mask: Optional[Tensor]) -> Tensor:
    t = torch.size(x, 1)
    c = torch.size(x, 2)
    heads = torch.size(self.relative_position_bias_table, 1)
    qkv = torch.permute(torch.reshape(self.qkv.forward(x), [-1, t, 3, heads, c // heads]), [2, 0, 3, 1, 4])
    q = torch.select(qkv, 0, 0) * torch.pow(c // heads, -0.5)
    scores = torch.matmul(q, torch.transpose(torch.select(qkv, 0, 1), 2, 3))
    p = __torch__.deformux.windows.probabilities(scores, self.relative_position_bias_table, self.relative_position_index, mask)
    y = torch.matmul(p, torch.select(qkv, 0, 2))
    return self.proj.forward(torch.reshape(torch.transpose(y, 1, 2), [-1, t, c]))
