package io.tailwalk.testkit;

import io.tailwalk.core.model.Capabilities;
import io.tailwalk.core.model.Capability;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.Continuation;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.TopTokens;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A model as a server shows it: it draws continuations and scores given ones, and gives no
 * distributions, although it is drawn from one that does.
 *
 * @param base the model behind it
 * @param mostTop how many of the most probable tokens it lists at most; 0 if it lists none
 */
public record DrawingModel(LanguageModel base, int mostTop) implements LanguageModel {

  /** A model that does not list its most probable tokens. */
  public DrawingModel(LanguageModel base) {
    this(base, 0);
  }

  @Override
  public Capabilities capabilities() {
    return capabilities(mostTop);
  }

  private static Capabilities capabilities(int mostTop) {
    Set<Capability> direct = EnumSet.of(Capability.DRAW, Capability.SCORE);
    if (mostTop > 0) {
      direct.add(Capability.TOP_K);
    }
    return new Capabilities(
        direct, Capabilities.LogProbKind.RAW, Capabilities.SeedUse.STRICT, mostTop);
  }

  @Override
  public ModelIdentity identity() {
    return base.identity();
  }

  @Override
  public Vocabulary vocabulary() {
    return base.vocabulary();
  }

  @Override
  public int[] encode(Prompt prompt) {
    return base.encode(prompt);
  }

  @Override
  public ModelContext open(int[] promptTokenIds, ContextOptions options) {
    return context(base.open(promptTokenIds, options), base.vocabulary(), mostTop);
  }

  /**
   * A context that draws from the distributions of another.
   *
   * @param base the context with the distributions; closed with this one
   */
  public static ModelContext context(ModelContext base, Vocabulary vocabulary) {
    return context(base, vocabulary, 0);
  }

  /**
   * A context that draws from the distributions of another and lists its most probable tokens.
   *
   * @param base the context with the distributions; closed with this one
   * @param mostTop how many tokens it lists at most; 0 if it lists none
   */
  public static ModelContext context(ModelContext base, Vocabulary vocabulary, int mostTop) {
    return new Context(base, vocabulary, mostTop);
  }

  @Override
  public void close() {
    base.close();
  }

  private static final class Context implements ModelContext {
    private final ModelContext base;
    private final Vocabulary vocabulary;
    private final int mostTop;
    private long drawn;
    private long calls;

    Context(ModelContext base, Vocabulary vocabulary, int mostTop) {
      this.base = base;
      this.vocabulary = vocabulary;
      this.mostTop = mostTop;
    }

    @Override
    public Capabilities capabilities() {
      return DrawingModel.capabilities(mostTop);
    }

    @Override
    public List<TopTokens> top(int[][] prefixes, int most) {
      if (most > mostTop) {
        throw new ModelException("this model lists " + mostTop + " tokens at most, got " + most);
      }
      drawn += Arrays.stream(prefixes).filter(prefix -> prefix.length > 0).count();
      calls += prefixes.length;
      return base.top(prefixes, most);
    }

    @Override
    public LogProbs[] next(int[][] prefixes) {
      throw new ModelException("this model shows no distributions");
    }

    @Override
    public List<Continuation> draw(List<Continuation.Request> requests) {
      List<Continuation> continuations = new ArrayList<>();
      for (Continuation.Request request : requests) {
        continuations.add(draw(request));
        calls++;
      }
      return continuations;
    }

    private Continuation draw(Continuation.Request request) {
      var chooser = new RandomChooser(Streams.of(request.seed()));
      int[] all = request.prefix().clone();
      List<Double> logProbs = new ArrayList<>();
      boolean ended = false;
      while (!ended && logProbs.size() < request.tokens()) {
        LogProbs next = base.next(new int[][] {all})[0];
        int token = TokenDraws.of(next, chooser);
        logProbs.add(next.logProb(token));
        all = Arrays.copyOf(all, all.length + 1);
        all[all.length - 1] = token;
        ended = vocabulary.isEnd(token);
      }
      drawn += logProbs.size();
      return new Continuation(
          Arrays.copyOfRange(all, request.prefix().length, all.length),
          logProbs.stream().mapToDouble(x -> x).toArray());
    }

    @Override
    public double[] score(int[] completion) {
      return base.score(completion);
    }

    @Override
    public int[] promptTokenIds() {
      return base.promptTokenIds();
    }

    @Override
    public int maxCompletionTokens() {
      return base.maxCompletionTokens();
    }

    @Override
    public ModelUsage usage() {
      return new ModelUsage(0, drawn, 0, calls);
    }

    @Override
    public void close() {
      base.close();
    }
  }
}
