package io.tailwalk.openai;

import io.tailwalk.core.model.Continuation;
import io.tailwalk.openai.dialect.Dialect;
import io.tailwalk.openai.dialect.VllmDialect;
import io.tailwalk.openai.dialect.VllmInferenceDialect;
import io.tailwalk.openai.http.Endpoint;
import io.tailwalk.openai.http.Query;
import java.util.Optional;

/**
 * The best of a vLLM server's routes: tried, and used only if its numbers are those of the route
 * that every server has.
 */
final class VllmRoutes {
  /** Difference, in nats, between two ways to the same log-probability. */
  private static final double BAND = 0.15;

  private final Endpoint endpoint;
  private final VllmDialect base;

  VllmRoutes(Endpoint endpoint, VllmDialect base) {
    this.endpoint = endpoint;
    this.base = base;
  }

  Dialect best() {
    int[] some = endpoint.ask(base.tokens("a b", true));
    if (some.length == 0) {
      return base;
    }
    Query<Continuation> draw = new VllmInferenceDialect(base, false, "").draw(some, 1, 1);
    Optional<Continuation> drawn = Asking.answered(() -> endpoint.ask(draw));
    if (drawn.isEmpty() || !same(some, drawn.get().tokenIds(), drawn.get().logProbs())) {
      return base;
    }
    String weights = endpoint.ask(VllmInferenceDialect.weightsOf(draw));
    var replaying = new VllmInferenceDialect(base, true, weights);
    int token = drawn.get().tokenIds()[0];
    // A server that ignores the trace hardly draws the same token three times.
    int[] trace = {token, token, token};
    Optional<double[]> replayed =
        Asking.answered(() -> endpoint.ask(replaying.replay(some, trace)));
    return replayed.isPresent() && same(some, trace, replayed.get())
        ? replaying
        : new VllmInferenceDialect(base, false, weights);
  }

  private boolean same(int[] prompt, int[] completion, double[] logProbs) {
    double[] scores = endpoint.ask(base.score(prompt, completion).getFirst());
    for (int i = 0; i < scores.length; i++) {
      if (!(Math.abs(scores[i] - logProbs[i]) <= BAND)) {
        return false;
      }
    }
    return true;
  }
}
