# The depthwise 3x3x3 deformable convolution as a direct port computes it: one grid_sample per tap. It takes the place
# of operator.py in the baseline that benchmarks measure against, and in no model. Shapes as there.
#
# Only its values serve: at integer positions grid_sample lands on either side, so its gradients are not the reference's.


# Where output voxel o samples along one axis, from -1 (centre of the first voxel) to 1 (centre of the last one).
def positions(offset: Tensor, axis: int, tap: int) -> Tensor:
    size = torch.size(offset, axis + 1)
    shape = [1, 1, 1, 1]
    shape[axis + 1] = size
    voxel = torch.arange(size, dtype=ops.prim.dtype(offset), device=ops.prim.device(offset))
    p = torch.reshape(voxel, shape) + (tap - 1) + offset
    return p * (2 / ops.prim.max(size - 1, 1)) - 1


def deformable_convolution(x: Tensor, offset: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    c = torch.size(x, 1)
    taps = torch.reshape(weight, [c, 27])
    y = torch.expand_as(torch.reshape(bias, [1, c, 1, 1, 1]), x)
    for tap in range(27):
        pd = __torch__.deformux.operator.positions(torch.select(offset, 1, 3 * tap), 0, tap // 9)
        ph = __torch__.deformux.operator.positions(torch.select(offset, 1, 3 * tap + 1), 1, tap // 3 % 3)
        pw = __torch__.deformux.operator.positions(torch.select(offset, 1, 3 * tap + 2), 2, tap % 3)
        grid = torch.stack([pw, ph, pd], -1)
        samples = torch.grid_sampler(x, grid, 0, 0, True)
        y = torch.addcmul(y, samples, torch.reshape(torch.select(taps, 1, tap), [1, c, 1, 1, 1]))
    return torch.permute(y, [0, 2, 3, 4, 1])


# On a GPU the port computes in float too.
def at_once(x: Tensor, offset: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    exact = ops.prim.dtype(offset)
    return __torch__.deformux.operator.deformable_convolution(
        torch.to(x, exact), offset, torch.to(weight, exact), torch.to(bias, exact))
