package io.tailwalk.verifiers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.AfterReasoning;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.ReasoningTags;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.testkit.TestVocabulary;
import io.tailwalk.testkit.VerifierContract;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AfterReasoningTest {
  private static final ReasoningTags TAGS = new ReasoningTags("<t>", "</t>");

  /** Tags that begin and end inside tokens, a tag that overlaps itself, whitespace behind tags. */
  private static final TestVocabulary PIECES =
      TestVocabulary.of("a", "b", "</", "t>", "</t>", "t>\nb", "\n", " a", "<");

  private static final Prompt PROMPT = Prompt.text("");

  private static Verifier after(String specification, boolean closed) {
    return new AfterReasoning(VerifierSpecs.parse(specification), TAGS, _ -> closed);
  }

  private static int[] tokens(String... pieces) {
    int[] ids = new int[pieces.length];
    for (int i = 0; i < ids.length; i++) {
      for (int token = 0; token < PIECES.end(); token++) {
        ids[i] = PIECES.decode(new int[] {token}).equals(pieces[i]) ? token : ids[i];
      }
    }
    return ids;
  }

  private static Candidate complete(String... pieces) {
    return Candidate.complete(PROMPT, PIECES, tokens(pieces), FinishReason.STOP);
  }

  private static Candidate partial(String... pieces) {
    return Candidate.partial(PROMPT, PIECES, tokens(pieces));
  }

  /** What follows the first closing tag, found in the text. */
  private static Optional<String> answer(String text, boolean closed) {
    int at = text.indexOf("</t>");
    if (!closed && at < 0) {
      return Optional.empty();
    }
    return Optional.of((closed ? text : text.substring(at + 4)).stripLeading());
  }

  /** All completions of up to five tokens. */
  @Test
  void logReward_everyCompletion_isThatOfTheTextBehindTheFirstClosingTag() {
    for (String inner : new String[] {"avoid:a", "length:1..2", "regex:b|ab", "exact:b"}) {
      try (Verifier plain = VerifierSpecs.parse(inner)) {
        for (boolean closed : new boolean[] {false, true}) {
          try (Verifier judged = after(inner, closed)) {
            assertThat(compared(judged, plain, closed, new int[0])).isGreaterThan(60_000);
          }
        }
      }
    }
  }

  private static int compared(Verifier judged, Verifier plain, boolean closed, int[] tokens) {
    var here = Candidate.complete(PROMPT, PIECES, tokens, FinishReason.LENGTH);
    double expected =
        answer(here.text(), closed)
            .map(text ->
                plain.logReward(
                    Candidate.complete(PROMPT, PIECES, PIECES.encode(text), FinishReason.LENGTH)))
            .orElse(Double.NEGATIVE_INFINITY);
    assertThat(judged.logReward(here)).as("%s, closed: %s", here, closed).isEqualTo(expected);
    int count = 1;
    for (int token = 0; token < PIECES.end() && tokens.length < 5; token++) {
      count += compared(judged, plain, closed, here.extend(token).tokenIds());
    }
    return count;
  }

  @Test
  void prefixValue_insideTheReasoning_isOneWhateverTheVerifierForbids() {
    try (Verifier judged = after("avoid:a", false)) {
      ValueFunction value = judged.prefixValue();
      assertThat(value.logValue(partial("a", "a"))).isZero();
      assertThat(value.logValue(partial("a", "</t>"))).isZero();
      assertThat(value.logValue(partial("a", "</t>", "b"))).isZero();
      assertThat(value.logValue(partial("a", "</t>", "b", "a")))
          .isEqualTo(Double.NEGATIVE_INFINITY);
      assertThat(value.proof()).isEqualTo(value);
    }
  }

  @Test
  void prefixValue_ofVerifierThatKnowsTheEndOnly_isOne() {
    try (Verifier judged = after("answer:4", false)) {
      assertThat(judged.prefixValue()).isEqualTo(ValueFunction.ONE);
    }
  }

  @Test
  void reasoningTokens_endWithTheTokenThatClosesTheTag() {
    var judged = new AfterReasoning(VerifierSpecs.parse("any"), TAGS);
    assertThat(judged.reasoningTokens(complete("a", "</", "t>", "\n", "b"))).isEqualTo(3);
    assertThat(judged.reasoningTokens(complete("a", "</", "t>\nb", "b"))).isEqualTo(3);
    assertThat(judged.reasoningTokens(complete("a", "</t>"))).isEqualTo(2);
    assertThat(judged.reasoningTokens(complete("a", "b"))).isEqualTo(2);
    var closed = new AfterReasoning(VerifierSpecs.parse("any"), TAGS, _ -> true);
    assertThat(closed.reasoningTokens(complete("a", "</t>", "b"))).isZero();
  }

  @Test
  void answer_ofTokenThatHoldsTagAndText_beginsInsideIt() {
    var judged = new AfterReasoning(VerifierSpecs.parse("any"), TAGS);
    Candidate answer = judged.answer(complete("a", "</", "t>\nb", "a")).orElseThrow();
    assertThat(answer.text()).isEqualTo("ba");
    assertThat(answer.finishReason()).contains(FinishReason.STOP);
    assertThat(answer.extend(0).text()).isEqualTo("baa");
  }

  @Test
  void stopString_thatEndsTheAnswer_isNotPartOfIt() {
    var judged = new AfterReasoning(VerifierSpecs.parse("exact:b"), TAGS);
    Optional<FinishReason> stop = Optional.of(FinishReason.STOP);
    int[] ids = tokens("a", "</t>", "b", " a");
    assertThat(judged.logReward(new Candidate(PROMPT, PIECES, ids, stop, 2))).isZero();
    var cut = new Candidate(PROMPT, PIECES, tokens("a", "</t>"), stop, 1);
    assertThat(judged.logReward(cut)).as("its tag is cut").isEqualTo(Double.NEGATIVE_INFINITY);
    var gap = new Candidate(PROMPT, PIECES, tokens("a", "</t>", "\n"), stop, 1);
    assertThat(judged.answer(gap).orElseThrow().text()).isEmpty();
  }

  @Test
  void reason_ofCompletionWithoutTag_namesTheTag() {
    try (Verifier judged = after("avoid:a", false)) {
      assertThat(judged.reason(complete("<", "t>", "a")))
          .contains("its reasoning is not closed by </t>");
      assertThat(judged.reason(complete("a")))
          .contains("it has no </t>, and it does not begin with <t>");
    }
  }

  /** A model whose closing tag is a control token, which adds nothing to the text. */
  @Test
  void controlToken_thatStandsForTheTag_closesTheReasoning() {
    Vocabulary controls = new Controls();
    var judged = new AfterReasoning(VerifierSpecs.parse("avoid:a"), TAGS);
    var good = Candidate.complete(PROMPT, controls, new int[] {0, 2, 1}, FinishReason.STOP);
    var bad = Candidate.complete(PROMPT, controls, new int[] {1, 2, 0}, FinishReason.STOP);
    assertThat(judged.logReward(good)).isZero();
    assertThat(judged.reasoningTokens(good)).isEqualTo(2);
    assertThat(judged.logReward(bad)).isEqualTo(Double.NEGATIVE_INFINITY);
    var inside = Candidate.partial(PROMPT, controls, new int[] {0});
    var scores = judged.childLogRewards(inside, FinishReason.LENGTH);
    assertThat(scores.logScore(2)).isZero();
    assertThat(scores.logScore(1)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  private static final class Controls implements Vocabulary {
    private final TestVocabulary letters = TestVocabulary.of("a", "b");

    @Override
    public int size() {
      return 3;
    }

    @Override
    public byte[] bytes(int token) {
      return letters.bytes(token);
    }

    @Override
    public boolean isEnd(int token) {
      return false;
    }

    @Override
    public int[] encode(String text) {
      return letters.encode(text);
    }

    @Override
    public OptionalInt controlToken(String text) {
      return text.equals("</t>") ? OptionalInt.of(2) : OptionalInt.empty();
    }
  }

  @Test
  void tags_areTwoDifferentTexts() {
    assertThat(ReasoningTags.parse("<think>,</think>")).isEqualTo(ReasoningTags.DEFAULT);
    for (String bad : new String[] {"<think>", "a,a", ",b", "a,", "a,b,c", " a,b"}) {
      assertThatThrownBy(() -> ReasoningTags.parse(bad))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(ReasoningTags.DEFAULT.openedBy("<|assistant|>\n<think>\n")).isTrue();
    assertThat(ReasoningTags.DEFAULT.closedBy("<think>\n\n</think>\n\n")).isTrue();
    assertThat(ReasoningTags.DEFAULT.closedBy("what is </think>?")).isFalse();
  }

  @Nested
  class OfMask extends Contract {
    OfMask() {
      super("avoid:a", false);
    }
  }

  @Nested
  class OfMaskBehindPromptThatCloses extends Contract {
    OfMaskBehindPromptThatCloses() {
      super("regex:b( a)?|a", true);
    }
  }

  @Nested
  class OfEndOnly extends Contract {
    OfEndOnly() {
      super("exact:b and length:0..3", false);
    }
  }

  abstract static class Contract extends VerifierContract {
    private final String inner;
    private final boolean closed;

    Contract(String inner, boolean closed) {
      this.inner = inner;
      this.closed = closed;
    }

    @Override
    protected Verifier openVerifier() {
      return after(inner, closed);
    }

    @Override
    protected Vocabulary vocabulary() {
      return PIECES;
    }
  }
}
