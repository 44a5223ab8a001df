package io.tailwalk.cli.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.cli.CliRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flags that take several files take files alone, in any order of flags. */
class FilesFlagTest {
  @TempDir private Path folder;
  private String first = "";
  private String second = "";

  @BeforeEach
  void write() throws IOException {
    first = table("first.csv", "1,p1", "2,p2");
    second = table("second.csv", "3,p3", "4,p4");
  }

  private String table(String name, String... keys) throws IOException {
    var text = new StringBuilder("example_id,prompt_id,model,log_prob,tokens,reference_log_prob\n");
    for (String key : keys) {
      text.append(key).append(",a,-1,3,-1.5\n").append(key).append(",b,-2,3,-1.5\n");
    }
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void profile_flagsInAnyOrder_areTheSame() {
    CliRun run = CliRun.of("profile", "--scores", first, second, "--n", "3");
    assertThat(run.code()).as(run.err()).isEqualTo(0);
    assertThat(run.out()).contains("Model: a", "Model: b");
    assertThat(CliRun.of("profile", "--n", "3", "--scores", first, second)).isEqualTo(run);
    assertThat(CliRun.of("profile", "--scores", first, "--ns", "3", "--scores", second))
        .isEqualTo(run);
    assertThat(CliRun.of("profile", "--scores=" + first, second, "--n=3")).isEqualTo(run);
  }

  @Test
  void mistypedFlag_behindFiles_isNoFile() {
    assertThat(CliRun.of("select", "--n", "3", "--scores", first, "--replicate", "200").err())
        .contains("unknown option --replicate; did you mean --replicates?")
        .hasLineCount(1);
    assertThat(CliRun.of("passk", "--samples", first, "--kk", "3").err())
        .contains("unknown option --kk; did you mean --k?");
    assertThat(CliRun.of("lab", "calibration", "--combine", first, "--jsn").err())
        .contains("unknown option --jsn; did you mean --json?");
  }

  @Test
  void noFile_isRefused() {
    CliRun run = CliRun.of("profile", "--scores", "--n", "3");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--scores needs a value; give it FILE");
  }

  @Test
  void fileBehindAnotherFlag_isRefusedByName() {
    CliRun run = CliRun.of("profile", "--scores", first, "--n", "3", second);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("unexpected argument '" + second + "'").hasLineCount(1);
  }
}
