package io.tailwalk.convert.weights;

import io.tailwalk.core.model.ModelException;
import io.tailwalk.records.AtomicFiles;
import io.tailwalk.records.JsonText;
import io.tailwalk.records.TableException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the header of a safetensors file strictly: every tensor has a known type and a size that
 * agrees with its shape, and the tensors cover the data of the file without gaps and overlaps, as
 * the format requires.
 */
final class SafeTensorsFile {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final String METADATA = "__metadata__";

  /** The limit of the format. */
  private static final long LONGEST_HEADER = 100_000_000;

  private final Path file;
  private final MemorySegment data;

  /** A tensor's place in the data. */
  private record Place(String name, StoredType type, List<Integer> shape, long begin, long end) {}

  private SafeTensorsFile(Path file, MemorySegment data) {
    this.file = file;
    this.data = data;
  }

  /**
   * The tensors of a file by name, in its order.
   *
   * @param arena the file is mapped as long as it is open
   * @throws ModelException that names the file and the tensor if something is wrong
   */
  static Map<String, StoredTensor> read(Path file, Arena arena) {
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      if (in.size() < 10) {
        throw damaged(file, "it has %d bytes, fewer than a header".formatted(in.size()));
      }
      MemorySegment all = in.map(FileChannel.MapMode.READ_ONLY, 0, in.size(), arena);
      long length = all.get(LONG, 0);
      if (length < 2 || length > LONGEST_HEADER || length > in.size() - 8) {
        throw damaged(
            file,
            "its header would have %s bytes, and the file has %d"
                .formatted(Long.toUnsignedString(length), in.size()));
      }
      byte[] header = all.asSlice(8, length).toArray(ValueLayout.JAVA_BYTE);
      return new SafeTensorsFile(file, all.asSlice(8 + length)).tensors(JSON.readTree(header));
    } catch (JacksonException e) {
      throw damaged(file, "its header is not valid JSON (" + JsonText.reason(e) + ")");
    } catch (IOException e) {
      throw new ModelException(String.valueOf(AtomicFiles.unreadable(file, e).getMessage()), e);
    }
  }

  private Map<String, StoredTensor> tensors(JsonNode header) {
    if (!header.isObject()) {
      throw damaged(file, "its header is not a JSON object");
    }
    List<Place> places = new ArrayList<>();
    header
        .propertyStream()
        .filter(entry -> !entry.getKey().equals(METADATA))
        .forEach(entry -> places.add(place(entry.getKey(), entry.getValue())));
    requireNoGaps(places);
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (Place place : places) {
      MemorySegment bytes = data.asSlice(place.begin, place.end - place.begin);
      tensors.put(place.name, new StoredTensor(place.name, file, place.type, place.shape, bytes));
    }
    return tensors;
  }

  private Place place(String name, JsonNode node) {
    String dtype = node.path("dtype").asString("");
    StoredType type =
        StoredType.named(dtype)
            .orElseThrow(() -> wrong(name, "has the unknown type " + TableException.quoted(dtype)));
    JsonNode extents = node.path("shape");
    JsonNode offsets = node.path("data_offsets");
    if (!extents.isArray() || !offsets.isArray() || offsets.size() != 2) {
      throw wrong(name, "has no shape or no offsets");
    }
    List<Integer> shape = new ArrayList<>();
    long size = type.bytes();
    for (JsonNode extent : extents) {
      if (!extent.isIntegralNumber() || !extent.canConvertToInt() || extent.intValue() < 0) {
        throw wrong(name, "has an extent that is not a whole number");
      }
      shape.add(extent.intValue());
      try {
        size = Math.multiplyExact(size, extent.longValue());
      } catch (ArithmeticException e) {
        throw wrong(name, "has a shape beyond any file");
      }
    }
    long begin = offset(name, offsets.get(0));
    long end = offset(name, offsets.get(1));
    if (end > data.byteSize()) {
      throw damaged(
          file,
          "it is cut short: the tensor %s ends at byte %d of the data, and %d are there"
              .formatted(TableException.quoted(name), end, data.byteSize()));
    }
    if (end - begin != size) {
      throw wrong(name, "has %d bytes for a shape of %d".formatted(end - begin, size));
    }
    return new Place(name, type, shape, begin, end);
  }

  private long offset(String name, JsonNode node) {
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
      throw wrong(name, "has an offset that is not a whole number");
    }
    return node.longValue();
  }

  private void requireNoGaps(List<Place> places) {
    List<Place> sorted =
        places.stream()
            .sorted(Comparator.comparingLong(Place::begin).thenComparingLong(Place::end))
            .toList();
    long at = 0;
    for (Place place : sorted) {
      if (place.begin != at) {
        throw wrong(
            place.name,
            "begins at byte %d of the data, and the tensor before it ends at %d"
                .formatted(place.begin, at));
      }
      at = place.end;
    }
    if (at != data.byteSize()) {
      throw damaged(
          file, "its tensors end at byte %d of %d of the data".formatted(at, data.byteSize()));
    }
  }

  private ModelException wrong(String name, String how) {
    return damaged(file, "the tensor " + TableException.quoted(name) + " " + how);
  }

  static ModelException damaged(Path file, String how) {
    return new ModelException(file + " is damaged: " + how + "; download it again");
  }
}
