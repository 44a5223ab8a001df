package io.tailwalk.lab.horizon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.model.TransformerConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CourseRunTest {
  private static final HorizonPlan TINY =
      new HorizonPlan(
          List.of(10, 12, 14),
          2,
          30,
          TransformerConfig.llama(33, 160, 1, 2, 8),
          false,
          new Curriculum(2, 30, List.of(new Curriculum.Phase(0, 2, 3))),
          new Recipe(4, 4, 4, 1e-2, 1),
          new Recipe(6, 4, 2, 1e-2, 2),
          2,
          4,
          8);

  private static HorizonCourse run(Store store, long stopAt) {
    try (Transformer model = Transformer.create(TINY.shape(), 3)) {
      var run =
          new CourseRun(
              TINY,
              10,
              5,
              store,
              (report, _) -> {
                if (report.step() == stopAt) {
                  throw new CancellationException("stopped");
                }
              });
      return run.run(model, 5);
    }
  }

  @Test
  void run_measuresBeforeOnTheWayAndAtTheEnd() {
    HorizonCourse course = run(Store.NONE, -1);
    assertThat(course.points()).extracting(HorizonPoint::step).containsExactly(0L, 2L, 4L, 6L);
    assertThat(course.last().classes()).extracting(ClassPoint::prompts).containsExactly(8, 8, 2);
    assertThat(course.atThreeQuarters().step()).isEqualTo(4);
    assertThat(course.last().kl()).isLessThan(course.points().getFirst().kl());
  }

  @Test
  void run_stoppedAndResumed_sameCourse(@TempDir Path folder) {
    HorizonCourse whole = run(Store.NONE, -1);
    var store = new Store(Optional.of(folder));
    assertThatThrownBy(() -> run(store, 3)).isInstanceOf(CancellationException.class);
    assertThatThrownBy(() -> run(store, 5)).isInstanceOf(CancellationException.class);
    assertThat(run(store, -1)).isEqualTo(whole);
    assertThat(run(store, 1)).isEqualTo(whole);
  }

  @Test
  void trained_base_isAFunctionOfTheSeed() {
    float[] one = base(1);
    assertThat(base(1)).isEqualTo(one);
    assertThat(base(2)).isNotEqualTo(one);
  }

  private static float[] base(long seed) {
    try (Transformer model = BaseModel.trained(TINY, seed, Store.NONE, _ -> {})) {
      return model.values();
    }
  }
}
