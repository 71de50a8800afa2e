# What a GPU computes otherwise than a CPU, with the same results: there a map lies channels last, so that convolutions need
# no copies and a gather reads all channels of a voxel at once, and few large steps are better than many small ones.


# A map (N, C, D, H, W) as the device's convolutions want it laid out.
def laid_out(x: Tensor) -> Tensor:
  channels_last = 3
  if ops.prim.is_cuda(x):
    return torch.contiguous(x, memory_format=channels_last)
  return torch.contiguous(x)


# Zero mean and unit biased variance per sample and channel, eps 1e-5, then a factor and an offset per channel if given. PyTorch's
# own copies a channels-last map to the other layout and leaves it there; the norm of a batch of one has kernels for both.
def instance_norm(x: Tensor, weight: Optional[Tensor], bias: Optional[Tensor]) -> Tensor:
  if not ops.prim.is_cuda(x):
    return torch.instance_norm(x, weight, bias, None, None, True, 0.0, 1e-5, False)
  samples = annotate(List[Tensor], [])
  for n in range(torch.size(x, 0)):
    sample = torch.slice(x, 0, n, n + 1, 1)
    _a = torch.append(samples, torch.batch_norm(sample, weight, bias, None, None, True, 0.0, 1e-5, False))
  if torch.len(samples) == 1:
    return samples[0]
  return torch.cat(samples, 0)


# Each channel of x (N, C, D, H, W) through a network of its own, 1-4-1, in steps over the whole map: grouped convolutions of so
# few channels are slow on a GPU. Weights as those convolutions have them: (4 C, 1, 1, 1, 1), (4 C), (C, 4, 1, 1, 1), (C).
def channel_networks(x: Tensor, weight1: Tensor, bias1: Tensor, weight2: Tensor, bias2: Tensor) -> Tensor:
  c = torch.size(x, 1)
  each = [1, c, 1, 1, 1]
  widen = torch.reshape(weight1, [c, 4])
  shift = torch.reshape(bias1, [c, 4])
  narrow = torch.reshape(weight2, [c, 4])
  y = torch.reshape(bias2, each)
  for m in range(4):
    u = torch.addcmul(torch.reshape(torch.select(shift, 1, m), each), x, torch.reshape(torch.select(widen, 1, m), each))
    y = torch.addcmul(y, torch.gelu(u), torch.reshape(torch.select(narrow, 1, m), each))
  return y
