package io.tailwalk.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.Continuation;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.probe.ProbeOutcome;
import io.tailwalk.core.probe.ProbeResult;
import io.tailwalk.testkit.LanguageModelContract;
import io.tailwalk.testkit.StatisticalAssertions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A real server, named by the system property {@code tailwalk.server} in the form of {@code
 * --model}; scripts/check-servers starts one.
 */
@Tag("real-server")
class RealServerTest extends LanguageModelContract {
  private static final int DRAWS = 1000;

  @Override
  protected LanguageModel openModel() {
    String spec = System.getProperty("tailwalk.server", "");
    return Servers.open(spec, ServerOptions.parse(spec, System::getenv));
  }

  /** Of llama-server on a float32 file; vLLM on a CPU is a thousand times nearer. */
  @Override
  protected double tolerance() {
    return 2e-2;
  }

  /** Draws of one token against the distribution that the same server shows. */
  @Test
  void draw_oneToken_followsTheDistribution() {
    try (LanguageModel model = openModel();
        ModelContext context =
            model.open(model.encode(Prompt.text("the ")), new ContextOptions(4, 4))) {
      LogProbs law = context.next(new int[][] {{}})[0];
      List<Continuation.Request> requests =
          IntStream.range(0, DRAWS)
              .mapToObj(i -> new Continuation.Request(new int[0], 1, 7919L * i + 1))
              .toList();
      Map<Integer, Long> counts = new HashMap<>();
      for (Continuation drawn : context.draw(requests)) {
        assertThat(drawn.logProbs()[0])
            .isCloseTo(law.logProb(drawn.tokenIds()[0]), within(tolerance()));
        counts.merge(drawn.tokenIds()[0], 1L, Long::sum);
      }
      Map<Integer, Double> expected = new HashMap<>();
      IntStream.range(0, law.size()).forEach(t -> expected.put(t, Math.exp(law.logProb(t))));
      StatisticalAssertions.at(1e-6).counts(expected, counts);
    }
  }

  /** Characters of several tokens, whose parts llama-server does not list. */
  @Test
  void score_emojiAndChinese_isThatOfTheDistributions() {
    try (LanguageModel model = openModel();
        ModelContext context =
            model.open(model.encode(Prompt.text("the ")), new ContextOptions(32, 4))) {
      int[] completion = model.vocabulary().encode("\ud83d\ude00 \u4f60\u597d caf\u00e9");
      assertThat(model.vocabulary().decode(completion))
          .isEqualTo("\ud83d\ude00 \u4f60\u597d caf\u00e9");
      double[] scores = context.score(completion);
      for (int h = 0; h < completion.length; h++) {
        int[] before = Arrays.copyOf(completion, h);
        double shown = context.next(new int[][] {before})[0].logProb(completion[h]);
        assertThat(scores[h]).isCloseTo(shown, within(tolerance()));
      }
    }
  }

  @Test
  void probe_server_findsNothingWrong() {
    try (LanguageModel model = openModel()) {
      for (ProbeResult result : ServerProbe.run((ServerModel) model).results()) {
        assertThat(result.outcome()).as(result.toString()).isNotEqualTo(ProbeOutcome.FAIL);
      }
    }
  }
}
