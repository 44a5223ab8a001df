package io.tailwalk.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.ModelException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates of unknown origin end soon, and reach nothing but the chat. */
class LimitsTest {
  private static String render(String source) {
    return ChatTemplate.parse("the template", source)
        .render(List.of(new ChatMessage("user", "hi")), ChatVariables.NONE)
        .text();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
        "{{ range(10000000) }}",
        "{{ 'x' * 99999999 }}",
        "{{ 'x' * 9223372036854775807 }}",
        "{{ [1] * 9223372036854775807 }}",
        "{% set n = namespace(x='ab') %}{% for i in range(99) %}{% set n.x = n.x + n.x %}{% endfor %}",
        "{% set n = namespace(x=[1]) %}{% for i in range(99) %}{% set n.x = n.x + n.x %}{% endfor %}",
        "{% set n = namespace(x=[1]) %}{% for i in range(99) %}{% set n.x = [n.x, n.x] %}{% endfor %}{{ n.x }}",
        "{% set n = namespace(x=[1]) %}{% for i in range(99) %}{% set n.x = [n.x, n.x] %}{% endfor %}{{ n.x | tojson }}",
        "{% set n = namespace(x=[1], y=[1]) %}{% for i in range(99) %}{% set n.x = [n.x, n.x] %}{% set n.y = [n.y, n.y] %}{% endfor %}{{ n.x == n.y }}",
        "{% set n = namespace(x='a') %}{% for i in range(99) %}{% set n.x = n.x.replace('a', 'aaaaaaaaaa') %}{% endfor %}",
        "{% set n = namespace(x='a') %}{% for i in range(22) %}{% set n.x = n.x + n.x %}{% endfor %}{{ n.x in (n.x + 'b') }}{{ (n.x + n.x).count(n.x + 'b') }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% macro m(x) %}{{ m(x + 1) + m(x) }}{% endmacro %}{{ m(0) }}",
        "{{ 9223372036854775807 + 1 }}",
        "{{ 10 ** 99 }}",
        "{{ 99999999999999999999 }}",
        "{% set n = namespace() %}{% set n.n = n %}{{ n }}"
      })
  void render_withoutEnd_isRefused(String source) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThatThrownBy(() -> render(source))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("the template cannot be "));
  }

  @Test
  void parse_deeplyNested_isRefused() {
    for (String source :
        List.of(
            "{{ " + "(".repeat(100_000) + "1" + ")".repeat(100_000) + " }}",
            "{{ " + "[".repeat(100_000) + " }}",
            "{{ " + "not ".repeat(100_000) + "1 }}",
            "{{ " + "-".repeat(100_000) + "1 }}",
            "{{ 1" + " + 1".repeat(100_000) + " }}",
            "{{ x" + ".x".repeat(100_000) + " }}",
            "{{ x" + " | trim".repeat(100_000) + " }}",
            "{% if 1 %}".repeat(100_000),
            "{% if 1 %}" + "{% elif 1 %}".repeat(10_000) + "{% endif %}",
            "{{ 1" + " if 1 else 1".repeat(100_000) + " }}",
            "{{" + "'x'".repeat(400_000))) {
      assertThatThrownBy(() -> render(source))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("the template cannot be ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ messages.getClass() }}",
        "{{ messages.class.name }}",
        "{{ ''.getClass().forName('java.lang.Runtime') }}",
        "{{ messages[0].content.__class__.__mro__ }}",
        "{{ range.__globals__.os }}",
        "{{ namespace().__init__.x }}",
        "{{ messages.append(1) }}",
        "{{ messages[0].update({'role': 'x'}) }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% extends 'x' %}"
      })
  void render_reachingOut_isRefused(String source) {
    assertThatThrownBy(() -> render(source)).isInstanceOf(ModelException.class);
  }

  @Test
  void render_javaNames_areUndefined() {
    assertThat(render("{{ messages.getClass }}{{ ''.bytes }}{{ self }}{{ __import__ }}")).isEmpty();
  }
}
