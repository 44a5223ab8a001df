package io.tailwalk.lab.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.builtin.graph.GraphMixture;
import io.tailwalk.builtin.graph.GraphShape;
import io.tailwalk.builtin.graph.GraphTask;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.train.model.TransformerConfig;
import io.tailwalk.train.optim.LearningRate;
import io.tailwalk.values.LearningException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphTrainingTest {
  @TempDir Path folder;

  private static GraphPlan tiny() {
    var shape = new GraphShape(4, 2, 12);
    return new GraphPlan(
        TransformerConfig.llama(shape.numTokens(), 64, 1, 2, 8),
        2,
        false,
        List.of(
            stage("lesson", shape, GraphMixture.ofRules(2, 0, 0, 1), 3),
            stage("pretraining", shape, GraphMixture.ofRules(2, 0.5, 0.5, 0), 4)),
        stage("finetuning", shape, GraphMixture.ofRules(2, 0.9, 0.1, 0), 6),
        3,
        32,
        1);
  }

  private static Stage stage(String name, GraphShape shape, GraphMixture mixture, long steps) {
    return new Stage(
        name, List.of(new GraphTask(shape, mixture)), steps, 4, LearningRate.fixed(1e-2));
  }

  @Test
  void base_stoppedAndResumed_endsInTheSameParameters() {
    float[] whole = new GraphTraining(tiny(), 5, null, Watch.NONE).base();
    Watch impatient = (_, _, note) -> !note.startsWith("pretraining,");
    assertThatThrownBy(() -> new GraphTraining(tiny(), 5, folder, impatient).base())
        .isInstanceOf(CancellationException.class);
    assertThat(folder.resolve("lesson.safetensors")).exists();
    float[] resumed = new GraphTraining(tiny(), 5, folder, Watch.NONE).base();
    assertThat(resumed).containsExactly(whole);
    assertThat(new GraphTraining(tiny(), 6, null, Watch.NONE).base()).isNotEqualTo(whole);
  }

  @Test
  void fineTune_stoppedAndResumed_givesTheSameSnapshots() {
    float[] base = new GraphTraining(tiny(), 5, null, Watch.NONE).base();
    List<Snapshot> whole = new GraphTraining(tiny(), 1, null, Watch.NONE).fineTune(base);
    assertThat(whole).extracting(Snapshot::step).containsExactly(0L, 2L, 4L, 6L);
    Watch impatient = (done, _, _) -> done < 3;
    assertThatThrownBy(() -> new GraphTraining(tiny(), 1, folder, impatient).fineTune(base))
        .isInstanceOf(CancellationException.class);
    List<Snapshot> resumed = new GraphTraining(tiny(), 1, folder, Watch.NONE).fineTune(base);
    assertThat(resumed).hasSameSizeAs(whole);
    for (int i = 0; i < whole.size(); i++) {
      assertThat(resumed.get(i).values()).containsExactly(whole.get(i).values());
    }
  }

  @Test
  void fineTune_folderOfAnotherSeed_isRefused() {
    float[] base = new GraphTraining(tiny(), 5, null, Watch.NONE).base();
    new GraphTraining(tiny(), 1, folder, Watch.NONE).fineTune(base);
    assertThatThrownBy(() -> new GraphTraining(tiny(), 2, folder, Watch.NONE).fineTune(base))
        .isInstanceOf(LearningException.class)
        .hasMessageContaining("data");
  }

  @Test
  void scores_anyNumberOfThreads_areTheSame() {
    float[] base = new GraphTraining(tiny(), 5, null, Watch.NONE).base();
    List<Snapshot> snapshots = new GraphTraining(tiny(), 1, null, Watch.NONE).fineTune(base);
    ScoredSeries one = ScoredSeries.of(tiny(), snapshots, 1, 1, Watch.NONE);
    assertThat(ScoredSeries.of(tiny(), snapshots, 1, 2, Watch.NONE)).isEqualTo(one);
    assertThat(one.choosing()).isNotEqualTo(one.judging());
  }
}
