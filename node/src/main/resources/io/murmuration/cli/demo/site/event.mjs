// Called with an id: notes it. Once more does no harm. The Java form is EventNoter.
import { table, text } from './tables.mjs';

const ATTEMPTS = 20;

export async function handler(event) {
  await table('PutItem', { TableName: process.env.EVENTS, Item: { event: text(event.id) } }, ATTEMPTS);
}
