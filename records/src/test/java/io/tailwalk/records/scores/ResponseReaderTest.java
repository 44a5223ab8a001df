package io.tailwalk.records.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.Prompt;
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
    assertThat(responses).extracting(GivenResponse::exampleId).containsExactly("1", "c", "7", "8");
    assertThat(responses)
        .extracting(GivenResponse::completion)
        .containsExactly("4", "ho", " b", " y");
    assertThat(responses.get(1).prompt())
        .isEqualTo(new Prompt.Chat(List.of(new ChatMessage("user", "hi"))));
    assertThat(responses.get(1).promptId()).isEqualTo("q");
    assertThat(responses.get(2).recorded()).containsExactly(-0.25);
    assertThat(responses.get(3).recorded()).containsExactly(Double.NEGATIVE_INFINITY);
    assertThat(responses.get(3).prompt()).isEqualTo(Prompt.text("x"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'prompt': 'x'} | \"completion\" is missing",
        "{'messages': [{'role': 'user', 'content': 'x'}]} | not the assistant's",
        "{'doc_id': 1, 'arguments': [['c', 'd']], 'resps': []} | 1 request, but 0 answers in \"resps\"",
        "{'doc_id': 1, 'arguments': [['c', 'd']], 'resps': [['text']]} | no log-likelihood",
        "{'doc_id': 1, 'arguments': [['c', 'd']], 'resps': [[[0.5]]]} | above 0",
        "{'id': 'a', 'prompt': 'x', 'completion': 'y'} | is already in row 1",
        "{'prompt': 'Hi \\ud83d', 'completion': 'y'} | half of a surrogate pair",
        "{'prompt': 'Hi', 'completion': ' yes \\ud83d'} | half of a surrogate pair",
        "{'question': 'x', 'answer': '#### 3'} | GSM8K problems, without a response to score",
        "{'doc_id': 1, 'arguments': [['c', {'until': []}]], 'resps': [['x']]} | passk reads this file",
        "{'completion_token_ids': [1]} | there is no \"prompt\"",
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
