package io.tailwalk.cli.formats;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.tailwalk.cli.CliRun;
import io.tailwalk.records.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compressed files of several parts: whole ones are read whole, and no row of others is lost. */
class DamagedPartsTest {
  private static final String FIRST =
      "example_id,model,log_prob,tokens\ne0,a,-1,5\ne0,b,-3,5\ne1,a,-2,5\ne1,b,-4,5\n";
  private static final String SECOND = "e2,a,-3,5\ne2,b,-5,5\ne3,a,-4,5\ne3,b,-6,5\n";

  @TempDir private Path folder;

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] zstd(String text) {
    return Zstd.compress(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] joined(byte[]... parts) {
    var bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  private static byte[] cut(byte[] bytes, int length) {
    return Arrays.copyOf(bytes, length);
  }

  private CliRun select(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("scores.csv"), content);
    return CliRun.of("select", "--scores", file.toString(), "--n", "2", "--json");
  }

  private void whole(byte[] content) throws IOException {
    CliRun run = select(content);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(JsonText.parse(run.out()).path("rows").intValue()).isEqualTo(4);
  }

  private void damaged(byte[] content) throws IOException {
    CliRun run = select(content);
    assertThat(run.code()).as(run.out()).isEqualTo(2);
    assertThat(run.err()).contains("scores.csv", "damaged or cut off").hasLineCount(1);
  }

  @Test
  void wholeParts_areAllRead() throws IOException {
    whole(joined(gzip(FIRST), gzip(SECOND)));
    whole(joined(gzip(FIRST), new byte[16], gzip(SECOND), new byte[3]));
    whole(joined(gzip(FIRST), gzip(""), gzip(SECOND)));
    byte[] skipped = {0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4};
    whole(joined(zstd(FIRST), zstd(SECOND)));
    whole(joined(skipped, zstd(FIRST), skipped, zstd(SECOND), skipped));
    whole(joined(zstd(FIRST), zstd(""), zstd(SECOND)));
  }

  @Test
  void cutAtAnyByteOfALaterPart_isRefused() throws IOException {
    byte[] member = gzip(SECOND);
    for (int length = 1; length < member.length; length++) {
      damaged(joined(gzip(FIRST), cut(member, length)));
    }
    byte[] frame = zstd(SECOND);
    for (int length = 1; length < frame.length; length++) {
      damaged(joined(zstd(FIRST), cut(frame, length)));
    }
  }

  @Test
  void otherBytesAfterAPart_areRefused() throws IOException {
    byte[] member = gzip(SECOND);
    member[1] = (byte) 0x8c;
    damaged(joined(gzip(FIRST), member));
    damaged(joined(gzip(FIRST), "garbage".getBytes(StandardCharsets.UTF_8)));
    damaged(joined(zstd(FIRST), "XX".getBytes(StandardCharsets.UTF_8)));
    byte[] checksum = gzip(FIRST);
    checksum[checksum.length - 6] ^= 1;
    damaged(checksum);
  }

  @Test
  void textFaults_nameTheirRow() throws IOException {
    var rows = new StringBuilder("example_id,model,log_prob,tokens\n");
    for (int i = 0; i < 12_000; i++) {
      rows.append("e%d,a,-1,5\n".formatted(i));
    }
    byte[] late = joined(bytes(rows + "e"), new byte[] {(byte) 0xff}, bytes(",a,-1,5\n"));
    assertThat(select(late).err()).contains("row 12002", "not valid UTF-8");
    assertThat(select(bytes(FIRST + "e\0,a,-1,5\n")).err())
        .contains("row 6", "column \"example_id\" holds a zero byte");
    assertThat(select(bytes(rows + "e\0,a,-1,5\n")).err()).contains("row 12002", "a zero byte");
    assertThat(select(("\uFEFF" + FIRST).getBytes(StandardCharsets.UTF_16LE)).err())
        .contains("text in UTF-16", "save the file as UTF-8");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void nameWithoutAFile_isRefused() {
    CliRun run = CliRun.of("select", "--scores", "m=", "--n", "2");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("the name of a file is empty");
  }

  @Test
  void inspect_goesOnAfterAFileThatCannotBeRead() throws IOException {
    Path good = Files.writeString(folder.resolve("b.csv"), FIRST);
    Path bad = Files.writeString(folder.resolve("a.csv"), "");
    CliRun run = CliRun.of("inspect", bad.toString(), good.toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("a.csv", "holds no rows");
    assertThat(run.out()).contains("b.csv");
  }
}
