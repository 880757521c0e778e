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
}
