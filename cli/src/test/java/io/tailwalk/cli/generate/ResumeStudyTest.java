package io.tailwalk.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.cli.CliRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Studies killed between any two results are resumed to the same bytes. */
class ResumeStudyTest {
  private static final String TAIL =
      "tail --model builtin:austen --verifier avoid:e --max-tokens 8 --budget-tokens 60";
  private static final String COMPARE =
      "compare --model builtin:austen --verifier avoid:e --max-tokens 6 --budget-tokens 60"
          + " --samplers best-of-n;smc;vgb:walks=1 --exact-nodes 50";

  @TempDir private Path folder;
  private Path out;

  @BeforeEach
  void prompts() throws IOException {
    out = folder.resolve("out");
    Files.writeString(
        folder.resolve("p.jsonl"),
        "{\"prompt\": \"It is \"}\n{\"prompt\": \"She \"}\n{\"prompt\": \"Mr. \"}\n");
  }

  private CliRun run(String words, String... more) {
    List<String> all = new java.util.ArrayList<>(Arrays.asList(words.split(" ", -1)));
    all.addAll(List.of("--prompts", folder.resolve("p.jsonl").toString(), "--quiet"));
    all.addAll(List.of("--out", out.toString(), "--resume"));
    all.addAll(List.of(more));
    return CliRun.of(all.toArray(String[]::new));
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (var files = Files.list(out)) {
      for (Path file : files.toList()) {
        all.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return all;
  }

  private void clear() throws IOException {
    for (String name : files().keySet()) {
      Files.delete(out.resolve(name));
    }
  }

  /** The journal with all results, of a run that could not write its report. */
  private byte[] journal(String words) throws IOException {
    Path journal = out.resolve("." + words.substring(0, words.indexOf(' ')) + ".json.journal");
    Path obstacle = Files.createDirectories(out.resolve("report.md"));
    assertThat(run(words).code()).isEqualTo(2);
    Files.delete(obstacle);
    return Files.readAllBytes(journal);
  }

  @ParameterizedTest
  @ValueSource(strings = {TAIL, COMPARE})
  void resume_cutBehindAnyResult_endsInTheSameFiles(String words) throws IOException {
    CliRun straight = run(words);
    assertThat(straight.code()).as(straight.err()).isZero();
    Map<String, String> expected = files();
    assertThat(expected).doesNotContainKey(".tail.json.journal").hasSize(4);
    clear();
    byte[] whole = journal(words);
    Path journal = out.resolve("." + words.substring(0, words.indexOf(' ')) + ".json.journal");
    int cuts = 0;
    String text = new String(whole, java.nio.charset.StandardCharsets.UTF_8);
    for (int at = text.indexOf("\n#group"); at >= 0; at = text.indexOf("\n#group", at + 1)) {
      clear();
      int end = text.indexOf('\n', at + 1) + 1;
      byte[] head = text.substring(0, end).getBytes(java.nio.charset.StandardCharsets.UTF_8);
      // Half a result behind the last whole one, as a kill leaves it.
      Files.write(journal, Arrays.copyOf(whole, Math.min(whole.length, head.length + 30)));
      CliRun resumed = run(words);
      assertThat(resumed.code()).as(resumed.err()).isZero();
      assertThat(resumed.out()).isEqualTo(straight.out());
      assertThat(files()).isEqualTo(expected);
      cuts++;
    }
    assertThat(cuts).isGreaterThanOrEqualTo(6);
    CliRun again = run(words);
    assertThat(again.code()).isZero();
    assertThat(files()).isEqualTo(expected);
  }

  @Test
  void resume_otherRun_isRefusedWithWhatDiffers() throws IOException {
    assertThat(run(TAIL).code()).isZero();
    CliRun finished = run(TAIL, "--seed", "9");
    assertThat(finished.code()).isEqualTo(2);
    assertThat(finished.err())
        .startsWith("tailwalk: " + out.resolve("tail.json") + ": the seed has changed since");
    clear();
    journal(TAIL);
    CliRun unfinished = run(TAIL, "--measure-tokens", "70");
    assertThat(unfinished.code()).isEqualTo(2);
    assertThat(unfinished.err())
        .contains("the setting measure_tokens has changed since the run began");
  }

  @Test
  void resume_withoutAFolder_isRefused() {
    CliRun run = CliRun.of((TAIL + " --prompt x --resume").split(" ", -1));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("tailwalk: --resume requires --out; give --out DIR\n");
  }
}
