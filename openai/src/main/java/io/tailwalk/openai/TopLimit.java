package io.tailwalk.openai;

import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.TopTokens;
import io.tailwalk.openai.dialect.Dialect;
import io.tailwalk.openai.http.Endpoint;
import io.tailwalk.openai.http.RefusedException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * How many of its most probable tokens a server lists that does not show its distributions. Lists
 * count only if they can be the model's: their tokens have ids, their probabilities leave a
 * possible rest, and given tokens, where the server scores them, have the same probability.
 */
final class TopLimit {
  /** What servers allow by default: vLLM and many others, and OpenAI's own. */
  private static final int[] DEFAULTS = {20, 5};

  /** Difference, in nats, between two ways to the same log-probability. */
  private static final double BAND = 0.15;

  private static final Pattern STATED = Pattern.compile("max allowed: (\\d{1,6})");

  private final Endpoint server;
  private final Dialect dialect;
  private final int[] some;
  private final int vocabularySize;

  /**
   * Asks nothing yet.
   *
   * @param some a prompt
   */
  TopLimit(Endpoint server, Dialect dialect, int[] some, int vocabularySize) {
    this.server = server;
    this.dialect = dialect;
    this.some = some;
    this.vocabularySize = vocabularySize;
  }

  /**
   * The limit; 0 if the server lists none.
   *
   * @param refusal the refusal of the whole distribution, whose words may state a limit
   */
  int measured(Optional<RefusedException> refusal) {
    IntStream stated = refusal.map(TopLimit::stated).orElse(IntStream.empty());
    return IntStream.concat(stated, IntStream.of(DEFAULTS))
        .map(most -> Math.min(most, vocabularySize))
        .distinct()
        .map(this::listed)
        .filter(most -> most > 0)
        .findFirst()
        .orElse(0);
  }

  private static IntStream stated(RefusedException refusal) {
    Matcher words = STATED.matcher(String.valueOf(refusal.getMessage()));
    return words.find()
        ? IntStream.of(Integer.parseInt(words.group(1))).filter(most -> most > 0)
        : IntStream.empty();
  }

  /** Number of tokens listed if as many as given are asked for; 0 if the list cannot be used. */
  private int listed(int most) {
    try {
      return Asking.answered(() -> server.ask(dialect.top(some, most)))
          .map(list -> list.top(most, vocabularySize))
          .filter(this::isScored)
          .map(TopTokens::size)
          .orElse(0);
    } catch (ModelException e) {
      // Not a list of a distribution.
      return 0;
    }
  }

  private boolean isScored(TopTokens top) {
    if (!dialect.scores()) {
      return true;
    }
    int[] first = {top.tokenIds()[0]};
    return Asking.answered(() -> server.ask(dialect.score(some, first).getFirst()))
        .filter(score -> Math.abs(score[0] - top.logProbs()[0]) <= BAND)
        .isPresent();
  }
}
