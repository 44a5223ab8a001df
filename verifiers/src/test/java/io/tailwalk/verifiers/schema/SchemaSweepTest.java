package io.tailwalk.verifiers.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tailwalk.core.verify.ByteAutomaton;
import io.tailwalk.testkit.Sweep;
import io.tailwalk.verifiers.spec.SpecFiles;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Random schemas: what the judge admits is never cut, and an independent validator agrees. */
class SchemaSweepTest {
  private static final int VALUES = 12;

  @Test
  void schemas_random_areJudgedAsByAnotherValidatorAndNeverCutWhatIsValid() {
    var valid = new AtomicInteger();
    var invalid = new AtomicInteger();
    var cut = new AtomicInteger();
    Sweep.of(20261129)
        .cases(1500)
        .run((random, _) -> {
          var source = new RandomSchema(random);
          JsonNode document = source.document();
          Schema other = other(document);
          JsonSchemaVerifier verifier = null;
          try {
            verifier =
                JsonSchemaVerifier.of(
                    new SpecFiles.Loaded("s.json", document.toString(), ""),
                    true,
                    SchemaFolder.none());
          } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).contains("no JSON text fulfils it");
          }
          for (int i = 0; i < VALUES; i++) {
            String text = source.spelled(source.value(2));
            JsonNode value = JsonTree.read(text);
            String shown = document + " on " + text;
            boolean admitted = verifier != null && verifier.isAdmittedByJudge(text);
            assertThat(admitted).as(shown).isEqualTo(other.validate(value).isEmpty());
            if (verifier == null) {
              continue;
            }
            boolean followed = follows(verifier.shape().automaton(), text);
            assertThat(followed || !admitted).as("cut: " + shown).isTrue();
            (admitted ? valid : invalid).incrementAndGet();
            cut.addAndGet(followed ? 0 : 1);
          }
        });
    // The sweep is worth little if nearly everything is valid, or nearly nothing.
    assertThat(valid.get()).isGreaterThan(1500);
    assertThat(invalid.get()).isGreaterThan(1500);
    // Most of what is invalid is seen by the automaton alone.
    assertThat(cut.get()).isGreaterThan(invalid.get() * 9 / 10);
  }

  private static Schema other(JsonNode document) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(document);
  }

  private static boolean follows(ByteAutomaton automaton, String text) {
    int state = automaton.run(automaton.start(), text.getBytes(StandardCharsets.UTF_8));
    return state != ByteAutomaton.DEAD && automaton.accepts(state);
  }
}
