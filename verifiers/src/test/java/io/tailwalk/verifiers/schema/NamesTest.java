package io.tailwalk.verifiers.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NamesTest {
  private static final List<String> ALL =
      List.of("", "a", "ab", "abc", "ac", "b", "e\u00e9", "z\ud83d\ude00", "z\uffff");

  @Test
  void beginAndEnd_everyPrefix_areThoseOfTheNames() {
    var names = new Names(new TreeSet<>(ALL), List.of("ab", "b"));
    assertThat(names.required().stream().mapToObj(names::get)).containsExactly("ab", "b");
    for (String written : List.of("", "a", "ab", "abcd", "b", "c", "e", "z", "z\ud83d", "zz")) {
      var begun = new TreeSet<>(ALL);
      begun.removeIf(name -> !name.startsWith(written));
      var found = new TreeSet<String>();
      for (int i = names.begin(written); i < names.end(written); i++) {
        found.add(names.get(i));
      }
      assertThat(found).isEqualTo(begun);
      Set<Integer> next = new HashSet<>();
      names.addNext(written, next);
      Set<Integer> expected = new HashSet<>();
      begun.stream()
          .filter(name -> name.length() > written.length())
          .forEach(name -> expected.add(name.codePointAt(written.length())));
      assertThat(next).isEqualTo(expected);
    }
  }

  @Test
  void among_sortedNames_findsTheListedOnes() {
    var names = new Names(new TreeSet<>(ALL), List.of());
    var some = new TreeSet<>(List.of("", "aa", "ab", "b", "bb", "z\uffff"));
    assertThat(names.among(some).stream().mapToObj(names::get))
        .containsExactlyElementsOf(new TreeSet<>(List.of("", "ab", "b", "z\uffff")));
    assertThat(names.of("aa")).isNegative();
  }
}
