# Parts of transformers that several networks share. Tokens lie with their channels last.


# Two linear layers with GELU between them.
class Perceptron(Module):
  def forward(self, x: Tensor) -> Tensor:
    return self.linear2.forward(torch.gelu(self.linear1.forward(x)))


class ShortNamedPerceptron(Module):
  def forward(self, x: Tensor) -> Tensor:
    return self.fc2.forward(torch.gelu(self.fc1.forward(x)))


# Stochastic depth: a branch that training leaves out for some samples of the batch, and makes up for it in the others.
def branch(x: Tensor, rate: float, training: bool) -> Tensor:
  if training:
    size = torch.size(x)
    for i in range(torch.len(size) - 1):
      size[i + 1] = 1
    kept = torch.dropout(torch.ones(size, dtype=ops.prim.dtype(x), device=ops.prim.device(x)), rate, True)
    return x * kept
  return x


# (N, D, H, W, C) to (N, C, D, H, W).
def map(x: Tensor) -> Tensor:
  return __torch__.deformux.device.laid_out(torch.permute(x, [0, 4, 1, 2, 3]))


# (N, C, D, H, W) to (N, D, H, W, C).
def tokens(x: Tensor) -> Tensor:
  return torch.permute(x, [0, 2, 3, 4, 1])


# All values of some maps in a row: one tensor to look at where there are several.
def in_a_row(maps: List[Tensor]) -> Tensor:
  rows = annotate(List[Tensor], [])
  for y in maps:
    _a = torch.append(rows, torch.reshape(y, [-1]))
  return torch.cat(rows, 0)
