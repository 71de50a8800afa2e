# What takes the place of PyTorch's functions where only the work of a network is counted: results of the right size that are
# one number repeated without memory. Each takes its arguments as it is written here, none left out. A record is the number
# of multiply-accumulates of one call and that of the values that it puts out.


def size(n: int, kernel: int, stride: int, padding: int, dilation: int) -> int:
  return (n + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1


def like(x: Tensor, size: List[int]) -> Tensor:
  return torch.expand(torch.zeros([1], dtype=ops.prim.dtype(x)), size)


# What changes values and no sizes.

def instance_norm(x: Tensor, a: Optional[Tensor], b: Optional[Tensor], c: Optional[Tensor], d: Optional[Tensor], e: bool, f: float, g: float, h: bool) -> Tensor:
  return x


def batch_norm(x: Tensor, a: Optional[Tensor], b: Optional[Tensor], c: Optional[Tensor], d: Optional[Tensor], e: bool, f: float, g: float, h: bool) -> Tensor:
  return x


def layer_norm(x: Tensor, size: List[int], a: Optional[Tensor], b: Optional[Tensor], eps: float) -> Tensor:
  return x


def group_norm(x: Tensor, groups: int, a: Optional[Tensor], b: Optional[Tensor], eps: float) -> Tensor:
  return x


def leaky_relu(x: Tensor, slope: float) -> Tensor:
  return x


def relu(x: Tensor) -> Tensor:
  return x


def gelu(x: Tensor) -> Tensor:
  return x


def softmax(x: Tensor, axis: int) -> Tensor:
  return x


def dropout(x: Tensor, p: float, training: bool) -> Tensor:
  return x


def roll(x: Tensor, shifts: List[int], axes: List[int]) -> Tensor:
  return x


def max_pool3d(x: Tensor, kernel: List[int], stride: List[int], padding: List[int]) -> Tensor:
  s = [torch.size(x, 0), torch.size(x, 1)]
  for i in range(3):
    _a = torch.append(s, __torch__.deformux.count.size(torch.size(x, i + 2), kernel[i], stride[i], padding[i], 1))
  return __torch__.deformux.count.like(x, s)


class Counter(Module):
  def add(self, work: int, z: Tensor) -> Tensor:
    _a = torch.append(self.records, torch.tensor([work, torch.numel(z)]))
    return z

  def conv3d(self, x: Tensor, weight: Tensor, bias: Optional[Tensor], stride: List[int], padding: List[int], dilation: List[int], groups: int) -> Tensor:
    s = [torch.size(x, 0), torch.size(weight, 0)]
    for i in range(3):
      _a = torch.append(s, __torch__.deformux.count.size(torch.size(x, i + 2), torch.size(weight, i + 2), stride[i], padding[i], dilation[i]))
    return self.add(s[0] * s[2] * s[3] * s[4] * torch.numel(weight), __torch__.deformux.count.like(x, s))

  def conv_transpose3d(self, x: Tensor, weight: Tensor, bias: Optional[Tensor], stride: List[int]) -> Tensor:
    s = [torch.size(x, 0), torch.size(weight, 1)]
    for i in range(3):
      _a = torch.append(s, (torch.size(x, i + 2) - 1) * stride[i] + torch.size(weight, i + 2))
    return self.add(torch.numel(x) // torch.size(x, 1) * torch.numel(weight), __torch__.deformux.count.like(x, s))

  def linear(self, x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
    s = torch.size(x)
    s[-1] = torch.size(weight, 0)
    return self.add(torch.numel(x) * torch.size(weight, 0), __torch__.deformux.count.like(x, s))

  # The axes before the last two are those of the operand that has more of them.
  def matmul(self, x: Tensor, y: Tensor) -> Tensor:
    s = torch.size(x)
    if torch.dim(y) > torch.dim(x):
      s = torch.size(y)
    s[-2] = torch.size(x, -2)
    s[-1] = torch.size(y, -1)
    z = __torch__.deformux.count.like(x, s)
    return self.add(torch.numel(z) * torch.size(x, -1), z)

  def bmm(self, x: Tensor, y: Tensor) -> Tensor:
    return self.matmul(x, y)


# A whole network and its counter.
class Counted(Module):
  def forward(self, x: Tensor) -> List[Tensor]:
    _a = self.network.forward(__torch__.deformux.count.like(x, [1, self.channels, self.d, self.h, self.w]))
    return self.counter.records
