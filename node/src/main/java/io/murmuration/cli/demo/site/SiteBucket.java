package io.murmuration.cli.demo.site;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.FilterRuleName;
import software.amazon.awssdk.services.s3.model.LambdaFunctionConfiguration;

/** The bucket with the page and the photos. */
final class SiteBucket {
    private static final String PHOTOS = "photos/";

    /** Points of presence and browsers keep the page for a minute: somebody may be at work on it. */
    private static final String PAGE_CONTROL = "max-age=60";

    private static final String PHOTO_CONTROL = "max-age=86400";

    private final S3Client client;
    private final String name;

    SiteBucket(S3Client client, String name) {
        this.client = client;
        this.name = name;
    }

    /** @param photoNoter ARN of the function that is called with each photo */
    void create(String photoNoter) {
        client.createBucket(request -> request.bucket(name));
        var photos =
                FilterRule.builder().name(FilterRuleName.PREFIX).value(PHOTOS).build();
        var call = LambdaFunctionConfiguration.builder()
                .lambdaFunctionArn(photoNoter)
                .events(Event.S3_OBJECT_CREATED)
                .filter(filter -> filter.key(key -> key.filterRules(photos)))
                .build();
        client.putBucketNotificationConfiguration(request -> request.bucket(name)
                .notificationConfiguration(notifications -> notifications.lambdaFunctionConfigurations(call)));
        SiteFiles.PAGE.forEach((file, type) -> put(file, type, PAGE_CONTROL, SiteFiles.read(file)));
    }

    void put(Bird bird) {
        put(PHOTOS + bird.file(), "image/svg+xml", PHOTO_CONTROL, bird.svg());
    }

    private void put(String key, String type, String control, byte[] content) {
        client.putObject(
                request -> request.bucket(name).key(key).contentType(type).cacheControl(control),
                RequestBody.fromBytes(content));
    }
}
