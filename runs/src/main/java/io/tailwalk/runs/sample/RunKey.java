package io.tailwalk.runs.sample;

import io.tailwalk.core.Sha256;
import io.tailwalk.core.model.ModelIdentity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** What decides every byte of a result, as a hash: going on with a run demands the same. */
public final class RunKey {
  private RunKey() {}

  /** Of a prompt set answered by a recipe. */
  public static String of(
      ModelIdentity model, Recipe recipe, List<PromptJob> jobs, boolean timing) {
    MessageDigest digest = Sha256.digest();
    add(digest, model.fingerprint());
    add(digest, recipe.sampler().name());
    add(digest, recipe.params().toString());
    add(digest, Long.toString(recipe.seed()));
    add(digest, Boolean.toString(timing));
    for (PromptJob job : jobs) {
      add(digest, job.id());
      add(digest, job.prompt().toString());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The hash of some texts in their order. */
  public static String of(List<String> parts) {
    MessageDigest digest = Sha256.digest();
    parts.forEach(part -> add(digest, part));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }
}
