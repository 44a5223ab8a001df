package io.tailwalk.records;

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

final class PromptReaderTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("prompts.jsonl"), text);
  }

  @Test
  void read_everyShape_keepsOrderNamesAndRawFields() throws IOException {
    List<PromptRow> rows =
        PromptReader.read(
            file(
                """
                \uFEFF{"prompt": "Once"}

                {"messages": [{"role": "user", "content": "Hi"}], "id": 12}\r
                {"task_id": "H/0", "prompt": "def f():", "test": {"n": 1.10}}\
                """));
    assertThat(rows).extracting(PromptRow::id).containsExactly("1", "12", "H/0");
    assertThat(rows.get(0).prompt()).isEqualTo(Prompt.text("Once"));
    assertThat(rows.get(1).prompt())
        .isEqualTo(new Prompt.Chat(List.of(new ChatMessage("user", "Hi"))));
    assertThat(JsonText.line(rows.get(2).raw()))
        .isEqualTo("{\"task_id\":\"H/0\",\"prompt\":\"def f():\",\"test\":{\"n\":1.10}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"prompt\": 3} | the field \"prompt\" is a whole number; give a string.",
        "{\"prompt\": null} | there is no \"prompt\" among its fields \"prompt\"; give \"prompt\" or \"messages\", or one of the forms in docs/formats.md.",
        "{\"promt\": \"a\"} | there is no \"prompt\" among its fields \"promt\"; give \"prompt\" or \"messages\", or one of the forms in docs/formats.md.",
        "{\"prompt\": \"a \\ud83d\"} | the field \"prompt\" holds half of a surrogate pair, which is not a character; write the character as UTF-8, or as a pair of \\u escapes.",
        "{\"prompt\": \"a\", \"messages\": []} | both \"prompt\" and \"messages\" are given; give either \"prompt\" or \"messages\".",
        "{\"messages\": []} | a chat needs at least one message; fix this row or remove it.",
        "{\"messages\": \"a\"} | the field \"messages\" is a string; give an array of messages.",
        "{\"messages\": [1]} | a message is a whole number; give {\"role\": …, \"content\": …}.",
        "{\"messages\": [{\"role\": \"user\"}]} | the field \"content\" is missing; give it a string.",
        "{\"messages\": [{\"role\": \"user\", \"content\": \"\", \"name\": \"x\"}]} | unknown field \"name\"; known fields are content, role.",
        "{\"id\": \"1\", \"prompt\": \"a\"} | the id \"1\" is already in row 1; give each prompt a unique id.",
        "{\"id\": \" \", \"prompt\": \"a\"} | the field \"id\" is empty; give it a name.",
        "[1] | expected a JSON object, found an array; write one object in braces on each line.",
      })
  void read_badRow_namesFileRowAndFix(String row, String complaint) throws IOException {
    Path file = file("{\"prompt\": \"first\"}\n" + row + "\n");
    assertThatThrownBy(() -> PromptReader.read(file))
        .isInstanceOf(TableException.class)
        .hasMessage(file + ", row 2: " + complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"prompt\"",
        "{\"prompt\":\"a\"} {}",
        "{\"prompt\":\"a\",\"prompt\":\"b\"}",
        "nonsense"
      })
  void read_malformedRow_saysSoInOneSentence(String row) throws IOException {
    Path file = file("{\"prompt\": \"first\"}\n" + row + "\n");
    assertThatThrownBy(() -> PromptReader.read(file))
        .isInstanceOf(TableException.class)
        .hasMessageStartingWith(file + ", row 2: not valid JSON (")
        .hasMessageEndingWith("); write one complete JSON object on each line.")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void read_noRowsNoFileNoText_saysSo() throws IOException {
    Path empty = file(" \n\n");
    assertThatThrownBy(() -> PromptReader.read(empty))
        .hasMessage(empty + ": the file holds no rows; give at least one row.");
    Path absent = folder.resolve("absent.jsonl");
    assertThatThrownBy(() -> PromptReader.read(absent))
        .hasMessage(
            "cannot read "
                + absent
                + ": no such file or folder; check the path and its permissions.");
    Path latin = Files.write(folder.resolve("latin.jsonl"), new byte[] {'{', (byte) 0xe9, '}'});
    assertThatThrownBy(() -> PromptReader.read(latin))
        .hasMessage(latin + ", row 1: not valid UTF-8; save the file as UTF-8 text.");
    assertThatThrownBy(() -> PromptReader.read(folder)).isInstanceOf(TableException.class);
  }
}
