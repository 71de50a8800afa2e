# What takes the place of PyTorch's convolutions, linear layers and matrix products where the time of all else is measured: zeros
# of the right size. Each takes its arguments as it is written here, none left out.


def zeros(x: Tensor, size: List[int]) -> Tensor:
  return torch.zeros(size, dtype=ops.prim.dtype(x))


def conv3d(x: Tensor, weight: Tensor, bias: Optional[Tensor], stride: List[int], padding: List[int], dilation: List[int], groups: int) -> Tensor:
  s = [torch.size(x, 0), torch.size(weight, 0)]
  for i in range(3):
    reach = dilation[i] * (torch.size(weight, i + 2) - 1) + 1
    _a = torch.append(s, (torch.size(x, i + 2) + 2 * padding[i] - reach) // stride[i] + 1)
  return __torch__.deformux.hollow.zeros(x, s)


def conv_transpose3d(x: Tensor, weight: Tensor, bias: Optional[Tensor], stride: List[int]) -> Tensor:
  s = [torch.size(x, 0), torch.size(weight, 1)]
  for i in range(3):
    _a = torch.append(s, (torch.size(x, i + 2) - 1) * stride[i] + torch.size(weight, i + 2))
  return __torch__.deformux.hollow.zeros(x, s)


def linear(x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
  s = torch.size(x)
  s[-1] = torch.size(weight, 0)
  return __torch__.deformux.hollow.zeros(x, s)


# The axes before the last two are those of the operand that has more of them.
def matmul(x: Tensor, y: Tensor) -> Tensor:
  s = torch.size(x)
  if torch.dim(y) > torch.dim(x):
    s = torch.size(y)
  s[-2] = torch.size(x, -2)
  s[-1] = torch.size(y, -1)
  return __torch__.deformux.hollow.zeros(x, s)


def bmm(x: Tensor, y: Tensor) -> Tensor:
  return __torch__.deformux.hollow.matmul(x, y)
