package io.tailwalk.core.probe;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A model over bytes whose distribution is a hash of the prefix, with at most one fault. */
final class FaultyModel implements LanguageModel {
  enum Fault {
    NONE,
    TOP_K,
    SCORES_SHIFTED,
    FORKS_DISTURB,
    ROLLBACK_FORGETS,
    ROLLBACK_SLOW,
    NOISY,
    PROCESSED,
    DOUBLE_BOS,
    NO_BOS,
    HALF_IMPOSSIBLE,
    SPACE_BEFORE,
    CONTROL_BYTES_LOST,
    NO_TOKENIZER,
    SCORING_UNSUPPORTED
  }

  private static final int SIZE = 2000;
  private static final int BOS = SIZE - 2;
  private static final int END = SIZE - 1;

  private final Fault fault;
  private final double temperature;

  FaultyModel(Fault fault, double temperature) {
    this.fault = fault;
    this.temperature = temperature;
  }

  @Override
  public ModelIdentity identity() {
    return new ModelIdentity("faulty", fault.name(), "0");
  }

  @Override
  public Vocabulary vocabulary() {
    return new Bytes();
  }

  @Override
  public int[] encode(Prompt prompt) {
    return switch (prompt) {
      case Prompt.Text text -> {
        int[] tokens = vocabulary().encode(text.text());
        int bos = fault == Fault.DOUBLE_BOS ? 2 : fault == Fault.NO_BOS ? 0 : 1;
        int[] all = new int[tokens.length + bos];
        Arrays.fill(all, 0, bos, BOS);
        System.arraycopy(tokens, 0, all, bos, tokens.length);
        yield all;
      }
      case Prompt.Tokens ids -> ids.tokenIds().stream().mapToInt(id -> id).toArray();
      case Prompt.Chat _ -> throw new ModelException("no chats here");
    };
  }

  @Override
  public ModelContext open(int[] promptTokenIds, ContextOptions options) {
    return new Context(promptTokenIds);
  }

  @Override
  public void close() {}

  private final class Bytes implements Vocabulary {
    @Override
    public int size() {
      return SIZE;
    }

    @Override
    public byte[] bytes(int token) {
      boolean lost = fault == Fault.CONTROL_BYTES_LOST && token < 32;
      return token < 256 && !lost ? new byte[] {(byte) token} : new byte[0];
    }

    @Override
    public boolean isEnd(int token) {
      return token == END;
    }

    @Override
    public int[] encode(String text) {
      if (fault == Fault.NO_TOKENIZER) {
        throw new ModelException("no tokenizer here");
      }
      byte[] bytes =
          (fault == Fault.SPACE_BEFORE ? " " + text : text).getBytes(StandardCharsets.UTF_8);
      int[] tokens = new int[bytes.length];
      Arrays.setAll(tokens, i -> bytes[i] & 0xff);
      return tokens;
    }
  }

  private final class Context implements ModelContext {
    private final int[] prompt;
    private int[] last = {};
    private int calls;
    private long promptTokens;
    private long modelTokens;

    Context(int[] prompt) {
      this.prompt = prompt;
    }

    @Override
    public LogProbs[] next(int[][] prefixes) {
      calls++;
      LogProbs[] distributions = new LogProbs[prefixes.length];
      for (int i = 0; i < prefixes.length; i++) {
        distributions[i] = distribution(prefixes[i], prefixes.length > 1);
        last = prefixes[i];
      }
      return distributions;
    }

    private LogProbs distribution(int[] prefix, boolean batched) {
      modelTokens++;
      boolean back = prefix.length <= last.length && last.length > 0;
      if (back && fault == Fault.ROLLBACK_SLOW) {
        promptTokens += prompt.length;
      }
      int seed = Arrays.hashCode(prefix) * 31 + Arrays.hashCode(prompt);
      if (back && !batched && fault == Fault.ROLLBACK_FORGETS) {
        seed++;
      }
      if (batched && back && prefix.length == last.length && fault == Fault.FORKS_DISTURB) {
        seed++;
      }
      return LogProbs.of(scores(new SplittableRandom(seed))).tempered(temperature);
    }

    private double[] scores(SplittableRandom random) {
      double[] scores = new double[SIZE];
      for (int token = 0; token < SIZE; token++) {
        boolean cut =
            (fault == Fault.TOP_K && token >= 20)
                || (fault == Fault.HALF_IMPOSSIBLE && token % 2 == 0);
        double noise = fault == Fault.NOISY ? 3.0 * (calls % 3) * (token % 2) : 0;
        scores[token] =
            cut ? Double.NEGATIVE_INFINITY : 20 * Math.pow(random.nextDouble(), 8) + noise;
      }
      return scores;
    }

    @Override
    public double[] score(int[] completion) {
      if (fault == Fault.SCORING_UNSUPPORTED) {
        throw new ModelException("this server scores nothing");
      }
      double[] scores = ModelContext.super.score(completion);
      if (fault == Fault.SCORES_SHIFTED) {
        System.arraycopy(scores.clone(), 0, scores, 1, scores.length - 1);
      }
      return scores;
    }

    @Override
    public int[] promptTokenIds() {
      return prompt.clone();
    }

    @Override
    public int maxCompletionTokens() {
      return 100;
    }

    @Override
    public ModelUsage usage() {
      return new ModelUsage(promptTokens, modelTokens, 0, calls);
    }

    @Override
    public void close() {}
  }
}
