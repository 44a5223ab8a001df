package io.tailwalk.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.ModelException;
import io.tailwalk.runs.models.ModelSettings;
import io.tailwalk.runs.work.InputException;
import org.junit.jupiter.api.Test;

class SessionTest {

  /** All trees at a time fit in half of the memory. */
  @Test
  void promptsAtATime_shareTheMemory() {
    for (int threads : new int[] {1, 3, 64}) {
      int prompts = Session.promptsAtATime(true, threads);
      assertThat(prompts).isBetween(1, threads);
      for (int all : new int[] {1, 2, 7, 1000}) {
        assertThat(Math.min(prompts, all) * Session.treeBytes(true, all))
            .isLessThanOrEqualTo(Runtime.getRuntime().maxMemory() / 2);
      }
      assertThat(Session.promptsAtATime(false, threads)).isOne();
    }
  }

  /** One prompt has as large a tree as with any other model. */
  @Test
  void treeBytes_onePrompt_isHalfOfTheHeap() {
    assertThat(Session.treeBytes(true, 1)).isEqualTo(Session.treeBytes(false, 1));
    assertThat(Session.treeBytes(true, 8)).isEqualTo(Session.treeBytes(true, 1000));
  }

  /** A request is found to be wrong before a large file is read. */
  @Test
  void later_missingFile_isFoundAtTheFirstUse() {
    try (Session session = Tailwalk.later("gguf:no-such-file.gguf", ModelSettings.DEFAULT)) {
      Request request = session.prompt("x");
      assertThatThrownBy(() -> request.verifier("no such verifier").draw())
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("verifier: ");
      assertThatThrownBy(request::draw).isInstanceOf(ModelException.class);
    }
  }

  @Test
  void later_unknownForm_isRefusedAtOnce() {
    assertThatThrownBy(() -> Tailwalk.later("gpt", ModelSettings.DEFAULT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("builtin:austen");
  }
}
