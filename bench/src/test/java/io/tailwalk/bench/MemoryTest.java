package io.tailwalk.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.sampling.Samplers;
import io.tailwalk.sampling.Sampling;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Long runs in little memory: the tables of docs/performance.md. */
class MemoryTest {
  private static final int VOCABULARY = 49_152;
  private static final Vocabulary WORDS = FreeModel.words(VOCABULARY);
  private static final FreeModel MODEL = new FreeModel(VOCABULARY, Overhead.LENGTH);

  /** The distributions of the prefixes of this run take ten times the memory of its tree. */
  @ParameterizedTest
  @ValueSource(strings = {"vgb", "vgb-momentum", "smc", "auto", "particle-gibbs", "best-of-n"})
  void run_ofALargeTree_isEndedByItsBudget(String sampler) {
    Sampling sampling = Memory.run(WORDS, MODEL, sampler, 3_000, 60L << 20);
    assertThat(sampling.stopReason()).isEqualTo(StopReason.MODEL_TOKENS);
    assertThat(sampling.cost().modelTokens()).isBetween(3_000L, 3_600L);
    assertThat(sampling.diagnostics().counts()).containsKey("recomputed_tokens");
  }

  private static Stream<String> samplers() {
    return Samplers.names().stream();
  }

  /** A heap of 2 GiB of its own. */
  @Tag("slow")
  @ParameterizedTest
  @MethodSource("samplers")
  void run_ofAMillionTokens_fits2GiB(String sampler) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                Memory.class.getName(),
                "1000000",
                sampler)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output)
        .containsPattern("\\| (model-tokens|done) \\|")
        .doesNotContain("out of memory");
  }

  private static String classPath() {
    String own = Memory.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return own + File.pathSeparator + System.getProperty("java.class.path");
  }
}
