package io.tailwalk.cli;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import picocli.CommandLine;

/**
 * Writes a jar that the launcher puts before the program's own on the class path: picocli, whose
 * classes are compiled for Java 5, as classes of Java 7. The JVM keeps no class in its cache that
 * is too old to say how its code is to be checked (by stack maps, JVM specification, 4.10); here
 * they are computed, once.
 */
public final class StartJar {
  private static final int VERSION = ClassFile.JAVA_7_VERSION;

  private StartJar() {}

  /**
   * Writes the jar.
   *
   * @param args the file to write
   */
  public static void main(String[] args) throws IOException {
    write(Path.of(args[0]));
  }

  /**
   * Writes the jar to a file; the launcher renames it when it is complete.
   *
   * @throws IOException if picocli cannot be read or the file cannot be written
   */
  static void write(Path file) throws IOException {
    try (var in = new JarFile(picocli().toFile());
        var out = new JarOutputStream(Files.newOutputStream(file))) {
      for (JarEntry entry : Collections.list(in.entries())) {
        if (!entry.isDirectory() && !entry.getName().startsWith("META-INF/")) {
          out.putNextEntry(new JarEntry(entry.getName()));
          byte[] content = in.getInputStream(entry).readAllBytes();
          out.write(entry.getName().endsWith(".class") ? withStackMaps(content) : content);
          out.closeEntry();
        }
      }
    }
  }

  private static byte[] withStackMaps(byte[] bytes) {
    ClassFile files =
        ClassFile.of(
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(StartJar.class.getClassLoader())));
    ClassModel old = files.parse(bytes);
    if (old.majorVersion() >= VERSION) {
      return bytes;
    }
    return files.transformClass(
        old,
        ClassTransform.endHandler(made -> made.withVersion(VERSION, 0))
            .andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
  }

  private static Path picocli() {
    try {
      return Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
