package io.tailwalk.verifiers.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.testkit.TestVocabulary;
import io.tailwalk.testkit.VerifierContract;
import io.tailwalk.verifiers.spec.SpecFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSchemaVerifierTest {
  private static final String PERSON =
      """
      {"type": "object", "additionalProperties": false, "required": ["name"],
       "properties": {"name": {"type": "string", "minLength": 1, "maxLength": 3},
                      "age": {"type": "integer", "minimum": 10}}}
      """;
  private static final String TREE =
      """
      {"$ref": "#/$defs/node", "$defs": {"node": {"type": "object",
        "properties": {"left": {"$ref": "#/$defs/node"}, "v": {"enum": [1, "\u00e9", null]}}}}}
      """;

  private static Candidate candidate(String text, boolean complete) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<byte[]> tokens = new ArrayList<>();
    for (byte b : bytes) {
      tokens.add(new byte[] {b});
    }
    var vocabulary = TestVocabulary.ofBytes(tokens);
    int[] ids = IntStream.range(0, bytes.length + (complete ? 1 : 0)).toArray();
    return complete
        ? Candidate.complete(Prompt.text(""), vocabulary, ids, FinishReason.STOP)
        : Candidate.partial(Prompt.text(""), vocabulary, ids);
  }

  private static boolean passes(Verifier verifier, String text) {
    return verifier.logReward(candidate(text, true)) == 0;
  }

  private static boolean alive(Verifier verifier, String text) {
    return verifier.prefixValue().logValue(candidate(text, false)) == 0;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "{\"name\": \"Bo\", \"age\": 12}~true",
        " { \"age\":12 , \"name\":\"\u00e9\\u00e9b\" } ~true",
        "{\"name\": \"Bo\"}~true",
        "{\"name\": \"Bo\", \"age\": 9}~false",
        "{\"name\": \"Bo\", \"age\": 1.5}~false",
        "{\"name\": \"Bobby\"}~false",
        "{\"name\": \"\"}~false",
        "{\"age\": 12}~false",
        "{\"name\": \"Bo\", \"name\": \"Bo\"}~false",
        "{\"name\": \"Bo\", \"x\": 1}~false",
        "{\"name\": \"Bo\"~false",
        "{\"name\": \"Bo\",}~false",
        "{\"age\": 012, \"name\": \"Bo\"}~false",
        "[]~false",
      })
  void logReward_person_isTheSchemasVerdict(String text, boolean expected) {
    Verifier verifier = schema("s.json", PERSON);
    assertThat(passes(verifier, text)).isEqualTo(expected);
    for (int i = 0; expected && i <= text.length(); i++) {
      assertThat(alive(verifier, text.substring(0, i))).as(text.substring(0, i)).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "{\"n~true",
        "{\"b~false",
        "{}~false",
        "{\"age\": 12}~false",
        "{\"age\": 12, ~true",
        "{\"name\": \"abcd~false",
        "{\"age\": 1.~true",
        "{\"age\": 12.5,~false",
        "{\"age\": 9,~false",
        "{\"age\": -1~false",
        "{\"age\": 1, \"a~false",
        "[~false",
        "nul~false",
        "{\"name\": 1~false",
      })
  void prefixValue_person_isZeroWhereTheShapeIsLost(String text, boolean expected) {
    assertThat(alive(schema("s.json", PERSON), text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "{}~true", "{\"left\": {\"left\": {}, \"v\": null}}~true", "{\"v\": \"\u00e9\"}~true",
        "{\"v\": 2}~false", "{\"left\": 1}~false", "{\"leftover\": [1, {\"left\": 1}]}~true",
        "{\"x\": 1.5e3, \"v\": 1}~true", "{\"\\u006ceft\": 1}~false", "{\"le\": 1, \"\": 2}~true",
      })
  void logReward_openRecursiveObject_isTheSchemasVerdict(String text, boolean expected) {
    Verifier verifier = schema("s.json", TREE);
    assertThat(passes(verifier, text)).isEqualTo(expected);
    for (int i = 0; expected && i <= text.length(); i++) {
      assertThat(alive(verifier, text.substring(0, i))).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"minItems\":2,\"maxItems\":3}~[1, 2]~true",
        "{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"minItems\":2,\"maxItems\":3}~[1]~false",
        "{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"uniqueItems\":true}~[1,1]~false",
        "{\"prefixItems\":[{\"const\":\"a\"}],\"type\":\"array\",\"items\":false}~[\"a\"]~true",
        "{\"prefixItems\":[{\"const\":\"a\"}],\"type\":\"array\",\"items\":false}~[\"a\",1]~false",
        "{\"anyOf\":[{\"type\":\"null\"},{\"type\":\"boolean\"}]}~true~true",
        "{\"oneOf\":[{\"type\":\"number\"},{\"type\":\"integer\"}]}~1~false",
        "{\"type\":[\"string\",\"null\"],\"pattern\":\"^a\"}~\"ab\"~true",
        "{\"type\":[\"string\",\"null\"],\"pattern\":\"^a\"}~\"b\"~false",
        "{\"allOf\":[{\"type\":\"number\"},{\"maximum\":3}]}~4~false",
        "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"null\"}}~{\"a\":null,\"b\":null}~true",
        "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"null\"}}~{\"a\":1}~false",
        "true~{\"a\":[1,[],{\"b\":-0.5e-3}]}~true",
        "true~1 2~false",
      })
  void logReward_keywords_areFollowed(String schema, String text, boolean expected) {
    Verifier verifier = schema("s.json", schema);
    assertThat(passes(verifier, text)).isEqualTo(expected);
    for (int i = 0; expected && i <= text.length(); i++) {
      assertThat(alive(verifier, text.substring(0, i))).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "{~the file s.json is not valid JSON",
        "[]~the file s.json is not a valid schema: it is not an object",
        "false~no JSON text fulfils it",
        "{\"$ref\":\"#/x\"}~the reference #/x does not resolve",
        "{\"$ref\":\"http://example.org/s\"}~only subschemas of this file",
        "{\"$ref\":\"#\"}~a schema refers to itself for the same value",
        "{\"type\":\"object\",\"required\":[\"a\"],\"properties\":{\"a\":{\"$ref\":\"#\"}}}~no JSON text",
        "{\"allOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}~no JSON text fulfils it",
        "{\"minimum\":3,\"maximum\":2,\"type\":\"number\"}~no JSON text fulfils it",
        "{\"type\":\"integer\",\"exclusiveMinimum\":3,\"maximum\":3.5}~no JSON text fulfils it",
        "{\"type\":\"string\",\"pattern\":\"^a$\",\"minLength\":2}~no JSON text fulfils it",
        "{\"pattern\":\"(a\"}~the pattern (a is malformed: a group is not closed",
        "{\"$schema\":\"http://json-schema.org/draft-03/schema#\"}~written for draft 3",
        "{\"type\":\"txt\"}~the value at /type must be one of the types",
      })
  void of_badSchema_isRefused(String schema, String message) {
    assertThatThrownBy(() -> schema("s.json", schema))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void of_manyProperties_mayComeInAnyOrder() {
    String properties =
        String.join(
            ",",
            IntStream.range(0, 12)
                .mapToObj(i -> "\"p%d\":{\"const\":%d}".formatted(i, i))
                .toList());
    Verifier verifier =
        schema(
            "s.json",
            "{\"type\":\"object\",\"required\":[\"p3\"],\"properties\":{" + properties + "}}");
    assertThat(passes(verifier, "{\"p11\":11,\"p3\":3}")).isTrue();
    assertThat(passes(verifier, "{\"p11\":11}")).isFalse();
    assertThat(alive(verifier, "{\"p11\":2")).isFalse();
  }

  @Nested
  class Contract extends VerifierContract {
    @Override
    protected Verifier openVerifier() {
      return schema("s.json", PERSON);
    }

    @Override
    protected Vocabulary vocabulary() {
      return TestVocabulary.of("{", "\"name\":\"", "B\"", "\"age\":1", "2", ",", "}");
    }

    @Override
    protected int maxTokens() {
      return 6;
    }
  }

  @Test
  void reason_namesTheCharacter_orTheKeywordsThatNoMaskFollows() {
    Verifier person = schema("p", PERSON);
    assertThat(person.reason(candidate("{\"name\": \"Bo\"}", true))).isEmpty();
    assertThat(person.reason(candidate("{\"name\": \"Bobby\"}", true)))
        .contains("json-schema:p: 'b' is not possible as character 14");
    assertThat(person.reason(candidate("{\"name\": \"Bo\"", true)))
        .contains("json-schema:p: the text ends too early");
    Verifier unique = schema("u", "{\"type\": \"array\", \"uniqueItems\": true}");
    assertThat(unique.reason(candidate("[1, 1.0]", true)).orElseThrow())
        .contains("not every keyword of the schema holds");
  }

  private static Verifier schema(String file, String text) {
    return JsonSchemaVerifier.of(new SpecFiles.Loaded(file, text, ""), true, SchemaFolder.none());
  }
}
