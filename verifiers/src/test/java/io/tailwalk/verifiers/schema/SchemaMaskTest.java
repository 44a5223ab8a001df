package io.tailwalk.verifiers.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.verify.ByteAutomaton;
import io.tailwalk.verifiers.spec.SpecFiles;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keyword by keyword: which beginnings of texts are still possible. */
class SchemaMaskTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        // numbers: dead as soon as no further digit or exponent helps
        "{'type':'integer','minimum':0}~-1~false",
        "{'type':'integer','minimum':0}~-0~true",
        "{'type':'integer','maximum':5}~12~false",
        "{'type':'integer','maximum':5}~10~true",
        "{'items':{'maximum':5}}~[12~true",
        "{'items':{'maximum':5}}~[12,~false",
        "{'items':{'maximum':5}}~[12e-1,~true",
        "{'items':{'maximum':5}}~[12e+~false",
        "{'items':{'minimum':5}}~[12e-3~false",
        "{'items':{'multipleOf':3}}~[7,~false",
        "{'items':{'multipleOf':3}}~[0.3e1,~true",
        "{'items':{'multipleOf':0.01}}~[1.255]~false",
        "{'items':{'multipleOf':0.01}}~[1e400]~true",
        "{'items':{'enum':[1,2.5,1000]}}~[3~false",
        "{'items':{'enum':[1,2.5,1000]}}~[0.00250e3,~true",
        "{'items':{'enum':[1,2.5,1000]}}~[1.000E3]~true",
        "{'items':{'enum':[1,2.5,1000]}}~[10]~false",
        "{'items':{'type':'integer'}}~[1.5~true",
        "{'items':{'type':'integer'}}~[1.5,~false",
        "{'items':{'type':'integer'}}~[1.5e1,~true",
        "{'items':{'type':'integer'}}~[1200e-2,~true",
        "{'items':{'type':'integer'}}~[1200e-3,~false",
        "{'items':{'type':'integer'}}~[-70e-1,~true",
        "{'items':{'type':'integer'}}~[77.0,~true",
        // strings
        "{'pattern':'^[a-c]{2}$'}~'ad~false",
        "{'pattern':'^[a-c]{2}$'}~'ab~true",
        "{'pattern':'^[a-c]{2}$'}~'abc~false",
        "{'pattern':'^[a-c]{2}$'}~'\\u006~true",
        "{'pattern':'^[a-c]{2}$'}~'\\u007~false",
        "{'pattern':'b$','maxLength':3}~'aaa~false",
        "{'pattern':'b$','maxLength':3}~'aa~true",
        "{'pattern':'\\\\bcat\\\\b'}~'concat'~false",
        "{'pattern':'\\\\bcat\\\\b'}~'a cat!'~true",
        "{'maxLength':1}~'\\ud83d\\ude00'~true",
        "{'maxLength':1}~'\\ud83d\\u0041~false",
        "{'minLength':2}~'\\ud83d\\ude00'~false",
        "{'const':'a/b \u00e9'}~'a\\/b \\u00E9'~true",
        "{'const':'a/b \u00e9'}~'a\\/c~false",
        "{'type':'string','format':'date'}~'2023-02-3~false",
        "{'type':'string','format':'date-time'}~'2023-02-03T25~false",
        "{'type':'string','format':'ipv4'}~'256~false",
        "{'type':'string','format':'ipv6'}~'1::2::~false",
        "{'type':'string','format':'uuid'}~'123g~false",
        "{'type':'string','format':'email'}~'a b~false",
        "{'type':'string','format':'uri'}~'http://a b~false",
        "{'type':'string','format':'duration'}~'P1S~false",
        "{'type':'string','format':'json-pointer'}~'a~false",
        "{'type':'string','format':'hostname'}~'-a~false",
        "{'type':'string','format':'made-up'}~'-a'~true",
        // objects
        "{'required':['a'],'properties':{'a':true},'additionalProperties':false}~{'b~false",
        "{'required':['a'],'maxProperties':1}~{'b~false",
        "{'required':['a'],'maxProperties':2}~{'b':1,'c~false",
        "{'properties':{'a':{}},'additionalProperties':false}~{'a':1,~false",
        "{'properties':{'a':{}}}~{'a':1,'\\u0061'~false",
        "{'patternProperties':{'^x':{'type':'null'}},'additionalProperties':false}~{'xy':1~false",
        "{'patternProperties':{'^x':{'type':'null'}},'additionalProperties':false}~{'y~false",
        "{'properties':{'xa':{'minimum':3}},'patternProperties':{'^x':{'maximum':4}}}~{'xa':5,~false",
        "{'properties':{'xa':{'minimum':3}},'patternProperties':{'^x':{'maximum':4}}}~{'xa':4,~true",
        "{'propertyNames':{'pattern':'^[a-z]+$'}}~{'A~false",
        "{'dependentRequired':{'a':['b']}}~{'a':1}~false",
        "{'dependentSchemas':{'a':{'required':['b']}}}~{'a':1}~false",
        "{'properties':{'a':true},'allOf':[{'properties':{'b':true}}],'unevaluatedProperties':false}~{'c~false",
        "{'const':{'a':1,'b':[1,2]}}~{ 'b' : [1, 2.0], 'a':1e0 }~true",
        "{'const':{'a':1,'b':[1,2]}}~{'b':[1,3~false",
        "{'enum':[{'x':1},{'x':2},{'y':3}]}~{'x':3~false",
        "{'enum':[{'x':1},{'x':2},{'y':3}]}~{'y' :3~true",
        // arrays
        "{'minItems':2}~[1]~false",
        "{'prefixItems':[{'type':'null'}],'items':false}~[null,~false",
        "{'contains':{'const':1},'maxItems':2}~[2,2]~false",
        "{'contains':{'const':1},'maxItems':2}~[2,1]~true",
        // combinations
        "{'type':'object','properties':{'k':{'type':'string'}},'anyOf':[{'properties':{'k':{'const':'u'},'v':{'type':'null'}},'required':['k']},{'properties':{'k':{'const':'w'},'v':{'type':'string'}}}]}~{'k':'u','v':'~false",
        "{'allOf':[{'type':'string'},{'maxLength':2},{'pattern':'^a'}]}~'ab~true",
        "{'allOf':[{'type':'string'},{'maxLength':2},{'pattern':'^a'}]}~'abc~false",
        "{'if':{'properties':{'a':{'const':1}},'required':['a']},'then':{'required':['b']}}~{'a':1}~false",
        "{'if':{'properties':{'a':{'const':1}},'required':['a']},'then':{'required':['b']}}~{'a':2}~true",
        "{'not':{'enum':['x','y']}}~'x'~false",
        "{'not':{'required':['a']}}~{'a'~false",
        "{'not':{'type':'string'}}~'~false",
        "{'not':{'pattern':'^a'}}~'a~false",
      })
  void step_keyword_cutsWhatCannotBecomeValid(String schema, String text, boolean alive) {
    ByteAutomaton automaton = automaton(schema.replace('\'', '"'));
    byte[] bytes = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    assertThat(automaton.run(automaton.start(), bytes) != ByteAutomaton.DEAD).isEqualTo(alive);
  }

  @Test
  void step_nestedChoices_growWithTheTextOnly() {
    var branches = new StringBuilder("{\"type\":\"number\"}");
    for (String op : new String[] {"+", "-", "*", "/"}) {
      branches.append(
          (",{\"type\":\"object\",\"properties\":{\"op\":{\"const\":\"%s\"},"
                  + "\"l\":{\"$ref\":\"#/$defs/e\"},\"r\":{\"$ref\":\"#/$defs/e\"}},"
                  + "\"required\":[\"op\",\"l\",\"r\"],\"additionalProperties\":false}")
              .formatted(op));
    }
    String schema = "{\"$ref\":\"#/$defs/e\",\"$defs\":{\"e\":{\"anyOf\":[" + branches + "]}}}";
    JsonSchemaVerifier verifier = verifier(schema);
    String text = "1";
    for (int depth = 0; depth < 30; depth++) {
      text = "{\"l\": " + text + ", \"op\": \"+\", \"r\": 2}";
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteAutomaton automaton = verifier.shape().automaton();
    assertThat(automaton.accepts(automaton.run(automaton.start(), bytes))).isTrue();
    assertThat(verifier.isAdmittedByJudge(text)).isTrue();
    byte[] wrong =
        text.replace("\"r\": 2}, \"op\"", "\"r\": 2}, \"oq\"").getBytes(StandardCharsets.UTF_8);
    assertThat(automaton.run(automaton.start(), wrong)).isEqualTo(ByteAutomaton.DEAD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "{'$defs':{'a':{'$anchor':'foo','type':'integer'}},'$ref':'#foo'}~1~true",
        "{'$id':'my schema','type':'integer'}~1~true",
        "{'$id':'http://x.net/root','$ref':'http://x.net/root#/$defs/a','$defs':{'a':{'type':'null'}}}~1~false",
        "{'$ref':'#/$defs/a%25b','$defs':{'a%b':{'type':'null'}}}~null~true",
        "{'$ref':'#/$defs/n','$defs':{'n':{'$dynamicAnchor':'t','items':{'$dynamicRef':'#t'},'type':'array'}}}~[[1~false",
        "{'$schema':'http://json-schema.org/draft-07/schema#','$ref':'#/definitions/a','maximum':0,'definitions':{'a':{}}}~1~true",
        "{'$schema':'http://json-schema.org/draft-04/schema#','const':1}~2~true",
        "{'$schema':'http://json-schema.org/draft-04/schema#','maximum':3,'exclusiveMaximum':true}~3~false",
        "{'$ref':'http://json-schema.org/draft-07/schema#'}~{'minLength':-1}~false",
        "{'$ref':'http://json-schema.org/draft-07/schema#'}~{'items':{'type':'null'}}~true",
        "{'$ref':'http://json-schema.org/draft-04/schema#'}~{'maximum':1,'exclusiveMaximum':true}~true",
        "{'$ref':'http://json-schema.org/draft-04/schema#'}~{'exclusiveMaximum':true}~false",
        "{'$ref':'https://json-schema.org/draft/2020-12/schema'}~{'$defs':{'a':{'type':1}}}~false",
        "{'$ref':'http://json-schema.org/draft-04/schema#/properties/multipleOf'}~0~false",
        "{'properties':{'a':{'id':'x','type':'string'}}}~{'a':'b'}~true",
        "{'items':[{'type':'integer'},{'type':'string'}]}~[1,'a']~true",
        "{'name':'f','parameters':{'type':'object','properties':{'a':{'type':'integer'}}}}~{'a':'x'}~false",
        "{'type':'function','function':{'name':'f','parameters':{'type':'object'}}}~{}~true",
        "{'type':'json_schema','json_schema':{'name':'f','strict':true,'schema':{'type':'object'}}}~[]~false",
      })
  void of_document_isReadByItsDraft(String schema, String text, boolean passes) {
    JsonSchemaVerifier verifier = verifier(schema.replace('\'', '"'));
    byte[] bytes = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    ByteAutomaton automaton = verifier.shape().automaton();
    int state = automaton.run(automaton.start(), bytes);
    boolean accepted = state != ByteAutomaton.DEAD && automaton.accepts(state);
    assertThat(accepted && verifier.isAdmittedByJudge(text.replace('\'', '"'))).isEqualTo(passes);
  }

  private static ByteAutomaton automaton(String schema) {
    return verifier(schema).shape().automaton();
  }

  private static JsonSchemaVerifier verifier(String schema) {
    return JsonSchemaVerifier.of(
        new SpecFiles.Loaded("s.json", schema, ""), true, SchemaFolder.none());
  }

  /** A step does not look at each of the members that there are already. */
  @Test
  void step_thousandRequiredMembers_areFollowed() {
    var properties = new StringJoiner(",");
    var required = new StringJoiner(",");
    var text = new StringJoiner(",", "{", "");
    for (int i = 0; i < 1000; i++) {
      properties.add("'member_" + i + "':{'type':'integer'}");
      required.add("'member_" + i + "'");
      text.add("'member_" + (i * 7 + 3) % 1000 + "':" + i);
    }
    String schema =
        "{'properties':{"
            + properties
            + "},'required':["
            + required
            + "],"
            + "'additionalProperties':false,'maxProperties':1000}";
    var verifier =
        JsonSchemaVerifier.of(
            new SpecFiles.Loaded("s.json", schema.replace('\'', '"'), ""),
            true,
            SchemaFolder.none());
    ByteAutomaton automaton = verifier.shape().automaton().current();
    String all = text.toString().replace('\'', '"');
    int state = automaton.run(automaton.start(), all.getBytes(StandardCharsets.UTF_8));
    assertThat(state).isNotEqualTo(ByteAutomaton.DEAD);
    assertThat(automaton.accepts(automaton.step(state, (byte) '}'))).isTrue();
    assertThat(automaton.step(state, (byte) ',')).isEqualTo(ByteAutomaton.DEAD);
    String lacking = all.substring(0, all.lastIndexOf(','));
    int open = automaton.run(automaton.start(), lacking.getBytes(StandardCharsets.UTF_8));
    assertThat(automaton.step(open, (byte) '}')).isEqualTo(ByteAutomaton.DEAD);
    int name = automaton.run(open, ",\"member_".getBytes(StandardCharsets.UTF_8));
    String last = all.substring(all.lastIndexOf('_') + 1, all.lastIndexOf('"'));
    for (char c = '0'; c <= '9'; c++) {
      boolean alive = automaton.step(name, (byte) c) != ByteAutomaton.DEAD;
      assertThat(alive).as("%c", c).isEqualTo(c == last.charAt(0));
    }
  }
}
