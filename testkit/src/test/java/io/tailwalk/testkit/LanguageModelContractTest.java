package io.tailwalk.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.Prompt;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LanguageModelContractTest extends LanguageModelContract {
  private Supplier<LanguageModel> model = MarkovModel::new;

  @Override
  protected LanguageModel openModel() {
    return model.get();
  }

  @Override
  protected Prompt prompt() {
    return Prompt.text("ab");
  }

  @Override
  protected List<String> texts() {
    return List.of("", "abba");
  }

  /** The contract detects a model whose distribution depends on the rest of the batch. */
  @Test
  void contract_batchDependentModel_isCaught() {
    var broken = new LanguageModelContractTest();
    broken.model = BatchDependentModel::new;
    assertThatThrownBy(broken::next_batch_equalsOneByOneInAnyOrder)
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(broken::score_completion_isTheLogProbabilityOfEachToken)
        .isInstanceOf(AssertionError.class);
  }

  private static final class BatchDependentModel extends MarkovModel {
    @Override
    double[] distribution(int[] prefix, int batchSize) {
      return batchSize > 1 ? new double[] {0.2, 0.3, 0.5} : super.distribution(prefix, batchSize);
    }
  }
}
