package io.tailwalk.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.core.model.Capability;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.Verifiers;
import io.tailwalk.openai.fake.FakeLlamaServer;
import io.tailwalk.openai.fake.FakeOpenAiLike;
import io.tailwalk.openai.fake.FakeOpenAiLike.Skill;
import io.tailwalk.openai.fake.FakeServer;
import io.tailwalk.openai.fake.FakeSglang;
import io.tailwalk.openai.fake.FakeVllm;
import io.tailwalk.openai.fake.Faults;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.SamplerNeeds;
import io.tailwalk.sampling.Samplers;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import io.tailwalk.sampling.estimate.Evidence;
import io.tailwalk.testkit.ExactDistribution;
import io.tailwalk.testkit.StatisticalAssertions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Samplers on servers with every set of capabilities that servers have, against the exact success
 * probability of the model behind them: what a set allows is unbiased and inside its bounds, what
 * it does not allow is refused. Each assertion fails by chance with probability at most 1e-6; seeds
 * are fixed.
 */
class CapabilitySetsTest {
  private static final double FALSE_ALARM = 1e-6;
  private static final int RUNS = 50;
  private static final int LENGTH = 3;
  private static final Prompt PROMPT = Prompt.text("ab");
  private static final Verifier VERIFIER = Verifiers.avoid("c");

  /** What the log-probabilities of a server may be off by: llama-server's naive sum. */
  private static final double PRECISION = 2e-3;

  private static final int MOST_MISSES =
      BinomialDistribution.of(RUNS, 0.05).inverseSurvivalProbability(FALSE_ALARM);

  private static final ExpansionRule ALL = new ExpansionRule.Enumerate();
  private static final ExpansionRule DRAWN = new ExpansionRule.Sample(3, 1);
  private static final ExpansionRule BLOCKS = new ExpansionRule.Sample(2, 2);
  private static final ExpansionRule HEAD = new ExpansionRule.HeadAndTail(2, 2);
  private static final List<ExpansionRule> RULES = List.of(ALL, DRAWN, BLOCKS, HEAD);

  @TempDir private Path folder;

  enum Kind {
    VLLM(Capability.DISTRIBUTION, Capability.TOP_K, Capability.DRAW, Capability.SCORE),
    VLLM_WITH_LISTS(Capability.TOP_K, Capability.DRAW, Capability.SCORE),
    VLLM_WITH_OTHER_LISTS(Capability.DRAW, Capability.SCORE),
    LLAMA_SERVER(Capability.DISTRIBUTION, Capability.TOP_K, Capability.DRAW, Capability.SCORE),
    SGLANG_WITH_LISTS(Capability.TOP_K, Capability.DRAW, Capability.SCORE),
    IDS_WITH_LISTS(Capability.TOP_K, Capability.DRAW),
    IDS(Capability.DRAW),
    TEXTS(Capability.RESPONSE);

    @SuppressWarnings("ImmutableEnumChecker") // never changed
    private final Set<Capability> direct;

    Kind(Capability... direct) {
      this.direct = EnumSet.copyOf(List.of(direct));
    }

    FakeServer serve() {
      var model = new SixTokens();
      return switch (this) {
        case VLLM -> new FakeVllm(model, true, Faults.NONE);
        case VLLM_WITH_LISTS -> new FakeVllm(model, false, Faults.NONE);
        case VLLM_WITH_OTHER_LISTS ->
            new FakeVllm(model, false, Faults.NONE).listing(law -> law.tempered(0.5));
        case LLAMA_SERVER -> new FakeLlamaServer(model, Faults.NONE);
        case SGLANG_WITH_LISTS -> new FakeSglang(model, true, Faults.NONE);
        case IDS_WITH_LISTS -> new FakeOpenAiLike(model, Set.of(Skill.IDS, Skill.TOP_IDS));
        case IDS -> new FakeOpenAiLike(model, Set.of(Skill.IDS));
        case TEXTS -> new FakeOpenAiLike(model, Set.of());
      };
    }

    String more() {
      return name().startsWith("IDS") || this == TEXTS ? ",dialect=openai-like" : "";
    }
  }

  private LanguageModel open(Kind kind, FakeServer server) {
    Path tokenizer = FakeVllm.tokenizer(folder, new SixTokens().vocabulary());
    boolean shown = kind == Kind.LLAMA_SERVER || kind == Kind.TEXTS;
    String spec =
        "openai:" + server.address() + kind.more() + (shown ? "" : ",tokenizer=" + tokenizer);
    return Servers.open(spec, ServerOptions.parse(spec, _ -> null));
  }

  private static double exact() {
    var model = new SixTokens();
    return ExactDistribution.of(model, PROMPT, VERIFIER, LENGTH).z();
  }

  private static Map<String, String> parameters(String name) {
    return switch (name) {
      case "action-importance" -> Map.of("candidates", "6", "interval_share", "0");
      case "smc" -> Map.of("particles", "4", "runs", "1", "interval_share", "0");
      case "vgb-momentum" -> Map.of("tours", "6", "interval_share", "0");
      case "best-of-n" -> Map.of("candidates", "8");
      default -> Map.of();
    };
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void run_server_isUnbiasedOrRefused(Kind kind) {
    double z = exact();
    assertThat(z).isBetween(0.1, 0.9);
    try (FakeServer server = kind.serve();
        LanguageModel model = open(kind, server)) {
      assertThat(model.capabilities().direct()).isEqualTo(kind.direct);
      for (ExpansionRule rule : RULES) {
        for (String name : List.of("action-importance", "smc", "vgb-momentum", "best-of-n")) {
          Sampler sampler = Samplers.create(name, parameters(name));
          Optional<String> missing = SamplerNeeds.missing(sampler, rule, model.capabilities());
          assertThat(missing.isEmpty()).isEqualTo(allowed(kind, rule, name));
          if (missing.isEmpty() && isTried(rule, name)) {
            check(kind + ", " + name + ", " + rule, sampler, model, rule, z);
          }
          if (missing.isPresent()) {
            assertThat(missing.get()).startsWith(name + " needs ").contains("this model gives ");
          }
        }
      }
    }
  }

  /** Each sampler by the rules that it tells most about. */
  private static boolean isTried(ExpansionRule rule, String name) {
    return switch (name) {
      case "smc" -> !rule.equals(ALL);
      case "vgb-momentum" -> rule.equals(ALL) || rule.equals(HEAD);
      default -> rule.equals(DRAWN);
    };
  }

  private static boolean allowed(Kind kind, ExpansionRule rule, String name) {
    boolean complete = kind.direct.contains(Capability.DISTRIBUTION);
    boolean draws = complete || kind.direct.contains(Capability.DRAW);
    return switch (rule) {
      case ExpansionRule.Enumerate() -> complete;
      case ExpansionRule.Sample(int _, int _) -> draws || name.equals("best-of-n");
      case ExpansionRule.HeadAndTail(int _, int _) ->
          name.equals("best-of-n") || (draws && kind.direct.contains(Capability.TOP_K));
    };
  }

  private static void check(
      String what, Sampler sampler, LanguageModel model, ExpansionRule rule, double z) {
    double[] estimates = new double[RUNS];
    int misses = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      Sampling sampling = run(sampler, model, rule, seed);
      estimates[seed] = sampling.diagnostics().counts().getOrDefault(Evidence.OWN_ESTIMATE, 0.0);
      Interval certain = sampling.successProbability().certain();
      assertThat(contains(certain, z)).as("%s: %s contains %s", what, certain, z).isTrue();
      misses += contains(sampling.successProbability().interval(), z) ? 0 : 1;
    }
    assertThat(misses).as(what).isLessThanOrEqualTo(MOST_MISSES);
    double mean = Arrays.stream(estimates).average().orElseThrow();
    if (Math.abs(mean - z) > PRECISION * z) {
      StatisticalAssertions.at(FALSE_ALARM).mean(estimates, z);
    }
  }

  private static boolean contains(Interval interval, double z) {
    return interval.low() <= z * (1 + PRECISION) && z <= interval.high() * (1 + PRECISION);
  }

  private static Sampling run(Sampler sampler, LanguageModel model, ExpansionRule rule, long seed) {
    try (ModelContext context = model.open(model.encode(PROMPT), new ContextOptions(LENGTH, 4))) {
      var problem =
          new SamplingProblem(
              PROMPT,
              model.vocabulary(),
              context,
              VERIFIER,
              VERIFIER.prefixValue(),
              rule,
              LENGTH,
              List.of());
      return sampler.run(
          problem,
          RunOptions.of(1, Budget.ofModelTokens(100_000).withSteps(20_000), seed),
          SamplingListener.NONE);
    }
  }
}
