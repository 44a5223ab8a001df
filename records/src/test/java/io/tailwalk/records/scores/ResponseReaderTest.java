package io.tailwalk.records.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseReaderTest {
  @TempDir Path folder;

  @Test
  void read_ofEachForm_givesResponses() throws IOException {
    List<GivenResponse> responses =
        ResponseReader.read(
            file(
                """
                {"prompt": "2+2=", "completion": "4"}
                {"id": "c", "prompt_id": "q", "messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "ho"}]}
                {"doc_id": 7, "target": 1, "arguments": [["ctx", " a"], ["ctx", " b"]], "resps": [[[-1.5, false]], [["-2.5e-1", "True"]]], "filtered_resps": []}
                {"doc_id": 8, "arguments": {"gen_args_0": {"arg_0": "x", "arg_1": " y"}}, "filtered_resps": ["(-inf, False)"]}
                """));
    assertThat(responses)
        .extracting(GivenResponse::exampleId)
        .containsExactly("1", "c", "7/0", "7/1", "8/0");
    assertThat(responses)
        .extracting(GivenResponse::completion)
        .containsExactly("4", "ho", " a", " b", " y");
    assertThat(responses.get(1).messages()).hasSize(1);
    assertThat(responses.get(1).promptId()).isEqualTo("q");
    assertThat(responses.get(3).knownLogProb()).hasValue(-0.25);
    assertThat(responses.get(4).knownLogProb()).hasValue(Double.NEGATIVE_INFINITY);
    assertThat(responses.get(4).prompt()).isEqualTo("x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'prompt': 'x'} | \"completion\" is missing",
        "{'messages': [{'role': 'user', 'content': 'x'}]} | not the assistant's",
        "{'doc_id': 1, 'arguments': [['c', 'd']], 'resps': []} | 1 \"arguments\" have 0 \"resps\"",
        "{'doc_id': 1, 'arguments': [['c', 'd']], 'resps': [['text']]} | no log-likelihood",
        "{'doc_id': 1, 'arguments': [['c', 'd']], 'resps': [[[0.5]]]} | above 0",
        "{'id': 'a', 'prompt': 'x', 'completion': 'y'} | is already in row 1",
      })
  void read_ofFaultyRows_namesFileAndRow(String line, String reason) throws IOException {
    Path file =
        file(
            ("{'id': 'a', 'prompt': '', 'completion': ''}\n" + line + "\n")
                .replace('\'', '"')
                .replace("assistant\"s", "assistant's"));
    assertThatThrownBy(() -> ResponseReader.read(file))
        .hasMessageStartingWith(file + ", row 2: ")
        .hasMessageContaining(reason);
  }

  private Path file(String text) throws IOException {
    Path file = folder.resolve("data.jsonl");
    Files.writeString(file, text);
    return file;
  }
}
