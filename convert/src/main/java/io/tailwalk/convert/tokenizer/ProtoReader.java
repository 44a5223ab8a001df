package io.tailwalk.convert.tokenizer;

import io.tailwalk.core.model.ModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads the fields of a Protocol Buffers message, one after the other. */
final class ProtoReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final Path file;
  private final ByteBuffer bytes;
  private int field;
  private int type;

  ProtoReader(Path file, ByteBuffer bytes) {
    this.file = file;
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Moves to the next field, whose value must then be read or skipped; false at the end. */
  boolean next() {
    if (!bytes.hasRemaining()) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    type = (int) (tag & 7);
    if (field == 0 || (tag >>> 32) != 0) {
      throw damaged();
    }
    return true;
  }

  /** The number of the field. */
  int field() {
    return field;
  }

  /** A whole number, also of an enumeration or a truth value. */
  long whole() {
    require(VARINT);
    return varint();
  }

  /** A number in single precision. */
  float number() {
    require(FIXED32);
    return take(4).getFloat();
  }

  /** A message inside this one. */
  ProtoReader message() {
    require(BYTES);
    return new ProtoReader(file, take(varint()));
  }

  /** Number of bytes of a text or of bytes, which are skipped. */
  int length() {
    require(BYTES);
    return take(varint()).remaining();
  }

  /** A text in UTF-8. */
  String text() {
    require(BYTES);
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(take(varint()));
      return text.toString();
    } catch (CharacterCodingException e) {
      throw damaged();
    }
  }

  /** Skips the value. */
  void skip() {
    switch (type) {
      case VARINT -> varint();
      case FIXED64 -> take(8);
      case BYTES -> take(varint());
      case FIXED32 -> take(4);
      default -> throw damaged();
    }
  }

  private void require(int wanted) {
    if (type != wanted) {
      throw damaged();
    }
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (!bytes.hasRemaining()) {
        throw damaged();
      }
      byte next = bytes.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw damaged();
  }

  private ByteBuffer take(long length) {
    if (length < 0 || length > bytes.remaining()) {
      throw damaged();
    }
    ByteBuffer taken = bytes.slice(bytes.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(bytes.position() + (int) length);
    return taken;
  }

  private ModelException damaged() {
    return new ModelException(file + " is damaged or not a SentencePiece model; download it again");
  }
}
