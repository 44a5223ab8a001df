package io.tailwalk.tables.scores;

import io.tailwalk.core.NativeCache;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.Locale;
import java.util.jar.JarEntry;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/**
 * Has DuckDB load its library from the shared cache. Its own loader, the static initialiser of
 * {@code DuckDBNative}, copies 70 MB into the temporary folder for every process, which stay there
 * when the process is killed, and offers no setting. So its class is defined here, before its first
 * use, with the one method replaced that looks for the library. Wherever that is not possible (a
 * loader of another version, a class already in use, no cache that can be written) DuckDB's own
 * loader is left to do its work.
 */
final class DuckLibrary {
  /** The property through which the replaced method learns the path. */
  static final String PROPERTY = "tailwalk.duckdb.library";

  private static final String LOADER = "DuckDBNative";
  private static final String METHOD = "loadNativeLibrary";
  private static boolean prepared;

  private DuckLibrary() {}

  /** Prepares the loading, once; to be called before a connection is made. */
  static synchronized void prepare() {
    if (!prepared) {
      prepared = true;
      try {
        redirect();
      } catch (IOException | IllegalAccessException | LinkageError _) {
        System.clearProperty(PROPERTY);
      }
    }
  }

  private static void redirect() throws IOException, IllegalAccessException {
    @Nullable URL packed = DuckDBDriver.class.getResource("/" + resource());
    if (packed == null) {
      return;
    }
    byte @Nullable [] loader = loader();
    if (loader == null) {
      return;
    }
    System.setProperty(PROPERTY, unpacked(packed).toString());
    MethodHandles.privateLookupIn(DuckDBDriver.class, MethodHandles.lookup()).defineClass(loader);
  }

  /** The name that DuckDB's loader looks for. */
  private static String resource() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String arch = machine.equals("x86_64") || machine.equals("amd64") ? "amd64" : "arm64";
    String system = os.startsWith("windows") ? "windows" : os.startsWith("mac") ? "macos" : "linux";
    return "libduckdb_java.so_" + system + "_" + arch;
  }

  /** The file in the cache; its content is told by the jar's checksum, to save hashing it. */
  private static Path unpacked(URL packed) throws IOException {
    URLConnection connection = packed.openConnection();
    if (!(connection instanceof JarURLConnection jar)) {
      throw new IOException(packed + " is not in a jar");
    }
    JarEntry entry = jar.getJarEntry();
    String name = resource();
    String content = String.format(Locale.ROOT, "duckdb-%08x-%d", entry.getCrc(), entry.getSize());
    // The name ends as the system's loader wants it.
    String file = name.contains("_windows_") ? "duckdb_java.dll" : "libduckdb_java.so";
    return NativeCache.library(
        NativeCache.folder(), content, file, entry.getSize(), packed::openStream);
  }

  /** DuckDB's loader with its method replaced; null if it has no such method. */
  private static byte @Nullable [] loader() throws IOException {
    byte[] original;
    try (InputStream in = DuckDBDriver.class.getResourceAsStream(LOADER + ".class")) {
      if (in == null) {
        return null;
      }
      original = in.readAllBytes();
    }
    ClassModel model = ClassFile.of().parse(original);
    if (model.methods().stream().noneMatch(DuckLibrary::isLoading)) {
      return null;
    }
    return ClassFile.of()
        .transformClass(
            model,
            ClassTransform.dropping(
                    element -> element instanceof MethodModel method && isLoading(method))
                .andThen(ClassTransform.endHandler(DuckLibrary::addLoading)));
  }

  private static boolean isLoading(MethodModel method) {
    return method.methodName().equalsString(METHOD) && method.methodType().equalsString("()V");
  }

  /** {@code System.load(System.getProperty(PROPERTY))}. */
  private static void addLoading(java.lang.classfile.ClassBuilder builder) {
    ClassDesc system = ClassDesc.of("java.lang.System");
    MethodTypeDesc textOfText = MethodTypeDesc.of(ConstantDescs.CD_String, ConstantDescs.CD_String);
    MethodTypeDesc ofText = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);
    builder.withMethodBody(
        METHOD,
        MethodTypeDesc.of(ConstantDescs.CD_void),
        ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC,
        code ->
            code.ldc(PROPERTY)
                .invokestatic(system, "getProperty", textOfText)
                .invokestatic(system, "load", ofText)
                .return_());
  }
}
