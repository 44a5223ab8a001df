package io.tailwalk.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.runs.work.Watch;
import io.tailwalk.runs.work.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExperimentsTest {
  @Test
  void entries_all_haveTheNameOfTheirExperimentAndNoTwoTheSame() {
    var settings = new ExperimentSettings(Scale.QUICK, 0, 1);
    for (Experiments.Entry entry : Experiments.all()) {
      assertThat(entry.with(settings).name()).isEqualTo(entry.name());
      assertThat(entry.with(settings).claim()).isNotBlank();
    }
    assertThat(Experiments.all().stream().map(Experiments.Entry::name)).doesNotHaveDuplicates();
  }

  @Test
  void settings_noThread_isRefused() {
    assertThatThrownBy(() -> new ExperimentSettings(Scale.QUICK, 0, 0))
        .hasMessageContaining("threads");
  }

  @Test
  void workers_watched_tellInOrderAndStopWhenTold() {
    try (Workers workers = new Workers(2)) {
      List<String> told = new ArrayList<>();
      Watch watch = (done, total, note) -> told.add(done + "/" + total + " " + note);
      assertThat(workers.map(3, i -> 10 * i, watch, i -> "piece " + i)).containsExactly(0, 10, 20);
      assertThat(told).containsExactly("0/3 piece 0", "1/3 piece 1", "2/3 piece 2");
      var made = new AtomicInteger();
      assertThatThrownBy(() ->
              workers.map(3, _ -> made.incrementAndGet(), (done, _, _) -> done < 1, i -> "" + i))
          .isInstanceOf(CancellationException.class);
    }
  }
}
