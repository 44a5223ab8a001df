package io.tailwalk.llama;

import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.Prompt;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The program of a trial: loads a model, encodes texts and decodes tokens, and prints each step as
 * a line before it starts, so that {@link Trial} knows in which one the process ended.
 */
final class TrialMain {
  /** Before every line of this program; other lines come from the library. */
  static final String MARK = "trial ";

  static final String LOADING = "loading";
  static final String ENCODING = "encoding text with";
  static final String DECODING = "computing scores with";
  static final String DONE = "done";
  static final String REFUSED = "refused ";
  static final String FAILED = "failed in Java ";

  /** Exit code for a file that is refused in a sentence. */
  static final int REFUSAL = 3;

  /** Exit code for an error of Java, which says nothing about the file. */
  static final int FAILURE = 4;

  private static final int STEPS = 4;
  private static final int ADAPTERS = 9;

  /** Every kind of character that encoders treat in their own way. */
  private static final List<String> TEXTS =
      List.of(
          "Hello world",
          "  two blanks, a\ttab,\r\n\n\n   and lines\n",
          "it's we'll I'M 1234567890 3.14 x=y+z; {\"a\": [1, 2]} <|end|> </s> [INST] #@%&*_~`^|\\",
          "\u00e4\u00df\u00e9 \u0416\u03b1 \u05d0\u0627 \u0e01 \u4e2d\u6587\u3042\uac00 \u2581 \u200b\u00a0\u0301",
          "\ud83d\ude00\ud83d\udc69\u200d\ud83d\ude80 \udbff\udfff \uffff \u0001\u007f",
          "a".repeat(300),
          " ".repeat(40));

  private TrialMain() {}

  /**
   * Tries a model file.
   *
   * @param args file, library, threads, batch size, sequences, cache type, whether the file is
   *     mapped, size of micro-batches, whether attention is computed in one pass; the number of
   *     adapters with the file and the scale of each; the words of {@link GpuOptions#encoded}
   */
  public static void main(String[] args) {
    try (var out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
      try {
        run(Path.of(args[0]), options(args), out);
        out.println(MARK + DONE);
      } catch (ModelException e) {
        end(out, REFUSED + e.getMessage(), REFUSAL);
      } catch (RuntimeException | Error e) {
        // A missing class or too little memory for Java says nothing about the file.
        end(out, FAILED + e, FAILURE);
      }
      out.flush();
      // Nothing to tidy up: the destructors of a library must not decide about a file.
      Runtime.getRuntime().halt(0);
    }
  }

  private static LlamaOptions options(String[] args) {
    List<LoraAdapter> adapters = new ArrayList<>();
    int place = ADAPTERS + 1;
    for (int i = Integer.parseInt(args[ADAPTERS]); i > 0; i--) {
      adapters.add(new LoraAdapter(Path.of(args[place]), Double.parseDouble(args[place + 1])));
      place += 2;
    }
    return LlamaOptions.DEFAULTS
        .withLibrary(Path.of(args[1]))
        .withThreads(Integer.parseInt(args[2]))
        .withBatchTokens(Integer.parseInt(args[3]))
        .withMaxSequences(Integer.parseInt(args[4]))
        .withMemoryMap(Boolean.parseBoolean(args[6]))
        .withMicroBatchTokens(Integer.parseInt(args[7]))
        .withFlashAttention(Boolean.parseBoolean(args[8]))
        .withCacheType(CacheType.valueOf(args[5]))
        .withGpu(GpuOptions.decoded(List.of(args).subList(place, args.length)))
        .withAdapters(adapters)
        .withTrust(true);
  }

  private static void end(PrintStream out, String sentence, int code) {
    out.println(MARK + sentence.replaceAll("\\R", " "));
    out.flush();
    Runtime.getRuntime().halt(code);
  }

  private static void run(Path file, LlamaOptions options, PrintStream out) {
    out.println(MARK + LOADING);
    try (LlamaModel model = LlamaModel.open(file, options)) {
      out.println(MARK + ENCODING);
      List<Integer> tokens = encode(model);
      out.println(MARK + DECODING);
      decode(model, tokens);
    }
  }

  /** Tokens of all texts. */
  private static List<Integer> encode(LlamaModel model) {
    List<Integer> tokens = new ArrayList<>();
    for (String text : TEXTS) {
      for (int token : encoded(model, Prompt.text(text))) {
        tokens.add(token);
      }
    }
    var _ = encoded(model, new Prompt.Chat(List.of(new ChatMessage("user", "Hello"))));
    return tokens;
  }

  /** A text that cannot be encoded is no fault of the file. */
  private static int[] encoded(LlamaModel model, Prompt prompt) {
    try {
      if (prompt instanceof Prompt.Text text) {
        var _ = model.vocabulary().encode(text.text());
      }
      return model.encode(prompt);
    } catch (ModelException _) {
      return new int[0];
    }
  }

  private static void decode(LlamaModel model, List<Integer> tokens) {
    int size = model.vocabulary().size();
    int[] few =
        IntStream.concat(
                tokens.stream().mapToInt(Integer::intValue).limit(STEPS),
                IntStream.of(0, size - 1, size / 2, 1 % size))
            .limit(STEPS)
            .toArray();
    int trained = model.file().contextLength().stream().mapToInt(Math::toIntExact).sum();
    if (trained < 3) {
      return; // too short for a prompt and two more tokens
    }
    try (LlamaContext context = model.open(new int[] {few[0]}, new ContextOptions(2, 2))) {
      LogProbs[] found =
          context.next(new int[][] {{}, {few[1]}, {few[1], few[2]}, {few[2]}, {few[3], few[1]}});
      var _ = context.score(new int[] {few[3], few[2]});
      if (size > 1 && Arrays.stream(found).allMatch(TrialMain::isFlat)) {
        throw new ModelException(
            model.file().path()
                + " has the same score for every token behind every text, so its weights or sizes are"
                + " damaged; fetch the file again");
      }
    }
  }

  private static boolean isFlat(LogProbs distribution) {
    double first = distribution.logProb(0);
    return IntStream.range(1, distribution.size())
        .allMatch(token -> distribution.logProb(token) == first);
  }
}
