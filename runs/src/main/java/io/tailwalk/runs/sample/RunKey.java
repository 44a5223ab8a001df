package io.tailwalk.runs.sample;

import io.tailwalk.core.Sha256;
import io.tailwalk.core.model.ModelIdentity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** A hash of everything that determines a result; a run can be resumed only with the same key. */
public final class RunKey {
  private RunKey() {}

  /** The key of a set of prompts answered by a recipe. */
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

  /** The hash of a sequence of texts. */
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
