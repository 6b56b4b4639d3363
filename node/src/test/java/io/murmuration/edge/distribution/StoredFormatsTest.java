package io.murmuration.edge.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.catalogue.Resources.Kind;
import io.murmuration.catalogue.Resources.Resource;
import io.murmuration.protocol.edge.DistributionConfig;
import io.murmuration.protocol.edge.EdgeReply;
import io.murmuration.protocol.edge.EdgeRequest;
import io.murmuration.protocol.xml.XmlInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the catalogue keeps of the CDN, byte by byte as it was first written. */
class StoredFormatsTest {
    private static final String INVALIDATION =
            "0100024531000445312e37000249310000000000000000050001720000000200022f6100032f622a";
    private static final String NAMES = "EEHUI0QI1IL2XF IK9II3Y4020ELH EQQMGRWXOG8W98";

    private static final StoredInvalidation ONE = new StoredInvalidation(
            "E1", "E1.7", new EdgeReply.Invalidation("I1", false, 5, new EdgeRequest.Batch(List.of("/a", "/b*"), "r")));

    @Test
    void an_invalidation_is_read_as_it_was_written() {
        assertThat(HexFormat.of().formatHex(ONE.encode())).isEqualTo(INVALIDATION);
        assertThat(StoredInvalidation.decode(HexFormat.of().parseHex(INVALIDATION)))
                .isEqualTo(ONE);
        assertThat(StoredInvalidation.decode(ONE.done().encode()).shown().completed())
                .isTrue();
    }

    @Test
    void a_distribution_is_read_as_it_was_written() throws IOException {
        var made = StoredDistribution.made(config(), 9);

        assertThat(made.encode()).isEqualTo(stored());
        assertThat(StoredDistribution.decode(stored())).isEqualTo(made);
        assertThat(StoredDistribution.decode(made.everywhere().encode()).deployed())
                .isTrue();
        var changed = made.everywhere().changed(config(), 10);
        assertThat(changed.deployed()).isFalse();
        assertThat(changed.version()).isEqualTo(2);
    }

    @Test
    void a_later_format_is_refused() {
        var later = ONE.encode();
        later[0] = 9;

        assertThatThrownBy(() -> StoredInvalidation.decode(later)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StoredDistribution.decode(later)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Names are made of what clients call things: another way would forget what is stored. */
    @Test
    void names_stay_the_same() {
        assertThat(Names.distribution("reference") + " " + Names.invalidation(7, "reference") + " " + Names.etag(7, 1))
                .isEqualTo(NAMES);
        assertThat(Names.isDistribution(Names.distribution(""))).isTrue();
        assertThat(Names.isEtag(Names.etag(1, 1))).isTrue();
        assertThat(Names.etag(1, 1)).isNotEqualTo(Names.etag(1, 2));
    }

    @Test
    void of_invalidations_the_last_that_are_done_are_kept_and_none_of_distributions_that_are_gone() {
        var all = new ArrayList<Resource>();
        for (int at = 1; at <= 5; at++) {
            all.add(resource("E1.7", at, at != 2));
        }
        all.add(resource("E1.6", 9, false));
        var there = new Resource(Kind.DISTRIBUTION, "E1", 7, 7, new byte[0]);

        var superfluous = InvalidationRules.superfluous(List.of(there), all, 3, 1_000_000);

        assertThat(superfluous).extracting(Resource::revision).containsExactlyInAnyOrder(9L, 1L);
    }

    @Test
    void what_is_done_is_bounded_by_bytes_too_and_what_is_under_way_is_not() {
        var all = new ArrayList<Resource>();
        for (int at = 1; at <= 5; at++) {
            all.add(resource(at % 2 == 0 ? "E1.7" : "E2.8", at, at != 1));
        }
        var there = List.of(
                new Resource(Kind.DISTRIBUTION, "E1", 7, 7, new byte[0]),
                new Resource(Kind.DISTRIBUTION, "E2", 8, 8, new byte[0]));
        var bytes = all.getFirst().content().length;

        assertThat(InvalidationRules.superfluous(there, all, 3, 2L * bytes))
                .extracting(Resource::revision)
                .containsExactlyInAnyOrder(2L, 3L);
        assertThat(InvalidationRules.superfluous(there, all, 3, 4L * bytes)).isEmpty();
    }

    private static byte[] stored() throws IOException {
        try (var stream = StoredFormatsTest.class.getResourceAsStream("distribution-1.bin")) {
            return Objects.requireNonNull(stream).readAllBytes();
        }
    }

    private static Resource resource(String site, long revision, boolean completed) {
        var stored = new StoredInvalidation(
                "E1",
                site,
                new EdgeReply.Invalidation(
                        "I" + revision, completed, 1, ONE.shown().batch()));
        return new Resource(Kind.DISTRIBUTION, "invalidation/" + site + revision, revision, revision, stored.encode());
    }

    private static DistributionConfig config() {
        var text = """
                <DistributionConfig><CallerReference>r</CallerReference><Origins><Quantity>1</Quantity><Items><Origin>
                <Id>o</Id><DomainName>b.s3.amazonaws.com</DomainName>
                <S3OriginConfig><OriginAccessIdentity/></S3OriginConfig></Origin></Items></Origins>
                <DefaultCacheBehavior><TargetOriginId>o</TargetOriginId>
                <ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy>
                <CachePolicyId>658327ea-f89d-4fab-a63d-7e88639e58f6</CachePolicyId></DefaultCacheBehavior>
                <Comment/><Enabled>true</Enabled></DistributionConfig>""";
        return DistributionConfig.accept(XmlInput.read(text.getBytes(StandardCharsets.UTF_8), "DistributionConfig"));
    }
}
