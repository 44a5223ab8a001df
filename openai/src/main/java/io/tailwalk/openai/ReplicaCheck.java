package io.tailwalk.openai;

import io.tailwalk.core.model.ModelException;
import io.tailwalk.openai.dialect.Dialect;
import io.tailwalk.openai.http.Endpoint;
import java.net.URI;
import java.util.Arrays;

/**
 * What a replica must agree with: the first server's kind, length of context, tokens of a text and
 * their log-probabilities.
 */
final class ReplicaCheck {
  /** A text whose tokens tell models apart: blanks, digits, several scripts, broken lines. */
  private static final String SAMPLES =
      "a  a\n 1234567 Hello, world!\r\n\td\u00e9j\u00e0 vu \u4f60\u597d \ud83d\ude00 <|im_end|>"
          + " </s> x = [1, 2];";

  /** Difference, in nats, that batches and kernels make between servers with the same weights. */
  private static final double BAND = 0.15;

  private final URI first;
  private final ServerOptions options;
  private final Dialect dialect;
  private final int[] sampled;
  private double[] scores = {};

  /** Asks the first server for the tokens of the text. */
  ReplicaCheck(Endpoint first, ServerOptions options, Dialect dialect) {
    this.first = first.address();
    this.options = options;
    this.dialect = dialect;
    this.sampled = first.ask(dialect.tokens(SAMPLES, true));
    if (options.addresses().size() > 1) {
      requireScores(this.first, dialect);
      this.scores = scores(first, dialect);
    }
  }

  /** The tokens of the text, for the fingerprint of the model. */
  String sampled() {
    return Arrays.toString(sampled);
  }

  /**
   * Compares a replica.
   *
   * @throws ModelException if it has another model, or another quantisation of the model
   */
  void require(Endpoint replica) {
    Dialect other = new Recognition(replica, options).dialect();
    requireScores(replica.address(), other);
    boolean same =
        dialect.name().equals(other.name())
            && dialect.facts().contextTokens() == other.facts().contextTokens()
            && Arrays.equals(sampled, replica.ask(other.tokens(SAMPLES, true)));
    if (same && !dialect.route().equals(other.route())) {
      throw new ModelException(
          replica.address()
              + " draws by /"
              + other.route()
              + ", "
              + first
              + " by /"
              + dialect.route()
              + "; start replicas with the same options");
    }
    double[] found = same ? scores(replica, other) : new double[0];
    int compared = 0;
    for (int i = 0; i < found.length; i++) {
      // llama-server has no log-probability for a token that is a part of a character.
      boolean unknown = Double.isNaN(scores[i]) && Double.isNaN(found[i]);
      same &= unknown || Math.abs(scores[i] - found[i]) <= BAND;
      compared += unknown ? 0 : 1;
    }
    if (!same || 2 * compared < found.length) {
      throw new ModelException(
          replica.address()
              + " is no replica of "
              + first
              + ": model, quantisation or context length differ");
    }
  }

  private static void requireScores(URI address, Dialect dialect) {
    if (!dialect.scores()) {
      throw new ModelException(
          "replicas cannot be compared, because "
              + address
              + " does not show the log-probabilities of given tokens; leave out replica=");
    }
  }

  private double[] scores(Endpoint server, Dialect ofServer) {
    int half = sampled.length / 2;
    int[] head = Arrays.copyOf(sampled, half);
    int[] tail = Arrays.copyOfRange(sampled, half, sampled.length);
    return ofServer.score(head, tail).stream()
        .flatMapToDouble(query -> Arrays.stream(server.ask(query)))
        .toArray();
  }
}
