package io.tailwalk.records.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.interval.Bias;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.records.TableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuccessReaderTest {
  @TempDir private Path folder;

  private SuccessReader.Mass read(String field, String success) throws IOException {
    Files.writeString(
        folder.resolve("a.run.json"),
        "{\"prompts\": [{\"id\": \"p\", \"%s\": %s}]}".formatted(field, success));
    return SuccessReader.beside(folder.resolve("a.jsonl")).orElseThrow().getFirst();
  }

  @Test
  void newRecord_hasKindsCertainEndsAndAStandardError() throws IOException {
    SuccessReader.Mass success =
        read(
            "success_probability",
            """
            {"value": 0.2, "low": 0.1, "high": 0.4, "low_kind": "certain",
             "high_kind": "guaranteed", "certain_low": 0.1, "certain_high": 0.9,
             "standard_error": 0.05, "level": 0.99, "bias": "high"}
            """);
    assertThat(success)
        .isEqualTo(
            new SuccessReader.Mass(
                "p",
                0.2,
                new Interval(0.1, EndKind.CERTAIN, 0.4, EndKind.GUARANTEED),
                0.99,
                0.05,
                Bias.HIGH,
                true));
  }

  @Test
  void certainEnds_closeOpenOnes() throws IOException {
    Interval interval =
        read(
                "success_probability",
                """
                {"value": 0.2, "low": 0.1, "high": "inf", "low_kind": "asymptotic",
                 "high_kind": "open", "certain_low": 0.05, "certain_high": 0.7}
                """)
            .interval();
    assertThat(interval).isEqualTo(new Interval(0.1, EndKind.ASYMPTOTIC, 0.7, EndKind.CERTAIN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "\"inf\"", "null"})
  void rewardsThatMayBeAboveOne_areNoProbability(String high) throws IOException {
    String success =
        "{\"value\": 0.9, \"low\": 0.7, \"high\": 1, \"certain_low\": 0, \"certain_high\": %s}";
    assertThat(read("success_probability", success.formatted(high)).boundedByOne()).isFalse();
    assertThat(read("success_probability", success.formatted("1")).boundedByOne()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"inf\"", "null"})
  void oldRecord_hasNoKinds_andMayHaveNoUpperEnd(String high) throws IOException {
    SuccessReader.Mass success =
        read("success_mass", "{\"value\": 0.2, \"low\": 0.1, \"high\": %s}".formatted(high));
    assertThat(success.interval())
        .isEqualTo(new Interval(0.1, EndKind.ASYMPTOTIC, Double.POSITIVE_INFINITY, EndKind.OPEN));
    assertThat(success.level()).isEqualTo(0.95);
    assertThat(success.standardError()).isNaN();
    assertThat(success.bias()).isEqualTo(Bias.UNKNOWN);
  }

  @Test
  void oldRecord_atLevelOne_isCertain() throws IOException {
    assertThat(
            read("success_mass", "{\"value\": 0, \"low\": 0, \"high\": 0, \"level\": 1}")
                .interval())
        .isEqualTo(Interval.exactly(0));
  }

  @Test
  void recordWithoutASuccessProbability_isNone() throws IOException {
    Files.writeString(
        folder.resolve("a.run.json"),
        "{\"prompts\": [{\"id\": \"p\", \"success_probability\": null}]}");
    assertThat(SuccessReader.beside(folder.resolve("a.jsonl"))).isEmpty();
    assertThat(SuccessReader.beside(folder.resolve("b.jsonl"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"value\": 0.2, \"low\": 0.3, \"high\": 0.1}",
        "{\"value\": 0.2, \"low\": \"much\", \"high\": 0.1}",
        "{\"value\": 0.2, \"low\": 0.1, \"high\": 0.3, \"high_kind\": \"sure\"}",
        "{\"value\": 0.2, \"low\": 0.1, \"high\": 0.3, \"bias\": \"some\"}"
      })
  void recordsThatMakeNoSense_areRefused(String success) {
    assertThatThrownBy(() -> read("success_probability", success))
        .isInstanceOf(TableException.class)
        .hasMessageContaining("a.run.json");
  }
}
