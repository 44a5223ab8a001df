package io.tailwalk.report;

import io.tailwalk.records.SampleRow;
import java.util.Locale;

/** Writes a list of samples: each prompt, and its completions below it. */
final class HtmlSamples {
  private static final NumberStyle NATS = NumberStyle.fixed(2);
  private static final NumberStyle WEIGHT = NumberStyle.significant(3);

  /** Maximum number of characters of the line that represents a closed text. */
  private static final int SNIPPET = 300;

  private final Markup out;

  private HtmlSamples(Markup out) {
    this.out = out;
  }

  static void write(Markup out, SampleList list) {
    out.element("p", list.caption(), "class", "caption", "dir", "auto");
    HtmlSamples samples = new HtmlSamples(out);
    list.byPrompt().forEach(samples::prompt);
  }

  private void prompt(SampleList.Prompt prompt) {
    out.open("div", "class", "prompt").raw("\n");
    out.open("details", "class", "asked").open("summary").raw("Prompt ");
    out.element("bdi", Visible.onOneLine(prompt.id(), Visible.NAME), "class", "id");
    snippet(prompt.text());
    out.close();
    out.element("pre", prompt.text(), "dir", "auto");
    out.end();
    out.open("div", "class", "samples").raw("\n");
    prompt.samples().forEach(this::sample);
    out.end();
    out.end();
  }

  private void sample(SampleRow sample) {
    SampleList.Verdict verdict = SampleList.Verdict.of(sample);
    String kind = verdict.name().toLowerCase(Locale.ROOT);
    out.open("details", "class", "sample").open("summary");
    out.element("span", verdict.word(), "class", "verdict " + kind);
    snippet(sample.completion().text());
    out.open("span", "class", "score").text(NATS.format(sample.score().logProb()) + " nats");
    out.text(", weight " + WEIGHT.format(sample.score().weight())).close();
    out.close().open("div", "class", "body");
    out.element("p", "Completion", "class", "what");
    out.element("pre", sample.completion().text(), "dir", "auto");
    out.open("dl");
    facts(sample);
    out.close().close().end();
  }

  private void snippet(String text) {
    if (text.isBlank()) {
      out.element("span", text.isEmpty() ? "(empty)" : "(whitespace)", "class", "snippet empty");
    } else {
      out.element("bdi", Visible.onOneLine(text, SNIPPET), "class", "snippet", "dir", "auto");
    }
  }

  private void facts(SampleRow sample) {
    fact(
        "Sampler",
        sample.origin().sampler() + " (" + sample.origin().targetDistribution().wireName() + ")");
    fact("Reward", WEIGHT.format(sample.score().reward()));
    fact("Seed", Long.toString(sample.origin().seed()));
    fact("Ended by", sample.origin().finishReason());
    fact(
        "Tokens",
        sample.usage().completionTokens()
            + " kept, "
            + sample.usage().discardedTokens()
            + " discarded");
    fact("Verifier calls", Long.toString(sample.usage().verifierCalls()));
  }

  private void fact(String name, String value) {
    out.open("div").element("dt", name).element("dd", value, "dir", "auto").close();
  }
}
