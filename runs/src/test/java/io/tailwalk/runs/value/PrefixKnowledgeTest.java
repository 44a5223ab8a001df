package io.tailwalk.runs.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.BuiltinModels;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.Verifiers;
import io.tailwalk.values.Rollout;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What verifiers know of prefixes, on texts by hand. */
class PrefixKnowledgeTest {
  private static final LanguageModel MODEL = BuiltinModels.open("builtin:austen");

  private static List<Rollout> rollouts(Verifier verifier, String... texts) {
    return List.of(texts).stream()
        .map(text ->
            Candidate.complete(
                Prompt.text("x"), MODEL.vocabulary(), tokens(text), FinishReason.LENGTH))
        .map(complete -> new Rollout(complete, Math.exp(verifier.logReward(complete))))
        .toList();
  }

  /** The tokens of a text, without the one that begins every prompt. */
  private static int[] tokens(String text) {
    int[] ids = MODEL.encode(Prompt.text(text));
    return Arrays.copyOfRange(ids, ids.length - text.length(), ids.length);
  }

  @Test
  void proofs_areCountedOnFailingRolloutsBeforeTheirEnd() {
    Verifier verifier = Verifiers.avoid("e");
    var knowledge =
        PrefixKnowledge.of(verifier, rollouts(verifier, "abcd", "aecd", "abce", "eeee"));
    assertThat(knowledge.kind()).isEqualTo(PrefixKnowledge.Kind.PROOFS);
    assertThat(knowledge.failing()).isEqualTo(3);
    assertThat(knowledge.foreseen()).isEqualTo(2);
    assertThat(knowledge.seen()).isCloseTo((0.5 + 0.25) / 2, within(1e-12));
    assertThat(knowledge.sentence().orElseThrow())
        .contains("67% of the failing rollouts")
        .contains("a value can add little");
  }

  @Test
  void checkOfTheEnd_hasNoSentence() {
    Verifier verifier = new EndOnly("no e", text -> !text.contains("e"));
    var knowledge = PrefixKnowledge.of(verifier, rollouts(verifier, "abcd", "aecd"));
    assertThat(knowledge.kind()).isEqualTo(PrefixKnowledge.Kind.END);
    assertThat(knowledge.seen()).isNaN();
    assertThat(knowledge.sentence()).isEmpty();
    Verifier length = Verifiers.length(4, 4);
    assertThat(PrefixKnowledge.of(length, rollouts(length, "abcd", "abc")).kind())
        .isEqualTo(PrefixKnowledge.Kind.END);
  }

  @Test
  void estimates_areSaidToBeReplaced() {
    Verifier judge =
        new Verifier() {
          @Override
          public String name() {
            return "judge";
          }

          @Override
          public double logReward(Candidate complete) {
            return Double.NEGATIVE_INFINITY;
          }

          @Override
          public ValueFunction prefixValue() {
            return _ -> -1.0;
          }
        };
    var knowledge = PrefixKnowledge.of(judge, rollouts(judge, "abcd"));
    assertThat(knowledge.kind()).isEqualTo(PrefixKnowledge.Kind.ESTIMATES);
    assertThat(knowledge.sentence().orElseThrow()).contains("replaces its estimate");
  }
}
