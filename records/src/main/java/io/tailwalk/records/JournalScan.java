package io.tailwalk.records;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The contents of an interrupted {@link GroupJournal}.
 *
 * @param header the first line with its line break; empty if there is none
 * @param groups the range of the lines of each intact group
 * @param intact bytes up to the end of the last intact group
 */
record JournalScan(String header, JournalGroups groups, long intact) {
  private static final Pattern MARK =
      Pattern.compile("#group (-?\\d{1,18}) (\\d{1,18}) (\\d{1,10})\n");

  /** Reads a journal from its beginning; stops at the first damaged part. */
  static JournalScan of(FileChannel channel) throws IOException {
    channel.position(0);
    // Not closed: that would close the channel, which its journal still uses.
    InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
    JournalGroups groups = new JournalGroups();
    byte[] first = line(in);
    if (!ends(first)) {
      return new JournalScan("", groups, 0);
    }
    long intact = first.length;
    long at = first.length;
    CRC32 crc = new CRC32();
    for (byte[] line = line(in); ends(line); line = line(in)) {
      at += line.length;
      if (line[0] != '#') {
        crc.update(line);
        continue;
      }
      JournalGroups.Extent extent = new JournalGroups.Extent(intact, at - line.length - intact);
      Matcher mark = MARK.matcher(new String(line, StandardCharsets.UTF_8));
      if (!mark.matches()
          || Long.parseLong(mark.group(2)) != extent.length()
          || Long.parseLong(mark.group(3)) != sum(crc, Long.parseLong(mark.group(1)))
          || !groups.add(Long.parseLong(mark.group(1)), extent)) {
        break;
      }
      intact = at;
      crc.reset();
    }
    return new JournalScan(new String(first, StandardCharsets.UTF_8), groups, intact);
  }

  /** The checksum of a group from that of its lines: it includes the group's number. */
  static long sum(CRC32 lines, long group) {
    lines.update(Long.toString(group).getBytes(StandardCharsets.US_ASCII));
    return lines.getValue();
  }

  private static boolean ends(byte[] line) {
    return line.length > 0 && line[line.length - 1] == '\n';
  }

  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      line.write(b);
      if (b == '\n') {
        break;
      }
    }
    return line.toByteArray();
  }
}
