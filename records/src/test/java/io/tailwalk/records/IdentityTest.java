package io.tailwalk.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentityTest {
  private static final Identity RUN =
      Identity.of("model", "m")
          .with("prompts", List.of("a", "b"))
          .withSettings(Map.of("n", 3, "temperature", 1.0));

  @Test
  void changeSince_nothing_isEmptyAndTheKeyIsTheSame() {
    Identity again = Identity.read(JsonText.parse(JsonText.line(RUN.json()))).orElseThrow();
    assertThat(RUN.changeSince(again)).isEmpty();
    assertThat(again.key()).isEqualTo(RUN.key());
  }

  @Test
  void changeSince_oneSeveralAndMany_areNamed() {
    assertThat(RUN.with("model", "other").changeSince(RUN))
        .contains("the model has changed since the run began");
    assertThat(RUN.with("setting stop", "x").with("model", "other").changeSince(RUN))
        .contains("the model and the setting stop have changed since the run began");
    assertThat(Identity.NONE.with("seed", "1").with("data", "2").changeSince(RUN).orElseThrow())
        .isEqualTo(
            "the data, the model, the prompts, the seed and 2 more have changed since the run"
                + " began");
  }

  @Test
  void key_anyPart_matters() {
    assertThat(RUN.with("prompts", List.of("ab", "")).key()).isNotEqualTo(RUN.key());
    assertThat(RUN.with("a", "").key()).isNotEqualTo(RUN.key());
  }
}
