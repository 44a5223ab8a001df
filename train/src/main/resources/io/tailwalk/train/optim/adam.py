# One step of Adam on a vector whose first "decayed" entries have weight decay. TorchScript in the
# dialect of saved modules. (PyTorch's fused operation takes lists of vectors, and the compiler
# drops calls whose only effect is on the members of a list.)
class Model(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  decayed : int
  decoupled : bool
  beta1 : float
  beta2 : float
  epsilon : float
  weight_decay : float

  # "step" counts from 1 and has one entry; "rate" is the learning rate of this step.
  def update(self: __torch__.Model, flat: Tensor, gradient: Tensor, mean: Tensor, square: Tensor, step: Tensor, rate: Tensor) -> Tensor:
    t = float(step)
    r = float(rate)
    if self.weight_decay > 0.:
      w = torch.slice(flat, 0, 0, self.decayed, 1)
      if self.decoupled:
        torch.mul_(w, 1. - r * self.weight_decay)
      else:
        torch.add_(torch.slice(gradient, 0, 0, self.decayed, 1), w, alpha=self.weight_decay)
    torch.lerp_(mean, gradient, 1. - self.beta1)
    torch.addcmul_(torch.mul_(square, self.beta2), gradient, gradient, value=1. - self.beta2)
    root = torch.sqrt(square)
    torch.add_(torch.div_(root, torch.sqrt(1. - torch.pow(self.beta2, t))), self.epsilon)
    return torch.addcdiv_(flat, mean, root, value=-r / (1. - torch.pow(self.beta1, t)))
