package io.tailwalk.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

final class RunRecordTest {
  private static final Path FILE = Path.of("run.json");
  private static final RunRecord RECORD =
      new RunRecord(
          new RunRecord.Tool("0.1.0", null),
          List.of("generate", "--api-key", "sk-verysecretverysecret", "--n", "4"),
          List.of(new ModelStamp("builtin:shakespeare", "ab12"), new ModelStamp("remote", null)),
          7,
          new TreeMap<>(Map.of("n", 4, "temperature", 1.0, "verifier", "avoid:e")),
          new HostFacts(2, "Linux", "25"));

  @Test
  void json_ofVersion1_staysReadable() {
    String version1 =
        """
        {"schema_version":1,"tool":{"version":"0.1.0","git_id":null},\
        "command":["generate","--api-key","***","--n","4"],\
        "models":[{"name":"builtin:shakespeare","hash":"ab12"},{"name":"remote","hash":null}],\
        "seed":7,"params":{"n":4,"temperature":1.0,"verifier":"avoid:e"},\
        "host":{"cores":2,"os":"Linux","jdk":"25"}}\
        """;
    assertThat(JsonText.line(RECORD.json())).isEqualTo(version1);
    assertThat(RunRecord.of(FILE, (ObjectNode) JsonText.parse(version1))).isEqualTo(RECORD);
  }

  @Test
  void of_laterVersionOrMissingField_isRefused() {
    ObjectNode later = RECORD.json().put("schema_version", 2);
    assertThatThrownBy(() -> RunRecord.of(FILE, later))
        .hasMessage("run.json, row 1: schema_version is 2; this program reads version 1.");
    ObjectNode seedless = RECORD.json();
    seedless.remove("seed");
    assertThatThrownBy(() -> RunRecord.of(FILE, seedless))
        .hasMessage("run.json, row 1: the field \"seed\" is missing; give it a whole number.");
  }

  @ParameterizedTest
  @CsvSource({
    "--api-key=abc, --api-key=***",
    "--max-tokens=40, --max-tokens=40",
    "--budget-tokens=9, --budget-tokens=9",
    "--api-key-env=OPENAI_API_KEY, --api-key-env=OPENAI_API_KEY",
    "--hf-token=abc, --hf-token=***",
    "https://me:pw@host/v1, https://***@host/v1",
    "https://host/v1?api_key=abc&x=1, https://host/v1?api_key=***&x=1",
    "Authorization: Bearer abc, Authorization: ***",
    "hf_abcdefghijklmnopqrst, ***",
    "avoid:e, avoid:e",
  })
  void withoutSecrets_argument_hidesOnlySecrets(String argument, String kept) {
    assertThat(CommandLine.withoutSecrets(List.of(argument))).containsExactly(kept);
  }

  @Test
  void withoutSecrets_flagThenValue_hidesTheValueOnly() {
    assertThat(CommandLine.withoutSecrets(List.of("--token", "--password", "x", "--n", "1")))
        .containsExactly("--token", "***", "x", "--n", "1");
  }

  @Test
  void here_thisHost_isKnown() {
    assertThat(HostFacts.here().cores()).isPositive();
    assertThat(HostFacts.here().jdk()).contains("" + Runtime.version().feature());
  }
}
