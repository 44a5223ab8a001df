package io.tailwalk.tables.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.records.TableException;
import io.tailwalk.records.input.Input;
import io.tailwalk.records.scores.GivenResponse;
import io.tailwalk.records.scores.ResponseOptions;
import io.tailwalk.records.scores.ResponseReader;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Complete files as written by other programs, with all their other fields. */
class ResponseFilesTest {

  @Test
  void harnessLog_ofAMultipleChoiceTask_givesTheRightChoices() throws URISyntaxException {
    List<GivenResponse> responses = ResponseReader.read(file("samples_choice.jsonl"));
    assertThat(responses)
        .extracting(GivenResponse::exampleId)
        .containsExactly("choice/0", "choice/1");
    assertThat(responses)
        .extracting(GivenResponse::completion)
        .containsExactly(" water", " nectar");
    assertThat(responses.get(0).recorded()).containsExactly(-1.8125);
  }

  @Test
  void harnessLog_withAllChoices_givesEveryChoice() throws URISyntaxException {
    ResponseReader.Responses read =
        ResponseReader.read(
            List.of(Input.of(file("samples_choice.jsonl"))),
            ResponseOptions.DEFAULT.withAllChoices(true));
    List<GivenResponse> responses = read.responses();
    assertThat(responses)
        .extracting(GivenResponse::exampleId)
        .containsExactly(
            "choice/0/0",
            "choice/0/1",
            "choice/0/2",
            "choice/0/3",
            "choice/1/0",
            "choice/1/1",
            "choice/1/2",
            "choice/1/3");
    assertThat(responses).extracting(GivenResponse::promptId).containsOnly("choice/0", "choice/1");
    GivenResponse water = responses.get(1);
    assertThat(water.prompt())
        .isEqualTo(
            Prompt.text("Question: Which of these is a liquid at room temperature?\nAnswer:"));
    assertThat(water.completion()).isEqualTo(" water");
    assertThat(water.recorded()).containsExactly(-1.8125);
    assertThat(responses.get(6).completion()).isEqualTo(" rain ☂");
    assertThat(responses.get(7).recorded()).containsExactly(Double.NEGATIVE_INFINITY);
    assertThat(responses.get(7).row()).isEqualTo(2);
    assertThat(read.remarks()).hasSize(1);
  }

  @Test
  void harnessLog_withNumbersAndArrays_givesTheOneContinuation() throws URISyntaxException {
    List<GivenResponse> responses = ResponseReader.read(file("samples_lastword.jsonl"));
    assertThat(responses).extracting(GivenResponse::completion).containsExactly(" mat", " “room”");
    assertThat(responses.get(0).recorded()).containsExactly(-0.6015625);
    assertThat(responses.get(1).recorded()).containsExactly(-7.03125);
  }

  @Test
  void harnessLog_ofAGenerationTask_isRefused() throws URISyntaxException {
    Path file = file("samples_generation.jsonl");
    assertThatThrownBy(() -> ResponseReader.read(file))
        .isInstanceOf(TableException.class)
        .hasMessageStartingWith(file + ", row 1: ")
        .hasMessageContaining("only log-likelihood tasks can be read");
  }

  @Test
  void chat_withSystemAndSeveralTurns_scoresTheLastAnswer() throws URISyntaxException {
    List<GivenResponse> responses = ResponseReader.read(file("chat.jsonl"));
    assertThat(responses).extracting(GivenResponse::completion).containsExactly("11", "hi 👋");
    assertThat(responses.get(0).prompt())
        .isEqualTo(
            new Prompt.Chat(
                List.of(
                    new ChatMessage("system", "You are terse."),
                    new ChatMessage("user", "Name a prime above 10."))));
    assertThat(((Prompt.Chat) responses.get(1).prompt()).messages()).hasSize(3);
    assertThat(responses.get(1).exampleId()).isEqualTo("turns");
    assertThat(responses.get(1).promptId()).isEqualTo("family-3");
  }

  @Test
  void pairs_withOtherFieldsAndNumbersAsIds_areRead() throws URISyntaxException {
    List<GivenResponse> responses = ResponseReader.read(file("pairs.jsonl"));
    assertThat(responses.get(0).prompt()).isEqualTo(Prompt.text("Translate: l’eau\n\n###\n\n"));
    assertThat(responses.get(1).exampleId()).isEqualTo("17");
    assertThat(responses.get(1).promptId()).isEqualTo("5");
    assertThat(responses.get(1).completion()).isEqualTo("\tdef f(x):\n\t\treturn x\n");
  }

  private static Path file(String name) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(ResponseFilesTest.class.getResource(name)).toURI());
  }
}
