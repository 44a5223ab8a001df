package io.tailwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartJarTest {
  @TempDir Path folder;

  @Test
  void write_everyClass_isNewEnoughForTheCacheAndPassesTheJvmsCheck() throws Exception {
    Path file = folder.resolve("start.jar");
    StartJar.write(file);

    List<String> names = new ArrayList<>();
    try (var jar = new JarFile(file.toFile())) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (entry.getName().endsWith(".class")) {
          byte[] bytes = jar.getInputStream(entry).readAllBytes();
          assertThat(ClassFile.of().parse(bytes).majorVersion())
              .isGreaterThanOrEqualTo(ClassFile.JAVA_7_VERSION);
          names.add(entry.getName().replace('/', '.').replaceFirst("\\.class$", ""));
        }
      }
    }
    assertThat(names).contains("picocli.CommandLine").hasSizeGreaterThan(200);
    URL[] start = {file.toUri().toURL()};
    try (var loader = new URLClassLoader(start, ClassLoader.getPlatformClassLoader())) {
      for (String name : names) {
        Class<?> checked = Class.forName(name, true, loader);
        assertThat(checked.getClassLoader()).isSameAs(loader);
      }
    }
  }
}
