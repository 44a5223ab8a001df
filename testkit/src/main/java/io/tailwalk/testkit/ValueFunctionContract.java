package io.tailwalk.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ChildScores;
import io.tailwalk.core.verify.ValueFunction;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requirements on every {@link ValueFunction}, on all prefixes over a small vocabulary. */
public abstract class ValueFunctionContract {

  /** The value under test. */
  protected abstract ValueFunction value();

  /** A small vocabulary that the value can read. */
  protected abstract Vocabulary vocabulary();

  /** The prompt. */
  protected Prompt prompt() {
    return Prompt.text("");
  }

  /** H: prefixes with fewer tokens are tested. */
  protected int maxTokens() {
    return 4;
  }

  /** Largest difference (nats) between different calls; 0 if they must agree exactly. */
  protected double tolerance() {
    return 0.0;
  }

  @Test
  void logValue_anyPrefix_isALogWeight() {
    for (Candidate prefix : prefixes()) {
      double logValue = value().logValue(prefix);
      assertFalse(
          Double.isNaN(logValue) || logValue == Double.POSITIVE_INFINITY,
          () -> "log-value " + logValue + " of " + prefix);
      assertEquals(logValue, value().logValue(prefix), tolerance(), "asked again");
    }
  }

  @Test
  void logValues_batch_equalsOneByOne() {
    List<Candidate> prefixes = prefixes();
    double[] batch = new double[prefixes.size()];
    value().logValues(prefixes, batch);
    for (int i = 0; i < batch.length; i++) {
      assertEquals(value().logValue(prefixes.get(i)), batch[i], tolerance());
    }
  }

  @Test
  void childLogValues_anyPrefix_equalOneByOne() {
    checkChildren(value(), prefixes(), tolerance());
  }

  static void checkChildren(ValueFunction value, List<Candidate> prefixes, double tolerance) {
    for (Candidate prefix : prefixes) {
      ChildScores scores = value.childLogValues(prefix);
      double[] all = new double[prefix.vocabulary().size()];
      scores.logScores(all);
      for (int token = 0; token < prefix.vocabulary().size(); token++) {
        if (!prefix.vocabulary().isEnd(token)) {
          Candidate child = prefix.extend(token);
          assertEquals(
              value.logValue(child), scores.logScore(token), tolerance, () -> "child " + child);
          assertEquals(scores.logScore(token), all[token], tolerance, () -> "child " + child);
        }
      }
    }
  }

  private List<Candidate> prefixes() {
    return Candidates.partial(prompt(), vocabulary(), maxTokens());
  }
}
