package io.tailwalk.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** For arbitrary bytes a reader returns rows or reports an error in one sentence. */
final class ReadersFuzzTest {
  private static final int CASES = 1500;
  private static final byte[] JSON_PIECES =
      "{}[]\",:0123456789eE+-.nulltruefalse\\u\n\r\t \"-inf\"".getBytes(StandardCharsets.UTF_8);
  private static final String PROMPTS =
      """
      {"prompt": "Once é"}
      {"messages": [{"role": "user", "content": "Hi \\ud83d\\ude00"}], "id": 12}
      {"task_id": "H/0", "prompt": "def f():", "test": {"n": [1.5e3, -0.0, null, true]}}
      """;

  @TempDir private Path folder;

  @Test
  void promptReader_anyBytes_readsOrComplains() throws IOException {
    sweep(1, PROMPTS, PromptReader::read);
  }

  @Test
  void sampleRows_anyBytes_readsOrComplains() throws IOException {
    sweep(2, SampleRows.line(Samples.plain()) + "\n", SampleRows::read);
  }

  @Test
  void runRecord_anyBytes_readsOrComplains() throws IOException {
    RunRecord record =
        new RunRecord(
            new RunRecord.Tool("1", "abc"),
            List.of("demo"),
            List.of(new ModelStamp("m", "h")),
            1,
            new java.util.TreeMap<>(),
            HostFacts.here());
    sweep(
        3,
        JsonText.line(record.json()),
        file -> JsonLines.forEach(file, row -> RunRecord.of(file, row.object())));
  }

  @Test
  void journal_anyBytes_opensOrComplains() throws IOException {
    Path target = folder.resolve("fuzz.jsonl");
    GroupJournal fresh = GroupJournal.open(target, Identity.of("model", "r"), false);
    fresh.append(3, List.of("{\"a\":1}"));
    fresh.append(1, List.of("{}", "{}"));
    fresh.close();
    Path journal = folder.resolve(".fuzz.jsonl.journal");
    byte[] good = Files.readAllBytes(journal);
    sweep(
        4,
        new String(good, StandardCharsets.UTF_8),
        file -> {
          try {
            Files.copy(file, journal, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
          GroupJournal.open(target, Identity.of("model", "r"), true).close();
        });
  }

  private void sweep(long seed, String good, Consumer<Path> reader) throws IOException {
    byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("fuzzed");
    int read = 0;
    for (int i = 0; i < CASES; i++) {
      RandomGenerator random =
          RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 1_000_003 + i);
      byte[] input = i == 0 ? bytes : mutated(bytes, random);
      Files.write(file, input);
      try {
        reader.accept(file);
        read++;
      } catch (TableException e) {
        assertThat(e.getMessage())
            .as("seed %d case %d", seed, i)
            .endsWith(".")
            .doesNotContain("\n")
            .doesNotContain("\r");
      }
    }
    assertThat(read).as("cases that read").isBetween(1, CASES - 1);
  }

  private static byte[] mutated(byte[] good, RandomGenerator random) {
    byte[] bytes = good.clone();
    switch (random.nextInt(4)) {
      case 0 -> {
        bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
      }
      case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 2 -> {
        for (int k = random.nextInt(4); k >= 0; k--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
      }
      default -> {
        for (int k = random.nextInt(6); k >= 0; k--) {
          bytes[random.nextInt(bytes.length)] = JSON_PIECES[random.nextInt(JSON_PIECES.length)];
        }
      }
    }
    return bytes;
  }
}
