package io.tailwalk.runs.sample;

import io.tailwalk.core.model.ModelIdentity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** What decides every byte of a result, as a hash: going on with a run demands the same. */
public final class RunKey {
  private RunKey() {}

  /** Of a prompt set answered by a recipe. */
  public static String of(
      ModelIdentity model, Recipe recipe, List<PromptJob> jobs, boolean timing) {
    MessageDigest digest = sha256();
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
    MessageDigest digest = sha256();
    parts.forEach(part -> add(digest, part));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
