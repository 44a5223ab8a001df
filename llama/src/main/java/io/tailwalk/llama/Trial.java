package io.tailwalk.llama;

import io.tailwalk.core.model.ModelException;
import io.tailwalk.llama.gguf.GgufFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/*
 * llama.cpp answers a damaged file with an error or with the end of the process, and no check in Java
 * can know all the ways. So a file that was never opened with a library is loaded, encoded with and
 * decoded once in a process that may end. This guards against accidents, not against attacks: the
 * process has the rights of its user.
 */
/** A model file opened in a process of its own before it is opened in this one. */
final class Trial {
  /** The time limit of a small file; larger ones have a second more for each 10 MB. */
  static final Duration LIMIT = Duration.ofMinutes(2);

  private static final long BYTES_PER_SECOND = 10_000_000;
  private static final int MAX_OUTPUT = 1 << 16;
  private static final Duration LAST_WORDS = Duration.ofSeconds(60);

  private Trial() {}

  /**
   * Tries a file, unless it has passed before with the same library.
   *
   * @param fingerprint the hash of the model
   * @param library the library's file
   * @throws ModelException if the file ends the process or is refused there, or if no process can
   *     be started
   */
  static void require(GgufFile file, String fingerprint, Path library, LlamaOptions options) {
    TrialMemory memory = TrialMemory.of(fingerprint, library, options);
    if (!memory.isPassed()) {
      Duration limit = LIMIT.plusSeconds(file.fileBytes() / BYTES_PER_SECOND);
      run(file.path(), limit, TrialCommand.of(file, library, options));
      memory.pass();
    }
  }

  /**
   * Runs the process of a trial.
   *
   * @throws ModelException unless the file passes
   */
  static void run(Path file, Duration limit, ProcessBuilder command) {
    Process process;
    try {
      process = command.redirectErrorStream(true).start();
    } catch (IOException | UnsupportedOperationException | SecurityException e) {
      throw TrialVerdict.notTried(file, String.valueOf(e.getMessage()), e);
    }
    StringBuilder output = new StringBuilder();
    try (InputStream in = process.getInputStream()) {
      Thread reader = Thread.ofVirtual().name("trial of a model").start(() -> read(in, output));
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      process.destroyForcibly();
      var _ = reader.join(LAST_WORDS);
      if (!ended) {
        throw TrialVerdict.tooSlow(file, limit);
      }
      synchronized (output) {
        TrialVerdict.require(file, process.exitValue(), output.toString().lines().toList());
      }
    } catch (IOException e) {
      throw TrialVerdict.notTried(file, String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException("interrupted while " + file + " was tried", e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Keeps the beginning, and reads the rest too, so that the process never waits for a reader. */
  private static void read(InputStream in, StringBuilder output) {
    byte[] block = new byte[1 << 12];
    try {
      for (int count = in.read(block); count >= 0; count = in.read(block)) {
        synchronized (output) {
          if (output.length() < MAX_OUTPUT) {
            output.append(new String(block, 0, count, StandardCharsets.UTF_8));
          }
        }
      }
    } catch (IOException _) {
      return; // the process was ended
    }
  }
}
