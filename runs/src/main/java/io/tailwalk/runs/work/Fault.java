package io.tailwalk.runs.work;

import io.tailwalk.core.Addresses;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.verify.RewardException;
import io.tailwalk.core.verify.VerifierException;
import io.tailwalk.records.TableException;
import java.util.Optional;

/**
 * What went wrong, in one sentence, and on which side.
 *
 * @param kind the side
 * @param setting the setting that the sentence is about, if it is one
 * @param sentence one line, without the setting
 */
public record Fault(Kind kind, Optional<String> setting, String sentence) {
  /** The side on which something went wrong. */
  public enum Kind {
    /** What was given cannot be used as it stands. */
    INPUT,
    /** The work began and could not be finished. */
    WORK,
    /** The memory did not suffice. */
    MEMORY,
    /** A class of an optional part is not on the class path. */
    MISSING_PART,
    /** An error of the library itself. */
    INTERNAL
  }

  private static final String OUT_OF_MEMORY =
      "out of memory; request less at a time (completions, children, walks, particles,"
          + " threads), or give Java more with JAVA_TOOL_OPTIONS=-Xmx8g";

  /** The fault behind any failure. */
  public static Fault of(Throwable failure) {
    if (isOutOfMemory(failure)) {
      return new Fault(Kind.MEMORY, Optional.empty(), OUT_OF_MEMORY);
    }
    return switch (failure) {
      case InputException e ->
          new Fault(
              Kind.INPUT, e.setting(), oneLine(e.setting().isPresent() ? e.sentence() : said(e)));
      case TableException _, ModelException _, RewardException _ -> plain(Kind.INPUT, failure);
      case RunException _, VerifierException _ -> plain(Kind.WORK, failure);
      case LinkageError _ -> plain(Kind.MISSING_PART, failure);
      default -> new Fault(Kind.INTERNAL, Optional.empty(), oneLine(String.valueOf(failure)));
    };
  }

  private static Fault plain(Kind kind, Throwable failure) {
    return new Fault(kind, Optional.empty(), oneLine(said(failure)));
  }

  private static String said(Throwable failure) {
    return String.valueOf(failure.getMessage());
  }

  private static String oneLine(String text) {
    return Addresses.withoutSecrets(text.strip().replaceAll("\\s*\\R\\s*", " "));
  }

  private static boolean isOutOfMemory(Throwable failure) {
    Throwable cause = failure;
    while (cause != null && !(cause instanceof OutOfMemoryError)) {
      cause = cause.getCause();
    }
    return cause != null;
  }
}
