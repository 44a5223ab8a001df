package io.tailwalk.verifiers.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.testkit.TestVocabulary;
import io.tailwalk.verifiers.spec.SpecFiles;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts that are made to be hard: each has a verdict. */
class SchemaTextsTest {
  private static JsonSchemaVerifier schema(String text) {
    var loaded = new SpecFiles.Loaded("s.json", text, "");
    return JsonSchemaVerifier.of(loaded, true, SchemaFolder.none());
  }

  private static Candidate candidate(String text, boolean complete) {
    List<byte[]> tokens = new ArrayList<>();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      tokens.add(new byte[] {b});
    }
    var vocabulary = TestVocabulary.ofBytes(tokens);
    int[] ids = IntStream.range(0, tokens.size() + (complete ? 1 : 0)).toArray();
    return complete
        ? Candidate.complete(Prompt.text(""), vocabulary, ids, FinishReason.STOP)
        : Candidate.partial(Prompt.text(""), vocabulary, ids);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "{}~1e99999999999~true",
        "{}~1e2147483648~true",
        "{}~1E-99999999999999999999~true",
        "{}~[1e2147483648]~true",
        "{'maximum':10}~0e99999999999~true",
        "{'maximum':10}~-0.0e-99999999999~true",
        "{'maximum':10}~1e99999999999~false",
        "{'maximum':10}~-1e99999999999~true",
        "{'maximum':10}~1e-99999999999~true",
        "{'minimum':10}~0.0001e99999999999~true",
        "{'minimum':0}~-1e-99999999999~false",
        "{'exclusiveMinimum':0}~1e-99999999999~true",
        "{'exclusiveMinimum':0}~0e-99999999999~false",
        "{'exclusiveMaximum':0}~-1e-99999999999~true",
        "{'maximum':1e9999}~1e2147483648~false",
        "{'multipleOf':7}~14e99999999999~true",
        "{'multipleOf':7}~15e99999999999~false",
        "{'multipleOf':64}~1e99999999999~true",
        "{'multipleOf':0.01}~1e99999999999~true",
        "{'multipleOf':0.01}~1e-99999999999~false",
        "{'type':'integer'}~1e99999999999~true",
        "{'type':'integer'}~1e-99999999999~false",
        "{'type':'integer'}~0e-99999999999~true",
        "{'type':'integer'}~0.5e00000000000000001~true",
        "{'enum':[0,1]}~0e99999999999~true",
        "{'enum':[0,1]}~1e99999999999~false",
        "{'not':{'const':1}}~1e-99999999999~true",
        "{'uniqueItems':true}~[1e99999999999,1e99999999998]~true",
        "{'uniqueItems':true}~[1e99999999999,10E+99999999998]~false",
        "{'uniqueItems':true}~[0e99999999999,-0]~false",
        "{'uniqueItems':true}~[{'a':[1,2]},{'a':[1.0,20e-1]}]~false",
        "{'uniqueItems':true}~[{'a':1,'b':2},{'b':2,'a':1}]~false",
        "{'uniqueItems':true}~[1,true,'1',[1],'true',null,'null',0,false,[],{}]~true",
      })
  void logReward_numbers_areExact(String schema, String written, boolean expected) {
    JsonSchemaVerifier verifier = schema(schema.replace('\'', '"'));
    String text = written.replace('\'', '"');
    assertThat(verifier.isAdmittedByJudge(text)).isEqualTo(expected);
    assertThat(verifier.logReward(candidate(text, true)) == 0).isEqualTo(expected);
    for (int i = 0; expected && i <= text.length(); i++) {
      double alive = verifier.prefixValue().logValue(candidate(text.substring(0, i), false));
      assertThat(alive).as(text.substring(0, i)).isZero();
    }
  }

  @Test
  void prefixValue_longExponent_isCutWhereItPassesTheBound() {
    JsonSchemaVerifier verifier = schema("{\"type\":\"number\",\"maximum\":10,\"minimum\":1}");
    for (String text : List.of("1e99999999999", "1e-99999999999", "1e2147483648")) {
      assertThat(verifier.prefixValue().logValue(candidate(text, false))).isNegative();
    }
  }

  @Test
  void logReward_patternWithoutEnd_isZeroWithTheReason() {
    JsonSchemaVerifier verifier = schema("{\"pattern\":\"^(a*)*\\\\1$\"}");
    var hostile = candidate("\"" + "a".repeat(40) + "b\"", true);
    assertThat(verifier.logReward(hostile)).isNegative();
    assertThat(verifier.reason(hostile).orElseThrow()).contains("takes too long to match");
    assertThat(verifier.logReward(candidate("\"aa\"", true))).isZero();
  }

  @Test
  void logReward_loopOfAMember_isZeroWithTheReason() {
    JsonSchemaVerifier verifier =
        schema("{\"properties\":{\"a\":{\"anyOf\":[{\"$ref\":\"#/properties/a\"}]}}}");
    var looping = candidate("{\"a\":1}", true);
    assertThat(verifier.logReward(looping)).isNegative();
    assertThat(verifier.reason(looping).orElseThrow()).contains("it cannot be judged");
    assertThat(verifier.logReward(candidate("{\"b\":1}", true))).isZero();
  }

  @Test
  void isAdmittedByJudge_deepText_doesNotDependOnTheStack() {
    JsonSchemaVerifier verifier =
        schema("{\"items\":{\"allOf\":[{\"anyOf\":[{\"$ref\":\"#\"}]}]},\"type\":\"array\"}");
    assertThat(verifier.isAdmittedByJudge("[".repeat(1900) + "]".repeat(1900))).isTrue();
    assertThat(verifier.isAdmittedByJudge("[".repeat(2100) + "]".repeat(2100))).isFalse();
  }

  /** Comparing each item with each other one would take 16 times as long for 4 times as many. */
  @Test
  void isAdmittedByJudge_uniqueItems_takesTimeInProportion() {
    JsonSchemaVerifier unique = schema("{\"uniqueItems\":true}");
    double few = secondsOfJudging(unique, 10_000);
    assertThat(secondsOfJudging(unique, 40_000) / few).isLessThan(10);
  }

  /** Processor time, which other processes do not change; the least of several measurements. */
  private static double secondsOfJudging(JsonSchemaVerifier unique, int count) {
    String items =
        IntStream.range(0, count)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(",", "[", "]"));
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long before = threads.getCurrentThreadCpuTime();
      assertThat(unique.isAdmittedByJudge(items)).isTrue();
      least = Math.min(least, threads.getCurrentThreadCpuTime() - before);
    }
    return least / 1e9;
  }

  @Test
  void logReward_manyRequiredMembers_passes() {
    List<String> names = IntStream.range(0, 1000).mapToObj(i -> "\"name" + i + "\"").toList();
    JsonSchemaVerifier required = schema("{\"required\":" + names + "}");
    String all = names.stream().map(n -> n + ":1").collect(Collectors.joining(",", "{", "}"));
    assertThat(required.logReward(candidate(all, true))).isZero();
  }

  /** Patterns with too many states or positions for a mask. */
  @ParameterizedTest
  @CsvSource({
    "'^.*a.{20}$', bbbbbbbbbbbbbbbbbbbbbb, abbbbbbbbbbbbbbbbbbbb",
    "'^(a{0,9999}|b{30000})$', aab, aaa",
    "'^a{1000000}$', ab, ''",
  })
  void logReward_largePatterns_areDecidedAtTheEnd(String pattern, String wrong, String right) {
    JsonSchemaVerifier verifier = schema("{\"pattern\":\"" + pattern + "\"}");
    String invalid = '"' + wrong + '"';
    assertThat(verifier.logReward(candidate(invalid, true))).isNegative().isInfinite();
    assertThat(verifier.prefixValue().logValue(candidate(invalid, false))).isZero();
    if (!right.isEmpty()) {
      assertThat(verifier.logReward(candidate('"' + right + '"', true))).isZero();
    }
  }
}
