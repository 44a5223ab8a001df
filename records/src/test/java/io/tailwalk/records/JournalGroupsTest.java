package io.tailwalk.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.records.JournalGroups.Extent;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class JournalGroupsTest {
  @Test
  void add_inAnyOrder_keepsWhatASortedMapKeeps() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 200; round++) {
      var groups = new JournalGroups();
      var map = new TreeMap<Long, Extent>();
      for (int i = 0; i < 100; i++) {
        long number = random.nextLong(-60, 60);
        var extent = new Extent(i, random.nextLong(1000));
        assertThat(groups.add(number, extent)).isEqualTo(map.putIfAbsent(number, extent) == null);
      }
      assertThat(groups.size()).isEqualTo(map.size());
      assertThat(groups.toSet()).containsExactlyElementsOf(map.keySet());
      for (long number = -61; number <= 61; number++) {
        assertThat(groups.contains(number)).isEqualTo(map.containsKey(number));
        assertThat(groups.get(number)).isEqualTo(map.get(number));
      }
      int place = 0;
      for (Extent extent : map.values()) {
        assertThat(groups.at(place++)).isEqualTo(extent);
      }
    }
  }
}
