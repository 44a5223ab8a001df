package io.tailwalk.records.scores;

import io.tailwalk.core.Plural;
import io.tailwalk.core.model.Capability;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.records.TableException;
import io.tailwalk.records.scores.ResponseEncoder.Encoded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Log-probabilities of given responses under one model: the prompt as formatted by the model, then
 * the response's tokens, without special tokens and without merges across the boundary, unless its
 * {@linkplain GivenResponse.Boundary boundary} says otherwise; given token ids as they are. A text
 * that its tokens do not reproduce byte for byte is refused: the score would be that of a different
 * text. Safe for several threads if the model is.
 */
public final class ResponseScorer {
  private final String name;
  private final LanguageModel model;
  private final ResponseEncoder encoder;
  private final AtomicLong moved = new AtomicLong();
  private final int[] endTokens;

  /**
   * A scorer.
   *
   * @param name of the model in the table
   * @param withEnd whether the end is part of the response: the probability of any end token is
   *     added as one more token
   */
  public ResponseScorer(String name, LanguageModel model, boolean withEnd) {
    this.name = name;
    this.model = model;
    this.encoder = new ResponseEncoder(name, model);
    Vocabulary vocabulary = model.vocabulary();
    this.endTokens =
        withEnd
            ? IntStream.range(0, vocabulary.size()).filter(vocabulary::isEnd).toArray()
            : new int[0];
    if (withEnd && endTokens.length == 0) {
      throw new TableException(name + " has no token that ends a text; leave the end out.");
    }
  }

  /**
   * Result of a group.
   *
   * @param scores one for each response, in order
   * @param usage the usage of the model
   */
  public record Scored(List<Score> scores, ModelUsage usage) {
    /** Copies the list. */
    public Scored {
      scores = List.copyOf(scores);
    }
  }

  /**
   * Scores a group.
   *
   * @throws TableException that names file, row and model if a response cannot be scored
   */
  public Scored score(ResponseGroup group) {
    List<GivenResponse> responses = group.responses();
    List<Encoded> encoded = responses.stream().map(encoder::encode).toList();
    moved.addAndGet(encoded.stream().filter(Encoded::moved).count());
    // Usually one: responses that are joined to their prompt may change its last token.
    Map<List<Integer>, List<Integer>> byPrompt = new LinkedHashMap<>();
    for (int i = 0; i < encoded.size(); i++) {
      List<Integer> prompt = Arrays.stream(encoded.get(i).prompt()).boxed().toList();
      byPrompt.computeIfAbsent(prompt, _ -> new ArrayList<>()).add(i);
    }
    Score[] scores = new Score[responses.size()];
    ModelUsage usage = ModelUsage.NONE;
    for (List<Integer> same : byPrompt.values()) {
      int longest = same.stream().mapToInt(i -> encoded.get(i).response().length).max().orElse(0);
      int[] prompt = encoded.get(same.getFirst()).prompt();
      try (ModelContext context = open(prompt, longest, responses.get(same.getFirst()))) {
        for (int i : same) {
          GivenResponse response = responses.get(i);
          List<Double> logProbs = logProbs(context, encoded.get(i).response(), response);
          scores[i] = new Score(response.exampleId(), response.promptId(), name, logProbs);
        }
        usage = usage.plus(context.usage());
      }
    }
    return new Scored(List.of(scores), usage);
  }

  /**
   * What a user must know about how responses were scored so far, in sentences.
   *
   * @param moved number of responses that begin with blanks of their prompt
   */
  public static List<String> remarks(long moved) {
    return moved == 0
        ? List.of()
        : List.of(
            "blanks at the end of the %s of %s are scored as the beginning of the response, as lm-evaluation-harness does; --keep-blanks leaves them in the prompt."
                .formatted(moved == 1 ? "prompt" : "prompts", Plural.of(moved, "response")));
  }

  /** Number of responses scored so far that begin with blanks of their prompt. */
  public long moved() {
    return moved.get();
  }

  private ModelContext open(int[] prompt, int longest, GivenResponse first) {
    try {
      return model.open(prompt, new ContextOptions(longest + 1, 1));
    } catch (ModelException e) {
      throw failed(first, name, e);
    }
  }

  private List<Double> logProbs(ModelContext context, int[] tokens, GivenResponse response) {
    List<Double> logProbs = new ArrayList<>();
    try {
      for (double logProb : context.score(tokens)) {
        logProbs.add(logProb);
      }
      if (endTokens.length > 0 && !endsAlready(tokens)) {
        logProbs.add(end(context, tokens));
      }
    } catch (ModelException e) {
      throw failed(response, name, e);
    }
    return logProbs;
  }

  /** Whether given token ids have their end token among them. */
  private boolean endsAlready(int[] tokens) {
    return tokens.length > 0 && model.vocabulary().isEnd(tokens[tokens.length - 1]);
  }

  /** Log of the summed probability of the end tokens. */
  private double end(ModelContext context, int[] tokens) {
    double[] ends = new double[endTokens.length];
    if (context.capabilities().can(Capability.DISTRIBUTION)) {
      LogProbs distribution = context.next(new int[][] {tokens})[0];
      Arrays.setAll(ends, i -> distribution.logProb(endTokens[i]));
    } else {
      Arrays.setAll(ends, i -> context.score(with(tokens, endTokens[i]))[tokens.length]);
    }
    double largest = Arrays.stream(ends).max().orElse(Double.NEGATIVE_INFINITY);
    if (largest == Double.NEGATIVE_INFINITY) {
      return largest;
    }
    double sum = Arrays.stream(ends).map(end -> Math.exp(end - largest)).sum();
    return Math.min(0.0, largest + Math.log(sum));
  }

  private static int[] with(int[] tokens, int end) {
    int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
    longer[tokens.length] = end;
    return longer;
  }

  static TableException failed(GivenResponse response, String name, ModelException cause) {
    return new TableException(
        "%s, row %d: %s cannot score it: %s"
            .formatted(response.file(), response.row(), name, cause.getMessage()),
        cause);
  }
}
