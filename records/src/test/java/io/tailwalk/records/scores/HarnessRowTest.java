package io.tailwalk.records.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.records.JsonRow;
import io.tailwalk.records.JsonText;
import io.tailwalk.records.TableException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class HarnessRowTest {
  /**
   * Two choices, " ab" with -1 and " c" with -2: per character the first has -0.5, the second -2.
   */
  private static final String TWO =
      """
      {"doc_id": 7, "target": %s, "doc": %s,
       "arguments": [["Q", " ab"], ["Q", " c"]], "resps": [[[-1, false]], [[-2, true]]]}
      """;

  @Test
  void of_sortedKeys_readsNumbersNotPlaces() {
    List<Integer> sorted =
        IntStream.range(0, 12).boxed().sorted(Comparator.comparing(String::valueOf)).toList();
    StringBuilder arguments = new StringBuilder();
    StringBuilder answers = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      String comma = i == 0 ? "" : ", ";
      int choice = sorted.get(i);
      arguments.append(
          "%s\"gen_args_%d\": {\"arg_0\": \"Q\", \"arg_1\": \" %d\"}"
              .formatted(comma, choice, choice));
      answers.append("%s[[\"-%d.5\", \"True\"]]".formatted(comma, i));
    }
    HarnessRow row =
        row("{\"doc_id\": 0, \"arguments\": {%s}, \"resps\": [%s]}".formatted(arguments, answers));
    assertThat(row.requests().get(2)).isEqualTo(request(" 2", -2.5, true));
    assertThat(row.requests().get(10)).isEqualTo(request(" 10", -10.5, true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[[[\"-1.25\", \"False\"]]] | -1.25 | false",
        "[[[-1.25, true]]] | -1.25 | true",
        "[[\"(-1.25, False)\"]] | -1.25 | false",
        "[\"(-1.25, True)\"] | -1.25 | true",
        "[[\"-1.25\", \"True\"]] | -1.25 | true",
        "[[\"-1.25\"]] | -1.25 |",
        "[[[\"-inf\", \"False\"]]] | -Infinity | false",
        "[[[\"-1.25\", \"False\"], [\"-9\", \"True\"]]] | -1.25 | false",
      })
  void of_everyFormOfAnswers_readsThem(String answers, double logLikelihood, Boolean greedy) {
    HarnessRow row =
        row("{\"doc_id\": 0, \"arguments\": [[\"Q\", \" a\"]], \"resps\": %s}".formatted(answers));
    assertThat(row.requests().getFirst().logLikelihood()).isEqualTo(logLikelihood);
    assertThat(row.requests().getFirst().greedy()).isEqualTo(Optional.ofNullable(greedy));
    assertThat(row.accuracy())
        .isEqualTo(greedy == null ? OptionalDouble.empty() : OptionalDouble.of(greedy ? 1 : 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | {} | 1",
        "\"1\" | {} | 1",
        "1.0 | {} | 1",
        "\" c\" | {} | 1",
        "\"c\" | {} | 1",
        "\"B\" | {\"choices\": {\"text\": [\"ab\", \"c\"], \"label\": [\"A\", \"B\"]}} | 1",
        "\"B\" | {\"A\": \"ab\", \"B\": \"c\"} | 1",
        "null | {\"gold\": 1} | 1",
        "null | {\"answerKey\": \"2\", \"choices\": {\"label\": [\"1\", \"2\"]}} | 1",
        "\"of them\" | {\"option1\": \"x\", \"option2\": \"y\", \"answer\": \"2\"} | 1",
      })
  void gold_inEveryForm_isFound(String target, String doc, int gold) {
    HarnessRow row = row(TWO.formatted(target, doc));
    assertThat(row.gold()).containsExactly(gold);
    assertThat(row.accuracy()).hasValue(gold == 0 ? 1 : 0);
    assertThat(row.accuracyNorm()).hasValue(gold == 0 ? 1 : 0);
  }

  @Test
  void gold_ofSeveral_areAll() {
    assertThat(row(TWO.formatted("\"[0, 1]\"", "{}")).gold()).containsExactly(0, 1);
    assertThat(row(TWO.formatted("[1]", "{}")).gold()).containsExactly(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"2 | {}", "\"B\" | {}", "null | {}", "\"z\" | {\"gold\": 5}", "[0, 7] | {}"})
  void gold_thatCannotBeTold_isRefused(String target, String doc) {
    HarnessRow row = row(TWO.formatted(target, doc));
    assertThatThrownBy(row::gold)
        .isInstanceOf(TableException.class)
        .hasMessageStartingWith("f.jsonl, row 3: \"target\" is ")
        .hasMessageContaining("--all-choices");
  }

  /** The choices are numbers: "1" is the index of the second and the text of the first. */
  @Test
  void gold_thatFitsTwoChoices_isSettledByTheDocumentOrRefused() {
    String numbers =
        "{\"doc_id\": 7, \"target\": \"1\", \"doc\": %s, \"arguments\": [[\"Q\", \" 1\"], [\"Q\", \" 2\"]], \"resps\": [[[-1, false]], [[-2, true]]]}";
    assertThatThrownBy(() -> row(numbers.formatted("{}")).gold())
        .hasMessageContaining("does not tell one of its 2 choices");
    assertThat(row(numbers.formatted("{\"gold\": 0}")).gold()).containsExactly(0);
  }

  @Test
  void of_wholeDocuments_hasOneResponse() {
    HarnessRow row =
        row(
            "{\"doc_id\": \"d\", \"target\": \"t\", \"arguments\": {\"gen_args_0\": {\"arg_0\": \"page\"}}, \"resps\": [[\"-2134.5\"]]}");
    assertThat(row.rolling()).isTrue();
    assertThat(row.requests())
        .containsExactly(new HarnessRow.Request("", "page", -2134.5, Optional.empty()));
    assertThat(row.gold()).containsExactly(0);
    assertThat(row.accuracy()).isEmpty();
  }

  @Test
  void of_mutualInformation_leavesTheUnconditionalOut() {
    HarnessRow row =
        row(
            "{\"doc_id\": 0, \"target\": 0, \"acc_mutual_info\": 1.0, \"arguments\": [[\"Q\", \" a\"], [\"Q\", \" b\"], [\"\", \"a\"], [\"\", \"b\"]], \"resps\": [[[-1, 0]], [[-2, 0]], [[-0.5, 0]], [[-3, 0]]]}");
    assertThat(row.requests()).hasSize(2);
    assertThat(row.accuracy()).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[[-1, false]] | 2 requests, but 1 answer",
        "[[[0.5, false]], [[-1, false]]] | \"resps\" is 0.5, above 0",
        "[[[\"nan\", \"False\"]], [[-1, false]]] | \"resps\" is NaN",
        "[[[\"-1e400\", \"False\"]], [[-1, false]]] | too large",
        "[[\"text\"], [\"text\"]] | holds no log-likelihood",
      })
  void of_faultyAnswers_areRefused(String answers, String reason) {
    assertThatThrownBy(() ->
            row(
                "{\"doc_id\": 0, \"arguments\": [[\"Q\", \" a\"], [\"Q\", \" b\"]], \"resps\": "
                    + answers
                    + "}"))
        .hasMessageContaining(reason);
  }

  private static HarnessRow.Request request(String text, double logLikelihood, boolean greedy) {
    return new HarnessRow.Request("Q", text, logLikelihood, Optional.of(greedy));
  }

  private static HarnessRow row(String json) {
    ObjectNode object = (ObjectNode) JsonText.parseData(json);
    return HarnessRow.of(JsonRow.ofData(Path.of("f.jsonl"), 3, object));
  }
}
