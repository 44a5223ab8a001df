package io.tailwalk.llama;

import io.tailwalk.core.model.ModelException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the end of a trial says about the file. */
final class TrialVerdict {
  private static final int MAX_REASON = 300;
  private static final int MAX_SENTENCE = 2_000;

  /** On POSIX systems the exit value of a process that a signal ended is above this number. */
  private static final int FIRST_SIGNAL = 128;

  private static final Map<Integer, String> SIGNALS =
      Map.of(4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV");

  /** The line in which a JVM says why it ends. */
  private static final Pattern JVM_FAULT = Pattern.compile("^# +(SIG[A-Z]+|EXCEPTION_[A-Z_]+)");

  /** Lines in which the library says why it ends the process. */
  private static final List<String> REASONS =
      List.of("GGML_ASSERT", "GGML_ABORT", "what():", "fatal error", "terminate called");

  /** In an assertion of the library's flash attention. */
  private static final String FLASH_ATTENTION = "fattn";

  /** Lines in which a JVM says that it has failed itself, before or instead of the program. */
  private static final List<String> JAVA_FAULTS =
      List.of(
          "Exception in thread",
          "Exception: java.lang.",
          "OutOfMemoryError",
          "There is insufficient memory for the Java Runtime Environment",
          "Could not reserve enough space",
          "Could not create the Java Virtual Machine");

  private TrialVerdict() {}

  /**
   * Accepts a file that passed.
   *
   * @param exit exit value of the process
   * @param output the lines that it wrote
   * @throws ModelException if the file did not pass
   */
  static void require(Path file, int exit, List<String> output) {
    List<String> steps =
        output.stream()
            .filter(line -> line.startsWith(TrialMain.MARK))
            .map(line -> line.substring(TrialMain.MARK.length()))
            .toList();
    String last = steps.isEmpty() ? "" : steps.getLast();
    if (exit == 0 && last.equals(TrialMain.DONE)) {
      return;
    }
    if (exit == TrialMain.REFUSAL && last.startsWith(TrialMain.REFUSED)) {
      throw new ModelException(printable(last.substring(TrialMain.REFUSED.length()), MAX_SENTENCE));
    }
    if (last.startsWith(TrialMain.FAILED)) {
      throw notTried(file, last.substring(TrialMain.FAILED.length()), null);
    }
    Optional<String> own = output.stream().filter(TrialVerdict::isOfJava).findFirst();
    if (own.isPresent()) {
      throw notTried(file, own.get().replaceFirst("^[#\\s]+", ""), null);
    }
    if (steps.isEmpty()) {
      String first = output.isEmpty() ? "it ended with exit code " + exit : output.getFirst();
      throw notTried(file, first, null);
    }
    String end = end(exit, output);
    if (end.contains(FLASH_ATTENTION)) {
      throw new ModelException(
          "llama.cpp ends the process while %s %s: %s; this library's flash attention does not compute with the cache's number type, so omit --flash-attn or choose another --cache-type"
              .formatted(last, file, end));
    }
    throw new ModelException(
        "llama.cpp ends the process while %s %s: %s; the file is damaged or not of a kind that this library supports, so fetch it again, or name another libllama with --lib"
            .formatted(last, file, end));
  }

  private static boolean isOfJava(String line) {
    return !line.startsWith(TrialMain.MARK) && JAVA_FAULTS.stream().anyMatch(line::contains);
  }

  /** No process could be started, so nothing is known about the file. */
  static ModelException notTried(Path file, String why, @Nullable Throwable cause) {
    String sentence =
        "cannot try %s in a separate Java process: %s; if the file is sound, open it without (--trust, or LlamaOptions.withTrust(true))"
            .formatted(file, printable(why, MAX_REASON));
    return cause == null ? new ModelException(sentence) : new ModelException(sentence, cause);
  }

  /** The process was ended at the limit. */
  static ModelException tooSlow(Path file, Duration limit) {
    return new ModelException(
        "%s was not opened within %d seconds in a separate process; if the file is sound and the machine slow, open it without (--trust)"
            .formatted(file, limit.toSeconds()));
  }

  private static String end(int exit, List<String> output) {
    String ending =
        output.stream()
            .map(JVM_FAULT::matcher)
            .filter(Matcher::find)
            .map(found -> found.group(1))
            .findFirst()
            .orElseGet(() ->
                Optional.ofNullable(SIGNALS.get(exit - FIRST_SIGNAL)).orElse("exit code " + exit));
    return output.stream()
        .filter(line -> !line.startsWith("#") && REASONS.stream().anyMatch(line::contains))
        .findFirst()
        .map(line -> ending + ", " + printable(line, MAX_REASON))
        .orElse(ending);
  }

  /** Output of the library on one line, without control characters, shortened. */
  private static String printable(String text, int most) {
    String line = text.strip().replaceAll("\\p{C}", "?");
    return line.length() <= most ? line : line.substring(0, most) + "...";
  }
}
