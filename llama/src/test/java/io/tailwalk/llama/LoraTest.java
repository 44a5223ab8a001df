package io.tailwalk.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.llama.tiny.GgufWriter;
import io.tailwalk.llama.tiny.ReferenceForward;
import io.tailwalk.llama.tiny.TinyLlama;
import io.tailwalk.llama.tiny.TinyLora;
import io.tailwalk.llama.tiny.TinyTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Low-rank adapters against a double-precision forward pass of weights that are merged here. */
class LoraTest {
  private static final int VOCABULARY = 64;
  private static final int[] PROMPT = {3, 1, 40, 5};
  private static final int[][] PREFIXES = {{}, {7}, {7, 9}, {1, 2, 3}, {60}};

  @TempDir Path folder;

  static Iterable<Optional<Path>> libraries() {
    return TestModels.libraries();
  }

  private static TinyLlama base() {
    return new TinyLlama(21, VOCABULARY);
  }

  private Path model() {
    return base().withoutTokenizer().write(folder.resolve("base.gguf"));
  }

  private Path adapter(TinyLora lora) {
    return lora.file().write(folder.resolve("lora-" + lora.seed() + ".gguf"));
  }

  private static double[][] distributions(LlamaModel model) {
    try (LlamaContext context = model.open(PROMPT, new ContextOptions(8, 4))) {
      return Arrays.stream(context.next(PREFIXES)).map(TestModels::all).toArray(double[][]::new);
    }
  }

  private static double distance(double[][] found, TinyLlama expected) {
    ReferenceForward reference = new ReferenceForward(expected);
    double largest = 0;
    for (int i = 0; i < PREFIXES.length; i++) {
      double[] wanted = reference.logProbs(TestModels.join(PROMPT, PREFIXES[i]));
      largest = Math.max(largest, TestModels.largestDifference(found[i], wanted));
    }
    return largest;
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void next_withAdapters_equalsMergedWeights(Optional<Path> library) {
    TinyLora first = new TinyLora(1, 4, 8);
    TinyLora second = new TinyLora(2, 2, 0);
    Path file = model();
    LlamaOptions options = TestModels.with(TestModels.EXACT, library);
    TinyLlama one = base();
    first.mergeInto(one, 0.5);
    TinyLlama both = base();
    first.mergeInto(both, 0.5);
    second.mergeInto(both, -1.25);
    List<LoraAdapter> adapters =
        List.of(new LoraAdapter(adapter(first), 0.5), new LoraAdapter(adapter(second), -1.25));
    try (LlamaModel plain = LlamaModel.open(file, options);
        LlamaModel adapted = LlamaModel.open(file, options.withAdapters(adapters.subList(0, 1)));
        LlamaModel twice = LlamaModel.open(file, options.withAdapters(adapters))) {
      assertThat(distance(distributions(plain), base())).isLessThan(1e-5);
      assertThat(distance(distributions(adapted), one)).isLessThan(2e-5);
      assertThat(distance(distributions(twice), both)).isLessThan(2e-5);
      assertThat(distance(distributions(adapted), base())).as("it changes much").isGreaterThan(0.1);
      assertThat(distance(distributions(twice), one)).as("both change much").isGreaterThan(0.1);
      assertThat(score(adapted)).isCloseTo(score(one), org.assertj.core.data.Offset.offset(1e-4));
    }
  }

  private static double score(LlamaModel model) {
    try (LlamaContext context = model.open(PROMPT, new ContextOptions(8, 1))) {
      return Arrays.stream(context.score(new int[] {7, 9, 11})).sum();
    }
  }

  private static double score(TinyLlama model) {
    double sum = 0;
    int[] all = TestModels.join(PROMPT, new int[] {7, 9, 11});
    for (int at = PROMPT.length; at < all.length; at++) {
      sum += new ReferenceForward(model).logProbs(Arrays.copyOf(all, at))[all[at]];
    }
    return sum;
  }

  /** A file not seen before is tried with its adapters in a process of its own. */
  @ParameterizedTest
  @MethodSource("libraries")
  void open_withoutTrust_triesTheAdapterToo(Optional<Path> library) {
    TinyLora lora = new TinyLora(System.nanoTime(), 4, 4);
    TinyLlama tiny = new TinyLlama(22, TinyTokenizer.size());
    Path file = tiny.withTokenizer("").write(folder.resolve("tokens.gguf"));
    LlamaOptions options =
        TestModels.with(TestModels.EXACT.withTrust(false), library)
            .withAdapters(List.of(new LoraAdapter(adapter(lora), 1)));
    try (LlamaModel model = LlamaModel.open(file, options)) {
      lora.mergeInto(tiny, 1);
      assertThat(distance(distributions(model), tiny)).isLessThan(2e-5);
    }
  }

  @Test
  void identity_dependsOnFileAndScale() {
    Path file = model();
    LoraAdapter one = new LoraAdapter(adapter(new TinyLora(1, 4, 8)), 1);
    LoraAdapter half = new LoraAdapter(one.file(), 0.5);
    LoraAdapter other = new LoraAdapter(adapter(new TinyLora(2, 4, 8)), 1);
    List<String> prints =
        java.util.stream.Stream.of(
                List.<LoraAdapter>of(),
                List.of(one),
                List.of(half),
                List.of(other),
                List.of(one, other))
            .map(adapters -> {
              try (LlamaModel model =
                  LlamaModel.open(file, TestModels.EXACT.withAdapters(adapters))) {
                if (adapters.equals(List.of(half))) {
                  assertThat(model.identity().description()).endsWith(", LoRA lora-1.gguf x 0.5");
                  assertThat(model.identity().engine().get("LoRA adapter 1")).endsWith(" x 0.5");
                }
                return model.identity().fingerprint();
              }
            })
            .toList();
    assertThat(prints).doesNotHaveDuplicates();
  }

  private void assertRefused(Path adapter, String... words) {
    LlamaOptions options = TestModels.EXACT.withAdapters(List.of(new LoraAdapter(adapter, 1)));
    Path file = model();
    assertThatThrownBy(() -> LlamaModel.open(file, options).close())
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll(words)
        .hasMessageContaining(adapter.toString())
        .message()
        .hasLineCount(1);
  }

  private Path changed(UnaryOperator<GgufWriter> change) {
    return change.apply(new TinyLora(1, 4, 8).file()).write(folder.resolve("changed.gguf"));
  }

  @Test
  void open_adapterOfAnotherKindOrModel_isRefused() {
    assertRefused(folder.resolve("none.gguf"), "file not found");
    assertRefused(model(), "is not an adapter");
    assertRefused(changed(file -> file.text("adapter.type", "cvec")), "not \"lora\"");
    assertRefused(changed(file -> file.uint32("adapter.type", 1)), "not \"lora\"");
    assertRefused(
        changed(file -> file.text("general.architecture", "qwen2")), "'qwen2'", "'llama'");
    assertRefused(changed(file -> file.text("adapter.lora.alpha", "8")), "alpha");
    assertRefused(changed(file -> file.float32("adapter.lora.alpha", Float.NaN)), "alpha");
    assertRefused(
        changed(file -> file.ints("adapter.alora.invocation_tokens", new int[] {1})), "activated");
    float[] values = new float[4 * TinyLlama.WIDTH];
    assertRefused(
        changed(file -> file.tensor("blk.0.attn_k.weight.lora_a", values, TinyLlama.WIDTH, 4)),
        "only one of its two");
    assertRefused(
        changed(file -> file.tensor("blk.0.attn_norm.weight", values, TinyLlama.WIDTH, 4)),
        "is not a matrix of a low-rank change");
    assertRefused(
        changed(file ->
            file.tensor("blk.7.attn_k.weight.lora_a", values, TinyLlama.WIDTH, 4)
                .tensor("blk.7.attn_k.weight.lora_b", values, 4, TinyLlama.WIDTH)),
        "blk.7.attn_k.weight",
        "no such matrix");
    assertRefused(
        changed(file ->
            file.tensor("blk.1.ffn_up.weight.lora_a", values, TinyLlama.WIDTH, 4)
                .tensor("blk.1.ffn_up.weight.lora_b", values, 4, TinyLlama.WIDTH)),
        "blk.1.ffn_up.weight",
        "do not fit");
  }

  @Test
  void open_adapterCutAtAnyLength_isRefusedBeforeNativeCode() throws IOException {
    byte[] bytes = new TinyLora(1, 4, 8).file().bytes();
    Path file = folder.resolve("cut.gguf");
    for (int length = 4; length < bytes.length; length += 1 + length / 30) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertRefused(file, "fetch");
    }
  }

  @Test
  void open_adapterTwiceOrAsModel_isRefused() {
    Path file = model();
    Path adapter = adapter(new TinyLora(1, 4, 8));
    LlamaOptions twice =
        TestModels.EXACT.withAdapters(
            List.of(new LoraAdapter(adapter, 1), new LoraAdapter(adapter, 2)));
    assertThatThrownBy(() -> LlamaModel.open(file, twice).close())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("is given twice");
    assertThatThrownBy(() -> LlamaModel.open(adapter, TestModels.EXACT).close())
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("is an adapter, not a model", "--lora");
    assertThatThrownBy(() -> new LoraAdapter(adapter, 1e300))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Every prefix of the tree is computed with the adapter, also after rollback. */
  @Test
  void next_inAnyOrder_returnsTheSame() {
    LlamaOptions options =
        TestModels.EXACT.withAdapters(List.of(new LoraAdapter(adapter(new TinyLora(1, 4, 8)), 1)));
    try (LlamaModel model = LlamaModel.open(model(), options);
        LlamaContext context = model.open(PROMPT, new ContextOptions(8, 4))) {
      LogProbs first = context.next(new int[][] {{7, 9}})[0];
      context.next(new int[][] {{1}, {2}});
      LogProbs again = context.next(new int[][] {{7, 9}})[0];
      assertThat(TestModels.largestDifference(TestModels.all(first), TestModels.all(again)))
          .isLessThan(1e-5);
    }
  }
}
