// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The laws of the house, as far as a machine can check them. */
@AnalyzeClasses(packages = "org.bcgd.spark", importOptions = DoNotIncludeTests.class)
class HouseRulesTest {

  @ArchTest
  static final ArchRule arrowsOnlyPointDown =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("wire")
          .definedBy("org.bcgd.spark.wire..")
          .layer("settings")
          .definedBy("org.bcgd.spark.settings..")
          .layer("storage")
          .definedBy("org.bcgd.spark.storage..")
          .layer("report")
          .definedBy("org.bcgd.spark.report..")
          .layer("progress")
          .definedBy("org.bcgd.spark.progress..")
          .layer("memory")
          .definedBy("org.bcgd.spark.memory..")
          .layer("shards")
          .definedBy("org.bcgd.spark.shards..")
          .layer("executor")
          .definedBy("org.bcgd.spark.executor..")
          .layer("aggregation")
          .definedBy("org.bcgd.spark.aggregation..")
          .layer("evaluation")
          .definedBy("org.bcgd.spark.evaluation..")
          .layer("folder")
          .definedBy("org.bcgd.spark.folder..")
          .layer("trained")
          .definedBy("org.bcgd.spark.trained..")
          .layer("start")
          .definedBy("org.bcgd.spark.start..")
          .layer("training")
          .definedBy("org.bcgd.spark.training..")
          .layer("run")
          .definedBy("org.bcgd.spark.run..")
          .layer("prediction")
          .definedBy("org.bcgd.spark.prediction..")
          .layer("deployment")
          .definedBy("org.bcgd.spark.deployment..")
          .layer("plot")
          .definedBy("org.bcgd.spark.plot..")
          .layer("page")
          .definedBy("org.bcgd.spark.page..")
          .layer("theory")
          .definedBy("org.bcgd.spark.theory..")
          .layer("cli")
          .definedBy("org.bcgd.spark.cli..")
          .layer("ml")
          .definedBy("org.bcgd.spark.ml..")
          .layer("dl4j")
          .definedBy("org.bcgd.spark.dl4j..")
          .whereLayer("wire")
          .mayNotAccessAnyLayer()
          .whereLayer("settings")
          .mayNotAccessAnyLayer()
          .whereLayer("storage")
          .mayNotAccessAnyLayer()
          .whereLayer("report")
          .mayNotAccessAnyLayer()
          .whereLayer("progress")
          .mayOnlyAccessLayers("report")
          .whereLayer("memory")
          .mayNotAccessAnyLayer()
          .whereLayer("shards")
          .mayOnlyAccessLayers("wire", "settings", "storage")
          .whereLayer("executor")
          .mayOnlyAccessLayers("wire", "settings")
          .whereLayer("aggregation")
          .mayOnlyAccessLayers("settings")
          .whereLayer("evaluation")
          .mayOnlyAccessLayers("executor", "shards")
          .whereLayer("folder")
          .mayOnlyAccessLayers("settings", "storage", "report")
          .whereLayer("trained")
          .mayOnlyAccessLayers("settings", "storage", "shards", "executor", "evaluation", "folder")
          .whereLayer("start")
          .mayOnlyAccessLayers("settings", "executor", "folder")
          .whereLayer("training")
          .mayOnlyAccessLayers(
              "report", "progress", "executor", "aggregation", "evaluation", "folder")
          .whereLayer("run")
          .mayOnlyAccessLayers(
              "settings",
              "storage",
              "report",
              "progress",
              "memory",
              "shards",
              "executor",
              "aggregation",
              "evaluation",
              "folder",
              "trained",
              "start",
              "training")
          .whereLayer("prediction")
          .mayNotAccessAnyLayer()
          .whereLayer("deployment")
          .mayOnlyAccessLayers(
              "settings",
              "storage",
              "shards",
              "executor",
              "evaluation",
              "prediction",
              "folder",
              "trained")
          .whereLayer("plot")
          .mayNotAccessAnyLayer()
          .whereLayer("page")
          .mayOnlyAccessLayers("settings", "storage", "report", "folder", "plot")
          .whereLayer("theory")
          .mayOnlyAccessLayers("storage", "plot")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("ml")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("ml")
          .mayOnlyAccessLayers(
              "settings", "storage", "shards", "prediction", "folder", "trained", "run")
          .whereLayer("dl4j")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("dl4j")
          .mayOnlyAccessLayers("settings", "storage", "report", "shards", "folder", "run");

  @ArchTest
  static final ArchRule roomsHaveNoCycles =
      slices().matching("org.bcgd.spark.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule settingsAndReportKnowNoSpark =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..settings..", "..report..", "..progress..", "..storage..", "..plot..", "..page..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..");

  @ArchTest
  static final ArchRule filesAreReachedThroughStorage =
      noClasses()
          .that()
          .resideOutsideOfPackage("..storage..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.hadoop.fs..");

  @ArchTest
  static final ArchRule onlyPlotsKnowTheirLibrary =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.bcgd.spark.plot..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.knowm..", "java.awt..");

  /** What Spark keeps to itself changes from version to version. */
  @ArchTest
  static final ArchRule onlyWhatSparkPublishes =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.spark.scheduler..", "org.apache.spark.util..", "org.apache.spark.rpc..");

  @ArchTest
  static final ArchRule onlyItsRoomKnowsSparkMl =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.bcgd.spark.ml..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark.ml..", "org.apache.spark.mllib..");

  /** Deeplearning4j's module for Spark exists for one version of Scala only. */
  @ArchTest
  static final ArchRule onlyItsRoomKnowsDeeplearning4j =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.bcgd.spark.dl4j..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..", "org.datavec..");

  @ArchTest
  static final ArchRule arraysOfNativeMemoryStayInTheModel =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("org.nd4j.linalg.api..");

  @ArchTest
  static final ArchRule namesSaySomething =
      noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Common|Impl)");

  @ArchTest
  static final ArchRule onlyTheProgramEndsTheProcess =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.bcgd.spark.cli.BcgdMain")
          .should()
          .callMethod(System.class, "exit", int.class);
}
