package io.tailwalk.llama;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.llama.tiny.Mutations;
import io.tailwalk.llama.tiny.Mutations.Mutation;
import io.tailwalk.llama.tiny.RawGguf;
import io.tailwalk.llama.tiny.RawGguf.Value;
import io.tailwalk.llama.tiny.TinyArchitectures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Opens and runs tiny models with one damage each, in the folder of the first argument: every
 * {@code step}-th from {@code from} up to {@code to}. Writes the number of each to a file before it
 * starts on it. Arguments: folder, from, to, step, whether the files are trusted, library.
 */
final class HostileMain {
  private HostileMain() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    int from = Integer.parseInt(args[1]);
    int to = Integer.parseInt(args[2]);
    int step = Integer.parseInt(args[3]);
    LlamaOptions options = TestModels.EXACT.withTrust(Boolean.parseBoolean(args[4]));
    if (args.length > 5) {
      options = options.withLibrary(Path.of(args[5]));
    }
    int number = 0;
    for (String name : TinyArchitectures.names()) {
      for (RawGguf file : forms(name)) {
        for (Mutation mutation : Mutations.of(file, keys(name))) {
          if (number >= from && number < to && (number - from) % step == 0) {
            Files.writeString(
                folder.resolve("number"), number + " " + name + " " + mutation.name());
            run(Files.write(folder.resolve("hostile.gguf"), mutation.file().bytes()), options);
          }
          number++;
        }
      }
    }
    Files.writeString(folder.resolve("number"), number + " end");
  }

  private static List<RawGguf> forms(String name) {
    List<RawGguf> forms = new ArrayList<>(List.of(TinyArchitectures.file(name)));
    if (name.equals("llama")) {
      forms.add(tokenizer(name, "llama", "<0x%02X>"));
    } else if (name.equals("qwen2")) {
      RawGguf bytes = tokenizer(name, "gpt2", "%02X");
      bytes.entries.put("tokenizer.ggml.merges", Value.array(Value.text("0 1"), 2));
      bytes.entries.put("tokenizer.ggml.pre", Value.text("qwen2"));
      forms.add(bytes);
    }
    return forms;
  }

  private static RawGguf tokenizer(String name, String kind, String form) {
    RawGguf file = TinyArchitectures.file(name);
    file.entries.put("tokenizer.ggml.model", Value.text(kind));
    List<Value> tokens = new ArrayList<>();
    for (int i = 0; i < TinyArchitectures.TOKENS; i++) {
      tokens.add(Value.text(i == 3 ? "\u2581" : form.formatted(i + 64)));
    }
    file.entries.put("tokenizer.ggml.tokens", Value.array(tokens));
    file.entries.put(
        "tokenizer.ggml.scores", Value.array(Value.number(6, -1), TinyArchitectures.TOKENS));
    file.entries.put(
        "tokenizer.ggml.token_type",
        Value.array(Value.number(5, kind.equals("llama") ? 6 : 1), TinyArchitectures.TOKENS));
    file.entries.put("tokenizer.ggml.bos_token_id", Value.number(4, 1));
    file.entries.put("tokenizer.ggml.eos_token_id", Value.number(4, 2));
    file.entries.put("tokenizer.ggml.add_bos_token", Value.number(7, 1));
    file.entries.put("tokenizer.chat_template", Value.text("<|im_start|>"));
    return file;
  }

  private static Set<String> keys(String name) {
    Set<String> keys =
        new LinkedHashSet<>(
            List.of(
                "general.name",
                "general.alignment",
                "general.file_type",
                "general.quantization_version",
                "split.count",
                "tokenizer.ggml.pre",
                "tokenizer.ggml.precompiled_charsmap",
                "tokenizer.ggml.add_space_prefix",
                "tokenizer.ggml.remove_extra_whitespaces",
                "tokenizer.ggml.token_type_count"));
    for (String key : io.tailwalk.llama.gguf.GgufKeys.all()) {
      keys.add(name + "." + key);
    }
    return keys;
  }

  private static void run(Path file, LlamaOptions options) {
    try (LlamaModel model = LlamaModel.open(file, options)) {
      int[] prompt = {1, 2};
      if (!model.file().tokenizer().equals(Optional.of("no_vocab"))) {
        try {
          prompt = model.encode(Prompt.text("AB \u00e9"));
        } catch (ModelException _) {
          prompt = new int[] {1, 2};
        }
      }
      if (prompt.length == 0) {
        return;
      }
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
