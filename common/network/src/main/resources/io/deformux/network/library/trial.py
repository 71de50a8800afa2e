# Single convolutions whose results are compared with plain arithmetic. Everything goes in and out as float, in PyTorch's
# order (n, c, d, h, w); in between it has the number format and the layout that is tried. How it moves is a tensor of five
# integers: stride, padding, 1 for a transposed convolution, 1 for channels last, PyTorch's number of the format.


# x (n, in, D, H, W), w (out, in, k, k, k), or (in, out, k, k, k) for a transposed one: (n, out, D', H', W').
class Forward(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def forward(self, x: Tensor, w: Tensor, how: Tensor) -> Tensor:
    stride = int(torch.item(torch.select(how, 0, 0)))
    padding = int(torch.item(torch.select(how, 0, 1)))
    transposed = torch.eq(int(torch.item(torch.select(how, 0, 2))), 1)
    last = torch.eq(int(torch.item(torch.select(how, 0, 3))), 1)
    dtype = int(torch.item(torch.select(how, 0, 4)))
    x0 = torch.to(x, dtype)
    w0 = torch.to(w, dtype)
    if last:
      x1 = torch.permute(torch.contiguous(torch.permute(x0, [0, 2, 3, 4, 1])), [0, 4, 1, 2, 3])
      w1 = torch.permute(torch.contiguous(torch.permute(w0, [0, 2, 3, 4, 1])), [0, 4, 1, 2, 3])
    else:
      x1, w1 = x0, w0
    strides = [stride, stride, stride]
    if transposed:
      y = torch.conv_transpose3d(x1, w1, None, strides)
    else:
      y = torch.conv3d(x1, w1, None, strides, [padding, padding, padding])
    return torch.contiguous(torch.to(y, 6))


# Also g, the gradient of the result: the gradients of x and of w, one after the other, flat.
class Gradients(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def forward(self, x: Tensor, w: Tensor, g: Tensor, how: Tensor) -> Tensor:
    stride = int(torch.item(torch.select(how, 0, 0)))
    padding = int(torch.item(torch.select(how, 0, 1)))
    transposed = torch.eq(int(torch.item(torch.select(how, 0, 2))), 1)
    last = torch.eq(int(torch.item(torch.select(how, 0, 3))), 1)
    x0 = torch.requires_grad_(torch.detach(x))
    w0 = torch.requires_grad_(torch.detach(w))
    if last:
      x1 = torch.permute(torch.contiguous(torch.permute(x0, [0, 2, 3, 4, 1])), [0, 4, 1, 2, 3])
    else:
      x1 = x0
    strides = [stride, stride, stride]
    if transposed:
      y = torch.conv_transpose3d(x1, w0, None, strides)
    else:
      y = torch.conv3d(x1, w0, None, strides, [padding, padding, padding])
    found = torch.autograd.grad([torch.sum(torch.mul(y, g))], [x0, w0])
    gx = found[0]
    gw = found[1]
    flat = annotate(List[Tensor], [])
    if torch.__isnot__(gx, None):
      _0 = torch.append(flat, torch.flatten(unchecked_cast(Tensor, gx)))
    if torch.__isnot__(gw, None):
      _1 = torch.append(flat, torch.flatten(unchecked_cast(Tensor, gw)))
    return torch.detach(torch.cat(flat))
