package io.tailwalk.train.policy;

import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.train.data.Example;
import io.tailwalk.train.data.ShuffledOrder;
import io.tailwalk.train.model.TokenBatch;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.run.DrawnRewards;
import io.tailwalk.train.run.StepBatch;
import io.tailwalk.train.run.StepSource;
import io.tailwalk.values.LearningException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Steps of policy gradient on the mean reward of a model's own responses: for each of some prompts
 * a group of responses is drawn from the present model, and each response's log-probability moves
 * by its advantage over the group.
 */
public final class PolicyGradient implements StepSource {
  /*
   * Per step, over P prompts x and their G responses y_i ~ pi(.|x), the gradient of
   *
   *   loss = - (1 / (P G)) sum_x sum_i A_i log pi(y_i | x),
   *   A    = advantage(r(y_1), .., r(y_G)) - beta leaveOneOut(l_1, .., l_G),
   *   l_i  = log pi(y_i | x) - log pi_0(y_i | x), a constant in the gradient.
   *
   * With the leave-one-out advantage its expectation is the gradient of
   * -(E r(y) - beta KL(pi || pi_0)): E[l grad log pi] = grad KL(pi || pi_0). GRPO (arXiv 2402.03300)
   * differs in two ways: it divides each response's gradient by its length, which favours short
   * right responses and long wrong ones (arXiv 2503.20783, Section 3), and it puts an estimate of KL
   * into the loss, whose gradient is that of KL(pi_0 || pi) on one's own responses. Each group is
   * used for one step, so no ratio of old and new probabilities is clipped.
   *
   * Equal responses of a group are one sequence with the sum of their advantages.
   */
  private static final long PROMPTS = 0x9201;
  private static final long DRAWS = 0xD2A3;

  private final List<int[]> prompts;
  private final Reward reward;
  private final PolicySettings settings;
  private final Transformer start;
  private final ShuffledOrder order;
  private final String fingerprint;

  /**
   * A source of steps.
   *
   * @param prompts token ids, at least one each; shared and read-only
   * @param reward the reward of each response
   * @param rewardName what rewards depend on, in a few words: a run is resumed only with the same
   * @param start a model with the starting parameters, other than the one in training; the caller
   *     neither changes nor closes it before the last step
   * @throws LearningException if there is no prompt, or one does not leave room for a response
   */
  public PolicyGradient(
      List<int[]> prompts,
      Reward reward,
      String rewardName,
      Transformer start,
      PolicySettings settings) {
    if (prompts.isEmpty()) {
      throw new LearningException("there is no prompt to learn from; give at least one");
    }
    for (int i = 0; i < prompts.size(); i++) {
      requireRoom(i + 1, prompts.get(i).length, settings.maxTokens(), start.config().context());
    }
    this.prompts = List.copyOf(prompts);
    this.reward = reward;
    this.settings = settings;
    this.start = start;
    this.order = new ShuffledOrder(prompts.size(), Streams.key(settings.seed(), PROMPTS));
    this.fingerprint =
        settings
            + ", "
            + prompts.size()
            + " prompts with hash "
            + HexFormat.of().toHexDigits(hash(prompts))
            + ", reward "
            + rewardName
            + ", from parameters with hash "
            + HexFormat.of().toHexDigits(Arrays.hashCode(start.values()));
  }

  private static void requireRoom(int number, int prompt, int maxTokens, int context) {
    if (prompt == 0) {
      throw new LearningException("prompt " + number + " is empty; begin it with a token");
    }
    if (prompt + maxTokens - 1 > context) {
      throw new LearningException(
          "prompt "
              + number
              + " has "
              + prompt
              + " tokens, which with max_tokens "
              + maxTokens
              + " do not fit into the model's context of "
              + context
              + "; shorten it or lower max_tokens");
    }
  }

  private static long hash(List<int[]> prompts) {
    long hash = 0;
    for (int[] prompt : prompts) {
      hash = Streams.key(hash, Arrays.hashCode(prompt));
    }
    return hash;
  }

  /** A distinct response of a group, with its rewards and how often it was drawn. */
  private static final class Scored {
    private final Example example;
    private final double reward;
    private final double logProb;
    private double startLogProb;
    private double weight;

    Scored(Example example, double reward, double logProb) {
      this.example = example;
      this.reward = reward;
      this.logProb = logProb;
    }

    double logRatio() {
      return logProb - startLogProb;
    }
  }

  @Override
  public StepBatch batch(Transformer model, long step) {
    List<int[]> asked = new ArrayList<>();
    List<Chooser> choosers = new ArrayList<>();
    int[] indexes = new int[settings.promptsPerStep()];
    for (int p = 0; p < indexes.length; p++) {
      indexes[p] = order.at(step * indexes.length + p);
      for (int g = 0; g < settings.group(); g++) {
        asked.add(prompts.get(indexes[p]));
        choosers.add(new RandomChooser(Streams.of(settings.seed(), DRAWS, step, p, g)));
      }
    }
    var draws = new ResponseDraws(settings.maxTokens(), settings.end(), settings.microBatch());
    List<Draw> drawn = draws.of(model, asked, choosers);
    List<List<Draw>> groups = new ArrayList<>();
    for (int p = 0; p < indexes.length; p++) {
      groups.add(drawn.subList(p * settings.group(), (p + 1) * settings.group()));
    }
    return batch(indexes, groups);
  }

  /**
   * The weighted sequences of drawn groups.
   *
   * @param indexes of the prompts, one for each group
   */
  StepBatch batch(int[] indexes, List<List<Draw>> groups) {
    List<Scored> distinct = new ArrayList<>();
    List<List<Scored>> scored = new ArrayList<>();
    for (int p = 0; p < indexes.length; p++) {
      scored.add(scored(indexes[p], groups.get(p), distinct));
    }
    double[] before =
        start.sequenceLogProbs(
            distinct.stream().map(each -> each.example).toList(), settings.microBatch());
    for (int i = 0; i < before.length; i++) {
      distinct.get(i).startLogProb = before[i];
    }
    scored.forEach(this::weigh);
    return new StepBatch(
        parts(distinct),
        1.0 / (indexes.length * settings.group()),
        groups.stream().flatMap(List::stream).mapToInt(draw -> draw.response().length).sum(),
        Optional.of(report(scored)));
  }

  /** The responses of a group; equal ones are the same object. */
  private List<Scored> scored(int prompt, List<Draw> group, List<Scored> distinct) {
    Map<List<Integer>, Scored> byTokens = new LinkedHashMap<>();
    List<Scored> scored = new ArrayList<>();
    for (Draw draw : group) {
      scored.add(
          byTokens.computeIfAbsent(
              ResponseDraws.boxed(draw.response()),
              _ -> {
                double value = reward.of(prompt, draw.response(), draw.ended());
                if (!Double.isFinite(value)) {
                  throw new LearningException(
                      "the reward of a response is "
                          + value
                          + "; policy gradients need finite rewards");
                }
                return new Scored(
                    new Example(prompts.get(prompt), draw.response()), value, draw.logProb());
              }));
    }
    distinct.addAll(byTokens.values());
    return scored;
  }

  private void weigh(List<Scored> group) {
    double[] advantages =
        settings.advantage().of(group.stream().mapToDouble(each -> each.reward).toArray());
    double[] divergences =
        Advantage.LEAVE_ONE_OUT.of(group.stream().mapToDouble(Scored::logRatio).toArray());
    for (int i = 0; i < group.size(); i++) {
      group.get(i).weight += advantages[i] - settings.kl() * divergences[i];
    }
  }

  /** Sequences without weight are left out; one is kept if all are. */
  private List<TokenBatch> parts(List<Scored> distinct) {
    List<Scored> kept =
        new ArrayList<>(distinct.stream().filter(each -> each.weight != 0).toList());
    if (kept.isEmpty()) {
      kept.add(distinct.getFirst());
    }
    List<TokenBatch> parts = new ArrayList<>();
    for (int from = 0; from < kept.size(); from += settings.microBatch()) {
      List<Scored> part = kept.subList(from, Math.min(kept.size(), from + settings.microBatch()));
      TokenBatch batch = TokenBatch.of(part.stream().map(each -> each.example).toList());
      float[] weights = new float[batch.rows()];
      for (int i = 0; i < part.size(); i++) {
        Arrays.fill(weights, batch.firstRow(i), batch.firstRow(i + 1), (float) part.get(i).weight);
      }
      parts.add(batch.withWeights(weights));
    }
    return parts;
  }

  private static DrawnRewards report(List<List<Scored>> groups) {
    long mixed = groups.stream().filter(group -> !Advantage.isConstant(rewards(group))).count();
    return new DrawnRewards(
        groups.stream().mapToDouble(g -> mean(rewards(g))).average().orElseThrow(),
        (double) mixed / groups.size(),
        groups.stream()
            .flatMap(List::stream)
            .mapToDouble(Scored::logRatio)
            .average()
            .orElseThrow());
  }

  private static double[] rewards(List<Scored> group) {
    return group.stream().mapToDouble(each -> each.reward).toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }
}
