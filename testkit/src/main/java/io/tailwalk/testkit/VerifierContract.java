package io.tailwalk.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ChildScores;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Requirements on every {@link Verifier}, on all responses over a small vocabulary: batches and
 * children equal single calls, and a prefix value is zero only if no completion passes.
 */
public abstract class VerifierContract {

  /** Opens the verifier; each test closes its verifiers. */
  protected abstract Verifier openVerifier();

  /** A small vocabulary whose texts the verifier distinguishes. */
  protected abstract Vocabulary vocabulary();

  /** The prompt. */
  protected Prompt prompt() {
    return Prompt.text("");
  }

  /** H: responses of this length are complete. */
  protected int maxTokens() {
    return 4;
  }

  /** Largest difference (nats) between different calls; 0 if they must agree exactly. */
  protected double tolerance() {
    return 0.0;
  }

  @Test
  void name_isFilledIn() {
    try (Verifier verifier = openVerifier()) {
      assertFalse(verifier.name().isBlank(), "the verifier has no name");
    }
  }

  @Test
  void logRewards_batch_equalsOneByOne() {
    try (Verifier verifier = openVerifier()) {
      List<Candidate> complete = complete();
      double[] batch = new double[complete.size()];
      verifier.logRewards(complete, batch);
      Set<Double> seen = new HashSet<>();
      for (int i = 0; i < batch.length; i++) {
        double logReward = batch[i];
        seen.add(logReward);
        Candidate candidate = complete.get(i);
        assertFalse(
            Double.isNaN(logReward) || logReward == Double.POSITIVE_INFINITY,
            () -> "log-reward " + logReward + " of " + candidate);
        assertEquals(verifier.logReward(candidate), logReward, tolerance(), candidate::toString);
      }
      assertTrue(seen.size() > 1, "every response has the same reward: this tests nothing");
    }
  }

  @Test
  void childLogRewards_anyPrefix_equalOneByOne() {
    try (Verifier verifier = openVerifier()) {
      for (Candidate prefix : partial()) {
        for (FinishReason reason : FinishReason.values()) {
          checkChildren(verifier, prefix, reason);
        }
      }
    }
  }

  private void checkChildren(Verifier verifier, Candidate prefix, FinishReason reason) {
    ChildScores scores = verifier.childLogRewards(prefix, reason);
    double[] all = new double[vocabulary().size()];
    scores.logScores(all);
    for (int token = 0; token < vocabulary().size(); token++) {
      if (vocabulary().isEnd(token) == (reason == FinishReason.STOP)) {
        int[] longer = prefix.extend(token).tokenIds();
        Candidate child = Candidate.complete(prompt(), vocabulary(), longer, reason);
        assertEquals(
            verifier.logReward(child), scores.logScore(token), tolerance(), child::toString);
        assertEquals(scores.logScore(token), all[token], tolerance(), child::toString);
      }
    }
  }

  @Test
  void prefixValue_aboveAnAcceptedResponse_isNotZero() {
    try (Verifier verifier = openVerifier()) {
      ValueFunction value = verifier.prefixValue();
      for (Candidate complete : complete()) {
        if (verifier.logReward(complete) > Double.NEGATIVE_INFINITY) {
          for (int length = 0; length < complete.tokenIds().length; length++) {
            int[] tokens = java.util.Arrays.copyOf(complete.tokenIds(), length);
            Candidate prefix = Candidate.partial(prompt(), vocabulary(), tokens);
            assertTrue(
                value.logValue(prefix) > Double.NEGATIVE_INFINITY,
                () -> "zero at \"" + prefix + "\" above the accepted \"" + complete + "\"");
          }
        }
      }
    }
  }

  @Test
  void prefixValue_batchAndChildren_equalOneByOne() {
    try (Verifier verifier = openVerifier()) {
      ValueFunction value = verifier.prefixValue();
      List<Candidate> prefixes = partial();
      double[] batch = new double[prefixes.size()];
      value.logValues(prefixes, batch);
      for (int i = 0; i < batch.length; i++) {
        assertEquals(value.logValue(prefixes.get(i)), batch[i], tolerance());
      }
      ValueFunctionContract.checkChildren(value, prefixes, tolerance());
    }
  }

  private List<Candidate> partial() {
    return Candidates.partial(prompt(), vocabulary(), maxTokens());
  }

  private List<Candidate> complete() {
    var complete = new ArrayList<Candidate>();
    partial().forEach(prefix -> complete.addAll(Candidates.completing(prefix, maxTokens())));
    return complete;
  }
}
