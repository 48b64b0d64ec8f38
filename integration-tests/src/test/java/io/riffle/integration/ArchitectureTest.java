package io.riffle.integration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.Serializable;
import org.apache.flink.api.common.functions.Function;
import org.junit.jupiter.api.Test;

/** Who may import whom, as the design says. */
class ArchitectureTest {
    private static final JavaClasses RIFFLE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.riffle");

    @Test
    void simCoreKnowsNoFlinkNoKafkaNoArrow() {
        noClasses()
                .that()
                .resideInAPackage("io.riffle.sim..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache..",
                        "com.google.flatbuffers..",
                        "io.riffle.schemas..",
                        "io.riffle.operators..",
                        "io.riffle.jobs..")
                .check(RIFFLE);
    }

    @Test
    void schemasKnowNoFlinkAndNoKafka() {
        noClasses()
                .that()
                .resideInAPackage("io.riffle.schemas..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.flink..", "org.apache.kafka..", "io.riffle.operators..", "io.riffle.jobs..")
                .check(RIFFLE);
    }

    @Test
    void operatorsKnowNoKafkaAndNoArrow() {
        noClasses()
                .that()
                .resideInAPackage("io.riffle.operators..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "org.apache.arrow..", "io.riffle.jobs..")
                .check(RIFFLE);
    }

    @Test
    void onlySchemasKnowArrow() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.riffle.schemas..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.arrow..", "com.google.flatbuffers..")
                .check(RIFFLE);
    }

    @Test
    void noPackagesOfJobsDependOnEachOtherInACircle() {
        slices().matching("io.riffle.jobs.(*)..").should().beFreeOfCycles().check(RIFFLE);
    }

    @Test
    void modulesTravelAsTextAndNotAsJavaObjects() {
        classes()
                .that()
                .areAssignableTo(io.riffle.sim.Module.class)
                .should()
                .notBeAssignableTo(Serializable.class)
                .check(RIFFLE);
        noClasses()
                .that()
                .areAssignableTo(Function.class)
                .should()
                .beAssignableTo(io.riffle.sim.Module.class)
                .check(RIFFLE);
    }
}
