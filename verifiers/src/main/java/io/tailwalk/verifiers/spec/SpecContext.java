package io.tailwalk.verifiers.spec;

/**
 * The context that specifications may refer to.
 *
 * @param fields the fields of the prompts file, for {@code @field}
 * @param models opens the models of judges
 */
public record SpecContext(PromptFields fields, ModelOpener models) {
  /** An empty context. */
  public static final SpecContext NONE = new SpecContext(PromptFields.NONE, ModelOpener.NONE);
}
