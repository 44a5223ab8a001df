package io.tailwalk.records.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.records.TableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExchangeTest {
  private static final Prompt CHAT =
      new Prompt.Chat(
          List.of(new ChatMessage("system", "Be brief."), new ChatMessage("user", "Hi")));

  @TempDir private Path folder;

  private Exchange read(String row, boolean rejected) throws IOException {
    Input input = Input.of(Files.writeString(folder.resolve("rows.jsonl"), row + "\n"));
    return Exchange.of(Rows.first(input, 1).getFirst(), rejected);
  }

  private Exchange read(String row) throws IOException {
    return read(row, false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"prompt\": \"P\", \"completion\": \"C\"} | P | C",
        "{\"prompt\": \"P\", \"completion\": \"C\", \"advantage\": 0.5} | P | C",
        "{\"question\": \"P\", \"answer\": \"1 #### 2\"} | P |",
        "{\"problem\": \"P\", \"solution\": \"s\", \"level\": \"1\"} | P |",
        "{\"task_id\": \"H/0\", \"prompt\": \"P\", \"entry_point\": \"f\", \"test\": \"t\"} | P |",
        "{\"task_id\": 11, \"text\": \"P\", \"code\": \"c\", \"test_list\": []} | P |",
        "{\"task_id\": 11, \"prompt\": \"P\", \"code\": \"c\", \"test_list\": []} | P |",
        "{\"prompt\": \"P\", \"chosen\": \"C\", \"rejected\": \"R\"} | P | C",
        "{\"input\": \"P\", \"output\": \"C\", \"score\": 1.0, \"step\": 3} | P | C",
        "{\"input\": \"P\", \"output\": \"C\", \"reward\": 1.0} | P | C",
      })
  void of_eachForm_findsPromptAndResponse(String row, String prompt, String response)
      throws IOException {
    assertThat(read(row))
        .isEqualTo(new Exchange(Prompt.text(prompt), Optional.ofNullable(response)));
  }

  /** UltraFeedback and its kin keep the prompt beside whole chats. */
  @Test
  void of_pairWithPromptAndWholeChats_isTheChat() throws IOException {
    String chats =
        "\"chosen\": [{\"role\": \"user\", \"content\": \"u\"}, {\"role\": \"assistant\","
            + " \"content\": \"c\"}], \"rejected\": [{\"role\": \"user\", \"content\": \"u\"},"
            + " {\"role\": \"assistant\", \"content\": \"r\"}]}";
    assertThat(read("{\"prompt\": \"u\", " + chats)).isEqualTo(read("{" + chats));
    assertThatThrownBy(() -> read("{\"prompt\": \"other\", " + chats))
        .hasMessageContaining("put earlier turns into \"prompt\"");
  }

  @Test
  void of_messageInParts_isTheirText() throws IOException {
    String row =
        "{\"messages\": [{\"role\": \"user\", \"content\": %s}, {\"role\": \"assistant\","
            + " \"content\": \"c\"}]}";
    assertThat(
            read(
                row.formatted(
                    "[{\"type\": \"text\", \"text\": \"a \"}, {\"type\": \"text\", \"text\": \"b\"}]")))
        .isEqualTo(read(row.formatted("\"a b\"")));
    assertThatThrownBy(() -> read(row.formatted("[{\"type\": \"image_url\"}]")))
        .hasMessageContaining("a part that is no text");
  }

  /** The layout that Stanford published with the data. */
  @Test
  void of_alpaca_isLaidOutAsPublished() throws IOException {
    assertThat(read("{\"instruction\": \"Add.\", \"input\": \"1, 2\", \"output\": \"3\"}"))
        .isEqualTo(
            new Exchange(
                Prompt.text(
                    "Below is an instruction that describes a task, paired with an input that"
                        + " provides further context. Write a response that appropriately"
                        + " completes the request.\n\n### Instruction:\nAdd.\n\n### Input:\n1, 2\n\n"
                        + "### Response:"),
                Optional.of("3")));
    // A prompt without its answer is laid out in the same way: its input is not lost.
    assertThat(read("{\"instruction\": \"Add.\", \"input\": \"1, 2\"}"))
        .isEqualTo(
            new Exchange(
                read("{\"instruction\": \"Add.\", \"input\": \"1, 2\", \"output\": \"3\"}")
                    .prompt(),
                Optional.empty()));
    assertThat(read("{\"instruction\": \"Go.\", \"input\": \"\", \"output\": \"Gone.\"}").prompt())
        .isEqualTo(
            Prompt.text(
                "Below is an instruction that describes a task. Write a response that"
                    + " appropriately completes the request.\n\n### Instruction:\nGo.\n\n"
                    + "### Response:"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'messages': [{'role': 'system', 'content': 'Be brief.'}, {'role': 'user', 'content': 'Hi'}, {'role': 'assistant', 'content': 'Ho'}]}",
        "{'prompt': [{'role': 'system', 'content': 'Be brief.'}, {'role': 'user', 'content': 'Hi'}], 'completion': [{'role': 'assistant', 'content': 'Ho'}]}",
        "{'prompt': [{'role': 'system', 'content': 'Be brief.'}, {'role': 'user', 'content': 'Hi'}], 'chosen': [{'role': 'assistant', 'content': 'Ho'}], 'rejected': [{'role': 'assistant', 'content': 'No'}]}",
        "{'chosen': [{'role': 'system', 'content': 'Be brief.'}, {'role': 'user', 'content': 'Hi'}, {'role': 'assistant', 'content': 'Ho'}], 'rejected': [{'role': 'assistant', 'content': 'No'}]}",
        "{'id': 'x', 'conversations': [{'from': 'system', 'value': 'Be brief.'}, {'from': 'human', 'value': 'Hi'}, {'from': 'gpt', 'value': 'Ho'}]}",
      })
  void of_eachChat_splitsTheLastAnswerOff(String row) throws IOException {
    assertThat(read(row.replace('\'', '"'))).isEqualTo(new Exchange(CHAT, Optional.of("Ho")));
  }

  @Test
  void of_preferencePair_givesTheRejectedOneOnRequest() throws IOException {
    String row = "{\"prompt\": \"P\", \"chosen\": \"C\", \"rejected\": \"R\"}";
    assertThat(read(row, true).response()).contains("R");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"promt\": \"a\"} | there is no \"prompt\" among its fields \"promt\"",
        "{\"chosen\": \"a\", \"rejected\": \"b\"} | a preference pair has no \"prompt\"",
        "{\"conversations\": [{\"from\": \"tool\", \"value\": \"x\"}]} | a turn is from \"tool\"",
        "{\"messages\": [{\"role\": \"user\", \"content\": \"\\ud83d\"}]} | half of a surrogate pair",
      })
  void of_otherRows_saysWhatIsMissing(String row, String reason) {
    assertThatThrownBy(() -> read(row))
        .isInstanceOf(TableException.class)
        .hasMessageContaining("row 1: ")
        .hasMessageContaining(reason);
  }
}
