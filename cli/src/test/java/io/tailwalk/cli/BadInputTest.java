package io.tailwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bad input through the real command line: exit code 2 (1 where a run had begun), one sentence that
 * names what is at fault, no stack trace, and nothing left behind.
 */
class BadInputTest {
  private static final String BUILTIN = "builtin:austen";

  @TempDir private Path folder;

  /** A case: its name, the exit code, words the sentence must hold, and the arguments. */
  private static Arguments of(String name, int code, String says, String... args) {
    return Arguments.of(name, code, says, List.of(args));
  }

  static Stream<Arguments> cases() {
    return Stream.of(
        of("no such file", 2, "DIR/none.gguf", model("gguf:DIR/none.gguf")),
        of("text file as GGUF", 2, "DIR/text.gguf", model("gguf:DIR/text.gguf")),
        of("truncated GGUF", 2, "DIR/cut.gguf", model("gguf:DIR/cut.gguf")),
        of("no such builtin model", 2, "builtin:austen", model("builtin:joyce")),
        of("neither gguf nor builtin", 2, "builtin:NAME", model("smollm2")),
        of("no model", 2, "--model", "generate", "--prompt", "x"),
        of("no prompt", 2, "--prompt", "generate", "--model", BUILTIN),
        of("two kinds of prompt", 2, "--prompt", with("--prompts", "DIR/good.jsonl")),
        of("no such prompts", 2, "DIR/none.jsonl", prompts("DIR/none.jsonl")),
        of("malformed JSONL", 2, "DIR/bad.jsonl, row 3", prompts("DIR/bad.jsonl")),
        of("empty prompts", 2, "DIR/empty.jsonl", prompts("DIR/empty.jsonl")),
        of("chat without template", 2, "chat template", prompts("DIR/chat.jsonl")),
        of("unknown verifier", 2, "rhyme", with("--verifier", "rhyme:ab")),
        of("empty verifier", 2, "avoid:", with("--verifier", "avoid:")),
        of("verifier with a range upside down", 2, "9..3", with("--verifier", "length:9..3")),
        of("bad regex", 2, "regex", with("--verifier", "regex:a(b")),
        of("verifier program that is not there", 2, "DIR/none", with("--verifier", "cmd:DIR/none")),
        of("verifier program that dies", 2, "status 3", with("--verifier", "cmd:sh DIR/dies.sh")),
        of("verifier program that hangs", 2, "300", with("--verifier", "cmd[300ms]:sleep 60")),
        of(
            "verifier program that prints garbage",
            2,
            "hello",
            with("--verifier", "cmd:echo hello")),
        of(
            "verifier program that turns to garbage",
            1,
            "prompt 1",
            with("--verifier", "cmd:sh DIR/turns.sh")),
        of(
            "verifier program that dies on the way",
            1,
            "prompt 1",
            with("--verifier", "cmd:sh DIR/leaves.sh", "--out", "DIR/out.jsonl")),
        of(
            "verifier program that hangs on the way",
            1,
            "prompt 1",
            with("--verifier", "cmd[300ms]:sh DIR/sleeps.sh")),
        of(
            "verifier program whose first reward is too large",
            2,
            "a reward of e^800.0, above 1e300",
            with("--verifier", "cmd:sh DIR/huge.sh")),
        of(
            "verifier program whose rewards become too large",
            2,
            "prompt 1: the verifier cmd:sh DIR/grows.sh gave a reward of e^800.0",
            with("--verifier", "cmd:sh DIR/grows.sh", "--out", "DIR/out.jsonl")),
        of(
            "rewards too large to learn from",
            2,
            "the verifier cmd:sh DIR/grows.sh gave a reward of e^800.0",
            valueTrain("cmd:sh DIR/grows.sh")),
        of("unknown sampler", 2, "best-of-n", with("--sampler", "vbg")),
        of("unknown parameter", 2, "particles", with("--param", "particle=3")),
        of("parameter no number", 2, "particles", with("--param", "particles=many")),
        of("parameter out of range", 2, "particles", with("--param", "particles=0")),
        of(
            "more walks than memory holds",
            1,
            "out of memory; request less",
            with("--sampler", "vgb", "--param", "walks=2147483647")),
        of("n of zero", 2, "--n", with("--n", "0")),
        of("n no number", 2, "--n", with("--n", "four")),
        of("max-tokens of zero", 2, "--max-tokens", with("--max-tokens", "0")),
        of("temperature of zero", 2, "--temperature", with("--temperature", "0")),
        of("temperature NaN", 2, "--temperature", with("--temperature", "NaN")),
        of("budget of zero", 2, "--budget-tokens", with("--budget-tokens", "0")),
        of("budget of no seconds", 2, "--budget-seconds", with("--budget-seconds", "0")),
        of("children none", 2, "--children", with("--children", "0")),
        of("block of enumerated", 2, "--block", with("--children", "enumerate", "--block", "2")),
        of("threads of zero", 2, "--threads", with("--threads", "0")),
        of("library for a builtin model", 2, "--lib", with("--lib", "DIR/lib.so")),
        of("empty stop", 2, "--stop", with("--stop", "")),
        of("resume of nothing", 2, "--out", with("--resume")),
        of(
            "resume and overwrite",
            2,
            "--resume",
            with("--out", "DIR/x", "--resume", "--overwrite")),
        of("output is a folder", 2, "DIR", with("--out", "DIR")),
        of("output in no folder", 2, "DIR/none/x.jsonl", with("--out", "DIR/none/x.jsonl")),
        of(
            "output where nothing can be written",
            2,
            "/proc/x.jsonl",
            with("--out", "/proc/x.jsonl")),
        of("misspelt flag", 2, "did you mean --temperature?", with("--temprature", "1")),
        of("no such command", 2, "did you mean generate?", "genrate"),
        of("flag given twice", 2, "--seed is given twice", with("--seed", "1", "--seed", "2")),
        of("parameter twice", 2, "pilot twice", with("--param", "pilot=.1", "--param", "pilot=.2")),
        of("parameter without value", 2, "NAME=VALUE", with("--param", "pilot")),
        of("empty path", 2, "--out is empty", with("--out", "")),
        of("prompts in a folder's place", 2, "DIR: it is a folder", prompts("DIR")),
        of("judge that is no model", 2, "--verifier: judge", with("--verifier", "judge:smollm2")),
        of("no GGUF path", 2, "--model: the form is gguf:PATH", model("gguf:")),
        of("value that is not there", 2, "DIR/none is not there", with("--value", "DIR/none")),
        of("field without a file", 2, "file of prompts", with("--verifier", "exact:@answer")),
        of(
            "field that a row lacks",
            2,
            "DIR/fields.jsonl: the row \"b\"",
            fields("exact:@answer", "DIR/fields.jsonl")),
        of(
            "fields that differ for one prompt",
            2,
            "the row \"c\"",
            fields("exact:@answer", "DIR/differ.jsonl")),
        of(
            "chat behind a text",
            2,
            "prompt 2",
            prompts("DIR/mixed.jsonl", "--out", "DIR/out.jsonl")),
        of(
            "replay into a new folder and output into none",
            2,
            "DIR/none",
            with("--sampler", "vgb", "--replay", "DIR/new/r.html", "--out", "DIR/none/x.jsonl")),
        of("models in no folder", 2, "DIR/none", "models", "--dir", "DIR/none"),
        of("demo where nothing can be written", 2, "/proc/demo", "demo", "--out", "/proc/demo"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void badInput_isOneSentenceAndLeavesNothing(String name, int code, String says, List<String> args)
      throws IOException {
    prepare();
    List<String> before = files();
    CliRun run =
        CliRun.of(
            args.stream().map(arg -> arg.replace("DIR", folder.toString())).toArray(String[]::new));
    assertThat(run.code()).as(name + ": " + run.err()).isEqualTo(code);
    assertThat(run.err())
        .startsWith("tailwalk: ")
        .contains(says.replace("DIR", folder.toString()))
        .doesNotContain("\tat ")
        .doesNotContain("Exception")
        .doesNotContain("internal error");
    assertThat(run.err().lines().count()).as(run.err()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void debug_asked_addsTheStackTrace() {
    CliRun run = CliRun.of("generate", "--debug", "--model", "builtin:joyce", "--prompt", "x");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("\tat io.tailwalk");
  }

  private static String[] model(String model) {
    return new String[] {"generate", "--model", model, "--prompt", "x"};
  }

  private static String[] prompts(String file, String... more) {
    List<String> args = new ArrayList<>(List.of("generate", "--model", BUILTIN, "--prompts", file));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  private static String[] fields(String verifier, String file) {
    return prompts(file, "--verifier", verifier, "--max-tokens", "4", "--out", "DIR/out.jsonl");
  }

  private static String[] valueTrain(String verifier) {
    return new String[] {
      "value",
      "train",
      "--model",
      BUILTIN,
      "--prompts",
      "DIR/good.jsonl",
      "--verifier",
      verifier,
      "--max-tokens",
      "4",
      "--out",
      "DIR/value.json"
    };
  }

  private static String[] with(String... more) {
    List<String> args = new ArrayList<>(List.of("generate", "--model", BUILTIN, "--prompt", "x"));
    args.addAll(List.of(more));
    if (!args.contains("--max-tokens")) {
      args.addAll(List.of("--max-tokens", "4"));
    }
    return args.toArray(String[]::new);
  }

  private void prepare() throws IOException {
    Files.writeString(folder.resolve("text.gguf"), "Once upon a time there was no model.\n");
    Files.write(folder.resolve("cut.gguf"), cutGguf());
    Files.writeString(folder.resolve("dies.sh"), "exit 3\n");
    Files.writeString(folder.resolve("turns.sh"), answerFirst("echo garbage"));
    Files.writeString(folder.resolve("leaves.sh"), answerFirst("exit 3"));
    Files.writeString(folder.resolve("sleeps.sh"), answerFirst("sleep 60"));
    Files.writeString(
        folder.resolve("huge.sh"), "read -r line\necho '{\"id\":0,\"log_reward\":800}'\n");
    Files.writeString(
        folder.resolve("grows.sh"),
        answerFirst("echo \"{\\\"id\\\":$id,\\\"log_reward\\\":800}\""));
    Files.writeString(folder.resolve("good.jsonl"), "{\"prompt\": \"a\"}\n");
    Files.writeString(
        folder.resolve("bad.jsonl"), "{\"prompt\": \"a\"}\n{\"prompt\": \"b\"}\n{\"prompt\": \n");
    Files.writeString(folder.resolve("empty.jsonl"), "");
    Files.writeString(
        folder.resolve("fields.jsonl"),
        """
        {"task_id": "a", "prompt": "a", "answer": 1}
        {"task_id": "b", "prompt": "b"}
        """);
    Files.writeString(
        folder.resolve("differ.jsonl"),
        """
        {"task_id": "a", "prompt": "a", "answer": 1, "more": 1}
        {"task_id": "b", "prompt": "a", "answer": 1, "more": 2}
        {"task_id": "c", "prompt": "a", "answer": 2}
        """);
    Files.writeString(
        folder.resolve("mixed.jsonl"),
        """
        {"prompt": "a"}
        {"messages": [{"role": "user", "content": "hello"}]}
        """);
    Files.writeString(
        folder.resolve("chat.jsonl"),
        "{\"messages\": [{\"role\": \"user\", \"content\": \"hello\"}]}\n");
  }

  /** A program that answers the greeting and does something else at the first real question. */
  private static String answerFirst(String otherwise) {
    return """
    while read -r line; do
      id=${line#*\\"id\\":}
      id=${id%%,*}
      case $line in
        *'"completion":""'*) echo "{\\"id\\":$id,\\"pass\\":true}" ;;
        *) OTHERWISE ;;
      esac
    done
    """
        .replace("OTHERWISE", otherwise);
  }

  /** A header that promises an entry and ends inside it. */
  private static byte[] cutGguf() {
    var out = new ByteArrayOutputStream();
    var head = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    head.put("GGUF".getBytes(StandardCharsets.US_ASCII)).putInt(3).putLong(1).putLong(1);
    head.putLong("general.architecture".length());
    out.writeBytes(head.array());
    out.writeBytes("general.arch".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  private List<String> files() {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(Path::toString).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
