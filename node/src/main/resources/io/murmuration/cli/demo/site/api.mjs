// Called by the gateway: takes a report of a strike, and tells the counts and the photos. The Java form is SiteApi.
import { table, text, TableRefused } from './tables.mjs';

const CHARACTERS_MAX = 80;
const ATTEMPTS = 4; // a caller waits: it rather hears soon that it has to try again

export async function handler(event) {
  try {
    switch (event.routeKey) {
      case 'POST /strikes':
        return await report(event);
      case 'GET /counts':
        return await counts();
      case 'GET /gallery':
        return await gallery();
      default:
        return answer(404, { message: 'There is nothing here.' });
    }
  } catch (error) {
    if (!(error instanceof TableRefused)) {
      throw error;
    }
    console.log(error.message);
    return answer(503, { message: 'It is not known whether that was done; try it again.' });
  }
}

async function report(event) {
  let item;
  try {
    const body = event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString() : event.body;
    item = checked(JSON.parse(body), event.requestContext.requestId);
  } catch {
    return answer(400, { message: 'A report is JSON with a species, an airport and a date.' });
  }
  const Item = Object.fromEntries(Object.entries(item).map(([name, value]) => [name, text(value)]));
  await table('PutItem', { TableName: process.env.STRIKES, Item }, ATTEMPTS);
  return answer(201, item);
}

// A report that has an id of its own may be sent again without being there twice.
function checked(sent, id) {
  const own = (name) => {
    const value = typeof sent[name] === 'string' ? sent[name].trim() : '';
    if (value.length > CHARACTERS_MAX) {
      throw new RangeError(name);
    }
    return value;
  };
  const item = { species: own('species'), report: `${own('date')}#${own('report') || id}`, airport: own('airport') };
  if (!item.species || !item.airport || !/^\d{4}-\d{2}-\d{2}$/.test(own('date'))) {
    throw new RangeError('incomplete');
  }
  if (own('note')) {
    item.note = own('note');
  }
  return item;
}

async function counts() {
  const species = (await scan(process.env.COUNTS)).map((item) => ({ species: item.species.S, strikes: Number(item.strikes.N) }));
  species.sort((a, b) => b.strikes - a.strikes || (a.species < b.species ? -1 : 1));
  return answer(200, { total: species.reduce((sum, each) => sum + each.strikes, 0), species });
}

async function gallery() {
  const photos = (await scan(process.env.PHOTOS)).map((item) => ({
    photo: item.photo.S,
    species: item.species.S,
    bytes: Number(item.bytes.N),
  }));
  photos.sort((a, b) => (a.photo < b.photo ? -1 : 1));
  return answer(200, { photos });
}

// All of a table that is small.
async function scan(TableName) {
  const items = [];
  let from;
  do {
    const page = await table('Scan', { TableName, ConsistentRead: true, ExclusiveStartKey: from }, ATTEMPTS);
    items.push(...page.Items);
    from = page.LastEvaluatedKey;
  } while (from);
  return items;
}

function answer(statusCode, body) {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  return { statusCode, headers, body: JSON.stringify(body) };
}
