package io.tailwalk.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines run in processes of their own, which can be killed and redirected. */
public final class ChildRun {
  private ChildRun() {}

  /** The process of a command line, not started yet. */
  public static ProcessBuilder of(List<String> options, String... words) {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    all.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
    all.addAll(options);
    all.add(Main.class.getName());
    all.addAll(List.of(words));
    return new ProcessBuilder(all);
  }

  /** The process of a command line as one command of a shell, with {@code RUN} in its place. */
  public static ProcessBuilder inShell(String script, String... words) throws IOException {
    StringBuilder line = new StringBuilder();
    for (String word : of(List.of(), words).command()) {
      line.append('\'').append(word.replace("'", "'\\''")).append("' ");
    }
    return new ProcessBuilder("bash", "-c", script.replace("RUN", line.toString().strip()));
  }
}
