package io.tailwalk.openai;

import io.tailwalk.core.model.Continuation;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.openai.dialect.OpenAiIdsDialect;
import io.tailwalk.openai.dialect.ServerFacts;
import io.tailwalk.openai.dialect.TextDialect;
import io.tailwalk.openai.http.Endpoint;
import java.util.Optional;

/**
 * A server like OpenAI's: does it read and show token ids, and does it score given tokens? Judged
 * by its answers, because such servers ignore fields that they do not know.
 */
final class OpenAiLike {
  /** Difference, in nats, between the log-probability of a draw and its score. */
  private static final double BAND = 0.15;

  /** Length of a context that the server does not state; it refuses what is too long itself. */
  private static final int UNSTATED = 1 << 20;

  private final Endpoint endpoint;
  private final String model;
  private final int inFlight;

  OpenAiLike(Endpoint endpoint, String model, int inFlight) {
    this.endpoint = endpoint;
    this.model = model;
    this.inFlight = inFlight;
  }

  /** The dialect of token ids; empty if the server has texts only. */
  Optional<OpenAiIdsDialect> ids(int contextTokens) {
    var facts =
        new ServerFacts(
            "a server like OpenAI's",
            model,
            contextTokens > 0 ? contextTokens : UNSTATED,
            inFlight,
            "openai-like");
    var dialect = new OpenAiIdsDialect(facts, false);
    Optional<int[]> some = Asking.answered(() -> endpoint.ask(dialect.tokens("a b", true)));
    Optional<Continuation> drawn =
        some.filter(tokens -> tokens.length > 0)
            .flatMap(tokens -> Asking.answered(() -> endpoint.ask(dialect.draw(tokens, 1, 1))));
    if (some.isEmpty() || drawn.isEmpty()) {
      return Optional.empty();
    }
    Optional<double[]> score =
        Asking.answered(
            () -> endpoint.ask(dialect.score(some.get(), drawn.get().tokenIds()).getFirst()));
    boolean same =
        score.isPresent() && Math.abs(score.get()[0] - drawn.get().logProbs()[0]) <= BAND;
    return Optional.of(new OpenAiIdsDialect(facts, same));
  }

  /** The dialect of texts. */
  TextDialect texts(ServerOptions options) {
    if (options.addresses().size() > 1) {
      throw new ModelException(
          "replicas of a server like OpenAI's cannot be compared, because it shows neither tokens"
              + " nor log-probabilities of given ones; leave out replica=");
    }
    return new TextDialect(model);
  }
}
