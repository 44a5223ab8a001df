package io.tailwalk.cli.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.cli.CliRun;
import io.tailwalk.records.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code --chat}, {@code --system}, {@code --chat-template} and {@code --chat-date}. */
class ChatCommandsTest {
  private static final String TURN = "<|im_start|>user\nSay hi<|im_end|>\n";
  private static final String REPLY = "<|im_start|>assistant\n";

  @TempDir private Path folder;
  private String model = "";

  @BeforeEach
  void write() throws IOException {
    model = "gguf:" + TinyGguf.saying("a").withChats().write(folder.resolve("m.gguf"));
  }

  private CliRun generate(String... more) {
    return generateOf(model, more);
  }

  private static CliRun generateOf(String name, String... more) {
    List<String> words = new ArrayList<>(List.of("generate", "--model", name, "--max-tokens", "1"));
    words.addAll(List.of("--sampler", "ancestral", "--json", "--quiet"));
    words.addAll(List.of(more));
    return CliRun.of(words.toArray(String[]::new));
  }

  private static JsonNode row(CliRun run) {
    assertThat(run.code()).as(run.err()).isZero();
    return JsonText.parse(run.out().lines().findFirst().orElseThrow());
  }

  private static String prompt(CliRun run) {
    return row(run).get("prompt").stringValue();
  }

  @Test
  void chat_makesAPromptTheTurnOfTheUser() throws IOException {
    assertThat(prompt(generate("--prompt", "Say hi"))).isEqualTo("Say hi");
    CliRun chat = generate("--prompt", "Say hi", "--chat");
    assertThat(prompt(chat)).isEqualTo(TURN + REPLY);
    String rows =
        Written.text(
            folder.resolve("chat.jsonl"),
            "{\"messages\": [{\"role\": \"user\", \"content\": \"Say hi\"}]}\n");
    String ids = "prompt_token_ids";
    assertThat(row(generate("--prompts", rows)).get(ids)).isEqualTo(row(chat).get(ids));
    assertThat(row(generate("--prompts", rows, "--chat")).get(ids)).isEqualTo(row(chat).get(ids));
  }

  @Test
  void system_isTheFirstMessageOfEveryChat() throws IOException {
    String expected = "<|im_start|>system\nBe brief<|im_end|>\n" + TURN + REPLY;
    assertThat(prompt(generate("--prompt", "Say hi", "--chat", "--system", "Be brief")))
        .isEqualTo(expected);
    String rows =
        Written.text(
            folder.resolve("chat.jsonl"),
            "{\"messages\": [{\"role\": \"user\", \"content\": \"Say hi\"}]}\n");
    assertThat(prompt(generate("--prompts", rows, "--system", "Be brief"))).isEqualTo(expected);
    assertThat(prompt(generate("--prompt", "Say hi", "--chat", "--system", "")))
        .isEqualTo("<|im_start|>system\n<|im_end|>\n" + TURN + REPLY);
  }

  @Test
  void chatTemplate_replacesThatOfTheFile() throws IOException {
    String file =
        Written.text(folder.resolve("t.jinja"), "{{ messages[0].content | upper }}{{ eos_token }}");
    JsonNode row = row(generate("--prompt", "say hi", "--chat", "--chat-template", file));
    assertThat(row.get("prompt").stringValue()).isEqualTo("SAY HI");
    assertThat(row.get("prompt_token_ids").valueStream().toList().getLast().intValue())
        .isEqualTo(2);
    String text =
        prompt(generate("--prompt", "hi", "--chat", "--chat-template", "llama.cpp:vicuna"));
    assertThat(text).isEqualTo("USER: hi\nASSISTANT:");
    String dated = Written.text(folder.resolve("d.jinja"), "{{ strftime_now('%d %B %Y') }}");
    String[] with = {"--prompt", "hi", "--chat", "--chat-template", dated};
    CliRun refused = generate(with);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("prints the date; give one (--chat-date)");
    List<String> words = new ArrayList<>(List.of(with));
    words.addAll(List.of("--chat-date", "2026-01-31"));
    assertThat(prompt(generate(words.toArray(String[]::new)))).isEqualTo("31 January 2026");
  }

  /**
   * A task lays out the row's prompt, which then is the user's turn; its fields are still found.
   */
  @Test
  void chat_ofATask_keepsTheFieldsOfTheRow() throws IOException {
    String rows =
        Written.text(folder.resolve("q.jsonl"), "{\"question\": \"3?\", \"answer\": \"#### 7\"}\n");
    String said = "gguf:" + TinyGguf.saying(" 7.").withChats().write(folder.resolve("7.gguf"));
    JsonNode row = row(generateOf(said, "--prompts", rows, "--task", "gsm8k", "--chat"));
    assertThat(row.get("prompt").stringValue())
        .isEqualTo("<|im_start|>user\nQuestion: 3?\nAnswer:<|im_end|>\n" + REPLY);
    assertThat(row.get("reward").doubleValue()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --prompt hi --system x                           | --system: prompt 1: a text to be continued has no system message
          --prompts SYSTEM --system x                      | --system: prompt 1: the chat has a system message of its own
          --prompts IDS --chat                             | --chat: prompt 1: it is given as token ids
          --prompt hi --chat --chat-template no-such.jinja | --chat-template: cannot read no-such.jinja
          --prompt hi --chat --chat-template LATIN         | is not UTF-8
          --prompt hi --chat --chat-template EMPTY         | is empty
          --prompt hi --chat --chat-template BROKEN        | prompt 1: the given chat template cannot be read
          --prompt hi --chat --chat-template llama.cpp:x   | llama.cpp has no chat template of that name
          --prompt hi --chat --chat-date soon              | --chat-date
          --prompt hi --chat --model BUILTIN --chat-date 2026-01-31 | --chat-date: for GGUF models only
          --prompt hi --chat --model BUILTIN --chat-template EMPTY  | is empty
          --prompt hi --chat --model BUILTIN --chat-template llama.cpp:chatml | --chat-template: for GGUF models only
          --prompt hi --chat --model BUILTIN               | no chat template
          --prompt hi --chat --model PLAIN                 | has no chat template; name one (--chat-template)
          """)
  void flags_thatDoNotApply_areRefused(String flags, String sentence) throws IOException {
    Files.write(folder.resolve("latin"), new byte[] {'{', (byte) 0xe9});
    String plain = TinyGguf.saying("a").write(folder.resolve("plain.gguf"));
    String given =
        flags
            .replace(
                "SYSTEM",
                Written.text(
                    folder.resolve("s.jsonl"),
                    "{\"messages\": [{\"role\": \"system\", \"content\": \"s\"}]}\n"))
            .replace(
                "IDS", Written.text(folder.resolve("i.jsonl"), "{\"prompt_token_ids\": [3, 4]}\n"))
            .replace("LATIN", folder.resolve("latin").toString())
            .replace("EMPTY", Written.text(folder.resolve("empty"), "\n"))
            .replace("BROKEN", Written.text(folder.resolve("broken"), "{% if %}"))
            .replace("BUILTIN", "builtin:austen")
            .replace("PLAIN", "gguf:" + plain);
    List<String> words = new ArrayList<>(List.of("generate", "--max-tokens", "1", "--json"));
    words.addAll(List.of(given.split(" ", -1)));
    if (!words.contains("--model")) {
      words.addAll(List.of("--model", model));
    }
    CliRun run = CliRun.of(words.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(sentence);
    assertThat(run.out()).isEmpty();
  }

  /** The commands that score given responses. */
  @Test
  void score_chat_isTheSameAsOfMessages() throws IOException {
    String pairs =
        Written.text(
            folder.resolve("p.jsonl"), "{\"prompt\": \"Say hi \", \"completion\": \"a\"}\n");
    String chats =
        Written.text(
            folder.resolve("c.jsonl"),
            "{\"messages\": [{\"role\": \"system\", \"content\": \"s\"},"
                + " {\"role\": \"user\", \"content\": \"Say hi \"},"
                + " {\"role\": \"assistant\", \"content\": \"a\"}]}\n");
    String read = score(chats);
    assertThat(read).matches("the model read [1-9]\\d* prompt tokens");
    assertThat(score(pairs, "--chat", "--system", "s")).isEqualTo(read);
    assertThat(score(pairs, "--chat")).isNotEqualTo(read);
    assertThat(score(pairs)).isNotEqualTo(read);
    CliRun ids =
        CliRun.of(
            "score",
            "--model",
            model,
            "--data",
            Written.text(
                folder.resolve("i.jsonl"),
                "{\"prompt_token_ids\": [3], \"completion_token_ids\": [4]}\n"),
            "--chat",
            "--out",
            folder.resolve("i.csv").toString());
    assertThat(ids.code()).isEqualTo(2);
    assertThat(ids.err()).contains("--chat: ").contains("row 1").contains("token ids");
  }

  /** How long the prompt was: all that this model, which always says the same, can tell. */
  private String score(String data, String... more) {
    List<String> words = new ArrayList<>(List.of("score", "--model", model, "--data", data));
    words.addAll(List.of("--overwrite", "--out", folder.resolve("scores.csv").toString()));
    words.addAll(List.of(more));
    CliRun run = CliRun.of(words.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    Matcher read = Pattern.compile("the model read \\d+ prompt tokens").matcher(run.err());
    assertThat(read.find()).as(run.err()).isTrue();
    return read.group();
  }

  /** The other commands with prompts hand the same prompts to the model. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tail --prompt hi --max-tokens 1",
        "compare --prompt hi --samplers ancestral --max-tokens 1",
        "value train --prompt hi --verifier any --out x.safetensors"
      })
  void otherCommands_withASystemMessageOfATurnlessText_refuseIt(String command) {
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    words.addAll(List.of("--model", model, "--system", "x"));
    CliRun run = CliRun.of(words.toArray(String[]::new));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--system: prompt 1: ");
    words.addAll(List.of("--chat", "--chat-template", "llama.cpp:none"));
    CliRun chat = CliRun.of(words.toArray(String[]::new));
    assertThat(chat.code()).isEqualTo(2);
    assertThat(chat.err()).contains("llama.cpp has no chat template of that name");
  }

  @Test
  void race_chatWithoutRace_isRefused() {
    CliRun run = CliRun.of("select", "--n", "4", "--scores", "x", "--chat");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--chat").contains("--race");
  }

  /** The template decides the prompt, so a run continues only with the same. */
  @Test
  void resume_withAnotherTemplate_isRefused() throws IOException {
    String file = Written.text(folder.resolve("t.jinja"), "{{ messages[0].content }}");
    String out = folder.resolve("out.jsonl").toString();
    String[] words = {"--prompt", "hi", "--chat", "--chat-template", file, "--out", out};
    assertThat(generate(words).code()).isZero();
    List<String> again = new ArrayList<>(List.of(words));
    again.add("--resume");
    assertThat(generate(again.toArray(String[]::new)).code()).isZero();
    Written.text(folder.resolve("t.jinja"), "{{ messages[0].content }}!");
    CliRun other = generate(again.toArray(String[]::new));
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("chat template");
  }

  @Test
  void doctor_showsTheTemplateAndAnExample() throws IOException {
    CliRun text = CliRun.of("doctor", "--model", model);
    assertThat(text.out())
        .contains("Chats are formatted by the chat template of ")
        .contains("  <|im_start|>user\n  Say hi.<|im_end|>\n  <|im_start|>assistant\n");
    String plain = TinyGguf.saying("a").write(folder.resolve("plain.gguf"));
    assertThat(CliRun.of("doctor", "--model", "gguf:" + plain).out())
        .contains("There is no chat template; prompts are plain text.");
    String broken = Written.text(folder.resolve("broken"), "{{ x | frob }}");
    CliRun run = CliRun.of("doctor", "--model", model, "--chat-template", broken);
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("Chats cannot be formatted: the given chat template cannot be rendered");
  }
}
