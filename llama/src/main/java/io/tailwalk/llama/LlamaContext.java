package io.tailwalk.llama;

import io.tailwalk.core.Plural;
import io.tailwalk.core.model.Capabilities;
import io.tailwalk.core.model.HiddenStates;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.ModelUsage;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A GGUF model with a prompt. Keeps the KV cache along the tree of prefixes; a model that cannot
 * roll back is evaluated from the start for each prefix that does not continue the last one. A
 * distribution that is requested again is recomputed and agrees only within the numerical band.
 */
public final class LlamaContext implements ModelContext {
  private final ContextPool pool;
  private final ContextPlan plan;
  private final int[] prompt;
  private final UsageMeter meter = new UsageMeter();
  private final int vocabularySize;
  private KvStore store;
  private Evaluator evaluator;
  private @Nullable CompletionScorer scorer;
  private boolean rollback;
  private boolean closed;

  LlamaContext(
      ContextPool pool, int vocabularySize, ContextPlan plan, int[] prompt, boolean rollback) {
    this.pool = pool;
    this.vocabularySize = vocabularySize;
    this.plan = plan;
    this.prompt = prompt;
    this.rollback = rollback;
    store = store(rollback);
    evaluator = evaluator();
  }

  private KvStore store(boolean tree) {
    return new NativeStore(pool, tree ? plan.tree() : plan.straight());
  }

  private Evaluator evaluator() {
    return rollback
        ? new TreeEvaluator(store, prompt, meter)
        : new StraightEvaluator(store, prompt, meter);
  }

  @Override
  public LogProbs[] next(int[][] prefixes) {
    return evaluate(prefixes, Evaluator::distributions);
  }

  private <T> T evaluate(int[][] prefixes, BiFunction<Evaluator, int[][], T> question) {
    requireOpen();
    for (int[] prefix : prefixes) {
      requireCompletion(prefix);
    }
    try {
      return question.apply(evaluator, prefixes);
    } catch (RollbackRefusedException _) {
      rollback = false;
      store.close();
      store = store(false);
      evaluator = evaluator();
      return question.apply(evaluator, prefixes);
    }
  }

  @Override
  public Capabilities capabilities() {
    return LlamaModel.CAPABILITIES;
  }

  /** The last layer's states after its norm, from which llama.cpp computes the logits. */
  @Override
  public Optional<HiddenStates> hiddenStates() {
    return Optional.of(new States());
  }

  private final class States implements HiddenStates {
    @Override
    public int width() {
      return pool.width();
    }

    @Override
    public float[][] of(int[][] prefixes) {
      for (int[] prefix : prefixes) {
        if (prefix.length == 0) {
          throw new IllegalArgumentException("hidden states need prefixes with at least one token");
        }
      }
      return evaluate(prefixes, Evaluator::hidden);
    }
  }

  @Override
  public double[] score(int[] completion) {
    requireOpen();
    requireCompletion(completion);
    CompletionScorer own = scorer;
    if (own == null) {
      own = new CompletionScorer(store(false), prompt, meter);
      scorer = own;
    }
    return own.score(completion);
  }

  /**
   * Whether the model returns to an earlier prefix without starting from the prompt. Known with
   * certainty after the first rollback; a model that refuses is not tried again.
   */
  public boolean rollback() {
    return rollback;
  }

  @Override
  public int[] promptTokenIds() {
    return prompt.clone();
  }

  @Override
  public int maxCompletionTokens() {
    return plan.maxCompletionTokens();
  }

  /**
   * As the sequences and cells of the cache allow; any number for a model that does not roll back,
   * because it evaluates whole prefixes anyway.
   */
  @Override
  public int heldBranches() {
    return rollback ? plan.heldBranches() : Integer.MAX_VALUE;
  }

  @Override
  public ModelUsage usage() {
    return meter.usage();
  }

  private void requireCompletion(int[] completion) {
    for (int token : completion) {
      if (token < 0 || token >= vocabularySize) {
        throw new IllegalArgumentException(
            "token id " + token + " is outside the vocabulary of " + vocabularySize + " tokens");
      }
    }
    if (completion.length > maxCompletionTokens()) {
      throw new ModelException(
          "context overflow: a completion of "
              + completion.length
              + " "
              + Plural.noun(completion.length, "token")
              + " does not fit behind the prompt of "
              + prompt.length
              + ", where there is room for "
              + maxCompletionTokens()
              + "; raise max_tokens or the context size");
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the context is closed");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      store.close();
      if (scorer != null) {
        scorer.close();
      }
    }
  }
}
