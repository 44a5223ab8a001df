package io.tailwalk.verifiers.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeTemplateTest {

  @Test
  void fill_placesInTheTexts_areNotFilledAgain() {
    assertThat(JudgeTemplate.fill("{prompt}|{completion}|{x}", "{completion}", "{prompt}"))
        .isEqualTo("{completion}|{prompt}|{x}");
  }

  @Test
  void read_templateWithoutCompletion_isRefused(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("t"), "Is {prompt} good?");
    assertThatThrownBy(() -> JudgeTemplate.read("judge", Optional.of(file.toString())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no {completion}; add it");
  }
}
