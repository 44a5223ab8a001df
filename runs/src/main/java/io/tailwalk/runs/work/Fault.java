package io.tailwalk.runs.work;

import io.tailwalk.core.Addresses;
import io.tailwalk.core.HeapAdvice;
import io.tailwalk.core.ServerKey;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.verify.RewardException;
import io.tailwalk.core.verify.VerifierException;
import io.tailwalk.records.TableException;
import io.tailwalk.train.torch.MissingEngineException;
import java.util.Optional;

/**
 * The cause of a failure, in one sentence, with its kind.
 *
 * @param kind the kind of failure
 * @param setting the setting that the sentence is about, if any
 * @param sentence one line, without the setting
 */
public record Fault(Kind kind, Optional<String> setting, String sentence) {
  /** The kinds of failure. */
  public enum Kind {
    /** The input is invalid. */
    INPUT,
    /** The work started but failed. */
    WORK,
    /** There was not enough memory. */
    MEMORY,
    /** A class of an optional module is not on the class path. */
    MISSING_PART,
    /** A bug in the library. */
    INTERNAL
  }

  private static final String OUT_OF_MEMORY =
      "out of memory; request less at a time (completions, children, walks, particles,"
          + " threads), or "
          + HeapAdvice.larger();

  private static final String TOO_DEEP =
      "an input is nested too deeply; nest it less, or give Java a larger stack with"
          + " JDK_JAVA_OPTIONS=-Xss64m";

  /** Returns the fault that describes an exception. */
  public static Fault of(Throwable failure) {
    if (isOutOfMemory(failure)) {
      return new Fault(Kind.MEMORY, Optional.empty(), OUT_OF_MEMORY);
    }
    return switch (failure) {
      case InputException e ->
          new Fault(
              Kind.INPUT, e.setting(), oneLine(e.setting().isPresent() ? e.sentence() : said(e)));
      case TableException _, ModelException _, RewardException _, MissingEngineException _ ->
          plain(Kind.INPUT, failure);
      case RunException _, VerifierException _ -> plain(Kind.WORK, failure);
      case StackOverflowError _ -> new Fault(Kind.INPUT, Optional.empty(), TOO_DEEP);
      case LinkageError _ -> plain(Kind.MISSING_PART, failure);
      default ->
          new Fault(
              Kind.INTERNAL,
              Optional.empty(),
              oneLine(ServerKey.withoutHeader(String.valueOf(failure))));
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
