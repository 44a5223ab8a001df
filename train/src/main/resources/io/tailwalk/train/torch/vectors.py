# Operations on vectors in place, which DJL's arrays lack. TorchScript in the dialect of saved modules.
class Model(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def copy(self: __torch__.Model, target: Tensor, source: Tensor) -> Tensor:
    return torch.copy_(target, source)

  def add(self: __torch__.Model, target: Tensor, source: Tensor, factor: Tensor) -> Tensor:
    return torch.add_(target, source, alpha=float(factor))
