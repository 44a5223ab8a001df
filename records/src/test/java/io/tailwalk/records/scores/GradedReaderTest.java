package io.tailwalk.records.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.records.TableException;
import io.tailwalk.records.input.Field;
import io.tailwalk.records.input.Input;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as tools write them, and the grades that stand in them. */
class GradedReaderTest {
  private static final GradedOptions NONE = GradedOptions.NONE;

  @TempDir private Path folder;

  private Input input(String name, String text) throws IOException {
    return Input.of(Files.writeString(folder.resolve(name), text));
  }

  private List<GradedSamples> read(String text, GradedOptions options) throws IOException {
    return GradedReader.read(List.of(input("data.jsonl", text)), options);
  }

  /** Tasks with a plus for a sample that passes and a minus for one that fails. */
  private static String shown(GradedSamples samples) {
    StringBuilder out = new StringBuilder();
    samples.samples().forEach(s -> out.append(s.promptId()).append(s.correct() ? "+ " : "- "));
    return out.toString().strip();
  }

  private String one(String text, GradedOptions options) throws IOException {
    List<GradedSamples> read = read(text, options);
    assertThat(read).hasSize(1);
    assertThat(read.getFirst().decided()).isTrue();
    return shown(read.getFirst());
  }

  private void refused(String text, GradedOptions options, String... words) throws IOException {
    Input input = input("data.jsonl", text);
    assertThatThrownBy(() -> GradedReader.read(List.of(input), options))
        .isInstanceOf(TableException.class)
        .hasMessageContainingAll(words)
        .hasMessageStartingWith(input.toString())
        .message()
        .hasLineCount(1);
  }

  @Test
  void ownSamples_passAtARewardOfOne() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("own.jsonl"),
            """
            {"id": "p", "prompt": "x", "reward": 1.5, "log_prob": -2.5, "sampler": "ancestral"}
            {"id": "p", "prompt": "x", "reward": 0.5, "sampler": "vgb"}
            """);
    assertThat(GradedReader.read(file))
        .containsExactly(
            new GradedSample("p", true, -2.5, 1.5, true),
            new GradedSample("p", false, Double.NaN, 0.5, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'task_id': 'a', 'completion': 'x', 'result': 'passed', 'passed': true}\n"
            + "{'task_id': 'a', 'completion': 'x', 'result': 'failed: ', 'passed': false}",
        "{'task_id': 'a', 'passed': 1}\n{'task_id': 'a', 'passed': 0}",
        "{'task_id': 'a', 'passed': 1.0}\n{'task_id': 'a', 'passed': 0.0}",
        "{'task_id': 'a', 'correct': true}\n{'task_id': 'a', 'correct': false}",
        "{'problem_id': 'a', 'is_correct': true}\n{'problem_id': 'a', 'is_correct': false}",
        "{'task_id': 'a', 'reward': 1.0}\n{'task_id': 'a', 'reward': 0.0}",
        "{'question_id': 'a', 'score': 1}\n{'question_id': 'a', 'score': 0}",
        "{'prompt': 'a', 'completion': 'x', 'reward': 1}\n"
            + "{'prompt': 'a', 'completion': 'y', 'reward': 0}",
        "{'input': 'a', 'output': 'x', 'reward': true}\n{'input': 'a', 'output': 'y', 'reward': false}",
        "[{'task_id': 'a', 'passed': true}, {'task_id': 'a', 'passed': false}]",
        "task_id,passed\na,True\na,False\n",
        "task_id;passed\na;1\na;0\n",
        "task_id\tpassed\na\t1.0\na\t0.0\n"
      })
  void tables_ofEveryForm_haveTheSameGrades(String text) throws IOException {
    assertThat(one(text.replace('\'', '"'), NONE)).isEqualTo("a+ a-");
  }

  @Test
  void compressedAndWholeNumbersAsTasks_areRead() throws IOException {
    Path file = folder.resolve("r.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("{\"task_id\": 11, \"passed\": true}\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(GradedReader.read(file))
        .containsExactly(new GradedSample("11", true, Double.NaN, 1, true));
  }

  @Test
  void gradedRewards_decideOnlyWithAThreshold() throws IOException {
    String text =
        """
        {"input": "q", "output": "x", "reward": -1.25}
        {"input": "q", "output": "x", "reward": 0.5}
        {"input": "r", "output": "x", "reward": 2}
        """;
    GradedSamples graded = read(text, NONE).getFirst();
    assertThat(graded.decided()).isFalse();
    assertThat(graded.own()).isFalse();
    assertThat(graded.samples()).extracting(GradedSample::reward).containsExactly(-1.25, 0.5, 2.0);
    assertThat(one(text, NONE.threshold(0.5))).isEqualTo("q- q+ r+");
    refused(
        "{\"task_id\": \"a\", \"passed\": true}\n", NONE.threshold(0.5), "no column of rewards");
  }

  @Test
  void verl_accuracyDecides_otherwiseTheScore() throws IOException {
    String text =
        """
        {"input": "q", "output": "x", "gts": "4", "score": 1.0, "step": 100, "acc": false}
        {"input": "q", "output": "x", "gts": "4", "score": -1.0, "step": 100, "acc": true}
        """;
    assertThat(one(text, NONE)).isEqualTo("q- q+");
    assertThat(read(text, NONE).getFirst().samples())
        .extracting(GradedSample::reward)
        .containsExactly(1.0, -1.0);
    GradedOptions byScore = NONE.column(Field.REWARD, "score");
    assertThat(read(text, byScore).getFirst().decided()).isFalse();
    assertThat(one(text, byScore.threshold(0))).isEqualTo("q+ q-");
    assertThat(one(text.replaceAll(", \"acc\": \\w+", "").replace("-1.0", "0.0"), NONE))
        .isEqualTo("q+ q-");
    refused(text.replace("true", "0.5"), NONE, "row 2: \"acc\" is 0.5", "--reward-field");
    refused(text.replaceFirst("100", "200"), NONE, "row 2: it is of step \"100\"", "separate runs");
  }

  @Test
  void trl_theRewardIsNamed_ifThereAreSeveral() throws IOException {
    String chat = "[{\"role\": \"user\", \"content\": \"hi\"}]";
    String text =
        """
        {"step": 1, "prompt": CHAT, "completion": "x", "accuracy": 1.0, "format": 0.5, "advantage": 0.1}
        {"step": 1, "prompt": CHAT, "completion": "y", "accuracy": 0.0, "format": 1.0, "advantage": -0.1}
        """
            .replace("CHAT", chat);
    refused(text, NONE, "several rewards: \"accuracy\", \"format\"", "--reward-field");
    List<GradedSample> samples =
        read(text, NONE.column(Field.REWARD, "accuracy")).getFirst().samples();
    assertThat(samples).extracting(GradedSample::correct).containsExactly(true, false);
    assertThat(samples).extracting(GradedSample::promptId).containsOnly(chat.replace(" ", ""));
    assertThat(read(text, NONE.column(Field.PASS, "accuracy")).getFirst().decided()).isTrue();
    assertThat(
            read(text.replaceAll("\"format\": [.\\d]+, ", ""), NONE)
                .getFirst()
                .samples()
                .getFirst()
                .correct())
        .isTrue();
  }

  @Test
  void evalPlus_baseAndPlus_areTwoRuns() throws IOException {
    String text =
        """
        {"date": "d", "hash": "h", "eval": {
          "T/0": [{"task_id": "T/0", "solution": "x", "base_status": "pass", "plus_status": "fail"},
                  {"task_id": "T/0", "solution": "x", "base_status": "pass", "plus_status": "pass"}],
          "T/1": [{"task_id": "T/1", "solution": "x", "base_status": "fail", "plus_status": "pass"},
                  {"task_id": "T/1", "solution": "x", "base_status": "timeout", "plus_status": "fail"}]}}
        """;
    for (String form : List.of(text, text.replace("\n", " "))) {
      List<GradedSamples> runs = read(form, NONE);
      assertThat(runs).extracting(GradedSamples::variant).containsExactly("base", "plus");
      assertThat(shown(runs.get(0))).isEqualTo("T/0+ T/0+ T/1- T/1-");
      assertThat(shown(runs.get(1))).isEqualTo("T/0- T/0+ T/1- T/1-");
      assertThat(one(form, NONE.column(Field.PASS, "base_status")))
          .isEqualTo("T/0+ T/0+ T/1- T/1-");
      assertThat(one(form, NONE.column(Field.PASS, "plus_status")))
          .isEqualTo("T/0- T/0+ T/1- T/1-");
    }
    assertThat(one(text.replaceAll(", \"plus_status\": \"\\w+\"", ""), NONE))
        .isEqualTo("T/0+ T/0+ T/1- T/1-");
    refused(text.replace("timeout", "maybe"), NONE, "task \"T/1\", sample 2", "\"maybe\"");
    refused(text.replaceFirst("\"fail\"", "null"), NONE, "sample 2", "no status of the plus tests");
    refused(text, NONE.column(Field.PASS, "status"), "base_status");
    refused(text, NONE.threshold(1), "--threshold");
  }

  @Test
  void evalPlus_olderForm_isRead() throws IOException {
    String text =
        """
        {"hash": "h", "eval": {"T/0": {"nfiles": 2, "base": [["success", [1]], ["success", []]],
          "plus": [["failed", []], ["success", [1]]]}}}
        """;
    List<GradedSamples> runs = read(text, NONE);
    assertThat(shown(runs.get(0))).isEqualTo("T/0+ T/0+");
    assertThat(shown(runs.get(1))).isEqualTo("T/0- T/0+");
    assertThat(one(text.replaceAll("(?s)\"plus\": .*?\\]\\]\\}", "\"plus\": []}"), NONE))
        .isEqualTo("T/0+ T/0+");
  }

  @Test
  void bigcode_withoutResultsOfSamples_isRefused() throws IOException {
    refused("[[\"def f(): pass\", \"x\"], [\"y\", \"z\"]]", NONE, "generations without results");
    refused(
        "{\"humaneval\": {\"pass@1\": 0.3, \"pass@10\": 0.5}, \"config\": {\"n_samples\": 20}}",
        NONE,
        "metrics over all tasks");
  }

  @Test
  void inspect_epochsAreSamplesOfATask() throws IOException {
    String text =
        """
        {"version": 2, "status": "success", "eval": {"task": "t"}, "samples": [
          {"id": 1, "epoch": 1, "input": "q", "target": "4", "scores": {"match": {"value": "C", "answer": "4"}}},
          {"id": 1, "epoch": 2, "input": "q", "target": "4", "scores": {"match": {"value": "I", "answer": "5"}}},
          {"id": "b", "epoch": 1, "input": "q", "target": "4", "scores": {"match": {"value": "N"}}},
          {"id": "b", "epoch": 2, "input": "q", "target": "4", "scores": {"match": {"value": 1.0}}}]}
        """;
    assertThat(one(text, NONE)).isEqualTo("1+ 1- b- b+");
    assertThat(read(text, NONE).getFirst().samples())
        .extracting(GradedSample::answer)
        .containsExactly(Optional.of("4"), Optional.of("5"), Optional.empty(), Optional.empty());
    assertThat(read(text.replace("\"N\"", "\"P\""), NONE).getFirst().decided()).isFalse();
    assertThat(one(text.replace("\"N\"", "\"P\""), NONE.threshold(0.5))).isEqualTo("1+ 1- b+ b+");
    refused(text.replace("\"N\"", "NaN"), NONE, "sample \"b\", epoch 1", "\"match\"");
    String two = text.replace("\"match\"", "\"other\": {\"value\": \"I\"}, \"match\"");
    refused(two, NONE, "several scorers: \"other\", \"match\"", "--pass-field");
    assertThat(one(two, NONE.column(Field.PASS, "match"))).isEqualTo("1+ 1- b- b+");
    refused("{\"version\": 2, \"status\": \"error\", \"eval\": {}}", NONE, "no samples");
  }

  @Test
  void idOfTheRow_isNotTheTask() throws IOException {
    String text =
        """
        {"id": 0, "prompt": "q", "correct": true}
        {"id": 1, "prompt": "q", "correct": false}
        """;
    refused(text, NONE, "row 2: the same prompt has the ids \"0\" and \"1\"", "--task-field");
    assertThat(one(text, NONE.column(Field.TASK, "prompt"))).isEqualTo("q+ q-");
    assertThat(one(text, NONE.column(Field.TASK, "id"))).isEqualTo("0+ 1-");
    assertThat(one(text.replace("\"id\": 1", "\"id\": 0"), NONE)).isEqualTo("0+ 0-");
  }

  @Test
  void faults_nameRowAndRemedy() throws IOException {
    String text = "{\"task_id\": \"a\", \"passed\": true}\n";
    refused(text + "{\"task_id\": \"a\", \"passed\": \"maybe\"}\n", NONE, "row 2", "\"maybe\"");
    refused(text + "{\"task_id\": \"a\", \"passed\": null}\n", NONE, "row 2", "missing");
    refused(text + "{\"task_id\": \"a\", \"passed\": 2}\n", NONE, "row 2", "is 2");
    refused(text + "{\"passed\": true}\n", NONE, "row 2", "\"task_id\" is missing");
    refused("{\"task_id\": \"a\", \"completion\": \"x\"}\n", NONE, "--pass-field");
    refused("{\"passed\": true}\n", NONE, "--task-field");
    refused(
        "{\"task_id\": \"a\", \"correct\": true, \"success\": false}\n",
        NONE,
        "\"correct\", \"success\"");
    refused(text, NONE.column(Field.TASK, "name"), "no column \"name\"");
    refused(text, NONE.filter("none"), "no filters");
    refused(text, NONE.answer("pred"), "row 1", "no field \"pred\"");
    refused("example_id,model,log_prob\n1,m,-2\n", NONE, "tailwalk select");
    refused("{\"task_id\": \"a\", \"reward\": NaN}\n", NONE, "row 1", "NaN");
  }
}
