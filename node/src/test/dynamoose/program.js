// A program as a user of Dynamoose writes it. Arguments: endpoints of one cluster's nodes. Prints "ok NAME" for each thing that worked; fails loudly.
"use strict";
const assert = require("node:assert/strict");
const dynamoose = require("dynamoose");

const endpoints = process.argv.slice(2);
const connections = endpoints.map(
  (endpoint) =>
    new dynamoose.aws.ddb.DynamoDB({
      endpoint,
      region: "eu-central-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 5,
    }),
);
let turn = 0;
/** Each step talks to the next node. */
const nextNode = () => dynamoose.aws.ddb.set(connections[turn++ % connections.length]);

const birdSchema = new dynamoose.Schema(
  {
    species: { type: String, hashKey: true },
    ring: { type: Number, rangeKey: true },
    name: String,
    weight: { type: Number, default: 80, validate: (grams) => grams > 0 },
    sightings: { type: Array, schema: [String], default: [] },
    colours: { type: Set, schema: [String] },
    home: { type: Object, schema: { city: String, roof: Boolean } },
    seen: Date,
    photo: Buffer,
  },
  { timestamps: true },
);

const steps = {
  async create_the_table(context) {
    context.Bird = dynamoose.model("Bird", birdSchema, { throughput: "ON_DEMAND" });
    context.table = new dynamoose.Table("birds", [context.Bird], { initialize: false, waitForActive: { enabled: true, check: { frequency: 100 } } });
    await context.table.initialize();
    const tables = await dynamoose.aws.ddb().listTables({});
    assert.deepEqual(tables.TableNames, ["birds"]);
  },
  async create({ Bird }) {
    const bird = await Bird.create({
      species: "starling",
      ring: 1,
      name: "Ada",
      colours: new Set(["black", "green"]),
      home: { city: "Rome", roof: true },
      seen: new Date(1700000000000),
      photo: Buffer.from([0, 1, 254, 255]),
    });
    assert.equal(bird.weight, 80);
    await assert.rejects(Bird.create({ species: "starling", ring: 1 }), { name: "ConditionalCheckFailedException" });
  },
  async save({ Bird }) {
    const bird = new Bird({ species: "starling", ring: 2, name: "Bo", weight: 75.5 });
    await bird.save();
    bird.name = "Bob";
    await bird.save();
    assert.equal((await Bird.get({ species: "starling", ring: 2 })).name, "Bob");
  },
  async get({ Bird }) {
    const bird = await Bird.get({ species: "starling", ring: 1 }, { consistent: true });
    assert.equal(bird.name, "Ada");
    assert.deepEqual(bird.colours, new Set(["black", "green"]));
    assert.deepEqual(bird.home, { city: "Rome", roof: true });
    assert.equal(bird.seen.getTime(), 1700000000000);
    assert.deepEqual([...bird.photo], [0, 1, 254, 255]);
    assert.equal(await Bird.get({ species: "dodo", ring: 1 }), undefined);
  },
  async query_by_key({ Bird }) {
    for (let ring = 3; ring <= 12; ring++) await Bird.create({ species: "starling", ring, name: "n" + ring, weight: 60 + ring });
    const all = await Bird.query("species").eq("starling").exec();
    assert.deepEqual(all.map((bird) => bird.ring), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    const some = await Bird.query("species").eq("starling").where("ring").between(4, 6).sort("descending").exec();
    assert.deepEqual(some.map((bird) => bird.ring), [6, 5, 4]);
    const heavy = await Bird.query("species").eq("starling").filter("weight").gt(70).exec();
    assert.deepEqual(heavy.map((bird) => bird.ring), [1, 2, 11, 12]);
    const first = await Bird.query("species").eq("starling").limit(5).exec();
    assert.equal(first.length, 5);
    const second = await Bird.query("species").eq("starling").limit(5).startAt(first.lastKey).exec();
    assert.deepEqual(second.map((bird) => bird.ring), [6, 7, 8, 9, 10]);
    assert.equal((await Bird.query("species").eq("starling").count().exec()).count, 12);
  },
  async scan({ Bird }) {
    await Bird.create({ species: "rook", ring: 1, name: "Rookie" });
    assert.equal((await Bird.scan().exec()).length, 13);
    const rooks = await Bird.scan("name").beginsWith("Rook").exec();
    assert.deepEqual(rooks.map((bird) => bird.species), ["rook"]);
    const parallel = await Bird.scan().parallel(4).exec();
    assert.equal(parallel.length, 13);
    const either = await Bird.scan().where("ring").eq(1).or().where("weight").ge(72).exec();
    assert.deepEqual(either.map((bird) => bird.species + bird.ring).sort(), ["rook1", "starling1", "starling12", "starling2"]);
  },
  async update({ Bird }) {
    const key = { species: "starling", ring: 1 };
    const updated = await Bird.update(key, { $SET: { name: "Ada II" }, $ADD: { weight: 5, sightings: ["Rome"] } });
    assert.equal(updated.name, "Ada II");
    assert.equal(updated.weight, 85);
    assert.deepEqual(updated.sightings, ["Rome"]);
    await Bird.update(key, { $REMOVE: ["home"] });
    assert.equal((await Bird.get(key)).home, undefined);
    assert.deepEqual((await Bird.get(key, { attributes: ["name"] })).toJSON(), { name: "Ada II" });
  },
  async condition({ Bird }) {
    const key = { species: "starling", ring: 1 };
    const condition = new dynamoose.Condition().where("weight").eq(85);
    await Bird.update(key, { weight: 90 }, { condition });
    await assert.rejects(Bird.update(key, { weight: 91 }, { condition }), { name: "ConditionalCheckFailedException" });
    assert.equal((await Bird.get(key)).weight, 90);
    await assert.rejects(Bird.delete(key, { condition: new dynamoose.Condition().where("name").not().exists() }), {
      name: "ConditionalCheckFailedException",
    });
  },
  async batch({ Bird }) {
    const birds = Array.from({ length: 25 }, (_, i) => ({ species: "swift", ring: i, name: "s" + i }));
    const written = await Bird.batchPut(birds);
    assert.deepEqual(written.unprocessedItems, []);
    const keys = birds.map(({ species, ring }) => ({ species, ring }));
    const read = await Bird.batchGet(keys);
    assert.deepEqual(read.map((bird) => bird.ring).sort((a, b) => a - b), keys.map((key) => key.ring));
    await Bird.batchDelete(keys.slice(0, 20));
    assert.equal((await Bird.query("species").eq("swift").exec()).length, 5);
  },
  async delete({ Bird }) {
    const bird = await Bird.get({ species: "rook", ring: 1 });
    await bird.delete();
    assert.equal(await Bird.get({ species: "rook", ring: 1 }), undefined);
    await Bird.delete({ species: "rook", ring: 99 });
  },
  async delete_the_table() {
    await dynamoose.aws.ddb().deleteTable({ TableName: "birds" });
    await assert.rejects(dynamoose.aws.ddb().describeTable({ TableName: "birds" }), { name: "ResourceNotFoundException" });
  },
};

(async () => {
  const context = {};
  for (const [name, step] of Object.entries(steps)) {
    nextNode();
    await step(context);
    console.log("ok " + name);
  }
})().catch((failure) => {
  console.error(failure);
  process.exit(1);
});
