package io.tailwalk.lab;

import io.tailwalk.core.model.ChatFormat;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A model that caches the distributions that earlier runs have requested, so that many samplers on
 * one prompt need less time. Each context counts what its run would have cost alone: one model
 * token for each prefix that the run requests for the first time, cached or not. The counts
 * therefore do not depend on earlier runs, and equal those of a backend that never evaluates a
 * token twice. Contexts are used one after the other, not at the same time; they stay open until
 * the model is closed, since the state that a backend keeps for one prompt serves the next run.
 */
public final class SharedDistributions implements LanguageModel {
  private final LanguageModel model;
  private final long maxBytes;
  private final Map<List<Integer>, Backend> backends = new HashMap<>();

  /**
   * Makes a cache over a model, which the caller must close.
   *
   * @param maxBytes memory for distributions; the least recently used are removed first
   */
  public SharedDistributions(LanguageModel model, long maxBytes) {
    this.model = model;
    this.maxBytes = maxBytes;
  }

  @Override
  public ModelIdentity identity() {
    return model.identity();
  }

  @Override
  public Vocabulary vocabulary() {
    return model.vocabulary();
  }

  @Override
  public Optional<ChatFormat> chatFormat() {
    return model.chatFormat();
  }

  @Override
  public int[] encode(Prompt prompt) {
    return model.encode(prompt);
  }

  /** Opens a context; a prompt other than the previous one clears the cache. */
  @Override
  public ModelContext open(int[] promptTokenIds, ContextOptions options) {
    List<Integer> key = boxed(promptTokenIds);
    Backend backend = backends.get(key);
    if (backend == null || backend.context.maxCompletionTokens() < options.maxCompletionTokens()) {
      close();
      backend = new Backend(model.open(promptTokenIds, options), maxBytes);
      backends.put(key, backend);
    }
    return new Counted(backend);
  }

  /** Closes the open contexts; the model stays open. */
  @Override
  public void close() {
    backends.values().forEach(backend -> backend.context.close());
    backends.clear();
  }

  private static List<Integer> boxed(int[] tokens) {
    List<Integer> list = new ArrayList<>(tokens.length);
    for (int token : tokens) {
      list.add(token);
    }
    return list;
  }

  /** The model after one prompt, with the distributions it has returned. */
  private static final class Backend {
    private final ModelContext context;
    private final long maxBytes;
    private final LinkedHashMap<List<Integer>, LogProbs> distributions =
        new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    private Backend(ModelContext context, long maxBytes) {
      this.context = context;
      this.maxBytes = maxBytes;
    }

    private LogProbs[] next(int[][] prefixes, List<List<Integer>> keys) {
      LogProbs[] answer = new LogProbs[prefixes.length];
      Set<List<Integer>> asked = new HashSet<>();
      List<int[]> missing = new ArrayList<>();
      List<List<Integer>> missingKeys = new ArrayList<>();
      for (int i = 0; i < prefixes.length; i++) {
        LogProbs known = distributions.get(keys.get(i));
        if (known != null) {
          answer[i] = known;
        } else if (asked.add(keys.get(i))) {
          missing.add(prefixes[i]);
          missingKeys.add(keys.get(i));
        }
      }
      if (missing.isEmpty()) {
        return answer;
      }
      LogProbs[] fresh = context.next(missing.toArray(int[][]::new));
      Map<List<Integer>, LogProbs> now = new HashMap<>();
      for (int i = 0; i < fresh.length; i++) {
        now.put(missingKeys.get(i), fresh[i]);
        remember(missingKeys.get(i), fresh[i]);
      }
      for (int i = 0; i < answer.length; i++) {
        LogProbs distribution = now.get(keys.get(i));
        if (distribution != null) {
          answer[i] = distribution;
        }
      }
      return answer;
    }

    private void remember(List<Integer> key, LogProbs distribution) {
      distributions.put(key, distribution);
      bytes += distribution.memoryBytes();
      var oldest = distributions.entrySet().iterator();
      while (bytes > maxBytes && distributions.size() > 1) {
        bytes -= oldest.next().getValue().memoryBytes();
        oldest.remove();
      }
    }
  }

  /** The context of one run, with the cost of that run alone. */
  private static final class Counted implements ModelContext {
    private final Backend backend;
    private final Set<List<Integer>> asked = new HashSet<>();
    private long modelTokens;
    private long modelCalls;

    private Counted(Backend backend) {
      this.backend = backend;
    }

    @Override
    public LogProbs[] next(int[][] prefixes) {
      List<List<Integer>> keys = new ArrayList<>();
      boolean anyNew = false;
      for (int[] prefix : prefixes) {
        List<Integer> key = boxed(prefix);
        keys.add(key);
        anyNew |= charge(key);
      }
      modelCalls += anyNew ? 1 : 0;
      return backend.next(prefixes, keys);
    }

    /** Charges the tokens of a path that are new to this run; the empty prefix costs no token. */
    private boolean charge(List<Integer> key) {
      boolean isNew = asked.add(key);
      for (int length = key.size() - 1; isNew && length > 0; length--) {
        if (!asked.add(key.subList(0, length))) {
          break;
        }
        modelTokens++;
      }
      modelTokens += isNew && !key.isEmpty() ? 1 : 0;
      return isNew;
    }

    @Override
    public int[] promptTokenIds() {
      return backend.context.promptTokenIds();
    }

    @Override
    public int maxCompletionTokens() {
      return backend.context.maxCompletionTokens();
    }

    @Override
    public int heldBranches() {
      return backend.context.heldBranches();
    }

    @Override
    public ModelUsage usage() {
      return new ModelUsage(
          modelCalls == 0 ? 0 : promptTokenIds().length, modelTokens, 0, modelCalls);
    }

    /** Does nothing: the backend stays open for the next run. */
    @Override
    public void close() {}
  }
}
