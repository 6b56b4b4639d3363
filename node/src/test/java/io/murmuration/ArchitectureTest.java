package io.murmuration;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Who may depend on whom, and what only few may do. Loosening a rule needs a decision record. */
@AnalyzeClasses(packages = "io.murmuration", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.murmuration.";

    /** Which capabilities each capability of the node may use, besides the module {@code protocol}. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("base", Set.of()),
            Map.entry("consensus", Set.of()),
            Map.entry("cluster", Set.of("base", "config")),
            Map.entry("journal", Set.of("base", "config", "consensus", "cluster")),
            Map.entry("catalogue", Set.of("base", "config", "journal", "cluster")),
            Map.entry("identity", Set.of("base", "config", "journal")),
            Map.entry("table", Set.of("base", "config", "catalogue", "journal", "cluster")),
            Map.entry("edge", Set.of("base", "config", "catalogue", "cluster")),
            Map.entry("function", Set.of("base", "config", "catalogue", "journal", "cluster")),
            Map.entry("gateway", Set.of("base", "config", "catalogue", "cluster", "function")),
            Map.entry("object", Set.of("base", "config", "catalogue", "journal", "cluster")),
            Map.entry("trigger", Set.of("base", "config", "catalogue", "journal", "cluster", "table", "function")),
            Map.entry("http", Set.of("base", "config", "identity")),
            Map.entry("cli", Set.of("base", "config")));

    @ArchTest
    static final ArchRule onlyAdaptersSpeakHttp = noClasses()
            .that()
            .resideOutsideOfPackages("..http..", "io.murmuration.http..", "io.murmuration.main..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.pekko.http..");

    @ArchTest
    static final ArchRule capabilitiesFormNoCycles =
            slices().matching("io.murmuration.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule capabilitiesUseWhatTheyMay = capabilities();

    @ArchTest
    static final ArchRule rulesAndStatesArePure = noClasses()
            .that()
            .haveSimpleNameEndingWith("Rules")
            .or()
            .haveSimpleNameEndingWith("State")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "org.apache.pekko..",
                            "java.io..",
                            "java.net..",
                            "java.nio.file..",
                            "java.nio.channels..",
                            "java.sql..")
                    .or(describe(
                            "a clock",
                            type -> type.isEquivalentTo(java.time.Clock.class)
                                    || type.getName().equals("io.murmuration.base.Clock"))));

    @ArchTest
    static final ArchRule consensusIsPure = noClasses()
            .that()
            .resideInAPackage("io.murmuration.consensus..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "io.murmuration.consensus..", "java.lang..", "java.util..", "java.nio", "org.jspecify..")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.concurrent..", "java.util.random..");

    @ArchTest
    static final ArchRule onlyBaseAsksForTimeAndChance = noClasses()
            .that()
            .resideOutsideOfPackage("io.murmuration.base..")
            .should()
            .accessTargetWhere(calls(Instant.class, "now"))
            .orShould()
            .accessTargetWhere(calls(System.class, "currentTimeMillis", "nanoTime"))
            .orShould()
            .accessTargetWhere(calls(UUID.class, "randomUUID"))
            .orShould()
            .accessTargetWhere(calls(Math.class, "random"))
            .orShould()
            .accessTargetWhere(calls(ThreadLocalRandom.class, "current"))
            .orShould()
            .accessTargetWhere(calls(Random.class, "<init>"))
            .orShould()
            .accessTargetWhere(calls(SecureRandom.class, "<init>"));

    @ArchTest
    static final ArchRule nothingWaits = noClasses()
            .that()
            .resideOutsideOfPackages("io.murmuration.main..", "io.murmuration.cli..")
            .should()
            .accessTargetWhere(calls(CompletableFuture.class, "join", "get"))
            .orShould()
            .accessTargetWhere(calls(Future.class, "get"))
            .orShould()
            .accessTargetWhere(calls(TimeUnit.class, "sleep"))
            .orShould()
            .accessTargetWhere(calls(Thread.class, "sleep"));

    /** The JDK's streaming XML is for S3, whose documents are XML; it brings no parser of another kind with it. */
    @ArchTest
    static final ArchRule protocolNeedsTheJdkAndAJsonLibrary = noClasses()
            .that()
            .resideInAPackage("io.murmuration.protocol..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "io.murmuration.protocol..",
                    "java..",
                    "javax.crypto..",
                    "javax.xml.stream..",
                    "com.fasterxml.jackson.core..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule clusterConfigNeedsTheJdkAndAConfigLibrary = noClasses()
            .that()
            .resideInAPackage("io.murmuration.config..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("io.murmuration.config..", "java..", "com.typesafe.config..", "org.jspecify..");

    @ArchTest
    static final ArchRule theCommandLineHasNoActor = noClasses()
            .that()
            .resideInAPackage("io.murmuration.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.pekko..")
            .allowEmptyShould(true);

    /** For each line of {@link #MAY_USE} a rule for the capability and one for its adapters; and one that no capability is missing there. */
    private static ArchRule capabilities() {
        var rules = new ArrayList<ArchRule>();
        MAY_USE.forEach((capability, others) -> {
            var allowed = new ArrayList<>(List.of(ROOT + capability + "..", ROOT + "protocol.."));
            others.forEach(other -> allowed.add(ROOT + other + ".."));
            var adapters = capability.equals("http") ? "none" : ROOT + capability + ".http..";
            rules.add(classes()
                    .that(resideInAPackage(ROOT + capability + "..").and(not(resideInAPackage(adapters))))
                    .should()
                    .onlyDependOnClassesThat(areForeignOrIn(allowed))
                    .allowEmptyShould(true));
            allowed.add(ROOT + "http");
            rules.add(classes()
                    .that(resideInAPackage(adapters))
                    .should()
                    .onlyDependOnClassesThat(areForeignOrIn(allowed))
                    .allowEmptyShould(true));
        });
        rules.add(classes()
                .that()
                .resideOutsideOfPackages(
                        "io.murmuration.main..", "io.murmuration.protocol..", "io.murmuration.config..")
                .should()
                .resideInAnyPackage(MAY_USE.keySet().stream()
                        .map(capability -> ROOT + capability + "..")
                        .toArray(String[]::new)));
        return CompositeArchRule.of(rules);
    }

    private static DescribedPredicate<JavaClass> areForeignOrIn(List<String> packages) {
        var ours = resideInAnyPackage(packages.toArray(String[]::new));
        return describe(
                "reside outside the project or in " + packages,
                type -> !type.getPackageName().startsWith("io.murmuration") || ours.test(type));
    }

    private static DescribedPredicate<JavaAccess<?>> calls(Class<?> owner, String... names) {
        var wanted = Set.of(names);
        return describe("calls " + owner.getSimpleName() + wanted, access -> {
            AccessTarget target = access.getTarget();
            return wanted.contains(target.getName()) && target.getOwner().isAssignableTo(owner);
        });
    }
}
