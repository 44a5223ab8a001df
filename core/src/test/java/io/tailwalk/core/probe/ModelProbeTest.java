package io.tailwalk.core.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.probe.FaultyModel.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fault is found by its check, and a sound model passes all. */
class ModelProbeTest {
  private static ProbeReport probe(Fault fault) {
    AtomicLong clock = new AtomicLong();
    double reported = fault == Fault.PROCESSED ? 0.5 : 1.0;
    ProbeSettings settings =
        new ProbeSettings(
            () -> clock.addAndGet(1_000_000_000L),
            List.of("Once", "Twice"),
            8,
            Optional.of(temperature -> new FaultyModel(fault, reported)));
    return ModelProbe.run(new FaultyModel(fault, 1.0), settings);
  }

  private static Map<String, ProbeOutcome> outcomes(ProbeReport report) {
    return report.results().stream()
        .collect(Collectors.toMap(ProbeResult::check, ProbeResult::outcome));
  }

  @Test
  void run_soundModel_isOkThroughout() {
    ProbeReport report = probe(Fault.NONE);
    assertThat(report.results())
        .allSatisfy(result -> assertThat(result.outcome()).isEqualTo(ProbeOutcome.OK));
    assertThat(report.results()).hasSize(12);
    assertThat(report.exactnessPossible()).isTrue();
    assertThat(report.band()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "TOP_K, full log-probabilities, FAIL",
    "SCORES_SHIFTED, scoring of given tokens, FAIL",
    "SCORING_UNSUPPORTED, scoring of given tokens, FAIL",
    "FORKS_DISTURB, fork, FAIL",
    "ROLLBACK_FORGETS, rollback, FAIL",
    "ROLLBACK_SLOW, rollback, WARN",
    "NOISY, numerical band, FAIL",
    "PROCESSED, raw or processed, FAIL",
    "DOUBLE_BOS, beginning of text, FAIL",
    "SPACE_BEFORE, tokenizer round trip, WARN",
    "CONTROL_BYTES_LOST, tokenizer round trip, WARN",
    "NO_TOKENIZER, tokenizer round trip, WARN"
  })
  void run_fault_isFound(Fault fault, String check, ProbeOutcome outcome) {
    ProbeReport report = probe(fault);
    assertThat(outcomes(report)).containsEntry(check, outcome);
    assertThat(report.exactnessPossible()).isEqualTo(outcome != ProbeOutcome.FAIL);
  }

  @Test
  void run_speed_countsTokensByTheClock() {
    ProbeReport report = probe(Fault.NONE);
    ProbeResult eight =
        report.results().stream()
            .filter(result -> result.check().equals("speed at batch 8"))
            .findFirst()
            .orElseThrow();
    assertThat(eight.measured()).isEqualTo("56 tokens/s");
  }
}
