package io.tailwalk.lab.codetests;

import io.tailwalk.builtin.ngram.ByteVocabulary;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.Verifier;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The results that Python prints for calls of a function. They come from a verifier that runs code:
 * the reason why {@code assert CALL and 0, repr(CALL)} fails is the message after the comma. Each
 * call and each line is run once. Not thread-safe.
 */
final class CallResults {
  private static final Vocabulary BYTES = ByteVocabulary.INSTANCE;
  private static final String FAILED = "AssertionError: ";

  private final TestedFunction function;
  private final Verifier verifier;
  private final Map<String, Optional<byte[]>> known = new HashMap<>();
  private final Map<String, Boolean> lines = new HashMap<>();

  /** The verifier runs the prompt followed by the completion; the caller closes it. */
  CallResults(TestedFunction function, Verifier verifier) {
    this.function = function;
    this.verifier = verifier;
  }

  /**
   * The result of a call as Python writes it, in UTF-8; empty if the call fails or if the written
   * text is not a Python expression equal to the result.
   *
   * @param arguments arguments of the function with their brackets, and any text after them
   */
  Optional<byte[]> of(String arguments) {
    return known.computeIfAbsent(arguments, this::ask);
  }

  private Optional<byte[]> ask(String arguments) {
    String call = function.symbol() + arguments;
    return verifier
        .reason(line(arguments + " and 0, repr(" + call + ")"))
        .filter(reason -> reason.contains(FAILED))
        .map(reason -> reason.substring(reason.indexOf(FAILED) + FAILED.length()))
        .filter(result -> passes(arguments + ExactLine.EQUALS + result))
        .map(result -> result.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a complete line passes when it is run. */
  boolean passes(String line) {
    return lines.computeIfAbsent(line, text -> verifier.logReward(line(text)) == 0);
  }

  private Candidate line(String text) {
    return Candidate.complete(function.prompt(), BYTES, BYTES.encode(text), FinishReason.STOP);
  }
}
