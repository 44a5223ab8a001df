# A multilayer perceptron with one output: the logit of a value in (0, 1). TorchScript in the dialect
# of saved modules. "flat" holds all matrices [out, in] in order, then all biases.
class Model(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  layers : int
  widths : List[int]
  sizes : List[int]

  # Logits of the rows x [n, in].
  def logits(self: __torch__.Model, x: Tensor, flat: Tensor) -> Tensor:
    p = torch.split_with_sizes(flat, self.sizes, 0)
    h = x
    for i in range(self.layers):
      w = torch.view(p[i], [(self.widths)[i + 1], (self.widths)[i]])
      h = torch.linear(h, w, p[self.layers + i])
      if i + 1 < self.layers:
        h = torch.relu(h)
    return torch.view(h, [-1])

  # Sum of cross-entropies against labels in [0, 1]; "offsets" are added to the logits.
  def loss(self: __torch__.Model, x: Tensor, offsets: Tensor, labels: Tensor, flat: Tensor) -> Tensor:
    z = torch.add((self).logits(x, flat), offsets)
    return torch.binary_cross_entropy_with_logits(z, labels, None, None, 2)
