package io.tailwalk.runs.value;

import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.values.Rollout;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the verifier itself knows of prefixes, measured on rollouts: the less it leaves open, the
 * less a learned value can add.
 *
 * @param kind the kind of knowledge
 * @param failing number of rollouts that fail
 * @param foreseen number of them that the verifier rules out before their last token
 * @param seen mean share of the tokens of those after which they are ruled out, in (0, 1]; NaN if
 *     there are none
 */
public record PrefixKnowledge(Kind kind, int failing, int foreseen, double seen) {
  /** From this share of the failures on, little is left for a value. */
  private static final double MOST = 0.5;

  /** The kinds of knowledge. */
  public enum Kind {
    /** The verifier knows complete responses only. */
    END("end"),
    /** It rules out prefixes that cannot pass. */
    PROOFS("proofs"),
    /** It estimates the value of prefixes. */
    ESTIMATES("estimates");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    /** The name used in files. */
    public String wireName() {
      return wireName;
    }
  }

  /** Measures the knowledge of a verifier on rollouts that it has labelled. */
  static PrefixKnowledge of(Verifier verifier, List<Rollout> rollouts) {
    ValueFunction own = verifier.prefixValue();
    int failing = 0;
    int foreseen = 0;
    double seen = 0;
    for (Rollout rollout : rollouts) {
      if (rollout.tau() > 0) {
        continue;
      }
      failing++;
      int length = rollout.complete().tokenIds().length;
      int dead = own.equals(ValueFunction.ONE) ? length : firstDead(own, rollout.complete());
      if (dead < length) {
        foreseen++;
        seen += (double) dead / length;
      }
    }
    return new PrefixKnowledge(
        kind(own, foreseen), failing, foreseen, foreseen == 0 ? Double.NaN : seen / foreseen);
  }

  private static Kind kind(ValueFunction own, int foreseen) {
    if (foreseen > 0) {
      return Kind.PROOFS;
    }
    boolean silent = own.equals(ValueFunction.ONE) || own.proof().equals(own);
    return silent ? Kind.END : Kind.ESTIMATES;
  }

  /** Length of the shortest prefix with value zero; the length of the response if there is none. */
  private static int firstDead(ValueFunction own, Candidate complete) {
    int[] tokens = complete.tokenIds();
    for (int length = 1; length < tokens.length; length++) {
      var prefix =
          Candidate.partial(
              complete.prompt(), complete.vocabulary(), Arrays.copyOf(tokens, length));
      if (own.logValue(prefix) == Double.NEGATIVE_INFINITY) {
        return length;
      }
    }
    return tokens.length;
  }

  /** Share of the failing rollouts that the verifier rules out early; 0 if none fails. */
  public double foreseenShare() {
    return failing == 0 ? 0 : (double) foreseen / failing;
  }

  /** Whether the verifier leaves little for a value to learn. */
  boolean leavesLittle() {
    return kind == Kind.PROOFS && foreseenShare() >= MOST;
  }

  /** One sentence if the verifier knows prefixes; empty if it knows complete responses only. */
  Optional<String> sentence() {
    return switch (kind) {
      case END -> Optional.empty();
      case ESTIMATES ->
          Optional.of(
              "the verifier already estimates the value of prefixes, and this value replaces its"
                  + " estimate");
      case PROOFS ->
          Optional.of(
              String.format(
                  Locale.ROOT,
                  "the verifier already rules out prefixes: %.0f%% of the failing rollouts before"
                      + " their end, after %.0f%% of their tokens on average%s",
                  100 * foreseenShare(),
                  100 * seen,
                  leavesLittle() ? ", so that a value can add little" : ""));
    };
  }
}
