package io.tailwalk.testkit;

import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.DecayValue;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifiers;

class ValueFunctionContractTest extends ValueFunctionContract {
  @Override
  protected ValueFunction value() {
    return new DecayValue(0.3, 4).times(Verifiers.avoid("b").prefixValue());
  }

  @Override
  protected Vocabulary vocabulary() {
    return TestVocabulary.of("a", "ab", "c");
  }
}
