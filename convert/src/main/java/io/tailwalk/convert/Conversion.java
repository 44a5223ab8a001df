package io.tailwalk.convert;

import io.tailwalk.convert.architecture.ModelConfig;
import io.tailwalk.convert.architecture.PlannedTensor;
import io.tailwalk.convert.architecture.Rotation;
import io.tailwalk.convert.architecture.TensorPlan;
import io.tailwalk.convert.files.JsonObject;
import io.tailwalk.convert.tokenizer.Tokenizer;
import io.tailwalk.convert.weights.Checkpoint;
import io.tailwalk.convert.weights.StoredTensor;
import io.tailwalk.convert.weights.StoredType;
import io.tailwalk.convert.weights.TensorContent;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.llama.gguf.GgufFile;
import io.tailwalk.llama.gguf.GgufWriter;
import io.tailwalk.llama.gguf.TensorType;
import io.tailwalk.records.AtomicFiles;
import io.tailwalk.records.TableException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A checkpoint of Hugging Face on its way to a GGUF file: a folder with {@code config.json},
 * weights as safetensors and a tokenizer. Everything is read and checked before anything is
 * written, and what llama.cpp would compute differently is refused. The same folder gives the same
 * bytes.
 */
public final class Conversion implements AutoCloseable {
  private static final String FACTORS = "rope_freqs.weight";

  private final Path folder;
  private final ModelConfig config;
  private final Tokenizer tokenizer;
  private final Checkpoint checkpoint;
  private final List<PlannedTensor> plan;

  private Conversion(Path folder, ModelConfig config, Tokenizer tokenizer, Checkpoint checkpoint) {
    this.folder = folder;
    this.config = config;
    this.tokenizer = tokenizer;
    this.checkpoint = checkpoint;
    plan = TensorPlan.of(config);
  }

  /** Whether a folder looks like a checkpoint of Hugging Face. */
  public static boolean isCheckpoint(Path folder) {
    return Files.isRegularFile(folder.resolve("config.json"));
  }

  /**
   * Reads and checks a folder. The weights are mapped and only read while they are written, by the
   * thread that has opened the folder.
   *
   * @throws ModelException in one sentence that names the file and what is missing, damaged or not
   *     supported
   */
  public static Conversion open(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new ModelException(
          folder + " is not a folder; name the folder with config.json and model.safetensors");
    }
    if (!isCheckpoint(folder)) {
      throw new ModelException(
          folder + " has no config.json; name the folder of a Hugging Face checkpoint");
    }
    JsonObject json = JsonObject.read(folder.resolve("config.json"));
    ModelConfig config = ModelConfig.of(json);
    Tokenizer tokenizer = Tokenizer.of(folder, json, config.vocabulary());
    Conversion conversion = new Conversion(folder, config, tokenizer, Checkpoint.open(folder));
    try {
      conversion.requireTensors();
      return conversion;
    } catch (RuntimeException e) {
      conversion.close();
      throw e;
    }
  }

  private void requireTensors() {
    Set<String> used = new HashSet<>();
    for (PlannedTensor planned : plan) {
      StoredTensor stored = stored(planned);
      if (!stored.shape().equals(planned.shape())) {
        throw new ModelException(
            "%s: the tensor %s has the shape %s, and config.json asks for %s; use the config.json of these weights"
                .formatted(stored.file(), planned.source(), stored.shape(), planned.shape()));
      }
      stored.requireReadable();
      used.add(planned.source());
    }
    for (StoredTensor stored : checkpoint.tensors().values()) {
      if (!used.contains(stored.name()) && !isImplied(stored.name())) {
        throw new ModelException(
            "%s has the tensor %s, which a %s of this config.json does not have; use a GGUF file of this model"
                .formatted(
                    stored.file(),
                    TableException.quoted(stored.name()),
                    config.family().className()));
      }
    }
  }

  /** Tensors that follow from the configuration or from others. */
  private boolean isImplied(String name) {
    return name.endsWith(".rotary_emb.inv_freq")
        || (config.tied() && name.equals("lm_head.weight"));
  }

  private StoredTensor stored(PlannedTensor planned) {
    return checkpoint
        .tensor(planned.source())
        .orElseThrow(() ->
            new ModelException(
                "%s lacks the tensor %s, which a %s of this config.json has; download the weights again"
                    .formatted(folder, planned.source(), config.family().className())));
  }

  /** llama.cpp's name of the architecture. */
  public String architecture() {
    return config.family().gguf();
  }

  /** The type in which most weights are stored, so that none is rounded. */
  public NumberType storedType() {
    Map<StoredType, Long> sizes = new HashMap<>();
    for (PlannedTensor planned : plan) {
      sizes.merge(stored(planned).type(), stored(planned).size(), Long::sum);
    }
    StoredType most =
        sizes.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    return switch (most) {
      case F16 -> NumberType.F16;
      case BF16 -> NumberType.BF16;
      default -> NumberType.F32;
    };
  }

  /**
   * Writes the file completely or not at all.
   *
   * @param file replaced if it exists
   * @param type storage type of the matrices
   * @throws ModelException if a weight is not finite or beyond the range of the type
   * @throws TableException if the file cannot be written
   */
  public Converted write(Path file, NumberType type) {
    List<String> notes = new ArrayList<>(tokenizer.notes());
    GgufWriter writer = new GgufWriter();
    header(writer, type);
    tokenizer.addTo(writer);
    long parameters = 0;
    int odd = 0;
    for (PlannedTensor planned : plan) {
      StoredTensor stored = stored(planned);
      TensorType to = tensorType(planned, type);
      odd += to == TensorType.F16 && type == NumberType.Q8_0 ? 1 : 0;
      writer.tensor(
          planned.name(), planned.shape(), to, new TensorContent(stored, planned.change(), to));
      parameters += stored.size();
    }
    if (config.rotation().scaling() instanceof Rotation.Scaling.Factors(List<Float> factors)) {
      writer.tensor(FACTORS, List.of(factors.size()), TensorType.F32, singles(factors));
    }
    AtomicFiles.writeBytes(file, writer::writeTo);
    if (odd > 0) {
      notes.add(
          "%d matrices with rows of no multiple of 32 numbers are stored as F16".formatted(odd));
    }
    config
        .attention()
        .limit()
        .ifPresent(window ->
            notes.add(
                "contexts end at %d tokens, the sliding window, which llama.cpp does not compute for this architecture"
                    .formatted(config.context())));
    long bytes = Files.isRegularFile(file) ? GgufFile.read(file).fileBytes() : 0;
    return new Converted(architecture(), type, parameters, bytes, notes);
  }

  private static TensorType tensorType(PlannedTensor planned, NumberType type) {
    if (planned.shape().size() == 1) {
      return TensorType.F32;
    }
    int columns = planned.shape().getLast();
    return columns % type.type().blockElements() == 0 ? type.type() : TensorType.F16;
  }

  private static GgufWriter.Content singles(List<Float> values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.size()).order(ByteOrder.LITTLE_ENDIAN);
    values.forEach(bytes::putFloat);
    return out -> GgufWriter.writeAll(out, bytes.flip());
  }

  private void header(GgufWriter writer, NumberType type) {
    String prefix = architecture() + ".";
    Path name = folder.toAbsolutePath().normalize().getFileName();
    writer.text("general.architecture", architecture());
    writer.text("general.name", name == null ? architecture() : name.toString());
    writer.uint32("general.file_type", type.fileType());
    writer.uint32("general.quantization_version", 2);
    writer.uint32(prefix + "vocab_size", config.vocabulary());
    writer.uint32(prefix + "context_length", config.context());
    writer.uint32(prefix + "embedding_length", config.embedding());
    writer.uint32(prefix + "block_count", config.layers());
    writer.uint32(prefix + "feed_forward_length", config.feedForward());
    writer.uint32(prefix + "attention.head_count", config.heads());
    writer.uint32(prefix + "attention.head_count_kv", config.groups());
    writer.uint32(prefix + "attention.key_length", config.headWidth());
    writer.uint32(prefix + "attention.value_length", config.headWidth());
    writer.float32(prefix + "attention.layer_norm_rms_epsilon", config.epsilon());
    config.rotation().addTo(writer, prefix, config.headWidth());
    config.attention().addTo(writer, prefix);
  }

  @Override
  public void close() {
    checkpoint.close();
  }
}
