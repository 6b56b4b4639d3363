// The table service, by its JSON and what Node.js has. A call that was not answered, or with a server's error, is repeated: all that these functions
// ask for may be done twice.
import { setTimeout as pause } from 'node:timers/promises';

const PAUSE_MILLIS = 250;
const ANSWER_MILLIS_MAX = 5_000;

// A node takes any signature from its own machine, as long as it looks like one.
const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=function/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=' +
  '0'.repeat(64);

// The table service refused a call, or was not reached as often as it was tried.
export class TableRefused extends Error {}

export const text = (value) => ({ S: value });

export async function table(operation, request, attempts) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call(operation, request);
    } catch (error) {
      if (error instanceof TableRefused) {
        throw error;
      }
      if (attempt === attempts) {
        throw new TableRefused(`${operation} was not answered: ${error.message}`);
      }
      await pause(PAUSE_MILLIS);
    }
  }
}

async function call(operation, request) {
  const response = await fetch(process.env.AWS_ENDPOINT_URL, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'x-amz-date': '20260101T000000Z',
      authorization: AUTHORIZATION,
    },
    body: JSON.stringify(request),
    signal: AbortSignal.timeout(ANSWER_MILLIS_MAX),
  });
  const body = await response.text();
  if (response.status >= 500) {
    throw new Error(`status ${response.status}`);
  }
  if (!response.ok) {
    throw new TableRefused(body);
  }
  return JSON.parse(body);
}
