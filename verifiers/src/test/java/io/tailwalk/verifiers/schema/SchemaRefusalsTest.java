package io.tailwalk.verifiers.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.verifiers.spec.SpecFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
  @ValueSource(strings = {"{", "{'a':", "[1,", "", "{} {}", "{'a':1,'a':2}", "{'minimum':1ee}"})
  void of_notJson_namesNoLibrary(String text) {
    assertThatThrownBy(() -> schema(text.replace('\'', '"')))
        .hasMessageStartingWith("json-schema: the file s.json is not valid JSON: ")
        .hasMessageEndingWith("; fix it")
        .message()
        .doesNotContain("Source", "REDACTED", "java.", "Feature", "tools.jackson");
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
