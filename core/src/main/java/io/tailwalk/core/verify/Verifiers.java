package io.tailwalk.core.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Verifiers that need nothing but the JDK, and their conjunction. */
public final class Verifiers {
  private Verifiers() {}

  /**
   * Passes completions of well-formed UTF-8 that contain none of the characters. Case is ignored:
   * {@code avoid:e} also refuses {@code E}.
   *
   * @throws IllegalArgumentException if no character is given
   */
  public static Verifier avoid(String characters) {
    if (characters.isEmpty()) {
      throw new IllegalArgumentException(
          "avoid: needs at least one character, for example avoid:e");
    }
    return new AutomatonVerifier("avoid:" + characters, new TextAutomata.Avoid(characters));
  }

  /**
   * Passes completions of well-formed UTF-8 that have between {@code min} and {@code max}
   * characters (Unicode code points).
   *
   * @throws IllegalArgumentException unless {@code 0 <= min <= max}
   */
  public static Verifier length(int min, int max) {
    if (min < 0 || max < min) {
      throw new IllegalArgumentException(
          "length:MIN..MAX needs 0 <= MIN <= MAX, got " + min + ".." + max);
    }
    return new AutomatonVerifier("length:" + min + ".." + max, new TextAutomata.Length(min, max));
  }

  /** Passes everything, ill-formed UTF-8 too: the target is the base model. */
  public static Verifier any() {
    return new AutomatonVerifier("any", new TextAutomata.Any());
  }

  /** Rewards multiply: for pass/fail checks, all must pass. */
  public static Verifier allOf(List<Verifier> verifiers) {
    if (verifiers.isEmpty()) {
      throw new IllegalArgumentException("a conjunction needs at least one verifier");
    }
    return verifiers.size() == 1 ? verifiers.getFirst() : new AllOf(List.copyOf(verifiers));
  }

  private record AllOf(List<Verifier> parts) implements Verifier {
    @Override
    public String name() {
      return parts.stream().map(Verifier::name).collect(Collectors.joining(" and "));
    }

    @Override
    public Map<String, String> sources() {
      var all = new LinkedHashMap<String, String>();
      parts.forEach(part -> all.putAll(part.sources()));
      return all;
    }

    @Override
    public double logReward(Candidate complete) {
      double sum = 0;
      for (Verifier part : parts) {
        sum += part.logReward(complete);
        if (sum == Double.NEGATIVE_INFINITY) {
          return sum;
        }
      }
      return sum;
    }

    @Override
    public void logRewards(List<Candidate> complete, double[] out) {
      java.util.Arrays.fill(out, 0, complete.size(), 0.0);
      for (Verifier part : parts) {
        addWhereAlive(part, complete, out);
      }
    }

    /**
     * Later parts, which may be expensive, are called only for responses that pass the earlier
     * parts.
     */
    private static void addWhereAlive(Verifier part, List<Candidate> complete, double[] out) {
      List<Candidate> alive = new ArrayList<>();
      List<Integer> places = new ArrayList<>();
      for (int i = 0; i < complete.size(); i++) {
        if (out[i] > Double.NEGATIVE_INFINITY) {
          alive.add(complete.get(i));
          places.add(i);
        }
      }
      double[] more = new double[alive.size()];
      part.logRewards(alive, more);
      for (int j = 0; j < more.length; j++) {
        out[places.get(j)] += more[j];
      }
    }

    @Override
    public ChildScores childLogRewards(Candidate prefix, FinishReason reason) {
      List<ChildScores> scores =
          parts.stream().map(part -> part.childLogRewards(prefix, reason)).toList();
      return new ChildScores() {
        @Override
        public double logScore(int token) {
          return sumOf(scores, token);
        }

        @Override
        public void logScores(double[] out) {
          java.util.Arrays.fill(out, 0.0);
          for (int i = 0; i < parts.size(); i++) {
            add(parts.get(i).masksVocabulary(), scores.get(i), out);
          }
        }
      };
    }

    /** Adds a part's scores to tokens that are not rejected yet. */
    private static void add(boolean all, ChildScores scores, double[] out) {
      double[] more = new double[all ? out.length : 0];
      if (all) {
        scores.logScores(more);
      }
      for (int token = 0; token < out.length; token++) {
        if (out[token] > Double.NEGATIVE_INFINITY) {
          out[token] += all ? more[token] : scores.logScore(token);
        }
      }
    }

    private static double sumOf(List<ChildScores> scores, int token) {
      double sum = 0;
      for (ChildScores score : scores) {
        sum += score.logScore(token);
        if (sum == Double.NEGATIVE_INFINITY) {
          return sum;
        }
      }
      return sum;
    }

    @Override
    public double logRewardBound() {
      return parts.stream().mapToDouble(Verifier::logRewardBound).sum();
    }

    @Override
    public boolean passesOrFails() {
      return parts.stream().allMatch(Verifier::passesOrFails);
    }

    @Override
    public Optional<String> reason(Candidate complete) {
      return parts.stream().flatMap(part -> part.reason(complete).stream()).findFirst();
    }

    @Override
    public ValueFunction prefixValue() {
      return parts.stream().map(Verifier::prefixValue).reduce(ValueFunction::times).orElseThrow();
    }

    @Override
    public boolean masksVocabulary() {
      return parts.stream().allMatch(Verifier::masksVocabulary);
    }

    @Override
    public List<ByteAutomaton> automata() {
      List<List<ByteAutomaton>> ofParts = parts.stream().map(Verifier::automata).toList();
      return ofParts.stream().anyMatch(List::isEmpty)
          ? List.of()
          : ofParts.stream().flatMap(List::stream).toList();
    }

    @Override
    public void close() {
      parts.forEach(Verifier::close);
    }
  }
}
