package io.tailwalk.records.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.records.TableException;
import io.tailwalk.records.input.Input;
import io.tailwalk.records.scores.GivenResponse.Boundary;
import io.tailwalk.records.scores.GivenResponse.Text;
import io.tailwalk.records.scores.GivenResponse.Tokens;
import io.tailwalk.records.scores.ResponseReader.Responses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResponseFormsTest {
  @TempDir private Path folder;

  private Input file(String name, String content) throws IOException {
    return Input.of(Files.writeString(folder.resolve(name), content));
  }

  private static Responses read(ResponseOptions options, Input... inputs) {
    return ResponseReader.read(List.of(inputs), options);
  }

  private static List<String> ids(Responses read) {
    return read.responses().stream().map(GivenResponse::exampleId).toList();
  }

  @Test
  void read_severalFormats_namesRowsByTheirFiles() throws IOException {
    Input zipped = Input.of(folder.resolve("c.jsonl.gz"));
    try (var out = new GZIPOutputStream(Files.newOutputStream(zipped.file()))) {
      out.write("{\"prompt\": \"p\", \"completion\": \"3\"}\n".getBytes(StandardCharsets.UTF_8));
    }
    Responses read =
        read(
            ResponseOptions.DEFAULT,
            file("a.csv", "prompt,completion\np,1\n"),
            file("b.json", "[{\"prompt\": \"p\", \"completion\": \"2\", \"id\": \"own\"}]"),
            zipped);
    assertThat(ids(read)).containsExactly("a/2", "own", "c/1");
    assertThat(read.responses())
        .extracting(GivenResponse::completion)
        .containsExactly("1", "2", "3");
    Input twice = file("d.jsonl", "{\"prompt\": \"p\", \"completion\": \"2\", \"id\": \"own\"}");
    Input first = file("b.json", "[{\"prompt\": \"p\", \"completion\": \"2\", \"id\": \"own\"}]");
    assertThatThrownBy(() -> read(ResponseOptions.DEFAULT, first, twice))
        .isInstanceOf(TableException.class)
        .hasMessageContaining("is already in row 1 of " + first);
  }

  /** Keys are names, not places: files with sorted keys hold the same requests. */
  @Test
  void read_harnessWithSortedKeys_pairsChoicesWithTheirAnswers() throws IOException {
    List<String> requests = new ArrayList<>();
    for (int i : new int[] {0, 1, 10, 11, 2, 3, 4, 5, 6, 7, 8, 9}) {
      requests.add("\"gen_args_%d\": {\"arg_0\": \"Q\", \"arg_1\": \" %d\"}".formatted(i, i));
    }
    List<String> answers =
        IntStream.range(0, 12).mapToObj(i -> "[[\"-%d.5\", \"False\"]]".formatted(i)).toList();
    Input log =
        file(
            "samples_many_2026-01-02T03-04-05.678.jsonl",
            "{\"doc_id\": 0, \"target\": 2, \"arguments\": {%s}, \"resps\": [%s]}"
                .formatted(String.join(", ", requests), String.join(", ", answers)));
    Responses gold = read(ResponseOptions.DEFAULT, log);
    assertThat(ids(gold)).containsExactly("many/0");
    assertThat(gold.responses().getFirst().response()).isEqualTo(new Text(" 2", Boundary.JOINED));
    assertThat(gold.responses().getFirst().recorded()).containsExactly(-2.5);
    assertThat(gold.remarks())
        .containsExactly(
            "only the right choice of 1 multiple-choice document is a response; --all-choices reads"
                + " every one.");
    Responses all = read(ResponseOptions.DEFAULT.withAllChoices(true), log);
    assertThat(all.responses()).hasSize(12);
    for (int i = 0; i < 12; i++) {
      assertThat(all.responses().get(i).completion()).isEqualTo(" " + i);
      assertThat(all.responses().get(i).recorded()).containsExactly(-i - 0.5);
    }
  }

  @Test
  void read_twoTasks_doNotCollide() throws IOException {
    String row =
        "{\"doc_id\": 0, \"arguments\": [[\"c\\n\\t \", \"d\"]], \"resps\": [[[-1.0, true]]]}";
    Responses read =
        read(
            ResponseOptions.DEFAULT,
            file("samples_one_2026-01-02T03-04-05.678.jsonl", row),
            file("samples_two_2026-01-02T03-04-05.678.jsonl", row));
    assertThat(ids(read)).containsExactly("one/0", "two/0");
    assertThat(read.responses().getFirst().prompt()).isEqualTo(Prompt.text("c"));
    assertThat(read.responses().getFirst().completion()).isEqualTo("\n\t d");
    assertThat(read.remarks()).hasSize(1).first().asString().contains("of 2 requests is scored");
  }

  @Test
  void read_rollingLog_isOneResponseADocument() throws IOException {
    Responses read =
        read(
            ResponseOptions.DEFAULT,
            file(
                "samples_wiki.jsonl",
                "{\"doc_id\": 3, \"arguments\": {\"gen_args_0\": {\"arg_0\": \"A page.\"}},"
                    + " \"resps\": [[\"-21.5\"]]}"));
    GivenResponse page = read.responses().getFirst();
    assertThat(page.exampleId()).isEqualTo("wiki/3");
    assertThat(page.prompt()).isEqualTo(Prompt.text(""));
    assertThat(page.response()).isEqualTo(new Text("A page.", Boundary.JOINED));
    assertThat(page.recorded()).containsExactly(-21.5);
  }

  @Test
  void read_tokenIdsAndLogProbs_areKeptAsTheyAre() throws IOException {
    Input ids =
        file(
            "ids.jsonl",
            """
            {"prompt_token_ids": [1, 2], "completion_token_ids": [3, 4], "logprobs": [-0.5, -1]}
            {"id": "q", "sampler": "ancestral", "prompt": "p", "prompt_token_ids": [1], "completion": "x", "completion_token_ids": [5], "log_prob": -2, "reward": 1}
            {"id": "q", "sampler": "ancestral", "prompt": "p", "prompt_token_ids": [1], "completion": "y", "completion_token_ids": [6], "log_prob": -3, "reward": 0}
            """);
    Responses read = read(ResponseOptions.DEFAULT.withRecorded(true), ids);
    assertThat(ids(read)).containsExactly("1", "q/1", "q/2");
    assertThat(read.responses()).extracting(GivenResponse::promptId).containsExactly("1", "q", "q");
    assertThat(read.responses().get(0).prompt()).isEqualTo(new Prompt.Tokens(List.of(1, 2)));
    assertThat(read.responses().get(0).recorded()).containsExactly(-0.5, -1.0);
    assertThat(read.responses().get(1).response())
        .isEqualTo(new Tokens(List.of(5), List.of(1), "x"));
    assertThat(read.responses().get(2).recorded()).containsExactly(-3.0);
    Input few =
        file(
            "few.jsonl",
            "{\"prompt_token_ids\": [1], \"completion_token_ids\": [3, 4], \"logprobs\": [-1]}");
    assertThatThrownBy(() -> read(ResponseOptions.DEFAULT.withRecorded(true), few))
        .hasMessageContaining("row 1: \"logprobs\" has 1 numbers for 2 tokens");
  }

  @Test
  void read_promptEndingInBlanks_marksTheBoundary() throws IOException {
    Input input =
        file(
            "blank.jsonl",
            """
            {"prompt": "France is ", "completion": "Paris."}
            {"prompt": "France is\\n", "completion": "Paris."}
            """);
    assertThat(read(ResponseOptions.DEFAULT, input).responses())
        .extracting(GivenResponse::response)
        .containsExactly(
            new Text("Paris.", Boundary.BLANKS_MOVED), new Text("Paris.", Boundary.SEPARATE));
    assertThat(read(ResponseOptions.DEFAULT.withBlanksKept(true), input).responses())
        .extracting(GivenResponse::response)
        .containsExactly(
            new Text("Paris.", Boundary.SEPARATE), new Text("Paris.", Boundary.SEPARATE));
  }

  @Test
  void read_preferencePairs_givesTheResponseThatIsAskedFor() throws IOException {
    Input pairs = file("dpo.jsonl", "{\"prompt\": \"p\", \"chosen\": \"c\", \"rejected\": \"r\"}");
    assertThat(read(ResponseOptions.DEFAULT, pairs).responses().getFirst().completion())
        .isEqualTo("c");
    assertThat(
            read(ResponseOptions.DEFAULT.withRejected(true), pairs)
                .responses()
                .getFirst()
                .completion())
        .isEqualTo("r");
  }
}
