# PyTorch's products with factors in bfloat16 and results in the type of the first one, for training on a GPU: they take most of
# its time, and norms, sums and the values that are learned stay as they are. Each takes what PyTorch's function of the same name
# takes, all of it; gradients follow through the changes of type.


def halved(x: Tensor) -> Tensor:
  bfloat16 = 15
  return torch.to(x, bfloat16)


def halved_bias(bias: Optional[Tensor]) -> Optional[Tensor]:
  if bias is None:
    return None
  return __torch__.deformux.mixed.halved(bias)


def conv3d(x: Tensor, weight: Tensor, bias: Optional[Tensor], stride: List[int], padding: List[int], dilation: List[int], groups: int) -> Tensor:
  b = __torch__.deformux.mixed.halved_bias(bias)
  y = torch.conv3d(__torch__.deformux.mixed.halved(x), __torch__.deformux.mixed.halved(weight), b, stride, padding, dilation, groups)
  return torch.to(y, ops.prim.dtype(x))


def conv_transpose3d(x: Tensor, weight: Tensor, bias: Optional[Tensor], stride: List[int]) -> Tensor:
  b = __torch__.deformux.mixed.halved_bias(bias)
  y = torch.conv_transpose3d(__torch__.deformux.mixed.halved(x), __torch__.deformux.mixed.halved(weight), b, stride)
  return torch.to(y, ops.prim.dtype(x))


def linear(x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
  b = __torch__.deformux.mixed.halved_bias(bias)
  y = torch.linear(__torch__.deformux.mixed.halved(x), __torch__.deformux.mixed.halved(weight), b)
  return torch.to(y, ops.prim.dtype(x))


def matmul(x: Tensor, y: Tensor) -> Tensor:
  z = torch.matmul(__torch__.deformux.mixed.halved(x), __torch__.deformux.mixed.halved(y))
  return torch.to(z, ops.prim.dtype(x))


def bmm(x: Tensor, y: Tensor) -> Tensor:
  z = torch.bmm(__torch__.deformux.mixed.halved(x), __torch__.deformux.mixed.halved(y))
  return torch.to(z, ops.prim.dtype(x))
