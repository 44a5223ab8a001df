package io.tailwalk.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;

/** The rules between modules, over the compiled classes of all of them. */
class ArchitectureTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.tailwalk");
  private static final String[] PURE = {
    "io.tailwalk.core..",
    "io.tailwalk.statistics..",
    "io.tailwalk.sampling..",
    "io.tailwalk.coverage.."
  };

  @Test
  void allModules_areSeen() {
    assertThat(ALL.stream().map(type -> type.getPackageName().split("\\.", -1)[2]).distinct())
        .contains(
            "core",
            "statistics",
            "sampling",
            "coverage",
            "tables",
            "report",
            "builtin",
            "verifiers",
            "llama",
            "runs",
            "lab",
            "cli");
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

  @Test
  void statistics_usesCoreAlone() {
    noClasses()
        .that()
        .resideInAPackage("io.tailwalk.statistics..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(
            "io.tailwalk.statistics..",
            "io.tailwalk.core..",
            "java..",
            "org.jspecify..",
            "org.apache.commons..")
        .check(ALL);
  }

  @Test
  void samplingAndCoverage_doNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage("io.tailwalk.sampling..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.tailwalk.coverage..")
        .check(ALL);
    noClasses()
        .that()
        .resideInAPackage("io.tailwalk.coverage..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.tailwalk.sampling..")
        .check(ALL);
  }

  @Test
  void cli_isUsedByNobody() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.tailwalk.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.tailwalk.cli..")
        .check(ALL);
  }

  @Test
  void runs_knowsNeitherLabNorCli() {
    noClasses()
        .that()
        .resideInAPackage("io.tailwalk.runs..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.tailwalk.lab..", "io.tailwalk.cli..", "picocli..")
        .check(ALL);
  }

  @Test
  void libraries_knowNoRuns() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.tailwalk.runs..", "io.tailwalk.lab..", "io.tailwalk.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.tailwalk.runs..")
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
