package io.tailwalk.openai;

import io.tailwalk.core.model.Capabilities;
import io.tailwalk.core.model.Continuation;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.core.model.TopTokens;
import io.tailwalk.core.random.Streams;
import io.tailwalk.openai.dialect.Listed;
import io.tailwalk.openai.http.Query;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A served model with a prompt. All questions of a context go to the same server. */
final class ServerContext implements ModelContext {
  private final ServerModel model;
  private final int[] prompt;
  private final int maxCompletion;
  private final long key;
  private long modelTokens;
  private long calls;
  private boolean warm;
  private boolean closed;

  ServerContext(ServerModel model, int[] prompt, int maxCompletion) {
    this.model = model;
    this.prompt = prompt;
    this.maxCompletion = maxCompletion;
    this.key = Streams.key(Arrays.hashCode(prompt));
  }

  @Override
  public Capabilities capabilities() {
    return model.capabilities();
  }

  @Override
  public LogProbs[] next(int[][] prefixes) {
    List<Query<double[]>> queries = new ArrayList<>();
    for (int[] prefix : prefixes) {
      requireFits(prefix, 1);
      queries.add(model.dialect().distribution(joined(prefix)));
      modelTokens += prefix.length == 0 ? 0 : 1;
    }
    List<double[]> answers = ask(queries);
    LogProbs[] distributions = new LogProbs[prefixes.length];
    for (int i = 0; i < distributions.length; i++) {
      distributions[i] = model.distribution(answers.get(i));
    }
    return distributions;
  }

  @Override
  public List<TopTokens> top(int[][] prefixes, int most) {
    List<Query<Listed>> queries = new ArrayList<>();
    for (int[] prefix : prefixes) {
      requireFits(prefix, 1);
      queries.add(model.dialect().top(joined(prefix), most));
      modelTokens += prefix.length == 0 ? 0 : 1;
    }
    return ask(queries).stream()
        .map(listed -> listed.top(most, model.vocabulary().size()))
        .toList();
  }

  @Override
  public List<Continuation> draw(List<Continuation.Request> requests) {
    List<Query<Continuation>> queries = new ArrayList<>();
    for (Continuation.Request request : requests) {
      requireFits(request.prefix(), request.tokens());
      queries.add(model.dialect().draw(joined(request.prefix()), request.tokens(), request.seed()));
    }
    List<Continuation> drawn = new ArrayList<>(ask(queries));
    for (int i = 0; i < drawn.size(); i++) {
      modelTokens += drawn.get(i).tokenIds().length;
      drawn.set(i, completed(requests.get(i).prefix(), drawn.get(i)));
    }
    return drawn;
  }

  /** Fills in the log-probabilities that the server did not show. */
  private Continuation completed(int[] prefix, Continuation drawn) {
    int[] tokens = drawn.tokenIds();
    model.requireTokens(tokens);
    double[] logProbs = drawn.logProbs().clone();
    for (int i = 0; i < logProbs.length; i++) {
      if (Double.isNaN(logProbs[i])) {
        int[] before = Arrays.copyOf(prefix, prefix.length + i);
        System.arraycopy(tokens, 0, before, prefix.length, i);
        logProbs[i] = distribution(before).logProb(tokens[i]);
      }
    }
    return new Continuation(tokens, logProbs);
  }

  private LogProbs distribution(int[] prefix) {
    return model.distribution(
        ask(List.of(model.dialect().distribution(joined(prefix)))).getFirst());
  }

  @Override
  public double[] score(int[] completion) {
    requireFits(completion, 1);
    if (completion.length == 0) {
      return new double[0];
    }
    modelTokens += completion.length;
    double[] scores = new double[completion.length];
    int at = 0;
    for (double[] part : ask(model.dialect().score(prompt, completion))) {
      for (double logProb : part) {
        scores[at] =
            Double.isNaN(logProb)
                ? distribution(Arrays.copyOf(completion, at)).logProb(completion[at])
                : logProb;
        at++;
      }
    }
    return scores;
  }

  /** The first question of a prompt is asked alone, so that the server computes the prompt once. */
  private <T> List<T> ask(List<Query<T>> queries) {
    if (closed) {
      throw new IllegalStateException("the context is closed");
    }
    calls += queries.size();
    if (warm || queries.size() < 2) {
      warm = true;
      return model.ask(key, queries);
    }
    warm = true;
    List<T> answers = new ArrayList<>(model.ask(key, queries.subList(0, 1)));
    answers.addAll(model.ask(key, queries.subList(1, queries.size())));
    return answers;
  }

  private void requireFits(int[] prefix, int more) {
    model.requireTokens(prefix);
    if (prefix.length + more > maxCompletion + 1) {
      throw new ModelException(
          "a completion of "
              + (prefix.length + more)
              + " tokens does not fit into the context of "
              + model.dialect().facts().contextTokens()
              + " tokens that the server gives");
    }
  }

  private int[] joined(int[] prefix) {
    int[] all = Arrays.copyOf(prompt, prompt.length + prefix.length);
    System.arraycopy(prefix, 0, all, prompt.length, prefix.length);
    return all;
  }

  @Override
  public int[] promptTokenIds() {
    return prompt.clone();
  }

  @Override
  public int maxCompletionTokens() {
    return maxCompletion;
  }

  @Override
  public ModelUsage usage() {
    return new ModelUsage(prompt.length, modelTokens, 0, calls);
  }

  @Override
  public void close() {
    closed = true;
  }
}
