package io.trunkline.control;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The house rules of control-api, each with the sentence a build that breaks it ends with. */
class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.trunkline");

    @Test
    void leavesProtocolLibrariesToTheirModules() {
        noClasses()
                .that()
                .resideInAPackage("io.trunkline.control..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.sip..", "gov.nist..", "org.bouncycastle..", "tomp2p.opuswrapper..")
                .because(
                        "control-api speaks to media and SIP through their root packages; protocol libraries stay in their own module")
                .check(MAIN);
    }

    @Test
    void keepsCallControlPlain() {
        noClasses()
                .that()
                .resideInAPackage("io.trunkline.control.call..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.vertx..",
                        "java.sql..",
                        "com.fasterxml..",
                        "io.trunkline.control.http..",
                        "io.trunkline.control.store..",
                        "io.trunkline.control.events..",
                        "io.trunkline.control.billing..",
                        "io.trunkline.control.sandbox..")
                .because(
                        "call control is plain Java behind ports: commands go down, events come up, nothing goes sideways")
                .check(MAIN);
    }

    @Test
    void reachesMediaAndSipThroughTheirRootPackagesAlone() {
        noClasses()
                .that()
                .resideInAPackage("io.trunkline.control..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.trunkline.media.*..", "io.trunkline.sip.*..")
                .because("a module's root package is its whole API; what is below it is its kitchen")
                .check(MAIN);
    }

    @Test
    void keepsTheStoreAndTheEventLogFromCallingUpwards() {
        noClasses()
                .that()
                .resideInAnyPackage("io.trunkline.control.store..", "io.trunkline.control.events..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.trunkline.control.http..", "io.trunkline.control.sandbox..")
                .because("storage and events serve HTTP, never the other way round")
                .check(MAIN);
    }

    @Test
    void keepsSqlDriversInTheStore() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.trunkline.control.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.flywaydb..", "org.postgresql..")
                .because("JDBC is for migrations at start-up; everything else goes through the pool and never blocks")
                .check(MAIN);
    }

    @Test
    void readsTheEnvironmentWhereProgramsStartOnly() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Main.class.getName())
                .and()
                .resideOutsideOfPackages("io.trunkline.control.cli..", "io.trunkline.media.amd.synth..")
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .because(
                        "the environment is read once, by the configuration: media, SIP and the rest get typed records")
                .check(MAIN);
    }
}
