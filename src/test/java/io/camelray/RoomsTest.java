package io.camelray;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rooms and who may use whom: one arrow backwards fails the build. */
@AnalyzeClasses(packages = "io.camelray", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {

    @ArchTest
    static final ArchRule dependencies_point_downwards_only = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("cli")
            .definedBy("io.camelray.cli..")
            .layer("web")
            .definedBy("io.camelray.web..")
            .layer("observe")
            .definedBy("io.camelray.observe..")
            .layer("component")
            .definedBy("io.camelray.component..")
            .layer("intake")
            .definedBy("io.camelray.intake..")
            .layer("delivery")
            .definedBy("io.camelray.delivery..")
            .layer("engine")
            .definedBy("io.camelray.engine..")
            .layer("assets")
            .definedBy("io.camelray.assets..")
            .layer("provider")
            .definedBy("io.camelray.provider..")
            .layer("ledger")
            .definedBy("io.camelray.ledger..")
            .layer("rules")
            .definedBy("io.camelray.rules..")
            .layer("pricing")
            .definedBy("io.camelray.pricing..")
            .layer("model")
            .definedBy("io.camelray.model..")
            .layer("sandbox")
            .definedBy("io.camelray.sandbox..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("web")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("observe")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("component")
            .mayOnlyBeAccessedByLayers("cli", "observe")
            .whereLayer("intake")
            .mayOnlyBeAccessedByLayers("cli", "web", "component")
            .whereLayer("delivery")
            .mayOnlyBeAccessedByLayers("cli", "observe", "component")
            .whereLayer("engine")
            .mayOnlyBeAccessedByLayers("cli", "observe", "component")
            .whereLayer("assets")
            .mayOnlyBeAccessedByLayers("cli", "component", "intake", "delivery", "engine")
            .whereLayer("provider")
            .mayOnlyBeAccessedByLayers("cli", "component", "engine")
            .whereLayer("ledger")
            .mayOnlyBeAccessedByLayers("cli", "web", "observe", "component", "intake", "delivery", "engine")
            .whereLayer("rules")
            .mayOnlyBeAccessedByLayers("cli", "component", "intake", "engine")
            .whereLayer("pricing")
            .mayOnlyBeAccessedByLayers("cli", "component", "intake", "engine")
            .whereLayer("sandbox")
            .mayOnlyBeAccessedByLayers("cli");

    @ArchTest
    static final ArchRule only_the_component_and_the_command_line_know_camel = noClasses()
            .that()
            .resideOutsideOfPackages("io.camelray.component..", "io.camelray.observe..", "io.camelray.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule an_application_that_uses_only_the_component_needs_no_command_line_library = noClasses()
            .that()
            .resideOutsideOfPackages("io.camelray.cli..", "io.camelray.sandbox..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "picocli..",
                    "ch.qos.logback..",
                    "org.jcodec..",
                    "org.gaul..",
                    "org.apache.camel.main..",
                    "org.apache.camel.dsl..");
}
