package io.tailwalk.python;

import io.tailwalk.core.verify.Verifier;
import io.tailwalk.verifiers.spec.SpecContext;
import io.tailwalk.verifiers.spec.VerifierKind;

/** {@code code:python,tests=FILE}: code that passes tests in the sandbox. */
public final class CodeKind implements VerifierKind {
  @Override
  public String kind() {
    return "code";
  }

  @Override
  public String form() {
    return "code:python,tests=FILE";
  }

  @Override
  public boolean isTimed() {
    return true;
  }

  @Override
  public Verifier open(String name, String argument, SpecContext context) {
    return CodeVerifier.ofSpec(name, argument, context.fields());
  }
}
