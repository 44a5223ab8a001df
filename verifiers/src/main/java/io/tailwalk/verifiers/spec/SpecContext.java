package io.tailwalk.verifiers.spec;

/**
 * What specifications may refer to.
 *
 * @param fields what stands beside the prompts, for {@code @field}
 * @param models opens the models of judges
 */
public record SpecContext(PromptFields fields, ModelOpener models) {
  /** Nothing. */
  public static final SpecContext NONE = new SpecContext(PromptFields.NONE, ModelOpener.NONE);
}
