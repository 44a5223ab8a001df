package io.tailwalk.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SampleRowsTest {
  @TempDir private Path folder;

  @Test
  void line_plainSample_hasTheNamesAndOrderOfTheWire() {
    assertThat(SampleRows.line(Samples.plain()))
        .isEqualTo(
            "{\"id\":\"p1\",\"prompt\":\"Once\",\"prompt_token_ids\":[7],\"completion\":\" upon\","
                + "\"completion_token_ids\":[3,9],\"log_prob\":-2.5,\"logprobs\":[-1.0,-1.5],"
                + "\"reward\":1.0,\"weight\":0.125,\"finish_reason\":\"stop\",\"sampler\":\"vgb\","
                + "\"target_distribution\":\"exact in the limit\","
                + "\"params\":{\"beta\":0.1,\"lazy\":true,\"steps\":64},\"seed\":7,"
                + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"discarded_tokens\":30,"
                + "\"cached_tokens\":4,\"verifier_calls\":5},\"wall_ms\":12}");
  }

  @Test
  void read_whatWasWritten_isTheSameBitForBit() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
    List<SampleRow> rows = Stream.generate(() -> Samples.random(random)).limit(500).toList();
    Path file = folder.resolve("samples.jsonl");
    SampleRows.write(file, rows);
    // Records compare doubles by Double.compare, so -0.0, NaN and the last bit all count.
    assertThat(SampleRows.read(file)).isEqualTo(rows);
  }

  @Test
  void line_unknownAndImpossibleNumbers_areNullAndMinusInf() {
    SampleRow plain = Samples.plain();
    SampleScore score =
        new SampleScore(Double.NEGATIVE_INFINITY, List.of(), Double.NaN, plain.score().weight());
    SampleRow row =
        new SampleRow(
            "x", plain.prompt(), plain.completion(), score, plain.origin(), plain.usage(), 0L);
    assertThat(SampleRows.line(row))
        .contains("\"log_prob\":\"-inf\",\"logprobs\":[],\"reward\":null,");
  }

  @Test
  void line_ofIllFormedText_saysSo() {
    SampleRow plain = Samples.plain();
    assertThat(SampleRows.line(plain)).doesNotContain("well_formed");
    SampleRow row =
        new SampleRow(
            "x",
            plain.prompt(),
            plain.completion(),
            false,
            plain.score(),
            plain.origin(),
            plain.usage(),
            null);
    assertThat(SampleRows.line(row)).contains("\"well_formed\":false");
  }

  @Test
  void score_outOfRange_isRefused() {
    assertThatThrownBy(() -> new SampleScore(0.1, List.of(), 0, 1))
        .hasMessage("log_prob is 0.1, and the log of a probability is at most 0");
    assertThatThrownBy(() -> new SampleScore(0, List.of(), 0, -1)).hasMessageContaining("weight");
    assertThatThrownBy(() -> new SampleScore(0, List.of(), 0, 1 / 0.0))
        .hasMessageContaining("weight");
    assertThatThrownBy(() -> SampleOrigin.settings(Map.of("\ud800", 1)))
        .hasMessage("the name of a setting, \"?\", is not valid Unicode");
    assertThatThrownBy(() -> SampleOrigin.settings(Map.of("a", Double.NaN)))
        .hasMessage("the setting \"a\" is neither text, number nor boolean");
    assertThatThrownBy(() -> Doubles.json(Double.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"log_prob\":-2.5 | \"log_prob\":\"much\" | the field \"log_prob\" is a string; give a number, null (not known) or \"-inf\".",
        "\"log_prob\":-2.5 | \"log_prob\":0.5 | log_prob is 0.5, and the log of a probability is at most 0; fix this row or remove it.",
        "\"log_prob\":-2.5 | \"log_prob\":-1e999 | the field \"log_prob\" is too large for a double; give a finite number.",
        "\"seed\":7 | \"seed\":7,\"well_formed\":0 | the field \"well_formed\" is a whole number; give true or false.",
        "\"seed\":7 | \"seed\":7.5 | the field \"seed\" is a fraction; give a whole number of at most 64 bits.",
        "\"seed\":7, | ~~ | the field \"seed\" is missing; give it a whole number.",
        "\"params\": | \"parms\": | unknown field \"parms\"; known fields are completion, completion_token_ids, finish_reason, id, log_prob, logprobs, params, prompt, prompt_token_ids, reward, sampler, seed, target_distribution, target_law, usage, wall_ms, weight, well_formed.",
        "exact in the limit | exactly | the field \"target_distribution\" is \"exactly\"; give \"exact\", \"exact in the limit\" or \"biased\".",
        "[3,9] | [3] | logprobs has 2 entries for 1 completion tokens; fix this row or remove it.",
        "[3,9] | [3,-9] | the field \"completion_token_ids\" holds -9; token ids are 0 or more.",
      })
  void read_badField_namesFileRowAndFix(String good, String bad, String complaint)
      throws IOException {
    String line = SampleRows.line(Samples.plain());
    assertThat(line).contains(good);
    Path file = folder.resolve("bad.jsonl");
    Files.writeString(file, line + "\n\n" + line.replace(good, bad) + "\n");
    assertThatThrownBy(() -> SampleRows.read(file))
        .isInstanceOf(TableException.class)
        .hasMessage(file + ", row 3: " + complaint);
  }

  /** Version 0.1 called the field by another name. */
  @Test
  void read_fieldOfVersion01_isUnderstood() throws IOException {
    String line = SampleRows.line(Samples.plain());
    Path file = folder.resolve("old.jsonl");
    Files.writeString(file, line.replace("target_distribution", "target_" + "distribution") + "\n");
    assertThat(SampleRows.read(file)).containsExactly(Samples.plain());
  }
}
