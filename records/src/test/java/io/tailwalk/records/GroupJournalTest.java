package io.tailwalk.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GroupJournalTest {
  private static final List<List<String>> GROUPS =
      List.of(List.of("{\"a\":1}", "{\"a\":\"é\"}"), List.of(), List.of("{\"b\":2}"));

  @TempDir private Path folder;
  private Path target;
  private Path journal;

  @BeforeEach
  void paths() {
    target = folder.resolve("out.jsonl");
    journal = folder.resolve(".out.jsonl.journal");
  }

  private void appendMissing(GroupJournal open) {
    // Descending, so that the final order is the result of the journal.
    for (long group = GROUPS.size() - 1L; group >= 0; group--) {
      if (!open.done().contains(group)) {
        open.append(group, GROUPS.get((int) group));
      }
    }
  }

  @Test
  void finish_groupsInAnyOrder_standInOrderAndNothingElseIsLeft() throws IOException {
    try (GroupJournal open = GroupJournal.open(target, Identity.of("model", "run"), false)) {
      appendMissing(open);
      assertThat(target).doesNotExist();
      open.finish();
    }
    assertThat(target).hasContent("{\"a\":1}\n{\"a\":\"é\"}\n{\"b\":2}\n");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(target);
    }
  }

  @Test
  void resume_cutAtAnyByte_endsInTheSameFile() throws IOException {
    try (GroupJournal open = GroupJournal.open(target, Identity.of("model", "run"), false)) {
      appendMissing(open);
    }
    byte[] whole = Files.readAllBytes(journal);
    int last = -1;
    for (int cut = 0; cut <= whole.length; cut++) {
      Files.write(journal, Arrays.copyOf(whole, cut));
      try (GroupJournal open = GroupJournal.open(target, Identity.of("model", "run"), true)) {
        assertThat(open.done().size()).isGreaterThanOrEqualTo(last);
        last = open.done().size();
        appendMissing(open);
      }
      // Killed again: groups added after the cut must not be lost.
      try (GroupJournal open = GroupJournal.open(target, Identity.of("model", "run"), true)) {
        assertThat(open.done()).as("cut at byte %d", cut).hasSize(3);
        open.finish();
      }
      assertThat(Files.readString(target)).isEqualTo("{\"a\":1}\n{\"a\":\"é\"}\n{\"b\":2}\n");
    }
    assertThat(last).isEqualTo(3);
  }

  @Test
  void resume_anyByteSpoilt_keepsNoSpoiltGroup() throws IOException {
    try (GroupJournal open = GroupJournal.open(target, Identity.of("model", "run"), false)) {
      appendMissing(open);
    }
    byte[] whole = Files.readAllBytes(journal);
    int header = new String(whole, java.nio.charset.StandardCharsets.UTF_8).indexOf('\n') + 1;
    for (int at = header; at < whole.length; at++) {
      byte[] spoilt = whole.clone();
      spoilt[at] ^= 1;
      Files.write(journal, spoilt);
      try (GroupJournal open = GroupJournal.open(target, Identity.of("model", "run"), true)) {
        assertThat(open.done()).as("byte %d", at).hasSizeLessThan(3);
        open.done().forEach(group -> assertThat(GROUPS).hasSizeGreaterThan(group.intValue()));
      }
    }
  }

  @Test
  void open_unfinishedRun_isRefusedWithoutResumeAndWithOtherSettings() {
    try (GroupJournal kept = GroupJournal.open(target, Identity.of("model", "run"), false)) {
      kept.append(1, List.of("{}"));
    }
    assertThatThrownBy(() -> GroupJournal.open(target, Identity.of("model", "run"), false))
        .isInstanceOf(TableException.class)
        .hasMessage(
            target
                + ": an unfinished run is stored in "
                + journal
                + "; resume it with --resume, or start again with --overwrite.");
    assertThatThrownBy(() -> GroupJournal.open(target, Identity.of("model", "other"), true))
        .isInstanceOf(TableException.class)
        .hasMessage(
            target
                + ": the model has changed since the run began; undo the change, or delete "
                + journal
                + " to start again.");
  }

  @Test
  void close_nothingKept_leavesNothing() {
    GroupJournal.open(target, Identity.of("model", "run"), false).close();
    assertThat(journal).doesNotExist();
  }

  @Test
  void discard_unfinishedRun_isThrownAwayUnlessOpen() {
    GroupJournal.discard(target);
    try (GroupJournal kept = GroupJournal.open(target, Identity.of("model", "run"), false)) {
      kept.append(1, List.of("{}"));
      assertThatThrownBy(() -> GroupJournal.discard(target)).isInstanceOf(TableException.class);
    }
    assertThat(GroupJournal.isUnfinished(target)).isTrue();
    GroupJournal.discard(target);
    assertThat(GroupJournal.isUnfinished(target)).isFalse();
  }

  @Test
  void open_whileOpen_isRefused() {
    try (GroupJournal _ = GroupJournal.open(target, Identity.of("model", "run"), false)) {
      assertThatThrownBy(() -> GroupJournal.open(target, Identity.of("model", "run"), true))
          .isInstanceOf(TableException.class)
          .hasMessageContaining("another run is writing it");
    }
  }

  @Test
  void append_sameGroupTwiceOrNoObject_isRefused() {
    try (GroupJournal open = GroupJournal.open(target, Identity.of("model", "run"), false)) {
      open.append(4, List.of());
      assertThatThrownBy(() -> open.append(4, List.of()))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> open.append(5, List.of("#group 5 0 0")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> open.append(5, List.of("{}\n{}")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(open.done()).containsExactly(4L);
    }
  }

  @Test
  void sampleJournal_resumed_holdsAllSamples() throws IOException {
    SampleRow row = Samples.plain();
    try (SampleJournal first = SampleJournal.open(target, Identity.of("model", "run"), false)) {
      first.append(1, List.of(row));
    }
    Files.writeString(journal, "{\"id\":\"cut", StandardOpenOption.APPEND);
    try (SampleJournal again = SampleJournal.open(target, Identity.of("model", "run"), true)) {
      assertThat(again.count()).isOne();
      assertThat(again.isDone(1)).isTrue();
      again.append(0, List.of(row, row));
      again.finish();
    }
    assertThat(SampleRows.read(target)).containsExactly(row, row, row);
  }
}
