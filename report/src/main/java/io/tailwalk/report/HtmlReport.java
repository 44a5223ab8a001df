package io.tailwalk.report;

import io.tailwalk.core.Sha256;
import io.tailwalk.records.JsonText;
import io.tailwalk.records.ModelStamp;
import io.tailwalk.records.RunRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A page as one self-contained HTML file: it contains styles, scripts and the charting library, and
 * its security policy forbids all requests and all other scripts.
 */
public final class HtmlReport {
  private static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.5.0/echarts.min.js";

  private static final int LONG_VALUE = 50;

  private HtmlReport() {}

  /**
   * Renders a page.
   *
   * @param page the page; its text is never interpreted as markup
   * @return the content of the file; the same page gives the same content
   */
  public static String render(ReportPage page) {
    String library = resource(ECHARTS);
    String script = resource("page.js");
    Markup out = new Markup();
    out.raw("<!DOCTYPE html>\n").open("html", "lang", "en").raw("\n");
    head(out, page, policy(library, script));
    out.open("body").raw("\n");
    header(out, page);
    out.open("main").raw("\n");
    HtmlBlocks blocks = new HtmlBlocks(out, SeriesStyles.of(page));
    List<Section> sections = page.sections();
    for (int i = 0; i < sections.size(); i++) {
      out.open("section", "id", anchor(i)).element("h2", sections.get(i).title()).raw("\n");
      sections.get(i).blocks().forEach(blocks::write);
      out.end();
    }
    out.end();
    provenance(out, page.run());
    out.open("script").raw(library).end();
    out.open("script").raw(script).end();
    return out.end().end().toString();
  }

  private static void head(Markup out, ReportPage page, String policy) {
    out.open("head").raw("\n<meta charset=\"utf-8\">\n");
    // Elements without an end tag are written raw; their content is generated here.
    out.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy + "\">\n");
    out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
    out.raw("<link rel=\"icon\" href=\"data:,\">\n");
    out.element("title", page.title()).raw("\n");
    out.open("style").raw("\n" + resource("page.css")).end();
    out.end();
  }

  private static void header(Markup out, ReportPage page) {
    out.open("header").element("h1", page.title(), "dir", "auto");
    out.element("p", page.subtitle(), "class", "subtitle", "dir", "auto");
    if (page.sections().size() > 2) {
      out.open("nav", "aria-label", "Contents").open("ol");
      for (int i = 0; i < page.sections().size(); i++) {
        out.open("li").element("a", page.sections().get(i).title(), "href", "#" + anchor(i));
        out.close();
      }
      out.close().close();
    }
    out.end();
  }

  private static void provenance(Markup out, RunRecord run) {
    out.open("footer").element("h2", "How this was made").open("dl");
    String commit = run.tool().gitId();
    entry(out, "Tailwalk", run.tool().version() + (commit == null ? "" : ", commit " + commit));
    for (ModelStamp model : run.models()) {
      String hash = model.hash();
      entry(out, "Model", model.name() + (hash == null ? "" : ", SHA-256 " + hash));
    }
    entry(out, "Seed", Long.toString(run.seed()));
    run.params().forEach((name, value) -> entry(out, name, value.toString()));
    entry(out, "Host", run.host().cores() + " cores, " + run.host().os() + ", " + run.host().jdk());
    out.close();
    if (!run.command().isEmpty()) {
      // Some records begin with the name of the program, some with the command.
      String program = run.command().getFirst().equals("tailwalk") ? "" : "tailwalk ";
      out.element("pre", program + ShellWords.join(run.command()), "class", "command");
    }
    out.end();
  }

  private static void entry(Markup out, String name, String value) {
    out.open("div", "class", value.length() > LONG_VALUE ? "long" : "short");
    out.element("dt", name).element("dd", value, "dir", "auto").close();
  }

  private static String anchor(int section) {
    return "s" + (section + 1);
  }

  private static String policy(String library, String script) {
    return "default-src 'none'; script-src "
        + hash(library)
        + " "
        + hash(script)
        + "; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
  }

  private static String hash(String script) {
    byte[] digest = Sha256.digest().digest(script.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }

  /** JSON that is safe inside a script element: no text in it can end the element. */
  static String embedded(JsonNode json) {
    return JsonText.line(json)
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
