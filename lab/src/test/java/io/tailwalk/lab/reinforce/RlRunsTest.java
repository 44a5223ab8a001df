package io.tailwalk.lab.reinforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.builtin.graph.GraphMixture;
import io.tailwalk.builtin.graph.GraphShape;
import io.tailwalk.builtin.graph.GraphTask;
import io.tailwalk.lab.Scale;
import io.tailwalk.lab.graph.GraphExamples;
import io.tailwalk.lab.graph.GraphSeries;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.model.TransformerConfig;
import io.tailwalk.train.optim.Adam;
import io.tailwalk.train.optim.LearningRate;
import io.tailwalk.train.run.Trainer;
import io.tailwalk.train.run.TrainingSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

class RlRunsTest {
  private static final GraphShape SHAPE = new GraphShape(2, 2, 8);
  private static final RlPlan PLAN = new RlPlan(1, 4, 3, 5, 8, 16, 0.003);

  private static GraphSeries series() {
    TransformerConfig config = TransformerConfig.llama(SHAPE.numTokens(), 32, 2, 4, 32);
    GraphTask data = new GraphTask(SHAPE, GraphMixture.ofRules(1, 0.9, 0.1, 0));
    try (Transformer model = Transformer.create(config, 3);
        Adam adam =
            new Adam(
                LearningRate.fixed(0.005),
                new Adam.Constants(true, 0.9, 0.99, 1e-8, 0),
                model.layout().decayed())) {
      new Trainer(
              model,
              adam,
              GraphExamples.fresh(List.of(data), 32, 1),
              TrainingSettings.standard().perToken())
          .run(500);
      return new GraphSeries(
          config,
          data,
          new GraphTask(SHAPE, GraphMixture.ofRules(1, 0, 1, 0)),
          List.of(new GraphSeries.Point(0, model.values())));
    }
  }

  @Test
  void all_fromAModelThatFindsSomePaths_raisesThemAndRepeats() {
    GraphSeries series = series();
    Reinforced once = new RlRuns(PLAN, series, 7).all(Watch.NONE).getFirst();
    assertThat(once.data()).hasSize(5).allMatch(logProb -> logProb <= 0);
    assertThat(once.task()).hasSize(3);
    assertThat(once.before()).hasSize(4);
    assertThat(once.rewarded()).isBetween(0.01, 1.0);
    assertThat(RlFigures.mean(once.after())).isGreaterThan(RlFigures.mean(once.before()) + 0.05);
    assertThat(new RlRuns(PLAN, series, 7).all(Watch.NONE).getFirst()).isEqualTo(once);
  }

  @Test
  void plan_bothScales_haveEnoughCheckpoints() {
    for (Scale scale : Scale.values()) {
      assertThat(RlPlan.of(scale).intervals()).isGreaterThanOrEqualTo(8);
    }
  }
}
