package io.murmuration.cli.demo.site;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.s3.model.Bucket;

/** Deploys the site, part by part, each of which calls or is called by those before it. */
public final class SiteDeployment {
    private final SiteClients clients;
    private final Consumer<String> tell;

    /** @param tell hears of each step in a line */
    public SiteDeployment(SiteClients clients, Consumer<String> tell) {
        this.clients = clients;
        this.tell = tell;
    }

    /** In the languages that there are on this machine. */
    public Site deploy() {
        return deploy(Languages.on(Objects.requireNonNullElse(System.getenv("PATH"), "")));
    }

    /** In these languages, and Java. */
    public Site deploy(Languages languages) {
        var names = SiteNames.free(taken());
        var stream = new SiteTables(clients.tables()).create(names);
        var functions = new SiteFunctions(clients.functions());
        var arns = functions.create(names, languages);
        functions.count(stream, names);
        tell.accept("Tables " + names.strikes() + ", whose stream calls a function, and " + names.counts()
                + "; four functions in " + languages.words() + ".");
        var api = new SiteGateway(clients.apis()).create(names.api(), arns.api());
        tell.accept("An HTTP API with " + String.join(", ", SiteGateway.ROUTES) + ".");
        new SiteBucket(clients.objects(), names.bucket()).create(arns.photoNoter());
        var distribution = new SiteDistribution(clients.distributions()).create(names.bucket(), api);
        tell.accept("A bucket with the page, whose photos call a function; a distribution in front of both.");
        return new Site(names, api, distribution);
    }

    /** Puts the photos, each of which calls a function that notes it. Returns how many. */
    public int putPhotos(Site site) {
        var bucket = new SiteBucket(clients.objects(), site.names().bucket());
        Bird.ALL.forEach(bucket::put);
        return Bird.ALL.size();
    }

    /** How many photos have been noted. */
    public long photosNoted(Site site) {
        return clients
                .tables()
                .scanPaginator(
                        request -> request.tableName(site.names().photos()).consistentRead(true))
                .items()
                .stream()
                .count();
    }

    private Set<String> taken() {
        var taken = new HashSet<String>();
        clients.tables().listTablesPaginator().tableNames().forEach(taken::add);
        clients.functions().listFunctionsPaginator().functions().stream()
                .map(FunctionConfiguration::functionName)
                .forEach(taken::add);
        clients.objects().listBuckets().buckets().stream().map(Bucket::name).forEach(taken::add);
        return taken;
    }
}
