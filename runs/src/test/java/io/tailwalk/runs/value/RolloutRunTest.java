package io.tailwalk.runs.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.builtin.BuiltinModels;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.Verifiers;
import io.tailwalk.records.GroupJournal;
import io.tailwalk.records.Identity;
import io.tailwalk.runs.sample.PromptJob;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.values.Rollout;
import io.tailwalk.values.Rollouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutRunTest {
  private static final List<PromptJob> JOBS =
      List.of(
          new PromptJob(0, "a", Prompt.text("It is ")), new PromptJob(1, "b", Prompt.text("She ")));

  @TempDir private Path folder;

  private static void draw(LanguageModel model, GroupJournal journal, int threads) {
    var rollouts = new Rollouts(model, Verifiers.avoid("e"), 5, List.of());
    assertThat(new RolloutRun(rollouts, JOBS, 100, 3, threads).draw(journal, Watch.NONE)).isTrue();
  }

  /** A journal cut in its second piece gets the same rollouts again. */
  @Test
  void draw_afterAKill_endsWithTheSameLines() throws IOException {
    Path whole = folder.resolve("whole");
    Path cut = folder.resolve("cut");
    try (LanguageModel model = BuiltinModels.open("austen")) {
      byte[] bytes;
      try (GroupJournal journal = GroupJournal.open(whole, Identity.of("model", "run"), false)) {
        draw(model, journal, 1);
        bytes = Files.readAllBytes(folder.resolve(".whole.journal"));
        journal.finish();
      }
      Files.write(folder.resolve(".cut.journal"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
      try (GroupJournal journal = GroupJournal.open(cut, Identity.of("model", "run"), true)) {
        assertThat(journal.done()).hasSizeBetween(1, 3);
        draw(model, journal, 2);
        journal.finish();
      }
      assertThat(cut).hasSameTextualContentAs(whole);
      List<Rollout> read = RolloutLines.read(cut, JOBS, model.vocabulary());
      assertThat(read).hasSize(200);
      assertThat(read.stream().map(rollout -> rollout.complete().prompt()).distinct()).hasSize(2);
      for (Rollout rollout : read) {
        boolean passes =
            !rollout.complete().text().toLowerCase(java.util.Locale.ROOT).contains("e");
        assertThat(rollout.tau()).isEqualTo(passes ? 1 : 0);
      }
      assertThat(read.stream().map(rollout -> rollout.complete().text()).distinct().count())
          .isGreaterThan(50);
    }
  }
}
