package io.tailwalk.llama;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tiny models of all architectures with one damaged entry or tensor end in a sentence or run:
 * checked in a separate JVM, in which every file is tried before it is opened.
 */
class HostileTest {
  private static final int ALL = 400_000;

  @TempDir Path folder;

  @Test
  void open_someDamages_neverCrash() throws Exception {
    assertSurvives(10_007, Optional.empty());
  }

  @Tag("slow")
  @Test
  void open_manyDamages_neverCrash() throws Exception {
    for (Optional<Path> library : TestModels.libraries()) {
      assertSurvives(397, library);
    }
  }

  private void assertSurvives(int step, Optional<Path> library)
      throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                HostileMain.class.getName(),
                folder.toString(),
                "11",
                Integer.toString(ALL),
                Integer.toString(step),
                "false"));
    library.ifPresent(path -> command.add(path.toString()));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(30, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String last = Files.readString(folder.resolve("number"));
    assertThat(process.exitValue())
        .as("exit status at damage %s; it wrote:%n%s", last, Files.readString(log))
        .isZero();
    assertThat(last).endsWith(" end");
  }
}
