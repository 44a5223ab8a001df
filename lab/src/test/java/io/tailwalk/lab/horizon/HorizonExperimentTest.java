package io.tailwalk.lab.horizon;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.lab.Finding;
import io.tailwalk.lab.Scale;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.train.model.Transformer;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HorizonExperimentTest {
  private static final HorizonPlan QUICK = HorizonPlan.of(Scale.QUICK);

  /** The untrained model of this shape has a KL of about 45 nats on these prompts. */
  @Test
  void shipped_base_fitsThePlanAndKnowsTheLookUp() {
    var task = new HorizonTask(10, QUICK.width(), QUICK.vocabulary());
    var meter = new CourseMeter(task, 9, 32);
    try (Transformer base = BaseModel.shipped()) {
      assertThat(base.config()).isEqualTo(QUICK.shape());
      HorizonPoint point = meter.measure(base, 0, 32);
      assertThat(point.classes().getFirst().kl()).isLessThan(1);
      assertThat(point.classes().getFirst().uncovered()).isLessThan(4);
      assertThat(point.classes().get(1).coverage()).isGreaterThan(0.5);
      assertThat(point.classes().get(1).kl()).isGreaterThan(5 * Math.log(2) / 2);
    }
  }

  @Test
  void plan_longestPrompt_fitsTheContext() {
    for (Scale scale : Scale.values()) {
      HorizonPlan plan = HorizonPlan.of(scale);
      var longest = new HorizonTask(plan.horizons().getLast(), plan.width(), plan.vocabulary());
      assertThat(longest.maxTokens()).isLessThanOrEqualTo(plan.shape().context());
      assertThat(plan.horizons()).hasSize(3).isSorted();
    }
  }

  @Test
  @Tag("slow")
  void run_quick_holds() {
    var settings = new HorizonSettings(Scale.QUICK, 1, 1, Optional.empty());
    Finding finding = new HorizonExperiment(settings).run(Watch.NONE);
    assertThat(finding.verdict()).as(() -> String.join("\n", finding.summary())).isEqualTo("holds");
  }
}
