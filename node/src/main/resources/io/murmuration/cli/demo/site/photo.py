"""Called when a photo was put into the bucket: notes it, unless what is noted is newer. The Java form is PhotoNoter."""
import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request

ATTEMPTS = 20
PAUSE_SECONDS = 0.25
ANSWER_SECONDS_MAX = 5

# A node takes any signature from its own machine, as long as it looks like one.
HEADERS = {
    "Content-Type": "application/x-amz-json-1.0",
    "X-Amz-Date": "20260101T000000Z",
    "Authorization": "AWS4-HMAC-SHA256 Credential=function/20260101/us-east-1/dynamodb/aws4_request, "
    "SignedHeaders=host;x-amz-date, Signature=" + "0" * 64,
}


def handler(event, context):
    for record in event["Records"]:
        note(record["s3"]["object"], record["eventTime"])


def note(stored, noted):
    photo = urllib.parse.unquote_plus(stored["key"])
    sequencer = {"S": stored["sequencer"]}
    item = {
        "photo": {"S": photo},
        "species": {"S": species(photo)},
        "bytes": {"N": str(stored["size"])},
        "noted": {"S": noted},
        "sequencer": sequencer,
    }
    request = {
        "TableName": os.environ["PHOTOS"],
        "Item": item,
        "ConditionExpression": "attribute_not_exists(sequencer) OR sequencer < :this",
        "ExpressionAttributeValues": {":this": sequencer},
    }
    try:
        call("PutItem", request)
    except urllib.error.HTTPError as refused:
        if b"ConditionalCheckFailedException" not in refused.read():
            raise


def species(photo):
    """photos/barn-owl.svg shows a Barn owl."""
    words = photo.rsplit("/", 1)[-1].rsplit(".", 1)[0].replace("-", " ")
    return words[:1].upper() + words[1:]


def call(operation, request):
    """A call that was not answered, or with a server's error, is repeated: it may be done twice."""
    headers = {**HEADERS, "X-Amz-Target": "DynamoDB_20120810." + operation}
    question = urllib.request.Request(os.environ["AWS_ENDPOINT_URL"], json.dumps(request).encode(), headers)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with urllib.request.urlopen(question, timeout=ANSWER_SECONDS_MAX) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code < 500 or attempt == ATTEMPTS:
                raise
        except OSError:
            if attempt == ATTEMPTS:
                raise
        time.sleep(PAUSE_SECONDS)
