package io.tailwalk.runs.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.ReasoningTags;
import io.tailwalk.records.input.Input;
import io.tailwalk.runs.work.IfExists;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.RunState;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.verifiers.spec.PromptFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {
  @TempDir private Path folder;

  private Verification of(String spec, String... rows) throws IOException {
    Path file = Files.write(folder.resolve("samples.jsonl"), List.of(rows));
    return new Verification(
        List.of(Input.of(file)), spec, 1, Optional.empty(), List.of("a", "command"));
  }

  private static List<Judgement> all(Verification work) {
    List<Judgement> judgements = new ArrayList<>();
    Verification.Outcome outcome = work.each(judgements::add, Watch.NONE);
    assertThat(outcome.judged()).isEqualTo(judgements.size()).isEqualTo(outcome.responses());
    assertThat(outcome.passed())
        .isEqualTo((int) judgements.stream().filter(Judgement::passed).count());
    assertThat(outcome.meanReward())
        .isEqualTo(judgements.stream().mapToDouble(Judgement::reward).average().orElseThrow());
    return judgements;
  }

  @Test
  void judge_passAndFail_haveRewardAndReason() {
    try (Judge judge = Judge.open("avoid:e and length:2..4")) {
      assertThat(judge.of("x", Prompt.text("any"), "abc"))
          .isEqualTo(new Judgement("x", 1, true, ""));
      assertThat(judge.of("y", Prompt.text("any"), "äbe"))
          .isEqualTo(new Judgement("y", 0, false, "avoid:e: 'e' is not possible as character 3"));
      assertThat(judge.of("z", Prompt.text("any"), "a").reason())
          .isEqualTo("length:2..4: the text ends too early");
      assertThat(judge.of("z", Prompt.text("any"), "abcdö").reason())
          .isEqualTo("length:2..4: 'ö' is not possible as character 5");
    }
  }

  @Test
  void judge_reasoning_isNotJudged() {
    try (Judge judge = Judge.open("avoid:e").after(ReasoningTags.DEFAULT)) {
      assertThat(judge.of("x", Prompt.text(""), "<think>eee</think> a cat").passed()).isTrue();
      assertThat(judge.of("y", Prompt.text(""), "<think>a</think> eel").passed()).isFalse();
      assertThat(judge.of("z", Prompt.text(""), "a cat").passed()).isFalse();
    }
  }

  /** The same prompt has another answer in each row. */
  @Test
  void each_fieldOfTheRow_isThatOfTheResponse() throws IOException {
    Verification work =
        of(
            "answer:@gold",
            "{\"id\": \"a\", \"prompt\": \"n?\", \"completion\": \"It is 4.\", \"gold\": \"4\"}",
            "{\"id\": \"b\", \"prompt\": \"n?\", \"completion\": \"It is 4.\", \"gold\": 5}",
            "{\"id\": \"c\", \"prompt\": \"n?\", \"completion\": \"It is 5.\", \"gold\": 5}");
    assertThat(all(work)).extracting(Judgement::passed).containsExactly(true, false, true);
    assertThat(all(work)).extracting(Judgement::id).containsExactly("a", "b", "c");
  }

  @Test
  void each_rowWithoutTheField_isNamed() throws IOException {
    Verification work =
        of(
            "answer:@gold",
            "{\"completion\": \"4\", \"gold\": \"4\"}",
            "{\"completion\": \"4\", \"answer\": \"4\"}");
    assertThatThrownBy(() -> all(work))
        .hasMessageContainingAll("samples.jsonl, row 2", "no text or number \"gold\"", "add it");
  }

  /** Rewards need no prompt; a chat's response is its last message. */
  @Test
  void each_formsOfRows_areRead() throws IOException {
    Verification work =
        of(
            "exact:yes",
            "{\"completion\": \"yes\"}",
            "{\"prompt\": \"Well?\", \"completion\": \"no\"}",
            "{\"messages\": [{\"role\": \"user\", \"content\": \"Well?\"},"
                + " {\"role\": \"assistant\", \"content\": \"yes\"}]}");
    assertThat(all(work)).extracting(Judgement::reward).containsExactly(1.0, 0.0, 1.0);
    assertThat(all(work)).extracting(Judgement::id).containsExactly("1", "2", "3");
    assertThatThrownBy(() -> all(of("exact:yes", "{\"prompt\": \"Well?\"}")))
        .hasMessageContainingAll("row 1", "\"completion\" is missing");
    assertThatThrownBy(
            () -> all(of("exact:yes", "{\"prompt\": \"x\", \"completion_token_ids\": [1]}")))
        .hasMessageContainingAll("row 1", "token ids only");
  }

  @Test
  void write_ontoTheSamples_isRefused() throws IOException {
    Verification work = of("any", "{\"completion\": \"a\"}");
    Path samples = folder.resolve("samples.jsonl");
    String before = Files.readString(samples);
    assertThatThrownBy(() -> work.write(samples, IfExists.OVERWRITE, Watch.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is also read by this run");
    assertThat(samples).hasContent(before);
    assertThatThrownBy(() -> all(of("any", "{\"id\": 1}")))
        .hasMessageContaining("\"completion\" is missing");
  }

  @Test
  void open_badThresholdOrSpec_isRefused() {
    for (double threshold : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Judge.open("any", PromptFields.NONE, threshold))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("above 0");
    }
    assertThatThrownBy(() -> Judge.open("bogus:x"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("unknown verifier");
  }

  /** A run that was stopped in its second group continues to the same bytes. */
  @Test
  void write_stoppedAndResumed_sameBytes() throws IOException {
    String[] rows = new String[100];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = "{\"id\": \"r" + i + "\", \"completion\": \"" + "x".repeat(i % 7) + "\"}";
    }
    Verification work = of("length:3..5", rows);
    Path complete = folder.resolve("complete.jsonl");
    assertThat(work.write(complete, IfExists.REFUSE, Watch.NONE).passed()).isEqualTo(42);
    assertThat(complete).isRegularFile();
    assertThat(folder.resolve("complete.run.json")).isNotEmptyFile();
    Path cut = folder.resolve("cut.jsonl");
    Verification.Outcome stopped =
        work.write(cut, IfExists.REFUSE, (done, total, note) -> done < 64);
    assertThat(stopped.state()).isEqualTo(RunState.UNFINISHED);
    assertThat(stopped.done()).isEqualTo(64);
    assertThat(cut).doesNotExist();
    assertThatThrownBy(() -> work.write(cut, IfExists.REFUSE, Watch.NONE))
        .hasMessageContaining("unfinished run");
    Verification.Outcome resumed = work.write(cut, IfExists.RESUME, Watch.NONE);
    assertThat(resumed.judged()).isEqualTo(36);
    assertThat(cut).hasSameTextualContentAs(complete);
    assertThat(work.write(cut, IfExists.RESUME, Watch.NONE).state())
        .isEqualTo(RunState.WAS_FINISHED);
    Verification other = of("length:3..6", rows);
    assertThatThrownBy(() -> other.write(cut, IfExists.RESUME, Watch.NONE))
        .hasMessageContaining("verifier has changed");
  }
}
