package io.tailwalk.testkit;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ChildScores;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A task that counts what is asked of its model, verifier and value. */
final class CountingTask {
  private final AtomicLong modelCalls = new AtomicLong();
  private final AtomicLong modelTokens = new AtomicLong();
  private final AtomicLong rewards = new AtomicLong();
  private final AtomicLong values = new AtomicLong();
  private final SamplerTask task;

  CountingTask(SamplerTask inner) {
    this.task =
        inner
            .withModel(new Model(inner.model()))
            .with(new Judge(inner.verifier()), new Value(inner.value()));
  }

  SamplerTask task() {
    return task;
  }

  long modelCalls() {
    return modelCalls.get();
  }

  long modelTokens() {
    return modelTokens.get();
  }

  /** Responses verified; all extensions of a prefix count once. */
  long verifierCalls() {
    return rewards.get();
  }

  /** Prefixes valued; all extensions of a prefix count once. */
  long valueCalls() {
    return values.get();
  }

  private final class Model implements LanguageModel {
    private final LanguageModel inner;

    Model(LanguageModel inner) {
      this.inner = inner;
    }

    @Override
    public ModelIdentity identity() {
      return inner.identity();
    }

    @Override
    public Vocabulary vocabulary() {
      return inner.vocabulary();
    }

    @Override
    public int[] encode(Prompt prompt) {
      return inner.encode(prompt);
    }

    @Override
    public ModelContext open(int[] promptTokenIds, ContextOptions options) {
      return new Context(inner.open(promptTokenIds, options));
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  private final class Context implements ModelContext {
    private final ModelContext inner;

    Context(ModelContext inner) {
      this.inner = inner;
    }

    @Override
    public LogProbs[] next(int[][] prefixes) {
      ModelUsage before = inner.usage();
      LogProbs[] behind = inner.next(prefixes);
      ModelUsage spent = inner.usage().since(before);
      modelCalls.addAndGet(spent.modelCalls());
      modelTokens.addAndGet(spent.modelTokens());
      return behind;
    }

    @Override
    public int[] promptTokenIds() {
      return inner.promptTokenIds();
    }

    @Override
    public int maxCompletionTokens() {
      return inner.maxCompletionTokens();
    }

    @Override
    public int heldBranches() {
      return inner.heldBranches();
    }

    @Override
    public ModelUsage usage() {
      return inner.usage();
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  private final class Judge implements Verifier {
    private final Verifier inner;

    Judge(Verifier inner) {
      this.inner = inner;
    }

    @Override
    public String name() {
      return inner.name();
    }

    @Override
    public double logReward(Candidate complete) {
      rewards.incrementAndGet();
      return inner.logReward(complete);
    }

    @Override
    public void logRewards(List<Candidate> complete, double[] out) {
      rewards.addAndGet(complete.size());
      inner.logRewards(complete, out);
    }

    @Override
    public ChildScores childLogRewards(Candidate prefix, FinishReason reason) {
      rewards.incrementAndGet();
      return inner.childLogRewards(prefix, reason);
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
    public void close() {
      inner.close();
    }
  }

  private final class Value implements ValueFunction {
    private final ValueFunction inner;

    Value(ValueFunction inner) {
      this.inner = inner;
    }

    @Override
    public double logValue(Candidate prefix) {
      values.incrementAndGet();
      return inner.logValue(prefix);
    }

    @Override
    public void logValues(List<Candidate> prefixes, double[] out) {
      values.addAndGet(prefixes.size());
      inner.logValues(prefixes, out);
    }

    @Override
    public ChildScores childLogValues(Candidate prefix) {
      values.incrementAndGet();
      return inner.childLogValues(prefix);
    }
  }
}
