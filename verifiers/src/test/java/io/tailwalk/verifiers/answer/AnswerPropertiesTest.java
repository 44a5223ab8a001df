package io.tailwalk.verifiers.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeded sweeps over numbers and expressions. */
class AnswerPropertiesTest {

  /** Ways to write an integer at the end of a completion. */
  private static List<String> spellings(long value) {
    String number = String.valueOf(value);
    String size = String.format(java.util.Locale.ROOT, "%,d", Math.abs(value));
    String sign = value < 0 ? "-" : "";
    List<String> all =
        new ArrayList<>(
            List.of(
                "#### " + number,
                "####" + number + "\n",
                "#### " + number + ".0",
                "#### $" + number,
                "\\boxed{" + number + "}",
                "\\boxed{" + number + "\\text{ cm}}",
                "\\boxed{x = " + number + "}",
                "$\\boxed{" + sign + size.replace(",", "{,}") + "}$",
                "$\\boxed{" + sign + size.replace(",", ",\\!") + "}$.",
                "The answer is " + number + ".",
                "The answer is: **" + number + "**",
                "Answer: " + sign + size,
                "So the answer is " + number + " apples, not 12345.",
                "\\boxed{" + number + ".00}",
                "\\boxed{\\frac{" + 3 * value + "}{3}}",
                "\\boxed{\\frac{" + 14 * value + "}{14}}",
                "\\boxed{" + 2 * value + " / 2}",
                "\\boxed{" + (value - 7) + " + 7}",
                "\\boxed{\\left(" + number + "\\right)}",
                "I count " + number + " of them",
                "first \\boxed{0}, no: \\boxed{" + number + "}"));
    all.add(
        "\\boxed{" + BigDecimal.valueOf(value).movePointLeft(3).toPlainString() + " \\times 10^3}");
    return all;
  }

  @Test
  void agrees_sameNumberInManySpellings_passes() {
    var random = new Random(1);
    for (int i = 0; i < 60; i++) {
      long value = random.nextLong(-3_000_000, 3_000_000) / (i % 2 == 0 ? 1 : 10_000);
      for (String text : spellings(value)) {
        assertThat(FinalAnswer.agrees(text, String.valueOf(value)))
            .as("%d: %s", value, text)
            .isTrue();
      }
    }
  }

  @Test
  void agrees_otherNumber_neverPasses() {
    var random = new Random(2);
    for (int i = 0; i < 60; i++) {
      long value = random.nextLong(-3_000_000, 3_000_000) / (i % 2 == 0 ? 1 : 10_000);
      long other = value + (i % 3 == 0 ? 1 : random.nextLong(1, 500_000));
      for (String text : spellings(other)) {
        assertThat(FinalAnswer.agrees(text, String.valueOf(value)))
            .as("%d: %s", value, text)
            .isFalse();
      }
    }
  }

  @Test
  void sameExactly_polynomialsMultipliedOut_areEqualAndChangedOnesAreNot() {
    var random = new Random(3);
    for (int i = 0; i < 60; i++) {
      int a = random.nextInt(-9, 10);
      int b = random.nextInt(-9, 10);
      int c = random.nextInt(1, 10);
      String factored = "\\boxed{(x" + signed(a) + ")(" + c + "x" + signed(b) + ")}";
      String expanded = c + "x^2" + signed(b + a * c) + "x" + signed(a * b);
      assertThat(FinalAnswer.agrees(factored, expanded)).as(factored).isTrue();
      assertThat(FinalAnswer.agrees(factored, expanded + "+1")).as(factored).isFalse();
      assertThat(FinalAnswer.agrees(factored, expanded + "+x")).as(factored).isFalse();
    }
  }

  @Test
  void sameExactly_radicals_areEqualAndChangedOnesAreNot() {
    var random = new Random(4);
    for (int i = 0; i < 60; i++) {
      int a = random.nextInt(1, 12);
      int b = random.nextInt(2, 12);
      int c = random.nextInt(2, 12);
      String written = "\\boxed{" + a + "\\sqrt{" + b * c * c + "}}";
      assertThat(FinalAnswer.agrees(written, a * c + "\\sqrt{" + b + "}")).as(written).isTrue();
      assertThat(FinalAnswer.agrees(written, (a * c + 1) + "\\sqrt{" + b + "}")).isFalse();
      assertThat(FinalAnswer.agrees(written, a * c + "\\sqrt{" + (b + 1) + "}")).isFalse();
    }
  }

  private static String signed(int value) {
    return value < 0 ? String.valueOf(value) : "+" + value;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10^{10^{10}}",
        "9^{9^{9^{9}}}",
        "(((9!)!)!)!",
        "1e9999",
        "(x+y+z+a+b+c+d)^{60}",
        "(x+1)^{1000000}",
        "\\sqrt{\\sqrt{\\sqrt{x+1}+1}+1}",
        "e^{e^{e^{e^{e}}}}",
        "\\sin(10^{400})",
        "1/0",
        "0^0",
        "\\ln(-1)",
        "\\frac{1}{x-x}",
        "\\tan(\\frac{\\pi}{2})",
        "2^{2^{x}}",
      })
  void agrees_hugeOrUndefined_equalsItselfAndNoNumberInBoundedTime(String answer) {
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          assertThat(FinalAnswer.agrees("\\boxed{" + answer + "}", answer)).isTrue();
          assertThat(FinalAnswer.agrees("\\boxed{" + answer + "}", "7")).isFalse();
          assertThat(FinalAnswer.agrees("\\boxed{" + answer + "+1}", answer)).isFalse();
          assertThat(FinalAnswer.agrees("\\boxed{1}", answer)).isFalse();
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(", "{", "\\{", "\\frac{", "\\sqrt{", "-", "x^{", "\\boxed{", "|", "[1,"})
  void agrees_deepNesting_isBounded(String open) {
    String text = "\\boxed{" + open.repeat(100_000) + "1";
    Assertions.assertTimeout(
        Duration.ofSeconds(20), () -> assertThat(FinalAnswer.agrees(text, "2")).isFalse());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "answer\n",
        "answer**",
        "answer: ",
        "answer is\n",
        "The answer is 5. ",
        "1+",
        "1/1",
        "1:",
        "12*",
        "1,234",
        "1 234",
        "{,}",
        "1{,}234",
        "\\text{",
        "\\text{a}",
        "\\frac{1}",
        "\\\\",
        "\\boxed{\n",
        "\\boxed{5} and ",
        "#### 5\n",
        "\\( ",
        "\\[",
        "$x",
        "$ 5 ",
        "$1$ and ",
        "$$",
        "\\$",
        "**",
        ", ",
        "\n",
        " ",
        ".",
        "}",
        "a",
        "x ",
        "1",
        "1 1/2 ",
        "(1/2)*",
        "no more than 5 ",
        "The answer is 5? ",
        "Suppose the answer is 5. ",
        "Actually, 5. ",
        "Or 5. ",
        "\\boxed{5} or 6. ",
        "2 = 5 ",
        "(1, 2, ",
        "clearly ",
        "one hundred ",
        "<answer>",
        "<<",
        "1.234",
        "1'234",
        "_"
      })
  void agrees_longRepetition_isBounded(String part) {
    String text = part.repeat(200_000 / part.length());
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          assertThat(FinalAnswer.agrees(text, "7")).isFalse();
          assertThat(FinalAnswer.agrees("\\boxed{7}", text)).isFalse();
        });
  }

  @Test
  void agrees_randomTexts_endWithoutAnException() {
    String[] parts = {
      "\\boxed{",
      "}",
      "{",
      "$",
      "$$",
      "\\(",
      "\\)",
      "\\[",
      "\\]",
      "####",
      " ",
      "\n",
      "answer is",
      "answer:",
      "1",
      "23",
      "4,567",
      ".5",
      "x",
      "y",
      "+",
      "-",
      "*",
      "/",
      "^",
      "_",
      "(",
      ")",
      "[",
      "]",
      "\\{",
      "\\}",
      "\\frac",
      "\\sqrt",
      "\\sqrt[3]",
      "\\pi",
      "\\infty",
      "\\pm",
      "\\cup",
      "\\in",
      "\\le",
      "=",
      "<",
      ":",
      ";",
      ",",
      "and",
      "or",
      "\\text{",
      "cm",
      "%",
      "!",
      "|",
      "&",
      "\\\\",
      "\\begin{pmatrix}",
      "\\end{pmatrix}",
      "\\log",
      "\\sin",
      "e",
      "i",
      "\\overline{",
      "\u00e9",
      "\u0000",
      "\ud83d",
      "\\"
    };
    var random = new Random(5);
    for (int i = 0; i < 4_000; i++) {
      String text = text(parts, random);
      String expected = text(parts, random);
      assertThatCode(() -> FinalAnswer.agrees(text, expected))
          .as("%s ~ %s", text, expected)
          .doesNotThrowAnyException();
      assertThatCode(() -> FinalAnswer.stated(text)).doesNotThrowAnyException();
    }
  }

  private static String text(String[] parts, Random random) {
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "\\boxed{" : "");
    int size = random.nextInt(25);
    for (int i = 0; i < size; i++) {
      text.append(parts[random.nextInt(parts.length)]);
    }
    return text.toString();
  }
}
