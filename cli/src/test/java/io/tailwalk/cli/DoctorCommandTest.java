package io.tailwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.records.JsonText;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DoctorCommandTest {
  @Test
  void builtinModel_isExactInEveryCheck() {
    CliRun run = CliRun.of("doctor", "--model", "builtin:austen", "--json");
    assertThat(run.code()).as(run.err()).isEqualTo(0);
    JsonNode json = JsonText.parse(run.out());
    assertThat(json.path("exactness_possible").asBoolean()).isTrue();
    assertThat(json.path("band_nats").doubleValue()).isEqualTo(0.0);
    assertThat(json.path("checks").size()).isGreaterThan(8);
    assertThat(json.path("checks").findValuesAsString("outcome")).doesNotContain("fail");
  }

  @Test
  void model_needsNoFlag() {
    CliRun run = CliRun.of("doctor", "builtin:austen", "--json");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(JsonText.parse(run.out()).path("model").asString()).isEqualTo("builtin:austen");
    CliRun none = CliRun.of("doctor");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err().strip().lines()).hasSize(1);
    CliRun two = CliRun.of("doctor", "--model", "builtin:austen", "builtin:austen");
    assertThat(two.code()).isEqualTo(2);
  }

  @Test
  void people_getATable() {
    CliRun run = CliRun.of("doctor", "--model", "builtin:austen");
    assertThat(run.out()).contains("rollback").contains("Exact sampling is possible");
  }
}
