package io.tailwalk.builtin;

import io.tailwalk.builtin.dyck.DyckLanguage;
import io.tailwalk.builtin.dyck.DyckProblems;
import io.tailwalk.builtin.problem.Classics;
import io.tailwalk.builtin.problem.LetterModel;
import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.builtin.tree.RandomTrees;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.testkit.LanguageModelContract;
import io.tailwalk.testkit.ValueFunctionContract;
import io.tailwalk.testkit.VerifierContract;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** Every model, value and verifier of this module in the testkit's contracts. */
class BuiltinContractTest {
  private static final Problem DYCK =
      DyckProblems.exact(new DyckLanguage(4, 2), 0.3, 0.3, 0.2, 0.2);

  @Nested
  class Austen extends LanguageModelContract {
    @Override
    protected LanguageModel openModel() {
      return BuiltinModels.open("austen");
    }
  }

  @Nested
  class Letters extends LanguageModelContract {
    @Override
    protected LanguageModel openModel() {
      return new LetterModel("test:letters", "xyz", 0.5, 0.5, 0.0);
    }

    @Override
    protected List<String> texts() {
      return List.of("", "xzy");
    }

    @Override
    protected boolean hasEndToken() {
      return false;
    }
  }

  @Nested
  class RandomTree extends LanguageModelContract {
    @Override
    protected LanguageModel openModel() {
      return RandomTrees.of(0).problem().model();
    }

    @Override
    protected List<String> texts() {
      return List.of("", "0.1.0.");
    }
  }

  @Nested
  class DyckValues extends ValueFunctionContract {
    @Override
    protected ValueFunction value() {
      return DYCK.value();
    }

    @Override
    protected Vocabulary vocabulary() {
      return DYCK.model().vocabulary();
    }

    /** Children are summed in a different order. */
    @Override
    protected double tolerance() {
      return 1e-12;
    }
  }

  @Nested
  class PerturbedDyckValues extends DyckValues {
    @Override
    protected ValueFunction value() {
      return DyckProblems.withIidError(DYCK, 0.7, 3).value();
    }
  }

  @Nested
  class DyckVerifier extends VerifierContract {
    @Override
    protected Verifier openVerifier() {
      return DYCK.verifier();
    }

    @Override
    protected Vocabulary vocabulary() {
      return DYCK.model().vocabulary();
    }
  }

  @Nested
  class AbcVerifier extends VerifierContract {
    @Override
    protected Verifier openVerifier() {
      return Classics.abc(4, 0.5).verifier();
    }

    @Override
    protected Vocabulary vocabulary() {
      return Classics.abc(4, 0.5).model().vocabulary();
    }
  }

  @Nested
  class DelayValues extends ValueFunctionContract {
    @Override
    protected ValueFunction value() {
      return Classics.delay(4).value();
    }

    @Override
    protected Vocabulary vocabulary() {
      return Classics.delay(4).model().vocabulary();
    }
  }
}
