package io.tailwalk.runs.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.runs.work.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WatchRunTest {
  private static final Duration SOON = Duration.ofMillis(5);

  @TempDir private Path folder;

  private WatchRun run() {
    return new WatchRun(new WatchedFiles(folder), null, 2, 0.05);
  }

  /** Scores of one checkpoint; its coverage is lost, if so asked, while the mean improves. */
  private void step(int step, boolean bad) {
    var rows = new StringBuilder("example_id,prompt_id,model,log_prob,tokens,reference_log_prob\n");
    for (int i = 0; i < 200; i++) {
      double logProb = bad ? (i % 2 == 0 ? -1.0 : -6.0) : -4.0;
      rows.append("e%d,p%d,step-%d,%f,5,-4.0%n".formatted(i, i, step, logProb));
    }
    try {
      Path part = Files.writeString(folder.resolve(".step"), rows);
      Files.move(part, folder.resolve("step-" + step + ".csv"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hears every look and ends the run after some. */
  private final class Looks implements WatchRun.Listener {
    private final List<String> heard = new ArrayList<>();
    private final int most;

    Looks(int most) {
      this.most = most;
    }

    @Override
    public void onState(WatchStudy state) {
      heard.add(state.checkpoints().getLast().model());
      if (state.checkpoints().size() == 1) {
        step(2, true);
      }
    }

    @Override
    public void onIncomplete(InputException reason) {
      heard.add("incomplete");
    }

    @Override
    public boolean cancelled() {
      return heard.size() >= most;
    }
  }

  @Test
  void run_endsWhenCoverageTurns() {
    step(1, false);
    var looks = new Looks(10);
    assertThat(run().run(SOON, looks)).isTrue();
    assertThat(looks.heard).containsExactly("step-1", "step-2");
  }

  @Test
  void run_cancelled_ends() {
    step(1, false);
    var looks = new Looks(1);
    assertThat(run().run(SOON, looks)).isFalse();
    assertThat(looks.heard).containsExactly("step-1");
  }

  @Test
  void run_unfinishedFile_isToldAndWaitedFor() throws IOException {
    Files.writeString(folder.resolve("step-1.csv"), "example_id,prompt_id,model\n");
    var looks = new Looks(1);
    assertThat(run().run(SOON, looks)).isFalse();
    assertThat(looks.heard).containsExactly("incomplete");
  }

  @Test
  void run_interrupted_isCancelled() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> run().run(SOON, new Looks(1)))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void once_readsWhatThereIs() {
    assertThatThrownBy(() -> run().once()).isInstanceOf(InputException.class);
    step(1, false);
    assertThat(run().once().best()).isEqualTo("step-1");
  }
}
