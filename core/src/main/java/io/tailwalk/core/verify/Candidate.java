package io.tailwalk.core.verify;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A partial or complete response, as verifiers and value functions see it.
 *
 * @param prompt the prompt
 * @param vocabulary the meaning of the token ids
 * @param tokenIds the response so far, end token included when there is one; shared and read-only
 * @param finishReason present when the response is complete
 * @param stopLength bytes at the end of the text that belong to a stop string and are not part of
 *     the answer
 * @param skipped bytes at the beginning of the text that are not part of it, such as the end of a
 *     tag that shares a token with what follows
 */
@SuppressWarnings(
    "ArrayRecordComponent") // millions of candidates: boxed lists would cost ten times the memory
public record Candidate(
    Prompt prompt,
    Vocabulary vocabulary,
    int[] tokenIds,
    Optional<FinishReason> finishReason,
    int stopLength,
    int skipped) {

  /** A response whose text begins with its first token. */
  public Candidate(
      Prompt prompt,
      Vocabulary vocabulary,
      int[] tokenIds,
      Optional<FinishReason> finishReason,
      int stopLength) {
    this(prompt, vocabulary, tokenIds, finishReason, stopLength, 0);
  }

  /** A partial response. */
  public static Candidate partial(Prompt prompt, Vocabulary vocabulary, int[] tokenIds) {
    return new Candidate(prompt, vocabulary, tokenIds, Optional.empty(), 0);
  }

  /** A complete response without a stop string. */
  public static Candidate complete(
      Prompt prompt, Vocabulary vocabulary, int[] tokenIds, FinishReason reason) {
    return new Candidate(prompt, vocabulary, tokenIds, Optional.of(reason), 0);
  }

  /** This response with one more token, still partial. */
  public Candidate extend(int token) {
    int[] longer = Arrays.copyOf(tokenIds, tokenIds.length + 1);
    longer[tokenIds.length] = token;
    return new Candidate(prompt, vocabulary, longer, Optional.empty(), 0, skipped);
  }

  /** Whether no token can follow. */
  public boolean isComplete() {
    return finishReason.isPresent();
  }

  /** This response, completed for a reason. */
  public Candidate complete(FinishReason reason) {
    return new Candidate(prompt, vocabulary, tokenIds, Optional.of(reason), stopLength, skipped);
  }

  /** The text's bytes, stop string cut off. */
  public byte[] bytes() {
    byte[] all = vocabulary.decodeBytes(tokenIds);
    return stopLength == 0 && skipped == 0
        ? all
        : Arrays.copyOfRange(all, skipped, all.length - stopLength);
  }

  /** The text, stop string cut off; ill-formed UTF-8 becomes U+FFFD. */
  public String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** Whether the bytes are well-formed UTF-8: no character is cut in two. */
  public boolean isWellFormed() {
    return Utf8.characters(bytes()) >= 0;
  }

  /** Equal if prompt, tokens and ending are equal. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Candidate that
        && prompt.equals(that.prompt)
        && Arrays.equals(tokenIds, that.tokenIds)
        && finishReason.equals(that.finishReason)
        && stopLength == that.stopLength
        && skipped == that.skipped;
  }

  @Override
  public int hashCode() {
    return 31 * prompt.hashCode() + Arrays.hashCode(tokenIds);
  }

  @Override
  public String toString() {
    return "Candidate[" + text() + (isComplete() ? "]" : "...]");
  }
}
