package io.tailwalk.records.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.records.TableException;
import io.tailwalk.records.input.Field;
import io.tailwalk.records.input.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples of lm-evaluation-harness, with the grades that its metrics state. */
class HarnessGradesTest {
  private static final GradedOptions NONE = GradedOptions.NONE;

  @TempDir private Path folder;

  private Input input(String name, String text) throws IOException {
    return Input.of(Files.writeString(folder.resolve(name), text));
  }

  private List<GradedSample> read(String text, GradedOptions options) throws IOException {
    List<GradedSamples> read = GradedReader.read(List.of(input("samples_t.jsonl", text)), options);
    assertThat(read).hasSize(1);
    return read.getFirst().samples();
  }

  private void refused(String text, GradedOptions options, String... words) throws IOException {
    Input input = input("samples_t.jsonl", text);
    assertThatThrownBy(() -> GradedReader.read(List.of(input), options))
        .isInstanceOf(TableException.class)
        .hasMessageContainingAll(words)
        .message()
        .hasLineCount(1);
  }

  private static String generated(
      int doc, String filter, String responses, String filtered, String metrics) {
    return """
    {"doc_id": %d, "doc": {}, "target": "4", "arguments": {"gen_args_0": {"arg_0": "Q", \
    "arg_1": {"until": ["Q:"]}}}, "resps": [%s], "filtered_resps": %s, "filter": "%s", %s}
    """
        .formatted(doc, responses, filtered, filter, metrics);
  }

  private static String exact(int doc, String filter, double value) {
    return generated(
        doc,
        filter,
        "[\"a 4\"]",
        "[\"4\"]",
        "\"metrics\": [\"exact_match\"], \"exact_match\": " + value);
  }

  @Test
  void severalFilters_needOne() throws IOException {
    String text =
        exact(0, "strict-match", 0)
            + exact(1, "strict-match", 1)
            + exact(0, "flexible-extract", 1)
            + exact(1, "flexible-extract", 1);
    refused(text, NONE, "filters: \"strict-match\", \"flexible-extract\"", "--filter");
    assertThat(read(text, NONE.filter("strict-match")))
        .extracting(GradedSample::correct)
        .containsExactly(false, true);
    assertThat(read(text, NONE.filter("flexible-extract")))
        .extracting(GradedSample::promptId)
        .containsExactly("0", "1");
    refused(text, NONE.filter("x"), "no filter \"x\"", "\"strict-match\", \"flexible-extract\"");
  }

  @Test
  void repeats_areSamplesOfATask_withAnswers() throws IOException {
    String four = "[\"a 4\", \"b 5\", \"c 4\", \"d 4\"]";
    String text =
        generated(
            7,
            "none",
            four,
            "[[\"4\", \"5\", \"4\", \"4\"]]",
            "\"metrics\": [\"exact_match\"], \"exact_match\": 0.75");
    List<GradedSample> samples = read(text, NONE);
    assertThat(samples).extracting(GradedSample::correct).containsExactly(true, false, true, true);
    assertThat(samples).extracting(GradedSample::promptId).containsOnly("7");
    assertThat(samples.get(1).answer()).contains("5");
    refused(text.replace("0.75", "0.7"), NONE, "row 1", "no whole number", "4 samples");
    refused(text.replace("0.75", "1.5"), NONE, "row 1", "--pass-field");
    String first =
        generated(
            7,
            "score-first",
            four,
            "[\"4\"]",
            "\"metrics\": [\"exact_match\"], \"exact_match\": 1");
    refused(first, NONE, "makes 1 of 4 responses", "--filter");
    assertThat(read(first, NONE.filter("score-first"))).hasSize(1);
  }

  @Test
  void passAtOne_countsTheCorrect_andHigherKsDoNot() throws IOException {
    String text =
        generated(
            0,
            "create_test",
            "[\"a\", \"b\", \"c\", \"d\", \"e\"]",
            "[[\"a\", \"b\", \"c\", \"d\", \"e\"]]",
            "\"metrics\": [\"pass@1\", \"pass@5\"], \"pass@1\": 0.4, \"pass@5\": 1.0");
    List<GradedSample> samples = read(text, NONE);
    assertThat(samples.stream().filter(GradedSample::correct)).hasSize(2);
    // Two of five different answers are right, and nothing says which.
    assertThat(samples).extracting(GradedSample::answer).containsOnly(Optional.empty());
    refused(text, NONE.column(Field.PASS, "pass@5"), "pass@1");
    refused(text, NONE.column(Field.PASS, "bleu"), "no metric \"bleu\"", "\"pass@1\"");
    refused(text, NONE.threshold(0.5), "--threshold");
  }

  @Test
  void severalMetrics_needOne() throws IOException {
    String text =
        generated(
            0,
            "none",
            "[\"a\"]",
            "[\"a\"]",
            "\"metrics\": [\"f1\", \"em\"], \"f1\": 0.5, \"em\": 1.0");
    refused(text, NONE, "several metrics", "\"f1\", \"em\"");
    assertThat(read(text, NONE.column(Field.PASS, "em")).getFirst().correct()).isTrue();
    refused(text, NONE.column(Field.PASS, "f1"), "1 sample");
  }

  @Test
  void multipleChoice_isOneSampleADocument() throws IOException {
    String text =
        """
        {"doc_id": 0, "doc": {}, "target": 1, "arguments": {"gen_args_0": {"arg_0": "Q", "arg_1": " a"}, \
        "gen_args_1": {"arg_0": "Q", "arg_1": " b"}}, "resps": [[["-1", "False"]], [["-2", "False"]]], \
        "filtered_resps": [["-1", "False"], ["-2", "False"]], "filter": "none", \
        "metrics": ["acc", "acc_norm"], "acc": 0.0, "acc_norm": 1.0}
        """;
    assertThat(read(text, NONE)).containsExactly(new GradedSample("0", false, Double.NaN, 0, true));
    assertThat(read(text, NONE.column(Field.PASS, "acc_norm")).getFirst().correct()).isTrue();
    refused(
        "{\"doc_id\": 0, \"target\": \"t\", \"arguments\": [[\"text\"]], \"resps\": [[-5.0]]}",
        NONE,
        "whole documents");
  }

  @Test
  void filesOfSeveralTasks_keepTheirDocumentsApart() throws IOException {
    Input one = input("samples_gsm8k_2025-01-02T03-04-05.123456.jsonl", exact(0, "none", 1));
    Input again = input("samples_gsm8k_2025-01-03T03-04-05.123456.jsonl", exact(0, "none", 0));
    Input other = input("samples_math_2025-01-02T03-04-05.123456.jsonl", exact(0, "none", 1));
    assertThat(GradedReader.read(List.of(one, again, other), NONE).getFirst().samples())
        .extracting(GradedSample::promptId)
        .containsExactly("gsm8k/0", "gsm8k/0", "math/0");
  }

  @Test
  void rightAnswers_areKnown_onlyIfOneSetFits() {
    assertThat(RightAnswers.of(List.of("a", "a", "b"), 2, "x")).contains(Set.of("a"));
    assertThat(RightAnswers.of(List.of("a", "a", "b"), 0, "x")).contains(Set.of());
    assertThat(RightAnswers.of(List.of("a", "a", "b"), 3, "x")).contains(Set.of("a", "b"));
    assertThat(RightAnswers.of(List.of("a", "b"), 1, "x")).isEmpty();
    assertThat(RightAnswers.of(List.of("a", "b"), 1, "b")).contains(Set.of("b"));
    assertThat(RightAnswers.of(List.of("a", "a"), 1, "x")).isEmpty();
  }
}
