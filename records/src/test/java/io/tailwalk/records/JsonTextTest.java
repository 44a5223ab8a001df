package io.tailwalk.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class JsonTextTest {
  /** Users cannot set the features that the parser's messages recommend. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[NaN]|NaN is not a number in JSON",
        "[Infinity]|Infinity is not a number in JSON",
        "[-Infinity]|-Infinity is not a number in JSON",
        "[1 /* one */]|Unexpected character",
        "[+1]|Unexpected character",
        "[.5]|Unexpected character",
        "['a']|Unexpected character",
        "[007]|Invalid numeric value",
        "{a:1}|Unexpected character",
        "[tru]|Unrecognized token",
        "[1,]|Unexpected character",
      })
  void reason_whatIsNoJson_isSaidWithoutAdviceToProgrammers(String json, String says) {
    JacksonException failure =
        catchThrowableOfType(JacksonException.class, () -> JsonText.parse(json));
    assertThat(JsonText.reason(failure))
        .startsWith(says)
        .hasSizeLessThan(100)
        .doesNotContain("Feature", "ALLOW", "enable", "`");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[1]",
        "[\"a\",null]",
        "[{\"a\":1,\"b\":[]},{\"c\":{\"d\":[1,{\"e\":\"x\\ny\"}]}}]",
        "[{},[],[[1,2]],\"\\ud800\"]"
      })
  void pretty_elementByElement_writesTheBytesOfTheWholeTree(String array) throws IOException {
    ObjectNode head = (ObjectNode) JsonText.parse("{\"z\":1,\"a\":{\"b\":[true]}}");
    JsonNode elements = JsonText.parse(array);
    var out = new StringWriter();
    JsonText.pretty(head, "last", elements.values().iterator(), out);
    ObjectNode whole = head.deepCopy();
    whole.set("last", elements);
    assertThat(out).hasToString(JsonText.pretty(whole));
  }

  @Test
  void reason_textBeyondTheParsersLimits_isSaidWithoutAdviceToProgrammers() {
    for (String json : new String[] {"[".repeat(5000), "9".repeat(5000)}) {
      JacksonException failure =
          catchThrowableOfType(JacksonException.class, () -> JsonText.parse(json));
      assertThat(JsonText.reason(failure))
          .contains("exceeds the maximum allowed")
          .doesNotContain("Constraints", "`");
    }
  }

  @Test
  void doubles_numbersBeyondDoubles_areInfinite() {
    String large = "1" + "0".repeat(400);
    assertThat(Doubles.of(JsonText.parse("0.25"))).isEqualTo(0.25);
    for (String number : new String[] {"1e999", large, large + ".5"}) {
      assertThat(Doubles.of(JsonText.parse(number))).isEqualTo(Double.POSITIVE_INFINITY);
      assertThat(Doubles.of(JsonText.parse("-" + number))).isEqualTo(Double.NEGATIVE_INFINITY);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"a\": [1,", "{\"a", "1e99999999999", "{\"a\": 1e-2147483649}"})
  void parseData_truncatedOrBoundless_namesNoParser(String text) {
    assertThatThrownBy(() -> JsonText.parseData(text))
        .isInstanceOfSatisfying(
            JacksonException.class,
            e ->
                assertThat(JsonText.reason(e))
                    .isIn("it ends too early", "a number has too large an exponent"));
  }
}
