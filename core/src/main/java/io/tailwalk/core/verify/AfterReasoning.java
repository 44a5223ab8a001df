package io.tailwalk.core.verify;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.ReasoningScan.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Judges the answers of models that reason first: another verifier sees only the text after the
 * first closing tag and the whitespace behind it. A completion that does not close its reasoning
 * fails. Before the closing tag the value of a prefix is 1, because nothing is known of the answer;
 * after it, the value is the other verifier's value of the answer so far, with its masks.
 */
public final class AfterReasoning implements Verifier {
  private final Verifier inner;
  private final ReasoningTags tags;
  private final Predicate<Prompt> closed;
  private final ReasoningScan scan;

  /**
   * Judges answers by a verifier, which is closed with this one.
   *
   * @param closed whether a prompt, as the model reads it, already closes the reasoning, so that
   *     the completion is the answer; see {@link ReasoningTags#closedBy}
   */
  public AfterReasoning(Verifier inner, ReasoningTags tags, Predicate<Prompt> closed) {
    this.inner = inner;
    this.tags = tags;
    this.closed = closed;
    this.scan = new ReasoningScan(tags.close());
  }

  /** Judges answers by a verifier, for prompts of which none closes the reasoning. */
  public AfterReasoning(Verifier inner, ReasoningTags tags) {
    this(inner, tags, _ -> false);
  }

  /** The tags of the reasoning. */
  public ReasoningTags tags() {
    return tags;
  }

  /**
   * Number of tokens of the reasoning, up to the one that ends the closing tag; all tokens if the
   * reasoning is not closed, 0 if the prompt closes it.
   */
  public int reasoningTokens(Candidate candidate) {
    return place(candidate).reasoningTokens();
  }

  /** The answer as the inner verifier sees it; empty if the reasoning is not closed. */
  public Optional<Candidate> answer(Candidate candidate) {
    Place place = place(candidate);
    return scan.isInside(place.state()) ? Optional.empty() : Optional.of(cut(candidate, place));
  }

  private Place place(Candidate candidate) {
    return scan.place(candidate, closed.test(candidate.prompt()));
  }

  private static Candidate cut(Candidate candidate, Place place) {
    int[] all = candidate.tokenIds();
    boolean empty = place.from() == all.length;
    return new Candidate(
        candidate.prompt(),
        candidate.vocabulary(),
        Arrays.copyOfRange(all, place.from(), all.length),
        candidate.finishReason(),
        empty ? 0 : candidate.stopLength(),
        place.skipped());
  }

  @Override
  public String name() {
    return inner.name() + " after " + tags.close();
  }

  @Override
  public Map<String, String> sources() {
    return inner.sources();
  }

  @Override
  public double logReward(Candidate complete) {
    return answer(complete).map(inner::logReward).orElse(Double.NEGATIVE_INFINITY);
  }

  @Override
  public void logRewards(List<Candidate> complete, double[] out) {
    batch(complete, out, Double.NEGATIVE_INFINITY, inner::logRewards);
  }

  private interface Batch {
    void into(List<Candidate> answers, double[] out);
  }

  /** Scores the answers of candidates in one batch; those without an answer have a given score. */
  private void batch(List<Candidate> all, double[] out, double unclosed, Batch scores) {
    List<Candidate> answers = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      out[i] = unclosed;
      Optional<Candidate> answer = answer(all.get(i));
      if (answer.isPresent()) {
        answers.add(answer.get());
        places.add(i);
      }
    }
    if (answers.isEmpty()) {
      return;
    }
    double[] found = new double[answers.size()];
    scores.into(answers, found);
    for (int j = 0; j < found.length; j++) {
      out[places.get(j)] = found[j];
    }
  }

  @Override
  public ChildScores childLogRewards(Candidate prefix, FinishReason reason) {
    return children(
        prefix,
        Double.NEGATIVE_INFINITY,
        answer -> inner.childLogRewards(answer, reason),
        child -> logReward(child.complete(reason)));
  }

  private interface Single {
    double of(Candidate child);
  }

  private interface Extensions {
    ChildScores of(Candidate answer);
  }

  /**
   * Scores of one-token extensions: the inner verifier's own after the closing tag, except of
   * tokens that only begin the answer in their middle, which are scored one by one.
   */
  private ChildScores children(
      Candidate prefix, double unclosed, Extensions extensions, Single single) {
    Place place = place(prefix);
    boolean inside = scan.isInside(place.state());
    if (!inside && !scan.isGap(place.state())) {
      return extensions.of(cut(prefix, place));
    }
    BitSet leaving = scan.leaving(prefix.vocabulary(), place.state());
    ChildScores others = inside ? _ -> unclosed : extensions.of(cut(prefix, place));
    return new ChildScores() {
      @Override
      public double logScore(int token) {
        return leaving.get(token) ? single.of(prefix.extend(token)) : others.logScore(token);
      }

      @Override
      public void logScores(double[] out) {
        if (inside) {
          Arrays.fill(out, unclosed);
        } else {
          others.logScores(out);
        }
        for (int token = leaving.nextSetBit(0); token >= 0; token = leaving.nextSetBit(token + 1)) {
          out[token] = single.of(prefix.extend(token));
        }
      }
    };
  }

  @Override
  public Optional<String> reason(Candidate complete) {
    Optional<Candidate> answer = answer(complete);
    if (answer.isPresent()) {
      return inner.reason(answer.get());
    }
    boolean opens = complete.text().stripLeading().startsWith(tags.open());
    return Optional.of(
        opens
            ? "its reasoning is not closed by " + tags.close()
            : "it has no " + tags.close() + ", and it does not begin with " + tags.open());
  }

  @Override
  public double logRewardBound() {
    return inner.logRewardBound();
  }

  @Override
  public boolean passesOrFails() {
    return inner.passesOrFails();
  }

  @Override
  public boolean masksVocabulary() {
    return inner.masksVocabulary();
  }

  @Override
  public ValueFunction prefixValue() {
    return AnswerValue.of(this, inner.prefixValue());
  }

  @Override
  public void close() {
    inner.close();
  }

  /** The value of the answer so far, 1 inside the reasoning. */
  private record AnswerValue(AfterReasoning verifier, ValueFunction inner)
      implements ValueFunction {

    static ValueFunction of(AfterReasoning verifier, ValueFunction inner) {
      return inner.equals(ONE) ? ONE : new AnswerValue(verifier, inner);
    }

    @Override
    public ValueFunction proof() {
      ValueFunction proof = inner.proof();
      return proof.equals(inner) ? this : of(verifier, proof);
    }

    @Override
    public double logValue(Candidate prefix) {
      return verifier.answer(prefix).map(inner::logValue).orElse(0.0);
    }

    @Override
    public void logValues(List<Candidate> prefixes, double[] out) {
      verifier.batch(prefixes, out, 0, inner::logValues);
    }

    @Override
    public ChildScores childLogValues(Candidate prefix) {
      return verifier.children(prefix, 0, inner::childLogValues, this::logValue);
    }
  }
}
