package io.tailwalk.core.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ValuesTest {
  private static final double ZERO = Double.NEGATIVE_INFINITY;

  /** Tokens "a" to "y"; the 26th is the end. */
  private static final Vocabulary LETTERS =
      new Vocabulary() {
        @Override
        public int size() {
          return 26;
        }

        @Override
        public byte[] bytes(int token) {
          return isEnd(token)
              ? new byte[0]
              : Character.toString('a' + token).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public boolean isEnd(int token) {
          return token == 25;
        }

        @Override
        public int[] encode(String text) {
          return text.chars().map(c -> c - 'a').toArray();
        }
      };

  private static final Prompt PROMPT = Prompt.text("p");

  private static Candidate partial(String text) {
    return Candidate.partial(PROMPT, LETTERS, LETTERS.encode(text));
  }

  private static Candidate complete(String text) {
    return Candidate.complete(PROMPT, LETTERS, LETTERS.encode(text), FinishReason.STOP);
  }

  /** A reward and a value that tell apart what they are asked of. */
  private record Weighted(double perToken, boolean masks, String why) implements Verifier {
    @Override
    public String name() {
      return "weighted";
    }

    @Override
    public double logReward(Candidate candidate) {
      return candidate.finishReason().orElseThrow() == FinishReason.LENGTH
          ? -100
          : perToken * candidate.tokenIds().length;
    }

    @Override
    public Optional<String> reason(Candidate candidate) {
      return why.isEmpty() ? Optional.empty() : Optional.of(why);
    }

    @Override
    public boolean masksVocabulary() {
      return masks;
    }

    @Override
    public double logRewardBound() {
      return perToken + 1;
    }

    @Override
    public ValueFunction prefixValue() {
      return prefix -> perToken * prefix.tokenIds().length;
    }
  }

  /** {@code log alpha} for each token that is left to the horizon. */
  @Test
  void decay_fallsWithTheTokensLeft() {
    var decay = new DecayValue(0.5, 3);
    double log = Math.log(0.5);
    assertThat(decay.logValue(partial(""))).isCloseTo(3 * log, within(1e-15));
    assertThat(decay.logValue(partial("ab"))).isCloseTo(log, within(1e-15));
    assertThat(decay.logValue(partial("abc"))).isZero();
    assertThat(decay.logValue(partial("abcd"))).isZero();
    ChildScores children = decay.childLogValues(partial("a"));
    assertThat(children.logScore(7)).isCloseTo(log, within(1e-15));
    double[] all = new double[3];
    children.logScores(all);
    assertThat(all).containsOnly(children.logScore(0));
    assertThatThrownBy(() -> new DecayValue(1.1, 3)).hasMessageContaining("alpha");
    assertThatThrownBy(() -> new DecayValue(0.5, 0)).hasMessageContaining("horizon");
    assertThat(new DecayValue(1, 1).logValue(partial(""))).isZero();
  }

  @Test
  void product_addsLogarithms() {
    ValueFunction value = new DecayValue(0.5, 3).times(prefix -> -prefix.tokenIds().length);
    List<Candidate> prefixes = List.of(partial("a"), partial("abc"));
    double[] out = new double[2];
    value.logValues(prefixes, out);
    for (int i = 0; i < 2; i++) {
      assertThat(out[i]).isEqualTo(value.logValue(prefixes.get(i)));
    }
    assertThat(out[0]).isCloseTo(2 * Math.log(0.5) - 1, within(1e-15));
    assertThat(out[1]).isCloseTo(-3, within(1e-15));
    ChildScores children = value.childLogValues(partial("a"));
    assertThat(children.logScore(3)).isCloseTo(Math.log(0.5) - 2, within(1e-15));
    double[] all = new double[4];
    children.logScores(all);
    assertThat(all).containsOnly(children.logScore(3));
  }

  /** Only what proves that nothing can pass is left of a product. */
  @Test
  void proof_ofAProduct_isThatOfItsFactors() {
    ValueFunction guess = prefix -> -1;
    ValueFunction mask = Verifiers.avoid("e").prefixValue();
    ValueFunction other = Verifiers.length(0, 3).prefixValue();
    assertThat(guess.times(guess).proof()).isSameAs(ValueFunction.ONE);
    assertThat(guess.times(mask).proof()).isSameAs(mask);
    assertThat(mask.times(guess).proof()).isSameAs(mask);
    ValueFunction both = mask.times(other);
    assertThat(both.proof()).isSameAs(both);
    ValueFunction nested = guess.times(mask).times(other.times(guess)).proof();
    assertThat(nested.logValue(partial("abc"))).isZero();
    assertThat(nested.logValue(partial("abcd"))).isEqualTo(ZERO);
    assertThat(nested.logValue(partial("e"))).isEqualTo(ZERO);
  }

  @Test
  void conjunction_combinesItsParts() {
    Verifier plain = new Weighted(-1, true, "");
    Verifier withReason = new Weighted(-2, false, "because");
    Verifier all = Verifiers.allOf(List.of(plain, withReason));
    assertThat(Verifiers.allOf(List.of(plain))).isSameAs(plain);
    assertThat(all.logReward(complete("ab"))).isEqualTo(-6);
    assertThat(all.childLogRewards(partial("ab"), FinishReason.STOP).logScore(0)).isEqualTo(-9);
    assertThat(all.childLogRewards(partial("ab"), FinishReason.LENGTH).logScore(0)).isEqualTo(-200);
    assertThat(all.logRewardBound()).isEqualTo(-1);
    assertThat(all.passesOrFails()).isFalse();
    assertThat(all.masksVocabulary()).isFalse();
    assertThat(all.reason(complete("ab"))).contains("because");
    assertThat(all.prefixValue().logValue(partial("abc"))).isEqualTo(-9);
    assertThat(plain.passesOrFails()).isFalse();
    Verifier masks = Verifiers.allOf(List.of(Verifiers.avoid("e"), Verifiers.any()));
    assertThat(masks.masksVocabulary()).isTrue();
    assertThat(masks.passesOrFails()).isTrue();
    assertThat(masks.logRewardBound()).isZero();
    assertThat(masks.reason(complete("ab"))).isEmpty();
    assertThat(masks.name()).isEqualTo("avoid:e and any");
  }

  /** A part that has ruled a response out spares the later ones the work. */
  @Test
  void conjunction_asksLaterPartsOnlyWhereSomethingIsLeft() {
    int[] asked = {0};
    int[] closed = {0};
    Verifier counting =
        new Verifier() {
          @Override
          public String name() {
            return "counting";
          }

          @Override
          public double logReward(Candidate complete) {
            asked[0]++;
            return -1;
          }

          @Override
          public void close() {
            closed[0]++;
          }
        };
    Verifier all = Verifiers.allOf(List.of(Verifiers.avoid("e"), counting));
    double[] out = {5, 5, 5};
    all.logRewards(List.of(complete("e"), complete("ab"), complete("ee")), out);
    assertThat(out).containsExactly(ZERO, -1, ZERO);
    assertThat(asked[0]).isOne();
    assertThat(all.logReward(complete("e"))).isEqualTo(ZERO);
    assertThat(asked[0]).isOne();
    assertThat(all.childLogRewards(partial("a"), FinishReason.STOP).logScore('e' - 'a'))
        .isEqualTo(ZERO);
    assertThat(asked[0]).isOne();
    all.close();
    assertThat(closed[0]).isOne();
    assertThat(counting.logRewardBound()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(counting.masksVocabulary()).isFalse();
    assertThat(counting.reason(complete("a"))).isEmpty();
    assertThat(counting.prefixValue()).isSameAs(ValueFunction.ONE);
  }

  @Test
  void automaton_childScoresAllAtOnce_equalOneByOne() {
    Verifier verifier = Verifiers.length(1, 2);
    for (String text : List.of("", "a", "ab", "abc")) {
      ChildScores values = verifier.prefixValue().childLogValues(partial(text));
      ChildScores rewards = verifier.childLogRewards(partial(text), FinishReason.STOP);
      for (ChildScores scores : List.of(values, rewards)) {
        double[] all = new double[26];
        Arrays.fill(all, 9);
        scores.logScores(all);
        for (int token = 0; token < 26; token++) {
          assertThat(all[token]).isEqualTo(scores.logScore(token));
        }
      }
      assertThat(values.logScore(0)).isEqualTo(text.length() < 2 ? 0 : ZERO);
      assertThat(rewards.logScore(25))
          .isEqualTo(text.length() == 1 || text.length() == 2 ? 0 : ZERO);
    }
    assertThat(verifier.logRewardBound()).isZero();
    assertThat(verifier.masksVocabulary()).isTrue();
    assertThat(verifier.prefixValue().proof().logValue(partial("abc"))).isEqualTo(ZERO);
    assertThatThrownBy(() -> Verifiers.length(-1, 2)).hasMessageContaining("-1..2");
    assertThat(Verifiers.length(0, 0).logReward(complete(""))).isZero();
    assertThat(Verifiers.length(2, Integer.MAX_VALUE).logReward(complete("abc"))).isZero();
    assertThat(Verifiers.length(2, Integer.MAX_VALUE).logReward(complete("a"))).isEqualTo(ZERO);
  }

  @Test
  void candidate_withAStopString_endsBeforeIt() {
    int[] tokens = LETTERS.encode("abcd");
    var stopped = new Candidate(PROMPT, LETTERS, tokens, Optional.of(FinishReason.STOP), 3);
    assertThat(stopped.text()).isEqualTo("a");
    assertThat(stopped.isComplete()).isTrue();
    assertThat(stopped).hasToString("Candidate[a]");
    assertThat(partial("ab").extend(2)).isEqualTo(partial("abc")).hasToString("Candidate[abc...]");
    assertThat(partial("ab").isComplete()).isFalse();
    assertThat(partial("abc").hashCode()).isEqualTo(partial("ab").extend(2).hashCode());
    assertThat(partial("ab").hashCode()).isNotEqualTo(partial("ba").hashCode());
    assertThat(complete("ab").finishReason().orElseThrow().wireName()).isEqualTo("stop");
    assertThat(stopped)
        .isNotEqualTo(new Candidate(PROMPT, LETTERS, tokens, Optional.of(FinishReason.STOP), 2))
        .isNotEqualTo(new Candidate(PROMPT, LETTERS, tokens, Optional.of(FinishReason.LENGTH), 3))
        .isNotEqualTo(new Candidate(Prompt.text("q"), LETTERS, tokens, stopped.finishReason(), 3))
        .isNotEqualTo(new Candidate(PROMPT, LETTERS, new int[] {0}, stopped.finishReason(), 3));
  }
}
