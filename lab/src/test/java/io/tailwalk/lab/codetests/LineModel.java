package io.tailwalk.lab.codetests;

import io.tailwalk.builtin.PureModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.Verifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Writes lines such as {@code ([1, 2], 3) == [1, 2, 3]} out of a few pieces, and many that are
 * none; likes short lists, and forgets what is to be copied.
 */
final class LineModel extends PureModel {
  private static final List<String> PIECES =
      List.of("([", "1", "2", ", ", "],", " ", ")", " ==", " [", "]", "\n", "é", "(", "3) == [");

  LineModel() {
    super(new ModelIdentity("lines", "lines", "of a test"), new Pieces());
  }

  @Override
  protected LogProbs distribution(int[] promptTokenIds, int[] prefix) {
    double[] scores = new double[PIECES.size()];
    String last = prefix.length == 0 ? "" : PIECES.get(prefix[prefix.length - 1]);
    List<String> behindNumber = behindNumber(prefix);
    for (int token = 0; token < scores.length; token++) {
      scores[token] = likes(last, PIECES.get(token), behindNumber) ? 5 : -1;
    }
    return LogProbs.of(scores);
  }

  private static List<String> behindNumber(int[] prefix) {
    List<String> pieces = Arrays.stream(prefix).mapToObj(PIECES::get).toList();
    if (pieces.contains(" ==")) {
      return List.of(", ", "]");
    }
    return pieces.contains("],") ? List.of(")") : List.of(", ", "],");
  }

  private static boolean likes(String last, String next, List<String> behindNumber) {
    return switch (last) {
      case "" -> next.equals("([");
      case "([", " [" -> next.equals("1") || next.equals("2");
      case "1", "2" -> behindNumber.contains(next);
      case ", ", " " -> next.equals("1") || next.equals("2");
      case "]," -> next.equals(" ");
      case ")" -> next.equals(" ==");
      case " ==" -> next.equals(" [");
      case "]" -> next.equals("\n");
      default -> true;
    };
  }

  @Override
  public void close() {}

  private static final class Pieces implements Vocabulary {
    @Override
    public int size() {
      return PIECES.size();
    }

    @Override
    public byte[] bytes(int token) {
      return PIECES.get(token).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isEnd(int token) {
      return false;
    }

    /** The longest piece at each place; what is none is left out. */
    @Override
    public int[] encode(String text) {
      List<Integer> tokens = new ArrayList<>();
      for (int at = 0; at < text.length(); ) {
        int best = -1;
        for (int token = 0; token < PIECES.size(); token++) {
          boolean longer = best < 0 || PIECES.get(token).length() > PIECES.get(best).length();
          if (longer && text.startsWith(PIECES.get(token), at)) {
            best = token;
          }
        }
        at += best < 0 ? 1 : PIECES.get(best).length();
        if (best >= 0) {
          tokens.add(best);
        }
      }
      return tokens.stream().mapToInt(Integer::intValue).toArray();
    }
  }

  /**
   * In place of Python: knows calls of a list and a number, and says what a failed assertion says.
   * Whole lines pass where the numbers on both sides are the same.
   */
  static Verifier python() {
    return new Verifier() {
      @Override
      public String name() {
        return "python";
      }

      @Override
      public double logReward(Candidate complete) {
        String[] sides = complete.text().split(" == ", 2);
        boolean passes = sides.length == 2 && result(sides[0]).equals(Optional.of(sides[1]));
        return passes ? 0 : Double.NEGATIVE_INFINITY;
      }

      @Override
      public Optional<String> reason(Candidate complete) {
        String arguments = complete.text().split(" and 0, ", 2)[0];
        if (arguments.equals("(f)")) {
          return Optional.of("the code: AssertionError: <function f>");
        }
        return Optional.of(
            result(arguments).map(numbers -> "the code: AssertionError: " + numbers).orElse("no"));
      }
    };
  }

  /** What the call gives: the list with the number behind it. */
  static Optional<String> result(String arguments) {
    if (!arguments.matches("\\(\\[[12](, [12])*], [123]\\)")) {
      return Optional.empty();
    }
    String numbers = arguments.replaceAll("[\\[\\](),]", " ").strip();
    return Optional.of(Arrays.asList(numbers.split(" +")).toString());
  }
}
