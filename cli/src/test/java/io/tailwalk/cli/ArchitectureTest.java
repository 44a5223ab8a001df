package io.tailwalk.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules between modules, over the compiled classes of all of them. */
class ArchitectureTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.tailwalk");

  /** Anything but a primitive type, which has no package. */
  private static final DescribedPredicate<JavaClass> LIBRARY =
      DescribedPredicate.describe("are a library", type -> !type.getPackageName().isEmpty());

  private static final String[] PURE = {
    "io.tailwalk.core..",
    "io.tailwalk.statistics..",
    "io.tailwalk.chat..",
    "io.tailwalk.sampling..",
    "io.tailwalk.coverage.."
  };

  @Test
  void allModules_areSeen() {
    assertThat(ALL.stream().map(type -> type.getPackageName().split("\\.", -1)[2]).distinct())
        .contains(
            "core",
            "statistics",
            "chat",
            "python",
            "records",
            "values",
            "convert",
            "train",
            "sampling",
            "coverage",
            "tables",
            "report",
            "builtin",
            "verifiers",
            "llama",
            "openai",
            "runs",
            "console",
            "demo",
            "lab",
            "cli",
            "testkit");
  }

  @Test
  void core_usesNoOtherModule() {
    noClasses()
        .that()
        .resideInAPackage("io.tailwalk.core..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("io.tailwalk.core..", "java..", "org.jspecify..")
        .check(ALL);
  }

  /** Every arrow that ARCHITECTURE.md draws, and no other. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      textBlock =
          """
          statistics: core
          sampling: core statistics
          coverage: core statistics
          builtin: core
          chat: core
          llama: core chat
          openai: core
          verifiers: core
          python: core verifiers
          records: core
          tables: core records
          values: core records sampling
          convert: core records llama
          train: core records sampling coverage builtin llama convert values
          report: core records coverage
          runs: core statistics sampling coverage builtin llama convert openai verifiers records tables values train report
          console: core sampling records report runs
          demo: core sampling coverage builtin verifiers records tables report runs console
          lab: core statistics sampling coverage builtin verifiers records values train report runs console
          cli: runs console
          testkit: core
          """)
  void modules_useWhatTheyMay(String module, String mayUse) {
    String[] allowed =
        Stream.concat(Stream.of(module), Stream.of(mayUse.strip().split(" ")))
            .map(name -> "io.tailwalk." + name.strip() + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("io.tailwalk." + module + "..")
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAPackage("io.tailwalk..")
                .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(allowed))))
        .check(ALL);
  }

  /** The libraries of others that ARCHITECTURE.md allows a module, besides nullness annotations. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      textBlock =
          """
          core: none
          statistics: org.apache.commons.statistics
          sampling: org.apache.commons.statistics
          coverage: org.apache.commons.statistics org.apache.commons.numbers
          builtin: none
          chat: none
          llama: none
          openai: dev.failsafe tools.jackson
          verifiers: dev.failsafe tools.jackson
          python: run.endive io.trino.wasm io.roastedroot.zerofs
          records: tools.jackson com.fasterxml.jackson.annotation de.siegmar.fastcsv
          tables: org.duckdb tools.jackson com.github.luben.zstd
          values: tools.jackson
          convert: tools.jackson
          train: ai.djl tools.jackson com.fasterxml.jackson.annotation
          report: tools.jackson com.fasterxml.jackson.annotation
          runs: tools.jackson com.fasterxml.jackson.annotation
          console: picocli me.tongfei.progressbar
          demo: picocli tools.jackson com.fasterxml.jackson.annotation
          lab: picocli org.apache.commons.statistics tools.jackson com.fasterxml.jackson.annotation
          cli: picocli
          testkit: org.junit.jupiter org.apache.commons.statistics
          """)
  void modules_useTheLibrariesTheyMay(String module, String mayUse) {
    String[] allowed =
        Stream.concat(
                Stream.of("java", "javax", "io.tailwalk", "org.jspecify"),
                Stream.of(mayUse.strip().split(" ")))
            .map(name -> name + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("io.tailwalk." + module + "..")
        .should()
        .dependOnClassesThat(
            LIBRARY.and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(allowed))))
        .check(ALL);
  }

  @Test
  void modules_haveNoCycles() {
    slices().matching("io.tailwalk.(*)..").should().beFreeOfCycles().check(ALL);
  }

  @Test
  void pureModules_haveNoAmbientRandomness() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .callMethod(Math.class, "random")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Random.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ThreadLocalRandom.class)
        .check(ALL);
  }

  @Test
  void pureModules_readNoClock() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(ZonedDateTime.class, "now")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Date.class)
        .check(ALL);
  }

  @Test
  void pureModules_printNothing() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(ALL);
  }

  @Test
  void pureModules_startNoThreads() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Executors.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ForkJoinPool.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(CompletableFuture.class)
        .orShould()
        .callMethod(java.util.Collection.class, "parallelStream")
        .check(ALL);
  }
}
