package io.tailwalk.verifiers.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.verifiers.spec.SpecFiles;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class SchemaRefusalsTest {
  private static JsonSchemaVerifier schema(String text) {
    var loaded = new SpecFiles.Loaded("s.json", text, "");
    return JsonSchemaVerifier.of(loaded, true, SchemaFolder.none());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "{'properties':[]}~/properties must be an object",
        "{'properties':{'a':1}}~/properties/a must be a schema",
        "{'properties':{'a/b':{'enum':1}}}~/properties/a~1b/enum must be an array",
        "{'required':'a'}~/required must be an array of different strings",
        "{'required':[1]}~/required must be an array of different strings",
        "{'minimum':'1'}~/minimum must be a number",
        "{'minLength':-1}~/minLength must be an integer of at least 0",
        "{'maxItems':1.5}~/maxItems must be an integer of at least 0",
        "{'multipleOf':0}~/multipleOf must be a number greater than 0",
        "{'allOf':[]}~/allOf must be an array of schemas, at least one",
        "{'anyOf':[{}, 1]}~/anyOf/1 must be a schema",
        "{'format':1}~/format must be a string",
        "{'pattern':1}~/pattern must be a string",
        "{'$id':1}~/$id must be a string",
        "{'$ref':1}~/$ref must be a string",
        "{'uniqueItems':'true'}~/uniqueItems must be true or false",
        "{'type':'text'}~/type must be one of the types",
        "{'type':[]}~/type must be one of the types",
        "{'not':1}~/not must be a schema",
        "{'dependentRequired':{'a':'b'}}~/dependentRequired/a must be an array",
        "{'dependencies':{'a':'b'}}~/dependencies/a must be a schema",
        "{'$defs':{'a':{'items':{'minItems':'1'}}}}~/$defs/a/items/minItems must be an integer",
        "{'x':{'a':{'minimum':{}}},'$ref':'#/x/a'}~/x/a/minimum must be a number",
        "{'const':[1e99999999999]}~/const must have only numbers from",
        "{'minimum':1e99999999999}~/minimum must have only numbers from",
        "{'$schema':'http://json-schema.org/draft-04/schema#','exclusiveMinimum':1}"
            + "~/exclusiveMinimum must be true or false",
        "{'$schema':'http://json-schema.org/draft-04/schema#','required':[]}"
            + "~/required must be an array",
        "{'$schema':'http://json-schema.org/draft-04/schema#','enum':[]}"
            + "~/enum must be an array of values, at least one",
        "{'$schema':'http://json-schema.org/draft-04/schema#','items':{'not':true}}"
            + "~/items/not must be a schema",
        "{'$schema':'http://json-schema.org/draft-07/schema#','minimum':1,'exclusiveMinimum':true}"
            + "~/exclusiveMinimum must be a number",
        "{'$schema':'https://json-schema.org/draft/2020-12/schema','items':[{}]}"
            + "~/items must be a schema",
        "{'type':'json_schema','json_schema':{'name':'n','schema':{'enum':1}}}"
            + "~/json_schema/schema/enum must be an array",
      })
  void of_malformedKeyword_namesItsPlace(String text, String expected) {
    assertThatThrownBy(() -> schema(text.replace('\'', '"')))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("json-schema: the file s.json is not a valid schema: the value at ")
        .hasMessageContaining(expected)
        .hasMessageEndingWith("; correct it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'x-properties':[],'nullable':1,'$id':'no uri','minLength':2.0,'required':[]}",
        "{'minimum':1,'exclusiveMinimum':true,'items':[{}]}",
        "{'$schema':'http://json-schema.org/draft-04/schema#','const':1,'$id':1,'if':3}",
        "{'$schema':'http://json-schema.org/draft-04/schema#','minimum':1,'exclusiveMinimum':true}",
        "{'$schema':'http://json-schema.org/draft-07/schema#','$defs':3,'items':[true]}",
        "{'properties':{'$ref':{'type':'string'},'enum':{}},'enum':[{},{}]}",
        "{'$schema':'http://json-schema.org/draft-04/schema#','enum':['a','b','a']}",
        "{'minimum':1e9999}",
        "{'$schema':'http://json-schema.org/draft-04/schema#','id':1,'definitions':{'a':{'id':{},'enum':[1]}}}",
      })
  void of_unknownKeywordOrOtherDraft_isAccepted(String text) {
    assertThat(schema(text.replace('\'', '"')).passesOrFails()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'$ref':'#'}",
        "{'anyOf':[{'$ref':'#'}]}",
        "{'oneOf':[{'type':'string'},{'allOf':[{'$ref':'#'}]}]}",
        "{'not':{'$ref':'#'}}",
      })
  void of_schemaOfTheSameValue_isRefused(String text) {
    assertThatThrownBy(() -> schema(text.replace('\'', '"')))
        .hasMessageContaining("a schema refers to itself for the same value; remove the reference");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "{ ~line 1 column 2 ends the text too early; close what was opened with {",
        "{'a':~line 1 column 6 ends the text too early; close what was opened with {",
        "[1,~line 1 column 4 ends the text too early; close what was opened with [",
        "|~line 1 column 1 begins an empty text; write a schema, such as {}",
        "{} {}~line 1 column 4 has text behind the value; keep one value in the file",
        "{|  'a': 1,|  'a': 2}~line 3 column 3 has the name a again; keep one of the two members",
        "{'a':1,'\\u0061':2}~line 1 column 8 has the name a again; keep one of the two members",
        "{'minimum':1ee}~line 1 column 12 has 1ee, which is not a number of JSON; write digits",
        "{'maximum':Infinity}~line 1 column 12 has Infinity, which is not a value of JSON; write a number, or leave",
        "{'maximum':-Infinity}~has -Infinity, which is not a value of JSON; write a number",
        "{'maximum':NaN}~has NaN, which is not a value of JSON; write a number",
        "{'maximum':+1}~has +1, which is not a number of JSON",
        "{'maximum':.5}~has .5, which is not a number of JSON",
        "{'maximum':5.}~has 5., which is not a number of JSON",
        "{'maximum':007}~has 007, which is not a number of JSON",
        "{'maximum':0x1F}~has 0x1F, which is not a number of JSON",
        "{'a':True}~has True, which is not a value of JSON; write true",
        "{'a':None}~has None, which is not a value of JSON; write null",
        "{'a':text}~has text, which is not a value of JSON; write texts in double quotes",
        "|// c|{}~line 2 column 1 has a comment, which JSON does not have; remove it",
        "{|/* c */}~line 2 column 1 has a comment",
        "# c|{}~line 1 column 1 has a comment",
        "\ufeff{}~line 1 column 1 has a byte order mark; save the file as UTF-8 without one",
        "{'a':1,}~line 1 column 8 has a comma before it that ends nothing; remove the comma",
        "[1,]~line 1 column 4 has a comma before it that ends nothing; remove the comma",
        "[1 2]~line 1 column 4 has no comma before 2; separate",
        "{'a' 1}~line 1 column 6 has no colon behind a name; write \"name\": value",
        "{a:1}~line 1 column 2 has a for a name; write names in double quotes",
        "{`a`:1}~line 1 column 2 has ` for a name; write names in double quotes",
        "{'a':}~line 1 column 6 has } for a value; write a JSON value",
        "[1}~line 1 column 3 has } for what was opened with [; close that first",
        "{'a':'b~line 1 column 6 begins a text that is not closed",
        "{'a':'b|'}~line 1 column 8 has a line break or control character in a text",
        "{'\ud83d\ude00':'\\d'}~line 1 column 7 has an unknown escape; write \\\\ for a backslash",
      })
  void of_notJson_namesPlaceAndRemedy(String text, String expected) {
    String written = text.replace('\'', '"').replace('|', '\n');
    assertThatThrownBy(() -> schema(written))
        .hasMessageStartingWith("json-schema: the file s.json is not valid JSON: line ")
        .hasMessageContaining(expected)
        .message()
        .doesNotContain("Source", "REDACTED", "java.", "Feature", "tools.jackson", "token");
  }

  @Test
  void of_notJson_isFoundWheneverTheReaderRefuses() {
    var random = new Random(19);
    String valid =
        "{\"a\": [1.5e3, -0, true, null, \"x\\u00e9\\n\"], \"b\": {\"c\": {}}, \"d\": []}";
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder(valid);
      for (int change = random.nextInt(3); change >= 0; change--) {
        int at = random.nextInt(text.length());
        if (random.nextBoolean()) {
          text.deleteCharAt(at);
        } else {
          text.insert(at, "{}[],:\"\\ 0-.eut\n'/#x".charAt(random.nextInt(20)));
        }
      }
      boolean refused = false;
      try {
        JsonTree.read(text.toString());
      } catch (JacksonException _) {
        refused = true;
      }
      assertThat(JsonFault.of(text.toString()).isPresent()).as("%s", text).isEqualTo(refused);
    }
  }

  @Test
  void of_jsonObjectFormat_isAnyObject() {
    for (String text :
        new String[] {
          "{\"type\":\"json_object\"}", "{\"response_format\":{\"type\":\"json_object\"}}"
        }) {
      assertThat(schema(text).isAdmittedByJudge("{\"a\":[1]}")).isTrue();
      assertThat(schema(text).isAdmittedByJudge("[1]")).isFalse();
    }
  }
}
