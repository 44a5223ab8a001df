package io.tailwalk.cli.generate;

import io.tailwalk.builtin.PureModel;
import io.tailwalk.builtin.ngram.ByteVocabulary;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelIdentity;
import java.nio.charset.StandardCharsets;

/** Writes one text, byte by byte, and then ends. */
final class ScriptedModel extends PureModel {
  private static final double LIKELY = 60;

  private final byte[] script;

  ScriptedModel(String script) {
    super(new ModelIdentity("script", "script", "of a test"), ByteVocabulary.INSTANCE);
    this.script = script.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected LogProbs distribution(int[] promptTokenIds, int[] prefix) {
    double[] scores = new double[ByteVocabulary.INSTANCE.size()];
    boolean over = prefix.length >= script.length;
    scores[over ? ByteVocabulary.END : script[prefix.length] & 0xFF] = LIKELY;
    return LogProbs.of(scores);
  }

  @Override
  public void close() {}
}
