package io.tailwalk.runs.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.model.Capabilities;
import io.tailwalk.core.model.Capability;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.probe.ProbeOutcome;
import io.tailwalk.core.probe.ProbeReport;
import io.tailwalk.core.probe.ProbeResult;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The bytes that programs read. */
class ModelJsonTest {

  @Test
  void list_oneLinePerModel() {
    var list =
        new ModelList(
            List.of(
                new ModelList.Entry("builtin:x", true, 0, "a \"model\""),
                new ModelList.Entry("gguf:y.gguf", false, 5_000_000_000L, "not readable")));
    assertThat(list.json())
        .containsExactly(
            "{\"model\":\"builtin:x\",\"usable\":true,\"bytes\":0,\"description\":\"a \\\"model\\\"\"}",
            "{\"model\":\"gguf:y.gguf\",\"usable\":false,\"bytes\":5000000000,"
                + "\"description\":\"not readable\"}");
  }

  @Test
  void check_oneLine() {
    var result = new ProbeResult("rollback", ProbeOutcome.OK, "3 of 3", "what it means");
    var check =
        new ModelCheck(
            new ModelIdentity("m", "one line", "abc"),
            new ProbeReport(List.of(result), 0.5, Double.NaN),
            new Capabilities(
                Set.of(Capability.SCORE),
                Capabilities.LogProbKind.RAW,
                Capabilities.SeedUse.STRICT),
            true,
            Optional.of(new ChatExample("the template", "<u>hi", 3, null)));
    assertThat(check.json())
        .isEqualTo(
            "{\"model\":\"m\",\"description\":\"one line\",\"hash\":\"abc\","
                + "\"exactness_possible\":"
                + check.exactnessPossible()
                + ",\"band_nats\":0.5,\"band_total_variation\":null,"
                + "\"capabilities\":\"the log-probabilities of given tokens\",\"samplers\":[],\"children\":[],"
                + "\"chat\":{\"template\":\"the template\",\"example\":\"<u>hi\",\"tokens\":3,"
                + "\"error\":null},\"checks\":[{\"check\":"
                + "\"rollback\",\"outcome\":\"ok\",\"measured\":\"3 of 3\",\"meaning\":"
                + "\"what it means\"}]}");
  }
}
