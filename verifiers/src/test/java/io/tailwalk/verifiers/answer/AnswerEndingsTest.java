package io.tailwalk.verifiers.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Endings of completions, right and wrong ones. */
class AnswerEndingsTest {

  record Ending(String expected, String text, boolean passes) {
    static Ending of(String line) {
      String[] parts = line.split(" ~ ", -1);
      assertThat(parts).as(line).hasSize(3);
      assertThat(parts[2]).as(line).isIn("true", "false");
      return new Ending(parts[0], parts[1].replace("\u23ce", "\n"), parts[2].equals("true"));
    }
  }

  static Stream<Ending> endings() {
    return Stream.of(
            "endings.txt", "statements.txt", "contexts.txt", "scales.txt", "corrections.txt")
        .flatMap(AnswerEndingsTest::endings);
  }

  private static Stream<Ending> endings(String name) {
    try (InputStream file = AnswerEndingsTest.class.getResourceAsStream(name)) {
      List<String> lines =
          new String(Objects.requireNonNull(file).readAllBytes(), UTF_8).lines().toList();
      return lines.stream().filter(line -> !line.startsWith("# ")).map(Ending::of);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("endings")
  void agrees_endingOfACompletion_isJudgedAsAReaderWould(Ending ending) {
    assertThat(FinalAnswer.agrees(ending.text, ending.expected)).isEqualTo(ending.passes);
  }

  @Test
  void agrees_answerInABox_equalsItself() {
    assertThat(endings().map(Ending::expected).distinct())
        .allSatisfy(answer ->
            assertThat(FinalAnswer.agrees("so \\boxed{" + answer + "}.", answer)).isTrue());
  }
}
