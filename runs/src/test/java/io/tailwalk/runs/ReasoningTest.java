package io.tailwalk.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.builtin.BuiltinModels;
import io.tailwalk.core.verify.ReasoningTags;
import io.tailwalk.records.SampleRow;
import io.tailwalk.records.SampleRows;
import io.tailwalk.runs.work.IfExists;
import io.tailwalk.sampling.Completion;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.testkit.DrawingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tags are texts that the embedded model writes often. */
class ReasoningTest {
  private static final Session MODEL = Tailwalk.open("builtin:austen");
  private static final ReasoningTags TAGS = new ReasoningTags("<", "the");

  @TempDir private Path folder;

  @AfterAll
  static void close() {
    MODEL.close();
  }

  private static Request request(Session session, String prompt) {
    return session
        .prompt(prompt)
        .verifier("avoid:e")
        .completions(4)
        .maxTokens(30)
        .modelTokens(1500)
        .seed(1);
  }

  @Test
  void draw_withReasoning_passesIfTheAnswerDoes() {
    Sampling sampling = request(MODEL, "It is ").reasoning(TAGS).draw();
    assertThat(sampling.draws()).isNotEmpty();
    for (Completion draw : sampling.draws()) {
      int at = draw.text().indexOf("the");
      assertThat(at).as(draw.text()).isNotNegative();
      assertThat(draw.text().substring(at + 3)).doesNotContain("e");
    }
    assertThat(sampling.draws()).anyMatch(draw -> draw.text().indexOf("the") > 0);
    assertParts(sampling);
  }

  /** Model tokens of both parts; walks and particles evaluate tokens of answers too. */
  private static void assertParts(Sampling sampling) {
    var counts = sampling.diagnostics().counts();
    double reasoning = counts.getOrDefault("reasoning_model_tokens", -1.0);
    double answer = counts.getOrDefault("answer_model_tokens", -1.0);
    assertThat(reasoning + answer).isEqualTo((double) sampling.cost().modelTokens());
    assertThat(reasoning).isPositive();
    assertThat(answer).isPositive();
  }

  /** By a sampler that does not look into the verifier, as {@code auto} does without reasoning. */
  @Test
  void draw_ofPromptThatClosesTheReasoning_judgesTheWholeCompletion() {
    Map<String, String> defaults = Map.of();
    List<Completion> plain = request(MODEL, "In the").sampler("smc", defaults).draw().draws();
    Sampling judged = request(MODEL, "In the").sampler("smc", defaults).reasoning(TAGS).draw();
    assertThat(judged.draws()).isEqualTo(plain);
    assertThat(judged.diagnostics().counts()).containsEntry("reasoning_model_tokens", 0.0);
  }

  /** Whole completions are drawn by the model, as by a server. */
  @Test
  void draw_fromModelThatDrawsItself_tellsThePartsApart() {
    try (Session served = Tailwalk.over(new DrawingModel(BuiltinModels.open("builtin:austen")))) {
      Sampling sampling =
          request(served, "It is ").reasoning(TAGS).sampler("outcome-rejection", Map.of()).draw();
      assertThat(sampling.draws()).isNotEmpty();
      assertParts(sampling);
    }
  }

  @Test
  void write_withReasoning_storesTagsAndTokensOfEachPart() throws IOException {
    Path file = folder.resolve("samples.jsonl");
    assertThat(request(MODEL, "It is ").reasoning(TAGS).write(file, IfExists.REFUSE)).isTrue();
    for (SampleRow row : SampleRows.read(file)) {
      assertThat(row.origin().params())
          .containsEntry("reasoning", "<,the")
          .containsEntry("verifier", "avoid:e after the");
      String text = row.completion().text();
      assertThat(row.usage().reasoningTokens()).isEqualTo(text.indexOf("the") + 3L);
    }
    String record = Files.readString(folder.resolve("samples.run.json"));
    assertThat(record).contains("\"reasoning_model_tokens\"", "\"answer_model_tokens\"");
    Path other = folder.resolve("plain.jsonl");
    assertThat(request(MODEL, "It is ").write(other, IfExists.REFUSE)).isTrue();
    assertThat(Files.readString(other)).doesNotContain("reasoning");
  }
}
