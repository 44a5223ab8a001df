package io.tailwalk.verifiers.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.verifiers.spec.SpecFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaFolderTest {
  private static final String REFERS = "{\"$ref\":\"http://x.net/s/a.json#/$defs/n\"}";

  @TempDir Path folder;

  private static JsonSchemaVerifier verifier(String text, boolean asserts, SchemaFolder folder) {
    return JsonSchemaVerifier.of(new SpecFiles.Loaded("s.json", text, "0"), asserts, folder);
  }

  @Test
  void read_fileInFolder_isFollowedAndRecorded() throws IOException {
    Files.writeString(folder.resolve("a.json"), "{\"$defs\":{\"n\":{\"type\":\"null\"}}}");
    JsonSchemaVerifier verifier =
        verifier(REFERS, true, SchemaFolder.parse("http://x.net/s/=" + folder));
    assertThat(verifier.isAdmittedByJudge("null")).isTrue();
    assertThat(verifier.isAdmittedByJudge("1")).isFalse();
    assertThat(verifier.sources()).hasSize(2);
  }

  @Test
  void read_pathOutOfTheFolder_isNotFollowed() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Files.writeString(folder.resolve("a.json"), "{\"$defs\":{\"n\":{\"type\":\"null\"}}}");
    SchemaFolder inside = SchemaFolder.parse("urn:x:=" + inner);
    assertThatThrownBy(() -> verifier("{\"$ref\":\"urn:x:../a.json\"}", true, inside))
        .hasMessageContaining("does not resolve");
  }

  @Test
  void of_formatIgnored_isAnAnnotation() {
    String date = "{\"type\":\"string\",\"format\":\"date\"}";
    assertThat(verifier(date, true, SchemaFolder.none()).isAdmittedByJudge("\"x\"")).isFalse();
    JsonSchemaVerifier ignoring = verifier(date, false, SchemaFolder.none());
    assertThat(ignoring.isAdmittedByJudge("\"x\"")).isTrue();
  }
}
