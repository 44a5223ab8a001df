package io.tailwalk.records.scores;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.records.TableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Log-probabilities of given responses under one model: the prompt as formatted by the model, then
 * the response's tokens, without special tokens and without merges across the boundary. A text that
 * its tokens do not reproduce byte for byte is refused: the score would be that of a different
 * text. Safe for several threads if the model is.
 */
public final class ResponseScorer {
  private final Path file;
  private final String name;
  private final LanguageModel model;
  private final int[] endTokens;

  /**
   * A scorer.
   *
   * @param file the file of the responses, for error messages
   * @param name of the model in the table
   * @param withEnd whether the end is part of the response: the probability of any end token is
   *     added as one more token
   */
  public ResponseScorer(Path file, String name, LanguageModel model, boolean withEnd) {
    this.file = file;
    this.name = name;
    this.model = model;
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
    List<int[]> tokens = responses.stream().map(this::tokens).toList();
    int longest = tokens.stream().mapToInt(ids -> ids.length).max().orElse(0);
    GivenResponse first = responses.getFirst();
    try (ModelContext context = open(group, longest, first)) {
      List<Score> scores = new ArrayList<>();
      for (int i = 0; i < responses.size(); i++) {
        GivenResponse response = responses.get(i);
        scores.add(
            new Score(
                response.exampleId(),
                response.promptId(),
                name,
                logProbs(context, tokens.get(i), response)));
      }
      return new Scored(scores, context.usage());
    }
  }

  private ModelContext open(ResponseGroup group, int longest, GivenResponse first) {
    try {
      int[] prompt = model.encode(group.prompt());
      return model.open(prompt, new ContextOptions(longest + 1, 1));
    } catch (ModelException e) {
      throw failed(first, e);
    }
  }

  private int[] tokens(GivenResponse response) {
    String text = response.completion();
    int[] ids = model.vocabulary().encode(text);
    byte[] back = model.vocabulary().decodeBytes(ids);
    if (!Arrays.equals(back, text.getBytes(StandardCharsets.UTF_8))) {
      throw TableException.at(
          file,
          response.row(),
          "the tokens of the completion under %s decode to %s"
              .formatted(name, TableException.quoted(model.vocabulary().decode(ids))),
          "a score for them would be that of a different text; remove the row or choose text that"
              + " the model can write");
    }
    return ids;
  }

  private List<Double> logProbs(ModelContext context, int[] tokens, GivenResponse response) {
    List<Double> logProbs = new ArrayList<>();
    try {
      for (double logProb : context.score(tokens)) {
        logProbs.add(logProb);
      }
      if (endTokens.length > 0) {
        logProbs.add(end(context.next(new int[][] {tokens})[0]));
      }
    } catch (ModelException e) {
      throw failed(response, e);
    }
    return logProbs;
  }

  /** Log of the summed probability of the end tokens. */
  private double end(LogProbs distribution) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int token : endTokens) {
      largest = Math.max(largest, distribution.logProb(token));
    }
    if (largest == Double.NEGATIVE_INFINITY) {
      return largest;
    }
    double sum = 0;
    for (int token : endTokens) {
      sum += Math.exp(distribution.logProb(token) - largest);
    }
    return Math.min(0.0, largest + Math.log(sum));
  }

  private TableException failed(GivenResponse response, ModelException cause) {
    return new TableException(
        "%s, row %d: %s cannot score it: %s"
            .formatted(file, response.row(), name, cause.getMessage()),
        cause);
  }
}
