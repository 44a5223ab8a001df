import com.sun.management.OperatingSystemMXBean;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.llama.LlamaModel;
import io.tailwalk.llama.LlamaOptions;
import io.tailwalk.llama.ffi.ContextSettings;
import io.tailwalk.llama.ffi.LlamaLibrary;
import io.tailwalk.llama.ffi.NativeContext;
import io.tailwalk.llama.ffi.NativeModel;
import io.tailwalk.llama.ffi.WeightSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Scores of given responses next to plain decode calls of the same library for the same tokens, whose distributions nobody
 * reads, within one warmed process: response by response, and in calls that are filled with as many responses as fit. See
 * bench/score. Prints ratios to Tailwalk as JSON, above 1 where Tailwalk takes less.
 *
 * <p>usage: ScoreEngine MODEL.gguf LIBRARY IDS REPEATS
 */
final class ScoreEngine {
  private static final int CELLS = 4096;
  private static final int SEQUENCES = 16;
  private static final int F32 = 0;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private ScoreEngine() {}

  /** Responses to a prompt, and how many of the first tokens of each belong to a prompt of its own. */
  private record Group(int[] prompt, List<int[]> responses, List<Integer> own) {}

  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    boolean embedded = args[1].equals("embedded");
    LlamaOptions options = LlamaOptions.DEFAULTS.withThreads(1).withTrust(true);
    if (!embedded) {
      options = options.withLibrary(Path.of(args[1]));
    }
    LlamaLibrary library = embedded ? LlamaLibrary.embedded() : LlamaLibrary.of(Path.of(args[1]));
    var settings = new ContextSettings(CELLS, options.batchTokens(), SEQUENCES, 1, F32);
    List<String> json = new ArrayList<>();
    try (LlamaModel model = LlamaModel.open(file, options);
        NativeModel plain =
            NativeModel.load(library, file, WeightSettings.onProcessor(options.memoryMap()));
        NativeContext context = new NativeContext(plain, settings)) {
      for (var shape : read(Path.of(args[2])).entrySet()) {
        List<Group> groups = shape.getValue();
        List<Consumer<Group>> ways = List.of(
            group -> score(model, group), group -> each(context, group), group -> filled(context, group));
        double[][] seconds = new double[ways.size()][Integer.parseInt(args[3])];
        for (int repeat = -1; repeat < seconds[0].length; repeat++) {
          for (int way = 0; way < seconds.length; way++) {
            long start = SYSTEM.getProcessCpuTime();
            (way == 2 ? merged(groups) : groups).forEach(ways.get(way));
            if (repeat >= 0) {
              seconds[way][repeat] = SYSTEM.getProcessCpuTime() - start;
            }
          }
        }
        json.add(String.format(
            Locale.ROOT,
            "\"%s\": {\"decode calls, one by one\": %.4f, \"decode calls, filled\": %.4f}",
            shape.getKey(),
            median(seconds[1]) / median(seconds[0]),
            median(seconds[2]) / median(seconds[0])));
      }
    }
    System.out.println("{" + String.join(", ", json) + "}");
  }

  private static Map<String, List<Group>> read(Path file) throws IOException {
    Map<String, List<Group>> shapes = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] parts = line.split("\t");
      List<Group> groups = shapes.computeIfAbsent(parts[0], _ -> new ArrayList<>());
      int[] prompt = ids(parts[1]);
      if (groups.isEmpty() || !Arrays.equals(groups.getLast().prompt(), prompt)) {
        groups.add(new Group(prompt, new ArrayList<>(), new ArrayList<>()));
      }
      groups.getLast().responses().add(ids(parts[2]));
      groups.getLast().own().add(0);
    }
    return shapes;
  }

  private static int[] ids(String words) {
    return Arrays.stream(words.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  /** Groups of one response, as whole texts behind an empty prompt, in groups of at most {@link #SEQUENCES}. */
  private static List<Group> merged(List<Group> groups) {
    if (groups.size() == 1) {
      return groups;
    }
    List<Group> merged = new ArrayList<>();
    for (Group group : groups) {
      if (merged.isEmpty() || merged.getLast().responses().size() == SEQUENCES) {
        merged.add(new Group(new int[0], new ArrayList<>(), new ArrayList<>()));
      }
      int[] first = group.prompt();
      int[] second = group.responses().getFirst();
      int[] whole = Arrays.copyOf(first, first.length + second.length);
      System.arraycopy(second, 0, whole, first.length, second.length);
      merged.getLast().responses().add(whole);
      merged.getLast().own().add(first.length);
    }
    return merged;
  }

  private static void score(LlamaModel model, Group group) {
    int longest = group.responses().stream().mapToInt(response -> response.length).max().orElseThrow();
    try (ModelContext context = model.open(group.prompt(), new ContextOptions(longest + 1, 1))) {
      group.responses().forEach(context::score);
    }
  }

  /** The prompt, then the tokens of a response in a call, without its last. */
  private static void each(NativeContext context, Group group) {
    prompt(context, group, 1L);
    for (int[] response : group.responses()) {
      context.clearBatch();
      for (int h = 0; h < response.length - 1; h++) {
        context.add(response[h], group.prompt().length + h, 1L, true);
      }
      if (response.length > 1) {
        decode(context);
      }
      context.truncate(0, group.prompt().length);
    }
  }

  /** The prompt of all, then the tokens of as many responses in a call as fit, each a sequence. */
  private static void filled(NativeContext context, Group group) {
    prompt(context, group, -1L >>> (64 - group.responses().size()));
    context.clearBatch();
    int held = 0;
    for (int sequence = 0; sequence < group.responses().size(); sequence++) {
      int[] response = group.responses().get(sequence);
      if (held + response.length - 1 > context.batchTokens()) {
        decode(context);
        context.clearBatch();
        held = 0;
      }
      for (int h = 0; h < response.length - 1; h++) {
        context.add(response[h], group.prompt().length + h, 1L << sequence, h >= group.own().get(sequence) - 1);
      }
      held += response.length - 1;
    }
    decode(context);
  }

  private static void prompt(NativeContext context, Group group, long sequences) {
    context.clear();
    context.clearBatch();
    int[] prompt = group.prompt();
    for (int i = 0; i < prompt.length; i++) {
      context.add(prompt[i], i, sequences, i == prompt.length - 1);
    }
    if (prompt.length > 0) {
      decode(context);
    }
  }

  private static void decode(NativeContext context) {
    int code = context.decode();
    if (code != 0) {
      throw new IllegalStateException("decode call ended with " + code + context.reason());
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
