package io.tailwalk.verifiers.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.VerifierException;
import io.tailwalk.testkit.TestVocabulary;
import io.tailwalk.testkit.VerifierContract;
import io.tailwalk.verifiers.VerifierSpecs;
import io.tailwalk.verifiers.spec.ModelOpener;
import io.tailwalk.verifiers.spec.PromptFields;
import io.tailwalk.verifiers.spec.SpecContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerVerifierTest {

  private static boolean passes(Verifier verifier, Prompt prompt, String text) {
    var vocabulary = TestVocabulary.of(text);
    return verifier.logReward(
            Candidate.complete(prompt, vocabulary, new int[] {0, 1}, FinishReason.STOP))
        == 0;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "72~She sold 48+24 = 72 clips.\\n#### 72~true",
        "72~She sold 48+24 = 72 clips.\\n#### 71~false",
        "Natalia sold 48/2 = 24 clips in May. #### 72~So 24 + 48 = 72~true",
        "1234567~The answer is 1,234,567.~true",
        "1,234~#### 1234.00~true",
        "1/2~so \\boxed{\\frac{1}{2}}~true",
        "0.5~so \\boxed{\\dfrac12}~true",
        "0.5~#### 50%~true",
        "50~#### 50%~true",
        "50%~#### 0.5~true",
        "0.5~#### 5%~false",
        "3.5~\\boxed{3\\frac{1}{2}}~true",
        "-3/4~\\boxed{-\\frac{3}{4}}~true",
        "1/3~#### 0.333~false",
        "18~She makes $18 every day.~true",
        "18~She makes $18 every day, in 2 weeks.~false",
        "18~The answer is: 18 dollars, not 19.~true",
        "18~**Answer: 18**~true",
        "2~first \\boxed{1}, no, \\boxed{2}~true",
        "x^2+1~\\boxed{x^2 + 1}~true",
        "x^2+1~\\boxed{x^2 - 1}~false",
        "Paris~The answer is Paris.~true",
        "Paris~paris~true",
        "Paris~London~false",
        "10~\\boxed{10~true",
        "7~I do not know~false",
        "1000~#### 1e3~true",
        "1~#### 1e99999999~false",
      })
  void answer_inProse_isFoundAndCompared(String expected, String text, boolean agrees) {
    Verifier verifier = VerifierSpecs.parse("answer:" + expected);
    assertThat(passes(verifier, Prompt.text(""), text.replace("\\n", "\n"))).isEqualTo(agrees);
  }

  @Test
  void reason_ofAWrongAnswer_namesBothInOneLine() {
    Verifier verifier = VerifierSpecs.parse("answer:36+36 #### 72");
    assertThat(verifier.reason(complete("#### 7\u001b[2J1")))
        .hasValue("the answer is 7 [2J1, expected 72");
    assertThat(verifier.reason(complete("\\boxed{" + "9".repeat(200) + "}")))
        .hasValue("the answer is ..." + "9".repeat(80) + ", expected 72");
    assertThat(verifier.reason(complete(""))).hasValue("no answer found, expected 72");
    assertThat(verifier.reason(complete("#### 72"))).isEmpty();
  }

  @Test
  void logReward_textThatEndsInsideACharacter_isZeroWithAReason() {
    var vocabulary =
        TestVocabulary.ofBytes(
            List.of(
                "#### 72 ".getBytes(StandardCharsets.UTF_8),
                new byte[] {(byte) 0xE4, (byte) 0xBB},
                new byte[] {(byte) 0xA5}));
    try (Verifier verifier = VerifierSpecs.parse("answer:72")) {
      Candidate cut = Candidate.partial(Prompt.text(""), vocabulary, new int[] {0, 1});
      Candidate complete = cut.extend(2).complete(FinishReason.LENGTH);
      assertThat(verifier.logReward(complete)).isEqualTo(0.0);
      Candidate ended = cut.complete(FinishReason.LENGTH);
      assertThat(verifier.logReward(ended)).isEqualTo(Double.NEGATIVE_INFINITY);
      assertThat(verifier.reason(ended).orElseThrow()).contains("inside a character");
    }
  }

  private static Candidate complete(String text) {
    return Candidate.complete(
        Prompt.text(""), TestVocabulary.of(text, "!"), new int[] {0}, FinishReason.STOP);
  }

  @Test
  void answer_ofAField_isThePromptsOwn() {
    var rows = Map.of(Prompt.text("2+2"), "4", Prompt.text("3+3"), "6");
    PromptFields fields =
        (prompt, field) ->
            field.equals("answer") ? Optional.ofNullable(rows.get(prompt)) : Optional.empty();
    Verifier verifier =
        VerifierSpecs.parse("answer:@answer", new SpecContext(fields, ModelOpener.NONE));
    assertThat(passes(verifier, Prompt.text("2+2"), "#### 4")).isTrue();
    assertThat(passes(verifier, Prompt.text("3+3"), "#### 4")).isFalse();
    assertThatThrownBy(() -> passes(verifier, Prompt.text("?"), "#### 4"))
        .isInstanceOf(VerifierException.class)
        .hasMessageContaining("needs a text or number \"answer\" in every row of --prompts");
  }

  @Test
  void parse_noAnswer_isRefused() {
    assertThatThrownBy(() -> VerifierSpecs.parse("exact: "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("exact: needs the answer");
  }

  @Nested
  class Exact extends VerifierContract {
    @Override
    protected Verifier openVerifier() {
      return VerifierSpecs.parse("exact:ab a");
    }

    @Override
    protected Vocabulary vocabulary() {
      return TestVocabulary.of("a", "b", " ", "b a");
    }

    @Override
    protected int maxTokens() {
      return 6;
    }
  }

  @Nested
  class InProse extends VerifierContract {
    @Override
    protected Verifier openVerifier() {
      return VerifierSpecs.parse("answer:12");
    }

    @Override
    protected Vocabulary vocabulary() {
      return TestVocabulary.of("1", "2", "#### ", "\n");
    }
  }
}
