package io.tailwalk.verifiers.grammar;

import io.tailwalk.core.verify.AutomatonVerifier;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.verifiers.spec.SpecFiles;

/** Verifiers from grammar files. */
public final class GrammarVerifiers {
  private GrammarVerifiers() {}

  /**
   * Passes exactly the texts of a grammar; a prefix has value 0 if and only if no text of the
   * grammar begins with it.
   *
   * @param file GBNF
   * @throws IllegalArgumentException in one sentence that names the file, line and fix
   */
  public static Verifier gbnf(String file) {
    SpecFiles.Loaded loaded = SpecFiles.load("grammar", file);
    Grammar grammar = GbnfParser.parse(file, loaded.text());
    return new AutomatonVerifier(
        "grammar:" + file, new GrammarAutomaton(grammar), loaded.sources());
  }
}
