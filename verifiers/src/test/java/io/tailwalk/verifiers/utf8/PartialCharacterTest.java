package io.tailwalk.verifiers.utf8;

import static org.assertj.core.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PartialCharacterTest {

  @Test
  void with_everyCharacter_isReadAndKeptInRangeOnTheWay() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (c < 0xD800 || c > 0xDFFF) {
        PartialCharacter partial = PartialCharacter.NONE;
        for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
          partial = partial.with(b);
          if (c < partial.first() || partial.last() < c) {
            fail("character " + c + " is not in " + partial);
          }
        }
        if (!partial.equals(new PartialCharacter(c, c, 0))) {
          fail("character " + c + " came out as " + partial);
        }
      }
    }
  }

  /** Java's decoder is the judge, on two bytes of all kinds and a third at the edges. */
  @Test
  void with_shortSequence_isWholeExactlyWhenJavaDecodesIt() {
    int[] thirds = {0x00, 0x7F, 0x80, 0xBF, 0xC0};
    for (int n = 0; n < thirds.length << 16; n++) {
      byte[] bytes = {(byte) (n >> 8), (byte) n, (byte) thirds[n >> 16]};
      PartialCharacter partial = PartialCharacter.NONE.with(bytes[0]);
      int length = 1;
      while (length < 3 && !partial.isInvalid() && !partial.isWhole()) {
        partial = partial.with(bytes[length++]);
      }
      boolean undecided = !partial.isInvalid() && !partial.isWhole();
      boolean whole = partial.isWhole() && !partial.isInvalid();
      if (!undecided && whole != decodes(bytes, length)) {
        fail("bytes " + n + " of length " + length);
      }
    }
  }

  private static boolean decodes(byte[] bytes, int length) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
