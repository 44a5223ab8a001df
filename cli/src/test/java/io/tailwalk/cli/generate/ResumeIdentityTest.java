package io.tailwalk.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.cli.CliRun;
import io.tailwalk.records.GroupJournal;
import io.tailwalk.records.Identity;
import io.tailwalk.records.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * A run is resumed only with the same files behind its specification, and the changed one named.
 */
class ResumeIdentityTest {
  @TempDir private Path folder;

  @BeforeEach
  void files() throws IOException {
    write("prompts.jsonl", "{\"task_id\": \"p\", \"prompt\": \"a\", \"answer\": \"7\"}\n");
    write("g.gbnf", "root ::= [a-z ]*\n");
    write("s.json", "{\"type\": \"integer\"}");
    write("t.py", "def test_it():\n    assert True\n");
    write("q.txt", "Is {completion} good?");
    write(
        "v.py",
        """
        import json, sys
        for line in sys.stdin:
            print(json.dumps({"id": json.loads(line)["id"], "pass": True}), flush=True)
        """);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private CliRun generate(String verifier, Path out, String... more) {
    List<String> words =
        new java.util.ArrayList<>(
            List.of("generate", "--model", "builtin:austen", "--max-tokens", "4"));
    words.addAll(List.of("--prompts", folder.resolve("prompts.jsonl").toString()));
    words.addAll(List.of("--verifier", verifier.replace("DIR", folder.toString())));
    words.addAll(List.of("--sampler", "best-of-n", "--budget-tokens", "8", "--quiet"));
    words.addAll(List.of("--out", out.toString()));
    words.addAll(List.of(more));
    return CliRun.of(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "grammar:DIR/g.gbnf      | g.gbnf        | root ::= [a-z .]*       | verifier's file DIR/g.gbnf",
        "json-schema:DIR/s.json  | s.json        | {\"type\": \"number\"}  | verifier's file DIR/s.json",
        "cmd:python3 DIR/v.py    | v.py          |                         | verifier's file DIR/v.py",
        "code:python,tests=DIR/t.py | t.py       |                         | verifier's file DIR/t.py",
        "answer:@answer          | prompts.jsonl | {\"task_id\": \"p\", \"prompt\": \"a\", \"answer\": \"8\"}"
            + " | field answer of the prompts"
      })
  void resume_changedFile_isRefusedByNameOnAFinishedAndAnUnfinishedRun(
      String verifier, String file, String text, String part) throws IOException {
    Path out = folder.resolve("out.jsonl");
    CliRun first = generate(verifier, out);
    assertThat(first.code()).as(first.err()).isIn(0, 1);
    assertThat(generate(verifier, out, "--resume").err()).doesNotContain("tailwalk:");
    Path changed = folder.resolve(file);
    Files.writeString(
        changed, text == null ? Files.readString(changed) + "# changed\n" : text + "\n");
    String sentence =
        "the " + part.replace("DIR", folder.toString()) + " has changed since the run began; ";
    CliRun finished = generate(verifier, out, "--resume");
    assertThat(finished.code()).isEqualTo(2);
    assertThat(finished.err()).startsWith("tailwalk: " + out + ": " + sentence).hasLineCount(1);
    unfinish(out);
    CliRun unfinished = generate(verifier, out, "--resume");
    assertThat(unfinished.code()).isEqualTo(2);
    assertThat(unfinished.err()).startsWith("tailwalk: " + out + ": " + sentence).hasLineCount(1);
  }

  /** Puts the journal of a run that was killed in the place of its file. */
  private void unfinish(Path out) throws IOException {
    Identity run = Identity.read(record(out).path("identity")).orElseThrow();
    Files.delete(out);
    try (GroupJournal journal = GroupJournal.open(out, run, false)) {
      journal.append(0, List.of());
    }
  }

  private static JsonNode record(Path out) throws IOException {
    return JsonText.parse(Files.readString(out.resolveSibling("out.run.json")));
  }

  @Test
  void record_holdsTheHashOfEveryPart() throws IOException {
    Path out = folder.resolve("out.jsonl");
    generate("grammar:DIR/g.gbnf and answer:@answer", out);
    JsonNode identity = record(out).path("identity");
    assertThat(identity.path("verifier's file " + folder + "/g.gbnf").asString())
        .isEqualTo(io.tailwalk.core.Sha256.hex(folder.resolve("g.gbnf")));
    assertThat(identity.has("field answer of the prompts")).isTrue();
    assertThat(identity.has("model")).isTrue();
    assertThat(record(out).path("run_key").asString())
        .isEqualTo(Identity.read(identity).orElseThrow().key());
  }

  @Test
  void resume_otherSettings_areNamed() throws IOException {
    Path out = folder.resolve("out.jsonl");
    generate("any", out);
    assertThat(generate("any", out, "--resume", "--seed", "4", "--n", "2").err())
        .contains("the seed and the setting n have changed since the run began");
  }

  /** Killed between the record of the first prompt and its samples: nothing is done. */
  @Test
  void start_afterAKillBeforeTheFirstPromptWasDone_isAFreshStartWithAnySettings()
      throws IOException {
    Path out = folder.resolve("out.jsonl");
    Path record = folder.resolve("out.run.json");
    try (GroupJournal journal = GroupJournal.open(record, Identity.of("seed", "other"), false)) {
      journal.append(0, List.of("{}"));
    }
    Files.writeString(folder.resolve(".out.jsonl.journal"), "#journal 2 {\"seed\":");
    assertThat(generate("any", out).code()).isZero();
    assertThat(record(out).path("prompts").size()).isEqualTo(1);
    assertThat(folder.resolve(".out.run.json.journal")).doesNotExist();
    assertThat(folder.resolve(".out.jsonl.journal")).doesNotExist();
  }
}
