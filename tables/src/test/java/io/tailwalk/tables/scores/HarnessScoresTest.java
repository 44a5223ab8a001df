package io.tailwalk.tables.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.records.scores.Accuracy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HarnessScoresTest {
  @TempDir Path folder;

  private static String sample(int doc, String target, double... logLikelihoods) {
    StringBuilder arguments = new StringBuilder();
    StringBuilder answers = new StringBuilder();
    for (int i = 0; i < logLikelihoods.length; i++) {
      arguments.append(
          "%s\"gen_args_%d\": {\"arg_0\": \"Q\", \"arg_1\": \" %s\"}"
              .formatted(i == 0 ? "" : ", ", i, "x".repeat(i + 1)));
      answers.append("%s[[\"%s\", \"False\"]]".formatted(i == 0 ? "" : ", ", logLikelihoods[i]));
    }
    return "{\"doc_id\": %d, \"doc\": {}, \"target\": %s, \"arguments\": {%s}, \"resps\": [%s], \"acc\": 1.0}\n"
        .formatted(doc, target, arguments, answers);
  }

  @Test
  void open_ofSamples_takesTheRightChoiceAndComputesAccuracies() throws IOException {
    // Lengths 1, 2, 3: per character the third choice of document 0 wins, of document 1 the first.
    Files.writeString(
        folder.resolve("good.jsonl"), sample(0, "\"2\"", -3, -8, -6) + sample(1, "0", -1, -9, -9));
    Files.writeString(
        folder.resolve("bad.jsonl"), sample(0, "2", -1, -2, -6) + sample(1, "\"x\"", -5, -4, -18));
    try (ScoreTable table = open(false, "good.jsonl", "bad.jsonl")) {
      assertThat(table.models()).containsExactly("bad", "good");
      assertThat(rows(table)).containsExactly("[-5.0, -1.0]", "[-6.0, -6.0]");
      assertThat(table.accuracies())
          .isEqualTo(
              Map.of(
                  "good", new Accuracy(OptionalDouble.of(0.5), OptionalDouble.of(1)),
                  "bad", new Accuracy(OptionalDouble.of(0), OptionalDouble.of(0))));
      assertThat(table.warnings())
          .containsExactly(
              folder.resolve("good.jsonl")
                  + ": its own \"acc\" differs from what its log-likelihoods and targets give for 1 document, first in row 1",
              folder.resolve("bad.jsonl")
                  + ": its own \"acc\" differs from what its log-likelihoods and targets give for 2 documents, first in row 1");
      assertThat(table.promptsOfSize()).containsExactly(0, 2);
    }
    try (ScoreTable table = open(true, "good.jsonl", "bad.jsonl")) {
      assertThat(table.promptsOfSize()).containsExactly(0, 0, 0, 2);
    }
  }

  @Test
  void open_ofSeveralTasks_keepsTheirDocumentsApart() throws IOException {
    for (String model : List.of("m1", "m2")) {
      Files.createDirectory(folder.resolve(model));
      for (String task : List.of("arc_easy", "piqa")) {
        Files.writeString(
            folder.resolve(model + "/samples_" + task + "_2026-01-02T03-04-05.678.jsonl"),
            sample(0, "0", -1, -2));
      }
    }
    try (ScoreTable table =
        ScoreTable.open(
            List.of("m1=" + folder + "/m1/*.jsonl", "m2=" + folder + "/m2/*.jsonl"),
            new Reference.IfPresent())) {
      assertThat(table.models()).containsExactly("m1", "m2");
      assertThat(table.promptsOfSize()).containsExactly(0, 2);
    }
    assertThatThrownBy(() ->
            ScoreTable.open(List.of(folder + "/m?/samples_piqa*.jsonl"), new Reference.IfPresent()))
        .hasMessageContaining("name the models: MODEL=FILE");
  }

  @Test
  void open_withoutARightChoice_isRefused() throws IOException {
    Files.writeString(folder.resolve("a.jsonl"), sample(0, "\"C\"", -1, -2, -3));
    assertThatThrownBy(() -> open(false, "a.jsonl"))
        .hasMessageStartingWith(folder.resolve("a.jsonl") + ", row 1: \"target\" is \"C\"")
        .hasMessageContaining("--all-choices");
    try (ScoreTable table = open(true, "a.jsonl")) {
      assertThat(table.forEach(_ -> {})).isEqualTo(3);
      assertThat(table.accuracies()).isEqualTo(Map.of("a", Accuracy.UNKNOWN));
    }
    Files.writeString(
        folder.resolve("g.jsonl"),
        "{\"doc_id\": 0, \"target\": \"4\", \"arguments\": {\"gen_args_0\": {\"arg_0\": \"Q\", \"arg_1\": {\"until\": []}}}, \"resps\": [[\"4\"]]}\n");
    assertThatThrownBy(() -> open(false, "g.jsonl")).hasMessageContaining("with passk");
  }

  private ScoreTable open(boolean all, String... names) {
    List<String> files = Arrays.stream(names).map(name -> folder.resolve(name).toString()).toList();
    return ScoreTable.open(ScoreFiles.of(files).allChoices(all), new Reference.IfPresent());
  }

  private static SortedSet<String> rows(ScoreTable table) {
    SortedSet<String> rows = new TreeSet<>();
    table.forEach(row -> rows.add(Arrays.toString(row.logProbs())));
    return rows;
  }
}
