package io.tailwalk.lab.codetests;

import io.tailwalk.builtin.ngram.ByteVocabulary;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.Verifier;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What Python prints for calls of the function in the prompt. A verifier that runs code says it:
 * the reason why {@code assert CALL and 0, repr(CALL)} fails is the message behind the comma. Each
 * call and each line is run once. Belongs to one thread.
 */
final class CallResults {
  private static final Vocabulary BYTES = ByteVocabulary.INSTANCE;
  private static final String FAILED = "AssertionError: ";

  private final Verifier verifier;
  private final Map<String, Optional<byte[]>> known = new HashMap<>();
  private final Map<String, Boolean> lines = new HashMap<>();

  /** The verifier runs the prompt with the completion behind it; it stays the caller's. */
  CallResults(Verifier verifier) {
    this.verifier = verifier;
  }

  /**
   * The result of a call as Python writes it, in UTF-8; empty where the call fails, or where what
   * is written is no Python that equals it.
   *
   * @param arguments of the function with their brackets, and whatever is behind them
   */
  Optional<byte[]> of(String arguments) {
    return known.computeIfAbsent(arguments, this::ask);
  }

  private Optional<byte[]> ask(String arguments) {
    String call = CodeTask.FUNCTION + arguments;
    return verifier
        .reason(line(arguments + " and 0, repr(" + call + ")"))
        .filter(reason -> reason.contains(FAILED))
        .map(reason -> reason.substring(reason.indexOf(FAILED) + FAILED.length()))
        .filter(result -> passes(arguments + ExactLine.EQUALS + result))
        .map(result -> result.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a whole line passes when it is run. */
  boolean passes(String line) {
    return lines.computeIfAbsent(line, text -> verifier.logReward(line(text)) == 0);
  }

  private Candidate line(String text) {
    return Candidate.complete(
        Prompt.text(CodeTask.PROMPT), BYTES, BYTES.encode(text), FinishReason.STOP);
  }
}
