package io.tailwalk.llama;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.llama.gguf.GgufFile;
import io.tailwalk.llama.tiny.TinyLlama;
import io.tailwalk.llama.tiny.TinyTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Opens and runs a tiny model with bits of its header flipped, for seeds from the first argument up
 * to the second, in the folder of the third. Writes each seed to a file before it starts on it.
 */
final class FuzzMain {
  private FuzzMain() {}

  public static void main(String[] args) throws IOException {
    TinyLlama tiny = new TinyLlama(91, TinyTokenizer.size());
    byte[][] clean = {tiny.withTokenizer("").bytes(), tiny.withoutTokenizer().bytes()};
    Path folder = Path.of(args[2]);
    Path file = folder.resolve("fuzzed.gguf");
    for (int seed = Integer.parseInt(args[0]); seed < Integer.parseInt(args[1]); seed++) {
      Files.writeString(folder.resolve("seed"), Integer.toString(seed));
      SplittableRandom random = new SplittableRandom(seed);
      byte[] bytes = clean[seed % 2].clone();
      int header = (int) GgufFile.read(Files.write(file, bytes)).dataStart();
      int flips = 1 + random.nextInt(3);
      for (int i = 0; i < flips; i++) {
        bytes[random.nextInt(header)] ^= (byte) (1 << random.nextInt(8));
      }
      run(Files.write(file, bytes));
    }
  }

  private static void run(Path file) {
    try (LlamaModel model = LlamaModel.open(file, TestModels.EXACT.withMemoryMap(false))) {
      int[] prompt =
          model.file().tokenizer().equals(Optional.of("llama"))
              ? model.encode(Prompt.text("ab"))
              : model.encode(new Prompt.Tokens(List.of(1, 2)));
      try (LlamaContext context = model.open(prompt, new ContextOptions(4, 2))) {
        context.next(new int[][] {{7}, {7, 8}});
      }
    } catch (ModelException expected) {
      if (expected.getMessage() == null) {
        throw expected;
      }
    }
  }
}
