// SPDX-License-Identifier: Apache-2.0
package org.bcgd;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The laws of the house, as far as a machine can check them. */
@AnalyzeClasses(packages = "org.bcgd", importOptions = DoNotIncludeTests.class)
class HouseRulesTest {

  @ArchTest
  static final ArchRule arrowsOnlyPointDown =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("failure")
          .definedBy("org.bcgd.failure..")
          .layer("randomness")
          .definedBy("org.bcgd.randomness..")
          .layer("quantization")
          .definedBy("org.bcgd.quantization..")
          .layer("parameters")
          .definedBy("org.bcgd.parameters..")
          .layer("data")
          .definedBy("org.bcgd.data..")
          .layer("descent")
          .definedBy("org.bcgd.descent..")
          .layer("network")
          .definedBy("org.bcgd.network..")
          .layer("checkpoint")
          .definedBy("org.bcgd.checkpoint..")
          .whereLayer("failure")
          .mayNotAccessAnyLayer()
          .whereLayer("randomness")
          .mayNotAccessAnyLayer()
          .whereLayer("quantization")
          .mayNotAccessAnyLayer()
          .whereLayer("parameters")
          .mayOnlyAccessLayers("quantization")
          .whereLayer("data")
          .mayOnlyAccessLayers("failure", "randomness")
          .whereLayer("descent")
          .mayOnlyAccessLayers("parameters", "quantization")
          .whereLayer("network")
          .mayOnlyAccessLayers("failure", "randomness", "quantization", "parameters", "data")
          .whereLayer("checkpoint")
          .mayOnlyAccessLayers("failure", "parameters", "descent");

  @ArchTest
  static final ArchRule roomsHaveNoCycles =
      slices().matching("org.bcgd.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTheNetworkKnowsDeeplearning4j =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.bcgd.network..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..");

  @ArchTest
  static final ArchRule noneKnowsSparkOrHadoop =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..");

  @ArchTest
  static final ArchRule nothingIsRandomWithoutAKey =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.bcgd.randomness")
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.util\\.(Random|SplittableRandom|concurrent\\.ThreadLocalRandom)")
          .orShould()
          .callMethod(Math.class, "random");

  @ArchTest
  static final ArchRule namesSaySomething =
      noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Common|Impl)");

  @ArchTest
  static final ArchRule nobodyEndsTheProcess =
      noClasses().should().callMethod(System.class, "exit", int.class);
}
