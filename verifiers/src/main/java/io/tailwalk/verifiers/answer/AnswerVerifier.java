package io.tailwalk.verifiers.answer;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.VerifierException;
import io.tailwalk.verifiers.spec.PromptFields;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Passes completions that give a known answer, the same for all prompts or one from each prompt's
 * row. {@code exact} requires exactly the answer, ignoring surrounding whitespace, and knows for
 * every prefix whether it can still become the answer; {@code answer} searches for the answer in
 * prose, so that every prefix may still pass.
 */
public final class AnswerVerifier implements Verifier {
  private static final double NEVER = Double.NEGATIVE_INFINITY;

  /** Most characters of an answer in a reason. */
  private static final int MAX_SHOWN = 80;

  private final String kind;
  private final String given;
  private final PromptFields fields;

  private AnswerVerifier(String kind, String given, PromptFields fields) {
    if (given.isBlank() || given.equals("@")) {
      throw new IllegalArgumentException(
          kind + ": needs the answer, or @ and a field of the prompts' rows: " + kind + ":@answer");
    }
    fields.require(kind, given);
    this.kind = kind;
    this.given = given;
    this.fields = fields;
  }

  /**
   * The verifier of {@code answer:TEXT}.
   *
   * @param given the answer, or {@code @field}
   */
  public static AnswerVerifier inProse(String given, PromptFields fields) {
    return new AnswerVerifier("answer", given, fields);
  }

  /**
   * The verifier of {@code exact:TEXT}.
   *
   * @param given the text, or {@code @field}
   */
  public static AnswerVerifier exact(String given, PromptFields fields) {
    return new AnswerVerifier("exact", given, fields);
  }

  @Override
  public String name() {
    return kind + ":" + given;
  }

  @Override
  public Map<String, String> sources() {
    return fields.sources(given);
  }

  @Override
  public double logReward(Candidate complete) {
    String expected = expected(complete.prompt());
    boolean passes =
        isExact()
            ? progress(complete, expected) == Progress.DONE
            : complete.isWellFormed() && FinalAnswer.agrees(complete.text(), expected);
    return passes ? 0 : NEVER;
  }

  @Override
  public Optional<String> reason(Candidate complete) {
    if (logReward(complete) == 0) {
      return Optional.empty();
    }
    if (isExact()) {
      return Optional.of(
          "the text is '"
              + shown(complete.text())
              + "', expected '"
              + shown(expected(complete.prompt()))
              + "'");
    }
    if (!complete.isWellFormed()) {
      return Optional.of("the text ends inside a character, or its bytes are not UTF-8");
    }
    String expected = shown(FinalAnswer.wanted(expected(complete.prompt())).text());
    return Optional.of(
        FinalAnswer.stated(complete.text())
            .map(found -> "the answer is " + shown(found) + ", expected " + expected)
            .orElse(
                (FinalAnswer.isMarked(complete.text())
                        ? "the last answer is asked, supposed, taken back or only a part of what is said"
                        : "no answer found")
                    + ", expected "
                    + expected));
  }

  /** The last part of a text in one line without control characters. */
  private static String shown(String text) {
    String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\s]++", " ").strip();
    int start = Math.max(0, line.length() - MAX_SHOWN);
    start += start > 0 && Character.isLowSurrogate(line.charAt(start)) ? 1 : 0;
    return (start > 0 ? "..." : "") + line.substring(start);
  }

  @Override
  public boolean passesOrFails() {
    return true;
  }

  @Override
  public double logRewardBound() {
    return 0;
  }

  @Override
  public ValueFunction prefixValue() {
    return isExact() ? new CanStillMatch() : ValueFunction.ONE;
  }

  /** 1 if the text so far can still become the expected one; its zeros are proofs. */
  private final class CanStillMatch implements ValueFunction {
    @Override
    public double logValue(Candidate prefix) {
      return progress(prefix, expected(prefix.prompt())) == Progress.FAILED ? NEVER : 0;
    }

    @Override
    public ValueFunction proof() {
      return this;
    }
  }

  private boolean isExact() {
    return kind.equals("exact");
  }

  private String expected(Prompt prompt) {
    try {
      return fields.text(kind, given, prompt);
    } catch (IllegalArgumentException e) {
      throw new VerifierException(String.valueOf(e.getMessage()), e);
    }
  }

  private enum Progress {
    FAILED,
    UNDER_WAY,
    DONE
  }

  /** Progress of a text in bytes, because a prefix may end within a character. */
  private static Progress progress(Candidate candidate, String expected) {
    byte[] want = expected.strip().getBytes(StandardCharsets.UTF_8);
    byte[] text = candidate.bytes();
    int at = 0;
    while (at < text.length && isBlank(text[at])) {
      at++;
    }
    int matched = 0;
    while (at < text.length && matched < want.length && text[at] == want[matched]) {
      at++;
      matched++;
    }
    while (matched == want.length && at < text.length && isBlank(text[at])) {
      at++;
    }
    if (at < text.length) {
      return Progress.FAILED;
    }
    return matched == want.length ? Progress.DONE : Progress.UNDER_WAY;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
