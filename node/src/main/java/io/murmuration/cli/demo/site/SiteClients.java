package io.murmuration.cli.demo.site;

import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The unmodified AWS SDK for one node, a client for each service that the site is made of. */
public record SiteClients(
        DynamoDbClient tables,
        LambdaClient functions,
        ApiGatewayV2Client apis,
        S3Client objects,
        CloudFrontClient distributions) {}
