package io.tailwalk.llama;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged headers end in an exception, not in a crash: checked in a separate JVM. */
class FuzzTest {
  @TempDir Path folder;

  @Test
  void open_bitsOfTheHeaderFlipped_neverCrashes() throws Exception {
    assertSurvives(0, 120);
  }

  @Tag("slow")
  @Test
  void open_bitsOfTheHeaderFlippedManyTimes_neverCrashes() throws Exception {
    assertSurvives(120, 5_000);
  }

  private void assertSurvives(int from, int to) throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "io.tailwalk.llama.FuzzMain",
            Integer.toString(from),
            Integer.toString(to),
            folder.toString());
    builder.environment().put("GGML_NO_BACKTRACE", "1");
    Process process =
        builder
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue())
        .as(
            "exit status of the child; it was at seed %s and wrote:%n%s",
            Files.readString(folder.resolve("seed")), Files.readString(log))
        .isZero();
  }
}
