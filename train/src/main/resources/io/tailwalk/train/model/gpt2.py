# GPT-2: learned positions, LayerNorm before each half of a block, GELU (tanh form), tied output.
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

  # Features of the rows [r, d], and the parameters. Only attention needs the other positions, so
  # that the last block drops them after it.
  def features(self: __torch__.Model, tokens: Tensor, rows: Tensor, flat: Tensor) -> Tuple[Tensor, List[Tensor]]:
    n = torch.size(tokens, 0)
    t = torch.size(tokens, 1)
    d = self.d
    f = self.feed_forward
    p = torch.split_with_sizes(flat, self.sizes, 0)
    x = torch.embedding(torch.view(p[0], [self.vocabulary, d]), tokens)
    x = torch.view(torch.add(x, torch.slice(torch.view(p[1], [-1, d]), 0, 0, t, 1)), [n * t, d])
    for i in range(self.layers):
      m = 2 + 4 * i
      v = 2 + 4 * self.layers + 8 * i
      h = torch.layer_norm(x, [d], p[v], p[v + 1], self.epsilon, False)
      h = torch.linear(h, torch.view(p[m], [3 * d, d]), p[v + 2])
      h = torch.permute(torch.view(h, [n, t, 3, self.heads, d // self.heads]), [2, 0, 3, 1, 4])
      h = torch.scaled_dot_product_attention(torch.select(h, 0, 0), torch.select(h, 0, 1), torch.select(h, 0, 2), None, 0., True)
      h = torch.reshape(torch.transpose(h, 1, 2), [n * t, d])
      if i + 1 == self.layers:
        h = torch.index_select(h, 0, rows)
        x = torch.index_select(x, 0, rows)
      x = torch.add(x, torch.linear(h, torch.view(p[m + 1], [d, d]), p[v + 3]))
      h = torch.layer_norm(x, [d], p[v + 4], p[v + 5], self.epsilon, False)
      h = torch.gelu(torch.linear(h, torch.view(p[m + 2], [f, d]), p[v + 6]), approximate="tanh")
      x = torch.add(x, torch.linear(h, torch.view(p[m + 3], [d, f]), p[v + 7]))
    v = 2 + 12 * self.layers
    x = torch.layer_norm(x, [d], p[v], p[v + 1], self.epsilon, False)
    return (x, p)

  # Logits of the token after each row [r, vocabulary].
  def logits(self: __torch__.Model, tokens: Tensor, rows: Tensor, flat: Tensor) -> Tensor:
    x, p = (self).features(tokens, rows, flat)
    return torch.linear(x, torch.view(p[0], [self.vocabulary, self.d]))

  # Log-probabilities of the targets [r].
  def log_probs(self: __torch__.Model, tokens: Tensor, rows: Tensor, targets: Tensor, flat: Tensor) -> Tensor:
    z = (self).logits(tokens, rows, flat)
    return torch.neg(torch.cross_entropy_loss(z, targets, None, 0))

  # Weighted sum of the targets' negative log-probabilities.
  def loss(self: __torch__.Model, tokens: Tensor, rows: Tensor, targets: Tensor, weights: Tensor, flat: Tensor) -> Tensor:
    z = (self).logits(tokens, rows, flat)
    return torch.dot(torch.cross_entropy_loss(z, targets, None, 0), weights)
