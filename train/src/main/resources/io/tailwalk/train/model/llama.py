# Llama: rotary positions on neighbouring pairs, RMSNorm before each half of a block, SwiGLU.
# TorchScript in the dialect of saved modules. Shapes: n sequences, t positions, d features,
# r rows to predict. "flat" holds all parameters in the order of ParameterLayout.
class Model(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  vocabulary : int
  layers : int
  heads : int
  d : int
  feed_forward : int
  tied : bool
  epsilon : float
  theta : float
  sizes : List[int]

  # Angles of rotation as unit complex numbers [t, d / heads / 2], in double precision until the end.
  def rotations(self: __torch__.Model, t: int, flat: Tensor) -> Tensor:
    pairs = self.d // self.heads // 2
    steps = torch.arange(pairs, dtype=7, device=flat.device)
    frequencies = torch.exp(torch.mul(steps, -torch.log(self.theta) / float(pairs)))
    angles = torch.outer(torch.arange(t, dtype=7, device=flat.device), frequencies)
    parts = torch.stack([torch.cos(angles), torch.sin(angles)], -1)
    return torch.view_as_complex(torch.to(parts, flat.dtype))

  # Features of the rows [r, d], and the parameters. Only attention needs the other positions, so
  # that the last block drops them after it.
  def features(self: __torch__.Model, tokens: Tensor, rows: Tensor, flat: Tensor) -> Tuple[Tensor, List[Tensor]]:
    n = torch.size(tokens, 0)
    t = torch.size(tokens, 1)
    d = self.d
    f = self.feed_forward
    k = d // self.heads
    p = torch.split_with_sizes(flat, self.sizes, 0)
    r = (self).rotations(t, flat)
    x = torch.view(torch.embedding(torch.view(p[0], [self.vocabulary, d]), tokens), [n * t, d])
    for i in range(self.layers):
      m = 1 + 4 * i
      v = len(p) - 1 - 2 * self.layers + 2 * i
      h = torch.linear(torch.rms_norm(x, [d], p[v], self.epsilon), torch.view(p[m], [3 * d, d]))
      h = torch.permute(torch.view(h, [n, t, 3, self.heads, k]), [2, 0, 3, 1, 4])
      q = torch.view_as_complex(torch.reshape(torch.slice(h, 0, 0, 2, 1), [2, n, self.heads, t, k // 2, 2]))
      q = torch.flatten(torch.view_as_real(torch.mul(q, r)), -2)
      h = torch.scaled_dot_product_attention(torch.select(q, 0, 0), torch.select(q, 0, 1), torch.select(h, 0, 2), None, 0., True)
      h = torch.reshape(torch.transpose(h, 1, 2), [n * t, d])
      if i + 1 == self.layers:
        h = torch.index_select(h, 0, rows)
        x = torch.index_select(x, 0, rows)
      x = torch.add(x, torch.linear(h, torch.view(p[m + 1], [d, d])))
      h = torch.rms_norm(x, [d], p[v + 1], self.epsilon)
      h = torch.linear(h, torch.view(p[m + 2], [2 * f, d]))
      h = torch.mul(torch.silu(torch.slice(h, 1, 0, f, 1)), torch.slice(h, 1, f, 2 * f, 1))
      x = torch.add(x, torch.linear(h, torch.view(p[m + 3], [d, f])))
    x = torch.rms_norm(x, [d], p[len(p) - 1], self.epsilon)
    return (x, p)

  # Logits of the token after each row [r, vocabulary].
  def logits(self: __torch__.Model, tokens: Tensor, rows: Tensor, flat: Tensor) -> Tensor:
    x, p = (self).features(tokens, rows, flat)
    if self.tied:
      head = p[0]
    else:
      head = p[1 + 4 * self.layers]
    return torch.linear(x, torch.view(head, [self.vocabulary, self.d]))

  # Log-probabilities of the targets [r].
  def log_probs(self: __torch__.Model, tokens: Tensor, rows: Tensor, targets: Tensor, flat: Tensor) -> Tensor:
    z = (self).logits(tokens, rows, flat)
    return torch.neg(torch.cross_entropy_loss(z, targets, None, 0))

  # Weighted sum of the targets' negative log-probabilities.
  def loss(self: __torch__.Model, tokens: Tensor, rows: Tensor, targets: Tensor, weights: Tensor, flat: Tensor) -> Tensor:
    z = (self).logits(tokens, rows, flat)
    return torch.dot(torch.cross_entropy_loss(z, targets, None, 0), weights)
