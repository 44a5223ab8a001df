package io.tailwalk.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PluralTest {
  @Test
  void of_oneAlone_isSingular() {
    assertThat(Plural.of(1, "lineage")).isEqualTo("1 lineage");
    assertThat(Plural.of(0, "lineage")).isEqualTo("0 lineages");
    assertThat(Plural.of(12_345, "model token")).isEqualTo("12,345 model tokens");
  }

  @Test
  void of_irregular_takesTheGivenPlural() {
    assertThat(Plural.of(1, "leaf", "leaves")).isEqualTo("1 leaf");
    assertThat(Plural.of(3, "leaf", "leaves")).isEqualTo("3 leaves");
  }

  @Test
  void noun_followsTheCount() {
    assertThat(Plural.noun(1, "prompt")).isEqualTo("prompt");
    assertThat(Plural.noun(2, "prompt")).isEqualTo("prompts");
  }
}
